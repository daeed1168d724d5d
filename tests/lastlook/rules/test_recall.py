"""What is remembered saves time and changes no answer."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastlook.errors import Place
from lastlook.facts.element import Element, Fact, Listing
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth, all_of, any_of
from lastlook.facts.values import NOT_KNOWN
from lastlook.packs import read_packs
from lastlook.packs.library import HERE
from lastlook.rules import recall
from lastlook.rules.conditions import Condition, FactLiteral, Some
from lastlook.rules.evaluation import compiled
from lastlook.rules.explanation import explain
from lastlook.rules.recall import Look, Recall, disjunctions, lowest, numbers_in
from lastlook.rules.roots import Picture, roots_of
from lastlook.rules.tests import HasWords
from tests.world import a_rule
from tests.world.conditions import campaigns, condition_of, conditions, elements, seen, written_whens

LAW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NO_CAMPAIGN = Element("campaign", "a-campaign", "campaign")

Shot = tuple[Element, Element]  # a picture, and its campaign


@st.composite
def shots(draw: st.DrawFn, *, raised: bool = True) -> list[Shot]:
    """Pictures that have much in common: lists and facts of a few, put together anew, and written elsewhere."""
    drawn = draw(st.lists(elements(raised=raised), min_size=1, max_size=3))
    around = draw(st.lists(campaigns(raised=raised), min_size=1, max_size=2))
    found = [(asset, draw(st.sampled_from(around))) for asset in drawn]
    for number in range(draw(st.integers(0, 3))):
        lists = {**draw(st.sampled_from(drawn)).lists}
        for name in sorted(lists):
            other = draw(st.sampled_from(drawn)).lists.get(name)
            if other is not None:
                lists[name] = msgspec.structs.replace(other, source=Place("other.yaml", number))
        facts = draw(st.sampled_from(drawn)).facts
        found.append((Element("asset", f"look-{number}", "", facts, lists), draw(st.sampled_from(around))))
    return found


def by_evaluation(asked: Sequence[Condition], shot: Shot) -> list[Truth]:
    asset, campaign = shot
    return [compiled(condition)(asset, asset, campaign) for condition in asked]


def truths(look: Look, number: int) -> list[Truth]:
    assert look.sure & ~look.possible == 0
    return [
        TRUE if look.sure >> each & 1 else UNKNOWN if look.possible >> each & 1 else FALSE for each in range(number)
    ]


def by_explanation(condition: Condition, shot: Shot) -> list[str]:
    asset, campaign = shot
    reasons = explain(condition, asset, asset, campaign)[1]
    return list(dict.fromkeys(reason.address for reason in reasons if reason.truth is UNKNOWN))


def assert_same_as_asked_plainly(recalling: Recall, shot: Shot) -> None:
    asked = recalling.conditions
    look = recalling.look(*shot)
    plainly = by_evaluation(asked, shot)
    assert truths(look, len(asked)) == plainly
    expected: list[str] = []
    for number, truth in enumerate(plainly):
        if truth is not FALSE:  # what is true may wait as well, where it is not known whether it applies
            addresses = by_explanation(asked[number], shot)
            assert list(recalling.open_facts(number, look)) == addresses
            expected += addresses
    waiting = sorted(recalling.waiting(look.possible, look))
    told = dict.fromkeys(address for _, _, addresses in waiting for address in addresses)
    assert list(told) == list(dict.fromkeys(expected))


@LAW
@given(st.lists(written_whens(), min_size=1, max_size=5), shots(), st.sampled_from([1, 2_048]))
def test_whatever_the_conditions_and_the_pictures_the_truths_and_open_facts_are_those_of_asking_each_plainly(
    whens: list[object], pictures: list[Shot], kept: int
) -> None:
    recalling = Recall([condition_of(when) for when in whens])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(recall, "KEPT", kept)
        for shot in (*pictures, *reversed(pictures)):
            assert_same_as_asked_plainly(recalling, shot)


@LAW
@given(st.lists(written_whens(), min_size=1, max_size=5), shots(raised=False))
def test_nor_does_it_matter_where_nothing_is_raised(whens: list[object], pictures: list[Shot]) -> None:
    recalling = Recall([condition_of(when) for when in whens])
    for shot in (*pictures, *reversed(pictures)):
        assert_same_as_asked_plainly(recalling, shot)


@LAW
@given(st.data(), st.lists(written_whens(), min_size=1, max_size=5), shots())
def test_conditions_that_nobody_asked_of_one_picture_are_evaluated_when_they_are_asked_of_the_next(
    data: st.DataObject, whens: list[object], pictures: list[Shot]
) -> None:
    recalling = Recall([condition_of(when) for when in whens])
    every = (1 << len(whens)) - 1
    for asset, campaign in (*pictures, *reversed(pictures)):
        some = data.draw(st.integers(0, every))
        look, whole = recalling.look(asset, campaign, some), Recall(recalling.conditions).look(asset, campaign)
        assert (look.possible, look.sure) == (whole.possible & some, whole.sure & some)


@functools.cache
def every_rule() -> Recall:
    """The conditions of all packs, not of the few that other tests use; what it remembers stays from try to try."""
    library = read_packs(sorted(manifest.parent for manifest in HERE.glob("*/pack.yaml")))
    return Recall([rule.condition for rule in library.rules if rule.scope == "asset"])


@LAW
@given(shots())
def test_the_truths_and_open_facts_of_every_bundled_rule_are_those_of_asking_each_plainly(pictures: list[Shot]) -> None:
    for shot in pictures:
        assert_same_as_asked_plainly(every_rule(), shot)


@LAW
@given(written_whens(noun="person", depth=1), shots())
def test_members_that_meet_a_some_are_those_that_meet_it_plainly(where: object, pictures: list[Shot]) -> None:
    some = condition_of({"some": "people", "where": where})
    assert isinstance(some, Some)
    recalling = Recall([some], [some])
    meets = compiled(some.where)
    for asset, campaign in (*pictures, *reversed(pictures)):
        look, listing = recalling.look(asset, campaign), asset.listing("people")
        standing = [meets(member, asset, campaign) for member in listing.members]
        raised = [meets(member, asset, campaign) for member in listing.raised_members]
        lifted = [
            (UNKNOWN if listing.complete else TRUE) if truth is TRUE else FALSE if listing.complete else UNKNOWN
            for truth in raised
        ]
        assert list(recalling.members(0, look)) == standing + lifted
        for number, member in enumerate((*listing.members, *listing.raised_members)):
            reasons = explain(some.where, member, asset, campaign)[1]
            addresses = dict.fromkeys(reason.address for reason in reasons if reason.truth is UNKNOWN)
            assert list(recalling.open_facts_of_member(0, number, look)) == list(addresses)


@LAW
@given(conditions(), elements(), campaigns())
def test_a_condition_taken_apart_has_the_truth_of_the_whole(
    condition: Condition, asset: Element, campaign: Element
) -> None:
    apart = all_of(any_of(compiled(leaf)(asset, asset, campaign) for leaf in ways) for ways in disjunctions(condition))
    assert apart is compiled(condition)(asset, asset, campaign)


@LAW
@given(st.lists(shots(), min_size=2, max_size=2))
def test_several_threads_get_the_answers_that_one_gets(drawn: list[list[Shot]]) -> None:
    recalling = every_rule()
    pictures = [shot for several in drawn for shot in several]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda shot: truths(recalling.look(*shot), len(recalling.conditions)), pictures * 4))
    assert found == [by_evaluation(recalling.conditions, shot) for shot in pictures] * 4


# Roots, and their contents.


@pytest.mark.parametrize(
    ("when", "roots"),
    [
        ("always", set()),
        ({"props": "knife"}, {"props"}),
        ({"copy.exhortation_to_buy": True}, {"copy.*"}),
        ({"not": {"held.combination": True}}, {"held.*"}),
        ({"campaign.shoot_country": "GB"}, {"campaign"}),
        ({"some": "people", "where": {"age": {"lt": 18}}}, {"people"}),
        ({"some": "people", "where": {"portrayal": "drinking"}}, {"people"}),
        ({"some": "people", "where": {"some": "portrayal", "where": {"imitable": True}}}, {"people"}),
        ({"some": "people", "where": {"asset.props": "knife"}}, {"people", "props"}),
        ({"some": "people", "where": {"campaign.shoot_country": "GB"}}, {"people", "campaign"}),
        ({"any": [{"props": "knife"}, {"themes": "horror"}]}, {"props", "themes"}),
    ],
)
def test_the_roots_of_a_condition_are_what_it_reads(when: object, roots: set[str]) -> None:
    assert roots_of(condition_of(when)) == roots


def test_a_text_is_a_root_by_itself_since_no_two_pictures_have_the_same() -> None:
    assert roots_of(FactLiteral("element", "asset", "copy.text", HasWords("win", ("win",)))) == {"copy.text"}


def props(*codes: str, complete: bool = True, raised: tuple[str, ...] = (), line: int = 1) -> Element:
    listing = Listing(
        codes=frozenset(codes),
        complete=complete,
        known="declared",
        source=Place("campaign.yaml", line),
        raised=tuple(seen(code) for code in raised),
    )
    return Element("asset", f"look-{line}", lists={"props": listing})


def content_of(when: object, root: str, asset: Element) -> object:
    picture = Picture()
    picture.add(condition_of(when))
    return picture.content(root)(asset, NO_CAMPAIGN)


def test_where_a_list_is_written_is_no_part_of_its_content() -> None:
    when = {"props": "knife"}
    assert content_of(when, "props", props("toy", line=1)) == content_of(when, "props", props("toy", line=2))


@pytest.mark.parametrize(
    "other",
    [
        props("knife"),
        props("toy", complete=False),
        props("toy", raised=("knife",)),
        Element("asset", "look-01", "group[a]", lists={"props": props("toy").listing("props")}),
        Element("asset", "look-01"),
    ],
)
def test_all_that_a_truth_or_its_reasons_can_rest_on_is_part_of_a_content(other: Element) -> None:
    when = {"props": "knife"}
    assert content_of(when, "props", props("toy")) != content_of(when, "props", other)


def a_product(fact: Fact, address: str = "products[bag]") -> Element:
    members = (Element("product", "bag", address, {"minimum_age": fact}),)
    return Element("asset", "look-01", lists={"products": Listing(members, complete=True)})


@pytest.mark.parametrize(
    "other",
    [
        a_product(Fact(0)),
        a_product(Fact(True)),
        a_product(Fact(NOT_KNOWN)),
        a_product(Fact(1, raised=(seen(2),))),
        a_product(Fact(1, raised=(seen(True),))),
        a_product(Fact(1), "products[case]"),
    ],
)
def test_a_member_of_another_value_or_address_is_another_content(other: Element) -> None:
    when = {"some": "products", "where": {"minimum_age": {"ge": 1}}}
    assert content_of(when, "products", a_product(Fact(1))) != content_of(when, "products", other)


def test_only_what_some_condition_reads_is_part_of_a_content() -> None:
    when = {"some": "products", "where": {"category": "alcohol"}}
    assert content_of(when, "products", a_product(Fact(1))) == content_of(when, "products", a_product(Fact(2)))


# Sets of numbers.


@given(st.frozensets(st.integers(0, 5_000)))
def test_a_set_gives_its_numbers_in_order(numbers: frozenset[int]) -> None:
    conditions = sum(1 << number for number in numbers)
    assert list(numbers_in(conditions)) == sorted(numbers)
    assert not numbers or lowest(conditions) == min(numbers)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recall, "KEPT", 3)
    kept: dict[object, int] = {}
    for number in range(10):
        recall.keep(kept, number, number)
        assert len(kept) <= 3
    assert kept == {9: 9}


def test_a_rule_that_is_false_of_one_picture_is_asked_anew_of_the_next() -> None:
    recalling = Recall([a_rule({"props": "knife"}).condition])
    found = [
        truths(recalling.look(asset, NO_CAMPAIGN), 1)
        for asset in (props("toy"), props("knife"), props("toy"), props("toy", complete=False))
    ]
    assert found == [[FALSE], [TRUE], [FALSE], [UNKNOWN]]
