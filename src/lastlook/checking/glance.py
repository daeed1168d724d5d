"""The short answer about one picture: what its outcomes, and the reasons for them, come to, without making either.

That it is the same as what `judge` and `findings` come to is a property test.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from lastlook.checking.applicability import why_undecided
from lastlook.checking.case import Case
from lastlook.checking.demands import Asked
from lastlook.checking.picture_rules import PictureRules, Sight
from lastlook.checking.result import Verdict
from lastlook.checking.weights import weight_of
from lastlook.facts.element import Element
from lastlook.facts.truth import TRUE, UNKNOWN
from lastlook.rules.recall import Waiting, lowest, numbers_in

_LAST = 1_000  # after all parts of a condition


class Glance(msgspec.Struct, frozen=True):
    """What the asset-scope rules say of one picture.

    engaged   ids of rules, once for each outcome
    missing   addresses of the facts that some rule waits for, each once; both in the order of the rules
    """

    weight: Verdict
    engaged: tuple[str, ...]
    missing: tuple[str, ...]


def glance(rules: PictureRules, asset: Element, case: Case, on: dt.date) -> Glance:
    """The short answer about one picture of a case."""
    seen = rules.see(asset, case.campaign)
    one_by_one = rules.of_subjects | rules.of_one if case.documents else rules.of_subjects
    at_once = seen.possible & ~one_by_one
    told = _Documents(rules, asset, case, on, seen)
    if seen.possible & one_by_one:
        told.ask(seen.possible & one_by_one)
    engaged = [(number, rules.rules[number].id) for number in numbers_in(at_once & seen.sure)]
    if told.engaged:
        engaged = sorted(engaged + told.engaged)
    waited_for = at_once & ~rules.advice
    waiting = rules.recall.waiting(waited_for | told.conditions, seen.look)
    waiting += told.members
    if waited_for & ~seen.applies:
        told.where_open.append((lowest(waited_for & ~seen.applies), _LAST))
    if told.where_open:
        why = tuple(each.address for each in why_undecided(seen.outings, asset, case.campaign))
        waiting.append((*min(told.where_open), why))
    waiting.sort()
    return Glance(
        max(told.heaviest, Verdict.UNDECIDED if waited_for else Verdict.CLEAR, _stops(at_once & seen.sure, rules)),
        tuple([rule for _, rule in engaged]),
        tuple(dict.fromkeys([address for _, _, addresses in waiting for address in addresses])),
    )


def _stops(sure: int, rules: PictureRules) -> Verdict:
    return Verdict.STOPPED if sure & rules.stopping else Verdict.CLEAR


class _Documents:
    """Document rules, asked one after the other: each of their subjects is an answer by itself.

    conditions   the numbers of conditions that some answer waits for
    members      what some answer waits for in one member of a list
    where_open   where in the order an answer is open because it is not known where and when the picture goes out
    """

    def __init__(self, rules: PictureRules, asset: Element, case: Case, on: dt.date, seen: Sight) -> None:
        self._rules, self._seen = rules, seen
        self._asked = {truth: Asked(asset, asset, (asset,), case, truth, on) for truth in (TRUE, UNKNOWN)}
        self.heaviest = Verdict.CLEAR
        self.engaged: list[tuple[int, str]] = []
        self.conditions = 0
        self.members: list[Waiting] = []
        self.where_open: list[tuple[int, int]] = []

    def ask(self, numbers: int) -> None:
        rules, seen = self._rules, self._seen
        for number in numbers_in(numbers):
            asked = self._asked[seen.applying(number)]
            demand = rules.demands[number]
            assert demand is not None
            for member, _, met, found in rules.answers(demand, number, asked, seen):
                self.heaviest = max(self.heaviest, weight_of(demand.rule.effect, met, found))
                if met is TRUE:
                    self.engaged.append((number, demand.rule.id))
                    continue
                after = self._wait(number, member)
                if asked.applies is UNKNOWN:
                    self.where_open.append(after)

    def _wait(self, number: int, member: int | None) -> tuple[int, int]:
        """Notes what an answer waits for, and gives the place in the order that comes after it."""
        if member is None:
            self.conditions |= 1 << number
            return number, _LAST
        rest = number - 1
        self.conditions |= 1 << rest
        place = _LAST + 2 * member
        self.members.append(
            (rest, place, self._rules.recall.open_facts_of_member(self._rules.somes[number], member, self._seen.look))
        )
        return rest, place + 1
