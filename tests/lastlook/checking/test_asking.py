"""Whom one would ask, what of, and when all could be answered."""

from __future__ import annotations

import datetime as dt

from lastlook.checking.asking import earliest, letters
from lastlook.checking.concluding import conclude
from lastlook.checking.result import Result, Waiting
from lastlook.packs.lead_times import read_lead_times
from tests.world import a_campaign, an_asset
from tests.world.campaigns import Written
from tests.world.rules import bundled

ON = dt.date(2026, 11, 24)
CHILD = {"person": "talent-1", "appears": "child_0_12", "prominence": "principal", "portrayal": "none"}
QUIET = {"products": "none", "props": "none", "themes": "none", "legible": "none"}


def the_result(*shows: Written, **top: object) -> Result:
    assets = [an_asset(f"look-{number}", shows=shown) for number, shown in enumerate(shows, start=1)]
    case = a_campaign(*assets, people=[{"id": "talent-1", "age": 9}], **top)
    return conclude(case, bundled(), on=ON)


def told(
    result: Result,
) -> dict[str, tuple[list[str], list[tuple[str, tuple[str, ...]]], list[tuple[str, tuple[str, ...]]]]]:
    return {
        letter.to: (
            [question.fact for question in letter.questions],
            [(finding.document.kind, assets) for finding, assets in letter.documents if finding.document],
            [(finding.rule, assets) for finding, assets in letter.requests],
        )
        for letter in letters(result)
    }


def test_each_is_asked_once_what_they_know_and_guardians_come_first() -> None:
    shows: Written = {"people": [CHILD], **QUIET}
    without_papers = {key: value for key, value in shows.items() if key != "legible"}
    result = the_result(shows, without_papers)
    found = told(result)
    assert list(found) == ["guardian", "stylist", "producer"]
    assert found["guardian"] == (
        [],
        [("guardian_consent", ("look-1", "look-2")), ("guardian_image_approval", ("look-1", "look-2"))],
        [],
    )
    assert found["stylist"] == (["legible"], [], [])
    assert found["producer"] == ([], [("licence", ("look-1", "look-2"))], [])


def test_a_role_is_asked_once_for_all_pictures_a_rule_is_about() -> None:
    shows: Written = {**QUIET, "people": [{"age": 30, "appears": "adult_25_plus"}], "props": ["toy"]}
    found = told(the_result(shows, shows, decisions=[{"right": "combination", "holder": "none"}]))
    both = [("house-combination-unheld", ("look-1", "look-2"))]
    assert found == {"safeguarding": ([], [], both), "marketer": ([], [], both)}


def test_where_nothing_is_open_nobody_is_asked_and_no_day_is_named() -> None:
    result = the_result({**QUIET, "people": "none"})
    assert (letters(result), result.earliest) == ((), None)


def test_the_longest_of_what_is_open_gives_the_earliest_day() -> None:
    result = the_result({"people": [CHILD], **QUIET})
    times = read_lead_times()
    assert result.earliest is not None
    assert result.earliest.day == dt.date(2026, 12, 15)
    assert result.earliest.because == (Waiting("licence of talent-1", times.documents["licence"]),)
    assert earliest(result, times) == result.earliest


def test_what_nobody_may_waive_has_to_be_changed_and_that_time_is_not_counted() -> None:
    restrained: Written = {"people": [CHILD], **QUIET, "props": ["restraint"]}
    result = the_result({"people": [CHILD], **QUIET}, restrained)
    assert result.earliest is not None
    assert (result.earliest.day, result.earliest.changes) == (dt.date(2026, 12, 15), ("look-2",))


def test_every_lead_time_says_where_it_comes_from_and_estimates_say_so() -> None:
    times = read_lead_times()
    everything = [*times.documents.values(), *times.roles.values(), times.question]
    assert all(each.why and each.source for each in everything)
    assert {each.unconfirmed for each in everything if each.source == "our estimate"} == {True}
    assert {each.unconfirmed for each in everything if each.source != "our estimate"} == {False}
