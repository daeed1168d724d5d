"""The index saves time and changes no answer."""

from __future__ import annotations

import functools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastlook.facts.element import Element, Fact, Listing
from lastlook.facts.truth import FALSE, Truth
from lastlook.facts.values import NOT_KNOWN
from lastlook.rules.evaluation import compiled
from lastlook.rules.index import ANYTHING, NOBODY_NAMED, PRESENT, RuleIndex, trigger
from lastlook.rules.rule import Rule
from tests.world import a_rule
from tests.world.conditions import campaigns, condition_of, elements, seen, written_whens
from tests.world.rules import bundled

LAW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NO_CAMPAIGN = Element("campaign", "a-campaign", "campaign")


def found_by_index(index: RuleIndex, asset: Element, campaign: Element) -> dict[str, Truth]:
    keys = index.keys(asset, campaign)
    found: dict[str, Truth] = {}
    for bucket in index.buckets:
        for candidate in bucket.possible(keys):
            assert candidate.rule.id not in found, f"{candidate.rule.id} is looked at twice"
            found[candidate.rule.id] = candidate.evaluate(asset, asset, campaign)
    return {rule_id: truth for rule_id, truth in found.items() if truth is not FALSE}


def found_by_looking_at_all(rules: list[Rule], asset: Element, campaign: Element) -> dict[str, Truth]:
    truths = {rule.id: compiled(rule.condition)(asset, asset, campaign) for rule in rules}
    return {rule_id: truth for rule_id, truth in truths.items() if truth is not FALSE}


@LAW
@given(st.lists(written_whens(), min_size=1, max_size=4), elements(), campaigns())
def test_whatever_the_rules_and_the_picture_the_index_finds_every_rule_that_is_not_false(
    whens: list[object], asset: Element, campaign: Element
) -> None:
    rules = [a_rule(when, id=f"rule-{number}", effect="advise") for number, when in enumerate(whens)]
    assert found_by_index(RuleIndex(rules), asset, campaign) == found_by_looking_at_all(rules, asset, campaign)


@LAW
@given(elements(), campaigns())
def test_the_index_finds_every_bundled_rule_that_is_not_false(asset: Element, campaign: Element) -> None:
    rules = [rule for rule in bundled().rules if rule.scope == "asset"]
    assert found_by_index(bundled_index(), asset, campaign) == found_by_looking_at_all(rules, asset, campaign)


@functools.cache
def bundled_index() -> RuleIndex:
    return RuleIndex(rule for rule in bundled().rules if rule.scope == "asset")


def candidates(rule: Rule, asset: Element, campaign: Element = NO_CAMPAIGN) -> list[str]:
    index = RuleIndex([rule])
    return [candidate.rule.id for candidate in index.buckets[0].possible(index.keys(asset, campaign))]


def props(*codes: str, complete: bool = True, raised: tuple[str, ...] = ()) -> Element:
    listing = Listing(codes=frozenset(codes), complete=complete, raised=tuple(seen(code) for code in raised))
    return Element("asset", "look-01", lists={"props": listing})


@pytest.mark.parametrize(
    ("asset", "looked_at"),
    [
        (props("alcohol"), True),
        (props("toy"), False),
        (props(), False),
        (props("toy", complete=False), True),
        (props("toy", raised=("alcohol",)), True),
        (props("toy", raised=("knife",)), False),
        (Element("asset", "look-01"), True),
    ],
)
def test_a_rule_about_alcohol_is_looked_at_only_where_there_may_be_alcohol(asset: Element, looked_at: bool) -> None:
    assert candidates(a_rule({"props": "alcohol"}), asset) == (["rule-1"] if looked_at else [])


def product(fact: Fact) -> Element:
    members = (Element("product", "bag", "products[bag]", {"category": fact}),)
    return Element("asset", "look-01", lists={"products": Listing(members, complete=True)})


@pytest.mark.parametrize(
    ("asset", "looked_at"),
    [
        (product(Fact("alcohol")), True),
        (product(Fact("toy")), False),
        (product(Fact(NOT_KNOWN)), True),
        (product(Fact("toy", raised=(seen("alcohol"),))), True),
        (Element("asset", "look-01", lists={"products": Listing(complete=True)}), False),
        (Element("asset", "look-01", lists={"products": Listing()}), True),
    ],
)
def test_a_rule_about_a_kind_of_product_is_looked_at_only_where_there_may_be_one(
    asset: Element, looked_at: bool
) -> None:
    rule = a_rule({"some": "products", "where": {"category": "alcohol"}})
    assert candidates(rule, asset) == (["rule-1"] if looked_at else [])


def test_a_rule_that_two_of_its_keys_find_is_looked_at_once() -> None:
    assert candidates(a_rule({"props": ["alcohol", "knife"]}), props("alcohol", "knife", complete=False)) == ["rule-1"]


def test_a_rule_is_found_by_the_part_of_its_condition_that_is_seldomest() -> None:
    when = {"all": [{"some": "people", "where": "always"}, {"props": "knife"}]}
    assert trigger(condition_of(when)) == frozenset({("props", "knife")})


def test_a_rule_that_any_of_its_parts_engages_is_found_by_all_of_them() -> None:
    when = {"any": [{"some": "products", "where": {"category": "alcohol"}}, {"props": "alcohol"}]}
    assert trigger(condition_of(when)) == frozenset({("products.category", "alcohol"), ("props", "alcohol")})


def test_a_rule_of_which_one_part_has_no_key_is_always_looked_at() -> None:
    assert trigger(condition_of({"any": [{"props": "knife"}, {"not": {"props": "toy"}}]})) is None


@pytest.mark.parametrize(
    "when",
    [
        {"not": {"props": "alcohol"}},
        {"every": "people", "where": {"is_child": True}},
        {"not": {"count": "people", "where": {"is_child": True}, "at_least": 2}},
    ],
)
def test_a_rule_about_what_is_missing_is_always_looked_at(when: dict[str, object]) -> None:
    assert trigger(condition_of(when)) is None


@pytest.mark.parametrize(
    ("when", "keys"),
    [
        ({"copy.exhortation_to_buy": True}, {("copy.exhortation_to_buy", True)}),
        ({"copy.exhortation_to_buy": False}, {("copy.exhortation_to_buy", False)}),
        ({"not": {"copy.exhortation_to_buy": True}}, {("copy.exhortation_to_buy", False)}),
        ({"campaign.shoot_country": "FR"}, {("campaign.shoot_country", "FR")}),
        ({"some": "people", "where": {"portrayal": "drinking"}}, {("people.portrayal", "drinking")}),
        ({"some": "people", "where": {"asset.props": "knife"}}, {("props", "knife"), ("people", NOBODY_NAMED)}),
        ({"some": "people", "where": {"age": {"lt": 18}}}, {("people", PRESENT)}),
        ({"count": "people", "where": "always", "at_least": 2}, {("people", PRESENT)}),
    ],
)
def test_the_key_of_a_condition_is_what_must_be_there_for_it_to_matter(
    when: dict[str, object], keys: set[tuple[str, str | bool]]
) -> None:
    assert trigger(condition_of(when)) == frozenset(keys)


def test_rules_of_the_same_territories_share_a_bucket_and_others_have_their_own() -> None:
    rules = [
        a_rule("always", id="here", effect="advise", territories=frozenset({"GB"})),
        a_rule("always", id="there", effect="advise", territories=frozenset({"FR"})),
        a_rule("always", id="also-here", effect="advise", territories=frozenset({"GB"})),
        a_rule("always", id="everywhere", effect="advise"),
    ]
    found = {bucket.territories: [each.rule.id for each in bucket.untriggered] for bucket in RuleIndex(rules).buckets}
    assert found == {
        frozenset({"GB"}): ["here", "also-here"],
        frozenset({"FR"}): ["there"],
        None: ["everywhere"],
    }


def test_only_the_paths_that_some_rule_watches_are_read() -> None:
    asset = props("alcohol", "knife", complete=False)
    assert sorted(RuleIndex([a_rule({"themes": "horror"})]).keys(asset, NO_CAMPAIGN)) == [("themes", ANYTHING)]
    keys = RuleIndex([a_rule({"props": "toy"})]).keys(asset, NO_CAMPAIGN)
    assert set(keys) == {("props", "alcohol"), ("props", "knife"), ("props", ANYTHING)}
