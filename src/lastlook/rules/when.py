"""Reads a rule's `when`: resolves every name against the nouns, and gives back negation normal form.

when    := always | {all: [when]} | {any: [when]} | {not: when} | literal
         | {some|every: LIST, where: when} | {count: LIST, where: when, at_least: n}
literal := {PATH: test}
test    := code | [codes] | true | false | {lt|le|gt|ge|eq: number or date} | {words: LIST ID} | {known: false}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from lastlook.campaigns.nouns import ASSET, CAMPAIGN, NOUNS, Age, FactKind, ListKind, Noun
from lastlook.facts.truth import Truth
from lastlook.reading.kinds import Code, Country, Date, Days, Flag, Kind, Number, Problems, Text
from lastlook.reading.nearest import did_you_mean
from lastlook.reading.tree import Branch, Listed, Node, Scalar
from lastlook.rules.conditions import (
    AllOf,
    Always,
    AnyOf,
    CodeLiteral,
    Condition,
    Count,
    Every,
    FactLiteral,
    KnownLiteral,
    Reach,
    Some,
    negation,
)
from lastlook.rules.derived import DerivedFacts
from lastlook.rules.tests import Compared, Comparison, HasWords, Is, OneOf, Test, bare_words

QUANTIFIERS = ("some", "every", "count")
COMPARISONS: tuple[Comparison, ...] = ("lt", "le", "gt", "ge", "eq")


class Context(msgspec.Struct, frozen=True):
    """Where in a rule a condition stands: about which noun, inside which others, and what it may name."""

    noun: Noun
    around: frozenset[str]  # of "asset" and "campaign": those that can be reached outwards from here
    derived: DerivedFacts = {}
    words: Mapping[str, tuple[str, ...]] = {}
    known_allowed: bool = False

    def inside(self, noun: Noun) -> Context:
        around = self.around | ({noun.name} & {"asset", "campaign"})
        return msgspec.structs.replace(self, noun=noun, around=around)


SCOPE_CONTEXTS: dict[str, tuple[str, frozenset[str]]] = {
    "asset": ("asset", frozenset({"asset", "campaign"})),
    "group": ("group", frozenset({"campaign"})),
    "campaign": ("campaign", frozenset({"campaign"})),
    "concurrent": ("concurrent", frozenset()),
}


def read_when(node: Node, context: Context, problems: Problems) -> Condition | None:
    """The condition in negation normal form, or None after adding at least one problem."""
    if isinstance(node, Scalar) and node.value == "always":
        return Always()
    if not isinstance(node, Branch) or not node.entries:
        return _refuse(node, problems, f"{node.words} is no condition.", "Write `always` or a mapping.")
    keys = set(node.entries)
    if keys & set(QUANTIFIERS):
        return _quantified(node, context, problems)
    if len(keys) != 1:
        return _refuse(node, problems, "Two conditions stand side by side.", "Put them under `all:` or `any:`.")
    key, value = next(iter(node.entries.items()))
    if key in ("all", "any"):
        parts = _parts(key, value, context, problems)
        if parts is None:
            return None
        return AllOf(parts) if key == "all" else AnyOf(parts)
    if key == "not":
        inner = read_when(value, context, problems)
        return None if inner is None else negation(inner)
    return _literal(key, value, context, problems)


def _refuse(node: Node, problems: Problems, what: str, remedy: str) -> None:
    problems.add(node.place, what, remedy)


def _parts(key: str, node: Node, context: Context, problems: Problems) -> tuple[Condition, ...] | None:
    if not isinstance(node, Listed) or not node.items:
        return _refuse(node, problems, f"`{key}` needs a list of conditions.", f"Write `{key}: [ … ]`.")
    parts = [read_when(item, context, problems) for item in node.items]
    return None if any(part is None for part in parts) else tuple(part for part in parts if part is not None)


def _quantified(node: Branch, context: Context, problems: Problems) -> Condition | None:
    named = [key for key in QUANTIFIERS if key in node.entries]
    allowed = {*named, "where"} | ({"at_least"} if "count" in named else set())
    if len(named) != 1 or not set(node.entries) <= allowed or "where" not in node.entries:
        remedy = "Write {some: LIST, where: …}, {every: LIST, where: …} or {count: LIST, where: …, at_least: n}."
        return _refuse(node, problems, "This is no complete `some`, `every` or `count`.", remedy)
    quantifier = named[0]
    found = _list_named(node.entries[quantifier], context, problems)
    if found is None:
        return None
    reach, listing = found
    member = NOUNS[listing.noun or ""]
    where = read_when(node.entries["where"], context.inside(member), problems)
    if where is None:
        return None
    if quantifier == "some":
        return Some(reach, listing.name, member.name, where)
    if quantifier == "every":
        return Every(reach, listing.name, member.name, where)
    if "at_least" not in node.entries:
        return _refuse(node, problems, "`count` needs `at_least`.", "Add `at_least: n`.")
    at_least = Number(1, 10_000).read(node.entries["at_least"], problems)
    if at_least is None:
        return None
    return Count(reach, listing.name, member.name, where, negation(where), int(at_least))


def _list_named(node: Node, context: Context, problems: Problems) -> tuple[Reach, ListKind] | None:
    """The innermost list of that name: of the element itself, else of its picture, else of its campaign."""
    around: list[tuple[Reach, Noun]] = [("element", context.noun)]
    if "asset" in context.around:
        around.append(("asset", ASSET))
    if "campaign" in context.around:
        around.append(("campaign", CAMPAIGN))
    for reach, noun in around:
        listing = noun.listing(node.words)
        if listing is not None and listing.noun is not None:
            return reach, listing
    names = [listing.name for _, noun in around for listing in noun.lists if listing.noun is not None]
    return _refuse(node, problems, f"There is no list `{node.words}` here.", did_you_mean(node.words, names))


def _literal(path: str, node: Node, context: Context, problems: Problems) -> Condition | None:
    reach: Reach = "element"
    noun, name = context.noun, path
    head, _, rest = path.partition(".")
    if head in ("asset", "campaign") and rest:
        if head not in context.around:
            what = f"`{path}`: no {head} can be reached from here."
            return _refuse(node, problems, what, f"Use it inside `some: {head}s`.")
        reach, noun, name = ("asset", ASSET, rest) if head == "asset" else ("campaign", CAMPAIGN, rest)
    if (derived := context.derived.get((noun.name, name))) is not None:
        return _derived(derived.condition, reach, node, context, problems)
    if (fact := noun.fact(name)) is not None:
        return _fact_literal(reach, noun, fact, node, context, problems)
    if (listing := noun.listing(name)) is not None:
        return _list_literal(reach, noun, listing, node, context, problems)
    names = [*noun.names, *(derived_name for of, derived_name in context.derived if of == noun.name)]
    return _refuse(node, problems, f"There is no fact `{name}` of {_a(noun.name)}.", did_you_mean(name, names))


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _derived(condition: Condition, reach: Reach, node: Node, context: Context, problems: Problems) -> Condition | None:
    value = Flag().read(node, problems)
    if value is None:
        return None
    if reach != "element" and context.noun.name != reach:
        condition = _seen_from_outside(condition, reach)
    return condition if value else negation(condition)


def _seen_from_outside(condition: Condition, reach: Reach) -> Condition:
    """A derived condition of the asset or campaign, as an element within it has to reach for it."""
    if isinstance(condition, AllOf | AnyOf):
        return type(condition)(tuple(_seen_from_outside(part, reach) for part in condition.parts))
    if isinstance(condition, Always) or condition.reach != "element":
        return condition
    return msgspec.structs.replace(condition, reach=reach)


def _known(
    reach: Reach, noun: Noun, name: str, is_list: bool, node: Branch, context: Context, problems: Problems
) -> Condition | None:
    if not context.known_allowed:
        return _refuse(node, problems, "`known` is for `advise` only.", "An unknown fact stops by itself.")
    value = Flag().read(node.entries["known"], problems)
    return None if value is None else KnownLiteral(reach, noun.name, name, is_list, negated=not value)


def _list_literal(
    reach: Reach, noun: Noun, listing: ListKind, node: Node, context: Context, problems: Problems
) -> Condition | None:
    if isinstance(node, Branch) and set(node.entries) == {"known"}:
        return _known(reach, noun, listing.name, True, node, context, problems)
    if listing.codes is None and listing.member is None:
        return _refuse(node, problems, f"`{listing.name}` has no codes.", f"Write {{some: {listing.name}, where: …}}.")
    member = listing.member or Code(listing.codes or (), listing.code_key)
    codes = _codes(node, member, problems)
    return None if codes is None else CodeLiteral(reach, noun.name, listing.name, codes)


def _codes(node: Node, kind: Kind[object], problems: Problems) -> frozenset[str] | None:
    items = node.items if isinstance(node, Listed) else (node,)
    codes = [kind.read(item, problems) for item in items]
    if not codes:
        return _refuse(node, problems, "An empty list is met by nothing.", "Name at least one code.")
    return None if any(code is None for code in codes) else frozenset(str(code) for code in codes)


def _fact_literal(
    reach: Reach, noun: Noun, fact: FactKind, node: Node, context: Context, problems: Problems
) -> Condition | None:
    if isinstance(node, Branch) and set(node.entries) == {"known"}:
        return _known(reach, noun, fact.name, False, node, context, problems)
    test = _test(fact.kind, node, context, problems)
    return None if test is None else FactLiteral(reach, noun.name, fact.name, test)


def _test(kind: Kind[object], node: Node, context: Context, problems: Problems) -> Test | None:
    if isinstance(kind, Code | Country):
        codes = _codes(node, kind, problems)
        return None if codes is None else OneOf(codes)
    if isinstance(kind, Flag):
        value = kind.read(node, problems)
        return None if value is None else Is(value)
    if isinstance(kind, Text):
        return _words(node, context, problems)
    limits: Kind[object] = Date() if isinstance(kind, Days | Date) else Number(-1e12, 1e12, whole=False)
    if isinstance(kind, Age | Number | Days | Date):
        return _comparison(node, limits, problems)
    raise TypeError(f"BUG: no test for {kind!r}")


def _words(node: Node, context: Context, problems: Problems) -> Test | None:
    if not isinstance(node, Branch) or set(node.entries) != {"words"}:
        return _refuse(node, problems, "A text is tested by a list of words.", "Write {words: LIST ID}.")
    list_id = node.entries["words"].words
    if list_id not in context.words:
        what = f"There is no list of words `{list_id}`."
        return _refuse(
            node, problems, what, did_you_mean(list_id, context.words) if context.words else "Add it to words.yaml."
        )
    return HasWords(list_id, tuple(bare_words(phrase) for phrase in context.words[list_id]))


def _comparison(node: Node, limits: Kind[object], problems: Problems) -> Test | None:
    if isinstance(node, Branch) and len(node.entries) == 1:
        key, value = next(iter(node.entries.items()))
        comparison = next((known for known in COMPARISONS if known == key), None)
        if comparison is not None:
            limit = limits.read(value, problems)
            return Compared(comparison, limit) if isinstance(limit, int | float | dt.date) else None
    return _refuse(node, problems, "This fact is compared.", f"Write {{lt: LIMIT}}; also {', '.join(COMPARISONS[1:])}.")


__all__ = ["SCOPE_CONTEXTS", "Context", "Truth", "read_when"]
