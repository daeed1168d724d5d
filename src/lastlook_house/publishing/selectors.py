"""What leaves the house, put together from the record: proofs, bundles, receipts, and what the gate has to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from lastlook.clearance.acts import Engaged, Judged, Registered, Sealed, read_entry
from lastlook.clearance.bundles import Bundle, bundle_of
from lastlook.clearance.clearing import Cleared, NotCleared, cleared
from lastlook.clearance.history import History
from lastlook.clearance.receipts import Receipt, receipt_of
from lastlook.clearance.sealing import seal_salt
from lastlook.clearance.situation import Situation
from lastlook.clearance.trust import Trust
from lastlook.errors import LastlookError
from lastlook.evidence.checkpoints import read_checkpoint
from lastlook.evidence.log import entries_for_frontier, entries_for_inclusion, nodes_of
from lastlook.evidence.notes import Note
from lastlook.evidence.tlog_proof import TlogProof
from lastlook.publishing.gate import Allowed, NotAllowed, Wanted, gate, never_cleared, stopped_by_record
from lastlook_house.campaigns.models import CampaignRow
from lastlook_house.opening import House
from lastlook_house.publishing.look_up import known_to
from lastlook_house.publishing.models import ClearanceRow, KnownRow
from lastlook_house.record.models import CheckpointRow, CosignatureRow, EntryRow, LogRow
from lastlook_house.record.selectors import disclosures_of, entries_of, inclusion_in, nodes_at, size_of

NOT_HELD = "BUG: the house's log does not hold the record's checkpoint."


class Proofs(msgspec.Struct, frozen=True):
    """That the campaign's log holds an entry, and that the house's log holds that log's checkpoint."""

    campaign: bytes
    house: bytes


def outcome_of(campaign: CampaignRow, situation: Situation, history: History) -> Cleared | NotCleared:
    """Whether a campaign is cleared, with all that the house knows from its other campaigns."""
    elsewhere = KnownRow.objects.filter(kind=KnownRow.WITHDRAWN).exclude(campaign=campaign)
    withdrawn = elsewhere.values_list("sha256", flat=True)
    return cleared(
        situation,
        history,
        on=situation.on,
        withdrawn=frozenset(withdrawn),
        elsewhere=tuple(_engaged_elsewhere(campaign)),
    )


def _engaged_elsewhere(campaign: CampaignRow) -> Iterator[Engaged]:
    for log in LogRow.objects.filter(campaign__isnull=False).exclude(campaign=campaign).order_by("pk"):
        for data in entries_of(log):
            act = read_entry(data).act
            if isinstance(act, Judged):
                yield from act.engaged


def note_at(log: LogRow, size: int) -> Note:
    """The signed checkpoint of a log at a size, with the lines of its witnesses."""
    row = CheckpointRow.objects.get(log=log, size=size)
    _, note = read_checkpoint(bytes(row.note))
    lines = CosignatureRow.objects.filter(checkpoint=row).order_by("witness").values_list("line", flat=True)
    return read_checkpoint(note.as_bytes + "".join(f"{line}\n" for line in lines).encode())[1]


def proofs_of(house: House, campaign: CampaignRow, index: int) -> Proofs:
    """Proofs of an entry against the newest checkpoints; of the house's log, the newest that a witness has seen."""
    log = LogRow.objects.get(campaign=campaign)
    outer = LogRow.objects.get(origin=house.origin)
    cosigned = (
        CosignatureRow.objects.filter(checkpoint__log=outer)
        .order_by("-checkpoint__size")
        .values_list("checkpoint__size", flat=True)
        .first()
    )
    outer_size = cosigned or size_of(outer)
    size, place = _held(log, outer, outer_size, least=index + 1)
    if size is None:  # no witness has seen it yet
        outer_size = size_of(outer)
        size, place = _held(log, outer, outer_size, least=index + 1)
    if size is None or place is None:
        raise LastlookError(NOT_HELD, remedy="Please report this.")
    entry = bytes(EntryRow.objects.get(log=log, index=index).data)
    inner = _proof(log, index, size, extra=entry)
    return Proofs(inner.as_bytes, _proof(outer, place, outer_size).as_bytes)


def _held(log: LogRow, outer: LogRow, outer_size: int, *, least: int) -> tuple[int | None, int | None]:
    """The newest checkpoint of a log that the house's log holds at a size, and its index there."""
    rows = CheckpointRow.objects.filter(log=log, size__gte=least).order_by("-size")
    for row in rows.iterator(chunk_size=50):
        _, note = read_checkpoint(bytes(row.note))
        same = EntryRow.objects.filter(log=outer, index__lt=outer_size, data=note.text.encode())
        held = same.values_list("index", flat=True).first()
        if held is not None:
            return row.size, held
    return None, None


def _held_now(house: House, log: LogRow, size: int) -> bytes:
    """The proof that the house's log, as it is now, holds the checkpoint of a log at a size."""
    outer = LogRow.objects.get(origin=house.origin)
    _, place = _held(log, outer, size_of(outer), least=size)
    if place is None:
        raise LastlookError(NOT_HELD, remedy="Please report this.")
    return _proof(outer, place, size_of(outer)).as_bytes


def _proof(log: LogRow, index: int, size: int, extra: bytes | None = None) -> TlogProof:
    note = note_at(log, size)
    checkpoint, _ = read_checkpoint(note.as_bytes)
    return TlogProof(index, inclusion_in(log, index, size), note, checkpoint, extra)


def bundle(house: House, campaign: CampaignRow) -> Bundle:
    """The whole record of a campaign, as an outsider can verify it."""
    log = LogRow.objects.get(campaign=campaign)
    size = size_of(log)
    note = note_at(log, size)
    entries = entries_of(log)
    clearances = ClearanceRow.objects.filter(campaign=campaign).order_by("entry").values_list("envelope", flat=True)
    sealed = _last_seal(campaign, entries)
    return bundle_of(
        entries, disclosures_of(log), note, read_checkpoint(note.as_bytes)[0], seal_salt=sealed[1] if sealed else None,
        house=_held_now(house, log, size), clearances=[bytes(each) for each in clearances],
    )  # fmt: skip


def _last_seal(campaign: CampaignRow, entries: list[bytes]) -> tuple[int, bytes] | None:
    """Where the last seal begins, and its salt."""
    for index in range(len(entries) - 1, -1, -1):
        act = read_entry(entries[index]).act
        if isinstance(act, Sealed) and act.number == 0:
            return index, seal_salt(bytes(campaign.salt), act.nonce)
    return None


def receipt(house: House, campaign: CampaignRow, handle: str) -> Receipt:
    """What the record says in one person's name, for them to keep. Raises LastlookError where nothing is sealed."""
    log = LogRow.objects.get(campaign=campaign)
    entries, size = entries_of(log), size_of(log)
    sealed = _last_seal(campaign, entries)
    if sealed is None:
        raise LastlookError("The record is not sealed yet.", remedy="Run `lastlook receipt CAMPAIGN --seal`.")
    first, salt = sealed
    index, registered = _registered(entries, handle)
    note = note_at(log, size)
    return receipt_of(
        handle=handle, salt=salt, registered_index=index,
        registered=entries[index], first=first, entries=entries[first:],
        nodes=nodes_of(nodes_at(log, {*entries_for_frontier(first), *entries_for_inclusion(index, size)})),
        note=note, checkpoint=read_checkpoint(note.as_bytes)[0], name=disclosures_of(log).get(registered.name),
        house=_held_now(house, log, size),
    )  # fmt: skip


def _registered(entries: list[bytes], handle: str) -> tuple[int, Registered]:
    for index, data in enumerate(entries):
        act = read_entry(data).act
        if isinstance(act, Registered) and act.holder == handle:
            return index, act
    raise LastlookError(f"Nobody here is called `{handle}`.", remedy="Check the handle.")


# The gate, with the whole record at hand.


def gate_of_house(house: House, wanted: Wanted, now: dt.datetime) -> Allowed | NotAllowed:
    """Whether bytes may go out, by everything this house has recorded; the newest clearance of them is looked at."""
    known, digest = known_to(wanted.sha256)
    if digest is None:
        return stopped_by_record((wanted.sha256, *known.parents.values()), known) or never_cleared()
    row = ClearanceRow.objects.select_related("campaign__log").get(digest=digest)
    log = row.campaign.log
    proof = _proof(log, row.entry, size_of(log), extra=bytes(EntryRow.objects.get(log=log, index=row.entry).data))
    trust = Trust(house.origin, (house.key,))
    return gate(wanted, clearance=bytes(row.envelope), proofs=[proof.as_bytes], trust=trust, now=now, known=known)
