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


def test_the_sheet_named_like_the_file_is_read_else_the_first(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.append(["id"])
    first.append(["first"])
    named = book.create_sheet("people")
    named.append(["id"])
    named.append(["named"])
    book.save(tmp_path / "people.xlsx")
    book.save(tmp_path / "products.xlsx")
    read = [read_workbook(tmp_path / name, file=name).rows[0].cells for name in ("people.xlsx", "products.xlsx")]
    assert read == [{"id": "named"}, {"id": "first"}]


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
