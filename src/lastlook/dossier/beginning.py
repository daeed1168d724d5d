"""Begins a campaign folder from its pictures: a manifest, sheets with a row a picture, and a place for names.

It never guesses: what the sheets ask stands empty. Run again it adds what is new, and keeps what was typed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

import msgspec

from lastlook.dossier.folder import MANIFEST_NAME
from lastlook.dossier.pictures import Told, nobody, pictures_in
from lastlook.dossier.sheets.folder import read_sheets
from lastlook.dossier.sheets.form import HEADER, Form, Look, refuse_without_columns, sheet_cell
from lastlook.dossier.sheets.joining import joined
from lastlook.dossier.sheets.text import shape_of
from lastlook.errors import LastlookError, Place
from lastlook.reading.kinds import RESERVED_WORDS, Ident, Problems
from lastlook.reading.tree import Branch, Listed, Node, Scalar
from lastlook.reading.yaml12 import read_yaml

ASSETS_CSV, ASSETS_XLSX = "assets.csv", "assets.xlsx"
PRIVATE, IGNORE = "private", ".gitignore"

MANIFEST_TEXT = """\
# A campaign for Lastlook. Fill in what you know; what you leave out is unknown, `none` is known to be none.
lastlook: 1
campaign:
  id: {id}
  # title: …
  # brand: …
  # markets: [GB]                                   # countries in which it is to be seen
  # shoot_country: GB
  # flight: {{from: YYYY-MM-DD, until: YYYY-MM-DD}}
  # stage: concept                                  # concept, casting, pre_shoot or final

# Who decided what, by whose authority; ids only, names belong into private/.
# decisions:
#   - {{right: casting, holder: p1, authority: "…"}}
#   - {{right: combination, holder: p2, authority: "…"}}

# Where and when it goes out.
# plans:
#   web: {{channel: website, media: owned, countries: [GB]}}
# defaults:
#   plans: [web]
#   disclosure: {{commercial_relationship: false}}

# People, products, props and papers stand here or in people.csv, products.csv, props.csv, documents.csv.
# The pictures stand in assets.xlsx or assets.csv, whichever you like to type in.
"""


class Begun(msgspec.Struct, frozen=True):
    """What was written, and which pictures were added."""

    written: tuple[str, ...]
    added: tuple[str, ...]
    known: int


def begin(folder: Path, look_at: Callable[[str], Look], *, told: Told = nobody) -> Begun:
    """Write what is missing in a folder of pictures. `look_at` gives what the form shows beside a picture's row.

    `told` hears of each picture added. Raises LastlookError for a folder that holds no picture, and for a manifest or a
    sheet that cannot be read: what was typed there is not touched.
    """
    if not folder.is_dir():
        raise LastlookError("There is no such folder.", remedy="Check the path.", where=Place(str(folder)))
    found = pictures_in(folder)
    pictures = found.pictures
    if not pictures:
        remedy = "Put the pictures into the folder first (JPEG, PNG, WebP, TIFF, AVIF or GIF)."
        raise LastlookError("There is no picture in this folder.", remedy=remedy, where=Place(str(folder)))
    _refuse_what_cannot_be_written(folder, pictures)
    named, taken = _named_already(folder)
    added = tuple(file for file in pictures if file not in named)
    rows = list(_rows(added, taken))
    more = _more_of_csv(folder / ASSETS_CSV, rows) if rows or not (folder / ASSETS_CSV).exists() else b""
    form = Form(folder / ASSETS_XLSX) if rows or not (folder / ASSETS_XLSX).exists() else None
    written = [*_manifest(folder), *_private(folder)]  # from here on nothing of the sheets is refused
    if more:
        with (folder / ASSETS_CSV).open("ab") as stream:
            stream.write(more)
        written.append(ASSETS_CSV)
    if form is not None:
        form.add_rows(rows, look_at, told=told)
        written.append(ASSETS_XLSX)
    return Begun(tuple(written), added, len(pictures) - len(added))


def _refuse_what_cannot_be_written(folder: Path, pictures: tuple[str, ...]) -> None:
    """Before anything is written: names that no sheet can hold, and places where something else stands."""
    for file in pictures:
        if not file.isprintable() or any(part != part.strip() for part in PurePosixPath(file).parts):
            what = "This name has characters that a sheet cannot hold, or a space at an end."
            raise LastlookError(what, remedy="Rename the picture.", where=Place(file))
    for name, is_folder in (
        (MANIFEST_NAME, False),
        (ASSETS_CSV, False),
        (ASSETS_XLSX, False),
        (IGNORE, False),
        (PRIVATE, True),
    ):
        path = folder / name
        right = path.is_dir() if is_folder else path.is_file()
        if path.is_symlink() or (path.exists() and not right):
            what = f"It is no plain {'folder' if is_folder else 'file'}."
            raise LastlookError(what, remedy="Move it away, and run again.", where=Place(name))


def _named_already(folder: Path) -> tuple[frozenset[str], frozenset[str]]:
    """The files and the ids that the manifest or a sheet names; raises for what cannot be read."""
    sheets = read_sheets(folder)
    if sheets.problems:
        first = sheets.problems[0]
        raise LastlookError(first.what, remedy=first.remedy, where=first.where)
    path = folder / MANIFEST_NAME
    manifest: Node = Branch(Place(MANIFEST_NAME), {})
    if path.is_file():
        manifest = read_yaml(path.read_bytes(), file=MANIFEST_NAME)
    problems = Problems()
    whole = joined(manifest, sheets, problems)
    assets = whole.entries.get("assets") if isinstance(whole, Branch) else None
    entries = [item for item in assets.items if isinstance(item, Branch)] if isinstance(assets, Listed) else []
    files, ids = ({_word(entry, key) for entry in entries} - {""} for key in ("file", "id"))
    return frozenset(files), frozenset(ids)


def _word(entry: Branch, key: str) -> str:
    node = entry.entries.get(key)
    return node.words if isinstance(node, Scalar) else ""


def _rows(files: Iterable[str], taken: frozenset[str]) -> Iterator[tuple[str, str]]:
    """An id for each file, made from its name and like no other."""
    used = set(taken)
    for file in files:
        stem = _as_id(PurePosixPath(file).stem) or "picture"
        usable = re.match(Ident.pattern, stem[:56]) and stem not in RESERVED_WORDS
        base = stem[:56] if usable else f"picture-{stem[:48]}"
        asset_id, number = base, 2
        while asset_id in used:
            asset_id, number = f"{base}-{number}", number + 1
        used.add(asset_id)
        yield asset_id, file


def _as_id(name: str) -> str:
    """What of a name an id can have; empty if nothing is left."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-._")


def _manifest(folder: Path) -> list[str]:
    path = folder / MANIFEST_NAME
    if path.exists():
        return []
    name = _as_id(folder.resolve().name) or "campaign"
    path.write_text(MANIFEST_TEXT.format(id=name[:64]), encoding="utf-8")
    return [MANIFEST_NAME]


def _private(folder: Path) -> list[str]:
    """A folder for whatever names a person, kept out of version control."""
    written: list[str] = []
    if not (folder / PRIVATE).exists():
        (folder / PRIVATE).mkdir(mode=0o700)
        written.append(f"{PRIVATE}/")
    ignore = folder / IGNORE
    before = ignore.read_bytes() if ignore.exists() else b""
    line = f"{PRIVATE}/".encode()
    if line not in before.splitlines():
        ignore.write_bytes(before + (b"\n" if before and not before.endswith(b"\n") else b"") + line + b"\n")
        written.append(IGNORE)
    return written


def _more_of_csv(path: Path, rows: list[tuple[str, str]]) -> bytes:
    """What is added to the end of the sheet as it stands: nothing that was typed is written again."""
    before = path.read_bytes() if path.exists() else b""
    shape = shape_of(before, file=path.name) if before.strip() else None
    columns = shape.columns if shape else HEADER
    refuse_without_columns(columns, path.name, line=1)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=shape.separator if shape else ",", lineterminator="\n")
    if shape is None:
        writer.writerow(columns)
    for asset_id, file in rows:
        cells = {"id": asset_id, "file": file}
        writer.writerow([sheet_cell(cells.get(column, "")) for column in columns])
    text = out.getvalue()
    if before and not before.endswith(b"\n"):
        text = "\n" + text
    encoding = shape.encoding if shape else "utf-8"
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        line = text.splitlines()[text[: error.start].count("\n")]
        what = f"It is written in {encoding.title()}, which cannot hold this row: {line}."
        raise LastlookError(what, remedy="Save the sheet as UTF-8 first.", where=Place(path.name)) from error
