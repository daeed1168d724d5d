"""Evaluation: three truths out of what is known, raised values that only lift, and what knowing more may change."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lastlook.campaigns.nouns import NOUNS
from lastlook.facts.element import Element, Fact, Listing, Raised
from lastlook.facts.raising import raise_code, raise_fact, raise_member
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
from lastlook.facts.values import NOT_KNOWN, Ages, Unknown, Value
from lastlook.reading.kinds import Problems, Span
from lastlook.rules.conditions import Condition, negation
from lastlook.rules.evaluation import compiled
from lastlook.rules.when import Context, read_when
from tests.world import node_of
from tests.world.conditions import (
    CODES,
    MEMBERS,
    VALUES,
    Written,
    at_the_end_of,
    campaigns,
    changed_at,
    condition_of,
    conditions,
    elements,
    seen,
    ways,
)

LAW = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
NO_CAMPAIGN = Element("campaign", "a-campaign", "campaign")


def known(value: Value | Unknown = NOT_KNOWN, *raised: Value) -> Fact:
    stands = None if isinstance(value, Unknown) else "declared"
    return Fact(value, stands, raised=tuple(seen(each) for each in raised))  # type: ignore[arg-type]


def person(person_id: str = "talent-1", **facts: Fact) -> Element:
    return Element("person", person_id, f"people[{person_id}]", facts)


def whole(*members: Element, raised: tuple[Element, ...] = ()) -> Listing:
    return Listing(members, complete=True, known="declared", raised_members=raised)


def known_so_far(*members: Element, raised: tuple[Element, ...] = ()) -> Listing:
    return Listing(members, complete=False, known="declared", raised_members=raised)


def picture(facts: dict[str, Fact] | None = None, **lists: Listing) -> Element:
    return Element("asset", "look-01", "", facts or {}, lists)


def truth_of(when: Written, asset: Element, campaign: Element = NO_CAMPAIGN) -> Truth:
    return compiled(condition_of(when))(asset, asset, campaign)


# A literal over one fact.


@pytest.mark.parametrize(
    ("age", "under_18"),
    [
        (Ages(6, 6), TRUE),
        (Ages(17, 17), TRUE),
        (Ages(18, 18), FALSE),
        (Ages(0, 17), TRUE),
        (Ages(18, 24), FALSE),
        (Ages(10, 30), UNKNOWN),
        (Ages(17, 18), UNKNOWN),
        (NOT_KNOWN, UNKNOWN),
    ],
)
def test_an_age_that_straddles_the_limit_is_neither_under_nor_over_it(age: Value | Unknown, under_18: Truth) -> None:
    shown = picture(people=whole(person(age=known(age))))
    assert truth_of({"some": "people", "where": {"age": {"lt": 18}}}, shown) is under_18
    assert truth_of({"some": "people", "where": {"age": {"ge": 18}}}, shown) is ~under_18


@pytest.mark.parametrize(
    ("how", "truths"),
    [  # of the intervals 10-12, 15-17, 16-16, 16-20, 20-30, against 16
        ("lt", (TRUE, UNKNOWN, FALSE, FALSE, FALSE)),
        ("le", (TRUE, UNKNOWN, TRUE, UNKNOWN, FALSE)),
        ("eq", (FALSE, UNKNOWN, TRUE, UNKNOWN, FALSE)),
        ("ge", (FALSE, UNKNOWN, TRUE, TRUE, TRUE)),
        ("gt", (FALSE, UNKNOWN, FALSE, UNKNOWN, TRUE)),
    ],
)
def test_a_comparison_must_hold_for_the_whole_interval(how: str, truths: tuple[Truth, ...]) -> None:
    intervals = (Ages(10, 12), Ages(15, 17), Ages(16, 16), Ages(16, 20), Ages(20, 30))
    shown = [picture(people=whole(person(age=known(interval)))) for interval in intervals]
    assert tuple(truth_of({"some": "people", "where": {"age": {how: 16}}}, each) for each in shown) == truths


@pytest.mark.parametrize(
    ("limit", "truths"),
    [
        ({"lt": "2027-01-07"}, TRUE),
        ({"lt": "2026-12-25"}, UNKNOWN),
        ({"lt": "2026-12-01"}, FALSE),
        ({"ge": "2026-12-01"}, TRUE),
        ({"gt": "2026-12-01"}, UNKNOWN),
        ({"eq": "2026-12-25"}, UNKNOWN),
        ({"gt": "2027-01-06"}, FALSE),
    ],
)
def test_a_flight_is_compared_as_a_whole_too(limit: Written, truths: Truth) -> None:
    flight = Span(dt.date(2026, 12, 1), dt.date(2027, 1, 6))
    campaign = Element("campaign", "a-campaign", "campaign", {"flight": known(flight)})
    assert truth_of({"campaign.flight": limit}, picture(), campaign) is truths


@pytest.mark.parametrize(
    ("stated", "is_ad", "is_none"), [("ad", TRUE, FALSE), ("none", FALSE, TRUE), (NOT_KNOWN, UNKNOWN, UNKNOWN)]
)
def test_a_label_of_none_is_known_and_not_unknown(stated: Value | Unknown, is_ad: Truth, is_none: Truth) -> None:
    shown = picture({"disclosure.label": known(stated)})
    assert truth_of({"disclosure.label": ["ad", "gifted"]}, shown) is is_ad
    assert truth_of({"disclosure.label": "none"}, shown) is is_none


def test_a_fact_nobody_ever_mentioned_is_unknown_and_so_is_its_denial() -> None:
    assert truth_of({"copy.exhortation_to_buy": True}, picture()) is UNKNOWN
    assert truth_of({"not": {"copy.exhortation_to_buy": True}}, picture()) is UNKNOWN


# Words in a text.

WORDS = {"gin": ("gin", "Crème Brûlée", "low-alcohol")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A GIN for everyone", TRUE),
        ("gin", TRUE),
        ("(gin!)", TRUE),
        ("begin", FALSE),
        ("gins", FALSE),
        ("Enjoy our low   alcohol range", TRUE),
        ("Enjoy our low-alcohol range", TRUE),
        ("crème brûlée", TRUE),
        ("cre\u0300me bru\u0302le\u0301e", TRUE),
        ("CRÈME\nBRÛLÉE", TRUE),
        ("creme brulee", FALSE),
        ("our low-alco\u00adhol range", TRUE),
        ("", FALSE),
    ],
)
def test_a_phrase_is_found_as_whole_words_however_it_was_typed(text: str, found: Truth) -> None:
    problems = Problems()
    context = Context(NOUNS["asset"], frozenset({"asset"}), {}, WORDS)
    condition = read_when(node_of({"copy.text": {"words": "gin"}}), context, problems)
    assert condition is not None, problems
    shown = picture({"copy.text": known(text)})
    assert compiled(condition)(shown, shown, NO_CAMPAIGN) is found


# What a raised value does to a literal.


@pytest.mark.parametrize(
    ("standing", "raised", "under_18"),
    [
        (NOT_KNOWN, Ages(6, 6), TRUE),
        (Ages(22, 22), Ages(6, 6), UNKNOWN),
        (Ages(6, 6), Ages(6, 6), TRUE),
        (Ages(6, 6), Ages(22, 22), TRUE),
        (NOT_KNOWN, Ages(22, 22), UNKNOWN),
        (Ages(22, 22), Ages(30, 30), FALSE),
        (Ages(22, 22), Ages(10, 30), FALSE),
        (NOT_KNOWN, Ages(10, 30), UNKNOWN),
    ],
)
def test_a_raised_value_lifts_unknown_to_true_and_false_to_unknown_and_lowers_nothing(
    standing: Value | Unknown, raised: Value, under_18: Truth
) -> None:
    shown = picture(people=whole(person(age=known(standing, raised))))
    assert truth_of({"some": "people", "where": {"age": {"lt": 18}}}, shown) is under_18


def test_one_raised_value_of_several_is_enough_to_lift() -> None:
    shown = picture(people=whole(person(age=known(NOT_KNOWN, Ages(30, 30), Ages(6, 6)))))
    assert truth_of({"some": "people", "where": {"age": {"lt": 18}}}, shown) is TRUE


def test_a_raised_value_can_lift_a_condition_and_its_denial() -> None:
    shown = picture({"copy.exhortation_to_buy": known(True, False)})
    assert truth_of({"copy.exhortation_to_buy": True}, shown) is TRUE
    assert truth_of({"not": {"copy.exhortation_to_buy": True}}, shown) is UNKNOWN


def props(*codes: str, complete: bool = True, raised: tuple[str, ...] = ()) -> Element:
    listing = Listing(codes=frozenset(codes), complete=complete, known="declared", raised=tuple(map(seen, raised)))
    return picture(props=listing)


@pytest.mark.parametrize(
    ("shown", "has_alcohol", "has_none"),
    [
        (props("alcohol"), TRUE, FALSE),
        (props("toy"), FALSE, TRUE),
        (props(), FALSE, TRUE),
        (props("toy", complete=False), UNKNOWN, UNKNOWN),
        (props("alcohol", complete=False), TRUE, FALSE),
        (picture(), UNKNOWN, UNKNOWN),
        (props("toy", raised=("alcohol",)), UNKNOWN, TRUE),
        (props("toy", complete=False, raised=("alcohol",)), TRUE, UNKNOWN),
        (props("toy", raised=("knife",)), FALSE, TRUE),
    ],
)
def test_a_list_contains_what_it_names_and_only_a_whole_list_lacks_the_rest(
    shown: Element, has_alcohol: Truth, has_none: Truth
) -> None:
    assert truth_of({"props": "alcohol"}, shown) is has_alcohol
    assert truth_of({"not": {"props": "alcohol"}}, shown) is has_none


# Some, every, count.

CHILD, ADULT, SOMEBODY = person(age=known(Ages(6, 6))), person(age=known(Ages(30, 30))), person()


@pytest.mark.parametrize(
    ("people", "some_child", "every_child", "two_children"),
    [
        (whole(), FALSE, TRUE, FALSE),
        (whole(CHILD), TRUE, TRUE, FALSE),
        (whole(ADULT), FALSE, FALSE, FALSE),
        (whole(SOMEBODY), UNKNOWN, UNKNOWN, FALSE),
        (whole(CHILD, ADULT), TRUE, FALSE, FALSE),
        (whole(CHILD, CHILD), TRUE, TRUE, TRUE),
        (whole(CHILD, SOMEBODY), TRUE, UNKNOWN, UNKNOWN),
        (whole(ADULT, SOMEBODY), UNKNOWN, FALSE, FALSE),
        (known_so_far(), UNKNOWN, UNKNOWN, UNKNOWN),
        (known_so_far(CHILD), TRUE, UNKNOWN, UNKNOWN),
        (known_so_far(ADULT), UNKNOWN, FALSE, UNKNOWN),
        (known_so_far(CHILD, CHILD), TRUE, UNKNOWN, TRUE),
        (whole(ADULT, raised=(CHILD,)), UNKNOWN, FALSE, FALSE),
        (whole(raised=(ADULT,)), FALSE, TRUE, FALSE),
        (whole(raised=(SOMEBODY,)), FALSE, TRUE, FALSE),
        (known_so_far(raised=(CHILD,)), TRUE, UNKNOWN, UNKNOWN),
        (known_so_far(raised=(SOMEBODY,)), UNKNOWN, UNKNOWN, UNKNOWN),
        (whole(CHILD, raised=(CHILD,)), TRUE, TRUE, UNKNOWN),
        (known_so_far(CHILD, raised=(CHILD,)), TRUE, UNKNOWN, TRUE),
    ],
)
def test_some_every_and_count_over_people_known_in_part(
    people: Listing, some_child: Truth, every_child: Truth, two_children: Truth
) -> None:
    child, shown = {"is_child": True}, picture(people=people)
    found = (
        truth_of({"some": "people", "where": child}, shown),
        truth_of({"every": "people", "where": child}, shown),
        truth_of({"count": "people", "where": child, "at_least": 2}, shown),
    )
    assert found == (some_child, every_child, two_children)


def test_a_list_nobody_stated_may_hold_anybody() -> None:
    child = {"is_child": True}
    for when in ({"some": "people"}, {"every": "people"}, {"count": "people", "at_least": 1}):
        assert truth_of({**when, "where": child}, picture()) is UNKNOWN


def test_what_is_asked_of_a_picture_in_a_campaign_is_asked_of_that_picture() -> None:
    with_toy, with_child = props("toy"), picture(people=whole(CHILD), props=Listing(complete=True))
    campaign = Element("campaign", "a", "campaign", lists={"assets": whole(with_toy, with_child)})
    both = {
        "some": "assets",
        "where": {"all": [{"asset.props": "toy"}, {"some": "people", "where": {"asset.props": "toy"}}]},
    }
    condition = condition_of(both, scope="campaign")
    assert compiled(condition)(campaign, campaign, campaign) is UNKNOWN  # nobody said who is shown beside the toy
    toyless = msgspec.structs.replace(with_toy, lists={**with_toy.lists, "people": whole()})
    campaign = msgspec.structs.replace(campaign, lists={"assets": whole(toyless, with_child)})
    assert compiled(condition)(campaign, campaign, campaign) is FALSE


def test_what_is_asked_of_a_campaign_among_several_is_asked_of_that_campaign() -> None:
    shown = picture(people=whole(CHILD))
    uk = Element("campaign", "uk", "", {"shoot_country": known("GB")}, {"assets": whole(shown)})
    fr = Element("campaign", "fr", "", {"shoot_country": known("FR")}, {"assets": whole(picture(people=whole()))})
    together = Element("concurrent", "concurrent", lists={"campaigns": whole(uk, fr)})
    child_in = {"some": "people", "where": {"all": [{"is_child": True}, {"campaign.shoot_country": "FR"}]}}
    condition = condition_of({"some": "campaigns", "where": {"some": "assets", "where": child_in}}, scope="concurrent")
    assert compiled(condition)(together, together, together) is FALSE


# Laws.


@LAW
@given(conditions())
def test_a_condition_denied_twice_means_what_it_meant(condition: Condition) -> None:
    assert negation(negation(condition)) == condition


@LAW
@given(conditions(), elements(raised=False), campaigns(raised=False))
def test_where_nothing_is_raised_a_denial_is_the_opposite(
    condition: Condition, asset: Element, campaign: Element
) -> None:
    assert compiled(negation(condition))(asset, asset, campaign) is ~compiled(condition)(asset, asset, campaign)


@LAW
@given(conditions(), elements(), campaigns())
def test_where_something_is_raised_either_a_condition_or_its_denial_is_still_not_false(
    condition: Condition, asset: Element, campaign: Element
) -> None:
    denied = compiled(negation(condition))(asset, asset, campaign)
    assert denied >= ~compiled(condition)(asset, asset, campaign)


def raised_in(data: st.DataObject, thing: Element) -> Element:
    """The thing with one more raised value: of a fact, of a list of codes, or a member nobody declared."""
    acts: list[tuple[str, str]] = [("fact", name) for name in VALUES.get(thing.noun, {})]
    acts += [("code", name) for name in CODES.get(thing.noun, {})]
    acts += [("member", name) for name in MEMBERS.get(thing.noun, {}) if name != "assets"]
    act, name = data.draw(st.sampled_from(acts))
    if act == "fact":
        return raise_fact(thing, name, Raised(data.draw(st.sampled_from(VALUES[thing.noun][name])), "observed", SOURCE))
    if act == "code":
        return raise_code(thing, name, Raised(data.draw(st.sampled_from(CODES[thing.noun][name])), "embedded", SOURCE))
    return raise_member(thing, name, data.draw(elements(MEMBERS[thing.noun][name])))


SOURCE = seen("x").source


@LAW
@given(st.data(), st.lists(conditions(), min_size=5, max_size=5), elements(), campaigns())
def test_raising_a_value_anywhere_never_lowers_the_truth_of_anything(
    data: st.DataObject, several: list[Condition], asset: Element, campaign: Element
) -> None:
    if data.draw(st.integers(0, 4)) == 0:
        new_asset, new_campaign = asset, raised_in(data, campaign)
    else:
        way = data.draw(st.sampled_from(list(ways(asset))))
        new_asset, new_campaign = changed_at(way, asset, lambda thing: raised_in(data, thing)), campaign
    for condition in several:
        judge = compiled(condition)
        assert judge(new_asset, new_asset, new_campaign) >= judge(asset, asset, campaign)


def refined(data: st.DataObject, thing: Element) -> Element:
    """The thing with one unknown known, one age closer, or one list longer or whole."""
    facts = {
        name: values
        for name, values in VALUES.get(thing.noun, {}).items()
        if thing.fact(name).standing is NOT_KNOWN or isinstance(thing.fact(name).standing, Ages)
    }
    open_lists = sorted(
        name
        for name in {**CODES.get(thing.noun, {}), **MEMBERS.get(thing.noun, {})}
        if not thing.listing(name).complete and name != "assets"
    )
    assume(facts or open_lists)
    name = data.draw(st.sampled_from([*facts, *open_lists]))
    if name in facts:
        return msgspec.structs.replace(thing, facts={**thing.facts, name: _closer(data, thing.fact(name), facts[name])})
    return msgspec.structs.replace(thing, lists={**thing.lists, name: _longer(data, thing, name)})


def _closer(data: st.DataObject, fact: Fact, values: list[Value]) -> Fact:
    if isinstance(fact.standing, Ages):
        low = data.draw(st.integers(fact.standing.low, fact.standing.high))
        return known(Ages(low, data.draw(st.integers(low, fact.standing.high))))
    return known(data.draw(st.sampled_from(values)))


def _longer(data: st.DataObject, thing: Element, name: str) -> Listing:
    listing = thing.listing(name)
    if data.draw(st.booleans()):
        return msgspec.structs.replace(listing, complete=True)
    code = data.draw(st.sampled_from(CODES[thing.noun][name])) if name in CODES.get(thing.noun, {}) else None
    member = (
        data.draw(elements(MEMBERS[thing.noun][name], raised=False)) if name in MEMBERS.get(thing.noun, {}) else None
    )
    if code is not None and member is not None:
        member = msgspec.structs.replace(member, id=code, facts={**member.facts, member.noun: known(code)})
    return msgspec.structs.replace(
        listing,
        codes=listing.codes | ({code} if code is not None else set()),
        members=(*listing.members, *([member] if member is not None else [])),
    )


@LAW
@given(st.data(), st.lists(conditions(), min_size=5, max_size=5), elements(raised=False), campaigns(raised=False))
def test_coming_to_know_more_decides_what_was_open_and_changes_nothing_that_was_decided(
    data: st.DataObject, several: list[Condition], asset: Element, campaign: Element
) -> None:
    way = data.draw(st.sampled_from(list(ways(asset))))
    if data.draw(st.integers(0, 4)) == 0:
        new_asset, new_campaign = asset, refined(data, campaign)
    else:
        new_asset, new_campaign = changed_at(way, asset, lambda thing: refined(data, thing)), campaign
    for condition in several:
        judge = compiled(condition)
        before, after = judge(asset, asset, campaign), judge(new_asset, new_asset, new_campaign)
        assert before in (UNKNOWN, after)


@LAW
@given(st.data(), elements(raised=False))
def test_the_ways_into_a_picture_lead_to_what_is_changed_there(data: st.DataObject, asset: Element) -> None:
    """The two laws above are worth nothing if their changes get lost on the way."""
    way = data.draw(st.sampled_from(list(ways(asset))))
    changed = changed_at(way, asset, lambda thing: msgspec.structs.replace(thing, id="changed"))
    assert at_the_end_of(way, changed).id == "changed"
    assert at_the_end_of(way, asset).id != "changed"
