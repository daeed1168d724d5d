"""A picture and the plan of it: what differs is a question, and the plan itself never stands."""

from __future__ import annotations

import datetime as dt

import pytest

from lastlook.checking.concluding import conclude
from lastlook.checking.result import Result, Told
from lastlook.errors import Place, Problem
from tests.world import a_campaign, a_library, a_rule, an_asset
from tests.world.campaigns import Written

SHOWN: Written = {"people": [{"person": "talent-1"}], "props": ["toy"], "products": "none"}


def the_result(planned: Written, shown: Written, **top: object) -> Result:
    plan: Written = {"id": "sketch-1", "plan": "a child and a toy", "shows": planned}
    made = an_asset("look-01", shows=shown, plan="sketch-1")
    people = [{"id": "talent-1", "age": 9}, {"id": "talent-2", "age": 30}]
    case = a_campaign(plan, made, people=people, **top)
    assert case.problems == ()
    return conclude(case, a_library(a_rule({"props": "knife"})), on=dt.date(2026, 11, 24))


@pytest.mark.parametrize(
    ("planned", "shown", "fact", "told"),
    [
        (SHOWN, {**SHOWN, "props": ["toy", "alcohol"]}, "props", ["alcohol, toy", "toy"]),
        ({**SHOWN, "props": ["toy", "alcohol"]}, SHOWN, "props", ["toy", "alcohol, toy"]),
        ({**SHOWN, "props": "none"}, SHOWN, "props", ["toy", "none"]),
        (SHOWN, {**SHOWN, "people": ["talent-2"]}, "people", ["talent-2", "talent-1"]),
        (SHOWN, {**SHOWN, "people": "none"}, "people", ["none", "talent-1"]),
    ],
)
def test_what_was_not_planned_and_what_was_and_is_not_there_are_asked(
    planned: Written, shown: Written, fact: str, told: list[str]
) -> None:
    result = the_result(planned, shown)
    assert [
        (question.fact, question.of, [each.value for each in question.raised]) for question in result.questions
    ] == [(fact, ("look-01",), told)]
    (question,) = result.questions
    assert [each.known for each in question.raised] == ["declared", "planned"]
    assert result.verdict.word == "undecided"


@pytest.mark.parametrize("planned", [SHOWN, {"people": ["talent-1"]}, {}])
def test_what_is_as_planned_or_was_not_planned_in_detail_is_not_asked(planned: Written) -> None:
    result = the_result(planned, SHOWN)
    assert (result.questions, result.verdict.word) == ((), "clear")


def test_a_planned_picture_that_is_made_is_judged_once_as_it_is() -> None:
    result = the_result({**SHOWN, "props": ["knife"]}, SHOWN)
    assert [(asset.id, asset.findings) for asset in result.assets] == [("look-01", ())]


def test_a_copy_that_changed_shows_both_texts() -> None:
    plan: Written = {"id": "sketch-1", "plan": "…", "shows": SHOWN, "copy": {"text": "For all"}}
    made = an_asset("look-01", shows=SHOWN, plan="sketch-1", copy={"text": "For her"})
    case = a_campaign(plan, made, people=[{"id": "talent-1"}])
    result = conclude(case, a_library(a_rule({"props": "knife"})), on=dt.date(2026, 11, 24))
    assert [(question.fact, question.raised) for question in result.questions] == [
        (
            "copy.text",
            (Told("For her", "declared", "campaign.yaml:1"), Told("For all", "planned", "campaign.yaml:1")),
        )
    ]


def test_a_plan_that_is_none_is_said() -> None:
    case = a_campaign(an_asset("look-01", plan="sketch-9"), {"id": "sketch-1", "plan": "a chair"})
    assert case.problems == (
        Problem(
            Place("campaign.yaml", 1, "assets[0].plan"),
            "look-01 is made, and `sketch-9` is no picture that was planned.",
            "Write sketch-1, if that is what you mean.",
        ),
    )
