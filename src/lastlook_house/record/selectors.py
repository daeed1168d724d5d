"""Reading the record: entries, sizes, checkpoints, and the hashes that proofs are made of."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max

from lastlook.evidence.log import (
    consistency_proof,
    entries_for_consistency,
    entries_for_inclusion,
    inclusion_proof,
    nodes_of,
)
from lastlook_house.record.models import CheckpointRow, DisclosureRow, EntryRow, LogRow


def size_of(log: LogRow) -> int:
    """How many entries a log has."""
    last = EntryRow.objects.filter(log=log).aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def nodes_at(log: LogRow, indexes: Iterable[int]) -> dict[int, bytes]:
    """The hashes kept with these entries."""
    rows = EntryRow.objects.filter(log=log, index__in=list(indexes)).values_list("index", "nodes")
    return {index: bytes(nodes) for index, nodes in rows}


def entries_of(log: LogRow, first: int = 0) -> list[bytes]:
    """The entries of a log in their order, from one on."""
    rows = EntryRow.objects.filter(log=log, index__gte=first).order_by("index").values_list("data", flat=True)
    return [bytes(data) for data in rows]


def disclosures_of(log: LogRow) -> dict[str, str]:
    """What the digests of a log stand for, those that were not erased."""
    return dict(DisclosureRow.objects.filter(log=log).values_list("digest", "text"))


def checkpoint_of(log: LogRow, size: int | None = None) -> bytes | None:
    """The signed checkpoint of a log at a size, by default the last."""
    found = CheckpointRow.objects.filter(log=log).order_by("-size")
    row = (found if size is None else found.filter(size=size)).first()
    return None if row is None else bytes(row.note)


def inclusion_in(log: LogRow, index: int, size: int) -> tuple[bytes, ...]:
    """That an entry is in a log of this size."""
    return inclusion_proof(index, size, nodes_of(nodes_at(log, entries_for_inclusion(index, size))))


def consistency_of(log: LogRow, old_size: int, new_size: int) -> tuple[bytes, ...]:
    """That a log of one size begins with that of another."""
    return consistency_proof(old_size, new_size, nodes_of(nodes_at(log, entries_for_consistency(old_size, new_size))))
