"""Three truth values, in Kleene's strong logic: false < unknown < true; `all` is the least, `any` the greatest."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Truth(IntEnum):
    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __invert__(self) -> Truth:
        return _NOT[self]


FALSE, UNKNOWN, TRUE = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE
_NOT = {FALSE: TRUE, UNKNOWN: UNKNOWN, TRUE: FALSE}


def truth(yes: bool) -> Truth:
    return TRUE if yes else FALSE


def all_of(truths: Iterable[Truth]) -> Truth:
    """The least; TRUE of none."""
    return min(truths, default=TRUE)


def any_of(truths: Iterable[Truth]) -> Truth:
    """The greatest; FALSE of none."""
    return max(truths, default=FALSE)
