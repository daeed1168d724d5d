"""Facts that keep a rule quiet on the word of those who made the picture.

A check may say "nothing stands in the way" on such facts. A clearance may not: there a second person must have looked.
For each rule that is false of a picture, a smallest set of facts that makes it so is taken; of these, the declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lastlook.checking.applicability import Outings, applies, campaign_outings, outings_of, outings_of_many
from lastlook.checking.case import Case
from lastlook.checking.result import Unreviewed
from lastlook.facts.element import Element
from lastlook.facts.truth import FALSE
from lastlook.rules.explanation import Reason, explain
from lastlook.rules.rule import Rule


def unreviewed(case: Case, rules: Iterable[Rule]) -> tuple[Unreviewed, ...]:
    """Each such fact once, with the pictures where it keeps a rule quiet (none: where the whole campaign is judged)."""
    found: dict[str, dict[str, None]] = {}
    considered = [rule for rule in rules if rule.effect != "advise" and not rule.is_standing_requirement]
    for scope, at, outings in _looked_at(case):
        for reason in _quieting(at, case.campaign, outings, (rule for rule in considered if rule.scope == scope)):
            of = reason.asset or (at.id if scope == "asset" else "")
            found.setdefault(reason.address, {}).update({of: None} if of else {})
    return tuple(Unreviewed(fact, tuple(assets)) for fact, assets in found.items())


def _looked_at(case: Case) -> Iterator[tuple[str, Element, Outings]]:
    for asset in case.assets:
        yield "asset", asset, outings_of(asset, case.campaign)
    for group in case.groups:
        yield "group", group, outings_of_many(group.listing("assets").members, case.campaign)
    yield "campaign", case.campaign, campaign_outings(case.assets, case.campaign)


def _quieting(at: Element, campaign: Element, outings: Outings, rules: Iterable[Rule]) -> Iterator[Reason]:
    for rule in rules:
        if applies(rule.territories, rule.in_force, outings) is FALSE:
            continue
        truth, reasons = explain(rule.condition, at, at, campaign)
        if truth is FALSE:
            yield from (reason for reason in reasons if _is_makers_word(reason))


def _is_makers_word(reason: Reason) -> bool:
    known = reason.listing.known if reason.is_list else reason.fact.known
    return known == "declared"
