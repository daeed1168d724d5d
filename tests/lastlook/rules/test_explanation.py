"""Explanation: the truth that evaluation gives, and the facts on which it rests."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from lastlook.facts.element import Element, Fact, Listing
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
from lastlook.facts.values import NOT_KNOWN, Ages
from lastlook.rules.conditions import Condition, negation
from lastlook.rules.evaluation import compiled
from lastlook.rules.explanation import explain
from tests.world.conditions import Written, campaigns, condition_of, conditions, elements, seen, written_whens

LAW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CAMPAIGN = Element("campaign", "a-campaign", "campaign", {"shoot_country": Fact("FR", "declared")})


def person(person_id: str, **facts: Fact) -> Element:
    return Element("person", person_id, f"people[{person_id}]", facts)


CHILD = person("talent-1", age=Fact(Ages(6, 6), "declared"))
ADULT = person("talent-2", age=Fact(Ages(30, 30), "declared"))
SOMEBODY = person("talent-3")


def picture(*people: Element, props: Listing | None = None, complete: bool = True) -> Element:
    lists = {"people": Listing(people, complete=complete, known="declared")}
    return Element("asset", "look-01", "", {}, lists | ({} if props is None else {"props": props}))


def known_props(*codes: str, complete: bool = True) -> Listing:
    return Listing(codes=frozenset(codes), complete=complete, known="declared")


def explained(when: Written, asset: Element) -> tuple[Truth, list[tuple[str, Truth]]]:
    found, reasons = explain(condition_of(when), asset, asset, CAMPAIGN)
    return found, [(reason.address, reason.truth) for reason in reasons]


SOME_CHILD: Written = {"some": "people", "where": {"is_child": True}}
EVERY_CHILD: Written = {"every": "people", "where": {"is_child": True}}
CHILD_WITH_KNIFE: Written = {"all": [SOME_CHILD, {"props": "knife"}]}


@pytest.mark.parametrize(
    ("when", "asset", "truth", "reasons"),
    [
        ("always", picture(), TRUE, []),
        (SOME_CHILD, picture(CHILD, ADULT), TRUE, [("people[talent-1].age", TRUE)]),
        (SOME_CHILD, picture(ADULT), FALSE, [("people", FALSE), ("people[talent-2].age", FALSE)]),
        (SOME_CHILD, picture(), FALSE, [("people", FALSE)]),
        (SOME_CHILD, picture(ADULT, SOMEBODY), UNKNOWN, [("people[talent-3].age", UNKNOWN)]),
        (SOME_CHILD, picture(ADULT, complete=False), UNKNOWN, [("people", UNKNOWN)]),
        (EVERY_CHILD, picture(CHILD), TRUE, [("people", TRUE), ("people[talent-1].age", TRUE)]),
        (EVERY_CHILD, picture(CHILD, ADULT), FALSE, [("people[talent-2].age", FALSE)]),
        (EVERY_CHILD, picture(CHILD, SOMEBODY), UNKNOWN, [("people[talent-3].age", UNKNOWN)]),
        (
            CHILD_WITH_KNIFE,
            picture(CHILD, props=known_props("knife")),
            TRUE,
            [("people[talent-1].age", TRUE), ("props", TRUE)],
        ),
        (CHILD_WITH_KNIFE, picture(CHILD, props=known_props("toy")), FALSE, [("props", FALSE)]),
        (
            CHILD_WITH_KNIFE,
            picture(CHILD, props=known_props("toy", complete=False)),
            UNKNOWN,
            [("people[talent-1].age", TRUE), ("props", UNKNOWN)],
        ),
        (CHILD_WITH_KNIFE, picture(SOMEBODY, props=known_props("toy")), FALSE, [("props", FALSE)]),
        (
            {"any": [SOME_CHILD, {"props": "knife"}]},
            picture(ADULT, props=known_props("knife")),
            TRUE,
            [("props", TRUE)],
        ),
        ({"campaign.shoot_country": "FR"}, picture(), TRUE, [("campaign.shoot_country", TRUE)]),
        ({"disclosure.label": "ad"}, picture(), UNKNOWN, [("disclosure.label", UNKNOWN)]),
    ],
)
def test_a_truth_rests_on_the_facts_without_which_it_could_be_another(
    when: Written, asset: Element, truth: Truth, reasons: list[tuple[str, Truth]]
) -> None:
    assert explained(when, asset) == (truth, reasons)


def test_a_reason_knows_whose_fact_it_is_and_in_which_picture() -> None:
    _, (reason,) = explain(condition_of(SOME_CHILD), picture(CHILD), picture(CHILD), CAMPAIGN)
    assert (reason.owner, reason.name, reason.asset, reason.fact) == (CHILD, "age", "look-01", CHILD.fact("age"))


def test_a_fact_of_the_campaign_was_seen_in_no_picture() -> None:
    _, (reason,) = explain(condition_of({"campaign.shoot_country": "FR"}), picture(), picture(), CAMPAIGN)
    assert (reason.owner, reason.asset) == (CAMPAIGN, "")


def test_a_reason_that_was_lifted_names_the_raised_values_that_lifted_it() -> None:
    lifted = person("talent-3", age=Fact(NOT_KNOWN, raised=(seen(Ages(6, 6)), seen(Ages(30, 30)))))
    truth, (reason,) = explain(condition_of(SOME_CHILD), picture(lifted), picture(lifted), CAMPAIGN)
    assert (truth, reason.met_by) == (TRUE, (seen(Ages(6, 6)),))


@pytest.mark.parametrize("when", [SOME_CHILD, {"count": "people", "where": {"is_child": True}, "at_least": 1}])
def test_where_somebody_is_seen_whom_a_whole_list_lacks_the_list_is_what_to_ask_about(when: Written) -> None:
    listing = Listing((ADULT,), complete=True, known="declared", raised_members=(CHILD,))
    truth, reasons = explained(when, Element("asset", "look-01", lists={"people": listing}))
    assert (truth, sorted(reasons)) == (UNKNOWN, [("people", UNKNOWN), ("people[talent-1].age", TRUE)])


def test_the_same_fact_asked_twice_is_one_reason() -> None:
    when: Written = {"all": [SOME_CHILD, SOME_CHILD]}
    assert explained(when, picture(CHILD)) == (TRUE, [("people[talent-1].age", TRUE)])


@LAW
@given(conditions(), elements(), campaigns())
def test_what_is_explained_is_the_truth_that_was_evaluated(
    condition: Condition, asset: Element, campaign: Element
) -> None:
    for each in (condition, negation(condition)):
        assert explain(each, asset, asset, campaign)[0] is compiled(each)(asset, asset, campaign)


@LAW
@given(written_whens(noun="campaign", around=frozenset({"campaign"})), elements("campaign"))
def test_so_it_is_of_a_condition_about_a_whole_campaign(written: object, campaign: Element) -> None:
    condition = condition_of(written, scope="campaign")
    found = compiled(condition)(campaign, campaign, campaign)
    assert explain(condition, campaign, campaign, campaign)[0] is found


@LAW
@given(conditions(), elements(), campaigns())
def test_what_cannot_be_told_always_names_something_to_ask(
    condition: Condition, asset: Element, campaign: Element
) -> None:
    truth, reasons = explain(condition, asset, asset, campaign)
    if truth is UNKNOWN:
        assert [reason for reason in reasons if reason.truth is UNKNOWN]
