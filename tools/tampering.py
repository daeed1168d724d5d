"""What was changed in a bundle, a clearance or a receipt, and what `verify` says of it.

The cases are made here and nowhere else: the test runs them, and `docs/evidence.md` shows what came of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from lastlook.clearance.acts import HOUSE, Corrected, Named, Registered, Vetoed
from lastlook.clearance.bundles import Bundle, packed
from lastlook.clearance.receipts import Receipt
from lastlook.clearance.trust import Trust
from lastlook.clearance.verifying import Verified, verify
from lastlook.evidence.archive import from_archive, to_archive
from lastlook.evidence.checkpoints import Checkpoint, signed_checkpoint
from lastlook.evidence.commitments import commit, keyed
from lastlook.evidence.dsse import Envelope, read_envelope
from lastlook.evidence.merkle import leaf_hash
from lastlook.evidence.notes import Note
from lastlook.evidence.tlog_proof import TlogProof
from tests.world.records import (
    HOUSE_SEED,
    NOON,
    ORIGIN,
    SALT,
    TRUST,
    WITNESS_SEED,
    WITNESSED,
    ARecord,
    a_cleared_record,
    salt_for,
    seed_of,
)

BEGIN, END = "<!-- tampering: written by `make docs` -->\n", "<!-- tampering ends -->\n"
SECONDS = int(NOON.timestamp())


class Tampered(msgspec.Struct, frozen=True):
    """A file as somebody changed it, and how it is verified. `code`: what the refusal should be called."""

    file: str
    what: str
    code: str
    data: bytes
    trust: Trust | None = TRUST
    proofs: Sequence[bytes] = ()
    seen: Sequence[Checkpoint] = ()
    now: dt.datetime = NOON

    @property
    def verified(self) -> Verified:
        return verify(self.data, trust=self.trust, proofs=self.proofs, seen=self.seen, now=self.now)


class World:
    """One record with a clearance and a seal, and the files that the house gave out."""

    def __init__(self) -> None:
        self.record = a_cleared_record()
        self.clearance, self.index = self.record.clears()
        self.salt = self.record.seals()
        self.proof = self.record.proof(self.index)
        self.bundle = self.record.bundle(self.clearance, salt=self.salt)
        self.receipt = self.record.receipt("p7", self.salt)

    def later(self, act: Callable[[ARecord], object]) -> ARecord:
        """The same record with something more in it."""
        record = ARecord(self.record.case, self.record.library)
        record.entries, record.disclosures = list(self.record.entries), dict(self.record.disclosures)
        act(record)
        return record


def tampered() -> Iterator[Tampered]:
    """Every case: what was changed, and the code of its refusal."""
    world = World()
    yield from _bundles(world)
    yield from _clearances(world)
    yield from _receipts(world)


def _bundles(world: World) -> Iterator[Tampered]:
    bundle, members = world.bundle, from_archive(world.bundle.as_bytes)

    def case(what: str, code: str, data: bytes | Bundle, **more: Any) -> Tampered:
        return Tampered("bundle", what, code, data if isinstance(data, bytes) else data.as_bytes, **more)

    def changed(**fields: Any) -> Bundle:
        return msgspec.structs.replace(bundle, **fields)

    names = list(members)
    yield case("a member is added", "malformed", to_archive({**members, "notes.txt": b"hello"}))
    yield case("a member is removed", "malformed", to_archive({n: members[n] for n in names if n != "checkpoint"}))
    yield case(
        "two members change places", "malformed", to_archive({n: members[n] for n in [names[1], names[0], *names[2:]]})
    )
    yield case("something stands behind the last member", "malformed", bundle.as_bytes + b"x")
    yield case("an entry is removed", "size", changed(entries=bundle.entries[:-1]))
    yield case("an entry is added", "size", changed(entries=(*bundle.entries, bundle.entries[-1])))
    swapped = (bundle.entries[1], bundle.entries[0], *bundle.entries[2:])
    yield case("two entries change places", "root", changed(entries=swapped))
    other = bundle.entries[0].replace(b"in_person", b"video").replace(b'"p1"', b'"p9"')
    yield case("an entry says something else", "root", changed(entries=(other, *bundle.entries[1:])))
    vetoed = world.later(lambda record: record.does(Vetoed, "p9", assets="all"))
    yield case(
        "an older log stands with a newer checkpoint", "size", changed(note=vetoed.note, checkpoint=vetoed.checkpoint)
    )
    forked = world.later(lambda record: record.does(Vetoed, "p8", assets="all"))
    yield case(
        "a witness has seen another log of this size (a fork)", "fork",
        vetoed.bundle(world.clearance, salt=world.salt), seen=[forked.checkpoint],
    )  # fmt: skip
    grown = world.later(lambda r: [r.does(Vetoed, "p8", assets="all"), r.does(Vetoed, "p9", assets="all")])
    early = world.later(lambda record: record.does(Vetoed, "p7", assets="all"))
    yield case(
        "a witness has seen another beginning of it (a fork)", "fork",
        grown.bundle(world.clearance, salt=world.salt), seen=[early.checkpoint],
    )  # fmt: skip
    yield case("a witness has seen a larger log (a step back)", "step-back", bundle, seen=[vetoed.checkpoint])
    stranger = signed_checkpoint(bundle.checkpoint, WITNESS_SEED, name=ORIGIN)
    yield case("somebody else signed the checkpoint", "unknown-key", changed(note=stranger))
    moved = Note(bundle.note.text, vetoed.note.signatures)
    yield case("the signature of another checkpoint is moved here", "signature", changed(note=moved))
    elsewhere = msgspec.structs.replace(TRUST, origin="other.example/record")
    yield case("the trust file is for another house", "origin", bundle, trust=elsewhere)
    yield case("no witness has cosigned, and the trust file asks for one", "quorum", bundle, trust=WITNESSED)
    old = changed(house=world.record.house_proof(seconds=SECONDS - 72 * 3600).as_bytes)
    yield case("the newest cosignature is three days old, and two are allowed", "stale", old, trust=WITNESSED)
    wrong = TlogProof(0, *_rest(world.record.house_proof(seconds=SECONDS)))
    yield case("the house's log holds another checkpoint", "inclusion", changed(house=wrong.as_bytes), trust=WITNESSED)
    digests = list(bundle.disclosures)
    lie = commit("name", "Somebody else", salt=salt_for("a lie"))
    yield case(
        "a disclosure says something else",
        "disclosure",
        changed(disclosures={**bundle.disclosures, digests[0]: lie.text}),
    )
    yield case("a disclosure is added", "disclosure", changed(disclosures={**bundle.disclosures, lie.digest: lie.text}))
    erased = world.later(lambda record: record.erases("p8"))
    back = msgspec.structs.replace(erased.bundle(world.clearance, salt=world.salt), disclosures=bundle.disclosures)
    yield case("a value is back that the record says is erased", "disclosure", back)
    yield case("a clearance is removed", "clearances", changed(clearances=()))
    yield case("a byte of a clearance is changed", "clearances", changed(clearances=(world.clearance[:-3] + b"= }",)))
    forged = world.later(lambda record: record.records(record.make(Vetoed, "p7", assets="all"), signed=True, by="p9"))
    yield case(
        "an act is signed with somebody else's key", "unknown-key", forged.bundle(world.clearance, salt=world.salt)
    )
    signed_for_another = world.later(_moved_signature)
    yield case(
        "the signature of another act is moved to this one", "signature",
        signed_for_another.bundle(world.clearance, salt=world.salt),
    )  # fmt: skip
    lying = world.later(_seals_a_lie)
    yield case("the seal says something else than the record", "seal", lying.bundle(world.clearance, salt=_LIE_SALT))
    yield case(
        "the entries end within an entry", "malformed", to_archive({**members, "entries": packed(bundle.entries)[:-1]})
    )


def _rest(proof: TlogProof) -> tuple[Any, ...]:
    return proof.hashes, proof.note, proof.checkpoint


def _moved_signature(record: ARecord) -> None:
    """An act whose signature is that of the same person's act on something else."""
    first, second = record.make(Vetoed, "p9", assets="all"), record.make(Vetoed, "p9", assets=("look-01",))
    from lastlook.clearance.acts import Entry
    from lastlook.evidence.sshsig import ssh_signed

    signature = record.commit("signature", ssh_signed(seed_of("p9"), first.namespace, first.statement).armoured)
    record.entries.append(Entry(second, signature).as_bytes)


_LIE_SALT = bytes.fromhex(keyed(SALT, "a lie"))


def _seals_a_lie(record: ARecord) -> None:
    """A seal that says p2 held nothing."""
    from lastlook.clearance.acts import StageHeld
    from lastlook.clearance.sealing import sealed_acts

    like = record.make(StageHeld, HOUSE)
    p2, nobody = keyed(_LIE_SALT, "p2"), keyed(_LIE_SALT, "none")
    for act in sealed_acts(record.history, ["look-01"], salt=_LIE_SALT, like=like):
        rights = tuple(msgspec.structs.replace(row, holder=nobody) if row.holder == p2 else row for row in act.rights)
        record.records(msgspec.structs.replace(act, rights=rights), signed=False)


def _clearances(world: World) -> Iterator[Tampered]:
    envelope, proof = read_envelope(world.clearance), world.proof

    def case(what: str, code: str, data: bytes = b"", **more: Any) -> Tampered:
        return Tampered("clearance", what, code, data or world.clearance, **{"proofs": [proof.as_bytes], **more})

    longer = envelope.payload.replace(b'"until":"2027-01-06"', b'"until":"2027-12-31"')
    yield case("it ends a year later", "changed", Envelope(longer, envelope.payload_type, envelope.signatures).as_bytes)
    widened = envelope.payload.replace(b'"asset":"look-01"', b'"asset":"look-02"')
    yield case(
        "a picture in it has another name",
        "malformed",
        Envelope(widened, envelope.payload_type, envelope.signatures).as_bytes,
    )
    yield case(
        "its type is changed", "malformed", Envelope(envelope.payload, "text/plain", envelope.signatures).as_bytes
    )
    yield case("a space is added", "changed", world.clearance.replace(b'{"payload"', b'{"payload" ', 1))
    yield case("a second signature is added", "changed", _twice(envelope))
    yield case("there is no proof beside it", "no-proof", proofs=[])
    yield case("the proof is of another entry", "entry", proofs=[world.record.proof(0).as_bytes])
    yield case("the proof names another index", "inclusion", proofs=[msgspec.structs.replace(proof, index=1).as_bytes])
    hashes = (proof.hashes[1], proof.hashes[0], *proof.hashes[2:])
    yield case(
        "two hashes of the proof change places",
        "inclusion",
        proofs=[msgspec.structs.replace(proof, hashes=hashes).as_bytes],
    )
    yield case(
        "the proof does not carry its entry", "entry", proofs=[msgspec.structs.replace(proof, extra=None).as_bytes]
    )
    stranger = signed_checkpoint(proof.checkpoint, WITNESS_SEED, name=ORIGIN)
    yield case(
        "somebody else signed the checkpoint",
        "unknown-key",
        proofs=[msgspec.structs.replace(proof, note=stranger).as_bytes],
    )
    others = msgspec.structs.replace(TRUST, keys=WITNESSED.witnesses)
    yield case("the keys of the trust file are somebody else's", "unknown-key", trust=others)
    vetoed = world.later(lambda record: record.does(Vetoed, "p9", assets="all"))
    yield case("a larger log was seen before (a step back)", "step-back", seen=[vetoed.checkpoint])
    fork = msgspec.structs.replace(proof.checkpoint, root=leaf_hash(b"another history"))
    yield case("a witness has seen another log of this size (a fork)", "fork", seen=[fork])
    yield case("its last day is over", "expired", now=dt.datetime(2027, 1, 7, tzinfo=dt.UTC))


def _twice(envelope: Envelope) -> bytes:
    return Envelope(envelope.payload, envelope.payload_type, envelope.signatures * 2).as_bytes


def _receipts(world: World) -> Iterator[Tampered]:
    receipt = world.receipt

    def case(what: str, code: str, data: Receipt, **more: Any) -> Tampered:
        return Tampered("receipt", what, code, data.as_bytes, **more)

    def changed(**fields: Any) -> Receipt:
        return msgspec.structs.replace(receipt, **fields)

    def after(act: Callable[[ARecord], object]) -> Receipt:
        return world.later(act).receipt("p7", world.salt)

    decided = after(lambda record: record.does(Named, HOUSE, right="props", holder="p7", assets="all"))
    yield case("after the seal something was decided that is no correction", "decision-after-seal", decided)
    yield case("after the seal the person got a second handle", "second-handle", after(_second_handle))
    yield case(
        "the decision after the seal is left out",
        "root",
        msgspec.structs.replace(decided, entries=decided.entries[:-1]),
    )
    yield case(
        "it is from before that decision, and a newer checkpoint was seen",
        "step-back",
        receipt,
        seen=[decided.checkpoint],
    )
    corrected = after(
        lambda record: record.does(Corrected, HOUSE, of="0" * 64, right="props", holder="p7", assets="all")
    )
    yield case("a correction is left out", "root", msgspec.structs.replace(corrected, entries=corrected.entries[:-1]))
    yield case("it is for another handle", "handle", changed(handle="p8"))
    yield case("it is for another person", "handle", changed(person=keyed(SALT, "person p8")))
    yield case("its salt is another one", "handle", changed(salt=bytes(32)))
    yield case("the name in it is another one", "disclosure", changed(name=commit("name", "X", salt=bytes(32)).text))
    yield case("a hash from before the seal is changed", "root", changed(before=_other_frontier(receipt)))
    yield case(
        "the entry that gave the handle is another one", "inclusion", changed(registered=world.record.entries[0])
    )
    yield case("it begins after the seal", "seal", _without_seal(world))
    yield case(
        "the checkpoint's signature is another one's",
        "signature",
        changed(note=Note(receipt.note.text, decided.note.signatures)),
    )
    stranger = signed_checkpoint(receipt.checkpoint, WITNESS_SEED, name=ORIGIN)
    yield case("somebody else signed the checkpoint", "unknown-key", changed(note=stranger))
    fork = signed_checkpoint(msgspec.structs.replace(receipt.checkpoint, root=bytes(32)), HOUSE_SEED, name=ORIGIN)
    yield case(
        "the house signed another log of this size", "root",
        changed(note=fork, checkpoint=msgspec.structs.replace(receipt.checkpoint, root=bytes(32))),
    )  # fmt: skip


def _second_handle(record: ARecord) -> None:
    name = record.commit("name", "Somebody again")
    record.does(Registered, HOUSE, holder="p70", person=keyed(SALT, "person p7"), name=name)


def _other_frontier(receipt: Receipt) -> Any:
    first, *rest = receipt.before.hashes
    return msgspec.structs.replace(receipt.before, hashes=(first[::-1], *rest))


def _without_seal(world: World) -> Receipt:
    from lastlook.evidence.log import frontier_at, nodes_of

    record = world.later(lambda record: record.does(Vetoed, "p9", assets="all"))
    receipt, first = record.receipt("p7", world.salt), len(record.entries) - 1
    before = frontier_at(first, nodes_of(record.log[1]))
    return msgspec.structs.replace(receipt, before=before, entries=tuple(record.entries[first:]))


def table() -> str:
    """What was changed, and what is said of it, as a table in Markdown."""
    lines = ["| file | what was changed | refused as | in words |", "|---|---|---|---|"]
    for each in tampered():
        verified = each.verified
        lines.append(f"| {each.file} | {each.what} | `{verified.code}` | {verified.why} |")
    return "\n".join(lines) + "\n"


def with_table(text: str) -> str:
    """The page with its table written again."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"
