"""How statements become one standing value: the latest review, else what was declared; two that differ are unknown."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastlook.errors import Place
from lastlook.facts.element import NO_FACT, Contradiction, Fact, Raised
from lastlook.facts.sources import Statement, one_answer
from lastlook.facts.values import NOT_KNOWN, Ages, Value, ages_of_band

SHEET, MANIFEST, REVIEW = Place("people.csv", 3), Place("campaign.yaml", 12), Place("reviews.yaml", 5)
SEEN = Raised("alcohol", "observed", Place("look-03.jpg"))


def declared(value: Value, source: Place = MANIFEST) -> Statement:
    return Statement(value, "declared", source)


def reviewed(value: Value, order: int, source: Place = REVIEW) -> Statement:
    return Statement(value, "reviewed", source, order)


def test_what_nobody_stated_is_unknown() -> None:
    assert one_answer([]) == NO_FACT == Fact(NOT_KNOWN, None, None, (), ())


def test_one_declaration_stands_with_its_place() -> None:
    assert one_answer([declared("toy")]) == Fact("toy", "declared", MANIFEST)


def test_two_places_that_say_the_same_stand_with_the_first_place() -> None:
    assert one_answer([declared("toy", SHEET), declared("toy", MANIFEST)]) == Fact("toy", "declared", SHEET)


def test_two_places_that_differ_stand_for_nothing_and_both_are_kept() -> None:
    conflicts = (Contradiction("toy", SHEET), Contradiction("accessory", MANIFEST))
    found = one_answer([declared("toy", SHEET), declared("accessory", MANIFEST)])
    assert found == Fact(NOT_KNOWN, None, SHEET, (), conflicts)


def test_a_third_place_does_not_outvote_two_that_differ() -> None:
    found = one_answer([declared("toy", SHEET), declared("accessory"), declared("toy")])
    assert found.standing is NOT_KNOWN
    assert [conflict.value for conflict in found.conflicts] == ["toy", "accessory", "toy"]


def test_yes_and_no_are_two_values() -> None:
    assert one_answer([declared(True, SHEET), declared(False)]).standing is NOT_KNOWN


def test_the_same_distance_written_with_and_without_a_decimal_is_one_value() -> None:
    assert one_answer([declared(100, SHEET), declared(100.0)]) == Fact(100, "declared", SHEET)


def test_two_ages_at_different_closeness_make_the_closer_one() -> None:
    found = one_answer([declared(ages_of_band("minor"), SHEET), declared(Ages(16, 16))])
    assert found == Fact(Ages(16, 16), "declared", SHEET)


def test_two_ages_that_exclude_each_other_are_unknown() -> None:
    minor, adult = ages_of_band("minor"), Ages(22, 22)
    conflicts = (Contradiction(minor, SHEET), Contradiction(adult, MANIFEST))
    assert one_answer([declared(minor, SHEET), declared(adult)]) == Fact(NOT_KNOWN, None, SHEET, (), conflicts)


def test_a_review_stands_over_every_declaration() -> None:
    found = one_answer([declared("accessory", SHEET), reviewed("toy", 1), declared("homeware")])
    assert found == Fact("toy", "reviewed", REVIEW)


def test_the_latest_review_stands_over_earlier_ones_wherever_it_was_written() -> None:
    later = Place("reviews.yaml", 2)
    assert one_answer([reviewed("toy", 2, later), reviewed("accessory", 1)]) == Fact("toy", "reviewed", later)


def test_a_review_settles_the_raised_values_it_saw_and_no_others() -> None:
    later = Raised("alcohol", "observed", Place("look-03.jpg", 0, "second look"))
    review = Statement("none", "reviewed", REVIEW, 1, saw=(SEEN,))
    assert one_answer([declared("none"), review], [SEEN, later]) == Fact("none", "reviewed", REVIEW, (later,))


def test_a_later_review_that_saw_nothing_settles_nothing_that_an_earlier_one_saw() -> None:
    earlier = Statement("none", "reviewed", REVIEW, 1, saw=(SEEN,))
    assert one_answer([earlier, reviewed("none", 2)], [SEEN]) == Fact("none", "reviewed", REVIEW, (SEEN,))


def test_a_declaration_settles_no_raised_value_whatever_it_says_it_saw() -> None:
    declaration = Statement("alcohol", "declared", MANIFEST, saw=(SEEN,))
    assert one_answer([declaration], [SEEN]) == Fact("alcohol", "declared", MANIFEST, (SEEN,))


@pytest.mark.parametrize(
    ("statements", "standing"),
    [([], NOT_KNOWN), ([declared("none")], "none"), ([reviewed("none", 1)], "none")],
)
def test_a_raised_value_is_carried_along_and_never_stands(statements: list[Statement], standing: object) -> None:
    found = one_answer(statements, [SEEN])
    assert (found.standing, found.raised) == (standing, (SEEN,))


def test_a_raised_value_settles_no_contradiction() -> None:
    found = one_answer([declared("alcohol", SHEET), declared("toy")], [SEEN])
    conflicts = (Contradiction("alcohol", SHEET), Contradiction("toy", MANIFEST))
    assert found == Fact(NOT_KNOWN, None, SHEET, (SEEN,), conflicts)


VALUES = st.sampled_from(["toy", "accessory", True, False, dt.date(2026, 12, 1)]) | st.sampled_from(
    [ages_of_band(band) for band in ("minor", "teen_13_15", "teen_16_17", "adult", "young_18_24")] + [Ages(16, 16)]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(VALUES, max_size=4))
def test_the_order_of_declarations_changes_nothing_that_stands(values: list[Value]) -> None:
    standing = {repr(one_answer([declared(value) for value in order]).standing) for order in permutations(values)}
    assert len(standing) == 1


@settings(max_examples=100, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=4), VALUES)
def test_what_stands_is_a_value_that_every_declaration_allows(values: list[Value], other: Value) -> None:
    standing = one_answer([declared(value) for value in values]).standing
    alone = [one_answer([declared(standing), declared(value)]) for value in values if standing is not NOT_KNOWN]
    assert {fact.standing for fact in alone} <= {standing}
