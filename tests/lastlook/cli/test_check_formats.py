"""`check --format html|sarif`: to a file or to the terminal, one campaign or several, and whatever could be read."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from lastlook.cli.main import main

EXAMPLES = Path(__file__).parents[3] / "examples"
ON = ("--on", "2026-11-24")


def test_a_page_is_written_to_a_file_and_the_exit_code_is_the_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.html"
    code = main(["check", str(EXAMPLES / "holiday-window"), *ON, "--format", "html", "--output", str(out)])
    assert code == 1
    assert out.read_text().startswith("<!doctype html>\n<html")
    assert out.read_text().count("data:image/jpeg;base64,") == 4
    assert capsys.readouterr().out == ""


def test_a_page_goes_to_the_terminal_where_no_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EXAMPLES / "picnic"), *ON, "--format", "html"]) == 0
    assert capsys.readouterr().out.endswith("</html>\n")


def test_several_campaigns_are_one_page(capsys: pytest.CaptureFixture[str]) -> None:
    folders = [str(EXAMPLES / name) for name in ("holiday-window", "spring-desk", "gone")]
    assert main(["check", *folders, *ON, "--format", "html"]) == 2
    page = capsys.readouterr().out
    assert "3 campaigns" in page
    assert "There is no such folder." in page


def test_a_picture_that_cannot_be_decoded_is_an_error_and_has_a_reason_in_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "picnic"
    shutil.copytree(EXAMPLES / "picnic", folder)
    whole = (folder / "meadow-02.jpg").read_bytes()
    (folder / "meadow-02.jpg").write_bytes(whole[: len(whole) // 2])
    assert main(["check", str(folder), *ON, "--format", "html"]) == 2
    page = capsys.readouterr().out
    assert page.count("data:image/jpeg;base64,") == 2
    assert (
        page.count("It cannot be decoded: the file is broken or incomplete.") == 3
    )  # on the sheet, at the picture, among the errors
    assert "1 thing could not be read." in page
    errors = page.partition(">Could not be read</h")[2]
    assert "<code>meadow-02.jpg</code>" in errors
    assert "Put a whole copy of the picture in its place, or save it again." in errors
    assert main(["check", str(folder), *ON, "--format", "html", "--output", str(tmp_path / "page.html")]) == 2


def test_a_picture_that_is_only_planned_is_no_error_of_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "campaign.yaml").write_text(
        "lastlook: 1\ncampaign: {id: planned, markets: [GB], stage: concept,"
        " flight: {from: 2026-12-01, until: 2026-12-31}}\n"
        "assets: [{id: a, plan: a sketch}]\n"
    )
    assert main(["check", str(tmp_path), *ON, "--format", "html"]) == 3
    assert "It is planned and not made yet." in capsys.readouterr().out


def test_sarif_names_files_from_where_one_stands(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(EXAMPLES.parent)
    assert main(["check", "examples/holiday-window", *ON, "--format", "sarif"]) == 1
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    uris = {
        place["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"] for place in each["locations"]
    }
    assert "examples/holiday-window/look-03.jpg" in uris
    assert "child_0_12" not in json.dumps(run["results"])
    assert "is 6" not in json.dumps(run["results"])


def test_exact_ages_stand_in_a_page_only_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["check", str(EXAMPLES / "holiday-window"), *ON, "--format", "html"]
    main(command)
    assert "age is <b>6</b>" not in capsys.readouterr().out
    main([*command, "--with-personal-data"])
    assert "age is <b>6</b>" in capsys.readouterr().out


def test_a_terminal_hears_how_far_the_work_has_come_and_a_log_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["check", str(EXAMPLES / "picnic"), *ON, "--format", "html", "--output", str(tmp_path / "page.html")]
    assert main(arguments) == 0
    in_a_log = capsys.readouterr().err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(arguments) == 0
    opened, made = "Pictures opened: ", "Thumbnails made: "
    steps = [f"\r{what}{done} of 3" for what in (opened, made) for done in (1, 2)]
    gone = [f"\r{' ' * len(what + '3 of 3')}\r" for what in (opened, made)]
    on_a_terminal = "".join([*steps[:2], gone[0], *steps[2:], gone[1], in_a_log])
    assert (capsys.readouterr().err, "\r" in in_a_log) == (on_a_terminal, False)
