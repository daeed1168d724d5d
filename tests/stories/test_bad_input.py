"""What cannot be read is said: what, where, and what to do about it; exit 2; and the rest is judged all the same."""

from __future__ import annotations

import json
import shutil
import struct
import textwrap
import zlib
from pathlib import Path

import pytest

from lastlook.cli.main import main

EXAMPLES = Path(__file__).parents[2] / "examples"
FLAGSHIP = Path(__file__).parents[1] / "fixtures" / "flagship"
Error = tuple[str, int | str, str, str, str]  # file, line (or what stands in it), field, what, remedy


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """A copy of the campaign in whose way nothing stands."""
    return Path(shutil.copytree(EXAMPLES / "picnic", tmp_path / "picnic"))


def changed(folder: Path, old: str, new: str) -> Path:
    manifest = folder / "campaign.yaml"
    text = manifest.read_text()
    assert old in text
    manifest.write_text(text.replace(old, new, 1))
    return folder


def line_of(text: int | str, folder: Path) -> int:
    """The line in which a text stands for the first time."""
    if isinstance(text, int):
        return text
    lines = (folder / "campaign.yaml").read_text().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def checked(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, object], list[Error]]:
    """Exit code, the JSON, and its errors as tuples."""
    code = main(["check", str(folder), "--on", "2026-11-24", "--format", "json", *more])
    answer = json.loads(capsys.readouterr().out)
    errors = [(*each["where"].values(), each["what"], each["remedy"]) for each in answer["errors"]]
    return code, answer, errors


AGE_LINE = "  - {id: talent-6, age: 9}\n"

CHANGES: dict[str, tuple[str, str, list[Error]]] = {
    "a key stands twice": (
        "  brand: Maison Exemple\n",
        "  brand: Maison Exemple\n  brand: Another\n",
        [("campaign.yaml", 8, "campaign.brand", "The key `brand` stands twice; first in line 7.",
          "Keep one of them.")],
    ),
    "an anchor": (
        "{id: basket, category",
        "&it {id: basket, category",
        [("campaign.yaml", "&it {id", "products[0]", "Anchors and aliases (`&`, `*`) are not read.",
          "Write the value out.")],
    ),
    "a null": (
        AGE_LINE,
        "  - {id: talent-6, age: null}\n",
        [
            (
                "campaign.yaml", "age: null", "people[2].age", "people[2].age is nothing (null).",
                "Write a whole number from 0 to 120.",
            )
        ],
    ),
    "an empty value": (
        "  title: Picnic\n",
        "  title:\n",
        [("campaign.yaml", 6, "campaign.title", "campaign.title is nothing (null).", "Write text.")],
    ),
    "a code that is not in the list": (
        "audience: general",
        "audience: genral",
        [
            (
                "campaign.yaml", "genral", "products[0].audience", "products[0].audience: `genral` is no audience.",
                "Write general, if that is what you mean.",
            )
        ],
    ),
    "a key that is not known": (
        "      legible: none\n    copy",
        "      legibel: none\n    copy",
        [
            (
                "campaign.yaml", "legibel", "assets[0].shows.legibel", "A list of what is shown has no `legibel`.",
                "Write legible, if that is what you mean.",
            )
        ],
    ),
    "a picture that is not there": (
        "file: meadow-02.jpg",
        "file: meadow-20.jpg",
        [
            ("campaign.yaml", "meadow-20.jpg", "assets[1].file", "The picture meadow-20.jpg is not in the folder.",
             "Write meadow-02.jpg, if that is what you mean."),
            ("meadow-02.jpg", 0, "", "This picture is in the folder and no asset names it.",
             "Add an asset with this file, or move it out of the folder."),
        ],
    ),
    "two values for one fact": (
        "{person: talent-4, appears: adult_25_plus, prominence: supporting",
        "{person: talent-4, age: 12, appears: adult_25_plus, prominence: supporting",
        [
            (
                "campaign.yaml", "age: 12", "assets[0].shows.people[0].age",
                "Two values for people[talent-4].age: one age (campaign.yaml:25) and one age (campaign.yaml:68).",
                "Keep the right one; until then it counts as unknown.",
            )
        ],
    ),
    "two holders of one right": (
        "  - {right: location",
        "  - {right: combination, holder: p9, assets: [meadow-02]}\n  - {right: location",
        [
            (
                "campaign.yaml", 19, "decisions[4]",
                "Two holders of combination on meadow-02: p6 (campaign.yaml:18) and p9 (campaign.yaml:19).",
                "Name one, or limit each to its pictures with `assets`.",
            )
        ],
    ),
    "a path that leaves the folder": (
        "file: meadow-02.jpg",
        "file: ../meadow-02.jpg",
        [
            (
                "campaign.yaml", "../meadow-02.jpg", "assets[1].file",
                "`../meadow-02.jpg` is not a plain path inside the folder.",
                "Copy the picture into the folder and name it by its relative path.",
            ),
            ("meadow-02.jpg", 0, "", "This picture is in the folder and no asset names it.",
             "Add an asset with this file, or move it out of the folder."),
        ],
    ),
    "an id that nothing has": (
        "{person: talent-6, appears",
        "{person: talent-66, appears",
        [
            (
                "campaign.yaml", "talent-66", "assets[0].shows.people[2].person",
                "`talent-66` is not listed under `people`.",
                "Write talent-6, if that is what you mean.",
            )
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_bad_input_is_said_with_its_place_and_remedy(
    change: str, campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, expected = CHANGES[change]
    code, _, errors = checked(changed(campaign, old, new), capsys)
    assert (code, errors) == (2, [(each[0], line_of(each[1], campaign), *each[2:]) for each in expected])


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_the_rest_is_judged_all_the_same(change: str, campaign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, _ = CHANGES[change]
    changed(campaign, old, new)
    _, answer, _ = checked(
        changed(campaign, "{right: combination, holder: p6", "{right: combination, holder: none"), capsys
    )
    assert answer["verdict"] == "stopped"
    stopped = {asset["id"] for asset in answer["assets"] if asset["verdict"] == "stopped"}  # type: ignore[attr-defined]
    disputed = {"meadow-02"} if change == "two holders of one right" else set()  # there the holder is not known
    assert stopped == {"meadow-01", "meadow-02", "meadow-03"} - disputed


def test_what_is_not_yaml_is_said_with_its_line(campaign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, errors = checked(changed(campaign, "stage: final", "stage: [final"), capsys)
    assert (code, answer["campaign"], answer["verdict"], answer["assets"]) == (2, "picnic", "undecided", [])
    ((file, line, _, what, remedy),) = errors
    assert (file, line) == ("campaign.yaml", 12)
    assert what.startswith("This is not YAML: ")
    assert remedy == "Mend the line named; most often it is the indentation, a missing quote or a stray colon."


def test_a_picture_that_no_asset_names_is_said(campaign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(campaign / "meadow-01.jpg", campaign / "meadow-09.jpg")
    code, _, errors = checked(campaign, capsys)
    assert (code, errors) == (
        2,
        [("meadow-09.jpg", 0, "", "This picture is in the folder and no asset names it.",
          "Add an asset with this file, or move it out of the folder.")],
    )  # fmt: skip


def a_png_header(width: int, height: int) -> bytes:
    """A PNG whose header promises this many pixels, and holds none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_a_picture_of_900_million_pixels_is_refused_unopened(
    campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (campaign / "meadow-02.jpg").write_bytes(a_png_header(30_000, 30_000))
    code, _, errors = checked(campaign, capsys)
    assert (code, errors) == (
        2,
        [("campaign.yaml", line_of("file: meadow-02.jpg", campaign), "assets[1].file",
          "meadow-02.jpg has more than 300 million pixels.",
          "Export it at the size it will be published in.")],
    )  # fmt: skip


def test_a_file_that_is_no_picture_is_refused(campaign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (campaign / "meadow-02.jpg").write_text("not a picture")
    code, _, errors = checked(campaign, capsys)
    assert code == 2
    assert errors[0][3:] == (
        "meadow-02.jpg cannot be opened as a picture.",
        "Save it again as JPEG, PNG, WEBP, TIFF or another picture format.",
    )  # fmt: skip


def test_a_link_that_leaves_the_folder_is_refused(campaign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = campaign.parent / "outside.jpg"
    (campaign / "meadow-02.jpg").rename(outside)
    (campaign / "meadow-02.jpg").symlink_to(outside)
    code, _, errors = checked(campaign, capsys)
    assert (code, errors[0][3:]) == (
        2, ("`meadow-02.jpg` is a link that leaves the folder.", "Copy the picture itself into the folder."),
    )  # fmt: skip


def test_a_folder_that_is_no_campaign_is_said_and_the_others_are_judged(
    campaign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    code = main(["check", str(empty), str(campaign), "--on", "2026-11-24", "--format", "json"])
    answer = json.loads(capsys.readouterr().out)
    assert code == 2
    assert [(each["campaign"], each["verdict"]) for each in answer["campaigns"]] == [
        ("empty", "undecided"),
        ("picnic", "clear"),
    ]
    assert answer["campaigns"][0]["errors"] == [
        {
            "where": {"file": str(empty), "line": 0, "field": ""},
            "what": "This folder is not a campaign: it has no campaign.yaml.",
            "remedy": "Name a folder that holds campaign.yaml; the README shows a small one.",
        }
    ]


RULE = textwrap.dedent("""\
    id: {id}
    clause: House code 1
    title: A knife
    effect: sign_off
    answered_by: [safeguarding]
    in_force: {{from: 2020-01-01}}
    confidence: certain
    when: {{props: {prop}}}
    page: {{flags: A., why: B., clears: C., cannot_see: D., sources: [e]}}
    """)


def a_pack(folder: Path, **rules: str) -> Path:
    (folder / "rules").mkdir(parents=True)
    (folder / "pack.yaml").write_text("id: mine\ntitle: Mine\nversion: '1'\nterritories: everywhere\n")
    for name, text in rules.items():
        (folder / "rules" / f"{name}.yaml").write_text(text)
    return folder


def test_a_pack_with_an_error_is_said_and_its_other_rules_are_used(
    campaign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = a_pack(tmp_path / "mine", a=RULE.format(id="mine-a", prop="knif"), b=RULE.format(id="mine-b", prop="food"))
    code, answer, errors = checked(campaign, capsys, "--pack", str(pack))
    assert (code, errors) == (
        2,
        [(f"{pack}/rules/a.yaml", 8, "when.props", "when.props: `knif` is no prop.",
          "Write knife, if that is what you mean.")],
    )  # fmt: skip
    rules = {finding["rule"] for asset in answer["assets"] for finding in asset["findings"]}  # type: ignore[attr-defined]
    assert rules == {"mine-b"}


def test_a_pack_that_redefines_a_rule_is_refused_and_the_first_one_stands(
    campaign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = a_pack(tmp_path / "mine", a=RULE.format(id="house-pairing", prop="food"))
    code, answer, errors = checked(campaign, capsys, "--pack", str(pack))
    assert (code, errors) == (
        2,
        [(f"{pack}/rules/a.yaml", 1, "id",
          f"The rule id `house-pairing` exists already, in {FLAGSHIP}/house/rules/house-pairing.yaml.",
          "Give this rule an id of its own.")],
    )  # fmt: skip
    assert answer["verdict"] == "clear"


def test_the_text_says_what_could_not_be_read_before_what_was_judged(
    campaign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, _ = CHANGES["a code that is not in the list"]
    code = main(["check", str(changed(campaign, old, new)), "--on", "2026-11-24"])
    lines = capsys.readouterr().out.splitlines()
    assert code == 2
    assert lines[2:5] == [
        "NOT READ       campaign.yaml:31 (products[0].audience)",
        "  what         products[0].audience: `genral` is no audience.",
        "  try          Write general, if that is what you mean.",
    ]
    assert lines[-1].startswith("1 thing could not be read. Cannot tell: 1 open question; ")


def test_an_answer_is_written_whole_or_not_at_all(
    campaign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "answer.json"
    assert main(["check", str(campaign), "--on", "2026-11-24", "--format", "json", "--output", str(target)]) == 0
    assert json.loads(target.read_text())["verdict"] == "clear"
    assert main(["check", str(campaign), "--output", str(tmp_path / "no" / "such" / "folder.txt")]) == 2
    assert "It cannot be written: No such file or directory." in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer.json", "picnic"]


@pytest.mark.parametrize("name", ["campaign.yaml", "people.xlsx", "new.jpg"])
def test_an_answer_never_takes_the_place_of_what_it_is_about(name: str, campaign: Path) -> None:
    before = {path: path.read_bytes() for path in campaign.rglob("*") if path.is_file()}
    assert main(["check", str(campaign), "--output", str(campaign / name)]) == 2
    assert {path: path.read_bytes() for path in campaign.rglob("*") if path.is_file()} == before


def test_an_answer_is_written_to_a_plain_file_only(campaign: Path, tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.txt", tmp_path / "answer.txt"
    kept.write_text("kept")
    link.symlink_to(kept)
    assert [main(["check", str(campaign), "--output", str(place)]) for place in (link, Path("/dev/null"))] == [2, 2]
    assert (kept.read_text(), link.is_symlink(), Path("/dev/null").is_char_device()) == ("kept", True, True)


def test_a_check_on_the_last_day_there_is_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EXAMPLES / "holiday-window"), "--on", "9999-12-31"]) == 1
    assert "a clearance is possible on Friday, 9999-12-31" in capsys.readouterr().out
