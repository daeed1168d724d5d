"""What the log costs: entries appended, proofs made and proofs checked in a second, and bytes kept for each entry.

`python -m tests.bench.evidence [SIZE…]`; nodes are kept in a dictionary, so a database's own time is not in it.
"""

from __future__ import annotations

import random
import sys
import time

from lastlook.evidence.log import (
    Frontier,
    consistency_proof,
    entries_for_inclusion,
    inclusion_proof,
    nodes_of,
    root_at,
)
from lastlook.evidence.merkle import extends, includes, leaf_hash

PROOFS = 2_000
ENTRY = b"x" * 600  # about the length of an answer


def measure(size: int) -> str:
    started = time.perf_counter()
    log, kept, leaves = Frontier(), {}, []
    for number in range(size):
        leaf = leaf_hash(ENTRY + number.to_bytes(4, "big"))
        leaves.append(leaf)
        log, kept[number] = log.append(leaf)
    appended = time.perf_counter() - started
    nodes, choose = nodes_of(kept), random.Random(size)
    chosen = [choose.randrange(size) for _ in range(PROOFS)]
    started = time.perf_counter()
    proofs = [inclusion_proof(index, size, nodes) for index in chosen]
    proved = time.perf_counter() - started
    started = time.perf_counter()
    good = all(includes(log.root, size, i, leaves[i], proof) for i, proof in zip(chosen, proofs, strict=True))
    checked = time.perf_counter() - started
    started = time.perf_counter()
    half = size // 2
    good &= extends(root_at(half, nodes), half, log.root, size, consistency_proof(half, size, nodes))
    consistent = time.perf_counter() - started
    if not good:
        raise SystemExit("BUG: a proof does not hold")
    reads = max(len(entries_for_inclusion(index, size)) for index in chosen)
    return (
        f"{size:>9,} entries: {size / appended:>9,.0f} appended/s, {PROOFS / proved:>8,.0f} proved/s, "
        f"{PROOFS / checked:>8,.0f} checked/s, consistency {consistent * 1000:.2f} ms, "
        f"{sum(map(len, kept.values())) / size:.1f} bytes of nodes per entry, at most {reads} entries read for a proof"
    )


if __name__ == "__main__":
    for size in [int(text) for text in sys.argv[1:]] or [10_000, 100_000]:
        print(measure(size))
