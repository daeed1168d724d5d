"""Sheets beside a manifest: one registry over both."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from lastlook.checking.case import Case
from lastlook.dossier.folder import read_folder
from lastlook.errors import Place, Problem
from lastlook.facts.element import NOT_STATED, Element, Listing
from lastlook.facts.values import NOT_KNOWN, Ages

MANIFEST = """\
lastlook: 1
campaign: {id: sheets, markets: [GB], flight: {from: 2026-12-01, until: 2026-12-31}, stage: final}
looks: {window: {products: [charm]}}
plans: {web: {channel: website, countries: [GB]}}
defaults: {plans: [web]}
assets:
  - {id: look-01, file: look-01.jpg}
  - {id: look-02, file: look-02.jpg, look: window}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "campaign.yaml").write_text(MANIFEST)
    for name, side in (("look-01", 8), ("look-02", 9)):
        Image.new("RGB", (side, side)).save(tmp_path / f"{name}.jpg")
    return tmp_path


def of(case: Case, asset_id: str) -> Element:
    return next(asset for asset in case.assets if asset.id == asset_id)


def test_people_and_products_come_from_sheets_with_their_lines(folder: Path) -> None:
    (folder / "people.csv").write_text(
        "id;age;age_band;public_figure.status\ntalent-1;9;;\ntalent-2;;teen_16_17;retired\n"
    )
    (folder / "products.csv").write_text(
        "id,category,audience,styled_as,gtin\n"
        "charm,accessory,adults,toy; restraint,4006381333931\n"
        "bag,accessory,,none,\n"
    )
    (folder / "assets.csv").write_text(
        "id,people,products,portrayal,prominence\nlook-01,talent-1|talent-2,bag,none,principal\n"
    )
    case = read_folder(folder)
    assert case.problems == ()
    first, second = of(case, "look-01").listing("people").members
    assert (first.fact("age").standing, first.fact("age").source) == (Ages(9, 9), Place("people.csv", 2, "age"))
    assert second.fact("age").standing == Ages(16, 17)
    assert second.fact("public_figure.status").standing == "retired"
    assert (second.listing("portrayal").codes, second.listing("portrayal").complete) == (frozenset(), True)
    assert second.fact("prominence").source == Place("assets.csv", 2, "prominence")
    (charm,) = of(case, "look-02").listing("products").members
    assert charm.fact("gtin").standing == "4006381333931"
    assert charm.listing("styled_as").codes == {"toy", "restraint"}
    (bag,) = of(case, "look-01").listing("products").members
    assert bag.fact("audience").standing is NOT_KNOWN
    assert (bag.listing("styled_as").codes, bag.listing("styled_as").complete) == (frozenset(), True)


def test_an_empty_cell_is_unknown_and_none_is_none(folder: Path) -> None:
    (folder / "assets.csv").write_text("id,people,props,legible\nlook-01,none,,document;book\nlook-02,,none,none\n")
    case = read_folder(folder)
    one, two = of(case, "look-01"), of(case, "look-02")
    assert (one.listing("people").complete, "props" in one.lists, two.listing("props").complete) == (True, False, True)
    assert [item.fact("what").standing for item in one.listing("legible").members] == ["document", "book"]
    assert "people" not in two.lists


@pytest.mark.parametrize("cell", [";", ", ;", "|", ";;"])
def test_a_cell_of_nothing_but_separators_is_a_problem_and_says_nothing(cell: str, folder: Path) -> None:
    (folder / "products.csv").write_text(f'id,styled_as\ncharm,"{cell}"\n')
    (folder / "assets.csv").write_text(f'id,props,portrayal\nlook-01,"{cell}",none\n')
    case = read_folder(folder)
    remedy = "Write `none` if there is none, or leave it empty."
    assert case.problems == (
        Problem(Place("products.csv", 2, "styled_as"), f"styled_as holds nothing but separators ({cell}).", remedy),
        Problem(Place("assets.csv", 2, "props"), f"props holds nothing but separators ({cell}).", remedy),
    )
    (charm,) = of(case, "look-02").listing("products").members
    assert charm.listing("styled_as") == Listing(source=Place("products.csv", 2))
    assert of(case, "look-01").listing("props") == NOT_STATED


def test_a_separator_too_many_loses_no_member(folder: Path) -> None:
    (folder / "products.csv").write_text('id,styled_as\ncharm,"restraint,;"\n')
    (folder / "assets.csv").write_text("id,props\nlook-01,;knife;;food;\n")
    case = read_folder(folder)
    (charm,) = of(case, "look-02").listing("products").members
    assert charm.listing("styled_as").codes == {"restraint"}
    assert of(case, "look-01").listing("props").codes == {"knife", "food"}
    assert case.problems == ()


def test_two_values_over_manifest_and_sheet_are_unknown_and_name_both_places(folder: Path) -> None:
    (folder / "products.csv").write_text("id\ncharm\n")
    (folder / "people.csv").write_text("id,age\ntalent-1,9\n")
    (folder / "assets.csv").write_text("id,file,people\nlook-01,look-09.jpg,talent-1\n")
    (folder / "campaign.yaml").write_text(MANIFEST + "people: [{id: talent-1, age: 19}]\n")
    case = read_folder(folder)
    (person,) = of(case, "look-01").listing("people").members
    assert person.fact("age").standing is NOT_KNOWN
    assert [problem.what for problem in case.problems[:2]] == [
        "Two values for look-01.file: campaign.yaml:7 and assets.csv:2.",
        "Two values for people[talent-1].age: one age (campaign.yaml:9) and one age (people.csv:2).",
    ]


def test_the_prop_list_adds_to_pictures_and_to_looks_and_never_says_that_it_is_all(folder: Path) -> None:
    (folder / "products.csv").write_text("id\ncharm\n")
    (folder / "props.csv").write_text(
        "prop,assets,looks,what,origin,searched\nknife,look-01,,,,\ndocument,,window,document,prop house,TRUE\n"
    )
    (folder / "assets.csv").write_text("id,props\nlook-01,none\n")
    case = read_folder(folder)
    assert case.problems == ()
    one, two = of(case, "look-01"), of(case, "look-02")
    assert (one.listing("props").codes, one.listing("props").complete) == (frozenset({"knife"}), True)
    assert (two.listing("props").codes, two.listing("props").complete) == (frozenset({"document"}), False)
    (item,) = two.listing("legible").members
    assert (item.fact("searched").standing, two.listing("legible").complete) == (True, False)


def test_a_workbook_and_a_csv_of_one_name_are_both_read(folder: Path) -> None:
    (folder / "products.csv").write_text("id\ncharm\n")
    book = openpyxl.Workbook()
    book.worksheets[0].append(["id", "age"])
    book.worksheets[0].append(["talent-1", 9])
    book.save(folder / "people.xlsx")
    (folder / "people.csv").write_text("id,age\ntalent-2,10\n")
    (folder / "assets.csv").write_text("id,people\nlook-01,talent-1; talent-2\n")
    case = read_folder(folder)
    assert case.problems == ()
    ages = [person.fact("age").standing for person in of(case, "look-01").listing("people").members]
    assert ages == [Ages(9, 9), Ages(10, 10)]


def test_what_is_wrong_in_a_sheet_is_said_with_its_line_and_column_and_the_rest_is_read(folder: Path) -> None:
    (folder / "people.csv").write_text("id,age,aeg_band\ntalent-1,nine,\ntalent-2,10,\n")
    (folder / "products.csv").write_text("id,gtin\nbag,4006381333932\n")
    (folder / "documents.csv").write_text("id,id\n")
    case = read_folder(folder)
    assert case.problems == (
        Problem(Place("people.csv", 1, "aeg_band"), "A person has no `aeg_band`.",
                "Write age_band, if that is what you mean."),
        Problem(Place("documents.csv", 1), "The column `id` stands twice.", "Keep one of them."),
        Problem(Place("people.csv", 2, "age"), "age is nine.", "Write a whole number from 0 to 120."),
        Problem(Place("products.csv", 2, "gtin"), "gtin: 4006381333932 is no GTIN; its last digit should be 1.",
                "Look it up again; a digit was probably mistyped."),
        Problem(Place("campaign.yaml", 3, "looks.window.products[0]"), "`charm` is not listed under `products`.",
                "Choose one of: bag."),
    )  # fmt: skip


def test_an_encoding_that_had_to_be_guessed_is_a_note(folder: Path) -> None:
    (folder / "products.csv").write_text("id\ncharm\n")
    (folder / "people.csv").write_bytes("id,figure\ntalent-1,Größe\n".encode("latin-1"))
    assert read_folder(folder).notes == ("people.csv was read as Latin-1: line 2 is not UTF-8.",)


def test_what_one_of_two_places_says_is_unknown_stays_unknown(folder: Path) -> None:
    (folder / "products.csv").write_text("id\ncharm\n")
    (folder / "people.csv").write_text("id,age\ntalent-1,unknown\n")
    (folder / "assets.csv").write_text("id,people\nlook-01,talent-1\n")
    (folder / "campaign.yaml").write_text(MANIFEST + "people: [{id: talent-1, age: 19}]\n")
    (person,) = of(read_folder(folder), "look-01").listing("people").members
    assert person.fact("age").standing is NOT_KNOWN


def test_an_empty_status_is_unknown_and_not_the_usual_one(folder: Path) -> None:
    (folder / "products.csv").write_text("id\ncharm\n")
    (folder / "documents.csv").write_text("kind,status,covers\nlicence,,look-01\nlicence,on_file,look-02\n")
    case = read_folder(folder)
    assert case.problems == ()
    assert [document.status for document in case.documents] == [NOT_KNOWN, "on_file"]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("poeple.csv", "Name it people.csv or people.xlsx, or move it out of the folder."),
        ("People.CSV", "Name it people.csv or people.xlsx, or move it out of the folder."),
        ("props.ods", "Name it props.csv or props.xlsx, or move it out of the folder."),
        ("2027.tsv", "Name it people.csv, products.csv, … or .xlsx, or move it out of the folder."),
    ],
)
def test_a_sheet_that_is_not_read_is_said(folder: Path, name: str, remedy: str) -> None:
    (folder / "products.csv").write_text("id\ncharm\n")
    (folder / name).write_text("id,age\ntalent-1,9\n")
    case = read_folder(folder)
    assert case.problems == (Problem(Place(name), "This sheet is not read.", remedy),)


@pytest.mark.parametrize("written", ["id,id\n", "id,aeg\ntalent-1,9\n"])
def test_a_sheet_that_could_not_be_read_leaves_every_picture_open(folder: Path, written: str) -> None:
    (folder / "products.csv").write_text("id\ncharm\n")
    assert read_folder(folder).unread is False
    (folder / "people.csv").write_text(written)
    assert read_folder(folder).unread is True


def test_a_folder_in_the_place_of_a_sheet_is_a_problem(folder: Path) -> None:
    (folder / "products.csv").write_text("id\ncharm\n")
    (folder / "people.csv").mkdir()
    case = read_folder(folder)
    assert (case.unread, [problem.where for problem in case.problems]) == (True, [Place("people.csv")])


@pytest.mark.parametrize("word", ["none", "[]"])
def test_none_in_the_manifest_and_rows_in_a_sheet_contradict_each_other_and_the_rows_count(
    word: str, folder: Path
) -> None:
    (folder / "products.csv").write_text("id\ncharm\n")
    (folder / "props.csv").write_text("prop,assets\nknife,look-01\n")
    (folder / "assets.csv").write_text("id,props\nlook-01,none\n")
    (folder / "campaign.yaml").write_text(f"{MANIFEST}props: {word}\n")
    case = read_folder(folder)
    assert case.problems == (
        Problem(
            Place("campaign.yaml", 9, "props"),
            "The manifest says that there are no props (campaign.yaml:9), and a sheet lists some (props.csv:2).",
            "Remove one of the two; until then the rows count, and there may be more.",
        ),
    )
    listing = of(case, "look-01").listing("props")
    assert (listing.codes, listing.complete) == (frozenset({"knife"}), False)


def test_none_in_the_manifest_agrees_with_a_sheet_of_a_header_alone(folder: Path) -> None:
    (folder / "products.csv").write_text("id\ncharm\n")
    (folder / "props.csv").write_text("prop,assets\n")
    (folder / "assets.csv").write_text("id,props\nlook-01,none\n")
    (folder / "campaign.yaml").write_text(f"{MANIFEST}props: none\n")
    case = read_folder(folder)
    assert (case.problems, of(case, "look-01").listing("props").complete) == ((), True)


def test_unknown_in_the_manifest_stays_unknown_and_the_rows_of_the_sheet_count(folder: Path) -> None:
    (folder / "products.csv").write_text("id\ncharm\n")
    (folder / "props.csv").write_text("prop,assets\nknife,look-01\n")
    (folder / "assets.csv").write_text("id,props\nlook-01,none\n")
    (folder / "campaign.yaml").write_text(f"{MANIFEST}props: unknown\n")
    case = read_folder(folder)
    listing = of(case, "look-01").listing("props")
    assert (case.problems, listing.codes, listing.complete) == ((), frozenset({"knife"}), False)
