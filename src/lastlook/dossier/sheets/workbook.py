"""XLSX: an archive from a stranger, looked over before it is opened; one sheet of it, values only."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from pathlib import Path, PurePosixPath

from lastlook.dossier.sheets.table import MAX_COLUMNS, MAX_ROWS, Cell, Table, refused, table_of
from lastlook.errors import LastlookError

MAX_BYTES = 32 << 20
MAX_MEMBERS = 5_000
MAX_UNPACKED_BYTES = 256 << 20
MAX_RATIO = 200


def read_workbook(path: Path, *, file: str) -> Table:
    """The sheet named like the file, else the first one.

    Raises LastlookError for an archive beyond its limits (32 MiB, 5,000 members, 256 MiB unpacked, 200 times its
    size), for one that is encrypted or names files outside itself, for formulas, and for what is no workbook.
    """
    look_over(path, file=file)
    import openpyxl  # only when there is a workbook to read

    try:
        with warnings.catch_warnings(), path.open("rb") as stream:
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
            try:
                name = Path(file).stem
                sheet = book[name] if name in book.sheetnames else book.worksheets[0]
                rows = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1)
                lines = [
                    (number, [_cell(cell, file, number) for cell in row]) for number, row in enumerate(rows, start=1)
                ]
            finally:
                book.close()
    except LastlookError:
        raise
    except Exception as error:
        what = f"It cannot be read as a workbook ({_first_cause(error)})."
        raise refused(file, 0, what, "Save it again as XLSX, or as CSV.") from error
    return table_of(file, [line for line in lines if any(cell != "" for cell in line[1])])


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
