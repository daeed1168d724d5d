"""Proof files (C2SP tlog-proof): that one entry stands at one place of a log with this checkpoint.

c2sp.org/tlog-proof@v1
extra <base64>          not proven by itself; here the entry, whose hash is what is proven
index <n>
<base64 sibling hash>   leaf side first
<empty line>
<checkpoint with all its signatures>
"""

from __future__ import annotations

import re

import msgspec

from lastlook.evidence.checkpoints import Checkpoint, read_checkpoint
from lastlook.evidence.merkle import HASH_BYTES, includes, leaf_hash
from lastlook.evidence.notes import MAX_BYTES, Note
from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.signing import from_base64, to_base64

FIRST_LINE = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 64
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})\Z")


class TlogProof(msgspec.Struct, frozen=True):
    """One entry's place: its index, the sibling hashes, the signed checkpoint; `extra` as it was found."""

    index: int
    hashes: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint
    extra: bytes | None = None

    @property
    def as_bytes(self) -> bytes:
        lines = [FIRST_LINE]
        if self.extra is not None:
            lines.append(f"extra {to_base64(self.extra)}")
        lines += [f"index {self.index}", *(to_base64(each) for each in self.hashes), "", ""]
        return "\n".join(lines).encode() + self.note.as_bytes

    def check_holds(self, entry: bytes) -> None:
        """Raise Refused unless the checkpoint's root has this entry at this index. Says nothing of who signed."""
        if not includes(self.checkpoint.root, self.checkpoint.size, self.index, leaf_hash(entry), self.hashes):
            raise Refused(
                f"Entry {self.index} of the log of {self.checkpoint.size} is another one.",
                code="inclusion",
                remedy="Get entry and proof from the same record.",
            )


def read_tlog_proof(data: bytes) -> TlogProof:
    """A proof as it stands. Raises Malformed; proves nothing yet."""
    if len(data) > MAX_BYTES:
        raise Malformed(f"A proof of {len(data)} bytes is too large.")
    head, gap, checkpoint = data.partition(b"\n\n")
    if not gap:
        raise Malformed("A proof has an empty line before its checkpoint.")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise Malformed("The head of a proof is plain ASCII.") from error
    if first != FIRST_LINE:
        raise Malformed(f"A proof begins with the line `{FIRST_LINE}`.")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = from_base64(lines.pop(0).removeprefix("extra "), what="`extra`")
    index = _INDEX.fullmatch(lines[0]) if lines else None
    if index is None:
        raise Malformed("A proof names the index of its entry.")
    hashes = tuple(from_base64(line, what="A hash") for line in lines[1:])
    if len(hashes) > MAX_HASHES or any(len(each) != HASH_BYTES for each in hashes):
        raise Malformed(f"A proof has at most {MAX_HASHES} hashes of {HASH_BYTES} bytes.")
    read, note = read_checkpoint(checkpoint)
    if int(index[1]) >= read.size:
        raise Malformed(f"Entry {index[1]} cannot be in a log of {read.size}.")
    return TlogProof(int(index[1]), hashes, note, read, extra)
