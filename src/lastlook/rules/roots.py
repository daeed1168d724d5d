"""What a condition reads of a picture, by *roots*; and the *content* of a root, as far as it matters to a truth.

A root is one list of the picture (`people`), one family of its own facts (`copy.*`), or the campaign. Two pictures
whose root has the same content get the same truth from every condition that reads that root alone, and the same reasons
for it but for where they are written: a content holds values, codes, members in their order and their addresses,
whether a list is complete and what was raised, and no source.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from lastlook.campaigns.nouns import ASSET
from lastlook.facts.element import NO_FACT, NOT_STATED, Element, Fact, Listing
from lastlook.facts.values import NOT_KNOWN
from lastlook.reading.kinds import Text
from lastlook.rules.conditions import AllOf, Always, AnyOf, CodeLiteral, Condition, Count, Every, KnownLiteral, Some

CAMPAIGN = "campaign"
BEYOND = "beyond"  # the campaign's own pictures: too much to remember, so it is looked at anew each time

Content = Callable[[Element, Element], Hashable]  # of one root: asset, campaign around it


class Reads:
    """What conditions read of one thing: names of facts, and of lists with what is read of their members (None: no
    member is looked at, only codes).
    """

    def __init__(self) -> None:
        self.facts: set[str] = set()
        self.lists: dict[str, Reads | None] = {}

    def members_of(self, name: str) -> Reads:
        found = self.lists.get(name)
        if found is None:
            found = self.lists[name] = Reads()
        return found


def roots_of(condition: Condition, within: str = "") -> frozenset[str]:
    """The roots that a condition of a picture reads. `within`: the root whose member it is asked of, if of one."""
    if isinstance(condition, Always):
        return frozenset()
    if isinstance(condition, AllOf | AnyOf):
        return frozenset[str]().union(*(roots_of(part, within) for part in condition.parts))
    if isinstance(condition, Some | Every | Count):
        if condition.reach == "campaign":
            return frozenset({BEYOND})
        root = within if within and condition.reach == "element" else condition.name
        return roots_of(condition.where, root) | {root}
    if condition.reach == "campaign":
        return frozenset({CAMPAIGN})
    if within and condition.reach == "element":
        return frozenset({within})
    is_list = isinstance(condition, CodeLiteral) or (isinstance(condition, KnownLiteral) and condition.is_list)
    return frozenset({condition.name if is_list else _family(condition.name)})


def _family(name: str) -> str:
    """The root of a picture's own fact. A text is a root by itself: no two pictures have the same."""
    kind = ASSET.fact(name)
    return name if kind is not None and isinstance(kind.kind, Text) else f"{name.partition('.')[0]}.*"


class Picture:
    """All that a set of conditions reads of pictures: of the picture itself, and of its campaign."""

    def __init__(self) -> None:
        self.own, self.campaign = Reads(), Reads()

    def add(self, condition: Condition, element: Reads | None = None) -> None:
        """Adds what a condition of a picture, or of a thing within it, reads."""
        element = element or self.own
        if isinstance(condition, Always):
            return
        if isinstance(condition, AllOf | AnyOf):
            for part in condition.parts:
                self.add(part, element)
            return
        of = element if condition.reach == "element" else self.own if condition.reach == "asset" else self.campaign
        if isinstance(condition, Some | Every | Count):
            if condition.reach != "campaign":
                self.add(condition.where, of.members_of(condition.name))
        elif isinstance(condition, CodeLiteral) or (isinstance(condition, KnownLiteral) and condition.is_list):
            of.lists.setdefault(condition.name, None)
        else:
            of.facts.add(condition.name)

    def content(self, root: str) -> Content:
        """How the content of one root is read from a picture and its campaign."""
        if root == CAMPAIGN:
            of_campaign = _of_thing(self.campaign)
            return lambda asset, campaign: of_campaign(campaign)
        if root in self.own.lists:
            return _of_own_list(root, self.own.lists[root])
        family = Reads()
        family.facts = {name for name in self.own.facts if _family(name) == root}
        of_facts = _of_thing(family)
        return lambda asset, campaign: of_facts(asset)


def _of_own_list(name: str, members: Reads | None) -> Content:
    of_list = _of_list(members)

    def content(asset: Element, campaign: Element) -> Hashable:
        return asset.address, of_list(asset.lists.get(name, NOT_STATED))

    return content


_TRUE, _FALSE = object(), object()  # in a content True must not be taken for 1


def _of_value(value: object) -> Hashable:
    return _TRUE if value is True else _FALSE if value is False else None if value is NOT_KNOWN else value


def _of_thing(reads: Reads) -> Callable[[Element], Hashable]:
    names = tuple(sorted(reads.facts))
    lists = tuple((name, _of_list(members)) for name, members in sorted(reads.lists.items()))

    def content(thing: Element) -> Hashable:
        facts = thing.facts
        found: list[Hashable] = [thing.address]
        for name in names:
            fact = facts.get(name, NO_FACT)
            value = fact.standing
            if fact.raised:
                found.append(_of_raised(fact))
            else:
                found.append(
                    None if value is NOT_KNOWN else _TRUE if value is True else _FALSE if value is False else value
                )
        for name, of_list in lists:
            found.append(of_list(thing.lists.get(name, NOT_STATED)))
        return tuple(found)

    return content


def _of_raised(fact: Fact) -> Hashable:
    return _of_value(fact.standing), tuple([_of_value(each.value) for each in fact.raised])


def _of_list(reads: Reads | None) -> Callable[[Listing], Hashable]:
    of_member = None if reads is None else _of_thing(reads)

    def content(listing: Listing) -> Hashable:
        raised = listing.raised_members
        members = tuple(map(of_member, listing.members)) if of_member else ()
        if listing.raised or raised:
            told = tuple([_of_value(each.value) for each in listing.raised])
            seen: Hashable = tuple(map(of_member, raised)) if of_member else bool(raised)
            return listing.complete, listing.known is None, listing.codes, members, told, seen
        return listing.complete, listing.known is None, listing.codes, members

    return content
