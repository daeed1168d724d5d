"""What an outsider does with a file from a house: everything that can be checked offline, and what cannot, in words.

Three answers: *valid* (it holds, and somebody you trust vouches for it), *refused*, and *only consistent* (it holds
within itself, and nobody you trust vouches for it: anybody could have made it).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from lastlook.clearance.acts import Sealed, Withdrawn, read_entry
from lastlook.clearance.bundles import Bundle, committed, erased, issued_in, read_bundle
from lastlook.clearance.document import ClearanceDocument, check_issued, read_clearance
from lastlook.clearance.history import disclosed, history_of
from lastlook.clearance.receipts import proven_by, read_receipt
from lastlook.clearance.sealing import check_seal, whole_seal
from lastlook.clearance.trust import Trust, Vouched, check_fresh, check_not_older, check_vouched
from lastlook.evidence.checkpoints import Checkpoint
from lastlook.evidence.dsse import check_envelope, read_envelope
from lastlook.evidence.log import Frontier
from lastlook.evidence.merkle import leaf_hash
from lastlook.evidence.notes import Note
from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.tlog_proof import TlogProof, read_tlog_proof

Answer = Literal["valid", "refused", "only consistent"]
Kind = Literal["bundle", "clearance", "receipt"]


class Verified(msgspec.Struct, frozen=True):
    """What came of it.

    says         what the file says, if it can be believed
    checked      what was checked and holds
    not_checked  what was not, and why
    code, why    of a refusal
    checkpoint   the largest log it was proven against, to be remembered
    """

    kind: Kind
    answer: Answer
    says: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()
    code: str = ""
    why: str = ""
    remedy: str = ""
    checkpoint: Checkpoint | None = None


class _Notes:
    """What is found along the way; a refusal keeps what had been checked before it."""

    def __init__(self) -> None:
        self.says: list[str] = []
        self.checked: list[str] = []
        self.not_checked: list[str] = []


def kind_of(data: bytes) -> Kind | None:
    """What a file is, by how it begins; None where it is nothing of ours."""
    if data.startswith(b"PK\x03\x04"):
        return "bundle"
    if data.startswith(b'{"payload"'):
        return "clearance"
    return "receipt" if data.startswith(b'{"before"') else None


def verify(
    data: bytes,
    *,
    trust: Trust | None,
    proofs: Sequence[bytes] = (),
    seen: Sequence[Checkpoint] = (),
    now: dt.datetime,
) -> Verified:
    """Verify a bundle, a clearance or a receipt. Never raises for what is in the file: that is a refusal.

    trust    whom the reader believes; None: nobody
    proofs   of a clearance: the proof files beside it, of the campaign's log first, then of the house's
    seen     checkpoints that the reader, or a witness they ask, has seen before
    """
    kind = kind_of(data)
    if kind is None:
        raise Malformed("This is no bundle, no clearance and no receipt.", remedy="Name a file that a house gave out.")
    notes = _Notes()
    try:
        if kind == "bundle":
            checkpoint = _bundle(read_bundle(data), trust, seen, now, notes)
        elif kind == "clearance":
            checkpoint = _clearance(data, trust, proofs, seen, now, notes)
        else:
            checkpoint = _receipt(data, trust, seen, now, notes)
    except Refused as refused:
        where = f"{refused.where}: " if refused.where.file else ""
        return Verified(
            kind, "refused", (), tuple(notes.checked), tuple(notes.not_checked), refused.code, where + refused.what,
            refused.remedy,
        )  # fmt: skip
    answer: Answer = "valid" if trust is not None else "only consistent"
    return Verified(
        kind, answer, tuple(notes.says), tuple(notes.checked), tuple(notes.not_checked), checkpoint=checkpoint
    )  # fmt: skip


# Who vouches.


def _vouched(
    note: Note,
    checkpoint: Checkpoint,
    house: bytes | None,
    trust: Trust | None,
    seen: Sequence[Checkpoint],
    now: dt.datetime,
    notes: _Notes,
) -> None:
    """Whether somebody trusted vouches for a campaign's checkpoint, by itself or through the house's log."""
    for known in seen:
        check_not_older(checkpoint, known)
    proof = read_tlog_proof(house) if house is not None else None
    if proof is not None:
        proof.check_holds(note.text.encode())
        notes.checked.append(f"the house's log of size {proof.checkpoint.size} holds this record's checkpoint")
        for known in seen:
            check_not_older(proof.checkpoint, known)
    if trust is None:
        notes.not_checked.append("who vouches for it: no trust file was named")
        return
    if checkpoint.origin.rpartition("/")[0] != trust.origin:
        raise Refused(
            f"It is a record of {checkpoint.origin.rpartition('/')[0]}; the trust file is for {trust.origin}.",
            code="origin",
            remedy="Name the trust file for this house.",
        )
    if proof is not None and proof.checkpoint.origin != trust.origin:
        raise Refused("The outer log is not the house's.", code="origin", remedy="Get the right proof.")
    _by_the_house(note, proof, trust, now, notes)


def _by_the_house(note: Note, proof: TlogProof | None, trust: Trust, now: dt.datetime, notes: _Notes) -> None:
    own = check_vouched(note, msgspec.structs.replace(trust, quorum=0))
    notes.checked.append(f"the record's checkpoint is signed by {own.by}")
    vouched = own
    if proof is not None:
        vouched = check_vouched(proof.note, trust)
    elif trust.quorum:
        vouched = check_vouched(note, trust)
    _witnesses(vouched, trust, now, notes)


def _witnesses(vouched: Vouched, trust: Trust, now: dt.datetime, notes: _Notes) -> None:
    for name, seconds in vouched.witnesses:
        at = dt.datetime.fromtimestamp(min(seconds, 253_402_300_799), dt.UTC)
        notes.checked.append(f"{name} cosigned at {at:%Y-%m-%d %H:%M} UTC")
    if not trust.quorum:
        notes.not_checked.append(
            "witnesses: the trust file asks for none, so the house could show others another record"
        )
    check_fresh(vouched, trust, now)
    if trust.max_age is None:
        notes.not_checked.append("freshness: something may have been recorded since, such as a withdrawal")
    else:
        notes.checked.append(
            f"the newest cosignature is at most {int(trust.max_age.total_seconds() // 3600)} hours old"
        )


# Bundles.


def _bundle(
    bundle: Bundle, trust: Trust | None, seen: Sequence[Checkpoint], now: dt.datetime, notes: _Notes
) -> Checkpoint:
    checkpoint = bundle.checkpoint
    if checkpoint.origin != f"{bundle.origin}/{bundle.campaign}":
        raise Refused("The checkpoint is of another record.", code="origin", remedy="Get the bundle again.")
    _entries(bundle, seen, notes)
    _vouched(bundle.note, checkpoint, bundle.house, trust, seen, now, notes)
    _disclosures(bundle, notes)
    history = history_of(bundle.entries, bundle.disclosures)
    signed = [each.signed for each in history.recorded]
    notes.checked.append(f"{signed.count('signed')} acts are signed by keys enrolled for their handles before")
    if signed.count("erased"):
        notes.not_checked.append(f"{signed.count('erased')} signatures: they are erased, or were not handed over")
    _seals(bundle, notes)
    _clearances(bundle, trust, notes)
    withdrawn = [each.act for each in history.recorded if isinstance(each.act, Withdrawn)]
    if withdrawn:
        notes.says.append(f"{sum(len(act.pictures) for act in withdrawn)} pictures were withdrawn")
    notes.not_checked.append(
        "whether what was recorded is true: a record proves what was written, when and by which key"
    )
    return checkpoint


def _entries(bundle: Bundle, seen: Sequence[Checkpoint], notes: _Notes) -> None:
    checkpoint = bundle.checkpoint
    if len(bundle.entries) != checkpoint.size:
        raise Refused(
            f"It holds {len(bundle.entries)} entries, and its checkpoint is of {checkpoint.size}.",
            code="size",
            remedy="Get the bundle again: it was put together from two.",
        )
    ours = {known.size: known for known in seen if known.origin == checkpoint.origin}
    log = Frontier()
    for number, data in enumerate(bundle.entries):
        act = read_entry(data).act
        if (act.origin, act.campaign) != (bundle.origin, bundle.campaign):
            raise Refused(f"Entry {number} is of another record.", code="origin", remedy="Get the bundle again.")
        log, _ = log.append(leaf_hash(data))
        if log.size in ours and ours[log.size].root != log.root:
            raise Refused(
                f"Its first {log.size} entries are not those that were seen before: two records bear one name.",
                code="fork",
                remedy="Keep both: together they show that the record was rewritten.",
            )
    if log.root != checkpoint.root:
        raise Refused("These entries do not make the log that was signed.", code="root", remedy="Get the bundle again.")
    notes.checked.append(f"{log.size} entries make exactly the log that its checkpoint names")
    notes.says.append(f"the whole record of {bundle.campaign} in {bundle.origin}, {log.size} entries")


def _disclosures(bundle: Bundle, notes: _Notes) -> None:
    wanted = {digest: name for data in bundle.entries for digest, name in committed(read_entry(data)).items()}
    gone = erased(bundle.entries)
    for digest in bundle.disclosures:
        if digest not in wanted or digest in gone:
            what = "that the record says is destroyed" if digest in gone else "that no entry commits to"
            raise Refused(f"It discloses something {what}.", code="disclosure", remedy="Get the bundle again.")
        disclosed(bundle.disclosures, digest, wanted[digest])
    missing = {digest for digest in wanted if digest not in bundle.disclosures}
    notes.checked.append(f"{len(bundle.disclosures)} values are those that entries commit to")
    destroyed, withheld = len(missing & set(gone)), len(missing - set(gone))
    if destroyed:
        kinds = sorted({wanted[digest] for digest in missing & set(gone)})
        notes.says.append(f"{destroyed} values are erased, and the record says so: {', '.join(kinds)}")
    if withheld:
        notes.not_checked.append(f"{withheld} values that the record commits to and this file does not hold")


def _seals(bundle: Bundle, notes: _Notes) -> None:
    acts = [(number, read_entry(data).act) for number, data in enumerate(bundle.entries)]
    seals = [(number, act) for number, act in acts if isinstance(act, Sealed) and act.number == 0]
    if not seals:
        notes.not_checked.append("a seal: the record has none yet")
        return
    if bundle.seal_salt is None:
        notes.not_checked.append("whether the seal says what the record says: its salt is not in this file")
        return
    first, opening = seals[-1]
    parts = [act for _, act in acts[first : first + opening.of] if isinstance(act, Sealed)]
    before = history_of(bundle.entries[:first], bundle.disclosures)
    check_seal(whole_seal(parts), before, salt=bundle.seal_salt)
    notes.checked.append(f"the seal in entry {first} says who held every right, as the entries before it do")


def _clearances(bundle: Bundle, trust: Trust | None, notes: _Notes) -> None:
    issued = issued_in(bundle.entries)
    if [act.envelope for act in issued] != [hashlib.sha256(data).hexdigest() for data in bundle.clearances]:
        raise Refused(
            "Its clearances are not those that the record holds, in their order.",
            code="clearances",
            remedy="Get the bundle again: one is missing, added, moved or changed.",
        )
    for data in bundle.clearances:
        envelope = read_envelope(data)
        document = read_clearance(envelope)
        if trust is not None:
            check_envelope(envelope, trust.keys)
        notes.says.extend(_of_document(document))
    if issued:
        notes.checked.append(f"{len(issued)} clearances are those that the record holds")


# Clearances and receipts.


def _clearance(
    data: bytes,
    trust: Trust | None,
    proofs: Sequence[bytes],
    seen: Sequence[Checkpoint],
    now: dt.datetime,
    notes: _Notes,
) -> Checkpoint:
    envelope = read_envelope(data)
    document = read_clearance(envelope)
    if not proofs:
        raise Refused(
            "There is no proof that the record holds this clearance.",
            code="no-proof",
            remedy="Put the `.tlog-proof` of the house beside it.",
        )
    proof = read_tlog_proof(proofs[0])
    check_proven(proof, data, document)
    notes.checked.append(f"entry {proof.index} of the record of size {proof.checkpoint.size} is this clearance")
    house = proofs[1] if len(proofs) > 1 else None
    _vouched(proof.note, proof.checkpoint, house, trust, seen, now, notes)
    if trust is not None:
        (key, *_) = check_envelope(envelope, trust.keys)
        notes.checked.append(f"the document is signed by {key.name}")
    notes.says.extend(_of_document(document))
    if document.until < now.date():
        raise Refused(f"It ended on {document.until}.", code="expired", remedy="Ask for a new clearance.")
    notes.not_checked.append("pictures: `lastlook gate` compares a file with it")
    return proof.checkpoint


def check_proven(proof: TlogProof, envelope: bytes, document: ClearanceDocument) -> None:
    """Raise Refused unless a proof shows that the campaign's log holds exactly this clearance. Says not who signed."""
    if proof.extra is None:
        raise Refused("The proof does not hold its entry.", code="entry", remedy="Ask the house for a whole proof.")
    proof.check_holds(proof.extra)
    if proof.checkpoint.origin != f"{document.origin}/{document.campaign}":
        raise Refused("The proof is of another record.", code="origin", remedy="Get the right proof.")
    check_issued(proof.extra, envelope, document)


def _of_document(document: ClearanceDocument) -> Iterator[str]:
    lines = ", ".join(line.id for line in document.lines)
    yield (
        f"{len(document.pictures)} pictures of {document.campaign} are cleared for {lines} until {document.until} "
        f"({document.because})"
    )


def _receipt(
    data: bytes, trust: Trust | None, seen: Sequence[Checkpoint], now: dt.datetime, notes: _Notes
) -> Checkpoint:
    receipt = read_receipt(data)
    proven = proven_by(receipt)
    notes.checked.append(f"the seal and all {len(receipt.entries)} entries from it on make the log that was signed")
    notes.checked.append("the seal lists every right on every picture once, and this person once")
    _vouched(receipt.note, receipt.checkpoint, receipt.house, trust, seen, now, notes)
    notes.says.append(proven.words)
    notes.says.append(f"the handle is {proven.name}" if proven.name else "whose handle it is, the receipt does not say")
    if proven.nobody:
        notes.says.append(f"for {len(proven.nobody)} rights the record names nobody")
    notes.not_checked.append("whether the seal says what was recorded before it: only a bundle can show that")
    return receipt.checkpoint
