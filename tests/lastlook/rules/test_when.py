"""Reading `when`: every name is resolved, every denial pushed down, and what makes no sense is said with its remedy."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings

from lastlook.campaigns.nouns import NOUNS
from lastlook.errors import Place, Problem
from lastlook.reading.kinds import Problems
from lastlook.rules.conditions import (
    AllOf,
    Always,
    AnyOf,
    CodeLiteral,
    Condition,
    Count,
    Every,
    FactLiteral,
    KnownLiteral,
    Some,
    literals,
    negation,
)
from lastlook.rules.derived import Derived
from lastlook.rules.tests import Compared, HasWords, Is, OneOf
from lastlook.rules.when import SCOPE_CONTEXTS, Context, read_when
from tests.world import node_of
from tests.world.conditions import condition_of, written_whens

WORDS = {"gin": ("Gin & tonic", "Crème")}


def toys(*, negated: bool = False) -> CodeLiteral:
    return CodeLiteral("element", "asset", "props", frozenset({"toy"}), negated)


CHILD = FactLiteral("element", "person", "age", Compared("lt", 16))
NOT_CHILD = FactLiteral("element", "person", "age", Compared("lt", 16), negated=True)
DERIVED = {
    ("person", "is_small"): Derived("is_small", "person", "is under 16", CHILD),
    ("asset", "has_toy"): Derived(
        "has_toy", "asset", "shows a toy", AnyOf((toys(), Some("element", "people", "person", CHILD)))
    ),
}


def read(
    written: object, *, scope: str = "asset", known_allowed: bool = False
) -> tuple[Condition | None, list[Problem]]:
    noun, around = SCOPE_CONTEXTS[scope]
    problems = Problems()
    context = Context(NOUNS[noun], around, DERIVED, WORDS, known_allowed)
    return read_when(node_of(written, "when", file="rule.yaml"), context, problems), list(problems)


def refused(what: str, remedy: str, field: str = "when") -> tuple[None, list[Problem]]:
    return None, [Problem(Place("rule.yaml", 1, field), what, remedy)]


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ("always", Always()),
        ({"not": "always"}, Always(holds=False)),
        ({"props": "toy"}, toys()),
        ({"props": ["toy"]}, toys()),
        ({"asset.props": "toy"}, CodeLiteral("asset", "asset", "props", frozenset({"toy"}))),
        ({"not": {"props": "toy"}}, toys(negated=True)),
        ({"not": {"not": {"props": "toy"}}}, toys()),
        ({"all": [{"props": "toy"}, "always"]}, AllOf((toys(), Always()))),
        ({"not": {"all": [{"props": "toy"}, "always"]}}, AnyOf((toys(negated=True), Always(holds=False)))),
        ({"not": {"any": [{"props": "toy"}]}}, AllOf((toys(negated=True),))),
        (
            {"disclosure.label": ["ad", "none"]},
            FactLiteral("element", "asset", "disclosure.label", OneOf(frozenset({"ad", "none"}))),
        ),
        ({"held.combination": False}, FactLiteral("element", "asset", "held.combination", Is(False))),
        (
            {"campaign.shoot_country": "FR"},
            FactLiteral("campaign", "campaign", "shoot_country", OneOf(frozenset({"FR"}))),
        ),
        (
            {"campaign.flight": {"lt": "2026-12-25"}},
            FactLiteral("campaign", "campaign", "flight", Compared("lt", dt.date(2026, 12, 25))),
        ),
        ({"campaign.markets": "NO"}, CodeLiteral("campaign", "campaign", "markets", frozenset({"NO"}))),
        (
            {"copy.text": {"words": "gin"}},
            FactLiteral("element", "asset", "copy.text", HasWords("gin", ("gin tonic", "crème"))),
        ),
        ({"some": "people", "where": {"age": {"lt": 16}}}, Some("element", "people", "person", CHILD)),
        ({"not": {"some": "people", "where": {"age": {"lt": 16}}}}, Every("element", "people", "person", NOT_CHILD)),
        ({"not": {"every": "people", "where": {"age": {"lt": 16}}}}, Some("element", "people", "person", NOT_CHILD)),
        (
            {"not": {"count": "people", "where": {"age": {"lt": 16}}, "at_least": 2}},
            Count("element", "people", "person", CHILD, NOT_CHILD, 2, negated=True),
        ),
        (
            {"some": "people", "where": {"some": "products", "where": {"category": "toy"}}},
            Some(
                "element",
                "people",
                "person",
                Some(
                    "asset",
                    "products",
                    "product",
                    FactLiteral("element", "product", "category", OneOf(frozenset({"toy"}))),
                ),
            ),
        ),
        ({"some": "people", "where": {"is_small": True}}, Some("element", "people", "person", CHILD)),
        ({"some": "people", "where": {"is_small": False}}, Some("element", "people", "person", NOT_CHILD)),
    ],
)
def test_a_condition_is_read_with_every_name_resolved_and_every_denial_at_a_literal(
    written: object, condition: Condition
) -> None:
    assert read(written) == (condition, [])


def test_a_name_for_the_picture_means_the_same_from_within_one_of_its_people() -> None:
    within = AnyOf(
        (CodeLiteral("asset", "asset", "props", frozenset({"toy"})), Some("asset", "people", "person", CHILD))
    )
    found = read({"some": "people", "where": {"asset.has_toy": True}})
    assert found == (Some("element", "people", "person", within), [])


def test_the_pictures_of_a_group_are_asked_as_pictures() -> None:
    found = read({"some": "assets", "where": {"all": [{"props": "toy"}, {"asset.props": "toy"}]}}, scope="group")
    outer = CodeLiteral("asset", "asset", "props", frozenset({"toy"}))
    assert found == (Some("element", "assets", "asset", AllOf((toys(), outer))), [])


def test_whether_anything_is_known_may_be_asked_by_a_rule_that_only_advises() -> None:
    written = {"all": [{"disclosure.label": {"known": False}}, {"props": {"known": True}}]}
    found = read(written, known_allowed=True)
    label = KnownLiteral("element", "asset", "disclosure.label", is_list=False, negated=True)
    assert found == (AllOf((label, KnownLiteral("element", "asset", "props", is_list=True))), [])


HALF = "This is no complete `some`, `every` or `count`."
COUNTED = "Write {some: LIST, where: …}, {every: LIST, where: …} or {count: LIST, where: …, at_least: n}."
COMPARED = "Write {lt: LIMIT}; also le, gt, ge, eq."


@pytest.mark.parametrize(
    ("written", "what", "remedy", "field"),
    [
        (None, "nothing (null) is no condition.", "Write `always` or a mapping.", "when"),
        ("never", "never is no condition.", "Write `always` or a mapping.", "when"),
        ([], "a list is no condition.", "Write `always` or a mapping.", "when"),
        ({}, "a mapping is no condition.", "Write `always` or a mapping.", "when"),
        (
            {"props": "toy", "themes": "horror"},
            "Two conditions stand side by side.",
            "Put them under `all:` or `any:`.",
            "when",
        ),
        ({"all": []}, "`all` needs a list of conditions.", "Write `all: [ … ]`.", "when.all"),
        ({"any": {"props": "toy"}}, "`any` needs a list of conditions.", "Write `any: [ … ]`.", "when.any"),
        (
            {"some": "people", "where": {"aeg": {"lt": 16}}},
            "There is no fact `aeg` of a person.",
            "Write age, if that is what you mean.",
            "when.where.aeg",
        ),
        ({"props": "toi"}, "when.props: `toi` is no prop.", "Write toy, if that is what you mean.", "when.props"),
        ({"props": []}, "An empty list is met by nothing.", "Name at least one code.", "when.props"),
        ({"people": "talent-1"}, "`people` has no codes.", "Write {some: people, where: …}.", "when.people"),
        ({"held.combination": "yes"}, "when.held.combination is yes.", "Write true or false.", "when.held.combination"),
        (
            {"props": {"known": False}},
            "`known` is for `advise` only.",
            "An unknown fact stops by itself.",
            "when.props",
        ),
        ({"copy.text": "gin"}, "A text is tested by a list of words.", "Write {words: LIST ID}.", "when.copy.text"),
        (
            {"copy.text": {"words": "gim"}},
            "There is no list of words `gim`.",
            "Write gin, if that is what you mean.",
            "when.copy.text",
        ),
        (
            {"some": "poeple", "where": "always"},
            "There is no list `poeple` here.",
            "Write people, if that is what you mean.",
            "when.some",
        ),
        ({"some": "people"}, HALF, COUNTED, "when"),
        ({"some": "people", "every": "people", "where": "always"}, HALF, COUNTED, "when"),
        ({"some": "people", "where": "always", "at_least": 2}, HALF, COUNTED, "when"),
        ({"count": "people", "where": "always"}, "`count` needs `at_least`.", "Add `at_least: n`.", "when"),
        (
            {"count": "people", "where": "always", "at_least": 0},
            "when.at_least is 0.",
            "Write a whole number from 1 to 10000.",
            "when.at_least",
        ),
        ({"campaign.flight": "2026-12-25"}, "This fact is compared.", COMPARED, "when.campaign.flight"),
        ({"campaign.flight": {"before": "2026-12-25"}}, "This fact is compared.", COMPARED, "when.campaign.flight"),
        (
            {"campaign.flight": {"lt": 25}},
            "when.campaign.flight.lt is 25.",
            "Write a date as YYYY-MM-DD.",
            "when.campaign.flight.lt",
        ),
        (
            {"some": "people", "where": {"age": {"lt": "16"}}},
            "when.where.age.lt is 16.",
            "Write a number from -1e+12 to 1e+12.",
            "when.where.age.lt",
        ),
        ({"has_toy": 1}, "when.has_toy is 1.", "Write true or false.", "when.has_toy"),
    ],
)
def test_a_condition_that_makes_no_sense_is_a_problem_with_a_remedy(
    written: object, what: str, remedy: str, field: str
) -> None:
    assert read(written) == refused(what, remedy, field)


def test_a_picture_cannot_be_reached_from_outside_of_it() -> None:
    what, remedy = "`asset.props`: no asset can be reached from here.", "Use it inside `some: assets`."
    assert read({"asset.props": "toy"}, scope="campaign") == refused(what, remedy, "when.asset.props")


def test_one_campaign_cannot_be_reached_among_several() -> None:
    what, remedy = "`campaign.stage`: no campaign can be reached from here.", "Use it inside `some: campaigns`."
    assert read({"campaign.stage": "final"}, scope="concurrent") == refused(what, remedy, "when.campaign.stage")


def test_everything_wrong_in_a_condition_is_said_at_once() -> None:
    _, problems = read({"all": [{"props": "toi"}, {"not": {"themes": "horor"}}]})
    assert [problem.what for problem in problems] == [
        "when.all[0].props: `toi` is no prop.",
        "when.all[1].not.themes: `horor` is no theme.",
    ]


def test_the_literals_of_a_condition_are_told_from_left_to_right() -> None:
    condition = condition_of(
        {"all": [{"props": "toy"}, {"some": "people", "where": {"any": [{"age": {"lt": 16}}, "always"]}}]}
    )
    assert list(literals(condition)) == [toys(), CHILD]


@settings(max_examples=100, deadline=None)
@given(written_whens())
def test_to_write_not_before_a_condition_is_to_deny_it(written: object) -> None:
    assert condition_of({"not": written}) == negation(condition_of(written))
