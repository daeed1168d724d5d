"""Holders: who was named for a choice, by whom, whether they were told, and what they said of it."""

from __future__ import annotations

from typing import Literal

import msgspec

from lastlook.clearance.acts import Attested, Confirmed, Corrected, Disputed, Named, Seen, Told
from lastlook.clearance.history import History, Recorded
from lastlook.clearance.situation import Situation

HoldingState = Literal["named", "told", "confirmed", "attested", "disputed", "no_reply", "stale"]
NEED_OWN_WORD = ("combination", "publication")  # count only when the person signed for the picture as it is


class Holding(msgspec.Struct, frozen=True):
    """One right on one picture: who holds it, who said so, and how far that is known.

    named      somebody else says so, and the holder was not told
    told       they were told; `no_reply` once `days_waited` days have passed without a word
    confirmed  they say so themselves, signed; `attested` where somebody says that they said so
    stale      confirmed for a picture that has changed since, where the right asks for their own word on it
    """

    right: str
    asset: str
    holder: str
    named_by: str
    meaning: str
    state: HoldingState
    decision: Recorded


def holdings(situation: Situation, history: History, *, days_to_reply: int = 7) -> dict[tuple[str, str], Holding]:
    """(right, picture) → its holding, for every right that anybody was named for.

    days_to_reply   after how many days of silence a holder who was told counts as not replying; a week by default, the
                    house's choice. It changes a word in the record, and clears and stops nothing.
    """
    bases = {asset.asset: asset.basis for asset in situation.assets}
    found: dict[tuple[str, str], Holding] = {}
    for (right, asset), decision in history.holders(tuple(bases)).items():
        act = decision.act
        assert isinstance(act, Named | Corrected)
        state = _state(decision, right, asset, bases[asset], history, situation, days_to_reply)
        found[right, asset] = Holding(right, asset, act.holder, act.handle, act.meaning, state, decision)
    return found


def _state(
    decision: Recorded, right: str, asset: str, basis: str, history: History, situation: Situation, days: int
) -> HoldingState:
    act = decision.act
    assert isinstance(act, Named | Corrected)
    state: HoldingState = "named"
    told = None
    for each, said in history.of(Told, Confirmed, Disputed, Attested):
        about = said.subject if isinstance(said, Attested) else said.decision
        whose = said.holder if isinstance(said, Attested) else said.handle
        if about != decision.leaf:
            continue
        if isinstance(said, Told) or (isinstance(said, Attested) and said.said == "told"):
            state, told = ("told", said.at.date()) if state == "named" else (state, told)
        elif whose != act.holder:
            continue
        elif isinstance(said, Disputed) or (isinstance(said, Attested) and said.said == "disputed"):
            state = "disputed"
        elif isinstance(said, Attested) and said.said == "confirmed" and state != "disputed":
            state = "attested"
        elif isinstance(said, Confirmed) and each.signed != "unsigned":
            state = _confirmed(each, said, Seen(asset, basis), right, situation)
    if state == "told" and told is not None and (situation.on - told).days >= days:
        return "no_reply"
    return state


def _confirmed(each: Recorded, said: Confirmed, now: Seen, right: str, situation: Situation) -> HoldingState:
    if right not in NEED_OWN_WORD:
        return "confirmed"
    here = (said.origin, said.campaign, said.stage) == (situation.origin, situation.campaign, situation.stage)
    return "confirmed" if here and each.signed == "signed" and now in said.seen else "stale"
