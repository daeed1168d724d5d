"""Where and when a picture goes out, and so whether a rule has anything to say of it."""

from __future__ import annotations

import datetime as dt

import pytest

from lastlook.checking.applicability import (
    Line,
    Outings,
    applies,
    campaign_outings,
    outings_of,
    outings_of_many,
    why_undecided,
)
from lastlook.errors import Place
from lastlook.facts.element import Contradiction, Element, Fact, Listing
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
from lastlook.facts.values import NOT_KNOWN
from lastlook.reading.kinds import Span
from lastlook.rules.rule import FIRST_DAY, LAST_DAY
from tests.world import a_campaign, an_asset


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


FLIGHT = Span(day("2026-12-01"), day("2027-01-06"))
EARLIER, LATER = Span(day("2026-10-01"), day("2026-10-31")), Span(day("2027-02-01"), day("2027-02-28"))
ALWAYS = Span(FIRST_DAY, LAST_DAY)
GB = frozenset({"GB"})
PLACE = Place("campaign.yaml", 1)


def line(
    *countries: str, flight: Span | None = FLIGHT, complete: bool = True, plan: str = "web", stated: Fact | None = None
) -> Line:
    listing = Listing(codes=frozenset(countries), complete=complete, known="declared")
    facts = {} if stated is None else {"flight": stated}
    return Line(Element("plan", plan, f"plans[{plan}]", facts, {"countries": listing}), listing, flight)


def outings(*lines: Line, complete: bool = True, flight: Span | None = FLIGHT) -> Outings:
    return Outings(lines, complete, flight)


@pytest.mark.parametrize(
    ("ways", "truth"),
    [
        (outings(line("GB")), TRUE),
        (outings(line("DE", "GB")), TRUE),
        (outings(line("DE")), FALSE),
        (outings(line("DE"), line("GB")), TRUE),
        (outings(line("DE", complete=False)), UNKNOWN),
        (outings(line("GB", complete=False)), TRUE),
        (outings(line("DE"), complete=False), UNKNOWN),
        (outings(line("GB"), complete=False), TRUE),
        (outings(), FALSE),
        (outings(complete=False), UNKNOWN),
        (outings(line("GB", flight=None)), UNKNOWN),
        (outings(line("DE", flight=None)), FALSE),
        (outings(line("GB", flight=EARLIER)), TRUE),
    ],
)
def test_a_rule_of_a_country_applies_where_a_planned_line_runs_there(ways: Outings, truth: Truth) -> None:
    assert applies(GB, ALWAYS, ways) is truth


@pytest.mark.parametrize(
    ("in_force", "truth"),
    [
        (Span(FIRST_DAY, LAST_DAY), TRUE),
        (Span(FLIGHT.last, LAST_DAY), TRUE),
        (Span(FIRST_DAY, FLIGHT.first), TRUE),
        (Span(FLIGHT.last + dt.timedelta(days=1), LAST_DAY), FALSE),
        (Span(FIRST_DAY, FLIGHT.first - dt.timedelta(days=1)), FALSE),
    ],
)
def test_a_rule_applies_when_it_is_in_force_on_any_day_of_the_flight(in_force: Span, truth: Truth) -> None:
    assert applies(GB, in_force, outings(line("GB"))) is truth
    assert applies(None, in_force, outings(line("GB"))) is truth


def test_country_and_time_must_be_met_by_one_and_the_same_line() -> None:
    from_february = Span(LATER.first, LAST_DAY)
    ways = outings(line("GB", flight=FLIGHT), line("DE", flight=LATER, plan="late"))
    assert applies(GB, from_february, ways) is FALSE
    assert applies(frozenset({"DE"}), from_february, ways) is TRUE


@pytest.mark.parametrize(
    ("ways", "truth"),
    [
        (outings(), TRUE),
        (outings(flight=None), UNKNOWN),
        (outings(line("JP", flight=FLIGHT), flight=None), TRUE),
        (outings(line("JP", flight=None), flight=LATER), UNKNOWN),
        (outings(flight=LATER), FALSE),
        (outings(line("JP", flight=FLIGHT), flight=LATER), TRUE),
    ],
)
def test_a_rule_without_a_country_follows_the_campaign_wherever_it_goes(ways: Outings, truth: Truth) -> None:
    until_january = Span(FIRST_DAY, FLIGHT.last)
    assert applies(None, until_january, ways) is truth


# Read from a manifest.


def test_a_line_without_days_of_its_own_runs_in_the_campaigns() -> None:
    case = a_campaign()
    (found,) = outings_of(case.assets[0], case.campaign).lines
    assert (found.plan.id, found.countries.codes, found.flight) == ("web", GB, FLIGHT)


def test_a_line_with_days_of_its_own_runs_in_those() -> None:
    advent = {"from": "2026-12-01", "until": "2026-12-24"}
    case = a_campaign(plans={"web": {"channel": "website", "countries": ["GB"], "flight": advent}})
    (found,) = outings_of(case.assets[0], case.campaign).lines
    assert found.flight == Span(day("2026-12-01"), day("2026-12-24"))


def test_when_a_line_runs_outside_its_campaign_nobody_knows_when_it_runs() -> None:
    plan = line("GB", stated=CONFLICT).plan
    asset = Element("asset", "look-01", lists={"plans": Listing((plan,), complete=True)})
    campaign = Element("campaign", "a", "campaign", {"flight": Fact(FLIGHT, "declared")})
    assert [found.flight for found in outings_of(asset, campaign).lines] == [None]


def test_a_picture_of_which_nobody_said_where_it_goes_may_go_anywhere() -> None:
    case = a_campaign(defaults={})
    found = outings_of(case.assets[0], case.campaign)
    assert found == Outings((), complete=False, flight=FLIGHT)
    assert applies(GB, ALWAYS, found) is UNKNOWN


def test_a_picture_that_is_not_to_go_out_goes_nowhere() -> None:
    case = a_campaign(defaults={"plans": "none"})
    assert applies(GB, ALWAYS, outings_of(case.assets[0], case.campaign)) is FALSE


def test_the_campaigns_wish_list_of_markets_sends_no_picture_anywhere() -> None:
    case = a_campaign(campaign={"markets": ["GB", "FR"]})
    assert applies(frozenset({"FR"}), ALWAYS, outings_of(case.assets[0], case.campaign)) is FALSE


def test_the_campaign_as_a_whole_also_goes_to_its_markets() -> None:
    case = a_campaign(campaign={"markets": ["GB", "FR"]})
    found = campaign_outings(case.assets, case.campaign)
    assert [(each.plan.id, sorted(each.countries.codes)) for each in found.lines] == [
        ("web", ["GB"]),
        ("a-campaign", ["FR", "GB"]),
    ]
    assert applies(frozenset({"FR"}), ALWAYS, found) is TRUE


def test_several_pictures_on_one_line_go_out_once_on_it() -> None:
    plans = {"web": {"countries": ["GB"]}, "ig": {"countries": ["DE"]}}
    case = a_campaign(an_asset("look-01", plans=["web"]), an_asset("look-02", plans=["web", "ig"]), plans=plans)
    found = outings_of_many(case.assets, case.campaign)
    assert [each.plan.id for each in found.lines] == ["web", "ig"]
    assert (found.countries, found.complete, found.countries_complete) == (frozenset({"GB", "DE"}), True, True)


def test_one_picture_of_which_nobody_said_where_it_goes_leaves_it_open_for_all() -> None:
    case = a_campaign(an_asset("look-01", plans=["web"]), an_asset("look-02", plans="unknown"))
    found = outings_of_many(case.assets, case.campaign)
    assert ([each.plan.id for each in found.lines], found.complete, found.countries_complete) == (["web"], False, False)


@pytest.mark.parametrize(
    ("ways", "whole"),
    [
        (outings(line("GB")), True),
        (outings(line("GB", complete=False)), False),
        (outings(line("GB"), complete=False), False),
    ],
)
def test_the_countries_are_all_known_when_every_line_and_each_lines_countries_are(ways: Outings, whole: bool) -> None:
    assert (ways.countries, ways.countries_complete) == (GB, whole)


# What to ask when it cannot be told.

CONFLICT = Fact(NOT_KNOWN, conflicts=(Contradiction(LATER, PLACE), Contradiction(FLIGHT, PLACE)))


@pytest.mark.parametrize(
    ("ways", "asked"),
    [
        (outings(line("GB")), []),
        (outings(complete=False), ["plans"]),
        (outings(line("GB", flight=None, stated=CONFLICT)), ["plans[web].flight"]),
        (outings(line("GB", complete=False)), ["plans[web].countries"]),
        (outings(line("GB", flight=None), flight=None), ["campaign.flight"]),
        (outings(line("GB", flight=FLIGHT), flight=None), []),
        (outings(complete=False, flight=None), ["plans", "campaign.flight"]),
        (outings(line("GB", complete=False, flight=None), complete=False, flight=None),
         ["plans", "plans[web].countries", "campaign.flight"]),
    ],
)  # fmt: skip
def test_what_keeps_it_open_is_named(ways: Outings, asked: list[str]) -> None:
    asset, campaign = Element("asset", "look-01"), Element("campaign", "a", "campaign")
    assert [reason.address for reason in why_undecided(ways, asset, campaign)] == asked
