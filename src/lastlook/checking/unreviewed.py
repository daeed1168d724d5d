"""Facts that keep a rule quiet on the word of those who made the picture.

A check may say "nothing stands in the way" on such facts. A clearance may not: there a second person must have looked.
For each rule that is false of a picture, a smallest set of facts that makes it so is taken; of these, the declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lastlook.checking.applicability import applies, outings_of
from lastlook.checking.case import Case
from lastlook.checking.result import Unreviewed
from lastlook.facts.element import Element
from lastlook.facts.truth import FALSE
from lastlook.rules.explanation import Reason, explain
from lastlook.rules.rule import Rule


def unreviewed(case: Case, rules: Iterable[Rule]) -> tuple[Unreviewed, ...]:
    """Each such fact once, with the pictures it was declared for, in the order of the pictures."""
    found: dict[str, dict[str, None]] = {}
    asset_rules = [rule for rule in rules if rule.scope == "asset" and not rule.is_standing_requirement]
    for asset in case.assets:
        for reason in _quieting(asset, case.campaign, asset_rules):
            found.setdefault(reason.address, {})[asset.id] = None
    return tuple(Unreviewed(fact, tuple(assets)) for fact, assets in found.items())


def _quieting(asset: Element, campaign: Element, rules: Iterable[Rule]) -> Iterator[Reason]:
    outings = outings_of(asset, campaign)
    for rule in rules:
        if rule.effect == "advise" or applies(rule.territories, rule.in_force, outings) is FALSE:
            continue
        truth, reasons = explain(rule.condition, asset, asset, campaign)
        if truth is FALSE:
            yield from (reason for reason in reasons if _is_makers_word(reason))


def _is_makers_word(reason: Reason) -> bool:
    known = reason.listing.known if reason.is_list else reason.fact.known
    return known == "declared"
