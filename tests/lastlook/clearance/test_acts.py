"""Entries: one spelling of an act, and nothing personal in it."""

from __future__ import annotations

import pytest

from lastlook.clearance.acts import HOUSE, Entry, Named, Reviewed, read_entry
from lastlook.evidence.refusal import Malformed
from tests.world.records import ARecord, a_cleared_record

RECORD = a_cleared_record()
NAMED = RECORD.make(Named, HOUSE, right="casting", holder="p1", assets=("look-01",))


@pytest.mark.parametrize("number", range(len(RECORD.entries)))
def test_what_is_written_reads_back_equal(number: int) -> None:
    data = RECORD.entries[number]
    entry = read_entry(data)
    assert entry.as_bytes == data
    assert entry.leaf == Entry(entry.act, entry.signature).leaf


def test_an_entry_is_these_bytes() -> None:
    assert Entry(NAMED).as_bytes.decode() == (
        '{"act":{"assets":["look-01"],"at":"2026-11-24T12:00:00Z","authority":null,"campaign":"a-campaign",'
        '"handle":"house","holder":"p1","kind":"named","meaning":"decided","nonce":"'
        + NAMED.nonce
        + '","origin":"house.example/record","right":"casting","size_seen":'
        + str(len(RECORD.entries))
        + ',"stage":"final"},"signature":null,"v":1}'
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"named"', '"said"'), lambda text: text.replace('"v":1', '"v":2'),
        lambda text: text.replace(',"v":1', ""), lambda text: text.replace('"v":1', '"v":1,"w":1'),
        lambda text: text.replace("12:00:00Z", "12:00:00+00:00"), lambda text: text.replace("12:00:00Z", "12:00:00"),
        lambda text: text.replace("12:00:00Z", "12:00:00.500000Z"),
        lambda text: text.replace("12:00:00Z", "12:00:00+02:00"),
        lambda text: text.replace('"holder":"p1"', '"holder":"P 1"'),
        lambda text: text.replace('"handle":"house",', ""),
        lambda text: text.replace('"right":"casting"', '"right":"casting","rights":1'),
        lambda text: text.replace('"authority":null', '"authority":"a name"'),
        lambda text: text[:-1], lambda text: "[]",
    ],
)  # fmt: skip
def test_what_is_no_entry_is_refused(change: object) -> None:
    assert callable(change)
    with pytest.raises(Malformed):
        read_entry(change(Entry(NAMED).as_bytes.decode()).encode())


def test_an_entry_that_is_too_large_is_a_bug_of_who_wrote_it() -> None:
    act = RECORD.make(Reviewed, "p8", looked_at=("ab" * 32,) * 2_000, facts=())
    with pytest.raises(ValueError, match="BUG"):
        _ = Entry(act).as_bytes


def test_no_name_no_key_and_no_signature_stands_in_an_entry() -> None:
    record = ARecord().registers_everybody()
    whole = b"".join(record.entries)
    assert b"Somebody" not in whole
    assert b"ssh-ed25519" not in whole
    assert b"SSH SIGNATURE" not in whole
