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
    """Each such fact once, with the pictures for which it keeps a rule quiet."""
    found: dict[str, dict[str, None]] = {}
    considered = [rule for rule in rules if rule.effect != "advise" and not rule.is_standing_requirement]
    for at, assets, outings in _looked_at(case):
        for reason in _quieting(at, case.campaign, outings, (rule for rule in considered if rule.scope == at.noun)):
            of = (reason.asset,) if reason.asset else tuple(asset.id for asset in assets)
            found.setdefault(reason.address, {}).update(dict.fromkeys(of))
    return tuple(Unreviewed(fact, tuple(assets)) for fact, assets in found.items())


def _looked_at(case: Case) -> Iterator[tuple[Element, tuple[Element, ...], Outings]]:
    """What rules are asked of, and the pictures in it; a rule's scope is the noun of what it is asked of."""
    for asset in case.assets:
        yield asset, (asset,), outings_of(asset, case.campaign)
    for group in case.groups:
        members = group.listing("assets").members
        yield group, members, outings_of_many(members, case.campaign)
    yield case.campaign, case.assets, campaign_outings(case.assets, case.campaign)


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
