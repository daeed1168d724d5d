"""Tests of a single known value: true, false, or (an interval that straddles the limit) unknown."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Literal

import msgspec

from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth, truth
from lastlook.facts.values import Ages, Value
from lastlook.reading.kinds import Span

Comparison = Literal["lt", "le", "gt", "ge", "eq"]
Comparable = int | float | dt.date
SOFT_HYPHEN = "\u00ad"  # shown only where a line breaks


class OneOf(msgspec.Struct, frozen=True, tag=True):
    """The value is one of these codes."""

    codes: frozenset[str]


class Is(msgspec.Struct, frozen=True, tag=True):
    """The value is this yes or no."""

    value: bool


class Compared(msgspec.Struct, frozen=True, tag=True):
    """The value compares so with a limit; an interval must do so as a whole."""

    comparison: Comparison
    limit: Comparable


class HasWords(msgspec.Struct, frozen=True, tag=True):
    """The text has one of these phrases (see `bare_words`) as whole words, whatever the case."""

    list_id: str
    phrases: tuple[str, ...]


Test = OneOf | Is | Compared | HasWords


def holds(test: Test, value: Value) -> Truth:
    """Whether a known value meets a test."""
    if isinstance(test, OneOf):
        return truth(value in test.codes)
    if isinstance(test, Is):
        return truth(value is test.value)
    if isinstance(test, HasWords):
        return truth(has_words(test.phrases, str(value)))
    low, high = _ends(value)
    return _compared(test.comparison, low, high, test.limit)


def _ends(value: Value) -> tuple[Comparable, Comparable]:
    if isinstance(value, Ages):
        return value.low, value.high
    if isinstance(value, Span):
        return value.first, value.last
    if isinstance(value, str):
        raise TypeError(f"BUG: {value!r} cannot be compared; rules are checked against the nouns when read")
    return value, value


def _compared(comparison: Comparison, low: Comparable, high: Comparable, limit: Comparable) -> Truth:
    if comparison == "lt":
        every, some = high < limit, low < limit  # type: ignore[operator]
    elif comparison == "le":
        every, some = high <= limit, low <= limit  # type: ignore[operator]
    elif comparison == "gt":
        every, some = low > limit, high > limit  # type: ignore[operator]
    elif comparison == "ge":
        every, some = low >= limit, high >= limit  # type: ignore[operator]
    else:
        every, some = low == high == limit, low <= limit <= high  # type: ignore[operator]
    return TRUE if every else UNKNOWN if some else FALSE


def has_words(phrases: tuple[str, ...], text: str) -> bool:
    """Whether one of these phrases, given as `bare_words`, stands in the text."""
    padded = f" {bare_words(text)} "
    return any(f" {phrase} " in padded for phrase in phrases)


def bare_words(text: str) -> str:
    """The words of a text, case folded, with one space between them; é is one letter however it was typed."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text.casefold()).replace(SOFT_HYPHEN, "")))


def in_words(test: Test) -> str:
    """The test as a person would say it after the fact's name."""
    if isinstance(test, OneOf):
        return "is " + " or ".join(sorted(test.codes))
    if isinstance(test, Is):
        return f"is {'true' if test.value else 'false'}"
    if isinstance(test, HasWords):
        return f"has words of the list {test.list_id}"
    said = {"lt": "is under", "le": "is at most", "gt": "is over", "ge": "is at least", "eq": "is"}
    return f"{said[test.comparison]} {test.limit}"
