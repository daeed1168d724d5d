"""A bundle: the whole record of one campaign in one file, for somebody without account, network or trust in the house.

An uncompressed zip (`evidence.archive`), these members in this order and no others:

    about.json            {"campaign", "kind": "lastlook-bundle", "origin", "v": 1}
    checkpoint            the signed checkpoint of the campaign's log
    entries               every entry: 2 bytes of length, big-endian, and the entry (as in C2SP tlog-tiles)
    disclosures.json      {digest: text} of what was not erased and not withheld
    seal-salt             32 bytes, where the record is sealed
    house.tlog-proof      that the house's log holds the checkpoint
    clearances/000.dsse   each clearance that was issued, in the order of its entries
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from lastlook.clearance.acts import ClearanceIssued, Enrolled, Entry, Erased, Registered, read_entry
from lastlook.digests import Canonical
from lastlook.evidence.archive import from_archive, to_archive
from lastlook.evidence.canonical import from_bytes, to_bytes
from lastlook.evidence.checkpoints import Checkpoint, read_checkpoint
from lastlook.evidence.notes import Note
from lastlook.evidence.refusal import Malformed

MAX_DISCLOSURES = 1 << 26
_LENGTH = struct.Struct(">H")
_CLEARANCE = re.compile(r"clearances/[0-9]{3}\.dsse\Z")
_BEGINNING = ("about.json", "checkpoint", "entries", "disclosures.json")
_OPTIONAL = ("seal-salt", "house.tlog-proof")


class Bundle(msgspec.Struct, frozen=True):
    """A bundle as it stands, nothing of it believed yet."""

    origin: str
    campaign: str
    note: Note
    checkpoint: Checkpoint
    entries: tuple[bytes, ...]
    disclosures: dict[str, str]
    seal_salt: bytes | None = None
    house: bytes | None = None
    clearances: tuple[bytes, ...] = ()

    @property
    def as_bytes(self) -> bytes:
        about: dict[str, Canonical] = {
            "kind": "lastlook-bundle",
            "v": 1,
            "origin": self.origin,
            "campaign": self.campaign,
        }
        members = {
            "about.json": to_bytes(about),
            "checkpoint": self.note.as_bytes,
            "entries": packed(self.entries),
            "disclosures.json": to_bytes(dict(self.disclosures)),
        }
        if self.seal_salt is not None:
            members["seal-salt"] = self.seal_salt
        if self.house is not None:
            members["house.tlog-proof"] = self.house
        members |= {f"clearances/{number:03}.dsse": data for number, data in enumerate(self.clearances)}
        return to_archive(members)


def read_bundle(data: bytes) -> Bundle:
    """A bundle from its bytes. Raises Malformed: a member too many, too few, or in another order."""
    members = from_archive(data)
    names = list(members)
    rest = names[len(_BEGINNING) :]
    optional = [name for name in _OPTIONAL if name in members]
    clearances = [f"clearances/{number:03}.dsse" for number in range(len(rest) - len(optional))]
    if names[: len(_BEGINNING)] != list(_BEGINNING) or rest != [*optional, *clearances]:
        strange = [name for name in names if name not in (*_BEGINNING, *_OPTIONAL) and not _CLEARANCE.match(name)]
        what = (
            f"`{strange[0]}` does not belong into a bundle." if strange else "Members are missing or in another order."
        )
        raise Malformed(what)
    about = from_bytes(members["about.json"])
    if not isinstance(about, dict) or set(about) != {"kind", "v", "origin", "campaign"}:
        raise Malformed("`about.json` says kind, version, origin and campaign.")
    if (about["kind"], about["v"]) != ("lastlook-bundle", 1):
        raise Malformed("This bundle is of another kind or version.")
    checkpoint, note = read_checkpoint(members["checkpoint"])
    disclosures = from_bytes(members["disclosures.json"], max_bytes=MAX_DISCLOSURES)
    if not isinstance(disclosures, dict) or not all(isinstance(text, str) for text in disclosures.values()):
        raise Malformed("`disclosures.json` has texts by their digests.")
    return Bundle(
        str(about["origin"]),
        str(about["campaign"]),
        note,
        checkpoint,
        unpacked(members["entries"]),
        {digest: str(text) for digest, text in disclosures.items()},
        members.get("seal-salt"),
        members.get("house.tlog-proof"),
        tuple(members[name] for name in clearances),
    )


def packed(entries: Iterable[bytes]) -> bytes:
    """Entries one after the other, each behind its length."""
    return b"".join(_LENGTH.pack(len(entry)) + entry for entry in entries)


def unpacked(data: bytes) -> tuple[bytes, ...]:
    entries, at = [], 0
    while at < len(data):
        head = data[at : at + _LENGTH.size]
        if len(head) < _LENGTH.size:
            raise Malformed("The entries end within a length.")
        (length,) = _LENGTH.unpack(head)
        entry = data[at + _LENGTH.size : at + _LENGTH.size + length]
        if len(entry) != length:
            raise Malformed("The entries end within an entry.")
        entries.append(entry)
        at += _LENGTH.size + length
    return tuple(entries)


def committed(entry: Entry) -> dict[str, str]:
    """The digests of an entry that stand for something kept elsewhere, each with the name of what it is."""
    named = {"authority": "authority", "reason": "reason", "signature": "signature"}
    if isinstance(entry.act, Registered):
        named["name"] = "name"
    if isinstance(entry.act, Enrolled):
        named["key"] = "key"
    values = {name: getattr(entry.act, name, None) for name in named} | {"signature": entry.signature}
    return {digest: named[name] for name, digest in values.items() if digest is not None}


def erased(entries: Iterable[bytes]) -> dict[str, str]:
    """The digests whose value the record says is destroyed, each with the ground."""
    acts = (read_entry(data).act for data in entries)
    return {digest: act.ground for act in acts if isinstance(act, Erased) for digest in act.disclosures}


def bundle_of(
    entries: Sequence[bytes],
    disclosures: Mapping[str, str],
    note: Note,
    checkpoint: Checkpoint,
    *,
    seal_salt: bytes | None = None,
    house: bytes | None = None,
    clearances: Iterable[bytes] = (),
) -> Bundle:
    """The bundle of a record. Disclosures that no entry committed to, or that are erased, are left out."""
    if not entries:
        raise ValueError("BUG: there is no record without entries")
    read = [read_entry(data) for data in entries]
    wanted = {digest for entry in read for digest in committed(entry)} - set(erased(entries))
    kept = {digest: disclosures[digest] for digest in sorted(wanted & set(disclosures))}
    act = read[0].act
    return Bundle(
        act.origin, act.campaign, note, checkpoint, tuple(entries), kept, seal_salt, house, tuple(clearances)
    )  # fmt: skip


def issued_in(entries: Iterable[bytes]) -> list[ClearanceIssued]:
    """The clearances of a record, oldest first."""
    acts = (read_entry(data).act for data in entries)
    return [act for act in acts if isinstance(act, ClearanceIssued)]
