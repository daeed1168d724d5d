"""Where and when a picture goes out, and so whether a rule's territory and in-force time meet it.

A territory is met by a plan line's countries, never by the campaign's wish list: what nobody planned is unknown. A
line without a flight of its own runs in the campaign's.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

import msgspec

from lastlook.facts.element import Element, Listing
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth, truth
from lastlook.reading.kinds import Span
from lastlook.rules.evaluation import contains
from lastlook.rules.explanation import Reason, reason
from lastlook.rules.recall import keep
from lastlook.rules.rule import Rule


class Line(msgspec.Struct, frozen=True):
    """One way out: in these countries, in these days (None: nobody said when)."""

    plan: Element
    countries: Listing
    flight: Span | None


class Outings(msgspec.Struct, frozen=True):
    """Every way out of a picture (or of a campaign), and whether that is all of them."""

    lines: tuple[Line, ...]
    complete: bool
    flight: Span | None  # the campaign's

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(country for line in self.lines for country in line.countries.codes)

    @property
    def countries_complete(self) -> bool:
        return self.complete and all(line.countries.complete for line in self.lines)


def flight_of(element: Element) -> Span | None:
    standing = element.fact("flight").standing
    return standing if isinstance(standing, Span) else None


def outings_of(asset: Element, campaign: Element) -> Outings:
    plans, flight = asset.listing("plans"), flight_of(campaign)
    lines = tuple(Line(plan, plan.listing("countries"), _flight_of_line(plan, flight)) for plan in plans.members)
    return Outings(lines, plans.complete, flight)


def _flight_of_line(plan: Element, campaign_flight: Span | None) -> Span | None:
    if plan.fact("flight").conflicts:  # such as a line that runs outside its campaign: nobody knows when it runs
        return None
    return flight_of(plan) or campaign_flight


def outings_of_many(assets: Iterable[Element], campaign: Element) -> Outings:
    """The ways out of several pictures together."""
    each = [outings_of(asset, campaign) for asset in assets]
    lines = tuple({line.plan.id: line for outings in each for line in outings.lines}.values())
    return Outings(lines, all(outings.complete for outings in each), flight_of(campaign))


def campaign_outings(assets: Iterable[Element], campaign: Element) -> Outings:
    """Every way out of every picture, and the campaign's own markets and flight."""
    planned = outings_of_many(assets, campaign)
    markets = Line(campaign, campaign.listing("markets"), planned.flight)
    return Outings((*planned.lines, markets), planned.complete, planned.flight)


class Reach(msgspec.Struct, frozen=True):
    """The ways out that meet, or may meet, a rule's territory: how surely, and when. `is_open`: there may be others."""

    met: tuple[tuple[Truth, Span | None], ...]
    is_open: bool

    @property
    def is_possible(self) -> bool:
        return bool(self.met) or self.is_open

    def during(self, in_force: Span) -> Truth:
        """Whether one of them runs while a rule is in force."""
        found = UNKNOWN if self.is_open else FALSE
        for surely, flight in self.met:
            found = max(found, min(surely, UNKNOWN if flight is None else truth(in_force.meets(flight))))
        return found


def reach(territories: frozenset[str] | None, outings: Outings) -> Reach:
    """Which ways out meet these territories. Without territories a rule follows the campaign wherever it goes."""
    if territories is None:
        flights = (outings.flight, *(line.flight for line in outings.lines))
        return Reach(tuple((TRUE, flight) for flight in flights), is_open=False)
    met = ((contains(line.countries, territories), line.flight) for line in outings.lines)
    return Reach(tuple(each for each in met if each[0] is not FALSE), is_open=not outings.complete)


def applies(territories: frozenset[str] | None, in_force: Span, outings: Outings) -> Truth:
    """Whether some way out meets a rule's territory while it is in force."""
    return reach(territories, outings).during(in_force)


class Applying:
    """Whether each of many rules applies, remembered by where and when a picture goes out.

    Rules by number; sets of them as in `rules/recall.py`.
    """

    def __init__(self, rules: Mapping[int, Rule]) -> None:
        self._times: dict[frozenset[str] | None, dict[Span, int]] = {}
        for number, rule in rules.items():
            times = self._times.setdefault(rule.territories, {})
            times[rule.in_force] = times.get(rule.in_force, 0) | 1 << number
        self._kept: dict[Hashable, tuple[int, int]] = {}

    def to(self, outings: Outings) -> tuple[int, int]:
        """The rules that apply, or may apply, to what goes out there and then; and those of them that surely do."""
        lines = tuple([(line.countries.codes, line.countries.complete, line.flight) for line in outings.lines])
        content = outings.complete, outings.flight, lines
        found = self._kept.get(content)
        if found is None:
            found = self._anew(outings)
            keep(self._kept, content, found)
        return found

    def _anew(self, outings: Outings) -> tuple[int, int]:
        possible = surely = 0
        for territories, times in self._times.items():
            reached = reach(territories, outings)
            if not reached.is_possible:
                continue
            for in_force, rules in times.items():
                applying = reached.during(in_force)
                if applying is not FALSE:
                    possible |= rules
                    surely |= rules if applying is TRUE else 0
        return possible, surely


def why_undecided(outings: Outings, asset: Element, campaign: Element) -> tuple[Reason, ...]:
    """The facts that keep it open where and when the picture goes out."""
    missing: list[Reason] = []
    if not outings.complete:
        missing.append(reason(asset, "plans", asset, UNKNOWN, True, whole_list=True))
    missing += [
        reason(line.plan, "countries", asset, UNKNOWN, True, whole_list=True)
        for line in outings.lines
        if not line.countries.complete
    ]
    missing += [
        reason(line.plan, "flight", asset, UNKNOWN, False)
        for line in outings.lines
        if line.plan.fact("flight").conflicts
    ]
    some_flight_unknown = not outings.lines or any(line.flight is None for line in outings.lines)
    if outings.flight is None and some_flight_unknown:
        missing.append(reason(campaign, "flight", asset, UNKNOWN, False))
    return tuple(missing)
