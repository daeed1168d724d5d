"""An index, so that most rules cost nothing for most pictures.

For each rule the index finds a *trigger*: a set of (path, code) keys of which at least one must be possible in a
picture for the rule's condition to be anything but false. A picture's possible keys are the codes it has, those that
were raised, and, where a fact is unknown or a list incomplete, every code of that path. Rules without a trigger are
always looked at. That the index changes nothing but time is a property test.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import msgspec

from lastlook.facts.element import Element, Listing
from lastlook.facts.values import NOT_KNOWN
from lastlook.rules.conditions import (
    AllOf,
    AnyOf,
    CodeLiteral,
    Condition,
    Count,
    FactLiteral,
    Some,
)
from lastlook.rules.evaluation import Evaluate, compiled
from lastlook.rules.rule import Rule
from lastlook.rules.tests import Is, OneOf

ANYTHING = None  # the code of a key whose value is not known: it may be any
PRESENT = "+"  # the code of a list's own path: it may have a member
NOBODY_NAMED = "?"  # the same where the members named do not matter: it may have one that nobody named

Key = tuple[str, "str | bool | None"]

# How seldom a key of this path is possible: smaller is seldomer. Paths not named here stand in the middle.
_SELDOM = {"products.category": 0, "campaign.shoot_country": 1, "props": 2, "themes": 2, "people.portrayal": 2}
_MIDDLE, _PRESENCE = 3, 9


class CompiledRule(msgspec.Struct, frozen=True):
    rule: Rule
    evaluate: Evaluate


class Bucket:
    """The rules of one set of territories, so that those of a market nobody goes to are passed over together."""

    def __init__(self, territories: frozenset[str] | None) -> None:
        self.territories = territories
        self.untriggered: list[CompiledRule] = []
        self.by_key: dict[Key, list[CompiledRule]] = defaultdict(list)

    def add(self, compiled_rule: CompiledRule) -> None:
        keys = trigger(compiled_rule.rule.condition)
        if keys is None:
            self.untriggered.append(compiled_rule)
            return
        for key in keys | {(path, ANYTHING) for path, _ in keys}:
            self.by_key[key].append(compiled_rule)

    def possible(self, keys: Iterable[Key]) -> Iterator[CompiledRule]:
        """The rules that a picture with these possible keys could engage, each once."""
        yield from self.untriggered
        seen: set[str] = set()
        for key in keys:
            for compiled_rule in self.by_key.get(key, ()):
                if compiled_rule.rule.id not in seen:
                    seen.add(compiled_rule.rule.id)
                    yield compiled_rule


class RuleIndex:
    """The asset-scope rules of all packs in use, by territories and by what can engage them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        buckets: dict[frozenset[str] | None, Bucket] = {}
        for rule in rules:
            bucket = buckets.setdefault(rule.territories, Bucket(rule.territories))
            bucket.add(CompiledRule(rule, compiled(rule.condition)))
        self.buckets = tuple(buckets.values())
        self._readers = tuple(_reader(path) for path in sorted({path for b in self.buckets for path, _ in b.by_key}))

    def keys(self, asset: Element, campaign: Element) -> list[Key]:
        """Every key that is possible in this picture, for the paths that some rule watches."""
        return [key for reader in self._readers for key in reader(asset, campaign)]


def trigger(condition: Condition, prefix: str = "") -> frozenset[Key] | None:
    """Keys of which one must be possible for the condition not to be false; None if none could be found."""
    if isinstance(condition, AllOf):
        found = [keys for part in condition.parts if (keys := trigger(part, prefix)) is not None]
        return min(found, key=_frequency, default=None)
    if isinstance(condition, AnyOf):
        parts = [trigger(part, prefix) for part in condition.parts]
        return None if any(keys is None for keys in parts) else frozenset(key for keys in parts for key in keys or ())
    if isinstance(condition, Some) or (isinstance(condition, Count) and not condition.negated):
        return _member_trigger(condition, prefix)
    if isinstance(condition, FactLiteral) and (path := _path(condition, prefix)):
        if isinstance(condition.test, OneOf) and not condition.negated:
            return frozenset((path, code) for code in condition.test.codes)
        if isinstance(condition.test, Is):
            return frozenset({(path, condition.test.value is not condition.negated)})
    if isinstance(condition, CodeLiteral) and not condition.negated and (path := _path(condition, prefix)):
        return frozenset((path, code) for code in condition.codes)
    return None


def _member_trigger(condition: Some | Count, prefix: str) -> frozenset[Key] | None:
    if (prefix and condition.reach == "element") or condition.reach == "campaign":
        return None  # lists within members: their rules are found by other keys
    within = trigger(condition.where, condition.name)
    if within is None:
        return frozenset({(condition.name, PRESENT)})
    if all(path.startswith(f"{condition.name}.") for path, _ in within):
        return within
    return within | {(condition.name, NOBODY_NAMED)}  # what is false of the picture is open of a list that is not whole


def _path(literal: FactLiteral | CodeLiteral, prefix: str) -> str:
    if literal.reach == "campaign":
        return f"campaign.{literal.name}"
    return f"{prefix}.{literal.name}" if prefix and literal.reach == "element" else literal.name


def _frequency(keys: frozenset[Key]) -> tuple[int, int]:
    def of(key: Key) -> int:
        return _PRESENCE if key[1] == PRESENT else _SELDOM.get(key[0], _MIDDLE)

    return max((of(key) for key in keys), default=0), len(keys)


Reader = Callable[[Element, Element], list[Key]]


def _reader(path: str) -> Reader:
    """How the possible keys of one path are read from a picture."""
    head, _, rest = path.partition(".")
    if head == "campaign":
        return lambda asset, campaign: _own_keys(campaign, rest, path)
    if head in ("people", "products", "legible", "plans", "themes", "appeals") and rest:
        return lambda asset, campaign: _member_keys(asset, head, rest, path)
    return lambda asset, campaign: _own_keys(asset, path, path)


def _own_keys(element: Element, name: str, path: str) -> list[Key]:
    listing = element.lists.get(name)
    if listing is not None:
        return _list_keys(listing, path)
    fact = element.facts.get(name)
    if fact is None or fact.standing is NOT_KNOWN:
        return [(path, ANYTHING)]
    if not fact.raised:
        return [(path, fact.standing)]  # type: ignore[list-item]
    return [(path, fact.standing), *((path, raised.value) for raised in fact.raised)]  # type: ignore[list-item]


def _list_keys(listing: Listing, path: str) -> list[Key]:
    keys: list[Key] = [(path, code) for code in listing.codes]
    if listing.raised:
        keys += [(path, raised.value) for raised in listing.raised]  # type: ignore[misc]
    if listing.members or listing.raised_members:
        keys.append((path, PRESENT))
    if not listing.complete:
        keys.append((path, ANYTHING))
    return keys


def _member_keys(asset: Element, name: str, rest: str, path: str) -> list[Key]:
    listing = asset.lists.get(name)
    if listing is None:
        return [(path, ANYTHING)]
    keys: list[Key] = [] if listing.complete else [(path, ANYTHING)]
    for member in listing.members:
        keys += _own_keys(member, rest, path)
    for member in listing.raised_members:
        keys += _own_keys(member, rest, path)
    return keys
