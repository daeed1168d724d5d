"""Values: intervals of age, what it means that two statements agree, and how a value is told."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastlook.facts.values import NOT_KNOWN, Ages, Value, ages_of_band, agree, common_ages, in_words, spoken
from lastlook.reading.kinds import Span

CHRISTMAS = dt.date(2026, 12, 25)
DECEMBER = Span(dt.date(2026, 12, 1), dt.date(2026, 12, 31))


@st.composite
def ages(draw: st.DrawFn) -> Ages:
    low = draw(st.integers(0, 30))
    return Ages(low, draw(st.integers(low, 30)))


@pytest.mark.parametrize(
    ("band", "interval"),
    [
        ("child_0_12", Ages(0, 12)),
        ("teen_13_15", Ages(13, 15)),
        ("teen_16_17", Ages(16, 17)),
        ("young_18_24", Ages(18, 24)),
        ("adult_25_plus", Ages(25, 120)),
        ("minor", Ages(0, 17)),
        ("adult", Ages(18, 120)),
    ],
)
def test_an_age_band_is_the_years_it_names(band: str, interval: Ages) -> None:
    assert ages_of_band(band) == interval


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        (Ages(0, 17), Ages(16, 16), Ages(16, 16)),
        (Ages(16, 18), Ages(18, 24), Ages(18, 18)),
        (Ages(0, 17), Ages(18, 24), None),
    ],
)
def test_the_years_that_two_statements_both_allow(one: Ages, other: Ages, common: Ages | None) -> None:
    assert (common_ages(one, other), common_ages(other, one)) == (common, common)


@settings(max_examples=150, deadline=None)
@given(ages(), ages())
def test_a_common_interval_has_exactly_the_years_of_both(one: Ages, other: Ages) -> None:
    def years(interval: Ages | None) -> set[int]:
        return set() if interval is None else set(range(interval.low, interval.high + 1))

    assert years(common_ages(one, other)) == years(one) & years(other)


@pytest.mark.parametrize(
    ("one", "other", "agreed"),
    [
        (Ages(0, 17), Ages(16, 16), True),
        (Ages(16, 16), Ages(16, 16), True),
        (Ages(16, 18), Ages(18, 24), False),
        (Ages(6, 6), Ages(22, 22), False),
        ("alcohol", "alcohol", True),
        ("alcohol", "toy", False),
        (True, True, True),
        (True, False, False),
        (True, 1, False),
        (False, 0.0, False),
        (100, 100.0, True),
        (100, 101.0, False),
        ("1", 1, False),
        (CHRISTMAS, CHRISTMAS, True),
        (CHRISTMAS, "2026-12-25", False),
        (DECEMBER, Span(DECEMBER.first, DECEMBER.last), True),
        (DECEMBER, Span(DECEMBER.first, CHRISTMAS), False),
        (Ages(6, 6), 6, False),
    ],
)
def test_two_statements_agree_when_both_can_be_taken_as_they_are(one: Value, other: Value, agreed: bool) -> None:
    assert (agree(one, other), agree(other, one)) == (agreed, agreed)


@pytest.mark.parametrize(
    ("value", "told", "written"),
    [
        (Ages(6, 6), 6, "6"),
        (Ages(0, 17), [0, 17], "0 to 17"),
        (DECEMBER, ["2026-12-01", "2026-12-31"], "2026-12-01 to 2026-12-31"),
        (CHRISTMAS, "2026-12-25", "2026-12-25"),
        (True, True, "true"),
        (False, False, "false"),
        (0.25, 0.25, "0.25"),
        (7, 7, "7"),
        ("alcohol", "alcohol", "alcohol"),
    ],
)
def test_a_value_is_told_as_json_has_it_and_as_a_manifest_writes_it(value: Value, told: object, written: str) -> None:
    found = spoken(value)
    assert (found, type(found), in_words(value)) == (told, type(told), written)


def test_a_value_nobody_stated_is_called_what_it_is() -> None:
    assert repr(NOT_KNOWN) == "NOT_KNOWN"
