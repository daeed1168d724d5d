"""CSV as people save it: any of four separators, UTF-8, UTF-16 with its mark, or Latin-1; and it says which."""

from __future__ import annotations

import codecs
import csv
import io

import msgspec

from lastlook.dossier.sheets.form import unmarked
from lastlook.dossier.sheets.table import MAX_CELL, Table, refused, table_of

MAX_BYTES = 8 << 20
SEPARATORS = (",", ";", "\t", "|")
_DECLARES = "sep="  # a first line by which spreadsheets declare their separator
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Shape(msgspec.Struct, frozen=True):
    """How a CSV file is written, for whoever adds to it."""

    encoding: str
    separator: str
    columns: tuple[str, ...]


def shape_of(data: bytes, *, file: str) -> Shape:
    """The shape of a CSV file that has at least a header."""
    text, notes = _text_of(data, file)
    encoding = "latin-1" if notes else next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    first, _, _ = text.partition("\n")
    declared = first.strip().lower().startswith(_DECLARES)
    separator = first.strip()[len(_DECLARES) :] if declared else separator_of(first)
    encoding = {
        "utf-8-sig": "utf-8",
        "utf-16": "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be",
    }.get(encoding, encoding)
    return Shape(encoding, separator, read_csv(data, file=file).columns)


def read_csv(data: bytes, *, file: str) -> Table:
    """The table in a CSV file.

    The encoding is the one its mark declares, else UTF-8, else Latin-1 (and then a note says so). The separator is the
    one a first line `sep=;` declares, else the one that stands most often in the header outside quotation marks.
    Raises LastlookError for what is no CSV, with its line.
    """
    if len(data) > MAX_BYTES:
        raise refused(file, 0, f"The file is too large: at most {MAX_BYTES:,} bytes are read.", "Split the sheet.")
    text, notes = _text_of(data, file)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith(_DECLARES):
        separator, text, skipped = first.strip()[len(_DECLARES) :] or ",", rest, 1
        if separator not in SEPARATORS:
            raise refused(file, 1, f"`{separator}` is no separator.", "Use a comma, a semicolon, a tab or a bar.")
    else:
        separator = separator_of(first)
    if "\x00" in text:
        raise refused(
            file,
            text[: text.index("\x00")].count("\n") + 1 + skipped,
            "There is a null character.",
            "Save the sheet as CSV.",
        )
    csv.field_size_limit(4 * MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[tuple[int, list[object]]] = []
    try:
        before = 0
        for cells in reader:
            lines.append((before + 1 + skipped, [unmarked(cell.strip()) for cell in cells]))
            before = reader.line_num
    except csv.Error as error:
        raise refused(
            file, reader.line_num + skipped, f"This is not CSV: {error}.", "Mend the quotation marks in this line."
        ) from error
    return table_of(file, lines, notes)  # type: ignore[arg-type]


def _text_of(data: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError as error:
                raise refused(
                    file, 0, f"Its mark declares {encoding}, and byte {error.start} is none.", "Save it as UTF-8."
                ) from error
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return data.decode("latin-1"), (f"{file} was read as Latin-1: line {line} is not UTF-8.",)


def separator_of(header: str) -> str:
    """The separator that stands most often outside quotation marks; a comma where none does."""
    outside = "".join(part for number, part in enumerate(header.split('"')) if number % 2 == 0)
    return max(SEPARATORS, key=lambda separator: (outside.count(separator), separator == ","))
