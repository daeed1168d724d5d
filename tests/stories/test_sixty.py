"""Sixty pictures, two days: what a team types, what it is asked, and that nothing passes that nobody knows."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from lastlook.checking.result import Result
from lastlook.dossier.check import check_folders
from lastlook.reading.tree import plain
from lastlook.reading.yaml12 import read_yaml
from lastlook.reports.as_letters import as_letters
from tests.lastlook.dossier.metadata.made import a_packet
from tests.world.rules import bundled

TYPED = Path(__file__).parents[1] / "fixtures" / "sixty"
MADE_BY_NEW = {"assets.csv": {"id", "file"}}  # columns that `lastlook new` fills in
ON = dt.date(2026, 11, 24)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed manifest and sheets, beside sixty pictures of nothing."""
    made = tmp_path_factory.mktemp("sixty")
    for path in TYPED.iterdir():
        shutil.copy(path, made)
    for number in range(1, 61):
        Image.new("L", (20 + number, 20)).save(made / f"two-days-{number:02d}.jpg")
    return made


@pytest.fixture(scope="module")
def result(folder: Path) -> Result:
    return check_folders([folder], bundled(), on=ON).results[0]


def scalars(node: object) -> Iterator[object]:
    if isinstance(node, dict):
        yield from (value for item in node.values() for value in scalars(item))
    elif isinstance(node, list):
        yield from (value for item in node for value in scalars(item))
    else:
        yield node


def typed_values() -> int:
    count = len(list(scalars(plain(read_yaml((TYPED / "campaign.yaml").read_bytes(), file="campaign.yaml")))))
    for path in TYPED.glob("*.csv"):
        rows = list(csv.DictReader(path.read_text().splitlines()))
        made = MADE_BY_NEW.get(path.name, set())
        count += sum(1 for row in rows for column, cell in row.items() if cell and column not in made)
    return count


def test_at_most_three_hundred_values_are_typed_for_sixty_pictures() -> None:
    pictures = len((TYPED / "assets.csv").read_text().splitlines()) - 1
    people, products = (len((TYPED / f"{name}.csv").read_text().splitlines()) - 1 for name in ("people", "products"))
    assert (pictures, people, products) == (60, 8, 12)
    assert typed_values() <= 300


def test_at_most_twenty_five_things_are_asked(result: Result) -> None:
    assert result.errors == ()
    assert len(result.questions) + len(result.requests) <= 25
    asked = [(question.fact, len(question.of)) for question in result.questions]
    assert ("legible", 60) in asked, "one question for all sixty pictures"


def test_nothing_passes_whose_papers_nobody_read(result: Result) -> None:
    assert result.verdict.word == "undecided"
    assert {asset.verdict for asset in result.assets} == {"undecided"}
    assert [finding.rule for finding in result.every_finding if finding.verdict == "stopped"] == []


def test_the_questions_are_few_enough_to_send(result: Result, folder: Path) -> None:
    text = as_letters(check_folders([folder], bundled(), on=ON), "email")
    subjects = re.findall(r"^Subject: Two Days, Maison Exemple: questions for the (.*)$", text, re.MULTILINE)
    assert subjects == ["guardian", "stylist", "photographer", "producer"]
    legible = "What can be read in each picture (`none` if nothing)?"
    assert f"{legible} (60 pictures,\n   from two-days-01.jpg to two-days-60.jpg)" in text
    assert max(len(line) for line in text.splitlines() if not line.startswith("Subject")) <= 72


# The same campaign when everything was answered; and then one thing in it goes wrong.


@pytest.fixture(scope="module")
def answered(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with every question answered and every paper on file; its pictures say who took them."""
    made = tmp_path_factory.mktemp("answered") / "sixty"
    shutil.copytree(folder, made)
    ages = {row["id"]: int(row["age"]) for row in rows_of(made / "people.csv")}
    rows = rows_of(made / "assets.csv")
    documents: list[dict[str, str]] = []
    for number, row in enumerate(rows):
        picture = made / row["file"]
        Image.new("L", (20 + number, 21)).save(picture, xmp=CAMERA.encode())
        minors = [person for person in row["people"].replace(" ", "").split(";") if ages.get(person, 99) < 18]
        digest = hashlib.sha256(picture.read_bytes()).hexdigest()
        documents += [_paper("guardian_image_approval", person, sha256=digest, covers=row["id"]) for person in minors]
        row |= {"themes": "none", "legible": "none", "portrayal": "none"}
        row["appears"] = "" if minors else "adult_25_plus"
    write_rows(made / "assets.csv", rows)
    for person, age in ages.items():
        if age < 18:
            documents += [_paper(kind, person) for kind in ("guardian_consent", "licence")]
    write_rows(made / "documents.csv", documents)
    return made


CAMERA = a_packet(
    "<dc:creator><rdf:Seq><rdf:li>A. Nonym</rdf:li></rdf:Seq></dc:creator><dc:subject><rdf:Bag><rdf:li>spring</rdf:li>"
    "</rdf:Bag></dc:subject>",
)


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text().splitlines()))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _paper(kind: str, person: str, **more: str) -> dict[str, str]:
    paper = {"kind": kind, "of": person, "by": f"guardian-{person}", "status": "on_file", "covers": "campaign"}
    return paper | {"checked_by": "p9", "checked_on": "2026-11-20", "valid_until": "none"} | more


def verdict_of(folder: Path) -> tuple[int, str]:
    results = check_folders([folder], bundled(), on=ON)
    return results.exit_code, results.results[0].verdict.word


def test_when_everything_is_answered_nothing_stands_in_the_way(answered: Path) -> None:
    assert verdict_of(answered) == (0, "clear")


def cells(sheet: str, row: int, **changed: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        rows = rows_of(folder / sheet)
        rows[row] |= changed
        write_rows(folder / sheet, rows)

    return change


def one_paper_less(folder: Path) -> None:
    write_rows(folder / "documents.csv", rows_of(folder / "documents.csv")[1:])


def retouched(folder: Path) -> None:
    Image.new("L", (50, 51)).save(folder / "two-days-01.jpg")


def speaking(packet: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        Image.new("L", (50, 51)).save(folder / "two-days-02.jpg", xmp=a_packet(packet).encode())

    return change


def cut_off(folder: Path) -> None:
    picture = folder / "two-days-03.jpg"
    picture.write_bytes(picture.read_bytes()[:-8])


def forgotten(folder: Path) -> None:
    Image.new("L", (9, 9)).save(folder / "two-days-61.jpg")


WRONG: dict[str, Callable[[Path], None]] = {
    "an empty cell": cells("assets.csv", 7, legible=""),
    "an age nobody knows, and no paper": cells("people.csv", 3, age=""),
    "an adult-themed prop beside a child": cells("assets.csv", 0, props="restraint"),
    "a mistyped prop": cells("assets.csv", 0, props="restriant"),
    "a product that turned out to be for adults": cells("products.csv", 0, audience="adults", styled_as="restraint"),
    "a paper that is not there": one_paper_less,
    "a paper that runs out": cells("documents.csv", 0, valid_until="2027-03-02"),
    "a picture retouched after the guardian saw it": retouched,
    "a child only the file knows of": speaking("<plus:MinorModelAgeDisclosure>AG-U14</plus:MinorModelAgeDisclosure>"),
    "a prop only the keywords know of": speaking(
        "<dc:subject><rdf:Bag><rdf:li>handcuffs</rdf:li></rdf:Bag></dc:subject>"
    ),
    "a licence that ends": speaking("<plus:LicenseEndDate>2027-05-30</plus:LicenseEndDate>"),
    "an age in the file that cannot be read": speaking("<Iptc4xmpExt:ModelAge>six</Iptc4xmpExt:ModelAge>"),
    "a picture that breaks off": cut_off,
    "a picture that nobody named": forgotten,
}


@pytest.mark.parametrize("wrong", WRONG)
def test_one_thing_wrong_in_sixty_pictures_is_no_exit_code_0(wrong: str, answered: Path, tmp_path: Path) -> None:
    copy = tmp_path / "sixty"
    shutil.copytree(answered, copy)
    WRONG[wrong](copy)
    assert verdict_of(copy)[0] != 0
