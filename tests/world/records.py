"""A record in a test's own words: people with keys, what they do, and the case it is about."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from lastlook.checking.case import Case
from lastlook.clearance.acts import (
    HOUSE,
    Answered,
    AnyAct,
    ClearanceIssued,
    Confirmed,
    Enrolled,
    Entry,
    Erased,
    Granted,
    Judged,
    Named,
    Registered,
    Reviewed,
    Sealed,
    Seen,
    StageHeld,
    read_entry,
)
from lastlook.clearance.bundles import Bundle, bundle_of, committed
from lastlook.clearance.clearing import Cleared, NotCleared, cleared
from lastlook.clearance.document import clearance_document, issued_fields, signed_clearance
from lastlook.clearance.history import History, history_of
from lastlook.clearance.receipts import Receipt, receipt_of
from lastlook.clearance.reviewing import to_review
from lastlook.clearance.sealing import seal_salt, sealed_acts
from lastlook.clearance.second_thoughts import judged_acts
from lastlook.clearance.situation import Demand, Situation, situation_of
from lastlook.clearance.trust import Trust
from lastlook.evidence.checkpoints import Checkpoint, cosigned, signed_checkpoint
from lastlook.evidence.commitments import commit, keyed
from lastlook.evidence.log import Frontier, inclusion_proof, nodes_of
from lastlook.evidence.merkle import leaf_hash
from lastlook.evidence.notes import COSIGNATURE, Note, NoteKey
from lastlook.evidence.signing import public_key
from lastlook.evidence.ssh_keys import ed25519_key
from lastlook.evidence.sshsig import ssh_signed
from lastlook.evidence.tlog_proof import TlogProof
from lastlook.packs import Library, Pack
from lastlook.rules.rule import Rule
from tests.world.campaigns import a_campaign, an_asset
from tests.world.rules import a_rule, bundled

ORIGIN = "house.example/record"
SALT = hashlib.sha256(b"the salt of a campaign").digest()
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
TODAY = NOON.date()
UNTIL = dt.date(2027, 6, 30)
HOUSE_SEED, WITNESS_SEED = (hashlib.sha256(name).digest() for name in (b"the house", b"the witness"))
WITNESS = "witness.example/w1"
TRUST = Trust(ORIGIN, (NoteKey(ORIGIN, public_key(HOUSE_SEED)),))
WITNESSED = Trust(
    ORIGIN, TRUST.keys, (NoteKey(WITNESS, public_key(WITNESS_SEED), COSIGNATURE),), 1, dt.timedelta(hours=48)
)
ActT = TypeVar("ActT", bound=AnyAct)

# Who is who in a test: p1 to p5 make it, the others look and answer.
MAKERS = ("p1", "p2", "p3", "p4", "p5")
RIGHTS = {
    "casting": "p1", "product": "p2", "props": "p4", "combination": "p1", "location": "p4", "photography": "p3",
    "retouching": "p3", "copy": "p5", "media_plan": "p5", "publication": "p6",
}  # fmt: skip
ROLES = {"p7": "safeguarding", "p8": "second_line", "p9": "legal"}
PEOPLE = (*MAKERS, "p6", *ROLES)


def seed_of(handle: str) -> bytes:
    """The key of a person in a test."""
    return hashlib.sha256(f"key of {handle}".encode()).digest()


def salt_for(*parts: object) -> bytes:
    return hashlib.sha256(repr(parts).encode()).digest()


def a_library(*rules: Rule) -> Library:
    """These rules, with one standing requirement and a pack that covers Great Britain."""
    standing = a_rule(
        "always", id="standing", title="Safeguarding looks at the whole", effect="sign_off",
        answered_by=["safeguarding"], territories=frozenset({"GB"}),
    )  # fmt: skip
    rules = tuple(msgspec.structs.replace(rule, pack="test") for rule in rules)
    pack = Pack("test", "Test", "1", None, (standing, *rules), hashlib.sha256(repr(rules).encode()).hexdigest())
    return Library((pack,), bundled().derived)


def pairing() -> Rule:
    """`house-pairing`, as it comes with Lastlook."""
    rule = bundled().rule("house-pairing")
    assert rule is not None
    return rule


def shown(*, age: int = 31, appears: str = "adult_25_plus", props: Sequence[str] | str = "none") -> dict[str, Any]:
    person = {"age": age, "appears": appears, "prominence": "principal", "portrayal": "none"}
    return {
        "people": [person], "products": "none", "props": props, "settings": ["studio"], "themes": "none",
        "appeals": "none", "legible": "none",
    }  # fmt: skip


def a_case(**stated: Any) -> Case:
    """One picture of an adult with nothing beside her, its words and its line."""
    asset = an_asset("look-01", shows=shown(**stated), copy={"text": "Gifts for everyone", "claims": "none"})
    return a_campaign(asset)


class ARecord:
    """A record being written: a test says who does what, and it is signed with their key."""

    def __init__(self, case: Case | None = None, library: Library | None = None, *, campaign: str = "") -> None:
        self.case = a_case() if case is None else case
        self.library = a_library(pairing()) if library is None else library
        self.entries: list[bytes] = []
        self.disclosures: dict[str, str] = {}
        self.campaign = campaign or self.case.campaign.id
        self.now = NOON
        self._known = History(), 0

    @property
    def situation(self) -> Situation:
        return situation_of(self.case, self.library, origin=ORIGIN, salt=SALT, on=self.now.date())

    @property
    def history(self) -> History:
        """What was recorded; what was verified before is not verified again, unless something was erased since."""
        if self._known[1] > len(self.disclosures):
            self._known = History(), 0
        new = self.entries[len(self._known[0].recorded) :]
        if new:
            self._known = history_of(new, self.disclosures, after=self._known[0]), len(self.disclosures)
        return self._known[0]

    @property
    def outcome(self) -> Cleared | NotCleared:
        return cleared(self.situation, self.history, on=self.now.date())

    @property
    def codes(self) -> set[str]:
        """What stands in the way, by code; nothing where all is cleared."""
        outcome = self.outcome
        return {each.code for each in (outcome.waiting if isinstance(outcome, Cleared) else outcome.obstacles)}

    def commit(self, name: str, value: str) -> str:
        made = commit(name, value, salt=salt_for(name, value, len(self.entries), len(self.disclosures)))
        self.disclosures[made.digest] = made.text
        return made.digest

    def make(self, kind: type[ActT], handle: str, **fields: Any) -> ActT:
        """An act of this kind, now, by this handle."""
        stated = {
            "origin": ORIGIN, "campaign": self.campaign, "stage": self.case.stage, "handle": handle, "at": self.now,
            "size_seen": len(self.entries), "nonce": salt_for("nonce", len(self.entries)).hex()[:32],
        }  # fmt: skip
        return kind(**{**stated, **fields})

    def does(self, kind: type[ActT], handle: str, *, signed: bool | None = None, **fields: Any) -> str:
        """Record an act, signed by its person (the house signs nothing itself); gives its leaf hash."""
        return self.records(self.make(kind, handle, **fields), signed=handle != HOUSE if signed is None else signed)

    def records(self, act: AnyAct, *, signed: bool, by: str = "") -> str:
        signature = None
        if signed:
            armoured = ssh_signed(seed_of(by or act.handle), act.namespace, act.statement).armoured
            signature = self.commit("signature", armoured)
        entry = Entry(act, signature)
        self.entries.append(entry.as_bytes)
        return entry.leaf

    # What leaves the house.

    @property
    def log(self) -> tuple[Frontier, dict[int, bytes]]:
        log, kept = Frontier(), {}
        for number, data in enumerate(self.entries):
            log, kept[number] = log.append(leaf_hash(data))
        return log, kept

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint(f"{ORIGIN}/{self.campaign}", len(self.entries), self.log[0].root)

    @property
    def note(self) -> Note:
        return signed_checkpoint(self.checkpoint, HOUSE_SEED, name=ORIGIN)

    def proof(self, index: int) -> TlogProof:
        """That the record holds its entry `index`, as of now; the entry travels with it."""
        hashes = inclusion_proof(index, len(self.entries), nodes_of(self.log[1]))
        return TlogProof(index, hashes, self.note, self.checkpoint, self.entries[index])

    def house_proof(self, *, seconds: int | None = None, seed: bytes = b"") -> TlogProof:
        """That the house's log, of two records, holds this record's checkpoint; cosigned by the witness at a time."""
        log, kept = Frontier(), {}
        for number, data in enumerate((b"the checkpoint of another record", self.note.text.encode())):
            log, kept[number] = log.append(leaf_hash(data))
        outer = Checkpoint(ORIGIN, 2, log.root)
        note = signed_checkpoint(outer, seed or HOUSE_SEED)
        if seconds is not None:
            note = cosigned(note, WITNESS, WITNESS_SEED, seconds)
        return TlogProof(1, inclusion_proof(1, 2, nodes_of(kept)), note, outer)

    def clears(self) -> tuple[bytes, int]:
        """The house signs a clearance and records it: the file, and the index of its entry."""
        outcome = self.outcome
        assert isinstance(outcome, Cleared), outcome
        document = clearance_document(outcome)
        envelope = signed_clearance(document, HOUSE_SEED).as_bytes
        self.records(self.make(ClearanceIssued, HOUSE, **issued_fields(envelope, document)), signed=False)
        return envelope, len(self.entries) - 1

    def seals(self) -> bytes:
        """The house seals the record; gives the seal's salt."""
        like = self.make(StageHeld, HOUSE)
        salt = seal_salt(SALT, like.nonce)
        assets = [asset.asset for asset in self.situation.assets]
        for act in sealed_acts(self.history, assets, salt=salt, like=like):
            self.records(act, signed=False)
        return salt

    def receipt(self, handle: str, salt: bytes, *, with_name: bool = True) -> Receipt:
        first = next(each.index for each, act in self.history.of(Sealed) if act.number == 0)
        given, act = next((each, act) for each, act in self.history.of(Registered) if act.holder == handle)
        return receipt_of(
            handle=handle, salt=salt, registered_index=given.index, registered=self.entries[given.index], first=first,
            entries=self.entries[first:], nodes=nodes_of(self.log[1]), note=self.note, checkpoint=self.checkpoint,
            name=self.disclosures.get(act.name) if with_name else None,
        )  # fmt: skip

    def bundle(self, *clearances: bytes, salt: bytes | None = None, house: bytes | None = None) -> Bundle:
        return bundle_of(
            self.entries, self.disclosures, self.note, self.checkpoint, seal_salt=salt, house=house,
            clearances=clearances,
        )  # fmt: skip

    def erases(self, handle: str) -> None:
        """The record says that what stood for a person is destroyed, and then it is."""
        read = [read_entry(data) for data in self.entries]
        theirs = [e for e in read if e.act.handle == handle or getattr(e.act, "holder", None) == handle]
        digests = sorted(
            {d for e in theirs for d, name in committed(e).items() if name in ("name", "key", "signature")}
        )
        self.does(Erased, HOUSE, disclosures=tuple(digests), ground="request")
        for digest in digests:
            self.disclosures.pop(digest, None)

    # Whole steps.

    def registers(self, handle: str, person: str = "") -> None:
        who = keyed(SALT, person or f"person {handle}")
        self.does(Registered, HOUSE, holder=handle, person=who, name=self.commit("name", f"Somebody ({handle})"))
        key = self.commit("key", ed25519_key(public_key(seed_of(handle))).line)
        self.does(Enrolled, HOUSE, holder=handle, key=key, how="in_person")

    def registers_everybody(self) -> ARecord:
        for handle in PEOPLE:
            self.registers(handle)
        for handle, role in ROLES.items():
            self.does(Granted, HOUSE, holder=handle, roles=(role,), first=dt.date(2026, 1, 1), last=UNTIL)
        return self

    def judges(self, by: str = "p5") -> ARecord:
        situation = self.situation
        for number, of, engaged in judged_acts(situation):
            self.does(Judged, by, signed=False, state=situation.state, number=number, of=of, engaged=engaged)
        return self

    def names_everybody(self) -> ARecord:
        seen = tuple(Seen(asset=each.asset, basis=each.basis) for each in self.situation.assets)
        for right, holder in RIGHTS.items():
            decision = self.does(Named, HOUSE, right=right, holder=holder, assets="all")
            self.does(Confirmed, holder, decision=decision, seen=seen)
        return self

    def demand(self, rule: str) -> Demand:
        return next(each for each in self.situation.demands if each.rule == rule)

    def answers(self, handle: str, demand: Demand, role: str = "", **fields: Any) -> str:
        stated = {
            "finding": demand.id, "rule": demand.rule, "basis": demand.basis, "role": role or ROLES[handle],
            "meaning": "approved", "parts": demand.parts,
        }  # fmt: skip
        return self.does(Answered, handle, **{**stated, **fields})

    def reviews(self, handle: str = "p8") -> ARecord:
        looked_at, facts = to_review(self.situation)
        self.does(Reviewed, handle, looked_at=looked_at, facts=facts)
        return self

    def answers_everything(self, but: Iterable[str] = ()) -> ARecord:
        by_role = {role: handle for handle, role in ROLES.items()}
        for demand in self.situation.demands:
            if demand.meets == "answer" and demand.rule not in but:
                for role in demand.roles:
                    self.answers(by_role[role], demand, role)
        return self


def a_cleared_record(case: Case | None = None) -> ARecord:
    """Everybody registered, every right held and confirmed, every fact looked at, everything answered."""
    record = ARecord(case).registers_everybody().judges()
    return record.names_everybody().reviews().answers_everything()
