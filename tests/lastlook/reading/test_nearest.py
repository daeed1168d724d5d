"""The nearest right word: what a remedy proposes to somebody who mistyped one."""

from __future__ import annotations

from lastlook.reading.nearest import did_you_mean, nearest

PROPS = ("alcohol", "glassware_alcohol", "knife", "firearm")


def test_a_mistyped_word_gets_the_word_that_was_meant() -> None:
    assert nearest("alcohl", PROPS) == "alcohol"


def test_a_word_like_no_other_gets_none() -> None:
    assert nearest("wine", PROPS) is None


def test_where_there_is_nothing_to_choose_from_there_is_no_nearest_word() -> None:
    assert nearest("alcohol", ()) is None


def test_the_remedy_names_the_nearest_word_as_a_guess() -> None:
    assert did_you_mean("knive", PROPS) == "Write knife, if that is what you mean."


def test_where_nothing_is_near_the_remedy_lists_what_there_is() -> None:
    assert did_you_mean("zzz", PROPS) == "Choose one of: alcohol, glassware_alcohol, knife, firearm."


def test_a_long_list_is_cut_after_twelve_words() -> None:
    words = [f"word-{letter * 5}" for letter in "abcdefghijklm"]
    listed = ", ".join(words[:12])
    assert did_you_mean("0", words) == f"Choose one of: {listed}, …."


def test_a_list_of_exactly_twelve_words_is_whole() -> None:
    words = [f"word-{letter * 5}" for letter in "abcdefghijkl"]
    assert did_you_mean("0", words) == f"Choose one of: {', '.join(words)}."


def test_right_words_may_come_from_any_source_once() -> None:
    assert did_you_mean("zzz", iter(PROPS)) == "Choose one of: alcohol, glassware_alcohol, knife, firearm."
