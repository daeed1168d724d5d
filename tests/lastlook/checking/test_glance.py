"""The short answer is what the long one comes to, and both are what every rule asked plainly comes to."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastlook.checking.applicability import applies, outings_of
from lastlook.checking.case import Case
from lastlook.checking.demands import Asked, DocumentRule
from lastlook.checking.examination import Judgement, examine, judge, missing_in
from lastlook.checking.judge import Judge, Outcome
from lastlook.facts.element import Element, Raised
from lastlook.facts.truth import FALSE, TRUE
from lastlook.packs import Library, Markets, read_packs
from lastlook.packs.library import HERE
from lastlook.reading.kinds import Span
from lastlook.rules.evaluation import compiled
from lastlook.rules.rule import Rule
from tests.world import a_campaign, a_rule, an_asset, case_of
from tests.world.campaigns import Written
from tests.world.conditions import written_whens
from tests.world.knowing import raised_in, with_raised_member
from tests.world.strategies import manifests, raised_people, raisings

ON = dt.date(2026, 11, 24)
LAW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(LAW, max_examples=40)  # each is three cases
BRITISH: Markets = {"GB": (Span(dt.date(2020, 1, 1), dt.date.max),)}
FOR_EACH_CHILD = {"some": "people", "where": {"is_minor": True}}


@functools.cache
def every_pack() -> Library:
    return read_packs(sorted(manifest.parent for manifest in HERE.glob("*/pack.yaml")))


@functools.cache
def judging_all() -> Judge:
    """One judge for all tries, so that what it remembers of one is there in the next."""
    return Judge(every_pack().rules)


def asked_plainly(rules: tuple[Rule, ...], asset: Element, case: Case) -> Iterator[Outcome]:
    """The outcomes of a picture, every rule evaluated by itself."""
    outings = outings_of(asset, case.campaign)
    for rule in rules:
        if rule.scope != "asset" or rule.is_standing_requirement:
            continue
        applying = applies(rule.territories, rule.in_force, outings)
        asked = Asked(asset, asset, (asset,), case, applying, ON)
        if rule.document is not None:
            for _, subject, met, found in DocumentRule(rule, rule.document).answers_here(asked):
                yield Outcome(rule, met, applying, asset, (asset,), subject, found)
            continue
        met = min(applying, compiled(rule.condition)(asset, asset, case.campaign))
        if met is not FALSE:
            yield Outcome(rule, met, applying, asset, (asset,))


def assert_all_agree(judging: Judge, rules: tuple[Rule, ...], markets: Markets, case: Case) -> None:
    seen = examine(judging, markets, case, ON)
    assert seen.by_asset == {asset.id: tuple(asked_plainly(rules, asset, case)) for asset in case.assets}
    assert judge(judging, markets, case, ON) == Judgement(
        seen.verdict,
        tuple((outcome.rule.id, outcome.at.id) for outcome in seen.outcomes if outcome.truth is TRUE),
        tuple(dict.fromkeys(each.reason.address for each in missing_in(seen, case))),
    )


@LAW
@given(manifests(), st.lists(raisings(), max_size=3), st.none() | raised_people)
def test_of_all_packs_the_short_answer_the_long_one_and_every_rule_asked_plainly_agree(
    written: Written, raised: list[tuple[str, str, Raised, bool]], somebody: Element | None
) -> None:
    case, all_rules, markets = case_of(written), every_pack().rules, every_pack().markets()
    assert_all_agree(judging_all(), all_rules, markets, case)
    for noun, name, value, is_list in raised:
        case = raised_in(case, noun, name, value, is_list)
    if somebody is not None:
        case = with_raised_member(case, somebody)
    assert_all_agree(judging_all(), all_rules, markets, case)


@st.composite
def rules(draw: st.DrawFn) -> list[Rule]:
    """Rules of all effects, some of which ask for a document, here or elsewhere, now or later."""
    found: list[Rule] = []
    for number in range(draw(st.integers(1, 5))):
        when: object = draw(written_whens())
        stated: dict[str, Any] = {"id": f"rule-{number}"}
        kind = draw(st.sampled_from(["sign_off", "ask", "advise", "asset", "campaign", "people", "people"]))
        if kind in ("asset", "campaign", "people"):
            stated |= {"effect": "document", "document": {"kind": "guardian_consent", "of": kind}}
            if kind == "people":
                where = draw(written_whens("person", depth=1))
                when = {"all": [{"some": "people", "where": draw(st.sampled_from([where, {"is_minor": True}]))}, when]}
        else:
            stated["effect"] = kind
        rule = a_rule(when, answered_by=["legal"], **stated)
        territories = draw(st.sampled_from([None, frozenset({"GB"}), frozenset({"FR"})]))
        in_force = draw(st.sampled_from([rule.in_force, Span(dt.date(2026, 12, 10), dt.date.max)]))
        found.append(msgspec.structs.replace(rule, territories=territories, in_force=in_force))
    return found


def without_a_place_or_a_time(case: Case) -> Iterator[Case]:
    """The case, and the same where nobody said when the campaign runs, or where the pictures go."""
    yield case
    facts = {name: fact for name, fact in case.campaign.facts.items() if name != "flight"}
    yield msgspec.structs.replace(case, campaign=msgspec.structs.replace(case.campaign, facts=facts))
    assets = tuple(
        msgspec.structs.replace(
            asset, lists={name: listing for name, listing in asset.lists.items() if name != "plans"}
        )
        for asset in case.assets
    )
    yield msgspec.structs.replace(case, assets=assets)


@FEW
@given(rules(), manifests(), st.none() | raised_people)
def test_of_any_rules_they_agree_wherever_and_whenever_a_picture_goes_out(
    drawn: list[Rule], written: Written, somebody: Element | None
) -> None:
    judging, case = Judge(drawn), case_of(written)
    if somebody is not None:
        case = with_raised_member(case, somebody)
    for each in without_a_place_or_a_time(case):
        assert_all_agree(judging, tuple(drawn), BRITISH, each)


@pytest.mark.parametrize(
    ("people", "engaged", "missing"),
    [
        ([{"age": 9}], (("consent", "look-01"),), ()),
        ([{"age": 9}, {"age": 12}], (("consent", "look-01"), ("consent", "look-01")), ()),
        ([{"age": 34}], (), ()),
        ([{"prominence": "principal"}], (), ("people[look-01#person-1].age",)),
        (None, (), ("people",)),
    ],
)
def test_a_document_is_wanted_of_each_subject(
    people: object, engaged: tuple[tuple[str, str], ...], missing: tuple[str, ...]
) -> None:
    rule = a_rule(
        FOR_EACH_CHILD,
        id="consent",
        effect="document",
        document={"kind": "guardian_consent", "of": "people"},
        territories=frozenset({"GB"}),
    )
    shows: Written = {} if people is None else {"people": people}
    case = a_campaign(an_asset(shows=shows))
    found = judge(Judge([rule]), BRITISH, case, ON)
    assert (found.engaged, found.missing) == (engaged, missing)
