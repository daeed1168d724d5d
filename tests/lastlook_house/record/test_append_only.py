"""A record is appended to, and nothing else: the database itself refuses."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from lastlook.evidence.checkpoints import read_checkpoint
from lastlook.evidence.merkle import includes, leaf_hash, root_of
from lastlook.evidence.notes import check_signed_by
from lastlook_house.campaigns.models import CampaignRow
from lastlook_house.opening import House
from lastlook_house.record.models import CheckpointRow, EntryRow, LogRow
from lastlook_house.record.selectors import checkpoint_of, consistency_of, entries_of, inclusion_in, size_of
from lastlook_house.record.services import append, house_log, open_log


def a_log(house: House, entries: int = 0) -> LogRow:
    log = open_log(house, CampaignRow.objects.create(ident="a-campaign", salt=b"s" * 32))
    for number in range(entries):
        append(house, log, [b"entry %d" % number])
    return log


def test_entries_stand_in_their_order_under_a_signed_checkpoint(house: House) -> None:
    log = a_log(house)
    assert append(house, log, [b"one", b"two"]) == 2
    assert append(house, log, [b"three"]) == 3
    assert entries_of(log) == [b"one", b"two", b"three"]
    checkpoint, note = read_checkpoint(checkpoint_of(log) or b"")
    assert (checkpoint.origin, checkpoint.size) == (f"{house.origin}/a-campaign", 3)
    assert checkpoint.root == root_of(leaf_hash(entry) for entry in (b"one", b"two", b"three"))
    assert check_signed_by(note, [house.key]) == (house.key,)


def test_the_houses_log_has_every_checkpoint_of_every_campaign(house: House) -> None:
    log = a_log(house, entries=3)
    outer = house_log(house)
    notes = [read_checkpoint(checkpoint_of(log, size) or b"")[1] for size in (1, 2, 3)]
    assert entries_of(outer) == [note.text.encode() for note in notes]
    assert read_checkpoint(checkpoint_of(outer) or b"")[0].size == 3


def test_any_entry_can_be_proven_and_any_size_continued(house: House) -> None:
    log = a_log(house, entries=11)
    leaves = [leaf_hash(entry) for entry in entries_of(log)]
    for size in (1, 2, 7, 8, 11):
        root = root_of(leaves[:size])
        for index in range(size):
            assert includes(root, size, index, leaves[index], inclusion_in(log, index, size))
    from lastlook.evidence.merkle import extends

    assert extends(root_of(leaves[:5]), 5, root_of(leaves), 11, consistency_of(log, 5, 11))


@pytest.mark.parametrize("table", [EntryRow, CheckpointRow])
@pytest.mark.parametrize("what", ["update", "delete"])
def test_nothing_that_was_written_can_be_changed_or_deleted(house: House, table: type, what: str) -> None:
    log = a_log(house, entries=2)
    rows = table.objects.filter(log=log)  # type: ignore[attr-defined]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.delete() if what == "delete" else rows.update(log=house_log(house))
    assert size_of(log) == 2


def test_nor_emptied_at_once(house: House, database: str) -> None:
    log = a_log(house, entries=2)
    statement = "TRUNCATE record_entryrow CASCADE" if database == "postgresql" else "DELETE FROM record_entryrow"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert size_of(log) == 2


def test_no_index_is_taken_twice(house: House) -> None:
    log = a_log(house, entries=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        EntryRow.objects.create(log=log, index=0, data=b"another", nodes=b"n" * 32)
    assert entries_of(log) == [b"entry 0"]
