"""The clearance document: an in-toto Statement in a DSSE envelope, and the proof that the record holds it.

    subject     the bytes that may go out, by SHA-256; the name is the picture's id in its campaign
    predicate   {origin, campaign, stage, on, until, because, pictures, lines, packs, answers, v}

The campaign's log holds the SHA-256 of the whole envelope. So one checkpoint signature and one inclusion proof bind
every byte of the file, and a gate need look at nothing else.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated, Literal

import msgspec

from lastlook.checking.result import PackUsed
from lastlook.clearance.acts import ClearanceIssued, Sha256, read_entry
from lastlook.clearance.bases import LineBasis
from lastlook.clearance.clearing import Cleared
from lastlook.digests import Canonical
from lastlook.evidence.canonical import to_bytes
from lastlook.evidence.dsse import Envelope, signed_envelope
from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.statements import PAYLOAD_TYPE, Statement, Subject, read_statement

PREDICATE_TYPE = "urn:lastlook:clearance:v1"
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class ClearedPicture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One picture that may go out: its bytes, the digest of its words (None: without any), the lines it is for."""

    asset: _Name
    sha256: Sha256
    copy: Sha256 | None
    lines: tuple[Sha256, ...]


class ClearedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One plan line in scope. There is no order among scopes: a line is in it, or it is not."""

    id: _Name
    digest: Sha256
    first: dt.date | None
    last: dt.date | None


class ClearedPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule pack that it was judged by."""

    id: _Name
    version: _Name
    digest: Sha256


class ClearanceDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a clearance says. `on`: the day it was judged; `until`: its last day, and `because` what ends then.

    answers   leaf hashes of the acts it rests on
    """

    origin: _Name
    campaign: _Name
    stage: Literal["final"]
    on: dt.date
    until: dt.date
    because: str
    pictures: tuple[ClearedPicture, ...]
    lines: tuple[ClearedLine, ...]
    packs: tuple[ClearedPack, ...]
    answers: tuple[Sha256, ...]
    v: Literal[1] = 1

    @property
    def statement(self) -> Statement:
        predicate: dict[str, Canonical] = msgspec.to_builtins(self)
        return Statement(tuple(Subject(each.asset, each.sha256) for each in self.pictures), PREDICATE_TYPE, predicate)

    @property
    def packs_used(self) -> tuple[PackUsed, ...]:
        return tuple(PackUsed(pack.id, pack.version, pack.digest) for pack in self.packs)

    def picture(self, sha256: str) -> ClearedPicture | None:
        return next((each for each in self.pictures if each.sha256 == sha256), None)


def clearance_document(cleared: Cleared) -> ClearanceDocument:
    """The document of a clearance, to be signed by the house."""
    lines: dict[str, LineBasis] = {line.digest: line for asset in cleared.assets for line in asset.lines}
    return ClearanceDocument(
        origin=cleared.origin,
        campaign=cleared.campaign,
        stage="final",
        on=cleared.on,
        until=cleared.until,
        because=cleared.until_because,
        pictures=tuple(
            ClearedPicture(each.asset, each.sha256, each.copy, tuple(line.digest for line in each.lines))
            for each in cleared.assets
        ),
        lines=tuple(ClearedLine(line.id, line.digest, _day(line.first), _day(line.last)) for line in lines.values()),
        packs=tuple(ClearedPack(pack.id, pack.version, pack.digest) for pack in cleared.packs),
        answers=cleared.answers,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def signed_clearance(document: ClearanceDocument, seed: bytes) -> Envelope:
    """The document signed with the house's Ed25519 key, under the house's origin."""
    return signed_envelope(document.statement.as_bytes, PAYLOAD_TYPE, document.origin, seed)


def issued_fields(envelope: bytes, document: ClearanceDocument) -> dict[str, object]:
    """What the entry `clearance` says besides what every act says."""
    pictures = tuple(each.sha256 for each in document.pictures)
    return {"envelope": hashlib.sha256(envelope).hexdigest(), "pictures": pictures, "until": document.until}


def read_clearance(envelope: Envelope) -> ClearanceDocument:
    """What an envelope says. Raises Malformed for any other document; believes no signature."""
    if envelope.payload_type != PAYLOAD_TYPE:
        raise Malformed("This envelope holds no in-toto Statement.")
    statement = read_statement(envelope.payload)
    if statement.predicate_type != PREDICATE_TYPE:
        raise Malformed("This Statement is no clearance.")
    try:
        document = msgspec.convert(statement.predicate, ClearanceDocument)
    except msgspec.ValidationError as error:
        raise Malformed(f"This is no clearance: {error}.") from error
    if document.statement.as_bytes != envelope.payload:
        raise Malformed("The subjects of this clearance are not its pictures, or it is spelled in another way.")
    return document


def check_issued(entry: bytes, envelope: bytes, document: ClearanceDocument) -> ClearanceIssued:
    """Raise Refused unless this entry of the campaign's log says that exactly this file was issued."""
    act = read_entry(entry).act
    if not isinstance(act, ClearanceIssued):
        raise Refused("The entry that is proven is no clearance.", code="entry", remedy="Get the right proof.")
    said: Canonical = msgspec.to_builtins({**issued_fields(envelope, document)})
    found: Canonical = msgspec.to_builtins({"envelope": act.envelope, "pictures": act.pictures, "until": act.until})
    same_place = (act.origin, act.campaign, act.stage) == (document.origin, document.campaign, document.stage)
    if not same_place or to_bytes(said) != to_bytes(found):
        raise Refused(
            "The record holds another clearance than this one.",
            code="changed",
            remedy="Get the clearance again from the house: a byte of it is not as it was signed.",
        )
    return act
