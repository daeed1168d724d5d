"""One pack of rules, as it was read."""

from __future__ import annotations

import datetime as dt

import msgspec

from lastlook.rules.derived import DerivedFacts
from lastlook.rules.rule import FIRST_DAY, Rule


class Pack(msgspec.Struct, frozen=True):
    """One pack as it was read. `territories` None: its rules follow the campaign wherever it goes.

    derived      the derived facts that its rules may use, those of all packs among them
    covers_from  the first day on which its countries count as markets whose rules are known: that of the oldest edition
                 it holds. None: never, since a pack of a few clauses does not cover a market
    without      clauses that were read and have no rule, and why
    digest: SHA-256 over the digests of its rules by id, so it changes exactly when a rule, or what it means, does.
    """

    id: str
    title: str
    version: str
    territories: frozenset[str] | None
    rules: tuple[Rule, ...]
    digest: str
    derived: DerivedFacts = {}
    covers_from: dt.date | None = FIRST_DAY
    without: dict[str, str] = {}
