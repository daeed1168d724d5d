"""Each act in plain words: what a person reads before they sign, and what the record says they did."""

from __future__ import annotations

from lastlook.clearance.acts import (
    Answered,
    AnyAct,
    Attested,
    Confirmed,
    Corrected,
    Disputed,
    Named,
    Rendered,
    Reviewed,
    StageHeld,
    StageNotHeld,
    Told,
    Vetoed,
    VetoLifted,
    Withdrawn,
)
from lastlook.clearance.history import History
from lastlook.evidence.commitments import open_disclosure
from lastlook_house.record.acting import Draft

_ANSWERS = {
    "approved": "I looked at it and approve",
    "dissented": "I do not approve",
    "informed": "I was informed",
}
_OF_A_DECISION: dict[type, str] = {
    Told: "I told the holder",
    Confirmed: "It is true, for the pictures as they are now",
    Disputed: "It was not mine",
}
_PLAIN: dict[type, str] = {
    VetoLifted: "I take my veto back.",
    StageHeld: "The look of this stage took place.",
    StageNotHeld: "The look of this stage did not take place.",
}


def said(draft: Draft, history: History) -> str:
    """What is about to be signed: who, where, what, and every private word that goes with it."""
    act = draft.act
    lines = [
        f"{act.handle}, on {act.campaign} at stage {act.stage}, {act.at:%Y-%m-%d %H:%M} UTC:",
        f"  {in_words(act, history)}",
    ]
    for kept in draft.disclosures.values():
        opened = open_disclosure(kept.text)
        lines.append(f"  {opened.name} (kept beside the record, can be erased): {opened.value}")
    return "\n".join(lines)


def in_words(act: AnyAct, history: History) -> str:
    """One act in one sentence."""
    if isinstance(act, Named | Corrected):
        right = "Put right: " if isinstance(act, Corrected) else ""
        return f"{right}{act.holder} holds {act.right} on {_of(act.assets)} ({act.meaning.replace('_', ' ')})."
    if isinstance(act, Told | Confirmed | Disputed):
        return f"{_OF_A_DECISION[type(act)]}: {_decision(act.decision, history)}"
    if isinstance(act, Answered):
        return f"As {act.role}: {_ANSWERS[act.meaning]} what {act.rule} found (finding {act.finding})."
    if isinstance(act, Attested):
        return f"{act.holder} has {act.said} {act.subject}, I know it by {act.how.replace('_', ' ')}."
    return _of_pictures(act)


def _of_pictures(act: AnyAct) -> str:
    if isinstance(act, Reviewed):
        facts = ", ".join(sorted({fact.fact for fact in act.facts}))
        return f"I looked at {len(act.looked_at)} pictures, and this is as it is stated: {facts}."
    if isinstance(act, Vetoed):
        return f"I veto {_of(act.assets)}."
    if isinstance(act, Withdrawn):
        return f"Take back {len(act.pictures)} pictures: they may no longer go out."
    if isinstance(act, Rendered):
        return f"{act.child} was made from {act.parent}: {act.recipe}."
    return _PLAIN.get(type(act), f"{act.kind.replace('-', ' ').capitalize()}.")


def _of(assets: tuple[str, ...] | str) -> str:
    return "all pictures" if assets == "all" else ", ".join(assets)


def _decision(leaf: str, history: History) -> str:
    found = history.by_leaf(leaf)
    return in_words(found.act, history) if found is not None else f"decision {leaf}."
