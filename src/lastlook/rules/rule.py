"""A rule: one clause, one condition, one effect, and everything needed to argue with it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from lastlook.reading.kinds import Span
from lastlook.reading.tree import Branch
from lastlook.rules.conditions import Always, Condition

Effect = Literal["block", "sign_off", "document", "ask", "advise"]
Confidence = Literal["certain", "check", "memory"]
Scope = Literal["asset", "group", "campaign", "concurrent"]
Subject = Literal["people", "products", "asset", "campaign"]
Profile = Literal["essential", "board", "board-external"]

PROFILES: tuple[Profile, ...] = ("essential", "board", "board-external")  # each contains those before it
FIRST_DAY, LAST_DAY = dt.date.min, dt.date.max


class DocumentDemand(msgspec.Struct, frozen=True):
    """A document that must be on file. `of`: one for each of these that meets the rule's `some`."""

    kind: str
    of: Subject = "asset"
    count: int = 1
    final_bytes: bool = False  # must have been given for exactly the picture's bytes


class Page(msgspec.Struct, frozen=True):
    """What a person is told about the rule, in our own words."""

    flags: str
    why: str
    clears: str
    cannot_see: str
    sources: tuple[str, ...]


class Example(msgspec.Struct, frozen=True):
    """A fragment of a manifest, and why it gets the answer it gets."""

    why: str
    fragment: Branch


class Rule(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    pack: str
    clause: str
    title: str
    effect: Effect
    condition: Condition
    scope: Scope
    in_force: Span
    confidence: Confidence
    page: Page
    territories: frozenset[str] | None  # None: wherever the campaign goes
    answered_by: tuple[str, ...] = ()
    document: DocumentDemand | None = None
    waivable_by: tuple[str, ...] = ()
    profile: Profile = "essential"
    safeguards_children: bool = False
    flags: tuple[Example, ...] = ()
    passes: tuple[Example, ...] = ()
    cannot_tell: tuple[Example, ...] = ()
    known_misses: tuple[str, ...] = ()
    digest: str = ""
    source: str = ""

    @property
    def is_standing_requirement(self) -> bool:
        """`when: always`: listed, demanded by a clearance, never counted in a verdict."""
        return self.condition == Always()

    @property
    def id_and_clause(self) -> str:
        return f"{self.id} ({self.clause})"
