"""How fast a record is written, proven and verified, and what the gate does: `make bench-house`.

On embedded SQLite, each append on disk before it counts. The gate's look-up is compared with a bare query of the same
table by digest, in the same run.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lastlook.evidence.checkpoints import read_checkpoint
from lastlook.evidence.merkle import includes, leaf_hash
from lastlook.evidence.notes import check_signed_by
from lastlook_house.environment import sqlite
from lastlook_house.opening import House, found_house, use_database

use_database(sqlite(Path(os.devnull)))

from lastlook_house.campaigns.models import CampaignRow  # noqa: E402 - models come after the database
from lastlook_house.publishing.look_up import known_to  # noqa: E402
from lastlook_house.publishing.models import KnownRow  # noqa: E402
from lastlook_house.record.models import LogRow  # noqa: E402
from lastlook_house.record.selectors import checkpoint_of, entries_of, inclusion_in, size_of  # noqa: E402
from lastlook_house.record.services import append, open_log  # noqa: E402

SIZES = (10_000, 100_000)
ENTRY_BYTES = 700  # what an act usually takes
TRIES, LOOKUPS = 200, 20_000


def rate(times: int, work: Callable[[int], object]) -> float:
    begun = time.perf_counter()
    for number in range(times):
        work(number)
    return times / (time.perf_counter() - begun)


def an_entry(number: int) -> bytes:
    return (b'{"number": %d, "text": "' % number).ljust(ENTRY_BYTES - 2, b"x") + b'"}'


def fill(house: House, log: LogRow, size: int) -> None:
    for start in range(size_of(log), size, 2_000):
        append(house, log, [an_entry(number) for number in range(start, min(start + 2_000, size))])


def of_size(house: House, log: LogRow, size: int) -> None:
    fill(house, log, size)
    appended = rate(TRIES, lambda number: append(house, log, [an_entry(size + number)]))
    now = size_of(log)
    step = now // TRIES
    proven = rate(TRIES, lambda number: inclusion_in(log, number * step, now))
    root = _root(log)
    proofs = [(number * step, inclusion_in(log, number * step, now)) for number in range(TRIES)]
    entries = entries_of(log)
    leaves = [leaf_hash(entries[index]) for index, _ in proofs]
    verified = rate(TRIES, lambda n: includes(root, now, proofs[n][0], leaves[n], proofs[n][1]))
    kept = (house.folder / "house.sqlite3").stat().st_size / now
    print(
        f"  {size:>7,} entries: {appended:,.0f} appends/s, {proven:,.0f} proofs/s, {verified:,.0f} checked/s,"
        f" {kept:,.0f} bytes an entry of {ENTRY_BYTES}"
    )


def _root(log: LogRow) -> bytes:
    return read_checkpoint(checkpoint_of(log) or b"")[0].root


def look_up(house: House) -> None:
    campaign = CampaignRow.objects.get(ident="bench")
    digests = [hashlib.sha256(b"%d" % number).hexdigest() for number in range(20_000)]
    KnownRow.objects.bulk_create(
        KnownRow(campaign=campaign, kind=KnownRow.CLEARED, about="0" * 64, sha256=digest) for digest in digests
    )
    bare = sqlite3.connect(house.folder / "house.sqlite3")
    query = "SELECT about FROM publishing_knownrow WHERE sha256 = ?"
    by_hand = rate(LOOKUPS, lambda number: bare.execute(query, (digests[number],)).fetchone())
    ours = rate(LOOKUPS, lambda number: known_to(digests[number]))
    data = os.urandom(5_000_000)
    hashed = rate(20, lambda number: hashlib.sha256(data).digest())
    times = by_hand / ours
    print(f"  gate, look-up: {ours:,.0f}/s; a bare query by digest {by_hand:,.0f}/s, {times:.1f} times as fast")
    print(f"  gate, SHA-256 of 5 MB: {hashed:,.0f}/s")
    log = LogRow.objects.get(campaign=campaign)
    note = read_checkpoint(checkpoint_of(log) or b"")[1]
    signed = rate(TRIES, lambda number: check_signed_by(note, [house.key]))
    print(f"  gate, the one signature: {signed:,.0f}/s; the one inclusion check is counted above")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        house = found_house(Path(folder) / "house", "house.example/bench", os.environ)
        log = open_log(house, CampaignRow.objects.create(ident="bench", salt=b"s" * 32))
        print("A record on SQLite, synchronous=FULL")
        for size in SIZES:
            of_size(house, log, size)
        look_up(house)


if __name__ == "__main__":
    main()
