"""What is innocent alone and not together: pictures of one carousel, campaigns of the same weeks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lastlook.cli.main import main

PICTURE = Path(__file__).parents[2] / "examples" / "picnic" / "meadow-02.jpg"
CHILD = "people: [{age: 9, prominence: principal, portrayal: none}], products: none, props: none"
THEME = "people: none, products: none, props: [restraint]"
Captured = pytest.CaptureFixture[str]


def a_folder(folder: Path, *pictures: str, until: str = "2026-12-31", groups: str = "") -> Path:
    """A campaign of these pictures at stage concept, where nobody asks for documents of the final picture yet."""
    folder.mkdir()
    assets = []
    for number, shows in enumerate(pictures, start=1):
        shutil.copy(PICTURE, folder / f"look-{number}.jpg")
        shown = f"{shows}, themes: none, legible: none"
        assets.append(f"  - {{id: look-{number}, file: look-{number}.jpg, shows: {{{shown}}}}}")
    (folder / "campaign.yaml").write_text(
        "lastlook: 1\n"
        f"campaign: {{id: {folder.name}, markets: [GB], flight: {{from: {until[:8]}01, until: {until}}},"
        " stage: concept, shoot_country: PT}\n"
        "decisions: [{right: combination, holder: p1}]\n"
        "plans: {web: {channel: website, countries: [GB]}}\n"
        "defaults: {plans: [web], disclosure: {commercial_relationship: false}}\n"
        f"{groups}"
        "assets:\n" + "\n".join(assets) + "\n"
    )
    return folder


def checked(capsys: Captured, *folders: Path) -> dict[str, list[dict[str, object]]]:
    main(["check", *(str(folder) for folder in folders), "--on", "2026-11-24", "--format", "json"])
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def stopping(findings: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(each["rule"], each["assets"]) for each in findings if each["verdict"] == "stopped"]


def test_innocent_pictures_of_a_carousel_give_one_finding_that_names_both(tmp_path: Path, capsys: Captured) -> None:
    carousel = a_folder(tmp_path / "carousel", CHILD, THEME, groups="groups: {carousel-1: [look-1, look-2]}\n")
    answer = checked(capsys, carousel)
    assert stopping(answer["findings"]) == [("house-pairing.group", ["look-1", "look-2"])]
    assert all(not stopping(asset["findings"]) for asset in answer["assets"])  # type: ignore[arg-type]


def test_alone_they_give_none(tmp_path: Path, capsys: Captured) -> None:
    apart = a_folder(tmp_path / "apart", CHILD, THEME, groups="groups: {one: [look-1], other: [look-2]}\n")
    ungrouped = a_folder(tmp_path / "ungrouped", CHILD, THEME)
    for folder in (apart, ungrouped):
        answer = checked(capsys, folder)
        assert stopping(answer["findings"]) == []


def test_two_campaigns_of_the_same_weeks_are_seen_together(tmp_path: Path, capsys: Captured) -> None:
    children, adults = a_folder(tmp_path / "children", CHILD), a_folder(tmp_path / "adults", THEME)
    answer = checked(capsys, children, adults)
    assert stopping(answer["findings"]) == [("house-pairing.concurrent", ["children/look-1", "adults/look-1"])]
    (finding,) = answer["findings"]
    assert [each["asset"] for each in finding["because"]] == ["adults/look-1", "children/look-1"]  # type: ignore[attr-defined]
    assert finding["held_by"] == [
        {"right": "casting", "holder": "none", "meaning": "decided"},
        {"right": "props", "holder": "none", "meaning": "decided"},
    ]
    for folder in (children, adults):
        assert stopping(checked(capsys, folder)["findings"]) == []


def test_campaigns_of_other_weeks_are_not(tmp_path: Path, capsys: Captured) -> None:
    december = a_folder(tmp_path / "december", CHILD)
    february = a_folder(tmp_path / "february", THEME, until="2027-02-28")
    assert checked(capsys, december, february)["findings"] == []
