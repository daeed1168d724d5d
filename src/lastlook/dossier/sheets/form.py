"""`assets.xlsx`, a form to fill in: a row a picture with its thumbnail, a column a fact, drop-downs of codes.

The codes stand on a sheet of their own, so that a drop-down can hold any number of them. A drop-down suggests; a cell
may hold several codes, and the reader says what is wrong.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lastlook.campaigns import vocabulary as v
from lastlook.dossier.pictures import Told, nobody
from lastlook.dossier.sheets.workbook import named_like
from lastlook.errors import LastlookError, Place

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

THUMBNAIL_PIXELS = 96  # the longest side of a thumbnail in the form
SHEET, CODES = "assets", "codes"

# Columns, the codes each suggests, and its width in characters.
COLUMNS: dict[str, tuple[tuple[str, ...], int]] = {
    "id": ((), 18),
    "file": ((), 24),
    "look": ((), 14),
    "people": ((), 20),
    "appears": (tuple(v.AGE_BANDS), 16),
    "prominence": (v.PROMINENCE, 14),
    "portrayal": (("none", *v.PORTRAYALS), 18),
    "products": ((), 20),
    "props": (("none", *v.PROPS), 22),
    "settings": (v.SETTINGS, 16),
    "themes": (("none", *v.THEMES), 18),
    "legible": (("none", *v.LEGIBLE_KINDS), 16),
    "plans": ((), 14),
    "copy.text": ((), 40),
}
HEADER = tuple(COLUMNS)
PICTURE_COLUMN = "picture"  # the thumbnail's; it holds nothing to read
SAYS_COLUMN = "the file says"  # beside it, for whoever types; it is not read either
NOT_READ = (PICTURE_COLUMN, SAYS_COLUMN)

_MARKED = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet takes for a formula, or it with marks of ours


def sheet_cell(text: str) -> str:
    """The text as a cell of CSV that no spreadsheet takes for a formula (design, section 9)."""
    return f"'{text}" if _MARKED.match(text) else text


def unmarked(cell: str) -> str:
    """What `sheet_cell` was given."""
    return cell[1:] if cell.startswith("'") and _MARKED.match(cell) else cell


class Look(msgspec.Struct, frozen=True):
    """What a look at a picture file gives: a small JPEG, and what the file says of itself; either may be missing."""

    thumbnail: bytes | None = None
    says: str = ""


class Form:
    """The form as it stands in a folder, or an empty one where there is none.

    Raises LastlookError when it cannot be opened, or has no place for a row: before anything is written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = _opened(path) if path.exists() else _empty_form()
        named = named_like(self.book.sheetnames, f"{SHEET}.xlsx")
        if named is None:
            what, remedy = f"It has no sheet `{SHEET}`.", f"Name the sheet with the pictures `{SHEET}`."
            raise LastlookError(what, remedy=remedy, where=Place(path.name))
        self.sheet: Worksheet = self.book[named]
        filled = [number for number, row in enumerate(self.sheet.iter_rows(), start=1) if any(c.value for c in row)]
        header, self.last = (filled[0], filled[-1]) if filled else (1, 1)
        cells = self.sheet[header]
        self.columns = {str(cell.value).strip(): at for at, cell in enumerate(cells, start=1) if cell.value}
        refuse_without_columns(self.columns, path.name, line=header)

    def add_rows(self, rows: Sequence[tuple[str, str]], look_at: Callable[[str], Look], *, told: Told = nobody) -> None:
        """Add a row for each (id, file) below what stands in the form, and save it. What was typed is kept.

        `told` hears of each row.
        """
        from openpyxl.drawing.image import Image
        from openpyxl.utils import get_column_letter

        columns, sheet = self.columns, self.sheet
        for done, (asset_id, file) in enumerate(rows, start=1):
            number = self.last + done
            look = look_at(file)
            for name, text in (("id", asset_id), ("file", file), (SAYS_COLUMN, look.says)):
                if text and name in columns:
                    cell = sheet.cell(number, columns[name], text)
                    cell.data_type = "s"  # a name is a name, whatever it begins with
            if look.thumbnail is not None and PICTURE_COLUMN in columns:
                image = Image(io.BytesIO(_small(look.thumbnail)))
                sheet.add_image(image, f"{get_column_letter(columns[PICTURE_COLUMN])}{number}")
                sheet.row_dimensions[number].height = THUMBNAIL_PIXELS * 0.78  # points
            told(done, len(rows))
        out = io.BytesIO()
        self.book.save(out)
        partial = self.path.with_name(f".{self.path.name}.part")
        partial.write_bytes(out.getvalue())
        partial.replace(self.path)


def refuse_without_columns(columns: Collection[str], file: str, *, line: int) -> None:
    """A row names a picture by its id and its file."""
    for name in ("id", "file"):
        if name not in columns:
            what = f"It has no column `{name}`, so no picture can be added."
            remedy = f"Add the column `{name}`, or move the sheet away."
            raise LastlookError(what, remedy=remedy, where=Place(file, line))


def _opened(path: Path) -> Workbook:
    import openpyxl

    try:
        return openpyxl.load_workbook(path)
    except Exception as error:
        what = f"It cannot be opened to add rows ({type(error).__name__})."
        raise LastlookError(what, remedy="Save it again as XLSX, or move it away.", where=Place(path.name)) from error


def _small(thumbnail: bytes) -> bytes:
    """A thumbnail of our own making, smaller."""
    from PIL import Image

    with Image.open(io.BytesIO(thumbnail), formats=("JPEG",)) as image:
        image.thumbnail((THUMBNAIL_PIXELS, THUMBNAIL_PIXELS))
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def _empty_form() -> Workbook:
    import openpyxl
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet, codes = book.worksheets[0], book.create_sheet(CODES)
    sheet.title = SHEET
    sheet.append([*NOT_READ, *HEADER])
    sheet.freeze_panes = "E2"
    sheet.column_dimensions["A"].width = 14
    sheet.column_dimensions["B"].width = 32
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for position, (name, (suggested, width)) in enumerate(COLUMNS.items(), start=1 + len(NOT_READ)):
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = width
        if not suggested:
            continue
        for row, code in enumerate((name, *suggested), start=1):
            codes.cell(row, position, code)
        rule = DataValidation("list", formula1=f"{CODES}!${letter}$2:${letter}${len(suggested) + 1}", allow_blank=True)
        rule.showErrorMessage = False  # a cell may hold several codes, and the reader checks them
        rule.add(f"{letter}2:{letter}5000")
        sheet.add_data_validation(rule)
    codes.sheet_state = "hidden"
    return book
