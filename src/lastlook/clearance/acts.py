"""What people and the house do in a record: one struct for each kind of act, and the bytes of an entry.

An act holds no personal data: people are handles, and what could name anybody is the digest of a disclosure that is
kept elsewhere (`evidence.commitments`). A person signs the act's canonical bytes under the namespace of its kind; the
signature holds their key, so the entry has a digest of it and no more.

    entry = canonical JSON {"act": {"kind": …, …}, "signature": digest or null, "v": 1}
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec

from lastlook.digests import Canonical
from lastlook.evidence.canonical import from_bytes, to_bytes
from lastlook.evidence.merkle import leaf_hash
from lastlook.evidence.refusal import Malformed

VERSION = 1
MAX_ENTRY = 65_535  # what an entry bundle of C2SP tlog-tiles can hold
HOUSE = "house"  # the handle of the house itself: what it does, its log's signature vouches for
NOBODY = "none"

Handle = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Ident = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
Commitment = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{43}$")]
Nonce = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]
Moment = Annotated[dt.datetime, msgspec.Meta(tz=True)]  # in UTC and whole seconds; `read_entry` insists
Count = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]
Assets = tuple[Ident, ...] | Literal["all"]
Vouching = Literal["in_person", "video", "identity_provider", "known_channel", "by_themselves"]
Ground = Literal["request", "term", "withdrawn_consent", "court", "mistake"]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of an act."""


class Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every act says.

    origin     the house whose record it is in; `campaign` and `stage` it is about
    handle     who acts; `house` for what the house does by itself
    at         when, in UTC and whole seconds
    size_seen  how many entries of this campaign's log the acting person had before them
    nonce      16 random bytes in hex: the same act done twice is two acts
    """

    origin: Ident
    campaign: Ident
    stage: Ident
    handle: Handle
    at: Moment
    size_seen: Count
    nonce: Nonce

    @property
    def kind(self) -> str:
        return str(self.__struct_config__.tag)

    @property
    def namespace(self) -> str:
        """Under which this kind of act is signed with an SSH key."""
        return f"lastlook-{self.kind}-v1"

    @property
    def as_value(self) -> Canonical:
        value: Canonical = msgspec.to_builtins(self)
        return value

    @property
    def statement(self) -> bytes:
        """The bytes a person signs."""
        return to_bytes(self.as_value)


# Who is who.


class Registered(Act, frozen=True, kw_only=True, tag="registered"):
    """A person gets a handle in this campaign: one person, one handle.

    person   HMAC of the house's random id of the person under the campaign's salt: equal for equal people in this
             campaign, and in no other
    name     digest of the disclosure of their name
    """

    holder: Handle
    person: Sha256
    name: Commitment


class Enrolled(Act, frozen=True, kw_only=True, tag="enrolled"):
    """A key is believed to be somebody's from now on: who vouched is `handle`, and `how` they knew."""

    holder: Handle
    key: Commitment
    how: Vouching


class KeyEnded(Act, frozen=True, kw_only=True, tag="key-ended"):
    """What is signed with this key after this entry is not believed. `enrolment`: leaf hash."""

    enrolment: Sha256


class Granted(Act, frozen=True, kw_only=True, tag="granted"):
    """Somebody may answer in these roles and hold these rights, in these days, by this authority."""

    holder: Handle
    roles: tuple[Ident, ...] = ()
    rights: tuple[Ident, ...] = ()
    first: dt.date
    last: dt.date
    authority: Commitment | None = None
    may_delegate: bool = False


class GrantEnded(Act, frozen=True, kw_only=True, tag="grant-ended"):
    """A grant ends on this day: what was done before stays. `grant`: leaf hash."""

    grant: Sha256


# Who decided.


class Named(Act, frozen=True, kw_only=True, tag="named"):
    """`handle` says that `holder` holds a right on these pictures. A claim, until the holder confirms it."""

    right: Ident
    holder: Handle
    assets: Assets
    meaning: Ident = "decided"
    authority: Commitment | None = None


class Told(Act, frozen=True, kw_only=True, tag="told"):
    """The holder was told what stands in their name. `decision`: leaf hash of `named` or `corrected`."""

    decision: Sha256


class Seen(_Part, frozen=True):
    """A picture as somebody saw it: its id and basis (bytes, words and plan together)."""

    asset: Ident
    basis: Sha256


class Confirmed(Act, frozen=True, kw_only=True, tag="confirmed"):
    """The holder confirms a decision, for the pictures as they saw them."""

    decision: Sha256
    seen: tuple[Seen, ...] = ()


class Disputed(Act, frozen=True, kw_only=True, tag="disputed"):
    """The holder says that this was not theirs."""

    decision: Sha256
    reason: Commitment | None = None


class Corrected(Act, frozen=True, kw_only=True, tag="corrected"):
    """A decision is put right: what `of` said is replaced. After a seal nothing else changes who held what."""

    of: Sha256
    right: Ident
    holder: Handle
    assets: Assets
    meaning: Ident = "decided"
    authority: Commitment | None = None
    reason: Commitment | None = None


# Who looked, and who answered.


class Part(_Part, frozen=True):
    """One part of a situation: its name, and a digest of what it was."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    digest: Sha256


class Answered(Act, frozen=True, kw_only=True, tag="answered"):
    """Somebody answers a finding, in a role, for one situation. `parts`: what the situation was made of."""

    finding: Ident
    rule: Ident
    basis: Sha256
    role: Ident
    meaning: Literal["approved", "dissented", "informed"]
    reason: Commitment | None = None
    parts: tuple[Part, ...] = ()


class FactSeen(_Part, frozen=True):
    """A fact somebody looked at, a keyed digest of the value they saw it has, and the pictures in which it has that."""

    fact: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    value: Sha256
    assets: tuple[Ident, ...]


class Reviewed(Act, frozen=True, kw_only=True, tag="reviewed"):
    """Somebody looked at exactly these bytes, and these facts are so. `looked_at`: pictures by SHA-256, frozen."""

    looked_at: tuple[Sha256, ...]
    facts: tuple[FactSeen, ...]


class Vetoed(Act, frozen=True, kw_only=True, tag="vetoed"):
    """These pictures do not go out. One veto is enough."""

    assets: Assets
    reason: Commitment | None = None


class VetoLifted(Act, frozen=True, kw_only=True, tag="veto-lifted"):
    """Whoever vetoed takes it back. `veto`: leaf hash."""

    veto: Sha256


class Attested(Act, frozen=True, kw_only=True, tag="attested"):
    """`handle` states what somebody without a key said or did. Weaker than their own act; it answers no block.

    said      what they did; `subject`: the leaf hash of a decision, or the id of a finding with its `basis` and `role`
    """

    holder: Handle
    said: Literal["told", "confirmed", "disputed", "answered"]
    subject: Ident
    how: Literal["in_person", "telephone", "letter", "email", "message"]
    basis: Sha256 | None = None
    role: Ident | None = None
    parts: tuple[Part, ...] = ()


class StageHeld(Act, frozen=True, kw_only=True, tag="stage-held"):
    """This stage's look took place."""


class StageNotHeld(Act, frozen=True, kw_only=True, tag="stage-not-held"):
    """This stage's look did not take place, and the record says so."""

    reason: Commitment | None = None


# What was seen, made and let out.


class Engaged(_Part, frozen=True):
    """A block or a sign-off that was engaged: for which bytes, and by which facts of what is shown.

    shown    names of those facts, as `sha256:address`; `values` their values together, as a keyed digest
    """

    rule: Ident
    effect: Literal["block", "sign_off"]
    finding: Ident
    scope: Ident
    bytes_of: tuple[Sha256, ...]
    shown: tuple[str, ...]
    values: Sha256


class Judged(Act, frozen=True, kw_only=True, tag="judged"):
    """A campaign was judged as it then stood, after `handle` had brought it in or changed it.

    state    one digest of everything that was known; the acts of one judgement share it
    number   which of `of` acts this is: a large campaign needs several
    """

    state: Sha256
    number: Count = 0
    of: Count = 1
    engaged: tuple[Engaged, ...] = ()


class Rendered(Act, frozen=True, kw_only=True, tag="rendered"):
    """One file was made from another by a recipe. `child` goes out where `parent` may."""

    parent: Sha256
    child: Sha256
    recipe: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class ClearanceIssued(Act, frozen=True, kw_only=True, tag="clearance"):
    """A clearance was signed. `envelope`: SHA-256 of the whole signed file; `pictures`: the bytes it clears."""

    envelope: Sha256
    pictures: tuple[Sha256, ...]
    until: dt.date


class Withdrawn(Act, frozen=True, kw_only=True, tag="withdrawn"):
    """These bytes may no longer go out, whatever cleared them."""

    pictures: tuple[Sha256, ...]
    reason: Commitment | None = None


class Erased(Act, frozen=True, kw_only=True, tag="erased"):
    """What these digests stand for is destroyed: `disclosures` by their digest; `ground`: why, by a code."""

    disclosures: tuple[Commitment, ...]
    ground: Ground


class SealedRight(_Part, frozen=True):
    """Who held one right on one picture when the record was sealed; `holder` is a keyed digest of the handle."""

    asset: Ident
    right: Ident
    holder: Sha256


class SealedHandle(_Part, frozen=True):
    """A handle and its person, both as keyed digests under the seal's salt."""

    handle: Sha256
    person: Sha256


class Sealed(Act, frozen=True, kw_only=True, tag="sealed"):
    """Every right on every picture, and every handle of the campaign. `number`, `of`: as in `judged`.

    pictures   SHA-256 of what was sealed, by id
    """

    number: Count = 0
    of: Count = 1
    assets: tuple[Ident, ...] = ()
    rights: tuple[SealedRight, ...] = ()
    handles: tuple[SealedHandle, ...] = ()


AnyAct = (
    Registered | Enrolled | KeyEnded | Granted | GrantEnded | Named | Told | Confirmed | Disputed | Corrected
    | Answered | Reviewed | Vetoed | VetoLifted | Attested | StageHeld | StageNotHeld | Judged | Rendered
    | ClearanceIssued | Withdrawn | Erased | Sealed
)  # fmt: skip
Decision = Named | Corrected


class Entry(msgspec.Struct, frozen=True):
    """One leaf of a campaign's log. `signature`: digest of the disclosure of an SSH signature, if a person signed."""

    act: AnyAct
    signature: str | None = None

    @property
    def as_bytes(self) -> bytes:
        """The leaf. Raises ValueError for more than 65,535 bytes: split the act."""
        data = to_bytes({"act": self.act.as_value, "signature": self.signature, "v": VERSION})
        if len(data) > MAX_ENTRY:
            raise ValueError(f"BUG: an entry of {len(data)} bytes is too large")
        return data

    @property
    def leaf(self) -> str:
        """Its leaf hash in hex, by which other acts name it."""
        return leaf_hash(self.as_bytes).hex()


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    act: AnyAct
    signature: Commitment | None
    v: Literal[1]


def read_entry(data: bytes) -> Entry:
    """An entry from its bytes. Raises Malformed for what is no act, or another spelling of one."""
    value = from_bytes(data, max_bytes=MAX_ENTRY)
    try:
        written = msgspec.convert(value, _Written)
    except msgspec.ValidationError as error:
        raise Malformed(f"This is no entry of a record: {error}.") from error
    entry = Entry(written.act, written.signature)
    at = written.act.at
    if entry.as_bytes != data or at.utcoffset() or at.microsecond:
        raise Malformed("This is another spelling of an entry.")
    return entry
