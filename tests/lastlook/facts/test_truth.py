"""Three truths by Kleene's strong logic, and what it means to come to know more."""

from __future__ import annotations

from itertools import product

import pytest

from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of, truth

EVERY = (FALSE, UNKNOWN, TRUE)
PAIRS = tuple(product(EVERY, repeat=2))
TRIPLES = tuple(product(EVERY, repeat=3))


def knows_at_least(more: Truth, less: Truth) -> bool:
    """The order of information: unknown may become anything; what is known stays."""
    return less is UNKNOWN or more is less


def test_unknown_stands_between_false_and_true() -> None:
    assert sorted([TRUE, UNKNOWN, FALSE]) == [FALSE, UNKNOWN, TRUE]


def test_the_denial_of_unknown_is_unknown() -> None:
    assert {one: ~one for one in EVERY} == {FALSE: TRUE, UNKNOWN: UNKNOWN, TRUE: FALSE}


def test_yes_is_true_and_no_is_false() -> None:
    assert (truth(True), truth(False)) == (TRUE, FALSE)


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (FALSE, FALSE, FALSE, FALSE),
        (FALSE, UNKNOWN, FALSE, UNKNOWN),
        (FALSE, TRUE, FALSE, TRUE),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, TRUE, UNKNOWN, TRUE),
        (TRUE, TRUE, TRUE, TRUE),
    ],
)
def test_all_is_the_least_and_any_the_greatest(one: Truth, other: Truth, both: Truth, either: Truth) -> None:
    assert (all_of([one, other]), all_of([other, one])) == (both, both)
    assert (any_of([one, other]), any_of([other, one])) == (either, either)


def test_all_of_nothing_holds_and_any_of_nothing_does_not() -> None:
    assert (all_of([]), any_of([])) == (TRUE, FALSE)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_to_deny_that_all_hold_is_to_say_that_any_fails(one: Truth, other: Truth) -> None:
    assert ~all_of([one, other]) is any_of([~one, ~other])
    assert ~any_of([one, other]) is all_of([~one, ~other])


@pytest.mark.parametrize("one", EVERY)
def test_a_denial_denied_is_what_was_said(one: Truth) -> None:
    assert ~~one is one


@pytest.mark.parametrize(("a", "b", "c"), TRIPLES)
def test_all_spreads_over_any_and_any_over_all(a: Truth, b: Truth, c: Truth) -> None:
    assert all_of([a, any_of([b, c])]) is any_of([all_of([a, b]), all_of([a, c])])
    assert any_of([a, all_of([b, c])]) is all_of([any_of([a, b]), any_of([a, c])])


@pytest.mark.parametrize(("more", "less"), [pair for pair in PAIRS if knows_at_least(*pair)])
@pytest.mark.parametrize("other", EVERY)
def test_coming_to_know_one_part_never_turns_the_whole_from_yes_to_no_or_back(
    more: Truth, less: Truth, other: Truth
) -> None:
    assert knows_at_least(all_of([more, other]), all_of([less, other]))
    assert knows_at_least(any_of([more, other]), any_of([less, other]))
    assert knows_at_least(~more, ~less)
