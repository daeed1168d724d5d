"""Markets without a pack: where nobody wrote rules down, nothing was checked, and that is not the same as clear."""

from __future__ import annotations

import msgspec

from lastlook.checking.applicability import flight_of, outings_of, why_undecided
from lastlook.checking.case import Case
from lastlook.facts.element import Element
from lastlook.facts.truth import UNKNOWN
from lastlook.packs import Markets
from lastlook.reading.kinds import Span
from lastlook.rules.explanation import Reason, reason

RULE_ID = "market-without-pack"


class Uncovered(msgspec.Struct, frozen=True):
    """Countries for which no rules are known, which pictures go there, and what keeps the answer open.

    missing    facts without which it is not known where a picture, or the campaign, goes
    """

    countries: tuple[str, ...]
    assets: tuple[str, ...]
    missing: tuple[Reason, ...]


def uncovered(case: Case, markets: Markets) -> Uncovered:
    """What the packs in use leave open. `markets`: for which countries they hold rules, and when those are in force."""
    countries: set[str] = set()
    going: list[str] = []
    missing: list[Reason] = []
    for asset in case.assets:
        outings = outings_of(asset, case.campaign)
        without = {
            country
            for line in outings.lines
            for country in line.countries.codes
            if not is_covered(country, line.flight, markets)
        }
        if without:
            countries |= without
            going.append(asset.id)
        missing += why_undecided(outings, asset, case.campaign)
    wished, flight = case.campaign.listing("markets"), flight_of(case.campaign)
    countries |= {country for country in wished.codes if not is_covered(country, flight, markets)}
    if not wished.complete:
        missing.append(_markets_unknown(case.campaign))
    return Uncovered(tuple(sorted(countries)), tuple(going), tuple(missing))


def is_covered(country: str, flight: Span | None, markets: Markets) -> bool:
    """Whether some rule for a country is in force on all days of a flight (of one not known: whether there is any)."""
    times = markets.get(country, ())
    return any(flight is None or flight.within(in_force) for in_force in times)


def _markets_unknown(campaign: Element) -> Reason:
    return reason(campaign, "markets", campaign, UNKNOWN, True, whole_list=True)
