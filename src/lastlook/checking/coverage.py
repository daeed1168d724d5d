"""Markets without a pack: where nobody wrote rules down, nothing was checked, and that is not the same as clear."""

from __future__ import annotations

import msgspec

from lastlook.checking.applicability import outings_of, why_undecided
from lastlook.checking.case import Case
from lastlook.facts.element import Element
from lastlook.facts.truth import UNKNOWN
from lastlook.rules.explanation import Reason, reason

RULE_ID = "market-without-pack"


class Uncovered(msgspec.Struct, frozen=True):
    """Countries for which no rules are known, which pictures go there, and what keeps the answer open.

    missing    facts without which it is not known where a picture, or the campaign, goes
    """

    countries: tuple[str, ...]
    assets: tuple[str, ...]
    missing: tuple[Reason, ...]


def uncovered(case: Case, markets: frozenset[str]) -> Uncovered:
    """What the packs in use leave open. `markets`: the countries for which they hold rules."""
    countries: set[str] = set()
    going: list[str] = []
    missing: list[Reason] = []
    for asset in case.assets:
        outings = outings_of(asset, case.campaign)
        without = outings.countries - markets
        if without:
            countries |= without
            going.append(asset.id)
        if not outings.countries_complete:
            missing += [why for why in why_undecided(outings, asset, case.campaign) if why.name != "flight"]
    wished = case.campaign.listing("markets")
    countries |= wished.codes - markets
    if not wished.complete:
        missing.append(_markets_unknown(case.campaign))
    return Uncovered(tuple(sorted(countries)), tuple(going), tuple(missing))


def _markets_unknown(campaign: Element) -> Reason:
    return reason(campaign, "markets", campaign, UNKNOWN, True, whole_list=True)
