"""XLSX is an archive from a stranger."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastlook.dossier.sheets.table import Row, Table
from lastlook.dossier.sheets.workbook import read_workbook
from lastlook.errors import LastlookError

DAY = dt.date(2026, 12, 1)


def a_workbook(path: Path, *rows: list[object], title: str = "Sheet") -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_values_come_out_as_they_were_typed(tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path / "people.xlsx",
        ["id", "age", "share", "adult", "day", "note"],
        ["talent-1", 9, 0.25, False, DAY, " none "],
        [None, None, None, None, None, None],
        ["talent-2", None, 1.0, True, None, None],
    )
    assert read_workbook(path, file="people.xlsx") == Table(
        "people.xlsx",
        ("id", "age", "share", "adult", "day", "note"),
        (
            Row(
                2,
                {
                    "id": "talent-1",
                    "age": 9,
                    "share": 0.25,
                    "adult": False,
                    "day": dt.date(2026, 12, 1),
                    "note": "none",
                },
            ),
            Row(4, {"id": "talent-2", "share": 1, "adult": True}),
        ),
    )


def with_sheets(path: Path, **rows_of: tuple[str, ...]) -> Path:
    """A workbook with these sheets, each an `id` column; a sheet whose name begins with an underscore is hidden."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, ids in rows_of.items():
        sheet = book.create_sheet(title)
        for cell in ("id", *ids) if ids else ():
            sheet.append([cell])
        sheet.sheet_state = "hidden" if title.startswith("_") else "visible"
    book.save(path)
    return path


@pytest.mark.parametrize(
    "rows_of",
    [
        {"people": ("one",)},
        {"PEOPLE": ("one",), "notes": ()},
        {"_codes": ("two",), "People": ("one",)},
        {"notes": (), "anything": ("one",), "_codes": ("two",)},
    ],
)
def test_the_sheet_named_like_the_file_is_read_else_the_only_one_that_holds_something(
    rows_of: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    path = with_sheets(tmp_path / "people.xlsx", **rows_of)
    assert read_workbook(path, file="people.xlsx") == Table("people.xlsx", ("id",), (Row(2, {"id": "one"}),))


@pytest.mark.parametrize(
    ("rows_of", "what", "remedy"),
    [
        (
            {"more": ("one",), "people": ("two",)},
            "The sheet `more` holds something as well; only `people` is read.",
            "Move it into a file of its own, or hide or remove that sheet.",
        ),
        (
            {"spring": ("one",), "autumn": ("two",)},
            "The sheets `spring` and `autumn` both hold something, and one is read.",
            "Name the right one `people`, and hide or remove the others.",
        ),
    ],
)
def test_a_second_visible_sheet_that_holds_something_is_refused_by_its_name(
    rows_of: dict[str, tuple[str, ...]], what: str, remedy: str, tmp_path: Path
) -> None:
    path = with_sheets(tmp_path / "people.xlsx", **rows_of)
    with pytest.raises(LastlookError) as refused:
        read_workbook(path, file="people.xlsx")
    assert (refused.value.what, refused.value.remedy) == (what, remedy)


def test_a_row_below_many_empty_ones_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row, value in ((1, "id"), (2, "one"), (6_000, "two"), (90_000, "three")):
        book.worksheets[0].cell(row, 1, value)
    book.save(tmp_path / "props.xlsx")
    rows = (Row(2, {"id": "one"}), Row(6_000, {"id": "two"}), Row(90_000, {"id": "three"}))
    assert read_workbook(tmp_path / "props.xlsx", file="props.xlsx") == Table("props.xlsx", ("id",), rows)


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        (100_001, 1, "Something stands in row 100,001; 100,000 rows are read, empty ones included."),
        (3, 300, "Something stands in column 300; at most 200 are read."),
    ],
)
def test_what_stands_too_far_out_is_refused_and_never_left_out(
    row: int, column: int, what: str, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].cell(1, 1, "id")
    book.worksheets[0].cell(row, column, "lost")
    book.save(tmp_path / "props.xlsx")
    with pytest.raises(LastlookError) as refused:
        read_workbook(tmp_path / "props.xlsx", file="props.xlsx")
    assert (refused.value.what, refused.value.where.line) == (what, row)


def test_more_rows_than_are_read_are_refused_as_in_csv(tmp_path: Path) -> None:
    rows: list[list[object]] = [[f"p{number}"] for number in range(5_001)]
    path = a_workbook(tmp_path / "props.xlsx", ["id"], *rows)
    with pytest.raises(LastlookError) as refused:
        read_workbook(path, file="props.xlsx")
    assert (refused.value.what, refused.value.where.line) == ("More than 5,000 rows.", 5_002)


def altered(path: Path, before: bytes, after: bytes) -> bytes:
    """A workbook whose sheet says one thing otherwise."""
    source = zipfile.ZipFile(path)
    return packed(
        *((name, source.read(name).replace(before, after)) for name in source.namelist() if not name.endswith("/"))
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<row r="2">', b'<row r="1">'),
        (b'<row r="2"><c r="A2"', b'<row r="2"><c r="A3"'),
        (b'<c r="B2"', b'<c r="A2"'),
    ],
)
def test_a_row_or_a_cell_that_stands_twice_is_refused(before: bytes, after: bytes, tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "people.xlsx", ["id", "age"], ["talent-1", 9])
    whole = path.read_bytes()
    path.write_bytes(altered(path, before, after))
    assert path.read_bytes() != whole
    with pytest.raises(LastlookError) as refused:
        read_workbook(path, file="people.xlsx")
    assert refused.value.what.endswith("is out of order, or something in it stands twice.")


def test_the_size_that_a_sheet_declares_cuts_nothing_off(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "people.xlsx", ["id", "age"], ["talent-1", 9])
    path.write_bytes(altered(path, b'<dimension ref="A1:B2"', b'<dimension ref="A1:A1"'))
    assert read_workbook(path, file="people.xlsx").rows == (Row(2, {"id": "talent-1", "age": 9}),)


def test_a_formula_is_refused_with_its_cell(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "people.xlsx", ["id", "age"], ["talent-1", "=1+8"])
    with pytest.raises(LastlookError) as refused:
        read_workbook(path, file="people.xlsx")
    assert (refused.value.what, refused.value.where.line) == ("Cell B2 holds a formula.", 2)


def packed(*members: tuple[str, bytes], twice: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def a_bomb() -> bytes:
    return packed(("xl/worksheets/sheet1.xml", b"\x00" * 30_000_000))


def with_entities(path: Path) -> bytes:
    """A real workbook whose sheet declares entities that grow."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    source = zipfile.ZipFile(a_workbook(path, ["id"], ["talent-1"]))
    members = [(name, source.read(name)) for name in source.namelist()]
    doctype = f'<!DOCTYPE worksheet [<!ENTITY l0 "lol">{lol}]>'.encode()
    evil = [(n, d.replace(b"<worksheet", doctype + b"<worksheet", 1) if "sheet1" in n else d) for n, d in members]
    return packed(*evil)


def many_members() -> bytes:
    return packed(*((f"{number}.xml", b"") for number in range(5_001)))


BAD: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "no archive": (lambda path: b"id,age\n", "It is no XLSX file."),
    "half an archive": (lambda path: a_workbook(path, ["id"]).read_bytes()[:2_000], "It is no XLSX file."),
    "no workbook": (lambda path: packed(("a.txt", b"hello")), "It cannot be read as a workbook (KeyError)."),
    "a bomb": (lambda path: a_bomb(), "The archive unpacks to far more than its size."),
    "too many members": (lambda path: many_members(), "The archive has more than 5,000 members."),
    "outside": (lambda path: packed(("../evil.xml", b"x")), "The archive names a file outside itself: '../evil.xml'."),
    "entities": (with_entities, "It cannot be read as a workbook (EntitiesForbidden)."),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_honest_workbook_is_refused_with_the_reason(name: str, tmp_path: Path) -> None:
    make, what = BAD[name]
    data = make(tmp_path / "made.xlsx")
    (tmp_path / "people.xlsx").write_bytes(data)
    with pytest.raises(LastlookError) as refused:
        read_workbook(tmp_path / "people.xlsx", file="people.xlsx")
    assert (refused.value.what, refused.value.where.file) == (what, "people.xlsx")
    assert refused.value.remedy


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 5_000), flips=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), max_size=8))
def test_a_damaged_workbook_gives_a_clear_error_or_what_it_held(
    cut: int, flips: list[tuple[int, int]], tmp_path: Path
) -> None:
    data = bytearray(a_workbook(tmp_path / "whole.xlsx", ["id", "age"], ["talent-1", 9]).read_bytes())
    for position, value in flips:
        data[position % len(data)] = value
    (tmp_path / "people.xlsx").write_bytes(bytes(data[: len(data) - cut % len(data)]))
    with contextlib.suppress(LastlookError):
        read_workbook(tmp_path / "people.xlsx", file="people.xlsx")
