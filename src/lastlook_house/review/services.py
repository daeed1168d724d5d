"""What people do about a campaign: each function makes a draft of one act, for its person to sign."""

from __future__ import annotations

from collections.abc import Collection

from lastlook.clearance.acts import (
    Answered,
    Confirmed,
    Corrected,
    Disputed,
    Named,
    Reviewed,
    Seen,
    StageHeld,
    StageNotHeld,
    Told,
    Vetoed,
    VetoLifted,
)
from lastlook.clearance.history import Recorded
from lastlook.clearance.reviewing import to_review
from lastlook.clearance.situation import Demand, Situation
from lastlook_house.accounts.models import PersonRow
from lastlook_house.record.acting import Draft, Drafting, Place

Assets = tuple[str, ...] | str  # ids, or "all"


def name_holder(
    place: Place, by: str, *, right: str, holder: str, assets: Assets, meaning: str, authority: str | None
) -> Draft:
    """Say who holds a right: a claim until they confirm it."""
    drafting = Drafting(place, by)
    committed = drafting.maybe("authority", authority)
    return drafting.draft(Named, right=right, holder=holder, assets=assets, meaning=meaning, authority=committed)


def tell_holder(place: Place, by: str, decision: Recorded) -> Draft:
    """The holder was told what stands in their name."""
    return Drafting(place, by).draft(Told, decision=decision.leaf)


def confirm(place: Place, person: PersonRow, by: str, decision: Recorded, situation: Situation) -> Draft:
    """The holder confirms, for the pictures as they now are."""
    act = decision.act
    assert isinstance(act, Named | Corrected)
    seen = tuple(
        Seen(asset=each.asset, basis=each.basis)
        for each in situation.assets
        if act.assets == "all" or each.asset in act.assets
    )
    return Drafting(place, by, person).draft(Confirmed, decision=decision.leaf, seen=seen)


def dispute(place: Place, person: PersonRow, by: str, decision: Recorded, reason: str | None) -> Draft:
    """The holder says that this was not theirs."""
    drafting = Drafting(place, by, person)
    committed = drafting.maybe("reason", reason)
    return drafting.draft(Disputed, decision=decision.leaf, reason=committed)


def answer(
    place: Place, person: PersonRow, by: str, demand: Demand, *, role: str, meaning: str, reason: str | None
) -> Draft:
    """Answer one finding, for the situation as it is."""
    drafting = Drafting(place, by, person)
    committed = drafting.maybe("reason", reason)
    return drafting.draft(
        Answered, finding=demand.id, rule=demand.rule, basis=demand.basis, role=role, meaning=meaning, reason=committed,
        parts=demand.parts,
    )  # fmt: skip


def review(place: Place, person: PersonRow, by: str, situation: Situation, facts: Collection[str] | None) -> Draft:
    """Say that facts are as they are stated, over exactly these pictures. `facts` None: all that wait for it."""
    looked_at, seen = to_review(situation)
    kept = tuple(each for each in seen if facts is None or each.fact in facts)
    return Drafting(place, by, person).draft(Reviewed, looked_at=looked_at, facts=kept)


def veto(place: Place, person: PersonRow, by: str, assets: Assets, reason: str | None) -> Draft:
    """These pictures do not go out."""
    drafting = Drafting(place, by, person)
    committed = drafting.maybe("reason", reason)
    return drafting.draft(Vetoed, assets=assets, reason=committed)


def lift_veto(place: Place, person: PersonRow, by: str, vetoed: Recorded) -> Draft:
    """Whoever vetoed takes it back."""
    return Drafting(place, by, person).draft(VetoLifted, veto=vetoed.leaf)


def hold_stage(place: Place, person: PersonRow, by: str, *, held: bool, reason: str | None) -> Draft:
    """This stage's look took place, or did not."""
    drafting = Drafting(place, by, person)
    if held:
        return drafting.draft(StageHeld)
    return drafting.draft(StageNotHeld, reason=drafting.maybe("reason", reason))
