"""What can never happen, whatever people do and in whatever order, as long as a picture's bytes stay as they are.

Once `house-pairing` was engaged for a picture it is not cleared again, unless two people from outside the team have
signed that what engaged it was a mistake. Everything else is tried: other facts, other ids, other plans, holders,
answers by the wrong people, for other situations, campaigns and stages, grants to everybody, a second handle.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lastlook.checking.case import Case
from lastlook.clearance.acts import (
    HOUSE,
    Answered,
    Attested,
    Confirmed,
    Corrected,
    Granted,
    Judged,
    Named,
    Registered,
    Reviewed,
    Seen,
    Vetoed,
    VetoLifted,
)
from lastlook.clearance.clearing import Cleared
from lastlook.clearance.second_thoughts import RULE, withdrawn_facts
from lastlook.clearance.situation import Demand
from tests.world.campaigns import a_campaign, an_asset
from tests.world.records import PEOPLE, RIGHTS, ROLES, ARecord, shown

BYTES = "ab" * 32
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2027, 12, 31)
HANDLES = st.sampled_from([*PEOPLE, "p10", "p11"])
OTHER = {"campaign": "another", "stage": "concept", "origin": "other.example", "basis": "0" * 64}
AGES = [
    {"age": 6, "appears": "child_0_12"},
    {"age": 19, "appears": "teen_16_17"},
    {"age": 31, "appears": "adult_25_plus"},
    {},
]


def a_case_of(stated: dict[str, Any], asset: str, text: str, media: str, *, hidden: bool, with_other: bool) -> Case:
    """One picture of always the same bytes, whatever is said of it."""
    what = shown(**{"age": 31, **stated})
    if hidden:
        what["people"] = "none"
    assets = [an_asset(asset, shows=what, copy={"text": text, "claims": "none"})]
    if with_other:
        assets.append(an_asset("other", shows=shown()))
    plans = {"web": {"channel": "website", "media": media, "countries": ["GB"]}}
    case = a_campaign(*assets, plans=plans)
    pictures = {**case.pictures, asset: msgspec.structs.replace(case.picture(asset), sha256=BYTES)}
    return msgspec.structs.replace(case, pictures=pictures)


class AnyActs(RuleBasedStateMachine):
    """People do what they like, and more often than not what would clear the picture."""

    def __init__(self) -> None:
        super().__init__()
        self.record = ARecord(a_case_of({}, "look-01", "Gifts", "owned", hidden=False, with_other=False))

    @initialize(engaged_first=st.sampled_from([True, True, True, False]))
    def begins(self, engaged_first: bool) -> None:
        self.record.registers_everybody()
        for handle in ("p10", "p11"):
            self.record.registers(handle)
        if engaged_first:
            self.changes(AGES[0], "look-01", "Gifts", "owned", False, False, True, "p5")
        else:
            self.record.judges()

    @rule(
        stated=st.sampled_from(AGES), asset=st.sampled_from(["look-01", "look-07"]),
        text=st.sampled_from(["Gifts", "Toys"]),
        media=st.sampled_from(["owned", "paid"]), hidden=st.booleans(), with_other=st.booleans(), themed=st.booleans(),
        by=HANDLES,
    )  # fmt: skip
    def changes(
        self,
        stated: dict[str, Any],
        asset: str,
        text: str,
        media: str,
        hidden: bool,
        with_other: bool,
        themed: bool,
        by: str,
    ) -> None:
        props = {"props": ["adult_themed_accessory"]} if themed else {}
        self.record.case = a_case_of({**stated, **props}, asset, text, media, hidden=hidden, with_other=with_other)
        self.record.judges(by)

    @rule()
    def everybody_does_their_part(self) -> None:
        self.record.names_everybody().reviews().answers_everything()

    @rule(right=st.sampled_from(sorted(RIGHTS)), holder=HANDLES, by=HANDLES, corrects=st.booleans())
    def somebody_is_named(self, right: str, holder: str, by: str, corrects: bool) -> None:
        more: dict[str, Any] = {"of": "0" * 64} if corrects else {}
        kind = Corrected if corrects else Named
        decision = self.record.does(kind, by, right=right, holder=holder, assets="all", **more)
        seen = tuple(Seen(asset=each.asset, basis=each.basis) for each in self.record.situation.assets)
        self.record.does(Confirmed, holder, decision=decision, seen=seen)

    @rule(by=HANDLES, role=st.sampled_from(sorted(ROLES.values())))
    def anybody_is_granted_a_role(self, by: str, role: str) -> None:
        self.record.does(Granted, HOUSE, holder=by, roles=(role,), first=FIRST, last=LAST)

    @rule(by=HANDLES)
    def anybody_reviews(self, by: str) -> None:
        self.record.reviews(by)

    @rule(by=HANDLES, role=st.sampled_from(sorted(ROLES.values())), data=st.data())
    def anybody_answers_anything(self, by: str, role: str, data: st.DataObject) -> None:
        demands = (*self.record.situation.demands, *withdrawn_facts(self.record.situation, self.record.history))
        if demands:
            demand = data.draw(st.sampled_from(demands))
            wrong = data.draw(st.sampled_from([{}, {}, *({key: value} for key, value in OTHER.items())]))
            self.record.answers(by, demand, role, signed=data.draw(st.booleans()), **wrong)

    @rule(
        one=st.sampled_from(["p7", "p8", "p10", "p2"]),
        other=st.sampled_from(["p7", "p8", "p10", "p2"]),
        by=st.sampled_from(["p5", "p10"]),
        how=st.sampled_from(["signed", "signed", "unsigned", "attested", "dissented", "other basis", "other stage"]),
    )
    def it_is_taken_back_and_two_sign(self, one: str, other: str, by: str, how: str) -> None:
        """All that a clearance takes, but for who the two are and how the second of them says it."""
        self.changes(AGES[2], "look-01", "Gifts", "owned", False, False, False, by)
        self.record.does(Granted, HOUSE, holder=one, roles=("safeguarding",), first=FIRST, last=LAST)
        self.record.does(Granted, HOUSE, holder=other, roles=("second_line",), first=FIRST, last=LAST)
        self.everybody_does_their_part()
        more = {
            "dissented": {"meaning": "dissented"},
            "other basis": {"basis": "0" * 64},
            "other stage": {"stage": "concept"},
        }
        for demand in withdrawn_facts(self.record.situation, self.record.history):
            self.record.answers(one, demand, "safeguarding")
            if how == "attested":
                self._attests("p9", other, demand, "second_line")
            else:
                self.record.answers(other, demand, "second_line", signed=how != "unsigned", **more.get(how, {}))

    @rule(by=HANDLES, holder=HANDLES, data=st.data())
    def somebody_attests_an_answer(self, by: str, holder: str, data: st.DataObject) -> None:
        demands = (*self.record.situation.demands, *withdrawn_facts(self.record.situation, self.record.history))
        if demands:
            demand = data.draw(st.sampled_from(demands))
            role = data.draw(st.sampled_from(demand.roles or ("legal",)))
            self._attests(by, holder, demand, role)

    def _attests(self, by: str, holder: str, demand: Demand, role: str) -> None:
        self.record.does(
            Attested, by, holder=holder, said="answered", subject=demand.id, how="email", basis=demand.basis, role=role
        )  # fmt: skip

    @rule(person=HANDLES)
    def somebody_gets_a_second_handle(self, person: str) -> None:
        handle = f"x{len(self.record.entries)}"
        self.record.registers(handle, person=f"person {person}")
        for role in ROLES.values():
            self.record.does(Granted, HOUSE, holder=handle, roles=(role,), first=FIRST, last=LAST)
        for demand in withdrawn_facts(self.record.situation, self.record.history):
            self.record.answers(handle, demand, "second_line")

    @rule(by=HANDLES)
    def somebody_vetoes_and_lifts_it(self, by: str) -> None:
        self.record.does(VetoLifted, by, veto=self.record.does(Vetoed, by, assets="all"))

    @invariant()
    def a_picture_that_paired_is_not_cleared(self) -> None:
        outcome = self.record.outcome
        if not isinstance(outcome, Cleared) or BYTES not in {asset.sha256 for asset in outcome.assets}:
            return
        recorded = self.record.history.recorded
        first = next(
            (n for n, each in enumerate(recorded) if isinstance(each.act, Judged) and _pairs(each.act)), len(recorded)
        )
        if first == len(recorded):
            return
        persons = {each.act.holder: each.act.person for each in recorded if isinstance(each.act, Registered)}
        insiders = {persons[each.act.holder] for each in recorded if isinstance(each.act, Named | Corrected)}
        insiders |= {persons[each.act.handle] for each in recorded[first + 1 :] if isinstance(each.act, Judged)}
        ids = {demand.id for demand in withdrawn_facts(self.record.situation, self.record.history)}
        now = {each.finding for each in self._engaged_now()}
        assert not now, "it is engaged at this moment"
        if not ids:  # what engaged it is said again, word for word, and still it is not engaged: nothing was withdrawn
            return
        signed = [
            (persons[each.act.handle], each.act.role)
            for each in recorded
            if isinstance(each.act, Answered) and each.act.finding in ids and each.act.rule == RULE
            and each.signed == "signed" and each.act.meaning == "approved" and each.act.campaign == "a-campaign"
            and each.act.stage == "final" and each.act.basis != OTHER["basis"]
        ]  # fmt: skip
        safeguarding = {person for person, role in signed if role == "safeguarding"} - insiders
        second = {person for person, role in signed if role == "second_line"} - insiders
        assert any(one != other for one in safeguarding for other in second)

    def _engaged_now(self) -> list[Any]:
        last = self.record.history.last_judged
        return [each for act in last for each in act.engaged if each.rule == "house-pairing" and BYTES in each.bytes_of]


def _pairs(act: Judged) -> bool:
    return any(each.rule == "house-pairing" and BYTES in each.bytes_of for each in act.engaged)


AnyActs.TestCase.settings = settings(
    max_examples=60, stateful_step_count=10, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestAnyActs = AnyActs.TestCase


SOME = ("p7", "p8", "p10", "p2", "p6")
HOW = ("unsigned", "attested", "dissented", "other basis", "other stage")


def after(one: str, other: str, by: str, how: str, named: str) -> bool:
    """Whether it is cleared after these two answered what this one took back, with one more holder of a decision."""
    machine = AnyActs()
    machine.begins(True)
    machine.record.does(Named, HOUSE, right="location", holder=named, assets="all")
    machine.it_is_taken_back_and_two_sign(one, other, by, how)
    return isinstance(machine.record.outcome, Cleared)


@pytest.mark.parametrize("by", ["p5", "p10"])
def test_a_fact_is_taken_back_by_two_outsiders_who_sign_and_by_nobody_else(by: str) -> None:
    for one, other, named in itertools.product(SOME, SOME, ("p2", "p6", "p10")):
        outsiders = {one, other} - set(RIGHTS.values()) - {named, by}
        assert after(one, other, by, "signed", named) is (len(outsiders) == 2), (one, other, named)


@pytest.mark.parametrize("how", HOW)
def test_a_fact_is_not_taken_back_by_an_answer_that_is(how: str) -> None:
    assert after("p10", "p8", "p5", "signed", "p2")
    assert not after("p10", "p8", "p5", how, "p2")


def test_the_machine_can_reach_a_clearance_both_ways() -> None:
    """So that the invariant above is about something: cleared without a pairing, and after two valid answers."""
    machine = AnyActs()
    machine.begins(False)
    machine.everybody_does_their_part()
    assert isinstance(machine.record.outcome, Cleared)
    machine = AnyActs()
    machine.begins(True)
    machine.changes(AGES[2], "look-01", "Gifts", "owned", False, False, True, "p5")
    machine.everybody_does_their_part()
    assert machine.record.codes == {"fact_withdrawn"}
    machine.it_is_taken_back_and_two_sign("p7", "p8", "p5", "signed")
    assert isinstance(machine.record.outcome, Cleared)
    machine.a_picture_that_paired_is_not_cleared()
    assert Reviewed in {type(each.act) for each in machine.record.history.recorded}
