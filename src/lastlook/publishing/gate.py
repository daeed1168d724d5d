"""The gate: whether exactly these bytes may go out, on this line, with these words, now.

Allowed only if everything is so: a clearance that the record holds, vouched for by somebody the caller trusts, of these
bytes, for this line and these words, within its days, and no withdrawal or veto that the caller knows of. Refusals come
in one order: withdrawn, vetoed, changed, expired, out of scope, unknown.

It hashes the bytes once, checks one signature of the house (and those of witnesses, where the trust file asks for them)
and one inclusion proof; the record binds every byte of the clearance, so its own signature need not be checked here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from lastlook.clearance.acts import Rendered, read_entry
from lastlook.clearance.bases import copy_digest
from lastlook.clearance.document import ClearanceDocument, ClearedLine, ClearedPicture, read_clearance
from lastlook.clearance.trust import Trust, check_fresh, check_not_older, check_vouched
from lastlook.clearance.verifying import check_proven
from lastlook.evidence.checkpoints import Checkpoint
from lastlook.evidence.dsse import read_envelope
from lastlook.evidence.refusal import Refused
from lastlook.evidence.tlog_proof import TlogProof, read_tlog_proof

Why = Literal["withdrawn", "vetoed", "changed", "expired", "out_of_scope", "unknown"]
MAX_RENDITIONS = 8  # from a file back to the picture that was cleared
LIKENESS = "likeness: not checked; a near copy of something withdrawn is not noticed here"
LATER = "what was recorded after size {size}, such as a withdrawal"


class Wanted(msgspec.Struct, frozen=True):
    """What somebody wants to let out.

    sha256   of the bytes, 64 hex digits
    line     the plan line's id; `line_digest` is what its plan came to, where the caller knows the plan
    words    the words that go with it; None where there are none
    asset    the picture's id, where the caller knows it: then other bytes are "changed" and not "unknown"
    """

    sha256: str
    line: str
    words: str | None = None
    line_digest: str | None = None
    asset: str | None = None


class Known(msgspec.Struct, frozen=True):
    """What the caller knows besides the files: from the record, or from an earlier look.

    withdrawn, vetoed  SHA-256 → the reason, for everything that was withdrawn or vetoed anywhere
    parents            SHA-256 of a rendition → of what it was made from, as recorded
    seen               the largest checkpoints seen before; an older one is refused
    """

    withdrawn: Mapping[str, str] = {}
    vetoed: Mapping[str, str] = {}
    parents: Mapping[str, str] = {}
    seen: Sequence[Checkpoint] = ()
    is_whole_record: bool = False


class Allowed(msgspec.Struct, frozen=True):
    """It may go out. `checkpoints`: to be remembered as seen. `not_checked`: what nobody looked at."""

    asset: str
    line: str
    until: dt.date
    not_checked: tuple[str, ...]
    checkpoints: tuple[Checkpoint, ...]


class NotAllowed(msgspec.Struct, frozen=True):
    """It may not go out: the reason by its code and in words, and what to do."""

    why: Why
    words: str
    remedy: str


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def gate(
    wanted: Wanted,
    *,
    clearance: bytes,
    proofs: Sequence[bytes],
    trust: Trust,
    now: dt.datetime,
    renditions: Sequence[bytes] = (),
    known: Known | None = None,
) -> Allowed | NotAllowed:
    """Whether it may go out. Never raises for what is in the files: what cannot be believed is unknown.

    clearance    the signed document
    proofs       that the campaign's log holds it; then, where witnesses are asked for, that the house's log holds that
    renditions   proofs of `rendered` entries, for a file that was made from a cleared picture
    """
    known = known or Known()
    refused: Refused | None = None
    document: ClearanceDocument | None = None
    checkpoints: tuple[Checkpoint, ...] = ()
    parents = dict(known.parents)
    try:
        document, checkpoints = _believed(clearance, proofs, trust, now, known)
        parents |= _rendered(renditions, document, checkpoints[0])
    except Refused as error:
        refused = error
    chain = _chain(wanted.sha256, parents)
    stopped = stopped_by_record(chain, known)
    if stopped is not None:
        return stopped
    if refused is not None or document is None:
        what = refused.what if refused else "There is no clearance."
        return NotAllowed("unknown", f"The clearance cannot be believed. {what}", refused.remedy if refused else "")
    picture = next((found for sha256 in chain if (found := document.picture(sha256))), None)
    return _judged(wanted, document, picture, checkpoints, now, known)


def stopped_by_record(chain: Sequence[str], known: Known) -> NotAllowed | None:
    """Whether a withdrawal or a veto stops these bytes (or what they were made from), whatever cleared them."""
    for sha256 in chain:
        if sha256 in known.withdrawn:
            return NotAllowed("withdrawn", f"It was withdrawn: {known.withdrawn[sha256]}", "Do not publish it.")
    for sha256 in chain:
        if sha256 in known.vetoed:
            return NotAllowed("vetoed", f"It is vetoed: {known.vetoed[sha256]}", "Ask who vetoed it.")
    return None


def never_cleared() -> NotAllowed:
    """What the gate says of bytes that no clearance names."""
    return NotAllowed(
        "unknown", "No clearance names these bytes.", "Have the picture cleared, or record its rendition."
    )


def _believed(
    clearance: bytes, proofs: Sequence[bytes], trust: Trust, now: dt.datetime, known: Known
) -> tuple[ClearanceDocument, tuple[Checkpoint, ...]]:
    """The document, once the record holds it and somebody trusted vouches for that. Raises Refused."""
    document = read_clearance(read_envelope(clearance))
    if not proofs:
        raise Refused("No proof was given.", code="no-proof", remedy="Name the `.tlog-proof` of this clearance.")
    if document.origin != trust.origin:
        raise Refused(
            f"It is by {document.origin}, and the trust file is for {trust.origin}.", code="origin",
            remedy="Name the trust file for this house.",
        )  # fmt: skip
    campaign = read_tlog_proof(proofs[0])
    check_proven(campaign, clearance, document)
    outer = read_tlog_proof(proofs[1]) if len(proofs) > 1 else None
    last = campaign
    if outer is not None:
        if outer.checkpoint.origin != trust.origin:
            raise Refused("The outer log is not the house's.", code="origin", remedy="Name the right proof.")
        outer.check_holds(campaign.note.text.encode())
        last = outer
    vouched = check_vouched(last.note, trust)
    check_fresh(vouched, trust, now)
    checkpoints = (campaign.checkpoint, *((outer.checkpoint,) if outer else ()))
    for checkpoint in checkpoints:
        for seen in known.seen:
            check_not_older(checkpoint, seen)
    return document, checkpoints


def _rendered(renditions: Sequence[bytes], document: ClearanceDocument, checkpoint: Checkpoint) -> dict[str, str]:
    """Child → parent of every rendition that the same log, at the same checkpoint, holds. Raises Refused."""
    found: dict[str, str] = {}
    for data in renditions:
        proof: TlogProof = read_tlog_proof(data)
        entry = proof.extra
        if entry is None or proof.checkpoint != checkpoint:
            raise Refused(
                "A rendition is proven by another checkpoint than the clearance.", code="rendition",
                remedy="Ask the house for both proofs at one size.",
            )  # fmt: skip
        proof.check_holds(entry)
        act = read_entry(entry).act
        if not isinstance(act, Rendered) or (act.origin, act.campaign) != (document.origin, document.campaign):
            raise Refused("The entry is no rendition.", code="rendition", remedy="Name the right proof.")
        found[act.child] = act.parent
    return found


def _chain(sha256: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """The bytes, what they were made from, and so on; nothing beyond a circle or the eighth step."""
    chain = [sha256]
    while len(chain) <= MAX_RENDITIONS and (parent := parents.get(chain[-1])) is not None and parent not in chain:
        chain.append(parent)
    return tuple(chain)


def _judged(
    wanted: Wanted,
    document: ClearanceDocument,
    picture: ClearedPicture | None,
    checkpoints: tuple[Checkpoint, ...],
    now: dt.datetime,
    known: Known,
) -> Allowed | NotAllowed:
    lines = {line.id: line for line in document.lines}
    line = lines.get(wanted.line)
    if picture is None:
        if any(each.asset == wanted.asset for each in document.pictures):
            return NotAllowed(
                "changed", f"{wanted.asset} was cleared with other bytes.", "Have it cleared as it is now."
            )
        return never_cleared()
    changed = _changed(wanted, picture, line)
    if changed is not None:
        return changed
    today = now.date()
    if today > document.until:
        return NotAllowed(
            "expired", f"The clearance ended on {document.until}, with {document.because}.", "Have it cleared again."
        )
    if line is None or line.digest not in picture.lines:
        return NotAllowed(
            "out_of_scope",
            f"{picture.asset} is not cleared for the line {wanted.line}.",
            "Have it cleared for this line.",
        )
    if line.last is not None and today > line.last:
        return NotAllowed("expired", f"The line {line.id} ended on {line.last}.", "Plan it anew, and have it cleared.")
    if line.first is not None and today < line.first:
        return NotAllowed("out_of_scope", f"The line {line.id} begins on {line.first}.", "Wait for that day.")
    not_checked = [LIKENESS]
    if not known.is_whole_record:
        not_checked.append(LATER.format(size=checkpoints[0].size))
    if wanted.line_digest is None:
        not_checked.append("the plan: only the line's name was compared")
    return Allowed(picture.asset, line.id, document.until, tuple(not_checked), checkpoints)


def _changed(wanted: Wanted, picture: ClearedPicture, line: ClearedLine | None) -> NotAllowed | None:
    words = copy_digest(wanted.words) if wanted.words else None
    if words != picture.copy:
        if words is None:
            return NotAllowed(
                "changed", f"{picture.asset} was cleared with words, and none are given.", "Give its words."
            )
        what = "other words" if picture.copy else "no words"
        return NotAllowed("changed", f"{picture.asset} was cleared with {what}.", "Have it cleared with these.")
    if line is not None and wanted.line_digest is not None and wanted.line_digest != line.digest:
        return NotAllowed(
            "changed", f"The plan of {line.id} is not the one that was cleared.", "Have it cleared as planned now."
        )
    return None
