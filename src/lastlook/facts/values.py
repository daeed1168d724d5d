"""Values a single fact can have, and what it means that two of them agree."""

from __future__ import annotations

import datetime as dt
from enum import Enum

import msgspec

from lastlook.campaigns.vocabulary import AGE_BANDS
from lastlook.reading.kinds import Span


class Unknown(Enum):
    """The value of a fact nobody stated. It is never false, never empty, never a default."""

    NOT_KNOWN = "unknown"

    def __repr__(self) -> str:
        return "NOT_KNOWN"


NOT_KNOWN = Unknown.NOT_KNOWN


class Ages(msgspec.Struct, frozen=True, order=True):
    """A closed interval of years: a known age n is [n, n]."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


Value = str | bool | int | float | dt.date | Span | Ages


def ages_of_band(band: str) -> Ages:
    return Ages(*AGE_BANDS[band])


def common_ages(one: Ages, other: Ages) -> Ages | None:
    """The years both intervals allow, or None when they exclude each other."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    return Ages(low, high) if low <= high else None


def agree(one: Value, other: Value) -> bool:
    """Whether two statements of one fact can both be taken as they are.

    Equal values agree (100 and 100.0 are equal, yes and 1 are not). So do two ages of which one lies within the
    other: `minor` and 16 say the same thing at different closeness, while 18-24 and 16-18 do not.
    """
    if isinstance(one, Ages) and isinstance(other, Ages):
        return common_ages(one, other) in (one, other)
    return one == other and isinstance(one, bool) is isinstance(other, bool)


def spoken(value: Value) -> bool | float | str | list[int] | list[str]:
    """A value as JSON and people read it: one age as a number, an interval as [low, high]."""
    if isinstance(value, Ages):
        return value.low if value.low == value.high else [value.low, value.high]
    if isinstance(value, Span):
        return [value.first.isoformat(), value.last.isoformat()]
    return value if isinstance(value, bool | int | float | str) else value.isoformat()


def in_words(value: Value) -> str:
    """The value as a manifest writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
