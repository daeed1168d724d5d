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
from lastlook.facts.truth import FALSE, TRUE, Truth
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
    with_documents = seen.possible & (rules.of_subjects | rules.of_one if case.documents else rules.of_subjects)
    others = seen.possible & ~with_documents
    told = _Documents(rules, seen)
    if case.documents:
        told.ask_each(with_documents, asset, case, on)
    elif with_documents:
        told.ask_at_once(with_documents, asset)
    engaged = [(number, rules.rules[number].id) for number in numbers_in(others & seen.sure)]
    if told.engaged:
        engaged = sorted(engaged + told.engaged)
    waited_for = others & ~rules.advice
    waiting = rules.recall.waiting(waited_for & ~seen.sure | told.conditions, seen.look)
    waiting += told.members
    if waited_for & ~seen.applies:
        told.where_open.append((lowest(waited_for & ~seen.applies), _LAST))
    if told.where_open:
        why = tuple(each.address for each in why_undecided(seen.outings, asset, case.campaign))
        waiting.append((*min(told.where_open), why))
    waiting.sort()
    return Glance(
        max(told.heaviest, Verdict.UNDECIDED if waited_for else Verdict.CLEAR, _stops(others & seen.sure, rules)),
        tuple([rule for _, rule in engaged]),
        tuple(dict.fromkeys([address for _, _, addresses in waiting for address in addresses])),
    )


def _stops(sure: int, rules: PictureRules) -> Verdict:
    return Verdict.STOPPED if sure & rules.stopping else Verdict.CLEAR


class _Documents:
    """What document rules come to for one picture, each of their subjects by itself.

    conditions   the numbers of conditions that some answer waits for
    members      what some answer waits for in one member of a list
    where_open   where in the order an answer is open because it is not known where and when the picture goes out
    """

    def __init__(self, rules: PictureRules, seen: Sight) -> None:
        self._rules, self._seen = rules, seen
        self.heaviest = Verdict.CLEAR
        self.engaged: list[tuple[int, str]] = []
        self.conditions = 0
        self.members: list[Waiting] = []
        self.where_open: list[tuple[int, int]] = []

    def ask_at_once(self, numbers: int, asset: Element) -> None:
        """Rules that ask for a document of each subject, where nothing is said of any document."""
        self.heaviest = Verdict.UNDECIDED
        for some, list_name, those in self._rules.by_some:
            there = numbers & those
            if there:
                members = self._rules.recall.members(some, self._seen.look)
                for member, truth in enumerate(members):
                    if truth is not FALSE:
                        self._ask_of_member(there, some, member, truth)
                if not asset.listing(list_name).complete:
                    self._ask_of_nobody(there)

    def _ask_of_member(self, there: int, some: int, member: int, truth: Truth) -> None:
        seen, place = self._seen, _LAST + 2 * member
        if truth is TRUE:
            surely = seen.look.sure << 1 & there & seen.applies  # the rest of a rule stands just before it
            self.engaged += [(number, self._rules.rules[number].id) for number in numbers_in(surely)]
            there &= ~surely
        if not there:
            return
        asked = self._rules.recall.open_facts_of_member(some, member, seen.look)
        self.members.append((lowest(there) - 1, place, asked))
        self.conditions |= there >> 1
        if there & ~seen.applies:
            self.where_open.append((lowest(there & ~seen.applies) - 1, place + 1))

    def _ask_of_nobody(self, there: int) -> None:
        """Somebody may be there whom nobody named."""
        self.conditions |= there
        if there & ~self._seen.applies:
            self.where_open.append((lowest(there & ~self._seen.applies), _LAST))

    def ask_each(self, numbers: int, asset: Element, case: Case, on: dt.date) -> None:
        """Document rules of a folder that holds documents, one after the other."""
        rules, seen = self._rules, self._seen
        for number in numbers_in(numbers):
            demand = rules.demands[number]
            assert demand is not None
            asked = Asked(asset, asset, (asset,), case, seen.applying(number), on)
            for member, _, met, found in rules.answers(demand, number, asked, seen):
                self.heaviest = max(self.heaviest, weight_of(demand.rule.effect, met, found))
                if met is TRUE:
                    self.engaged.append((number, demand.rule.id))
                elif member is None:
                    self._ask_of_nobody(1 << number)
                else:
                    self._wait_for_member(number, member)

    def _wait_for_member(self, number: int, member: int) -> None:
        place = _LAST + 2 * member
        asked = self._rules.recall.open_facts_of_member(self._rules.somes[number], member, self._seen.look)
        self.conditions |= 1 << number - 1
        self.members.append((number - 1, place, asked))
        if not self._seen.applies >> number & 1:
            self.where_open.append((number - 1, place + 1))
