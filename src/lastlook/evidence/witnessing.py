"""Witnessing by exchange of files (C2SP tlog-witness, `add-checkpoint`): a house asks, a witness cosigns or refuses.

    old <size>
    <base64 hash of the consistency proof>      as many as it takes, at most 63
    <empty line>
    <signed checkpoint>

The witness remembers, for each origin, the largest checkpoint it cosigned, and nothing else. It sees no entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from lastlook.evidence.checkpoints import Checkpoint, check_extends, cosigned, read_checkpoint
from lastlook.evidence.log import Nodes, consistency_proof
from lastlook.evidence.merkle import HASH_BYTES
from lastlook.evidence.notes import MAX_BYTES, Note, NoteKey, check_signed_by
from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.signing import from_base64, to_base64

MAX_HASHES = 63
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})\Z")


class WitnessRequest(msgspec.Struct, frozen=True):
    """What a house hands to a witness: the size the witness knows, the proof from there, and the new checkpoint."""

    old_size: int
    proof: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint

    @property
    def as_bytes(self) -> bytes:
        lines = [f"old {self.old_size}", *(to_base64(each) for each in self.proof), "", ""]
        return "\n".join(lines).encode() + self.note.as_bytes


def witness_request(old_size: int, note: Note, checkpoint: Checkpoint, nodes: Nodes) -> WitnessRequest:
    """The request for a witness that has seen `old_size` entries of this log (0: none of it)."""
    proof = consistency_proof(old_size, checkpoint.size, nodes) if old_size else ()
    return WitnessRequest(old_size, proof, note, checkpoint)


def read_witness_request(data: bytes) -> WitnessRequest:
    """A request as it stands. Raises Malformed; proves nothing yet."""
    head, gap, rest = data.partition(b"\n\n")
    if not gap or len(data) > MAX_BYTES:
        raise Malformed("A request has an empty line before its checkpoint.")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise Malformed("The head of a request is plain ASCII.") from error
    old = _OLD.fullmatch(first)
    proof = tuple(from_base64(line, what="A hash") for line in lines)
    if old is None or len(proof) > MAX_HASHES or any(len(each) != HASH_BYTES for each in proof):
        raise Malformed(f"A request begins with `old` and a size, and has at most {MAX_HASHES} hashes.")
    checkpoint, note = read_checkpoint(rest)
    return WitnessRequest(int(old[1]), proof, note, checkpoint)


def cosign(
    request: WitnessRequest,
    *,
    known: Checkpoint | None,
    keys: Sequence[NoteKey],
    name: str,
    seed: bytes,
    seconds: int,
) -> Note:
    """The checkpoint with the witness's cosignature, to be handed back; the witness then remembers it.

    known     the largest checkpoint of this origin that the witness cosigned; None: none
    keys      of the log, which the witness has from elsewhere
    seconds   the witness's time, since 1970

    Raises Refused: `signature`, `unknown-key`, `origin`, `size`, `step-back` or `fork`.
    """
    check_signed_by(request.note, keys)
    size = known.size if known is not None else 0
    if known is not None:
        check_extends(known, request.checkpoint, request.proof)
    if request.old_size != size or (not size and request.proof):
        raise Refused(
            f"The request starts from size {request.old_size}; this witness knows size {size}.",
            code="size",
            remedy=f"Make the request again from size {size}.",
        )
    return cosigned(request.note, name, seed, seconds)
