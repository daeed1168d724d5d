"""What can go wrong, said so that somebody can act on it.

LastlookError           a person can mend it: what, where, remedy
└── (none yet)          a new type earns its place by being handled differently

`Problem` is the same thing as data: most bad input is collected and reported, and the rest still judged.
"""

from __future__ import annotations

import msgspec


class Place(msgspec.Struct, frozen=True, order=True):
    """Where something was written: a file (relative to its folder), a line from 1 (0: the whole file), a field."""

    file: str
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        if self.line:
            return f"{self.file}:{self.line}"
        return f"{self.file} ({self.field})" if self.field else self.file


class Problem(msgspec.Struct, frozen=True, order=True):
    """Input that could not be used: where it stands, what is wrong (one sentence), what to do about it."""

    where: Place
    what: str
    remedy: str


class LastlookError(Exception):
    """Something a person can act on. `what`: one sentence; `remedy`: one imperative sentence."""

    def __init__(self, what: str, *, remedy: str, where: Place | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.where = where or Place(file="")

    def as_problem(self) -> Problem:
        return Problem(where=self.where, what=self.what, remedy=self.remedy)

    def __str__(self) -> str:
        at = f"{self.where}: " if self.where.file else ""
        return f"{at}{self.what}\n  try: {self.remedy}"
