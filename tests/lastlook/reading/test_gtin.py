"""The check digit of a trade number says that it was copied right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastlook.reading.gtin import LENGTHS, check_digit, digits_of, is_gtin, same_gtin

BODIES = st.sampled_from([length - 1 for length in LENGTHS]).flatmap(
    lambda length: st.text("0123456789", min_size=length, max_size=length)
)


@pytest.mark.parametrize(
    "number",
    ["96385074", "036000291452", "4006381333931", "04006381333931", "4 006381 333931", "4006381-33393-1"],
)
def test_numbers_with_the_right_check_digit_hold(number: str) -> None:
    assert is_gtin(number)


@pytest.mark.parametrize(
    "number",
    ["", "4006381333930", "400638133393", "96385075", "123456789", "4006381333931x", "٤٠٠٦٣٨١٣٣٣٩٣١", "=4006381333931"],
)
def test_numbers_with_another_digit_length_or_sign_do_not(number: str) -> None:
    assert not is_gtin(number)


@given(BODIES)
def test_exactly_one_check_digit_fits(body: str) -> None:
    assert [digit for digit in range(10) if is_gtin(f"{body}{digit}")] == [check_digit(body)]


@given(BODIES, st.data())
def test_one_wrong_digit_is_always_seen(body: str, data: st.DataObject) -> None:
    number = f"{body}{check_digit(body)}"
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))
    assert not is_gtin(number[:place] + other + number[place + 1 :])


def test_a_number_is_the_same_with_and_without_its_leading_noughts() -> None:
    assert same_gtin("4006381333931", "0 4006381 33393 1")
    assert not same_gtin("4006381333931", "04006381333948")
    assert not same_gtin("none", "none")


def test_only_spaces_and_hyphens_may_stand_between_digits() -> None:
    assert digits_of(" 4-006 381\u00a0") == "4006381"
    assert digits_of("4.006") is None
