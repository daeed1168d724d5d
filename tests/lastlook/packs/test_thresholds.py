"""The thresholds of the codes in one table: what is just over the line is engaged, what is just under it is not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lastlook.checking.judge import Judge
from lastlook.facts.truth import TRUE
from tests.world.campaigns import Written, a_campaign, an_asset
from tests.world.rules import bundled

ON = dt.date(2026, 12, 1)
JUDGING = Judge(list(bundled().rules))


def engaged(country: str, shows: Written, line: Written, aimed_at: int = 30, **asset: Any) -> set[str]:
    """The rules that are engaged for one picture on one plan line of one country."""
    plan = {"channel": "display", "media": "paid", "made_for_kids": False, **line, "countries": [country]}
    shown = {"props": "none", "themes": "none", "appeals": "none", "legible": "none", "people": "none", **shows}
    case = a_campaign(
        an_asset(shows=shown, plans=[plan], **asset),
        campaign={"markets": [country], "shoot_country": country, "content_aimed_at_age": aimed_at},
    )
    assert case.problems == ()
    return {found.rule.id for found in JUDGING.asset_outcomes(case.assets[0], case, ON) if found.truth is TRUE}


def product(category: str, audience: str = "adults") -> Written:
    return {"products": [{"category": category, "audience": audience, "styled_as": "none"}]}


def person(age: int, appears: str = "adult_25_plus", portrayal: Any = "none") -> Written:
    return {"people": [{"age": age, "appears": appears, "prominence": "principal", "portrayal": portrayal}]}


SHARE = "under_18_audience_share"
PEOPLE: list[tuple[str, str, str, int]] = [  # rule, country, product, the age from which somebody may be shown
    ("cap-18.16", "GB", "alcohol", 25),
    ("cap-16.3.14", "GB", "gambling", 25),
    ("cap-22.10", "GB", "vape", 25),
    ("abac-3b", "AU", "alcohol", 25),
    ("asai-9-25", "IE", "alcohol", 25),
    ("beer-25", "US", "alcohol", 25),
    ("asai-17", "IE", "vape", 25),
]


@pytest.mark.parametrize(("rule", "country", "category", "from_age"), PEOPLE, ids=[row[0] for row in PEOPLE])
def test_nobody_under_the_age_is_shown_with_the_product(rule: str, country: str, category: str, from_age: int) -> None:
    young, old = (
        engaged(country, {**product(category), **person(age)}, {SHARE: 0}) for age in (from_age - 1, from_age)
    )
    assert (rule in young, rule in old) == (True, False)


@pytest.mark.parametrize("rule", ["cap-18.16", "cap-16.3.14", "cap-22.10", "asai-9-25"])
def test_the_lower_of_real_and_apparent_age_counts(rule: str) -> None:
    country = "IE" if rule.startswith("asai") else "GB"
    category = {"cap-16.3.14": "gambling", "cap-22.10": "vape"}.get(rule, "alcohol")
    assert rule in engaged(country, {**product(category), **person(30, "young_18_24")}, {SHARE: 0})


SHARES: list[tuple[str, str, str, str, float]] = [  # rule, country, product, share, from which it is too many
    ("cap-18.15", "GB", "alcohol", SHARE, 0.25),
    ("cap-16.3.13", "GB", "gambling", SHARE, 0.25),
    ("cap-22.9.media", "GB", "vape", SHARE, 0.25),
    ("cap-12.25", "GB", "cosmetic_procedure", SHARE, 0.25),
    ("cap-15.18", "GB", "hfss_food", "under_16_audience_share", 0.25),
    ("asai-8.19", "IE", "hfss_food", "under_15_audience_share", 0.5),
]


@pytest.mark.parametrize(("rule", "country", "category", "share", "limit"), SHARES, ids=[row[0] for row in SHARES])
def test_a_medium_of_the_young_is_too_young_from_its_share_on(
    rule: str, country: str, category: str, share: str, limit: float
) -> None:
    shares = {f"under_{age}_audience_share": 0.0 for age in (12, 13, 15, 16, 18)}
    at, below = (engaged(country, product(category), {**shares, share: value}) for value in (limit, limit - 0.01))
    assert (rule in at, rule in below) == (True, False)


AIMED: list[tuple[str, str, str, int]] = [  # rule, country, product, the age from which content may be aimed at
    ("cap-18.15", "GB", "alcohol", 18),
    ("cap-16.3.13", "GB", "gambling", 18),
    ("cap-12.25", "GB", "cosmetic_procedure", 18),
    ("cap-12-child", "GB", "medicine", 16),
    ("aana-kid-hazard", "AU", "alcohol", 15),
]


@pytest.mark.parametrize(("rule", "country", "category", "from_age"), AIMED, ids=[f"{row[0]}" for row in AIMED])
def test_content_is_not_aimed_below_the_age(rule: str, country: str, category: str, from_age: int) -> None:
    line = {SHARE: 0.0, "under_15_audience_share": 0.0, "under_16_audience_share": 0.0}
    below, at = (engaged(country, product(category), line, aimed_at=age) for age in (from_age - 1, from_age))
    assert (rule in below, rule in at) == (True, False)


DISTANCES: list[tuple[str, str, str, int]] = [  # rule, country, product, metres within which it is too near
    ("cap-ooh-age", "GB", "hfss_food", 100),
    ("cap-ooh-age.other", "GB", "alcohol", 100),
    ("ie-alc-14", "IE", "alcohol", 200),
    ("ie-vape-30", "IE", "vape", 200),
    ("au-oma-150", "AU", "hfss_food", 150),
    ("au-oma-150.alcohol", "AU", "alcohol", 150),
    ("discus-place", "US", "alcohol", 152),
]


@pytest.mark.parametrize(("rule", "country", "category", "metres"), DISTANCES, ids=[row[0] for row in DISTANCES])
def test_a_poster_is_too_near_a_school_up_to_the_distance(rule: str, country: str, category: str, metres: int) -> None:
    poster = {"channel": "outdoor_poster", "near_school": False}
    near, far = (
        engaged(country, product(category), {**poster, "school_distance_m": distance})
        for distance in (metres, metres + 1)
    )
    assert (rule in near, rule in far) == (True, False)


@pytest.mark.parametrize(("rule", "country"), [("cap-4.8", "GB"), ("aana-2.2a", "AU"), ("it-iap-11-sex", "IT")])
def test_nobody_who_is_or_seems_under_18_is_portrayed_sexually(rule: str, country: str) -> None:
    def shown(age: int, appears: str) -> bool:
        return rule in engaged(country, {**product("apparel"), **person(age, appears, ["sexualised"])}, {})

    assert [shown(17, "young_18_24"), shown(19, "teen_16_17"), shown(18, "young_18_24")] == [True, True, False]


def test_alcohol_in_the_united_states_runs_where_the_share_of_adults_is_high_enough() -> None:
    low, high = (engaged("US", product("alcohol"), {"over_21_audience_share": share}) for share in (0.737, 0.738))
    assert ("us-alc-aud" in low, "us-alc-aud" in high) == (True, False)


def test_alcohol_in_australia_runs_where_at_most_a_fifth_is_under_18() -> None:
    over, under = (engaged("AU", product("alcohol"), {SHARE: share, "age_gated": True}) for share in (0.21, 0.2))
    assert ("abac-place" in over, "abac-place" in under) == (True, False)
