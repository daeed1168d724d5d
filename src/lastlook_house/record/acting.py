"""From what somebody does to an entry of the record: a draft, its signature, and the writing of both."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from lastlook.clearance.acts import HOUSE, AnyAct, Entry
from lastlook.evidence.commitments import commit, new_salt
from lastlook.evidence.sshsig import check_ssh_signature, read_ssh_signature
from lastlook_house.accounts.models import PersonRow
from lastlook_house.accounts.selectors import handle_row, keys_of
from lastlook_house.campaigns.models import CampaignRow
from lastlook_house.opening import House
from lastlook_house.record.models import LogRow
from lastlook_house.record.selectors import size_of
from lastlook_house.record.services import Kept, append, open_log

ActT = TypeVar("ActT", bound=AnyAct)


class Place(msgspec.Struct, frozen=True):
    """Where and when somebody acts: the campaign, its stage, and the moment (UTC, cut to whole seconds)."""

    house: House
    campaign: CampaignRow
    stage: str
    now: dt.datetime

    @property
    def log(self) -> LogRow:
        return open_log(self.house, self.campaign)


class Draft(msgspec.Struct, frozen=True):
    """An act that is not in the record yet, with what its digests stand for."""

    act: AnyAct
    disclosures: dict[str, Kept]


class Drafting:
    """Makes one draft: commits to each private value as the act is put together."""

    def __init__(self, place: Place, handle: str, person: PersonRow | None = None) -> None:
        self.place, self.handle, self.person = place, handle, person
        self.disclosures: dict[str, Kept] = {}

    def committed(self, name: str, value: str) -> str:
        """The digest of a private value; the value is kept beside the record, under whom it tells of."""
        made = commit(name, value, salt=new_salt())
        self.disclosures[made.digest] = Kept(made.text, self.person)
        return made.digest

    def maybe(self, name: str, value: str | None) -> str | None:
        return None if not value else self.committed(name, value)

    def draft(self, kind: type[ActT], **fields: Any) -> Draft:
        place = self.place
        act = kind(
            origin=place.house.origin, campaign=place.campaign.ident, stage=place.stage, handle=self.handle,
            at=place.now.astimezone(dt.UTC).replace(microsecond=0), size_seen=size_of(place.log),
            nonce=secrets.token_hex(16), **fields,
        )  # fmt: skip
        return Draft(act, self.disclosures)


def as_house(place: Place, kind: type[ActT], **fields: Any) -> Draft:
    """What the house does by itself; its log's signature stands behind it."""
    return Drafting(place, HOUSE).draft(kind, **fields)


def record(place: Place, *drafts: Draft) -> str:
    """Write acts of the house into the record; gives the leaf of the last."""
    entries: list[Entry] = []
    kept: dict[str, Kept] = {}
    for draft in drafts:
        entries.append(Entry(draft.act))
        kept |= draft.disclosures
    append(place.house, place.log, [entry.as_bytes for entry in entries], kept)
    return entries[-1].leaf


def record_signed(place: Place, draft: Draft, armoured: str) -> str:
    """Write a person's act with their signature; gives its leaf. Raises Refused where no key of theirs signed it."""
    row = handle_row(place.campaign, draft.act.handle)
    check_ssh_signature(
        read_ssh_signature(armoured), draft.act.statement, namespace=draft.act.namespace, allowed=keys_of(row.person)
    )
    made = commit("signature", armoured, salt=new_salt())
    entry = Entry(draft.act, made.digest)
    kept: Mapping[str, Kept] = {**draft.disclosures, made.digest: Kept(made.text, row.person)}
    append(place.house, place.log, [entry.as_bytes], kept)
    return entry.leaf
