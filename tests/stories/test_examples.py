"""The three example campaigns, each told from its folder to its exit code."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from lastlook.checking.result import DocumentStatus, Finding, HeldBy, Result, Verdict
from lastlook.cli.main import main
from lastlook.dossier.check import check_folders
from lastlook.facts.values import Ages
from tests.world.rules import bundled

EXAMPLES = Path(__file__).parents[2] / "examples"
ON = dt.date(2026, 11, 24)


def told(name: str) -> tuple[Result, int]:
    results = check_folders([EXAMPLES / name], bundled(), on=ON)
    return results.results[0], results.exit_code


def found(result: Result, rule: str, asset: str) -> Finding:
    shown = next(each for each in result.assets if each.id == asset)
    return next(finding for finding in shown.findings if finding.rule == rule)


def test_holiday_window_is_stopped_by_what_was_shown_together() -> None:
    result, code = told("holiday-window")
    assert (code, result.verdict) == (1, Verdict.STOPPED)
    assert {asset.id: asset.verdict for asset in result.assets} == {
        "look-01": "undecided",
        "look-02": "stopped",
        "look-03": "stopped",
        "look-04": "clear",
    }
    stopping = [
        (asset.id, finding.rule)
        for asset in result.assets
        for finding in asset.findings
        if finding.verdict == "stopped"
    ]
    assert stopping == [
        ("look-02", "house-combination-unheld"),
        ("look-03", "cap-4.8-adult"),
        ("look-03", "house-pairing"),
        ("look-03", "house-combination-unheld"),
        ("look-03", "icc-child"),
        ("look-03", "sg-imgapp"),
    ]


def test_the_pairing_names_its_clause_both_facts_and_where_they_were_declared() -> None:
    pairing = found(told("holiday-window")[0], "house-pairing", "look-03")
    assert pairing.clause == "Pairing measure, 28 Nov 2022 and 9 Feb 2023"
    assert [(each.fact, each.value, each.known, each.source) for each in pairing.because] == [
        ("people[talent-2].age", Ages(6, 6), "declared", "campaign.yaml:26"),
        ("people[talent-2].appears", Ages(0, 12), "declared", "campaign.yaml:69"),
        ("products[plush-charm].styled_as", ("adult_themed_accessory", "toy"), "declared", "campaign.yaml:30"),
        ("products[plush-charm].audience", "adults", "declared", "campaign.yaml:30"),
    ]
    assert pairing.held_by == (HeldBy("casting", "p1"), HeldBy("product", "p2"), HeldBy("combination", "none"))
    assert pairing.answered_by == ("safeguarding", "legal")


def test_the_british_reading_of_the_pairing_says_in_the_finding_that_it_is_unconfirmed() -> None:
    reading = found(told("holiday-window")[0], "cap-4.8-adult", "look-03")
    assert (reading.effect, reading.confidence, reading.territories) == ("block", "check", ("GB",))


def test_nobody_holds_the_combination_and_the_guardian_never_saw_the_final_picture() -> None:
    result = told("holiday-window")[0]
    unheld = found(result, "house-combination-unheld", "look-03")
    assert unheld.because[0].fact == "held.combination"
    assert unheld.because[0].value is False
    approval = found(result, "sg-imgapp", "look-03")
    assert approval.document == DocumentStatus("guardian_image_approval", "talent-2", "absent")
    assert approval.verdict == "stopped"


def test_the_child_in_france_needs_papers_that_nobody_spoke_of() -> None:
    result = told("holiday-window")[0]
    shown = next(each for each in result.assets if each.id == "look-03")
    waiting = {each.rule for each in shown.findings if each.state == "engaged" and each.verdict == "undecided"}
    assert waiting == {"de-kug-22", "fr-image-2024", "fr-modelmed", "fr-r7124", "fr-r7124-29", "fr-r7124.trust"}
    assert result.findings == (), "there are rules for all four markets"


def test_spring_desk_cannot_be_told_until_somebody_reads_the_papers() -> None:
    result, code = told("spring-desk")
    assert (code, result.verdict) == (3, Verdict.UNDECIDED)
    assert [(question.fact, question.of, question.undecided_rules) for question in result.questions] == [
        ("legible[desk-01#legible-1].searched", ("desk-01",), ("house-props",))
    ]
    assert [asset.verdict for asset in result.assets] == ["undecided", "clear", "clear"]


def test_nothing_stands_in_the_way_of_picnic_and_its_facts_wait_for_a_second_pair_of_eyes() -> None:
    result, code = told("picnic")
    assert (code, result.verdict, result.every_finding, result.questions) == (0, Verdict.CLEAR, (), ())
    assert len(result.unreviewed) == 35
    assert all(each.of for each in result.unreviewed)


@pytest.mark.parametrize(
    ("name", "last_line"),
    [
        (
            "holiday-window",
            "Stopped: 6 findings in 2 of 4 pictures; 13 open questions; 29 facts need a second pair of eyes.",
        ),
        ("spring-desk", "Cannot tell: 1 open question; 29 facts need a second pair of eyes."),
        (
            "picnic",
            "Nothing stands in the way, on what the makers declared; 35 facts need a second pair of eyes.",
        ),
    ],
)
def test_one_last_line_sums_up(name: str, last_line: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(EXAMPLES / name), "--on", "2026-11-24"])
    assert capsys.readouterr().out.splitlines()[-1] == last_line


def test_several_campaigns_are_as_bad_as_the_worst_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    folders = [str(EXAMPLES / name) for name in ("picnic", "spring-desk", "holiday-window")]
    codes = [main(["check", *folders[:count], "--on", "2026-11-24"]) for count in (1, 2, 3)]
    assert codes == [0, 3, 1]
    assert capsys.readouterr().out.splitlines()[-1] == (
        "picnic: nothing stands in the way, spring-desk: cannot tell, holiday-window: stopped; "
        "seen together: 0 findings."
    )
