"""`lastlook rules diff`: what another version of a pack says differently, and of which campaigns."""

from __future__ import annotations

from pathlib import Path

import pytest

from lastlook.cli.main import main

Captured = pytest.CaptureFixture[str]

RULE = """\
id: {id}
clause: Our measure
title: A knife
effect: {effect}
answered_by: [legal]
confidence: certain
in_force: {{from: 2020-01-01}}
when: {when}
page: {{flags: A knife., why: It cuts., clears: Take it away., cannot_see: Spoons., sources: [{source}]}}
flags:
  - {{why: a knife, shows: {{props: [knife]}}}}
passes:
  - {{why: a toy, shows: {{props: [toy]}}}}
"""


def a_pack(folder: Path, version: str, **rules: dict[str, str]) -> Path:
    pack = folder / version / "ours"
    (pack / "rules").mkdir(parents=True)
    (pack / "pack.yaml").write_text(f'id: ours\ntitle: Ours\nversion: "{version}"\nterritories: everywhere\n')
    for rule_id, parts in rules.items():
        whole = {"id": rule_id, "effect": "sign_off", "when": "{props: knife}", "source": "ours", **parts}
        (pack / "rules" / f"{rule_id}.yaml").write_text(RULE.format(**whole))
    return pack


def test_rules_that_came_went_and_changed_and_what_they_now_say(tmp_path: Path, capsys: Captured) -> None:
    before = a_pack(tmp_path, "1", same={}, gone={}, stricter={}, reworded={})
    after = a_pack(
        tmp_path, "2", same={}, stricter={"effect": "block", "when": "{props: [knife, toy]}"},
        reworded={"source": "another"}, new={"when": "{props: candle_or_flame}"},
    )  # fmt: skip
    assert main(["rules", "diff", str(before), str(after)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(", digest")[0] for line in lines[:2]] == ["ours 1: 4 rules", "ours 2: 4 rules"]
    assert lines[2:6] == [
        "  added     new",
        "  removed   gone",
        "  changed   reworded: words or examples",
        "  changed   stricter: effect, when",
    ]
    assert lines[7] == "10 of 10 campaigns would be judged differently."
    assert lines[8:11] == [
        "  gone, flags: a knife",
        "    no longer gone (sign_off), stricter (sign_off)",
        "    now       stricter (block)",
    ]
    toys = [line for number, line in enumerate(lines) if "passes: a toy" in lines[number - 1]]
    assert set(toys) == {"    now       stricter (block)"}


def test_the_same_pack_twice_says_nothing(tmp_path: Path, capsys: Captured) -> None:
    one = a_pack(tmp_path, "1", same={})
    assert main(["rules", "diff", str(one), str(one)]) == 0
    first, second, _, sum_of = capsys.readouterr().out.splitlines()
    assert first == second
    assert sum_of == "0 of 2 campaigns would be judged differently."


def test_a_bundled_pack_by_its_name_and_a_campaign_of_one_s_own(tmp_path: Path, capsys: Captured) -> None:
    campaign = Path(__file__).parents[2] / "examples" / "holiday-window"
    nothing = a_pack(tmp_path, "1", same={"when": "{props: firearm}"})
    assert main(["rules", "diff", "house", str(nothing), "--campaign", str(campaign)]) == 0
    lines = capsys.readouterr().out.splitlines()
    told = lines[lines.index(f"  {campaign}") + 1]
    assert told.startswith("    no longer ")
    assert "house-pairing (block)" in told


def test_what_is_no_pack_is_said(tmp_path: Path, capsys: Captured) -> None:
    assert main(["rules", "diff", "house", str(tmp_path)]) == 2
    assert "it has no pack.yaml" in capsys.readouterr().err
