"""When an answer counts, and when not, with what changed since it was given.

It counts while question and situation are the same, for the same campaign and stage, given by a person of their own,
who was allowed to answer in that role and holds no decision right on the pictures in question.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from lastlook.clearance.acts import Answered, Attested, Part
from lastlook.clearance.history import History, Recorded, Team
from lastlook.clearance.situation import Demand, Situation

Counts = Literal[
    "counts", "stale", "another_time", "not_signed", "not_granted", "decided_it", "said_otherwise", "unknown_person"
]
SAFEGUARDING, SECOND_LINE = "safeguarding", "second_line"
ALWAYS_SIGNED = frozenset({SAFEGUARDING})  # never by what somebody else attests

WORDS: dict[Counts, str] = {
    "counts": "counts",
    "stale": "was given for another situation",
    "another_time": "was given in another campaign or stage",
    "not_signed": "is not signed by the person",
    "not_granted": "was given by somebody who may not answer in this role",
    "decided_it": "was given by somebody who holds a decision on the picture, or who changed the fact",
    "said_otherwise": "does not approve",
    "unknown_person": "was given by somebody who is not registered here",
}


class Answer(msgspec.Struct, frozen=True):
    """One answer to one demand, and whether it counts. `changed`: of a stale one, what is not as it was."""

    recorded: Recorded
    role: str
    counts: Counts
    person: str | None
    changed: tuple[str, ...] = ()

    @property
    def handle(self) -> str:
        act = self.recorded.act
        return act.holder if isinstance(act, Attested) else act.handle


def answers_to(demand: Demand, situation: Situation, history: History, team: Team | None = None) -> tuple[Answer, ...]:
    """All that was answered to a demand, oldest first; of one person in one role, only the last can count.

    team   who may not answer it; those who hold a decision right on its pictures, where nobody else is named
    """
    makers = history.team(demand.assets, situation.claims) if team is None else team
    found = [_answer(each, role, demand, situation, history, makers) for each, role in _given(demand, history)]
    last = {(answer.role, answer.person): answer for answer in found if answer.counts in ("counts", "said_otherwise")}
    return tuple(
        answer if answer.counts != "counts" or last[answer.role, answer.person] is answer else _overtaken(answer)
        for answer in found
    )


def _overtaken(answer: Answer) -> Answer:
    return msgspec.structs.replace(answer, counts="said_otherwise")


def _given(demand: Demand, history: History) -> Iterator[tuple[Recorded, str]]:
    for each, act in history.of(Answered, Attested):
        if isinstance(act, Answered) and act.finding == demand.id:
            yield each, act.role
        elif isinstance(act, Attested) and act.said == "answered" and act.subject == demand.id:
            yield each, act.role or ""


def _answer(each: Recorded, role: str, demand: Demand, situation: Situation, history: History, makers: Team) -> Answer:
    act = each.act
    assert isinstance(act, Answered | Attested)
    handle = act.holder if isinstance(act, Attested) else act.handle
    person = history.person(handle)
    counts = _counts(each, act, role, demand, situation, history)
    if counts == "counts" and person is None:
        counts = "unknown_person"
    if counts == "counts" and makers.has(handle, person):
        counts = "decided_it"
    changed = changes(act.parts, demand.parts) if counts == "stale" else ()
    return Answer(each, role, counts, person, changed)


def _counts(
    each: Recorded, act: Answered | Attested, role: str, demand: Demand, situation: Situation, history: History
) -> Counts:
    if (act.origin, act.campaign, act.stage) != (situation.origin, situation.campaign, situation.stage):
        return "another_time"
    if act.basis != demand.basis:
        return "stale"
    handle = act.holder if isinstance(act, Attested) else act.handle
    if not any(history.grants(handle, role, act.at.date())):
        return "not_granted"
    if isinstance(act, Attested):
        own_word = demand.own_word or demand.meets != "answer" or role in ALWAYS_SIGNED
        return "counts" if each.is_own and not own_word else "not_signed"
    if each.signed != "signed":
        return "not_signed"
    return "counts" if act.meaning == "approved" else "said_otherwise"


def changes(then: tuple[Part, ...], now: tuple[Part, ...]) -> tuple[str, ...]:
    """What is not as it was when somebody answered, by name."""
    before, after = {part.name: part.digest for part in then}, {part.name: part.digest for part in now}
    return tuple(sorted(name for name in before | after if before.get(name) != after.get(name)))
