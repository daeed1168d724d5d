"""Broken sheets and manifests: whatever the bytes, a reader ends soon, keeps little, and raises no error but ours."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastlook.dossier.manifest import read_manifest
from lastlook.dossier.sheets.form import Form, Look
from lastlook.dossier.sheets.text import read_csv, shape_of
from lastlook.dossier.sheets.workbook import read_workbook
from lastlook.reading.yaml12 import read_yaml
from tests.world.breaking import bounded, broken, given_cases

ROOT = Path(__file__).parents[4]

CSV = (
    b"id,age\ntalent-1,9\ntalent-2,\n",
    b'sep=;\r\nid;age_band;\xe4ge\r\ntalent-1;minor;"a;""b"\r\n',
    "\ufeffid\tfile\tcopy.text\nlook-01\tlook-01.jpg\t'=1+1\n".encode(),
    "id|props\nlook-01|food toy\n".encode("utf-16"),
    *(path.read_bytes() for path in sorted((ROOT / "tests" / "fixtures" / "sixty").glob("*.csv"))),
)
MANIFESTS = tuple(path.read_bytes() for path in sorted((ROOT / "examples").glob("*/campaign.yaml")))


@cache
def workbooks() -> tuple[bytes, ...]:
    """A small one, one with several sheets and kinds of cells, and the form that `lastlook new` writes."""
    small, large = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0].append(["id", "age"])
    book.worksheets[0].append(["talent-1", 9])
    book.save(small)
    book.worksheets[0].sheet_state = "hidden"
    sheet = book.create_sheet("people")
    for row in (["id", "age", "note"], ["talent-1", 9.5, True], ["talent-2", "=1+1", "a\nb"]):
        sheet.append(row)
    book.save(large)
    return small.getvalue(), large.getvalue()


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, ...]:
    form = tmp_path_factory.mktemp("form") / "assets.xlsx"
    Form(form).add_rows([("look-01", "look-01.jpg")], lambda file: Look())
    return (*workbooks(), form.read_bytes())


@given_cases
@given(data=st.data())
def test_no_bytes_break_the_reader_of_csv(data: st.DataObject) -> None:
    case = broken(CSV, data)
    bounded(lambda each: read_csv(each, file="people.csv"), case)
    bounded(lambda each: shape_of(each, file="people.csv"), case)


@given_cases
@given(data=st.data())
def test_no_archive_breaks_the_reader_of_workbooks(
    seeds: tuple[bytes, ...], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    read_as_workbook(broken(seeds, data), tmp_path_factory.getbasetemp() / "people.xlsx")


@given_cases
@given(data=st.data())
def test_no_member_of_an_archive_breaks_it(
    seeds: tuple[bytes, ...], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """The archive is whole; what is in it is not."""
    with zipfile.ZipFile(io.BytesIO(data.draw(st.sampled_from(seeds)))) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    name = data.draw(st.sampled_from(sorted(members)))
    members[name] = (
        broken(tuple(members.values()), data) if data.draw(st.booleans()) else broken((members[name],), data)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in members.items():
            archive.writestr(each, content)
    read_as_workbook(out.getvalue(), tmp_path_factory.getbasetemp() / "people.xlsx")


def read_as_workbook(case: bytes, path: Path) -> None:
    path.write_bytes(case)
    bounded(lambda _: read_workbook(path, file="people.xlsx"), case)


@given_cases
@given(data=st.data())
def test_no_bytes_break_the_reader_of_manifests(data: st.DataObject) -> None:
    bounded(lambda each: read_manifest(read_yaml(each, file="campaign.yaml")), broken(MANIFESTS, data))
