"""From concept to gate with seven people: what is stopped, what is remade, what is cleared, what may go out."""

from __future__ import annotations

import shutil

import pytest
from PIL import Image

from lastlook.evidence.signing import public_key
from lastlook.evidence.ssh_keys import ed25519_key, private_key_text
from tests.world.houses import CAMPAIGN, MAKERS, WORDS, Team, name_of, remade


def test_from_concept_to_gate(team: Team) -> None:
    team.found()
    team.name_everybody()
    team.answer_everything()
    told = team("clear", CAMPAIGN, code=1)
    assert "blocked: house-pairing stops it and nobody can waive that" in told
    remade(team.campaign)
    assert "Who changed holiday-window?" in team("import", team.campaign, code=2)
    assert "Nobody here is called `p99`" in team("import", team.campaign, "--as", "p99", code=2)
    assert team("import", team.campaign, "--as", "p5") == "holiday-window: version 2, 4 pictures\n"
    stale = team("clear", CAMPAIGN, code=1)
    assert "is stale" in stale, "who confirmed the combination confirmed it of other pictures"
    for handle in MAKERS:
        team.signs(handle, "confirm", CAMPAIGN)
    team.answer_everything()
    out = team.folder / "out"
    cleared = team("clear", CAMPAIGN, "--output", out)
    assert cleared == "Cleared: All 4 may go, until 2027-01-06. (the flight)\n"
    words = team.folder / "words.txt"
    words.write_text(WORDS)
    picture = team.campaign / "look-03.jpg"
    at = "2026-12-02T12:00:00Z"
    by_files = ("--clearance", out / "clearance.dsse", "--trust", team.house / "trust.yaml", "--at", at)
    for how in (by_files, ()):
        asked = ("gate", picture, "--line", "ig", "--copy", words, "--campaign", team.campaign, *how)
        assert team(*asked).startswith("ALLOWED"), how


def asked_of_the_house(team: Team, **changed: object) -> tuple[object, ...]:
    how = {
        "file": team.campaign / "look-03.jpg", "line": "ig", "copy": team.folder / "words.txt",
        "campaign": team.campaign,
    } | changed  # fmt: skip
    return ("gate", how["file"], "--line", how["line"], "--copy", how["copy"], "--campaign", how["campaign"])


def test_one_pixel_one_word_or_one_field_of_the_plan_and_the_gate_is_shut(cleared: Team) -> None:
    team = cleared
    assert team(*asked_of_the_house(team)).startswith("ALLOWED")
    pixel = team.folder / "pixel.jpg"
    data = bytearray((team.campaign / "look-03.jpg").read_bytes())
    data[-3] ^= 1
    pixel.write_bytes(data)
    assert "No clearance names these bytes" in team(*asked_of_the_house(team, file=pixel), code=1)
    word = team.folder / "word.txt"
    word.write_text(WORDS.replace("everyone", "anyone"))
    assert "other words" in team(*asked_of_the_house(team, copy=word), code=1)
    plan = team.folder / "other" / CAMPAIGN
    shutil.copytree(team.campaign, plan)
    manifest = plan / "campaign.yaml"
    manifest.write_text(manifest.read_text().replace("under_18_audience_share: 0.05", "under_18_audience_share: 0.06"))
    assert "plan of ig is not the one" in team(*asked_of_the_house(team, campaign=plan), code=1)
    assert "not cleared for the line poster" in team("gate", team.campaign / "look-04.jpg", "--line", "poster", code=1)


def test_what_is_withdrawn_or_vetoed_goes_out_no_more(cleared: Team) -> None:
    team = cleared
    team.signs("p7", "veto", CAMPAIGN, "--assets", "look-03", "--reason", "Wait.")
    assert "It is vetoed: in holiday-window." in team(*asked_of_the_house(team), code=1)
    assert team("gate", team.campaign / "look-04.jpg", "--line", "ig").startswith("ALLOWED")
    team.signs("p7", "veto", CAMPAIGN, "--lift")
    assert team(*asked_of_the_house(team)).startswith("ALLOWED")
    team.signs("p6", "withdraw", CAMPAIGN, team.campaign / "look-03.jpg", "--reason", "A complaint.")
    assert "It was withdrawn: in holiday-window." in team(*asked_of_the_house(team), code=1)


def test_a_rendition_goes_out_where_its_master_may_once_it_is_recorded(cleared: Team) -> None:
    team = cleared
    small = team.folder / "small.jpg"
    Image.open(team.campaign / "look-04.jpg").convert("RGB").resize((32, 24)).save(small)
    assert "No clearance names these bytes" in team("gate", small, "--line", "ig", code=1)
    team("render", CAMPAIGN, team.campaign / "look-04.jpg", small, "--recipe", "32 by 24, JPEG")
    assert team("gate", small, "--line", "ig").startswith("ALLOWED")
    team.signs("p6", "withdraw", CAMPAIGN, team.campaign / "look-04.jpg", "--reason", "A complaint.")
    assert "It was withdrawn" in team("gate", small, "--line", "ig", code=1)


def test_what_leaves_the_house_verifies_without_it(cleared: Team) -> None:
    team = cleared
    bundle, receipt, trust = team.folder / "b.zip", team.folder / "p2.receipt", team.house / "trust.yaml"
    team("receipt", CAMPAIGN, "p2", "--seal", "--output", receipt)
    team("bundle", CAMPAIGN, "--output", bundle)
    shutil.move(team.house, team.folder / "far-away")
    shutil.copy(team.folder / "far-away" / "trust.yaml", team.folder / "trust.yaml")
    trust = team.folder / "trust.yaml"
    for file in (bundle, receipt, team.folder / "out" / "clearance.dsse"):
        assert team("verify", file, "--trust", trust).startswith("VALID"), file
        assert "nobody you trust vouches" in team("verify", file, code=3)
    told = team("verify", receipt, "--trust", trust)
    assert "As of size" in told
    assert "these decisions bear the handle p2, and no others: product on look-01" in told


def test_nobody_signs_for_somebody_else(cleared: Team) -> None:
    team = cleared
    stranger = team.folder / "stranger"
    stranger.write_text(private_key_text(b"s" * 32))
    stranger.chmod(0o600)
    (team.folder / "stranger.pub").write_text(ed25519_key(public_key(b"s" * 32)).line)
    assert "is nobody's in holiday-window" in team("veto", CAMPAIGN, "--key", stranger, "--yes", code=2)


def test_the_report_says_who_held_each_choice_and_what_was_answered(cleared: Team) -> None:
    team = cleared
    page = team.folder / "report.html"
    team("report", CAMPAIGN, "--output", page)
    told = page.read_text()
    assert told.count("<h2>look-0") == 4
    row = "<tr><td>photography</td><td>p3</td><td>not stated</td><td>p5</td><td>confirmed</td></tr>"
    assert told.count(row) == 4
    assert f"<td>p7</td><td>{name_of('p7')}</td>" in told
    assert "All 4 may go, until 2027-01-06." in told
    assert "<script" not in told
    team("erase", CAMPAIGN, "p7", "--yes")
    team("report", CAMPAIGN, "--output", page)
    assert "<td>p7</td><td>erased</td>" in page.read_text()


@pytest.mark.parametrize("handle", ["house", "none"])
def test_nobody_is_called_like_the_house_or_like_nobody(team: Team, handle: str) -> None:
    team("init", "--origin", "house.example/record")
    team("import", team.campaign)
    told = team("person", CAMPAIGN, handle, "--name", "Somebody", "--key", team.folder / "p1", code=2)
    assert f"`{handle}` is nobody's handle." in told
