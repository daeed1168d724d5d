"""A clearance: what it takes, and what each thing that is missing is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from lastlook.clearance.acts import (
    HOUSE,
    Answered,
    Attested,
    Confirmed,
    Disputed,
    FactSeen,
    Granted,
    GrantEnded,
    Judged,
    KeyEnded,
    Named,
    Reviewed,
    Seen,
    StageHeld,
    StageNotHeld,
    Told,
    Vetoed,
    VetoLifted,
    Withdrawn,
    read_entry,
)
from lastlook.clearance.answering import answers_to
from lastlook.clearance.clearing import Cleared, NotCleared, cleared, under_question
from lastlook.clearance.history import history_of
from lastlook.clearance.holding import holdings
from lastlook.clearance.reviewing import to_review
from lastlook.clearance.second_thoughts import withdrawn_facts
from lastlook.clearance.situation import situation_of
from lastlook.clearance.stages import stages_of
from lastlook.errors import LastlookError
from lastlook.evidence.refusal import Refused
from lastlook.packs import Library
from tests.world.campaigns import a_campaign, an_asset
from tests.world.records import (
    NOON,
    ORIGIN,
    PEOPLE,
    SALT,
    TODAY,
    ARecord,
    a_case,
    a_cleared_record,
    a_library,
    pairing,
    shown,
)
from tests.world.rules import a_rule

WITH_CHILD: dict[str, Any] = {"age": 6, "appears": "child_0_12"}
THEMED: dict[str, Any] = {"props": ["adult_themed_accessory"]}


def changed(record: ARecord, **stated: Any) -> ARecord:
    """The record after its campaign was changed and brought in again, by p5."""
    record.case = a_case(**stated)
    return record.judges()


def test_a_campaign_that_everybody_did_their_part_for_is_cleared() -> None:
    record = a_cleared_record()
    outcome = record.outcome
    assert isinstance(outcome, Cleared)
    assert (outcome.campaign, outcome.stage, outcome.assets, outcome.waiting) == (
        "a-campaign", "final", record.situation.assets, (),
    )  # fmt: skip
    assert (outcome.until, outcome.until_because) == (dt.date(2027, 1, 6), "the flight")
    assert outcome.words == "All 1 may go, until 2027-01-06."


def test_a_campaign_that_nobody_did_anything_for_is_told_everything_that_is_missing() -> None:
    outcome = ARecord().outcome
    assert isinstance(outcome, NotCleared)
    assert {(each.code, each.words) for each in outcome.obstacles} >= {
        ("not_recorded", "The record does not hold the campaign as it is now; import it again."),
        ("answer_missing", "standing waits for the answer of safeguarding."),
        ("nobody_holds", "Nobody holds combination on look-01."),
        ("nobody_holds", "Nobody holds publication on look-01."),
        ("not_reviewed", "props rests on the makers' word; somebody who decided nothing there has to look."),
    }


def test_a_clearance_that_requires_nobody_clears_nothing() -> None:
    record = a_cleared_record()
    without = msgspec.structs.replace(record.situation, requirements=())
    with pytest.raises(LastlookError, match="would clear nothing"):
        cleared(without, record.history, on=TODAY)


def test_nobody_can_waive_the_pairing_of_a_child_with_an_adult_theme() -> None:
    record = ARecord(a_case(**WITH_CHILD, **THEMED)).registers_everybody().judges().names_everybody().reviews()
    record.answers_everything()
    demand = record.demand("house-pairing")
    record.answers("p7", demand)
    record.answers("p9", demand)
    assert record.codes == {"blocked"}


@pytest.mark.parametrize(
    ("what", "case"),
    [
        ("the bytes", lambda: _with_picture("ff" * 32)),
        ("the words", lambda: a_campaign(an_asset(shows=shown(), copy={"text": "Gifts for all", "claims": "none"}))),
        (
            "the plan",
            lambda: a_campaign(
                an_asset(shows=shown(), copy={"text": "Gifts for everyone", "claims": "none"}),
                plans={"web": {"channel": "website", "media": "paid", "countries": ["GB"]}},
            ),
        ),
    ],
)
def test_a_change_empties_every_answer_and_says_what_changed(what: str, case: Callable[[], Any]) -> None:
    record = a_cleared_record()
    before = record.demand("standing")
    record.case = case()
    record.judges()
    outcome = record.outcome
    assert isinstance(outcome, NotCleared), what
    stale = [each for each in outcome.obstacles if each.code == "answer_stale"]
    assert [(each.rule, each.finding, each.changed) for each in stale] == [
        ("standing", before.id, ("picture look-01",))
    ], what
    assert {"answer_stale", "not_confirmed"} <= record.codes


def _with_picture(sha256: str) -> Any:
    case = a_case()
    picture = msgspec.structs.replace(case.picture("look-01"), sha256=sha256)
    return msgspec.structs.replace(case, pictures={"look-01": picture})


def test_a_save_that_changes_nothing_changes_no_basis() -> None:
    record = a_cleared_record()
    record.case = a_case()
    assert record.codes == set()


def test_an_answer_affirmed_again_counts_again() -> None:
    record = a_cleared_record()
    record.case = _with_picture("ff" * 32)
    record.judges().names_everybody().reviews().answers_everything()
    assert record.codes == set()


def _other(record: ARecord, **fields: Any) -> None:
    demand = record.demand("standing")
    record.answers("p7", demand, **fields)


DOES_NOT_COUNT: dict[str, Callable[[ARecord], object]] = {
    "another campaign": lambda r: _other(r, campaign="another"),
    "another stage": lambda r: _other(r, stage="concept"),
    "another house": lambda r: _other(r, origin="other.example"),
    "another situation": lambda r: _other(r, basis="0" * 64),
    "another question": lambda r: _other(r, finding="0" * 16),
    "another role": lambda r: r.answers("p9", r.demand("standing")),
    "a role nobody granted them": lambda r: r.answers("p9", r.demand("standing"), "safeguarding"),
    "a dissent": lambda r: _other(r, meaning="dissented"),
    "not signed": lambda r: _other(r, signed=False),
    "attested for somebody": lambda r: r.does(
        Attested, "p8", holder="p7", said="answered", subject=r.demand("standing").id, how="telephone",
        basis=r.demand("standing").basis, role="safeguarding",
    ),
    "a grant that is over": lambda r: (_grant(r, "p8", last=dt.date(2026, 11, 23)), _as(r, "p8")),
    "a grant that has not begun": lambda r: (_grant(r, "p8", first=dt.date(2026, 11, 25)), _as(r, "p8")),
    "a grant that was ended": lambda r: (
        r.does(GrantEnded, HOUSE, grant=_grant(r, "p8")), setattr(r, "now", NOON + dt.timedelta(days=1)),
        _as(r, "p8"), setattr(r, "now", NOON),
    ),
    "a grant by somebody who may not": lambda r: (_grant(r, "p8", by="p7"), _as(r, "p8")),
    "a grant that somebody unsigned passed on": lambda r: (
        _grant(r, "p8", may_delegate=True), _grant(r, "p9", by="p8", signed=False), _as(r, "p9"),
    ),
    "somebody who holds a decision": lambda r: (_grant(r, "p3"), _as(r, "p3")),
    "a second handle of somebody who holds a decision": lambda r: (
        r.registers("p33", person="person p3"), _grant(r, "p33"), _as(r, "p33"),
    ),
    "somebody who is not registered": lambda r: (_grant(r, "p77"), _as(r, "p77", signed=False)),
}  # fmt: skip


def _grant(record: ARecord, handle: str, by: str = HOUSE, signed: bool | None = None, **fields: Any) -> str:
    stated = {"holder": handle, "roles": ("safeguarding",), "first": dt.date(2026, 1, 1), "last": dt.date(2027, 1, 1)}
    return record.does(Granted, by, signed=signed, **{**stated, **fields})


def _as(record: ARecord, handle: str, **fields: Any) -> None:
    record.answers(handle, record.demand("standing"), "safeguarding", **fields)


@pytest.mark.parametrize("why", DOES_NOT_COUNT)
def test_an_answer_does_not_count(why: str) -> None:
    record = ARecord().registers_everybody().judges().names_everybody().reviews()
    DOES_NOT_COUNT[why](record)
    assert record.codes in ({"answer_missing"}, {"answer_stale"}, {"answer_does_not_count"})


def test_a_grant_that_was_passed_on_counts() -> None:
    record = ARecord().registers_everybody().judges().names_everybody().reviews()
    _grant(record, "p8", may_delegate=True)
    _grant(record, "p9", by="p8")
    _as(record, "p9")
    assert record.codes == set()


def test_of_one_person_in_one_role_the_last_word_counts() -> None:
    record = a_cleared_record()
    demand = record.demand("standing")
    record.answers("p7", demand, meaning="dissented")
    assert record.codes == {"answer_does_not_count"}
    record.answers("p7", demand)
    assert record.codes == set()
    given = answers_to(demand, record.situation, record.history)
    assert [answer.counts for answer in given] == ["said_otherwise", "said_otherwise", "counts"]


def test_what_somebody_without_a_key_answered_may_be_attested_where_no_block_and_no_child_depends_on_it() -> None:
    ask = a_rule(
        {"some": "people", "where": {"prominence": "principal"}}, id="ask", effect="ask", answered_by=["legal"]
    )
    record = ARecord(library=a_library(ask)).registers_everybody().judges().names_everybody().reviews()
    record.answers_everything(but=["ask"])
    demand = record.demand("ask")
    assert record.codes == {"answer_missing"}
    record.does(
        Attested, "p8", holder="p9", said="answered", subject=demand.id, how="letter", basis=demand.basis, role="legal",
        parts=demand.parts,
    )  # fmt: skip
    assert record.codes == set()


def test_a_key_that_was_ended_and_a_key_of_somebody_else_sign_nothing() -> None:
    record = ARecord().registers_everybody()
    act = record.make(Vetoed, "p7", assets="all")
    record.records(act, signed=True, by="p8")
    with pytest.raises(Refused, match="not enrolled") as refused:
        _ = record.history
    assert (refused.value.code, refused.value.where.file) == ("unknown-key", f"entry {len(record.entries) - 1}")
    record = ARecord().registers_everybody()
    (enrolment,) = (
        e for e in record.history.recorded if getattr(e.act, "holder", "") == "p7" and e.act.kind == "enrolled"
    )
    record.does(KeyEnded, HOUSE, enrolment=enrolment.leaf)
    record.does(Vetoed, "p7", assets="all")
    with pytest.raises(Refused, match="not enrolled"):
        _ = record.history


def test_a_statement_changed_after_it_was_signed_is_refused() -> None:
    record = a_cleared_record()
    whole = list(record.entries)
    at = next(n for n, data in enumerate(whole) if b'"answered"' in data)
    whole[at] = whole[at].replace(b'"approved"', b'"informed"')
    with pytest.raises(Refused, match="not over this statement"):
        history_of(whole, record.disclosures)


def test_an_answer_whose_signature_was_erased_clears_nothing_new() -> None:
    record = a_cleared_record()
    erased = {e.signature for e in map(read_entry, record.entries) if isinstance(e.act, Answered)}
    record.disclosures = {key: text for key, text in record.disclosures.items() if key not in erased}
    assert {each.signed for each, _ in record.history.of(Answered)} == {"erased"}
    assert record.codes == {"answer_does_not_count"}


# In part, and together.


def test_part_of_a_campaign_may_go_while_the_rest_waits() -> None:
    case = a_campaign(an_asset("look-01", shows=shown()), an_asset("look-02", shows=shown(**WITH_CHILD, **THEMED)))
    outcome = a_cleared_record(case).outcome
    assert isinstance(outcome, Cleared)
    assert [asset.asset for asset in outcome.assets] == ["look-01"]
    assert {(each.code, each.assets) for each in outcome.waiting} == {("blocked", ("look-02",))}
    assert outcome.words.startswith("1 of 2 may go, until 2027-01-06; 1 wait: house-pairing stops it")


def test_an_earlier_stage_is_never_cleared_and_its_answers_are_not_inherited() -> None:
    record = a_cleared_record(a_campaign(an_asset(shows=shown()), campaign={"stage": "pre_shoot"}))
    assert record.codes == {"stage"}
    record.case = a_campaign(an_asset(shows=shown()))
    assert {"not_recorded", "answer_missing", "not_confirmed", "not_reviewed"} <= record.codes


# Holders.


def test_a_holder_is_named_told_silent_and_then_says_yes_or_no() -> None:
    record = ARecord().registers_everybody().judges()
    decision = record.does(
        Named, "p5", right="photography", holder="p3", assets=("look-01",), meaning="executed_as_instructed"
    )

    def state() -> str:
        return holdings(record.situation, record.history)["photography", "look-01"].state

    assert state() == "named"
    record.does(Told, HOUSE, decision=decision)
    assert state() == "told"
    record.now += dt.timedelta(days=7)
    assert state() == "no_reply"
    record.does(Attested, "p5", holder="p3", said="confirmed", subject=decision, how="email")
    assert state() == "attested"
    record.does(Confirmed, "p4", decision=decision)
    assert state() == "attested", "nobody confirms for somebody else"
    record.does(Disputed, "p3", decision=decision)
    assert state() == "disputed"
    assert "disputed" in record.codes
    record.does(Confirmed, "p3", decision=decision)
    assert state() == "confirmed"


def test_the_combination_counts_only_when_its_holder_signed_for_the_picture_as_it_is() -> None:
    record = a_cleared_record()
    decision = record.does(Named, HOUSE, right="combination", holder="p1", assets="all")
    assert record.codes == {"not_confirmed"}
    record.does(Confirmed, "p1", decision=decision)
    assert record.codes == {"not_confirmed"}, "without saying which picture"
    record.does(Confirmed, "p1", decision=decision, seen=(Seen(asset="look-01", basis="0" * 64),))
    assert record.codes == {"not_confirmed"}, "another picture"
    (asset,) = record.situation.assets
    seen = (Seen(asset="look-01", basis=asset.basis),)
    record.does(Confirmed, "p1", decision=decision, seen=seen, signed=False)
    assert record.codes == {"not_confirmed"}, "not signed"
    record.does(Confirmed, "p1", decision=decision, seen=seen, stage="concept")
    assert record.codes == {"not_confirmed"}, "another stage"
    record.does(Confirmed, "p1", decision=decision, seen=seen)
    assert record.codes == set()


def test_whoever_chose_the_product_does_not_publish_it() -> None:
    record = a_cleared_record()
    record.does(Named, HOUSE, right="props", holder="p6", assets="all")
    assert record.codes == {"same_hands"}


def test_one_veto_stops_and_only_who_vetoed_lifts_it() -> None:
    record = a_cleared_record()
    veto = record.does(Vetoed, "p9", assets=("look-01",))
    assert record.codes == {"vetoed"}
    record.does(VetoLifted, "p7", veto=veto)
    assert record.codes == {"vetoed"}
    record.does(VetoLifted, "p9", veto=veto, signed=False)
    assert record.codes == {"vetoed"}
    record.does(VetoLifted, "p9", veto=veto)
    assert record.codes == set()


def test_two_different_people_sign_for_a_picture_with_a_child() -> None:
    child = shown(age=6, appears="child_0_12")
    case = a_campaign(an_asset(shows=child))
    record = ARecord(case).registers_everybody().judges()
    assert record.situation.minors == {"look-01"}
    assert "two_persons" in record.codes
    record.names_everybody().reviews().answers_everything()
    assert record.codes == set()


def test_bytes_that_were_withdrawn_are_never_cleared_again_here_or_elsewhere() -> None:
    record = a_cleared_record()
    (asset,) = record.situation.assets
    outcome = cleared(record.situation, record.history, on=TODAY, withdrawn=[asset.sha256])
    assert isinstance(outcome, NotCleared)
    assert [each.code for each in outcome.obstacles] == ["withdrawn"]
    record.does(Withdrawn, HOUSE, pictures=(asset.sha256,))
    record.answers_everything()
    assert record.codes == {"withdrawn"}


def test_one_fact_that_many_rules_wait_for_is_one_obstacle() -> None:
    rules = [a_rule({"some": "products", "where": {"category": c}}, id=f"of-{c}") for c in ("alcohol", "tobacco")]
    unknown = {key: value for key, value in shown().items() if key != "products"}
    case = a_campaign(an_asset("look-01", shows=unknown), an_asset("look-02", shows=unknown))
    record = ARecord(case, a_library(*rules))
    outcome = record.outcome
    assert isinstance(outcome, NotCleared)
    waiting = [(each.words, each.assets) for each in outcome.obstacles if each.code == "cannot_tell"]
    assert waiting == [("products is not known; 2 rules wait for it.", ("look-01", "look-02"))]


def test_a_review_of_other_bytes_or_of_another_value_or_by_a_maker_counts_for_nothing() -> None:
    record = ARecord().registers_everybody().judges().names_everybody().answers_everything()
    assert record.codes == {"not_reviewed"}
    looked_at, facts = to_review(record.situation)
    wrong = tuple(FactSeen(fact=each.fact, value="0" * 64, assets=each.assets) for each in facts)
    record.does(Reviewed, "p8", looked_at=("00" * 32,), facts=facts)
    record.does(Reviewed, "p8", looked_at=looked_at, facts=wrong)
    record.does(Reviewed, "p8", looked_at=looked_at, facts=facts, signed=False)
    record.does(Reviewed, "p8", looked_at=looked_at, facts=facts, stage="concept")
    record.does(Reviewed, "p3", looked_at=looked_at, facts=facts)
    assert record.codes == {"not_reviewed"}
    record.does(Reviewed, "p8", looked_at=looked_at, facts=facts)
    assert record.codes == set()


def test_a_stage_is_held_or_not_or_the_record_is_silent() -> None:
    record = ARecord()
    record.does(StageHeld, HOUSE, stage="concept")
    record.does(StageNotHeld, HOUSE, stage="casting")
    assert stages_of(record.history) == {
        "concept": "held", "casting": "not held", "pre_shoot": "not recorded", "final": "not recorded",
    }  # fmt: skip


# When it ends.


def test_a_clearance_ends_with_the_first_thing_it_rests_on() -> None:
    consent = {
        "id": "GC-1", "kind": "guardian_consent", "of": "talent-2", "by": "guardian-1", "covers": "campaign",
        "checked_by": "p1", "checked_on": "2026-11-02",
    }  # fmt: skip

    def ending(until: str, people: str = "talent-2") -> tuple[dt.date, str]:
        documents = [{**consent, "of": people, "valid_until": until}]
        registry = [{"id": people, "age": 31}]
        outcome = a_cleared_record(a_campaign(an_asset(shows=shown()), documents=documents, people=registry)).outcome
        assert isinstance(outcome, Cleared)
        return outcome.until, outcome.until_because

    assert ending("2026-12-24") == (dt.date(2026, 12, 24), "guardian_consent of talent-2")
    assert ending("2027-12-24") == (dt.date(2027, 1, 6), "the flight")
    record = ARecord().registers_everybody().judges().names_everybody().reviews()
    _grant(record, "p8", last=dt.date(2026, 12, 1))
    _as(record, "p8")
    outcome = record.outcome
    assert isinstance(outcome, Cleared)
    assert (outcome.until, outcome.until_because) == (
        dt.date(2026, 12, 1),
        "the authority of p8 to answer as safeguarding",
    )


def test_what_has_ended_already_is_not_cleared() -> None:
    record = a_cleared_record()
    record.now = dt.datetime(2027, 1, 7, 12, tzinfo=dt.UTC)
    assert "expired" in record.codes


# A change of mind.


def test_a_fact_that_is_taken_back_for_the_same_bytes_wants_two_people_from_outside() -> None:
    record = ARecord(a_case(**WITH_CHILD, **THEMED)).registers_everybody().judges().names_everybody()
    changed(record, **WITH_CHILD).reviews().answers_everything()
    assert record.codes == {"fact_withdrawn"}
    (demand,) = withdrawn_facts(record.situation, record.history)
    record.answers("p7", demand)
    assert record.codes == {"fact_withdrawn"}, "one is not two"
    record.answers("p8", demand)
    assert record.codes == set()


def _second_line(record: ARecord, demand: Any, handle: str) -> None:
    """Safeguarding answers as it should, and this one for the second line."""
    _grant(record, handle, roles=("second_line",))
    record.answers("p7", demand)
    record.answers(handle, demand, "second_line")


NOT_SETTLED_BY: dict[str, Callable[[ARecord, Any], object]] = {
    "one person in two roles": lambda r, d: _second_line(r, d, "p7"),
    "two handles of one person": lambda r, d: (r.registers("p70", person="person p7"), _second_line(r, d, "p70")),
    "one of the team": lambda r, d: _second_line(r, d, "p2"),
    "the one who changed it": lambda r, d: _second_line(r, d, "p10"),
    "another situation": lambda r, d: (r.answers("p7", d, basis="0" * 64), r.answers("p8", d)),
    "a word of somebody else": lambda r, d: (
        r.answers("p7", d),
        r.does(
            Attested, "p9", holder="p8", said="answered", subject=d.id, how="email", basis=d.basis, role="second_line",
            parts=d.parts,
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("why", NOT_SETTLED_BY)
def test_what_was_taken_back_is_not_settled_by(why: str) -> None:
    record = ARecord(a_case(**WITH_CHILD, **THEMED)).registers_everybody()
    record.registers("p10")
    record.judges().names_everybody()
    record.case = a_case(**WITH_CHILD)
    record.judges(by="p10").reviews().answers_everything()
    (demand,) = withdrawn_facts(record.situation, record.history)
    NOT_SETTLED_BY[why](record, demand)
    assert record.codes == {"fact_withdrawn"}


def test_a_picture_made_again_without_the_product_is_no_change_of_mind() -> None:
    record = ARecord(a_case(**WITH_CHILD, **THEMED)).registers_everybody().judges()
    case = a_case(**WITH_CHILD)
    picture = msgspec.structs.replace(case.picture("look-01"), sha256="ff" * 32)
    record.case = msgspec.structs.replace(case, pictures={"look-01": picture})
    record.judges().names_everybody().reviews().answers_everything()
    assert record.codes == set()


def test_the_same_bytes_under_another_id_are_the_same_bytes() -> None:
    record = ARecord(a_case(**WITH_CHILD, **THEMED)).registers_everybody().judges()
    case = a_campaign(an_asset("look-09", shows=shown(**WITH_CHILD)))
    record.case = msgspec.structs.replace(case, pictures={"look-09": record.case.picture("look-01")})
    record.judges().names_everybody().reviews().answers_everything()
    assert record.codes == {"fact_withdrawn"}


def test_a_folder_copied_under_another_campaign_leaves_no_block_behind() -> None:
    before = ARecord(a_case(**WITH_CHILD, **THEMED)).registers_everybody().judges()
    elsewhere = [engaged for _, act in before.history.of(Judged) for engaged in act.engaged]
    assert [(each.rule, each.effect) for each in elsewhere] == [("house-pairing", "block")]
    asset = an_asset("look-01", shows=shown(**WITH_CHILD), copy={"text": "Gifts for everyone", "claims": "none"})
    record = a_cleared_record(a_campaign(asset, campaign={"id": "a-copy"}))
    assert isinstance(record.outcome, Cleared), "without being told"

    def codes() -> set[str]:
        outcome = cleared(record.situation, record.history, on=TODAY, elsewhere=elsewhere)
        return {each.code for each in (outcome.waiting if isinstance(outcome, Cleared) else outcome.obstacles)}

    assert codes() == {"fact_withdrawn"}
    (demand,) = withdrawn_facts(record.situation, record.history, elsewhere)
    record.answers("p7", demand)
    record.answers("p8", demand)
    assert codes() == set()


def test_a_way_out_that_was_changed_is_no_change_of_mind() -> None:
    paid = a_rule(
        {
            "all": [
                {"some": "plans", "where": {"media": "paid"}},
                {"some": "people", "where": {"prominence": "principal"}},
            ]
        },
        id="paid", effect="sign_off", answered_by=["legal"],
    )  # fmt: skip
    plans = {"web": {"channel": "website", "media": "paid", "countries": ["GB"]}}
    record = ARecord(a_campaign(an_asset(shows=shown()), plans=plans), a_library(paid)).registers_everybody().judges()
    record.case = a_campaign(an_asset(shows=shown()))
    record.judges().names_everybody().reviews().answers_everything()
    assert record.codes == set()


# A later pack.


def test_a_later_pack_puts_a_clearance_under_question_and_rewrites_nothing() -> None:
    record = a_cleared_record()
    before = record.outcome
    assert isinstance(before, Cleared)
    pictures = [asset.sha256 for asset in before.assets]
    assert under_question(before.packs, pictures, record.outcome) == ()
    later = a_library(pairing(), a_rule({"some": "people", "where": {"prominence": "principal"}}, id="new"))
    now = _under(record, later)
    assert [each.rule for each in under_question(before.packs, pictures, now)][-1] == "new"


def _under(record: ARecord, library: Library) -> Cleared | NotCleared:
    situation = situation_of(record.case, library, origin=ORIGIN, salt=SALT, on=TODAY)
    return cleared(situation, record.history, on=TODAY)


def test_everybody_in_the_world_of_the_tests_has_a_name_of_their_own() -> None:
    record = a_cleared_record()
    assert len({record.history.person(handle) for handle in PEOPLE}) == len(PEOPLE)
