"""Writing the record: entries into a campaign's log, and its checkpoint into the house's. Both or neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from django.db import transaction

from lastlook.evidence.checkpoints import Checkpoint, signed_checkpoint
from lastlook.evidence.log import entries_for_frontier, frontier_at, nodes_of
from lastlook.evidence.merkle import leaf_hash
from lastlook_house.accounts.models import PersonRow
from lastlook_house.campaigns.models import CampaignRow
from lastlook_house.opening import House
from lastlook_house.record.models import CheckpointRow, DisclosureRow, EntryRow, LogRow
from lastlook_house.record.selectors import nodes_at, size_of


class Kept(msgspec.Struct, frozen=True):
    """A disclosure to keep: its exact text, and whom it tells of."""

    text: str
    person: PersonRow | None = None


def open_log(house: House, campaign: CampaignRow) -> LogRow:
    """The log of a campaign, made where there is none yet."""
    return LogRow.objects.get_or_create(campaign=campaign, defaults={"origin": origin_of(house, campaign.ident)})[0]


def origin_of(house: House, campaign: str) -> str:
    """The name of a campaign's log in its checkpoints."""
    return f"{house.origin}/{campaign}"


def append(house: House, log: LogRow, entries: Sequence[bytes], disclosures: Mapping[str, Kept] | None = None) -> int:
    """Append entries to a campaign's log with what their digests stand for; gives its new size.

    When this returns, they are in the record for good: the database has them on disk under a signed checkpoint, and
    the house's log has that checkpoint.
    """
    with transaction.atomic():
        checkpoint = _append(house, log, entries)
        DisclosureRow.objects.bulk_create(
            DisclosureRow(log=log, digest=digest, text=kept.text, person=kept.person)
            for digest, kept in (disclosures or {}).items()
        )
        _append(house, house_log(house), [checkpoint.text.encode()])
    return checkpoint.size


def house_log(house: House) -> LogRow:
    """The log whose entries are the checkpoints of all the others: it is what witnesses cosign."""
    return LogRow.objects.get_or_create(origin=house.origin)[0]


def _append(house: House, log: LogRow, entries: Sequence[bytes]) -> Checkpoint:
    """The log's new checkpoint, signed and kept. The row of the log is held until the end: one writer at a time."""
    LogRow.objects.select_for_update().get(pk=log.pk)
    size = size_of(log)
    frontier = frontier_at(size, nodes_of(nodes_at(log, entries_for_frontier(size))))
    rows = []
    for entry in entries:
        frontier, nodes = frontier.append(leaf_hash(entry))
        rows.append(EntryRow(log=log, index=frontier.size - 1, data=entry, nodes=nodes))
    EntryRow.objects.bulk_create(rows)
    checkpoint = Checkpoint(log.origin, frontier.size, frontier.root)
    note = signed_checkpoint(checkpoint, house.seed, name=house.origin).as_bytes  # one key for all logs of a house
    CheckpointRow.objects.create(log=log, size=frontier.size, note=note)
    return checkpoint
