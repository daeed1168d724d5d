"""On what a truth rests: the literals without which it could be another one.

The same three-valued meaning as `evaluation`, which it calls for every truth; this module only chooses what to show.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import msgspec

from lastlook.facts.element import Element, Fact, Listing, Raised
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
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
    Some,
)
from lastlook.rules.evaluation import Evaluate, around, compiled, literal_truth, reached


class Reason(msgspec.Struct, frozen=True):
    """One literal that matters: the fact it is about, and what it came to.

    owner       the thing whose fact it is; `asset` is the picture it was seen in (empty for campaign facts)
    address     the fact's name within the picture, such as `people[talent-2].age`
    codes       of a list: the codes the literal looked for (empty: the list as a whole matters)
    met_by      the raised values that meet the literal
    """

    owner: Element
    name: str
    address: str
    asset: str
    truth: Truth
    is_list: bool
    codes: frozenset[str] = frozenset()
    whole_list: bool = False
    met_by: tuple[Raised, ...] = ()

    @property
    def fact(self) -> Fact:
        return self.owner.fact(self.name)

    @property
    def listing(self) -> Listing:
        return self.owner.listing(self.name)


Explained = tuple[Truth, tuple[Reason, ...]]

_truth_of: Callable[[Condition], Evaluate] = functools.lru_cache(maxsize=8_192)(compiled)  # each condition once


def explain(condition: Condition, element: Element, asset: Element, campaign: Element) -> Explained:
    """The truth of a condition here, and the reasons it rests on.

    TRUE    every literal that makes it true
    UNKNOWN what is known to hold so far, and the literals to ask for next (lists before what depends on them)
    FALSE   literals enough to make it false; where several sets would do, a smallest one
    """
    if isinstance(condition, Always):
        return (TRUE if condition.holds else FALSE), ()
    if isinstance(condition, AllOf):
        return _all_of([explain(part, element, asset, campaign) for part in condition.parts])
    if isinstance(condition, AnyOf):
        return _any_of([explain(part, element, asset, campaign) for part in condition.parts])
    if isinstance(condition, Some):
        return _some(condition, element, asset, campaign)
    if isinstance(condition, Every):  # every x holds just when not some x fails
        return _every(condition, element, asset, campaign)
    if isinstance(condition, Count):
        return _count(condition, element, asset, campaign)
    return _literal(condition, element, asset, campaign)


def _literal(
    literal: FactLiteral | CodeLiteral | KnownLiteral, element: Element, asset: Element, campaign: Element
) -> Explained:
    truth = _truth_of(literal)(element, asset, campaign)
    owner = reached(literal.reach, element, asset, campaign)
    codes = literal.codes if isinstance(literal, CodeLiteral) else frozenset[str]()
    is_list = isinstance(literal, CodeLiteral) or (isinstance(literal, KnownLiteral) and literal.is_list)
    return truth, (reason(owner, literal.name, asset, truth, is_list, codes, met_by=_met_by(literal, owner)),)


def _met_by(literal: FactLiteral | CodeLiteral | KnownLiteral, owner: Element) -> tuple[Raised, ...]:
    if isinstance(literal, FactLiteral):
        raised = owner.fact(literal.name).raised
        return tuple(each for each in raised if literal_truth(literal.test, literal.negated, each.value) is TRUE)
    if isinstance(literal, CodeLiteral) and not literal.negated:
        return tuple(each for each in owner.listing(literal.name).raised if each.value in literal.codes)
    return ()


def reason(
    owner: Element,
    name: str,
    asset: Element,
    truth: Truth,
    is_list: bool,
    codes: frozenset[str] = frozenset(),
    *,
    whole_list: bool = False,
    met_by: tuple[Raised, ...] = (),
) -> Reason:
    seen_in = "" if owner.noun in ("campaign", "group", "concurrent") else asset.id
    return Reason(owner, name, owner.address_of(name), seen_in, truth, is_list, codes, whole_list, met_by)


def _all_of(parts: list[Explained]) -> Explained:
    truth = min((part[0] for part in parts), default=TRUE)
    if truth is FALSE:
        return FALSE, min((part[1] for part in parts if part[0] is FALSE), key=len)
    if truth is TRUE:
        return truth, _joined(parts)
    waiting = [part for part in parts if part[0] is UNKNOWN]
    first = [part for part in waiting if _asks_for_lists_only(part)] or [min(waiting, key=_asks_for)]
    return truth, _joined([part for part in parts if part[0] is TRUE or part in first])


def _asks_for_lists_only(part: Explained) -> bool:
    """Whether all that is open is which members a list has.

    Such a part is asked before its neighbours: while nobody has said that there is a product at all, which share of an
    audience is young is a question nobody needs to answer.
    """
    return all(reason.whole_list for reason in part[1] if reason.truth is UNKNOWN)


def _asks_for(part: Explained) -> tuple[int, int]:
    """Of parts that may hold, the one that asks for least is asked first: what a campaign answers once, then codes.

    One answer is often enough: where nobody is portrayed in a listed way, how old somebody of 58 could be taken for is
    never asked.
    """
    waiting = [reason for reason in part[1] if reason.truth is UNKNOWN]
    return len(waiting), max(_cost(reason) for reason in waiting)


def _cost(reason: Reason) -> int:
    return 0 if reason.owner.noun == "campaign" else 1 if reason.is_list else 2


def _any_of(parts: list[Explained]) -> Explained:
    truth = max((part[0] for part in parts), default=FALSE)
    return truth, _joined([part for part in parts if part[0] is truth])


def _joined(parts: list[Explained]) -> tuple[Reason, ...]:
    """The reasons of all parts, each once. (The same fact tested for other codes is another reason.)"""
    each = {(r.asset, r.address, r.codes, r.whole_list): r for _, reasons in parts for r in reasons}
    return tuple(each.values())


def _members(
    condition: Some | Every | Count, where: Condition, element: Element, asset: Element, campaign: Element
) -> tuple[Element, Listing, list[Explained]]:
    owner = reached(condition.reach, element, asset, campaign)
    listing = owner.listing(condition.name)
    found = [
        explain(where, member, *around(member, condition.noun, asset, campaign))
        for member in (*listing.members, *listing.raised_members)
    ]
    return owner, listing, found


def _some(condition: Some, element: Element, asset: Element, campaign: Element) -> Explained:
    truth = _truth_of(condition)(element, asset, campaign)
    owner, listing, found = _members(condition, condition.where, element, asset, campaign)
    whole = (truth, (reason(owner, condition.name, asset, truth, True, whole_list=True),))
    if truth is TRUE:
        meeting = [part for part in found if part[0] is TRUE]
        return TRUE, _joined(meeting if any(part[1] for part in meeting) else [whole])
    if truth is FALSE:
        return FALSE, _joined([whole, *found])
    open_members = [part for part in found if part[0] is not FALSE]
    is_all = listing.complete and not listing.raised_members  # somebody seen whom a whole list lacks opens the list
    return UNKNOWN, _joined([*open_members, *([] if is_all else [whole])])


def _every(condition: Every, element: Element, asset: Element, campaign: Element) -> Explained:
    truth = _truth_of(condition)(element, asset, campaign)
    owner, listing, found = _members(condition, condition.where, element, asset, campaign)
    whole = (truth, (reason(owner, condition.name, asset, truth, True, whole_list=True),))
    if truth is TRUE:
        return TRUE, _joined([whole, *found])
    if truth is FALSE:
        return FALSE, min((part[1] for part in found if part[0] is FALSE), key=len)
    open_members = [part for part in found if part[0] is UNKNOWN]
    return UNKNOWN, _joined([*open_members, *([] if listing.complete else [whole])])


def _count(condition: Count, element: Element, asset: Element, campaign: Element) -> Explained:
    """At least so many rests on the members that are counted; fewer than so many on those that are not."""
    truth = _truth_of(condition)(element, asset, campaign)
    where = condition.where_not if condition.negated else condition.where
    owner, listing, found = _members(condition, where, element, asset, campaign)
    whole = (truth, (reason(owner, condition.name, asset, truth, True, whole_list=True),))
    rests_on_whole = not listing.complete or (truth is TRUE) is condition.negated
    chosen = [part for part in found if part[0] is truth or (truth is UNKNOWN and part[0] is TRUE)]
    return truth, _joined([*chosen, *([whole] if rests_on_whole else [])])
