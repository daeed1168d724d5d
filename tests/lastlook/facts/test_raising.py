"""Raising a value: it is added, it never stands, it is never taken away, and it is a question until somebody agrees."""

from __future__ import annotations

import pytest

import lastlook.facts.raising
from lastlook.errors import Place
from lastlook.facts.element import Element, Fact, Listing, Raised
from lastlook.facts.raising import (
    raise_code,
    raise_fact,
    raise_member,
    unsettled,
    unsettled_codes,
    unsettled_members,
)
from lastlook.facts.values import NOT_KNOWN, Ages, Unknown, Value

CAPTION, DETECTOR = Place("look-03.jpg", 0, "Iptc4xmpExt:PersonInImage"), Place("look-03.jpg", 0, "props-2")
TALENT = Element("person", "talent-2", "people[talent-2]", {"age": Fact(Ages(22, 22), "declared")})
LOOK = Element("asset", "look-03", lists={"props": Listing(codes=frozenset({"toy"}), complete=True, known="declared")})
BYSTANDER = Element("person", "look-03#seen-1", "people[look-03#seen-1]")


def seen(value: Value, source: Place = DETECTOR) -> Raised:
    return Raised(value, "observed", source, (0.1, 0.2, 0.3, 0.4))


def test_a_raised_value_is_added_beside_what_stands() -> None:
    found = raise_fact(TALENT, "age", seen(Ages(0, 17)))
    assert found.fact("age") == Fact(Ages(22, 22), "declared", None, (seen(Ages(0, 17)),))


def test_a_raised_value_of_a_fact_nobody_stated_leaves_it_unknown() -> None:
    found = raise_fact(TALENT, "appears", seen(Ages(0, 17)))
    assert found.fact("appears") == Fact(NOT_KNOWN, None, None, (seen(Ages(0, 17)),))


def test_an_observer_that_says_something_else_the_second_time_has_said_two_things() -> None:
    found = raise_fact(raise_fact(TALENT, "age", seen(Ages(0, 17))), "age", seen(Ages(30, 40)))
    assert found.fact("age").raised == (seen(Ages(0, 17)), seen(Ages(30, 40)))


def test_raising_leaves_the_element_it_was_given_alone() -> None:
    before = TALENT.fact("age")
    raise_fact(TALENT, "age", seen(Ages(0, 17)))
    assert TALENT.fact("age") == before == Fact(Ages(22, 22), "declared")


def test_a_raised_code_is_added_beside_a_list_and_not_into_it() -> None:
    found = raise_code(LOOK, "props", seen("alcohol"))
    listing = Listing(codes=frozenset({"toy"}), complete=True, known="declared", raised=(seen("alcohol"),))
    assert found.listing("props") == listing


def test_a_raised_code_of_a_list_nobody_stated_does_not_make_it_a_stated_list() -> None:
    assert raise_code(LOOK, "themes", seen("horror")).listing("themes") == Listing(raised=(seen("horror"),))


def test_somebody_nobody_declared_is_added_beside_the_people() -> None:
    assert raise_member(LOOK, "people", BYSTANDER).listing("people") == Listing(raised_members=(BYSTANDER,))


def test_every_other_fact_and_list_stays_as_it_was() -> None:
    found = raise_member(raise_code(LOOK, "props", seen("alcohol")), "people", BYSTANDER)
    assert (set(found.lists), found.facts, found.id) == ({"props", "people"}, {}, "look-03")


def test_no_function_takes_a_raised_value_away() -> None:
    own = {
        name
        for name, member in vars(lastlook.facts.raising).items()
        if callable(member) and getattr(member, "__module__", "") == "lastlook.facts.raising"
    }
    assert own == {
        "raise_code", "raise_fact", "raise_member", "unsettled", "unsettled_codes", "unsettled_members"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("standing", "raised", "a_question"),
    [
        (NOT_KNOWN, "alcohol", True),
        ("toy", "alcohol", True),
        ("alcohol", "alcohol", False),
        (Ages(16, 16), Ages(0, 17), False),
        (Ages(0, 17), Ages(16, 16), False),
        (Ages(22, 22), Ages(0, 17), True),
        (True, False, True),
        (100, 100.0, False),
    ],
)
def test_a_raised_value_that_no_standing_value_equals_is_a_question(
    standing: Value | Unknown, raised: Value, a_question: bool
) -> None:
    fact = Fact(standing, raised=(seen(raised),))
    assert unsettled(fact) == ((seen(raised),) if a_question else ())


def test_of_several_raised_values_only_those_that_differ_are_questions() -> None:
    fact = Fact("toy", "declared", raised=(seen("toy"), seen("alcohol"), seen("knife")))
    assert unsettled(fact) == (seen("alcohol"), seen("knife"))


def test_a_raised_code_that_the_list_has_is_no_question() -> None:
    listing = Listing(codes=frozenset({"toy"}), raised=(seen("toy"), seen("alcohol")))
    assert unsettled_codes(listing) == (seen("alcohol"),)


def test_a_raised_person_whom_the_list_has_is_no_question() -> None:
    listing = Listing(members=(TALENT,), raised_members=(TALENT, BYSTANDER))
    assert unsettled_members(listing) == (BYSTANDER,)
