"""Evaluation: a condition becomes a function of (element, asset, campaign) that gives one of three truths.

Compiled once and run many times, so the functions below are closures over plain attributes. What they mean:

* a literal over an unknown fact is unknown; an interval that straddles the limit is unknown;
* a raised value that meets a literal lifts it: unknown to true, false to unknown; it never lowers anything;
* "contains" over a list that may be incomplete is true or unknown, never false.
"""

from __future__ import annotations

from collections.abc import Callable

from lastlook.facts.element import Element, Listing
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
from lastlook.facts.values import NOT_KNOWN, Value
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
)
from lastlook.rules.tests import Test, holds

Evaluate = Callable[[Element, Element, Element], Truth]  # element, asset around it, campaign around it


def lifted(standing: Truth, met_by_raised: bool) -> Truth:
    """The third law: unknown becomes true, false becomes unknown (a contradiction), true stays."""
    if not met_by_raised or standing is TRUE:
        return standing
    return TRUE if standing is UNKNOWN else UNKNOWN


def reached(reach: Reach, element: Element, asset: Element, campaign: Element) -> Element:
    return element if reach == "element" else asset if reach == "asset" else campaign


def literal_truth(test: Test, negated: bool, value: Value) -> Truth:
    met = holds(test, value)
    return ~met if negated else met


def compiled(condition: Condition) -> Evaluate:
    """The function that a condition stands for."""
    if isinstance(condition, Always):
        constant = TRUE if condition.holds else FALSE
        return lambda element, asset, campaign: constant
    if isinstance(condition, AllOf):
        return _all_of([compiled(part) for part in condition.parts])
    if isinstance(condition, AnyOf):
        return _any_of([compiled(part) for part in condition.parts])
    if isinstance(condition, FactLiteral):
        return _fact_literal(condition)
    if isinstance(condition, CodeLiteral):
        return _code_literal(condition)
    if isinstance(condition, KnownLiteral):
        return _known_literal(condition)
    if isinstance(condition, Some):
        return _some(condition)
    if isinstance(condition, Every):
        return _every(condition)
    return _count(condition)


def _all_of(parts: list[Evaluate]) -> Evaluate:
    def least(element: Element, asset: Element, campaign: Element) -> Truth:
        found = TRUE
        for part in parts:
            truth = part(element, asset, campaign)
            if truth is FALSE:
                return FALSE
            if truth is UNKNOWN:
                found = UNKNOWN
        return found

    return least


def _any_of(parts: list[Evaluate]) -> Evaluate:
    def greatest(element: Element, asset: Element, campaign: Element) -> Truth:
        found = FALSE
        for part in parts:
            truth = part(element, asset, campaign)
            if truth is TRUE:
                return TRUE
            if truth is UNKNOWN:
                found = UNKNOWN
        return found

    return greatest


def _fact_literal(literal: FactLiteral) -> Evaluate:
    reach, name, test, negated = literal.reach, literal.name, literal.test, literal.negated

    def fact_literal(element: Element, asset: Element, campaign: Element) -> Truth:
        fact = reached(reach, element, asset, campaign).facts.get(name)
        if fact is None:
            return UNKNOWN
        standing = UNKNOWN if fact.standing is NOT_KNOWN else literal_truth(test, negated, fact.standing)
        if not fact.raised:
            return standing
        return lifted(standing, any(literal_truth(test, negated, raised.value) is TRUE for raised in fact.raised))

    return fact_literal


def contains(listing: Listing, codes: frozenset[str]) -> Truth:
    """Whether the standing members of a list include one of these codes."""
    if not listing.codes.isdisjoint(codes):
        return TRUE
    return FALSE if listing.complete else UNKNOWN


def _code_literal(literal: CodeLiteral) -> Evaluate:
    reach, name, codes, negated = literal.reach, literal.name, literal.codes, literal.negated

    def code_literal(element: Element, asset: Element, campaign: Element) -> Truth:
        listing = reached(reach, element, asset, campaign).lists.get(name)
        if listing is None:
            return UNKNOWN
        standing = contains(listing, codes)
        if negated:  # a machine that saw one thing has not said that there is no other: nothing raised meets this
            return ~standing
        return lifted(standing, any(raised.value in codes for raised in listing.raised))

    return code_literal


def _known_literal(literal: KnownLiteral) -> Evaluate:
    reach, name, is_list, negated = literal.reach, literal.name, literal.is_list, literal.negated

    def known_literal(element: Element, asset: Element, campaign: Element) -> Truth:
        thing = reached(reach, element, asset, campaign)
        if is_list:
            listing = thing.listing(name)
            known = listing.known is not None or bool(listing.raised or listing.raised_members)
        else:
            fact = thing.fact(name)
            known = fact.standing is not NOT_KNOWN or bool(fact.raised)
        return TRUE if known is not negated else FALSE

    return known_literal


def around(member: Element, noun: str, asset: Element, campaign: Element) -> tuple[Element, Element]:
    """What surrounds a member's own facts: a picture is its own asset, a campaign its own campaign."""
    if noun == "asset":
        return member, campaign
    if noun == "campaign":
        return asset, member
    return asset, campaign


def _some(condition: Some) -> Evaluate:
    reach, name, noun = condition.reach, condition.name, condition.noun
    where = compiled(condition.where)

    def some(element: Element, asset: Element, campaign: Element) -> Truth:
        listing = reached(reach, element, asset, campaign).lists.get(name)
        if listing is None:
            return UNKNOWN
        found = FALSE if listing.complete else UNKNOWN
        for member in listing.members:
            truth = where(member, *around(member, noun, asset, campaign))
            if truth is TRUE:
                return TRUE
            if truth is UNKNOWN:
                found = UNKNOWN
        if not listing.raised_members:
            return found
        return lifted(found, any(where(member, asset, campaign) is TRUE for member in listing.raised_members))

    return some


def _every(condition: Every) -> Evaluate:
    reach, name, noun = condition.reach, condition.name, condition.noun
    where = compiled(condition.where)

    def every(element: Element, asset: Element, campaign: Element) -> Truth:
        listing = reached(reach, element, asset, campaign).lists.get(name)
        if listing is None:
            return UNKNOWN
        found = TRUE if listing.complete else UNKNOWN
        for member in listing.members:
            truth = where(member, *around(member, noun, asset, campaign))
            if truth is FALSE:
                return FALSE
            if truth is UNKNOWN:
                found = UNKNOWN
        return found

    return every


def _count(condition: Count) -> Evaluate:
    reach, name, noun, at_least = condition.reach, condition.name, condition.noun, condition.at_least
    where, where_not, negated = compiled(condition.where), compiled(condition.where_not), condition.negated

    def enough(element: Element, asset: Element, campaign: Element) -> Truth:
        listing = reached(reach, element, asset, campaign).lists.get(name)
        if listing is None:
            return UNKNOWN
        truths = [where(member, *around(member, noun, asset, campaign)) for member in listing.members]
        surely = truths.count(TRUE)
        if surely >= at_least:
            return TRUE
        possibly = len(truths) - truths.count(FALSE)
        standing = FALSE if listing.complete and possibly < at_least else UNKNOWN
        raised = sum(where(member, asset, campaign) is TRUE for member in listing.raised_members)
        return lifted(standing, raised > 0 and surely + raised >= at_least)

    def fewer(element: Element, asset: Element, campaign: Element) -> Truth:
        listing = reached(reach, element, asset, campaign).lists.get(name)
        if listing is None:
            return UNKNOWN
        denied = [where_not(member, *around(member, noun, asset, campaign)) for member in listing.members]
        possibly = len(denied) - denied.count(TRUE)
        if listing.complete and possibly < at_least:
            return TRUE
        return FALSE if denied.count(FALSE) >= at_least else UNKNOWN

    return fewer if negated else enough
