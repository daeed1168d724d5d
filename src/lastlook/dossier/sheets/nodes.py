"""From a table to the tree that a manifest is read into: one entry a row, dotted columns nested, lists split."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from lastlook.dossier.sheets.form import NOT_READ
from lastlook.dossier.sheets.table import Cell, Row, Table
from lastlook.errors import Place
from lastlook.reading.kinds import NONE_WORD, UNKNOWN_WORD, Days, Ident, Kind, ListOf, Problems, Record, Text, WordOr
from lastlook.reading.nearest import did_you_mean
from lastlook.reading.tree import Branch, Listed, Node, Scalar, Unreadable
from lastlook.reading.yaml12 import core_scalar

_BETWEEN = re.compile(r"[;,|\n]")  # what separates the members of a list within a cell


def entries_of(table: Table, record: Record, problems: Problems) -> Listed:
    """The rows of a table as entries of this record; a column the record does not have is a problem, said once."""
    kinds = _columns(table, record, problems)
    rows = tuple(_entry(row, table.file, kinds, problems) for row in table.rows)
    return Listed(Place(table.file, 1), rows)


def _columns(table: Table, record: Record, problems: Problems) -> dict[str, Kind[object]]:
    known = columns_of(record)
    for column in strange_columns(table, record):
        what = f"A {record.label} has no `{column}`."
        problems.add(Place(table.file, 1, column), what, did_you_mean(column, known))
    return {column: known[column] for column in table.columns if column in known}


def strange_columns(table: Table, record: Record) -> tuple[str, ...]:
    """The columns of a table that nobody knows."""
    known = columns_of(record)
    return tuple(column for column in table.columns if column not in known and column not in NOT_READ)


def columns_of(record: Record, prefix: str = "") -> dict[str, Kind[object]]:
    """Every column a sheet of this record may have: nested keys with dots, `flight.from` for a span of days."""
    found: dict[str, Kind[object]] = {}
    for key, kind in record.keys.items():
        if isinstance(kind, Record):
            found |= columns_of(kind, f"{prefix}{key}.")
        elif isinstance(kind, Days):
            found |= {f"{prefix}{key}.from": Text(), f"{prefix}{key}.until": Text()}
        else:
            found[f"{prefix}{key}"] = kind
    return found


def _entry(row: Row, file: str, kinds: Mapping[str, Kind[object]], problems: Problems) -> Branch:
    entries: dict[str, Node] = {}
    for column, cell in row.cells.items():
        if column not in kinds:
            continue
        place = Place(file, row.line, column)
        *nests, last = column.split(".")
        inside = entries
        for nest in nests:
            branch = inside.setdefault(nest, Branch(Place(file, row.line, nest), {}))
            assert isinstance(branch, Branch), "BUG: a column nests in one that has a value"
            inside = branch.entries
        inside[last] = _node(cell, kinds[column], place, problems)
    return Branch(Place(file, row.line), entries)


def _node(cell: Cell, kind: Kind[object], place: Place, problems: Problems) -> Node:
    if isinstance(cell, dt.date):
        cell = cell.isoformat()
    if isinstance(kind, WordOr):
        return Scalar(place, kind.word) if cell == kind.word else _node(cell, kind.otherwise, place, problems)
    if isinstance(kind, ListOf):
        text = str(cell)
        if text in (NONE_WORD, UNKNOWN_WORD):
            return Scalar(place, text)
        members = [member.strip() for member in _BETWEEN.split(text)]
        if not any(members):  # whoever typed it meant something, and not that there is none
            what = f"{place.field} holds nothing but separators ({text})."
            problems.add(place, what, "Write `none` if there is none, or leave it empty.")
            return Unreadable(place)
        return Listed(place, tuple(Scalar(place, member) for member in members if member))
    if isinstance(cell, str) and not isinstance(kind, Text | Ident):
        return Scalar(place, _flag(cell) if cell.lower() in ("true", "false") else core_scalar(cell))
    return Scalar(place, str(cell) if isinstance(kind, Text) else cell)


def _flag(text: str) -> bool:
    """Spreadsheets write TRUE and FALSE, in their own case."""
    return text.lower() == "true"
