"""What a record holds of one campaign: acts in their order, and whether each was signed by whom it says.

Nothing here is decided by the clock or by a database; the same entries always give the same history.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, TypeVar, overload

import msgspec

from lastlook.clearance.acts import (
    HOUSE,
    NOBODY,
    AnyAct,
    Corrected,
    Decision,
    Enrolled,
    Entry,
    Granted,
    GrantEnded,
    Judged,
    KeyEnded,
    Named,
    Registered,
    read_entry,
)
from lastlook.errors import Place
from lastlook.evidence.commitments import Disclosure, open_disclosure
from lastlook.evidence.refusal import Refused
from lastlook.evidence.ssh_keys import read_key_line
from lastlook.evidence.sshsig import check_ssh_signature, read_ssh_signature

Signed = Literal["signed", "unsigned", "erased"]
A = TypeVar("A", bound=AnyAct)
B = TypeVar("B", bound=AnyAct)
C = TypeVar("C", bound=AnyAct)
D = TypeVar("D", bound=AnyAct)


class Recorded(msgspec.Struct, frozen=True):
    """One entry as the record has it. `signed`: "erased" where the signature was destroyed with its signer's data."""

    index: int
    leaf: str
    act: AnyAct
    signed: Signed = "unsigned"

    @property
    def is_own(self) -> bool:
        """Whether the one who acts stands behind it: a person by their signature, the house by its log's."""
        return self.signed == "signed" or self.act.handle == HOUSE


class History(msgspec.Struct, frozen=True, dict=True):
    """The acts of one campaign, oldest first."""

    recorded: tuple[Recorded, ...] = ()

    @cached_property
    def _by_kind(self) -> dict[type, list[Recorded]]:
        found: dict[type, list[Recorded]] = {}
        for each in self.recorded:
            found.setdefault(type(each.act), []).append(each)
        return found

    @cached_property
    def _by_leaf(self) -> dict[str, Recorded]:
        return {each.leaf: each for each in reversed(self.recorded)}

    @cached_property
    def _persons(self) -> dict[str, str]:
        return {
            each.act.holder: each.act.person for each in reversed(self.recorded) if isinstance(each.act, Registered)
        }

    @overload
    def of(self, kind: type[A], /) -> Iterator[tuple[Recorded, A]]: ...
    @overload
    def of(self, kind: type[A], other: type[B], /) -> Iterator[tuple[Recorded, A | B]]: ...
    @overload
    def of(
        self, kind: type[A], other: type[B], third: type[C], fourth: type[D], /
    ) -> Iterator[tuple[Recorded, A | B | C | D]]: ...
    def of(self, *kinds: type[Any]) -> Iterator[tuple[Recorded, Any]]:
        """The acts of these kinds, oldest first."""
        found = [each for kind in kinds for each in self._by_kind.get(kind, ())]
        if len(kinds) > 1:
            found.sort(key=lambda each: each.index)
        for each in found:
            yield each, each.act

    def by_leaf(self, leaf: str) -> Recorded | None:
        return self._by_leaf.get(leaf)

    def within(self, origin: str, campaign: str) -> History:
        """What of it is about this campaign: an act that names another one counts for nothing here."""
        return History(
            tuple(each for each in self.recorded if (each.act.origin, each.act.campaign) == (origin, campaign))
        )

    def person(self, handle: str) -> str | None:
        """Who a handle is, as the same digest for the same person; None where nobody registered it."""
        return self._persons.get(handle)

    def holders(self, assets: Sequence[str]) -> dict[tuple[str, str], Recorded]:
        """(right, picture) → the decision that says who holds it: the last one, corrections among them."""
        found: dict[tuple[str, str], Recorded] = {}
        for each, act in self.of(Named, Corrected):
            for asset in assets if act.assets == "all" else act.assets:
                found[act.right, asset] = each
        return found

    def team(self, assets: Sequence[str], claims: Mapping[tuple[str, str], str]) -> Team:
        """Everybody who holds, held or is said to hold a right on these pictures."""
        wanted = set(assets)
        handles = {handle for (_, asset), handle in claims.items() if asset in wanted}
        for _, act in self.of(Named, Corrected):
            if act.assets == "all" or wanted & set(act.assets):
                handles.add(act.holder)
        return self.people(handles)

    def people(self, handles: Iterable[str]) -> Team:
        named = frozenset(handles) - {NOBODY, HOUSE}
        return Team(named, frozenset(person for handle in named if (person := self.person(handle))))

    def grants(self, handle: str, role: str, on: dt.date) -> Iterator[tuple[Recorded, Granted]]:
        """The grants by which this handle answers in this role on a day, each resting on the house."""
        for each, act in self.of(Granted):
            is_theirs = act.holder == handle and role in act.roles and act.first <= on <= self.last_day(each, act)
            if is_theirs and self._rests_on_house(each, act, role, frozenset()):
                yield each, act

    def last_day(self, each: Recorded, grant: Granted) -> dt.date:
        """The day on which a grant ends: its own, or the day it was ended."""
        ended = [act.at.date() for _, act in self.of(GrantEnded) if act.grant == each.leaf]
        return min([grant.last, *ended])

    def _rests_on_house(self, each: Recorded, grant: Granted, role: str, met: frozenset[str]) -> bool:
        if not each.is_own or each.leaf in met:
            return False
        if grant.handle == HOUSE:
            return True
        return any(
            above.index < each.index
            and act.holder == grant.handle
            and act.may_delegate
            and role in act.roles
            and act.first <= grant.at.date() <= self.last_day(above, act)
            and self._rests_on_house(above, act, role, met | {each.leaf})
            for above, act in self.of(Granted)
        )

    @property
    def last_judged(self) -> tuple[Judged, ...]:
        """All acts of the last judgement; empty where it was not recorded to its end."""
        acts = [act for _, act in self.of(Judged)]
        if not acts:
            return ()
        last = [act for act in acts[-acts[-1].of :] if act.state == acts[-1].state]
        return tuple(last) if [act.number for act in last] == list(range(acts[-1].of)) else ()


class Team(msgspec.Struct, frozen=True):
    """Some people, by their handles and by who they are."""

    handles: frozenset[str]
    persons: frozenset[str]

    def has(self, handle: str, person: str | None) -> bool:
        return handle in self.handles or person in self.persons


def history_of(entries: Iterable[bytes], disclosures: Mapping[str, str], *, after: History | None = None) -> History:
    """The history that these entries of one log make, from the first on, or from where `after` ends.

    disclosures   the texts that were not erased, by their digest

    Every signature that is there is verified: against the key enrolled for that handle before, and not ended.
    Raises Refused with the entry's number.
    """
    recorded = list(after.recorded) if after else []
    for index, data in enumerate(entries, start=len(recorded)):
        entry = read_entry(data)
        at = Place(f"entry {index}")
        try:
            signed = _signed(entry, recorded, disclosures)
        except Refused as refused:
            raise Refused(refused.what, code=refused.code, remedy=refused.remedy, where=at) from refused
        recorded.append(Recorded(index, entry.leaf, entry.act, signed))
    return History(tuple(recorded))


def _signed(entry: Entry, before: list[Recorded], disclosures: Mapping[str, str]) -> Signed:
    if entry.signature is None:
        return "unsigned"
    signature = disclosed(disclosures, entry.signature, "signature")
    if signature is None:
        return "erased"
    act = entry.act
    enrolled = list(_enrolments(act.handle, before))
    opened = [disclosed(disclosures, enrolment.key, "key") for enrolment in enrolled]
    keys = [read_key_line(key.value) for key in opened if key is not None]
    if enrolled and not keys:
        return "erased"
    check_ssh_signature(read_ssh_signature(signature.value), act.statement, namespace=act.namespace, allowed=keys)
    return "signed"


def _enrolments(handle: str, before: list[Recorded]) -> Iterator[Enrolled]:
    ended = {each.act.enrolment for each in before if isinstance(each.act, KeyEnded)}
    for each in before:
        if isinstance(each.act, Enrolled) and each.act.holder == handle and each.leaf not in ended and each.is_own:
            yield each.act


def disclosed(disclosures: Mapping[str, str], digest: str, name: str) -> Disclosure | None:
    """What a digest stands for; None where it was erased. Raises Refused where the text is not what was committed."""
    text = disclosures.get(digest)
    if text is None:
        return None
    opened = open_disclosure(text)
    if opened.digest != digest or opened.name != name:
        raise Refused(
            f"What is disclosed as a {name} is not what the record committed to.",
            code="disclosure",
            remedy="Get the disclosures from the same record.",
        )
    return opened


def holder_of(decision: Decision | None) -> str:
    """The handle that holds by a decision; `none` where there is none."""
    return NOBODY if decision is None else decision.holder
