"""A table as it was read, whatever it was read from: a header, and rows that know their line."""

from __future__ import annotations

import datetime as dt

import msgspec

from lastlook.errors import LastlookError, Place

MAX_ROWS = 5_000
MAX_COLUMNS = 200
MAX_CELL = 20_000  # characters

Cell = str | int | float | bool | dt.date


class Row(msgspec.Struct, frozen=True):
    """One row: its line from 1, and its cells by column; empty cells are not there."""

    line: int
    cells: dict[str, Cell]


class Table(msgspec.Struct, frozen=True):
    """A header row and what stands below it. `notes`: what reading had to decide, in words."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def table_of(file: str, lines: list[tuple[int, list[Cell]]], notes: tuple[str, ...] = ()) -> Table:
    """A table from lines of cells, the first of them the header.

    Raises LastlookError for a header that names a column twice or not at all, and beyond 5,000 rows, 200 columns or
    20,000 characters in a cell.
    """
    if not lines:
        return Table(file, (), (), notes)
    (header_line, header), *below = lines
    columns = _columns(file, header_line, header)
    if len(below) > MAX_ROWS:
        raise refused(file, below[MAX_ROWS][0], f"More than {MAX_ROWS:,} rows.", "Split the campaign.")
    return Table(
        file, columns, tuple(_row(file, line, cells, columns) for line, cells in below if any_stated(cells)), notes
    )


def any_stated(cells: list[Cell]) -> bool:
    return any(cell != "" for cell in cells)


def _columns(file: str, line: int, header: list[Cell]) -> tuple[str, ...]:
    names = [str(cell).strip() for cell in header]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise refused(file, line, f"More than {MAX_COLUMNS} columns.", "Remove the columns that are not needed.")
    for position, name in enumerate(names):
        if not name:
            raise refused(file, line, f"Column {position + 1} has no name.", "Name it, or remove it.")
        if name in names[:position]:
            raise refused(file, line, f"The column `{name}` stands twice.", "Keep one of them.")
    return tuple(names)


def _row(file: str, line: int, cells: list[Cell], columns: tuple[str, ...]) -> Row:
    if any_stated(cells[len(columns) :]):
        raise refused(
            file,
            line,
            "There are more cells than columns.",
            "Put quotation marks around a cell that holds the separator.",
        )
    stated = {column: cell for column, cell in zip(columns, cells, strict=False) if cell != ""}
    for column, cell in stated.items():
        if isinstance(cell, str) and len(cell) > MAX_CELL:
            what = f"{column} has {len(cell):,} characters; at most {MAX_CELL:,} are read."
            raise refused(file, line, what, "Shorten it.", field=column)
    return Row(line, stated)


def refused(file: str, line: int, what: str, remedy: str, *, field: str = "") -> LastlookError:
    return LastlookError(what, remedy=remedy, where=Place(file, line, field))
