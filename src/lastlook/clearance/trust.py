"""The trust file: whom somebody believes, written down outside of what is judged.

    lastlook_trust: 1
    origin: house.example/record            whose record it is
    keys: [house.example/record+…]          the house's keys, as C2SP vkeys of that name
    witnesses: [witness.example/w1+…]       keys of witnesses, cosignature keys (type 4)
    quorum: 1                               how many of them must have cosigned
    max_age_hours: 48                       how old the newest of their cosignatures may be

Without `witnesses` there is no time that anybody vouches for, and freshness is not checked. A house can be listed as a
witness of its own log: that gives a time and no more.
"""

from __future__ import annotations

import datetime as dt
from typing import cast

import msgspec

from lastlook.errors import LastlookError, Place
from lastlook.evidence.checkpoints import Checkpoint, cosigned_at
from lastlook.evidence.notes import COSIGNATURE, ED25519, Note, NoteKey, check_signed_by, read_vkey
from lastlook.evidence.refusal import Refused
from lastlook.reading.kinds import Constant, Fields, Items, ListOf, Number, Problems, Record, Text
from lastlook.reading.yaml12 import read_yaml

_TRUST = Record(
    "trust file",
    {
        "lastlook_trust": Constant(1),
        "origin": Text(200),
        "keys": ListOf(Text(500), at_least=1, none_allowed=False),
        "witnesses": ListOf(Text(500), none_allowed=True),
        "quorum": Number(0, 100),
        "max_age_hours": Number(1, 100_000),
    },
    required=("lastlook_trust", "origin", "keys"),
    unknown_allowed=False,
)


class Trust(msgspec.Struct, frozen=True):
    """Whom somebody believes. `max_age`: None where no age is too old."""

    origin: str
    keys: tuple[NoteKey, ...]
    witnesses: tuple[NoteKey, ...] = ()
    quorum: int = 0
    max_age: dt.timedelta | None = None


class Vouched(msgspec.Struct, frozen=True):
    """Who vouches for a checkpoint: witnesses by name with the second (since 1970) at which they cosigned."""

    by: str
    witnesses: tuple[tuple[str, int], ...]

    @property
    def newest(self) -> int | None:
        return max((seconds for _, seconds in self.witnesses), default=None)


def read_trust(data: bytes, *, file: str) -> Trust:
    """A trust file. Raises LastlookError with file, line and remedy; nothing in it is optional by accident."""
    problems = Problems()
    fields = _TRUST.read(read_yaml(data, file=file), problems)
    if problems or fields is None:
        first = problems[0]
        raise LastlookError(first.what, remedy=first.remedy, where=first.where)
    origin = str(fields.value("origin"))
    keys = tuple(_key(text, origin, file) for text in _texts(fields, "keys"))
    witnesses = tuple(_key(text, None, file) for text in _texts(fields, "witnesses"))
    quorum, hours = cast("float | None", fields.value("quorum")), cast("float | None", fields.value("max_age_hours"))
    if witnesses and quorum is None:
        raise _wrong(file, "It names witnesses and no `quorum`.", "Say how many of them must have cosigned.")
    if (quorum or 0) > len({key.name for key in witnesses}):
        raise _wrong(file, "The quorum is larger than the number of witnesses.", "Name more, or ask for fewer.")
    if hours is not None and not quorum:
        raise _wrong(file, "`max_age_hours` needs a quorum: without one nobody says when.", "Name a witness.")
    return Trust(origin, keys, witnesses, int(quorum or 0), dt.timedelta(hours=hours) if hours is not None else None)


def _texts(fields: Fields, name: str) -> tuple[str, ...]:
    items = cast("Items[str] | None", fields.value(name))
    return tuple(str(each.value) for each in items.members) if items else ()


def _key(text: str, origin: str | None, file: str) -> NoteKey:
    try:
        key = read_vkey(text)
    except Refused as refused:
        raise _wrong(file, refused.what, "Copy the key again from whoever gave it to you.") from refused
    if origin is not None and (key.name != origin or key.kind != ED25519):
        raise _wrong(file, f"The key {key.name} is not a note key of {origin}.", "The house's keys bear its origin.")
    if origin is None and key.kind != COSIGNATURE:
        raise _wrong(file, f"The key {key.name} is not a cosignature key (type 4).", "Ask the witness for that one.")
    return key


def _wrong(file: str, what: str, remedy: str) -> LastlookError:
    return LastlookError(what, remedy=remedy, where=Place(file))


def check_vouched(note: Note, trust: Trust) -> Vouched:
    """Who vouches for a note: a key of the house, and as many witnesses as the quorum asks for.

    Raises Refused: `unknown-key`, `signature` or `quorum`.
    """
    (by, *_) = check_signed_by(note, trust.keys)
    witnesses = tuple((key.name, at) for key in trust.witnesses if (at := cosigned_at(note, key)) is not None)
    if len({name for name, _ in witnesses}) < trust.quorum:
        raise Refused(
            f"{len(witnesses)} of the {trust.quorum} witnesses that are asked for have cosigned it.",
            code="quorum",
            remedy="Ask the house for a checkpoint that more witnesses have seen.",
        )
    return Vouched(by.name, witnesses)


def check_fresh(vouched: Vouched, trust: Trust, now: dt.datetime) -> None:
    """Raise Refused (`stale`) where the newest cosignature is older than the trust file allows."""
    if trust.max_age is None:
        return
    newest = vouched.newest or 0
    age = now - dt.datetime.fromtimestamp(newest, dt.UTC)
    if age > trust.max_age:
        raise Refused(
            f"The newest time that a witness vouches for is {age.days} days and {age.seconds // 3600} hours old.",
            code="stale",
            remedy="Ask the house for a newer proof.",
        )


def check_not_older(checkpoint: Checkpoint, seen: Checkpoint | None) -> None:
    """Raise Refused (`step-back`, `fork`) where a checkpoint is behind, or beside, one that was seen before."""
    if seen is None or seen.origin != checkpoint.origin:
        return
    if checkpoint.size < seen.size:
        raise Refused(
            f"It is of size {checkpoint.size}; one of size {seen.size} was seen before.",
            code="step-back",
            remedy="Ask for a newer one: an older one hides what was recorded since.",
        )
    if checkpoint.size == seen.size and checkpoint.root != seen.root:
        raise Refused(
            f"Another record of the same size {seen.size} was seen before: two records bear one name.",
            code="fork",
            remedy="Keep both: together they show that the record was rewritten.",
        )
