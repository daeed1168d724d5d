"""Sixty pictures, two days: what a team types, what it is asked, and that nothing passes that nobody knows."""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from lastlook.checking.result import Result
from lastlook.dossier.check import check_folders
from lastlook.reading.tree import plain
from lastlook.reading.yaml12 import read_yaml
from lastlook.reports.as_letters import as_letters
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
