"""The words of the command line: what each command takes, prints and exits with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from lastlook.cli.main import main
from tests.world.rules import bundled

Captured = pytest.CaptureFixture[str]
PACK = "id: mine\ntitle: Mine\nversion: '1'\nterritories: everywhere\n"
EXAMPLE = "{why: it is there, shows: {props: [knife], people: none, products: none}}"
RULE = """\
id: mine-knife
clause: House code 1
title: A knife
effect: sign_off
answered_by: [safeguarding]
in_force: {from: 2020-01-01}
confidence: certain
when: {props: knife}
page: {flags: A., why: B., clears: C., cannot_see: D., sources: [e]}
"""


def a_pack(folder: Path, rule: str = RULE, *, title: str = "Mine") -> Path:
    (folder / "rules").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK.replace("Mine", title))
    (folder / "rules" / "mine-knife.yaml").write_text(rule)
    return folder


OF_THE_HOUSE = (  # they join by an entry point, where `lastlook[house]` is installed
    "init", "import", "status", "person", "grant", "decide", "told", "confirm", "dispute", "review", "sign", "veto",
    "stage", "clear", "withdraw", "render", "receipt", "bundle", "report", "erase", "witness",
)  # fmt: skip


def test_help_names_the_commands_that_work_and_the_exit_codes(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    text = capsys.readouterr().out
    assert stopped.value.code == 0
    assert "  {check,new,rules,explain}" not in text
    assert re.findall(r"^ {4}(\S+)", text, re.MULTILINE) == [
        "check",
        "new",
        "rules",
        "explain",
        "fingerprint",
        "find",
        "verify",
        "gate",
        *OF_THE_HOUSE,
    ]
    assert "  3  cannot tell: a fact that a rule needs is missing, or somebody is asked" in text


@pytest.mark.parametrize(
    "arguments", [[], ["chek"], ["check"], ["check", "x", "--on", "tomorrow"], ["check", "x", "--form"]]
)
def test_a_command_that_cannot_be_understood_exits_2(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert (stopped.value.code, capsys.readouterr().out) == (2, "")


def test_explain_prints_the_page_with_the_same_heads_for_every_rule(capsys: Captured) -> None:
    heads = []
    for rule in bundled().rules:
        assert main(["explain", rule.id]) == 0
        page = capsys.readouterr().out
        assert page.startswith(f"# {rule.id}: {rule.title}\n")
        heads.append([line for line in page.splitlines() if line.startswith("## ")])
    common = ["## What it flags", "## Why", "## What clears it", "## What it cannot see", "## Examples"]
    assert all(each == [*common, "## Known misses", "## Sources"] for each in heads)


def test_show_is_explain(capsys: Captured) -> None:
    main(["explain", "house-pairing"])
    explained = capsys.readouterr().out
    main(["rules", "show", "house-pairing"])
    assert capsys.readouterr().out == explained


def test_a_rule_that_is_not_there_is_answered_with_the_nearest_one(capsys: Captured) -> None:
    code = main(["explain", "house-paring"])
    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert captured.err == (
        "lastlook: There is no rule `house-paring`.\n  try: Write house-pairing, if that is what you mean.\n"
    )


def test_list_gives_every_rule_of_every_pack(capsys: Captured) -> None:
    assert main(["rules", "list", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(row["id"], row["effect"], row["confidence"]) for row in listed] == [
        (rule.id, rule.effect, rule.confidence) for rule in bundled().rules
    ]
    assert main(["rules", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == [rule.id for rule in bundled().rules]


def test_every_example_of_every_rule_gets_its_stated_answer(capsys: Captured) -> None:
    assert main(["rules", "test"]) == 0
    rules = bundled().rules
    examples = sum(len(rule.flags) + len(rule.passes) + len(rule.cannot_tell) for rule in rules)
    assert capsys.readouterr().out == f"{examples} examples of {len(rules)} rules: {examples} as stated, 0 not.\n"


@pytest.mark.parametrize(("planted", "gives"), [("passes", "flags"), ("cannot_tell", "flags")])
def test_an_example_planted_wrong_fails(planted: str, gives: str, tmp_path: Path, capsys: Captured) -> None:
    pack = a_pack(tmp_path / "mine", RULE + f"{planted}: [{EXAMPLE}]\n")
    code = main(["rules", "test", "mine-knife", "--pack", str(pack)])
    told = f"{pack}/rules/mine-knife.yaml:10: mine-knife should give `{planted}` and gives `{gives}`\n  it is there\n"
    assert (code, capsys.readouterr().out) == (1, told + "1 examples of 1 rules: 0 as stated, 1 not.\n")


def test_an_example_that_cannot_be_read_fails(tmp_path: Path, capsys: Captured) -> None:
    pack = a_pack(tmp_path / "mine", RULE + "flags: [{why: no such prop, shows: {props: [knif]}}]\n")
    code = main(["rules", "test", "mine-knife", "--pack", str(pack)])
    assert code == 1
    assert "gives `unreadable`: flags[0].shows.props[0]: `knif` is no prop." in capsys.readouterr().out


KNIFE = "{props: knife}"
CHILD = "{some: people, where: {is_minor: true}}"
SHOWS_KNIFE = "shows: {props: [knife], people: none}"


def shows_somebody(age: int) -> str:
    return f"shows: {{props: none, people: [{{age: {age}}}]}}"


def test_a_group_rule_is_tried_on_pictures_met_together(tmp_path: Path, capsys: Captured) -> None:
    condition = f"{{all: [{{some: assets, where: {KNIFE}}}, {{some: assets, where: {CHILD}}}]}}"
    knife, child, adult = (
        f"{{id: {name}, file: {name}.jpg, {shows}}}"
        for name, shows in (("a", SHOWS_KNIFE), ("b", shows_somebody(6)), ("b", shows_somebody(30)))
    )
    rule = (
        RULE.replace("when: {props: knife}", f"scope: group\nwhen: {condition}")
        + f"flags: [{{why: met together, groups: {{g: [a, b]}}, assets: [{knife}, {child}]}}]\n"
        + f"passes: [{{why: an adult, groups: {{g: [a, b]}}, assets: [{knife}, {adult}]}},"
        + f" {{why: not met together, groups: {{g: [a]}}, assets: [{knife}, {child}]}}]\n"
    )
    code = main(["rules", "test", "mine-knife", "--pack", str(a_pack(tmp_path / "mine", rule))])
    assert (code, capsys.readouterr().out) == (0, "3 examples of 1 rules: 3 as stated, 0 not.\n")


def test_a_concurrent_rule_is_tried_on_campaigns_seen_in_the_same_days(tmp_path: Path, capsys: Captured) -> None:
    some_campaign = "{{some: campaigns, where: {{some: assets, where: {}}}}}"
    condition = f"{{all: [{some_campaign.format(KNIFE)}, {some_campaign.format(CHILD)}]}}"
    rule = (
        RULE.replace("when: {props: knife}", f"scope: concurrent\nwhen: {condition}")
        + f"flags: [{{why: seen together, campaigns: [{{{SHOWS_KNIFE}}}, {{{shows_somebody(6)}}}]}}]\n"
        + f"passes: [{{why: one alone, campaigns: [{{{SHOWS_KNIFE}}}]}},"
        + f" {{why: an adult, campaigns: [{{{SHOWS_KNIFE}}}, {{{shows_somebody(30)}}}]}}]\n"
    )
    code = main(["rules", "test", "mine-knife", "--pack", str(a_pack(tmp_path / "mine", rule))])
    assert (code, capsys.readouterr().out) == (0, "3 examples of 1 rules: 3 as stated, 0 not.\n")


@pytest.mark.all_packs
def test_the_schemas_are_the_ones_that_are_published(capsys: Captured) -> None:
    for of in ("rule", "campaign"):
        assert main(["rules", "schema", of]) == 0
        published = Path(__file__).parents[3] / "docs" / "schemas" / f"{of}.schema.json"
        assert json.loads(capsys.readouterr().out) == json.loads(published.read_text())


def test_text_from_a_pack_cannot_move_the_cursor(tmp_path: Path, capsys: Captured) -> None:
    pack = a_pack(
        tmp_path / "mine", RULE.replace("title: A knife", 'title: "A \\e[31mknife\\u202e"'), title='"M\\e[2J"'
    )
    main(["rules", "list", "--pack", str(pack)])
    main(["explain", "mine-knife", "--pack", str(pack)])
    text = capsys.readouterr().out
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "A \\x1b[31mknife\\u202e" in text


def test_a_pack_that_cannot_be_read_is_said_whatever_was_asked(tmp_path: Path, capsys: Captured) -> None:
    for arguments in (["rules", "list"], ["rules", "test"], ["explain", "house-pairing"]):
        assert main([*arguments, "--pack", str(tmp_path / "nowhere")]) == 2
        assert capsys.readouterr().err == (
            f"{tmp_path}/nowhere: This is not a rule pack: it has no pack.yaml.\n"
            "  try: Name a folder that holds pack.yaml and rules/.\n"
        )


def test_a_check_at_another_stage_judges_what_is_known_then(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "campaign.yaml").write_text(
        "lastlook: 1\n"
        "campaign: {id: plan, markets: [GB], flight: {from: 2026-12-01, until: 2026-12-31}, stage: concept}\n"
        "plans: {web: {channel: website, countries: [GB]}}\n"
        "defaults: {plans: [web], disclosure: {commercial_relationship: false}}\n"
        "assets:\n"
        "  - {id: look-01, plan: a chair, shows: {people: none, products: none, props: none, legible: none}}\n"
    )
    codes = [main(["check", str(tmp_path), "--on", "2026-11-24", *stage]) for stage in ([], ["--stage", "final"])]
    assert codes == [0, 3]
    assert "Which file is the picture (`file`)? None that can be opened is there." in capsys.readouterr().out
