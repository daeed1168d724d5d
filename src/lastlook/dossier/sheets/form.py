"""`assets.xlsx`, a form to fill in: a row a picture with its thumbnail, a column a fact, drop-downs of codes.

The codes stand on a sheet of their own, so that a drop-down can hold any number of them. A drop-down suggests; a cell
may hold several codes, and the reader says what is wrong.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lastlook.campaigns import vocabulary as v
from lastlook.dossier.pictures import Told, nobody
from lastlook.errors import LastlookError, Place

if TYPE_CHECKING:
    from openpyxl import Workbook

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

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet_cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula (design, section 9); reading takes the mark off."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


class Look(msgspec.Struct, frozen=True):
    """What a look at a picture file gives: a small JPEG, and what the file says of itself; either may be missing."""

    thumbnail: bytes | None = None
    says: str = ""


def add_rows(
    path: Path, rows: Sequence[tuple[str, str]], look_at: Callable[[str], Look], *, told: Told = nobody
) -> None:
    """Add a row for each (id, file) below what stands in the form; make the form if there is none.

    `told` hears of each row. Raises LastlookError when the form cannot be opened or has no such sheet. What was typed
    is kept.
    """
    import openpyxl
    from openpyxl.drawing.image import Image
    from openpyxl.utils import get_column_letter

    book = openpyxl.load_workbook(path) if path.exists() else _empty_form()
    if SHEET not in book.sheetnames:
        raise LastlookError(
            f"It has no sheet `{SHEET}`.", remedy=f"Name the sheet with the pictures `{SHEET}`.", where=Place(path.name)
        )
    sheet = book[SHEET]
    columns = {str(cell.value): position for position, cell in enumerate(sheet[1], start=1) if cell.value}
    last = max((row for row in range(1, sheet.max_row + 1) if any(c.value is not None for c in sheet[row])), default=1)
    for done, (asset_id, file) in enumerate(rows, start=1):
        number = last + done
        look = look_at(file)
        for name, text in (("id", asset_id), ("file", file), (SAYS_COLUMN, look.says)):
            if text and (name in columns or name not in NOT_READ):
                cell = sheet.cell(number, columns[name], text)
                cell.data_type = "s"  # a name is a name, whatever it begins with
        if look.thumbnail is not None and PICTURE_COLUMN in columns:
            image = Image(io.BytesIO(_small(look.thumbnail)))
            sheet.add_image(image, f"{get_column_letter(columns[PICTURE_COLUMN])}{number}")
            sheet.row_dimensions[number].height = THUMBNAIL_PIXELS * 0.78  # points
        told(done, len(rows))
    out = io.BytesIO()
    book.save(out)
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(out.getvalue())
    partial.replace(path)


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
