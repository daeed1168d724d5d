"""Whether a document is on file: for this subject, for these pictures, for all days of the flight, often enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from lastlook.checking.case import Document
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth, truth
from lastlook.facts.values import Unknown
from lastlook.reading.kinds import Span
from lastlook.rules.rule import DocumentDemand

FileStatus = Literal["on file", "insufficient", "absent", "unknown"]


class Wanted(msgspec.Struct, frozen=True):
    """One document wanted: by what demand, for whom, for which pictures, for which days, as seen on which day.

    sha256: of the one picture it is wanted for; empty where there are several or none yet.
    """

    demand: DocumentDemand
    subject: str
    assets: frozenset[str]
    sha256: str
    flight: Span | None
    on: dt.date


class Found(msgspec.Struct, frozen=True):
    """What the folder says of a wanted document, and which entries say it."""

    on_file: Truth
    status: FileStatus
    entries: tuple[Document, ...]


NOTHING_SAID = Found(UNKNOWN, "unknown", ())


def look_for(wanted: Wanted, documents: Iterable[Document], *, complete: bool = True) -> Found:
    """What the entries add up to. `complete`: False when an entry could not be read, which may have said otherwise.

    TRUE     enough entries, from different people, are good for everything asked, and no entry puts that in doubt
    FALSE    there are entries for it and none can be good: it is absent, or all are insufficient
    UNKNOWN  nobody said enough
    """
    entries = tuple(entry for entry in documents if _concerns(entry, wanted) is not FALSE)
    if not entries:
        return NOTHING_SAID
    good = [(entry, _good_for(entry, wanted)) for entry in entries]
    surely = _different_at_least([entry for entry, how in good if how is TRUE])
    if complete and surely >= wanted.demand.count and all(entry.status == "on_file" for entry in entries):
        return Found(TRUE, "on file", entries)
    certainly_for_it = [entry for entry in entries if _concerns(entry, wanted) is TRUE]
    if complete and certainly_for_it and all(how is FALSE for _, how in good):
        absent = any(entry.status == "absent" for entry in certainly_for_it)
        return Found(FALSE, "absent" if absent else "insufficient", entries)
    return Found(UNKNOWN, "insufficient" if surely else "unknown", entries)


def _concerns(entry: Document, wanted: Wanted) -> Truth:
    """Whether an entry speaks of what is wanted. An entry that does not say of whom may speak of anybody."""
    demand = wanted.demand
    if entry.kind != demand.kind or (entry.of is not None and entry.of != wanted.subject):
        return FALSE
    speaks_of_others = isinstance(entry.covers, frozenset) and entry.covers.isdisjoint(wanted.assets)
    if demand.of in ("people", "products"):
        if speaks_of_others and entry.status == "absent":
            return FALSE
        return UNKNOWN if entry.of is None else TRUE
    return FALSE if speaks_of_others else TRUE


def _good_for(entry: Document, wanted: Wanted) -> Truth:
    return min(
        _concerns(entry, wanted),
        UNKNOWN if isinstance(entry.status, Unknown) else truth(entry.status == "on_file"),
        _checked(entry, wanted.on),
        _covers(entry, wanted.assets),
        _lasts(entry, wanted.flight),
        _bytes(entry, wanted) if wanted.demand.final_bytes else TRUE,
    )


def _checked(entry: Document, on: dt.date) -> Truth:
    if isinstance(entry.checked_by, Unknown) or isinstance(entry.checked_on, Unknown):
        return UNKNOWN
    return TRUE if entry.checked_on <= on else UNKNOWN  # a check that is still to come has not been made


def _covers(entry: Document, assets: frozenset[str]) -> Truth:
    if isinstance(entry.covers, Unknown):
        return UNKNOWN
    return truth(entry.covers == "campaign" or assets <= entry.covers)


def _lasts(entry: Document, flight: Span | None) -> Truth:
    if isinstance(entry.valid_until, str):  # "none": without end
        return TRUE
    if isinstance(entry.valid_until, Unknown) or flight is None:
        return UNKNOWN
    return truth(entry.valid_until >= flight.last)


def _bytes(entry: Document, wanted: Wanted) -> Truth:
    if isinstance(entry.sha256, Unknown) or not wanted.sha256:
        return UNKNOWN
    return truth(entry.sha256.lower() == wanted.sha256)


def _different_at_least(entries: Sequence[Document]) -> int:
    """How many people gave these at the least: one that does not say who may come from any of those named."""
    named = {entry.by for entry in entries if entry.by is not None}
    return len(named) or min(len(entries), 1)
