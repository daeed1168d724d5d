"""The result of one check: what stands in the way, what is asked, what nobody but the maker has looked at.

These are the words of `lastlook check --format json`, version "1" (docs/json.md). Keys are only ever added.
"""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from typing import Literal

import msgspec

from lastlook.errors import Problem
from lastlook.facts.values import Value
from lastlook.packs.lead_times import LeadTime
from lastlook.reading.kinds import Span


class Verdict(IntEnum):
    """How one picture or campaign stands; the larger is the worse."""

    CLEAR = 0
    UNDECIDED = 1
    STOPPED = 2

    @property
    def word(self) -> str:
        return self.name.lower()


class Told(msgspec.Struct, frozen=True):
    """One source's value of a fact.

    words   what stands there, where the value alone does not say it
    facts   of somebody or something nobody declared: what is said of it, by the names of its facts
    """

    value: Value
    known: str
    source: str
    words: str = ""
    facts: tuple[tuple[str, Value], ...] = ()


class Because(msgspec.Struct, frozen=True):
    """One fact behind a finding, how it is known, and where that was written. Of a list: the members that matter."""

    fact: str
    value: Value | tuple[str, ...]
    known: str | None
    source: str | None
    contradicted_by: tuple[Told, ...] = ()
    region: tuple[float, float, float, float] | None = None
    asset: str | None = None


class HeldBy(msgspec.Struct, frozen=True):
    """Who held a choice, as claimed. `meaning`: what they say they did, such as `executed_as_instructed`."""

    right: str
    holder: str
    meaning: str = "decided"


class DocumentStatus(msgspec.Struct, frozen=True):
    kind: str
    of: str
    status: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One rule that is engaged, or that could not be decided.

    verdict    what it does to the verdict: "stopped", "undecided" or "shown"
    missing    addresses of the facts without which it cannot be decided
    """

    id: str
    rule: str
    pack: str
    clause: str
    title: str
    effect: str
    state: Literal["engaged", "cannot_tell"]
    verdict: Literal["stopped", "undecided", "shown"]
    confidence: str
    territories: tuple[str, ...]
    because: tuple[Because, ...]
    missing: tuple[str, ...]
    held_by: tuple[HeldBy, ...]
    answered_by: tuple[str, ...]
    clears_when: str
    answers: tuple[object, ...] = ()
    document: DocumentStatus | None = None
    assets: tuple[str, ...] = ()


class AssetResult(msgspec.Struct, frozen=True):
    id: str
    file: str
    sha256: str
    verdict: str
    findings: tuple[Finding, ...]


class Question(msgspec.Struct, frozen=True):
    """One fact that is missing, or that two sources tell differently: asked once, however many rules wait for it.

    raised   what is told of it: the value that stands, if one does, and those that do not agree with it; empty for a
             fact that is just missing
    """

    fact: str
    of: tuple[str, ...]
    undecided_rules: tuple[str, ...]
    asks: str
    right: str | None = None
    raised: tuple[Told, ...] = ()


class Unreviewed(msgspec.Struct, frozen=True):
    """A declared fact that keeps some rule quiet and that nobody but its maker has looked at."""

    fact: str
    of: tuple[str, ...]


class Request(msgspec.Struct, frozen=True):
    """What one role is asked about one set of facts, however many findings ask it. `of`: the pictures it is about."""

    role: str
    facts: tuple[str, ...]
    of: tuple[str, ...]
    rules: tuple[str, ...]
    findings: tuple[str, ...]


class PackUsed(msgspec.Struct, frozen=True):
    id: str
    version: str
    digest: str


class Requirement(msgspec.Struct, frozen=True):
    """A standing requirement: asked once per campaign and stage, demanded by a clearance, not part of the verdict."""

    rule: str
    pack: str
    clause: str
    title: str
    answered_by: tuple[str, ...]
    stage: str


class Waiting(msgspec.Struct, frozen=True):
    """One thing that takes time."""

    what: str
    takes: LeadTime


class Earliest(msgspec.Struct, frozen=True):
    """The earliest day on which everything open could be answered, and what takes that long.

    changes   pictures stopped by what nobody may waive: each has to be changed first, and that time is not counted
    """

    day: dt.date
    because: tuple[Waiting, ...]
    changes: tuple[str, ...] = ()


class Result(msgspec.Struct, frozen=True, kw_only=True):
    on: dt.date
    campaign: str
    title: str
    brand: str
    stage: str
    verdict: Verdict
    packs: tuple[PackUsed, ...]
    assets: tuple[AssetResult, ...]
    findings: tuple[Finding, ...]
    requirements: tuple[Requirement, ...]
    questions: tuple[Question, ...]
    requests: tuple[Request, ...]
    unreviewed: tuple[Unreviewed, ...]
    errors: tuple[Problem, ...]
    earliest: Earliest | None = None  # None: nothing is open
    flight: Span | None = None  # when the campaign is to run
    notes: tuple[str, ...] = ()  # what reading had to decide

    @property
    def every_finding(self) -> tuple[Finding, ...]:
        return tuple(finding for asset in self.assets for finding in asset.findings) + self.findings


class Results(msgspec.Struct, frozen=True):
    """The results of several campaigns, and what they show together. `errors`: packs that could not be read."""

    results: tuple[Result, ...]
    findings: tuple[Finding, ...] = ()
    errors: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 nothing stands in the way, 1 stopped, 2 something could not be read, 3 undecided. 2 > 1 > 3 > 0."""
        if self.errors or any(result.errors for result in self.results):
            return 2
        verdicts = [result.verdict for result in self.results]
        verdicts += [verdict_of(finding) for finding in self.findings]
        if not verdicts:
            return 2
        return {Verdict.STOPPED: 1, Verdict.UNDECIDED: 3, Verdict.CLEAR: 0}[max(verdicts)]


def verdict_of(finding: Finding) -> Verdict:
    return {"stopped": Verdict.STOPPED, "undecided": Verdict.UNDECIDED, "shown": Verdict.CLEAR}[finding.verdict]
