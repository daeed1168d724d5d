"""A receipt: what the record says in one person's name, as of a size, for somebody who has nothing but the receipt.

It holds the seal, every entry after it, the hashes from which the root over everything before can be made again, and
the signed checkpoint. So nothing that was recorded after the seal can be left out: the root would not come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from lastlook.clearance.acts import (
    AnyAct,
    Corrected,
    Entry,
    Handle,
    Named,
    Registered,
    Sealed,
    Sha256,
    read_entry,
)
from lastlook.clearance.history import disclosed
from lastlook.clearance.sealing import Seal, whole_seal
from lastlook.evidence.canonical import from_bytes, to_bytes
from lastlook.evidence.checkpoints import Checkpoint, read_checkpoint
from lastlook.evidence.commitments import SALT_BYTES, keyed
from lastlook.evidence.log import Frontier, Nodes, frontier_at, inclusion_proof
from lastlook.evidence.merkle import HASH_BYTES, includes, leaf_hash
from lastlook.evidence.notes import Note
from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.signing import from_base64, to_base64

MAX_BYTES = 1 << 24
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200_000)]


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A receipt as its canonical JSON has it; hashes and salts in base64."""

    kind: Literal["lastlook-receipt"]
    v: Literal[1]
    handle: Handle
    person: Sha256
    salt: _Text
    registered: _Text
    registered_index: Annotated[int, msgspec.Meta(ge=0)]
    registered_proof: tuple[_Text, ...]
    name: str | None
    before: tuple[_Text, ...]
    first: Annotated[int, msgspec.Meta(ge=1)]
    entries: tuple[_Text, ...]
    checkpoint: _Text
    house: str | None


class Receipt(msgspec.Struct, frozen=True):
    """A receipt as it stands, nothing of it believed yet.

    salt        of the seal, 32 bytes
    registered  the entry that gave the person their handle, its index and inclusion proof; `name`: its disclosure
    before      the frontier of the log where the seal begins
    entries     every entry from there on
    note        the signed checkpoint of the campaign's log; `house`: proof that the house's log holds it
    """

    handle: str
    person: str
    salt: bytes
    registered: bytes
    registered_index: int
    registered_proof: tuple[bytes, ...]
    name: str | None
    before: Frontier
    entries: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint
    house: bytes | None = None

    @property
    def as_bytes(self) -> bytes:
        written = _Written(
            kind="lastlook-receipt",
            v=1,
            handle=self.handle,
            person=self.person,
            salt=to_base64(self.salt),
            registered=self.registered.decode(),
            registered_index=self.registered_index,
            registered_proof=tuple(to_base64(each) for each in self.registered_proof),
            name=self.name,
            before=tuple(to_base64(each) for each in self.before.hashes),
            first=self.before.size,
            entries=tuple(each.decode() for each in self.entries),
            checkpoint=self.note.as_bytes.decode(),
            house=self.house.decode() if self.house is not None else None,
        )
        return to_bytes(msgspec.to_builtins(written))


class Borne(msgspec.Struct, frozen=True):
    """One decision that bears the handle. `corrected`: it was put right after the seal."""

    right: str
    asset: str
    corrected: bool = False


class Proven(msgspec.Struct, frozen=True):
    """What a receipt proves: as of this size, these decisions and no others bear the handle."""

    origin: str
    campaign: str
    handle: str
    name: str | None
    size: int
    borne: tuple[Borne, ...]
    nobody: tuple[Borne, ...]

    @property
    def words(self) -> str:
        if not self.borne:
            return f"As of size {self.size} no decision in this record bears the handle {self.handle}."
        said = ", ".join(f"{each.right} on {each.asset}" for each in self.borne)
        return f"As of size {self.size} these decisions bear the handle {self.handle}, and no others: {said}."


def receipt_of(
    *,
    handle: str,
    salt: bytes,
    registered_index: int,
    registered: bytes,
    first: int,
    entries: Sequence[bytes],
    nodes: Nodes,
    note: Note,
    checkpoint: Checkpoint,
    name: str | None = None,
    house: bytes | None = None,
) -> Receipt:
    """The receipt for a handle.

    salt      of the seal (`sealing.seal_salt`)
    first     the index of the seal's first entry; `entries`: all from there to the checkpoint's size
    nodes     what the log kept with each entry (`evidence.log`)
    name      the disclosure's text of the person's name, if they want it in
    """
    act = read_entry(registered).act
    if not isinstance(act, Registered) or act.holder != handle:
        raise ValueError(f"BUG: entry {registered_index} does not give anybody the handle {handle}")
    return Receipt(
        handle,
        act.person,
        salt,
        registered,
        registered_index,
        inclusion_proof(registered_index, checkpoint.size, nodes),
        name,
        frontier_at(first, nodes),
        tuple(entries),
        note,
        checkpoint,
        house,
    )


def read_receipt(data: bytes) -> Receipt:
    """A receipt from its bytes. Raises Malformed; believes nothing yet."""
    value = from_bytes(data, max_bytes=MAX_BYTES)
    try:
        written = msgspec.convert(value, _Written)
    except msgspec.ValidationError as error:
        raise Malformed(f"This is no receipt: {error}.") from error
    checkpoint, note = read_checkpoint(written.checkpoint.encode())
    before = Frontier(written.first, tuple(_hash(text) for text in written.before))
    if not before.is_sound:
        raise Malformed("The hashes before the seal are not as many as its place asks for.")
    salt = from_base64(written.salt, what="The salt")
    if len(salt) != SALT_BYTES:
        raise Malformed(f"A salt has {SALT_BYTES} bytes.")
    receipt = Receipt(
        written.handle,
        written.person,
        salt,
        written.registered.encode(),
        written.registered_index,
        tuple(_hash(text) for text in written.registered_proof),
        written.name,
        before,
        tuple(text.encode() for text in written.entries),
        note,
        checkpoint,
        written.house.encode() if written.house is not None else None,
    )
    if receipt.as_bytes != data:
        raise Malformed("This is another spelling of a receipt.")
    return receipt


def _hash(text: str) -> bytes:
    data = from_base64(text, what="A hash")
    if len(data) != HASH_BYTES:
        raise Malformed(f"A hash has {HASH_BYTES} bytes.")
    return data


def proven_by(receipt: Receipt) -> Proven:
    """What the receipt proves if its checkpoint is believed; who vouches for that is asked elsewhere.

    Raises Refused: `root`, `inclusion`, `seal`, `second-handle`, `decision-after-seal`, `handle`, `disclosure`.
    """
    checkpoint = receipt.checkpoint
    log = receipt.before.extended(leaf_hash(entry) for entry in receipt.entries)
    if (log.size, log.root) != (checkpoint.size, checkpoint.root):
        raise Refused(
            f"These entries do not make the log of size {checkpoint.size} that was signed.",
            code="root",
            remedy="Ask for the receipt again: an entry is missing, added or changed.",
        )
    entries = [read_entry(data) for data in receipt.entries]
    first = entries[0].act if entries else None
    if not isinstance(first, Sealed):
        raise Refused("It does not begin with a seal.", code="seal", remedy="Ask the house to seal the record.")
    seal = whole_seal([entry.act for entry in entries[: first.of] if isinstance(entry.act, Sealed)])
    origin, campaign = first.origin, first.campaign
    if checkpoint.origin != f"{origin}/{campaign}" or any(_place(e.act) != (origin, campaign) for e in entries):
        raise Refused("It is of several records.", code="origin", remedy="Ask for a receipt from one record.")
    name = _who(receipt, (origin, campaign))
    _one_handle(receipt, seal)
    borne, nobody = _sealed(receipt, seal)
    for entry in entries[first.of :]:
        borne = _after(entry, receipt, seal, borne)
    return Proven(origin, campaign, receipt.handle, name, checkpoint.size, borne, nobody)


def _place(act: AnyAct) -> tuple[str, str]:
    return act.origin, act.campaign


def _who(receipt: Receipt, place: tuple[str, str]) -> str | None:
    """The name behind the handle, where it was disclosed; the entry that gave the handle is proven in any case."""
    checkpoint, entry = receipt.checkpoint, read_entry(receipt.registered)
    leaf = leaf_hash(receipt.registered)
    if not includes(checkpoint.root, checkpoint.size, receipt.registered_index, leaf, receipt.registered_proof):
        raise Refused(
            "The entry that gave the handle is not in the record.",
            code="inclusion",
            remedy="Ask for the receipt again.",
        )
    act = entry.act
    if not isinstance(act, Registered) or (act.holder, act.person) != (receipt.handle, receipt.person):
        raise Refused(f"No entry gives {receipt.handle} to this person.", code="handle", remedy="Ask for it again.")
    if _place(act) != place or receipt.registered_index >= receipt.before.size:
        raise Refused("The handle was not given before the seal.", code="handle", remedy="Ask for a newer seal.")
    if receipt.name is None:
        return None
    opened = disclosed({act.name: receipt.name}, act.name, "name")
    return opened.value if opened else None


def _one_handle(receipt: Receipt, seal: Seal) -> None:
    handle, person = keyed(receipt.salt, receipt.handle), keyed(receipt.salt, receipt.person)
    rows = [row for row in seal.handles if row.handle == handle or row.person == person]
    if len(rows) != 1 or (rows[0].handle, rows[0].person) != (handle, person):
        raise Refused(
            "In the seal this person has another handle, or none.",
            code="handle",
            remedy="Ask the house which handle is yours, and for the salt of this seal.",
        )


def _sealed(receipt: Receipt, seal: Seal) -> tuple[tuple[Borne, ...], tuple[Borne, ...]]:
    mine, none = keyed(receipt.salt, receipt.handle), keyed(receipt.salt, "none")
    borne = tuple(Borne(row.right, row.asset) for row in seal.rights if row.holder == mine)
    return borne, tuple(Borne(row.right, row.asset) for row in seal.rights if row.holder == none)


def _after(entry: Entry, receipt: Receipt, seal: Seal, borne: tuple[Borne, ...]) -> tuple[Borne, ...]:
    """What an entry after the seal changes: corrections count, other decisions and second handles are refused."""
    act = entry.act
    if isinstance(act, Named):
        raise Refused(
            f"After the seal {act.right} was decided, and that is no correction.",
            code="decision-after-seal",
            remedy="Ask the house to seal the record again, and for a new receipt.",
        )
    if isinstance(act, Registered) and (act.person == receipt.person or act.holder == receipt.handle):
        raise Refused(
            "After the seal this person was given a second handle.",
            code="second-handle",
            remedy="Do not rely on it: it says nothing of the other handle.",
        )
    if not isinstance(act, Corrected):
        return borne
    assets = seal.assets if act.assets == "all" else act.assets
    kept = tuple(each for each in borne if each.right != act.right or each.asset not in assets)
    if act.holder != receipt.handle:
        return kept
    return kept + tuple(Borne(act.right, asset, corrected=True) for asset in assets)
