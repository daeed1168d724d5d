"""`lastlook new`: a folder of pictures becomes a campaign to fill in; nothing is guessed, nothing typed is lost."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image

from lastlook.cli.main import main
from lastlook.dossier.folder import read_folder
from tests.lastlook.dossier.metadata.made import a_packet

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one.jpg", "two.png", "sub/three.webp", "=2+3, Größe.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        Image.new("RGB", (300, 200), "#888").save(path)
    return tmp_path


def the_form(folder: Path) -> Any:
    """The form as the library that reads it sees it; its types do not name what is asked of it here."""
    return openpyxl.load_workbook(folder / "assets.xlsx")


def typed(folder: Path, **cells: dict[str, str]) -> None:
    """Cells typed into the form, by picture and column."""
    book = the_form(folder)
    sheet = book["assets"]
    columns = {str(cell.value): position for position, cell in enumerate(sheet[1], start=1)}
    rows = {str(sheet.cell(row, columns["id"]).value): row for row in range(2, sheet.max_row + 1)}
    for asset, stated in cells.items():
        for column, value in stated.items():
            sheet.cell(rows[asset], columns[column], value)
    book.save(folder / "assets.xlsx")


def test_every_picture_gets_a_row_and_nothing_is_guessed(folder: Path, capsys: Captured) -> None:
    assert main(["new", str(folder)]) == 0
    assert capsys.readouterr().out == (
        "4 pictures added, 0 there already.\n"
        "  wrote campaign.yaml\n  wrote private/\n  wrote .gitignore\n  wrote assets.csv\n  wrote assets.xlsx\n"
        f"Fill in campaign.yaml and assets.xlsx (or assets.csv), then: lastlook check {folder}\n"
    )
    case = read_folder(folder)
    assert case.problems == ()
    assert [(asset.id, case.picture(asset.id).file) for asset in case.assets] == [
        ("2-3-Gr-e", "=2+3, Größe.jpg"),
        ("one", "one.jpg"),
        ("three", "sub/three.webp"),
        ("two", "two.png"),
    ]
    known = {
        name
        for asset in case.assets
        for name, fact in asset.facts.items()
        if not name.startswith("held.") and fact.known
    }
    assert (known, {name for asset in case.assets for name in asset.lists}) == (set(), set())
    assert (folder / ".gitignore").read_text() == "private/\n"
    assert main(["check", str(folder), "--on", "2026-11-24"]) == 3


def test_a_second_run_adds_what_is_new_and_keeps_what_was_typed(folder: Path, capsys: Captured) -> None:
    main(["new", str(folder)])
    typed(folder, one={"people": "none", "props": "knife, food", "copy.text": "Gifts"})
    csv = folder / "assets.csv"
    csv.write_text(csv.read_text().replace("two,two.png,,", "two,two.png,window,"))
    manifest = folder / "campaign.yaml"
    manifest.write_text(manifest.read_text() + "looks: {window: {props: [toy]}}\n")
    before = manifest.read_text()
    Image.new("RGB", (30, 20)).save(folder / "four.jpg")
    capsys.readouterr()
    assert main(["new", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "1 picture added, 4 there already.", "  wrote assets.csv", "  wrote assets.xlsx",
    ]  # fmt: skip
    case = read_folder(folder)
    assert case.problems == ()
    one, two = (next(asset for asset in case.assets if asset.id == name) for name in ("one", "two"))
    assert (one.listing("props").codes, one.listing("people").complete) == (frozenset({"knife", "food"}), True)
    assert one.fact("copy.text").standing == "Gifts"
    assert two.listing("props").codes == frozenset({"toy"})
    assert manifest.read_text() == before
    assert sorted(asset.id for asset in case.assets) == ["2-3-Gr-e", "four", "one", "three", "two"]


def test_a_run_with_nothing_new_writes_nothing(folder: Path, capsys: Captured) -> None:
    main(["new", str(folder)])
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert main(["new", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "0 pictures added, 4 there already."
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_form_has_a_thumbnail_a_row_and_drop_downs_from_the_vocabulary(folder: Path) -> None:
    main(["new", str(folder)])
    sheet, codes = (the_form(folder)[name] for name in ("assets", "codes"))
    assert [image.anchor._from.row for image in sheet._images] == [1, 2, 3, 4]
    with Image.open(io.BytesIO(sheet._images[0]._data())) as thumbnail:
        assert max(thumbnail.size) == 96
    header = {cell.column_letter: str(cell.value) for cell in sheet[1]}
    suggesting = {header[str(rule.sqref)[0]]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert sorted(suggesting) == ["appears", "legible", "portrayal", "prominence", "props", "settings", "themes"]
    assert suggesting["prominence"] == "codes!$H$2:$H$4"
    assert [codes[f"H{row}"].value for row in range(1, 5)] == ["prominence", "principal", "supporting", "background"]


def test_a_folder_without_pictures_and_a_sheet_that_cannot_be_read_are_said_and_left_alone(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: Captured
) -> None:
    empty = tmp_path_factory.mktemp("empty")
    assert main(["new", str(empty)]) == 2
    assert capsys.readouterr().err.splitlines()[0] == f"lastlook: {empty}: There is no picture in this folder."
    assert list(empty.iterdir()) == []
    (folder / "assets.csv").write_text("id,id\n")
    assert main(["new", str(folder)]) == 2
    assert "The column `id` stands twice." in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir() if path.suffix != ".jpg") == ["assets.csv", "sub", "two.png"]


def test_a_picture_that_cannot_be_decoded_has_a_row_and_no_thumbnail(folder: Path) -> None:
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    assert main(["new", str(folder)]) == 0
    sheet = the_form(folder)["assets"]
    assert (sheet.max_row, len(sheet._images)) == (6, 4)


@pytest.mark.parametrize("name", ["one .jpg/two.jpg", " three.jpg", "fo\nur.jpg", "fi\x1bve.jpg"])
def test_a_name_that_a_sheet_cannot_hold_is_refused_before_anything_is_written(
    name: str, tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / name.replace("one .jpg", "one ")
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (30, 20)).save(path)
    before = sorted(tmp_path.rglob("*"))
    assert main(["new", str(tmp_path)]) == 2
    assert "a sheet cannot hold" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("taken", ["private", "assets.csv", ".gitignore"])
def test_something_else_in_the_place_of_what_is_written_is_refused(
    taken: str, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "kept"
    elsewhere.write_text("kept")
    (folder / taken).symlink_to(elsewhere)
    assert main(["new", str(folder)]) == 2
    assert (elsewhere.read_text(), (folder / "campaign.yaml").exists()) == ("kept", False)


def test_a_picture_named_like_a_reserved_word_and_a_gitignore_in_another_encoding(tmp_path: Path) -> None:
    Image.new("RGB", (30, 20)).save(tmp_path / "none.jpg")
    (tmp_path / ".gitignore").write_bytes(b"gr\xf6\xdfe")
    assert main(["new", str(tmp_path)]) == 0
    case = read_folder(tmp_path)
    assert (case.problems, [asset.id for asset in case.assets]) == ((), ["picture-none"])
    assert (tmp_path / ".gitignore").read_bytes() == b"gr\xf6\xdfe\nprivate/\n"


def test_a_terminal_hears_how_many_of_how_many_and_a_log_does_not(
    folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["new", str(folder)]) == 0
    in_a_log = capsys.readouterr().err
    for name in ("five.jpg", "six.jpg"):
        Image.new("RGB", (30, 20)).save(folder / name)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["new", str(folder)]) == 0
    gone = " " * len("Pictures looked at: 2 of 2")
    assert (in_a_log, capsys.readouterr().err) == ("", f"\rPictures looked at: 1 of 2\r{gone}\r")


def test_the_form_shows_what_the_file_says_and_fills_in_nothing(tmp_path: Path) -> None:
    packet = a_packet(
        "<Iptc4xmpExt:ModelAge><rdf:Bag><rdf:li>6</rdf:li></rdf:Bag></Iptc4xmpExt:ModelAge>"
        "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>A. Nonym</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>"
        "<dc:subject><rdf:Bag><rdf:li>whisky</rdf:li></rdf:Bag></dc:subject>"
    )
    Image.new("RGB", (30, 20)).save(tmp_path / "one.jpg", xmp=packet.encode())
    Image.new("RGB", (30, 20)).save(tmp_path / "two.jpg")
    assert main(["new", str(tmp_path)]) == 0
    sheet = the_form(tmp_path)["assets"]
    assert [[cell.value for cell in row[1:5]] for row in sheet.iter_rows(max_row=3)] == [
        ["the file says", "id", "file", "look"],
        ["people: age 6; props: alcohol; file.names_people: true", "one", "one.jpg", None],
        [None, "two", "two.jpg", None],
    ]
    case = read_folder(tmp_path)
    assert case.problems == ()
    assert [asset.fact("age").known for asset in case.assets] == [None, None]
    assert [asset.listing("people").members for asset in case.assets] == [(), ()]
    assert "Nonym" not in (tmp_path / "assets.csv").read_text()


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("sheet", ["assets.csv", "assets.xlsx"])
@pytest.mark.parametrize("column", ["id", "file"])
def test_a_sheet_without_ids_or_files_is_refused_before_anything_is_written(
    sheet: str, column: str, folder: Path, capsys: Captured
) -> None:
    main(["new", str(folder)])
    for name in ("assets.csv", "assets.xlsx"):
        if name != sheet:
            (folder / name).unlink()
    if sheet == "assets.csv":
        (folder / sheet).write_text("look," + {"id": "file", "file": "id"}[column] + "\n")
    else:
        book = the_form(folder)
        book["assets"].delete_cols([str(cell.value) for cell in book["assets"][1]].index(column) + 1)
        book["assets"].delete_rows(2, 10)
        book.save(folder / sheet)
    before = files_of(folder)
    capsys.readouterr()
    assert main(["new", str(folder)]) == 2
    assert capsys.readouterr().err == (
        f"lastlook: {sheet}:1: It has no column `{column}`, so no picture can be added.\n"
        f"  try: Add the column `{column}`, or move the sheet away.\n"
    )
    assert files_of(folder) == before


def test_a_name_that_the_letters_of_a_sheet_cannot_hold_is_refused_before_anything_is_written(
    folder: Path, capsys: Captured
) -> None:
    (folder / "assets.csv").write_bytes("id,file,copy.text\none,one.jpg,Größe\n".encode("latin-1"))
    Image.new("RGB", (30, 20)).save(folder / "Łódź.jpg")
    before = files_of(folder)
    assert main(["new", str(folder)]) == 2
    assert capsys.readouterr().err == (
        "lastlook: assets.csv: It is written in Latin-1, which cannot hold this row: d,Łódź.jpg,.\n"
        "  try: Save the sheet as UTF-8 first.\n"
    )
    assert files_of(folder) == before


def test_a_name_that_looks_like_a_marked_formula_is_added_once(tmp_path: Path, capsys: Captured) -> None:
    for name in ("'=x.jpg", "=x.jpg", "''@y.jpg"):
        Image.new("RGB", (30, 20)).save(tmp_path / name)
    main(["new", str(tmp_path)])
    capsys.readouterr()
    assert main(["new", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "0 pictures added, 3 there already."
    case = read_folder(tmp_path)
    files = sorted(case.picture(asset.id).file for asset in case.assets)
    assert (case.problems, files) == ((), ["''@y.jpg", "'=x.jpg", "=x.jpg"])


def test_rows_are_added_below_a_header_that_does_not_stand_in_the_first_row(folder: Path) -> None:
    main(["new", str(folder)])
    book = the_form(folder)
    book["assets"].insert_rows(1)
    book.save(folder / "assets.xlsx")
    Image.new("RGB", (30, 20)).save(folder / "four.jpg")
    assert main(["new", str(folder)]) == 0
    case = read_folder(folder)
    assert (case.problems, len(case.assets)) == ((), 5)
