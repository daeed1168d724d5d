"""Checkpoints (C2SP tlog-checkpoint v1.0.0) and cosignatures of witnesses (tlog-cosignature v1.0.1, type 0x04).

A checkpoint is a signed note of three lines: the log's origin, its size, its root. A cosignature says: at that time
this was the largest log of this origin that I had seen, and it holds all that I had seen before.
"""

from __future__ import annotations

import re
import struct

import msgspec

from lastlook.evidence.merkle import EMPTY_ROOT, HASH_BYTES, extends
from lastlook.evidence.notes import COSIGNATURE, Note, NoteKey, Signature, is_name, read_note, signed_note
from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.signing import SIGNATURE_BYTES, from_base64, is_signed, public_key, sign, to_base64

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}\Z")
_TIME = struct.Struct(">Q")  # seconds since 1970, unsigned, 64 bits, big-endian


class Checkpoint(msgspec.Struct, frozen=True):
    """What a log holds: its origin, its size in entries, its root of 32 bytes."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"


def read_checkpoint_text(text: str) -> Checkpoint:
    """A checkpoint from its three lines. Extension lines are refused: nobody here says what they would mean."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise Malformed("A checkpoint has three lines: origin, size, root.")
    origin, size, root = lines[:3]
    if not is_name(origin) or not _NUMBER.fullmatch(size):
        raise Malformed("A checkpoint's first line is a name and its second a plain number.")
    raw = from_base64(root, what="The root")
    if len(raw) != HASH_BYTES:
        raise Malformed(f"A root has {HASH_BYTES} bytes, not {len(raw)}.")
    if size == "0" and raw != EMPTY_ROOT:
        raise Malformed("The root of a log without entries is SHA-256 of nothing.")
    return Checkpoint(origin, int(size), raw)


def signed_checkpoint(checkpoint: Checkpoint, seed: bytes, *, name: str = "") -> Note:
    """The checkpoint, signed by its log. The key's name is the origin, unless one key signs for several logs."""
    return signed_note(checkpoint.text, name or checkpoint.origin, seed)


def read_checkpoint(data: bytes) -> tuple[Checkpoint, Note]:
    """A signed checkpoint as it stands; who signed it is not looked at yet."""
    note = read_note(data)
    return read_checkpoint_text(note.text), note


def cosignature_message(text: str, seconds: int) -> bytes:
    """What a witness signs: the label, the time in seconds since 1970, and the checkpoint."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def cosigned(note: Note, name: str, seed: bytes, seconds: int) -> Note:
    """The note with one more line: a witness's cosignature at this time (seconds since 1970)."""
    key = NoteKey(name, public_key(seed), COSIGNATURE)
    value = _TIME.pack(seconds) + sign(seed, cosignature_message(note.text, seconds))
    return Note(note.text, (*note.signatures, Signature(name, key.id, value)))


def cosigned_at(note: Note, key: NoteKey) -> int | None:
    """When this witness cosigned the note, in seconds since 1970; None where it did not.

    Raises Refused where a line bears its name and key id and is not its cosignature.
    """
    found: int | None = None
    for signature in note.signatures:
        if key.kind != COSIGNATURE or not signature.is_by(key):
            continue
        if len(signature.value) != _TIME.size + SIGNATURE_BYTES:
            raise Malformed(f"The cosignature of {key.name} has the wrong length.")
        (seconds,) = _TIME.unpack(signature.value[: _TIME.size])
        if not is_signed(key.public, cosignature_message(note.text, seconds), signature.value[_TIME.size :]):
            raise Refused(
                f"The cosignature of {key.name} is not over this checkpoint.",
                code="signature",
                remedy="Do not use it: it was changed after it was cosigned.",
            )
        found = seconds if found is None else max(found, seconds)
    return found


def check_extends(known: Checkpoint | None, new: Checkpoint, proof: tuple[bytes, ...]) -> None:
    """What a witness asks before it cosigns: the new log holds all of the one it knows.

    Raises Refused: `step-back` for a smaller log, `fork` for one that is not a continuation.
    """
    if known is None or known.size == 0:
        return
    if known.origin != new.origin:
        raise Refused(
            f"This is a log of {new.origin}, not of {known.origin}.", code="origin", remedy="Name the right log."
        )
    if new.size < known.size:
        raise Refused(
            f"The log had {known.size} entries and is said to have {new.size}.",
            code="step-back",
            remedy="Ask for a checkpoint that is not older than the one seen before.",
        )
    if not extends(known.root, known.size, new.root, new.size, proof):
        raise Refused(
            f"The log of {new.size} does not hold the {known.size} entries seen before: two logs bear one name.",
            code="fork",
            remedy="Keep both checkpoints: together they show that the record was rewritten.",
        )
