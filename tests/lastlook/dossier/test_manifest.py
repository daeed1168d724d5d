"""From a manifest to what is known: looks, defaults, things in place, decisions, and what `unknown` means."""

from __future__ import annotations

import pytest

from lastlook.checking.case import Case
from lastlook.errors import Place, Problem
from lastlook.facts.element import Element, Fact
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
from lastlook.facts.values import NOT_KNOWN, Ages
from tests.world import a_campaign, an_asset
from tests.world.campaigns import Written

LOOK = {"window-3": {"products": ["charm"], "props": ["food"]}}
PRODUCTS = [{"id": "charm", "audience": "adults"}, {"id": "bag", "audience": "general"}]


def only(case: Case) -> Element:
    assert not case.problems, case.problems
    (asset,) = case.assets
    return asset


def listed(asset: Element, name: str) -> tuple[list[str], bool]:
    listing = asset.listing(name)
    return [member.id for member in listing.members] or sorted(listing.codes), listing.complete


@pytest.mark.parametrize(
    ("shows", "products", "props"),
    [
        ({"people": "none"}, (["charm"], False), (["food"], False)),
        ({"products": ["bag"]}, (["bag", "charm"], True), (["food"], False)),
        ({"products": ["charm", "bag"], "props": ["toy"]}, (["charm", "bag"], True), (["toy", "food"], True)),
        ({"products": "none", "props": "none"}, (["charm"], True), (["food"], True)),
        ({"products": "unknown"}, (["charm"], False), (["food"], False)),
    ],
)
def test_a_look_adds_and_never_excludes_and_only_the_picture_says_that_it_is_all(
    shows: Written, products: tuple[list[str], bool], props: tuple[list[str], bool]
) -> None:
    asset = only(a_campaign(an_asset(look="window-3", shows=shows), looks=LOOK, products=PRODUCTS))
    assert (listed(asset, "products"), listed(asset, "props")) == (products, props)


@pytest.mark.parametrize(
    ("stated", "known"),
    [
        ({}, False),
        ({"disclosure": {"commercial_relationship": True}}, True),
        ({"disclosure": {"label": "ad"}}, NOT_KNOWN),
        ({"disclosure": "unknown"}, NOT_KNOWN),
        ({"disclosure": {"commercial_relationship": "unknown"}}, NOT_KNOWN),
    ],
)
def test_a_default_holds_only_where_a_picture_says_nothing_of_its_own(stated: Written, known: object) -> None:
    asset = only(a_campaign(an_asset(**stated)))
    assert asset.fact("disclosure.commercial_relationship").standing is known


@pytest.mark.parametrize("written", [{"look": "unknown"}, {"lok": "window-3"}, {"look": "window-9"}])
def test_a_look_that_nobody_knows_may_add_anything(written: Written) -> None:
    shows = {"people": "none", "products": "none", "props": "none"}
    (asset,) = a_campaign(an_asset(shows=shows, **written), products=PRODUCTS, looks=LOOK).assets
    assert [asset.listing(name).complete for name in ("people", "products", "props")] == [False, False, False]


@pytest.mark.parametrize(
    "row", [{"prop": "knife", "assets": ["look-09"]}, {"prop": "knife", "asets": ["look-01"]}, {"prop": "knife"}]
)
def test_a_prop_that_cannot_be_placed_may_be_in_any_picture(row: Written) -> None:
    case = a_campaign(an_asset(shows={"props": "none", "legible": "none"}), props=[row])
    assert case.problems
    assert [case.assets[0].listing(name).complete for name in ("props", "legible")] == [False, False]


def test_a_key_that_could_not_be_read_does_not_take_the_default() -> None:
    case = a_campaign(an_asset(disclosure={"label": "adv", "commercial_relationship": "perhaps"}))
    assert case.assets[0].fact("disclosure.commercial_relationship").standing is NOT_KNOWN
    assert [problem.what for problem in case.problems] == [
        "assets[0].disclosure.label: `adv` is no label.",
        "assets[0].disclosure.commercial_relationship is perhaps.",
    ]


def test_defaults_cannot_say_what_pictures_show() -> None:
    case = a_campaign(defaults={"plans": ["web"], "shows": {"props": "none"}})
    assert [problem.what for problem in case.problems] == ["A default has no `shows`."]


def test_an_appearance_is_never_inherited() -> None:
    seen = {"person": "talent-1", "appears": "teen_16_17", "prominence": "principal", "portrayal": ["drinking"]}
    case = a_campaign(
        an_asset("look-01", shows={"people": [seen]}),
        an_asset("look-02", shows={"people": ["talent-1"]}),
        people=[{"id": "talent-1", "age": 19}],
    )
    first, second = (asset.listing("people").members[0] for asset in case.assets)
    assert first.fact("appears").standing == Ages(16, 17)
    assert second.facts == {"age": Fact(Ages(19, 19), "declared", Place("campaign.yaml", 1, "people[0].age"))}
    assert second.lists == {}


def test_a_person_in_place_is_addressed_by_picture_and_position() -> None:
    asset = only(a_campaign(an_asset(shows={"people": [{"age_band": "teen_16_17"}, {"age": 40}]})))
    assert [(person.id, person.address) for person in asset.listing("people").members] == [
        ("look-01#person-1", "people[look-01#person-1]"),
        ("look-01#person-2", "people[look-01#person-2]"),
    ]


def test_a_document_can_be_of_a_person_in_place() -> None:
    case = a_campaign(
        an_asset(shows={"people": [{"age": 9}]}),
        documents=[{"kind": "licence", "of": "look-01#person-1"}, {"kind": "licence", "of": "look-01#person-2"}],
    )
    assert [document.of for document in case.documents] == ["look-01#person-1", None]
    assert case.problems == (
        Problem(
            Place("campaign.yaml", 1, "documents[1].of"),
            "`look-01#person-2` is not listed under `people`.",
            "Write look-01#person-1, if that is what you mean.",
        ),
    )


@pytest.mark.parametrize(
    ("decisions", "held"),
    [
        ([{"right": "combination", "holder": "p1"}], TRUE),
        ([{"right": "combination", "holder": "none"}], FALSE),
        ([{"right": "combination", "holder": "unknown"}], UNKNOWN),
        ([{"right": "casting", "holder": "p1"}], FALSE),
        ([{"right": "combination", "holder": "p1", "assets": ["look-02"]}], FALSE),
        ([{"right": "combination", "holder": "p1", "assets": "unknown"}], UNKNOWN),
        ([], FALSE),
    ],
)
def test_a_right_that_nobody_claims_is_held_by_nobody_and_unknown_stays_unknown(
    decisions: list[Written], held: Truth
) -> None:
    case = a_campaign(an_asset("look-01"), an_asset("look-02"), decisions=decisions)
    assert case.claims.is_held("combination", "look-01") is held
    standing = case.assets[0].fact("held.combination").standing
    assert standing is {TRUE: True, FALSE: False, UNKNOWN: NOT_KNOWN}[held]


def test_a_decision_that_could_not_be_read_is_not_held_by_nobody() -> None:
    case = a_campaign(decisions=[{"right": "combinations", "holder": "p1"}])
    assert case.claims.is_held("combination", "look-01") is UNKNOWN
    assert [problem.what for problem in case.problems] == ["decisions[0].right: `combinations` is no decision right."]


def test_a_plan_line_outside_its_campaign_runs_nobody_knows_when() -> None:
    flight = {"from": "2027-02-01", "until": "2027-02-03"}
    case = a_campaign(plans={"web": {"channel": "website", "countries": ["GB"], "flight": flight}})
    (problem,) = case.problems
    assert problem.where == Place("campaign.yaml", 1, "plans.web.flight")
    (line,) = case.assets[0].listing("plans").members
    assert (line.fact("flight").standing, len(line.fact("flight").conflicts)) == (NOT_KNOWN, 2)


def test_a_name_that_is_no_entry_is_said_once_with_the_nearest_one() -> None:
    looks = {"window-3": {"products": ["chram"]}}
    assets = [an_asset(name, look="window-3") for name in ("look-01", "look-02")]
    case = a_campaign(*assets, looks=looks, products=PRODUCTS)
    assert case.problems == (
        Problem(
            Place("campaign.yaml", 1, "looks.window-3.products[0]"),
            "`chram` is not listed under `products`.",
            "Write charm, if that is what you mean.",
        ),
    )
