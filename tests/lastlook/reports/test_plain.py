"""Text from strangers is data."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastlook.reports.plain import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Gifts for everyone", "Gifts for everyone"),
        ("Größe · 12 €", "Größe · 12 €"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\rb\nc\td", "a\\x0db\\x0ac\\x09d"),
        ("left\u202eright\u2066", "left\\u202eright\\u2066"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("two\u2028lines", "two\\u2028lines"),
        ("\x9b31m", "\\x9b31m"),
        ("\U000e0041 tag", "\\U000e0041 tag"),
    ],
)
def test_what_could_move_hide_or_turn_text_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_lines_may_be_kept() -> None:
    assert plain("one\ntwo\x1b", keep_lines=True) == "one\ntwo\\x1b"


@given(st.text())
def test_nothing_unsafe_is_left_and_nothing_safe_is_changed(text: str) -> None:
    shown = plain(text)
    assert all(unicodedata.category(letter) not in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn") for letter in shown)
    assert plain(shown) == shown
