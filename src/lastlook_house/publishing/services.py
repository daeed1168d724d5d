"""What leaves the house: clearances, withdrawals, renditions, seals with their receipts, erasure."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence

import msgspec
from django.db import connection, transaction

from lastlook.clearance.acts import (
    AnyAct,
    ClearanceIssued,
    Corrected,
    Disputed,
    Entry,
    Erased,
    Ground,
    Named,
    Rendered,
    Sealed,
    Vetoed,
    VetoLifted,
    Withdrawn,
)
from lastlook.clearance.clearing import Cleared
from lastlook.clearance.document import clearance_document, issued_fields, signed_clearance
from lastlook.clearance.history import History
from lastlook.clearance.sealing import seal_salt, sealed_acts
from lastlook.clearance.situation import Situation
from lastlook.errors import LastlookError
from lastlook.evidence.checkpoints import cosigned_at, read_checkpoint
from lastlook.evidence.notes import NoteKey
from lastlook.evidence.refusal import Refused
from lastlook_house.accounts.models import HandleRow
from lastlook_house.accounts.selectors import handle_row
from lastlook_house.campaigns.selectors import history_now, situation_now
from lastlook_house.campaigns.services import record_judgement
from lastlook_house.publishing.models import ClearanceRow, KnownRow
from lastlook_house.record.acting import Draft, Drafting, Place, as_house, record, record_signed
from lastlook_house.record.models import CheckpointRow, CosignatureRow, DisclosureRow
from lastlook_house.record.selectors import size_of
from lastlook_house.record.services import append

CHANGES_WHO_HOLDS = (Named, Corrected, Disputed)


def issue_clearance(place: Place, cleared: Cleared) -> ClearanceRow:
    """Sign a clearance and write it into the record: both or neither."""
    document = clearance_document(cleared)
    envelope = signed_clearance(document, place.house.seed).as_bytes
    with transaction.atomic():
        draft = as_house(place, ClearanceIssued, **issued_fields(envelope, document))
        record(place, draft)
        row = ClearanceRow.objects.create(
            campaign=place.campaign, digest=hashlib.sha256(envelope).hexdigest(), envelope=envelope,
            entry=size_of(place.log) - 1,
        )  # fmt: skip
        _tell(place, KnownRow.CLEARED, {picture.sha256: row.digest for picture in document.pictures})
    return row


def withdraw(place: Place, handle: HandleRow, pictures: Sequence[str], reason: str | None) -> Draft:
    """A draft that takes pictures back, for its person to sign."""
    drafting = Drafting(place, handle.handle, handle.person)
    committed = drafting.maybe("reason", reason)
    return drafting.draft(Withdrawn, pictures=tuple(pictures), reason=committed)


def record_act(place: Place, draft: Draft, armoured: str, situation: Situation) -> str:
    """Write a person's signed act into the record, and what it means for the gate: both or neither."""
    with transaction.atomic():
        leaf = record_signed(place, draft, armoured)
        _tell_the_gate(place, draft.act, leaf, situation)
        if isinstance(draft.act, CHANGES_WHO_HOLDS):
            now = situation_now(place.house, place.campaign, history_now(place.campaign), place.now.date())
            if now.state != situation.state:
                record_judgement(place, now, draft.act.handle)
    return leaf


def _tell_the_gate(place: Place, act: AnyAct, leaf: str, situation: Situation) -> None:
    if isinstance(act, Withdrawn):
        _tell(place, KnownRow.WITHDRAWN, dict.fromkeys(act.pictures, leaf))
    elif isinstance(act, Vetoed):
        bytes_of = {each.sha256 for each in situation.assets if act.assets == "all" or each.asset in act.assets}
        _tell(place, KnownRow.VETOED, dict.fromkeys(sorted(bytes_of - {""}), leaf))
    elif isinstance(act, VetoLifted):
        KnownRow.objects.filter(campaign=place.campaign, kind=KnownRow.VETOED, about=act.veto).delete()


def _tell(place: Place, kind: str, about: Mapping[str, str]) -> None:
    KnownRow.objects.bulk_create(
        KnownRow(campaign=place.campaign, kind=kind, sha256=sha256, about=what) for sha256, what in about.items()
    )


def record_rendition(place: Place, *, parent: str, child: str, recipe: str) -> str:
    """One file was made from another, and goes out where that may; gives the entry's leaf."""
    if parent == child:
        raise LastlookError(
            "Both files have the same bytes.", remedy="Then the clearance of the one holds for the other."
        )
    with transaction.atomic():
        leaf = record(place, as_house(place, Rendered, parent=parent, child=child, recipe=recipe))
        _tell(place, KnownRow.RENDITION, {child: parent})
    return leaf


def seal(place: Place, history: History, assets: Sequence[str]) -> bytes:
    """Seal the record as it is: every right on every picture, and every handle; gives the seal's salt."""
    nonce = secrets.token_hex(16)
    salt = seal_salt(bytes(place.campaign.salt), nonce)
    like = as_house(place, Sealed).act
    like = msgspec.structs.replace(like, nonce=nonce)
    acts = sealed_acts(history, assets, salt=salt, like=like)
    append(place.house, place.log, [Entry(act).as_bytes for act in acts])
    return salt


def erase_person(place: Place, handle: str, ground: Ground) -> int:
    """Destroy what the record keeps of a person in this campaign: name, keys, signatures, their own words.

    The record says first what will be gone, and that stays provable; then the values are destroyed. Where this was the
    last campaign that knows the person, their name and keys go too. Gives how many values were destroyed.
    """
    person = handle_row(place.campaign, handle).person
    with transaction.atomic():
        theirs = DisclosureRow.objects.filter(log=place.log, person=person)
        digests = sorted(theirs.values_list("digest", flat=True))
        if digests:
            record(place, as_house(place, Erased, disclosures=tuple(digests), ground=ground))
        theirs.delete()
        if not DisclosureRow.objects.filter(person=person).exists():
            person.keys.all().delete()
            person.name = ""
            person.save(update_fields=["name"])
    _forget_old_pages()
    return len(digests)


def _forget_old_pages() -> None:
    """Nothing deleted stays behind in the database's free pages, nor in its write-ahead log."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in ("record_disclosurerow", "accounts_personrow", "accounts_keyrow"):
                cursor.execute(f"VACUUM FULL {table}")


def add_cosignature(place_log_origin: str, note: bytes, key: NoteKey) -> int:
    """Keep a witness's cosignature under the house's checkpoint that it is over; gives its size."""
    checkpoint, cosigned = read_checkpoint(note)
    if checkpoint.origin != place_log_origin:
        raise Refused(
            f"It is over a log of {checkpoint.origin}.", code="origin", remedy="Name this house's checkpoint."
        )
    if cosigned_at(cosigned, key) is None:
        raise Refused(f"{key.name} did not cosign it.", code="signature", remedy="Name the right witness.")
    row = CheckpointRow.objects.filter(log__origin=checkpoint.origin, size=checkpoint.size).first()
    if row is None or read_checkpoint(bytes(row.note))[0] != checkpoint:
        raise Refused(
            "This house never signed that checkpoint.", code="fork", remedy="Keep the file: it may show a fork."
        )
    lines = [signature.line for signature in cosigned.signatures if signature.is_by(key)]
    CosignatureRow.objects.get_or_create(checkpoint=row, witness=key.name, defaults={"line": lines[-1]})
    return checkpoint.size
