"""XLSX: an archive from a stranger, looked over before it is opened; one sheet of it, values only."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from lastlook.dossier.sheets.table import MAX_COLUMNS, Cell, Table, refused, table_of
from lastlook.errors import LastlookError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.read_only import ReadOnlyCell

MAX_BYTES = 32 << 20
MAX_MEMBERS = 5_000
MAX_UNPACKED_BYTES = 256 << 20
MAX_RATIO = 200
MAX_ROW_NUMBER = 100_000
LAST_ROW = 1_048_576  # that a spreadsheet can have (Excel specifications and limits)


def read_workbook(path: Path, *, file: str) -> Table:
    """The sheet named like the file, else the only one that holds something; hidden sheets are left alone.

    Raises LastlookError for an archive beyond its limits (32 MiB, 5,000 members, 256 MiB unpacked, 200 times its
    size), for one that is encrypted or names files outside itself, for formulas, for a second visible sheet that holds
    something, for what stands below row 100,000 or beyond 200 columns, and for what is no workbook.
    """
    look_over(path, file=file)
    import openpyxl  # only when there is a workbook to read

    try:
        with warnings.catch_warnings(), path.open("rb") as stream:
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
            try:
                sheet = _sheet_of(book, file)
                lines = [] if sheet is None else list(_lines(book[sheet], file))
            finally:
                book.close()
    except LastlookError:
        raise
    except Exception as error:
        what = f"It cannot be read as a workbook ({_first_cause(error)})."
        raise refused(file, 0, what, "Save it again as XLSX, or as CSV.") from error
    return table_of(file, lines)


def named_like(names: Sequence[str], file: str) -> str | None:
    """The sheet that has the name of its file, in whatever case."""
    stem = Path(file).stem
    return next((name for name in (stem, *names) if name in names and name.casefold() == stem.casefold()), None)


def _sheet_of(book: Workbook, file: str) -> str | None:
    """The name of the sheet to read; None if none holds anything."""
    named = named_like(book.sheetnames, file)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible" and sheet.title != named]
    others = [str(sheet.title) for sheet in visible if any(_holds_something(cells) for _, cells in _rows(sheet, file))]
    if named is not None and others:
        what = f"The sheet `{others[0]}` holds something as well; only `{named}` is read."
        raise refused(file, 0, what, "Move it into a file of its own, or hide or remove that sheet.")
    if len(others) > 1:
        what = f"The sheets `{others[0]}` and `{others[1]}` both hold something, and one is read."
        raise refused(file, 0, what, f"Name the right one `{Path(file).stem}`, and hide or remove the others.")
    return named or next(iter(others), None)


def _rows(sheet: Any, file: str) -> Iterator[tuple[int, list[ReadOnlyCell]]]:
    """The rows that stand in a sheet, by their numbers.

    openpyxl's own `iter_rows` leaves out what stands below the size that a sheet declares, a row that stands twice
    and rows out of order; so its parser is asked.
    """
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet._reader import WorkSheetParser

    book = sheet.parent
    before = 0
    with sheet._get_source() as source:  # noqa: SLF001 - see above
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,  # noqa: SLF001
            data_only=False,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        for number, found in parser.parse():
            parser.row_dimensions.clear()  # of as many rows as there are, and nobody asks for them
            columns = [cell["column"] for cell in found]
            misplaced = any(cell["row"] != number for cell in found) or len(set(columns)) < len(columns)
            if number <= before or number > LAST_ROW or misplaced:
                what = f"Row {number} is out of order, or something in it stands twice."
                raise refused(file, max(number, 0), what, "Save it again from a spreadsheet.")
            before = number
            yield number, [ReadOnlyCell(sheet, **cell) for cell in found]


def _holds_something(cells: Iterable[ReadOnlyCell]) -> bool:
    return any(cell.value is not None and str(cell.value).strip() for cell in cells)


def _lines(sheet: Any, file: str) -> Iterator[tuple[int, list[Cell]]]:
    """The rows that hold something, each as long as its last cell."""
    for number, cells in _rows(sheet, file):
        if not _holds_something(cells):
            continue
        if number > MAX_ROW_NUMBER:
            what = f"Something stands in row {number:,}; {MAX_ROW_NUMBER:,} rows are read, empty ones included."
            raise refused(file, number, what, "Remove the empty rows above it.")
        by_column = {cell.column: _cell(cell, file, number) for cell in cells}
        last = max(column for column, value in by_column.items() if value != "")
        if last > MAX_COLUMNS:
            what = f"Something stands in column {last:,}; at most {MAX_COLUMNS} are read."
            raise refused(file, number, what, "Remove the columns that are not needed.")
        yield number, [by_column.get(column, "") for column in range(1, last + 1)]


def _first_cause(error: BaseException) -> str:
    """The name of what went wrong first, such as EntitiesForbidden."""
    while error.__cause__ is not None:
        error = error.__cause__
    return type(error).__name__


def look_over(path: Path, *, file: str) -> None:
    """Refuse an archive that is not what it should be, before anything in it is unpacked."""
    if path.stat().st_size > MAX_BYTES:
        raise refused(file, 0, f"The file is too large: at most {MAX_BYTES:,} bytes are read.", "Split the sheet.")
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refused(file, 0, "It is no XLSX file.", "Save it again as XLSX, or as CSV.") from error
    names = [member.filename for member in members]
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if len(members) > MAX_MEMBERS:
        raise refused(
            file, 0, f"The archive has more than {MAX_MEMBERS:,} members.", "Save it again from a spreadsheet."
        )
    if unpacked > MAX_UNPACKED_BYTES or unpacked / packed > MAX_RATIO:
        raise refused(file, 0, "The archive unpacks to far more than its size.", "Save it again from a spreadsheet.")
    if len(set(names)) < len(names):
        raise refused(file, 0, "The archive has two members of one name.", "Save it again from a spreadsheet.")
    if any(member.flag_bits & 0x1 for member in members):
        raise refused(file, 0, "The archive is encrypted.", "Save it without a password.")
    for name in names:
        plain = PurePosixPath(name)
        if plain.is_absolute() or ".." in plain.parts or "\\" in name:
            raise refused(
                file, 0, f"The archive names a file outside itself: {name!r}.", "Save it again from a spreadsheet."
            )


def _cell(cell: object, file: str, line: int) -> Cell:
    value, kind = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    column = getattr(cell, "column_letter", "")
    if value is None:
        return ""
    if kind == "f":
        raise refused(
            file, line, f"Cell {column}{line} holds a formula.", "Type its value in its place.", field=str(column)
        )
    if kind == "e":
        raise refused(
            file, line, f"Cell {column}{line} holds an error ({value}).", "Type what it should say.", field=str(column)
        )
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool | int | float | dt.date):
        return value
    return str(value).strip()
