"""Which pictures are covered until somebody asks for them.

Covering costs one key press and says nothing about the picture, so where it is not known, it is covered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lastlook.checking.result import Finding, Result
from lastlook.facts.element import Element, Fact
from lastlook.facts.values import Ages
from lastlook.rules.rule import Rule

STOPPED_FOR_A_CHILD = "It is stopped by a rule that protects children."
PORTRAYED = "Somebody who is, or may be, under 18 is in it, and a portrayal is listed."
THEMED = "Somebody under 18 is, or may be, in it, and it is said to be sexual, or to show nudity."
ADULT = 18
_THEMES = frozenset({"sexual_content", "nudity"})  # an adult content warning in a file raises the first of them


def why_covered(asset: Element | None, result: Result, rules: Mapping[str, Rule], asset_id: str) -> str | None:
    """The reason why a picture is covered, or None. `asset` is None where nothing is known of what it shows."""
    own = next((each.findings for each in result.assets if each.id == asset_id), ())
    if _stops_for_a_child(own, rules):
        return STOPPED_FOR_A_CHILD
    may_show_minor = asset is None or _may_show_minor(asset)
    wider = [finding for finding in result.findings if asset_id in finding.assets]
    if may_show_minor and _stops_for_a_child(wider, rules):
        return STOPPED_FOR_A_CHILD
    if asset is not None and may_show_minor and any(_is_portrayed(person) for person in _people(asset)):
        return PORTRAYED
    if asset is not None and may_show_minor and _has_adult_theme(asset):
        return THEMED
    return None


def _stops_for_a_child(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> bool:
    return any(
        finding.verdict == "stopped" and (rule := rules.get(finding.rule)) is not None and rule.safeguards_children
        for finding in findings
    )


def _people(asset: Element) -> tuple[Element, ...]:
    listing = asset.listing("people")
    return (*listing.members, *listing.raised_members)


def _may_show_minor(asset: Element) -> bool:
    """Whether anybody in it may be, or seem, under 18, or may be in it whom nobody listed."""
    return not asset.listing("people").complete or any(_may_be_or_seem_minor(person) for person in _people(asset))


def _has_adult_theme(asset: Element) -> bool:
    """Whether anybody says so: who declared it, the file, a machine."""
    listing = asset.listing("themes")
    said = {*listing.codes, *(str(raised.value) for raised in listing.raised)}
    said |= {code for each in listing.conflicts for code in str(each.value).split(", ")}
    return bool(said & _THEMES)


def _may_be_or_seem_minor(person: Element) -> bool:
    """Not known to be an adult, or said by anybody to be, or to seem, under 18."""
    ages, seems = list(_told(person.fact("age"))), list(_told(person.fact("appears")))
    return not ages or any(age.low < ADULT for age in (*ages, *seems))


def _told(fact: Fact) -> Iterable[Ages]:
    values = (fact.standing, *(raised.value for raised in fact.raised), *(each.value for each in fact.conflicts))
    return (value for value in values if isinstance(value, Ages))


def _is_portrayed(person: Element) -> bool:
    listing = person.listing("portrayal")
    return bool(listing.codes or listing.members or listing.raised or listing.raised_members)
