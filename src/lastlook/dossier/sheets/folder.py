"""Which sheets a campaign folder has, each read into entries that a manifest's own kinds can read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from lastlook.dossier.schema import (
    DOCUMENT,
    MANIFEST_PERSON,
    MANIFEST_PRODUCT,
    PROP_ROW,
    SHEET_ASSET,
    SHOWN,
    SHOWN_OF_ALL,
)
from lastlook.dossier.sheets.nodes import entries_of, strange_columns
from lastlook.dossier.sheets.table import Table, refused
from lastlook.dossier.sheets.text import MAX_BYTES, read_csv
from lastlook.dossier.sheets.workbook import read_workbook
from lastlook.errors import LastlookError, Place, Problem
from lastlook.reading.kinds import UNKNOWN_WORD, Problems, Record
from lastlook.reading.nearest import nearest
from lastlook.reading.tree import Branch, Listed, Node, Scalar

SHEETS: Mapping[str, Record] = {
    "people": MANIFEST_PERSON,
    "products": MANIFEST_PRODUCT,
    "props": PROP_ROW,
    "documents": DOCUMENT,
    "assets": SHEET_ASSET,
}


class Sheets(msgspec.Struct, frozen=True):
    """The entries of every sheet by the manifest key they belong to, what reading decided, and what was wrong.

    unread: keys of sheets that are there and could not be read as a whole
    """

    entries: dict[str, tuple[Listed, ...]] = {}
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: frozenset[str] = frozenset()


NO_SHEETS = Sheets()
_SHEET_SUFFIXES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".numbers"})


def read_sheets(folder: Path) -> Sheets:
    """Every sheet in a campaign folder. A sheet that cannot be read is a problem; the others are read."""
    entries: dict[str, tuple[Listed, ...]] = {}
    notes: list[str] = []
    problems = Problems()
    unread: set[str] = set()
    for key, record in SHEETS.items():
        for suffix, read in _READERS.items():
            path = folder / f"{key}{suffix}"
            if not (path.exists() or path.is_symlink()):
                continue
            try:
                table = read(path)
            except LastlookError as error:
                problems.append(error.as_problem())
                unread.add(key)
                continue
            listed = entries_of(table, record, problems)
            if strange_columns(table, record):  # a column nobody knows may have meant anything
                unread.add(key)
            if key == "documents" and "status" in table.columns:
                listed = _with_status(listed)
            entries[key] = (*entries.get(key, ()), _as_in_a_manifest(listed) if key == "assets" else listed)
            notes += table.notes
    _say_what_is_not_read(folder, problems)
    return Sheets(entries, tuple(notes), tuple(problems), frozenset(unread))


def _say_what_is_not_read(folder: Path, problems: Problems) -> None:
    """A sheet of another name, or in another format, may hold what somebody believes to be known."""
    read = {f"{key}{suffix}" for key in SHEETS for suffix in _READERS}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in _SHEET_SUFFIXES and path.name not in read and not path.name.startswith((".", "~$")):
            close = nearest(path.stem.lower(), SHEETS)
            remedy = f"Name it {close}.csv or {close}.xlsx" if close else "Name it people.csv, products.csv, … or .xlsx"
            problems.add(Place(path.name), "This sheet is not read.", f"{remedy}, or move it out of the folder.")


def _with_status(listed: Listed) -> Listed:
    """Where a sheet has a column for it, an empty status is unknown, as every empty cell is."""
    rows = (row for row in listed.items if isinstance(row, Branch))
    return Listed(
        listed.place,
        tuple(Branch(row.place, {"status": Scalar(row.place, UNKNOWN_WORD), **row.entries}) for row in rows),
    )


def _csv_at(path: Path) -> Table:
    _inside(path)
    try:
        with path.open("rb") as stream:
            return read_csv(stream.read(MAX_BYTES + 1), file=path.name)
    except OSError as error:
        raise refused(path.name, 0, f"It cannot be read: {error.strerror}.", "Check its permissions.") from error


def _workbook_at(path: Path) -> Table:
    _inside(path)
    return read_workbook(path, file=path.name)


def _inside(path: Path) -> None:
    if not path.is_file():
        raise refused(path.name, 0, "It is no file that can be read.", "Put a plain file in its place.")
    if not path.resolve().is_relative_to(path.parent.resolve()):
        raise refused(path.name, 0, "It is a link that leaves the folder.", "Copy the file itself into the folder.")


_READERS: Mapping[str, Callable[[Path], Table]] = {".csv": _csv_at, ".xlsx": _workbook_at}


def _as_in_a_manifest(rows: Listed) -> Listed:
    """Rows of the assets sheet in the manifest's shape: what is shown under `shows`, people as appearances."""
    return Listed(rows.place, tuple(_asset(row) for row in rows.items if isinstance(row, Branch)))


def _asset(row: Branch) -> Branch:
    of_all = {key: node for key, node in row.entries.items() if key in SHOWN_OF_ALL}
    shows: dict[str, Node] = {}
    for key, node in row.entries.items():
        if key in SHOWN:
            shows[key] = _members(key, node, of_all)
    rest = {key: node for key, node in row.entries.items() if key not in (*SHOWN, *SHOWN_OF_ALL)}
    return Branch(row.place, {**rest, "shows": Branch(row.place, shows)} if shows else rest)


def _members(key: str, node: Node, of_all: Mapping[str, Node]) -> Node:
    """People with what the row says of all of them; legible items by what they are."""
    if not isinstance(node, Listed):
        return node
    if key == "people" and of_all:
        return Listed(node.place, tuple(Branch(item.place, {"person": item, **of_all}) for item in node.items))
    if key == "legible":
        return Listed(
            node.place,
            tuple(Branch(item.place, {"what": item}) if isinstance(item, Scalar) else item for item in node.items),
        )
    return node
