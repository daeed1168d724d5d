"""Every stored hash within so many bits of another: an exact scan, with no index that could miss one.

Four columns of 64 bits lie one after the other. A hash within 31 of 256 bits is within 7 in at least one column, so
columns are counted first and whole hashes only where one is near. faiss' flat scan is taken where it is installed; both
give the same rows in the same order as the exhaustive scan (`tests/lastlook/matching/test_scan.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

import msgspec

from lastlook.matching.pdq import COPY_BITS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint8]  # (n, 32)
    Rows = NDArray[np.int64]

COLUMNS = 4
ROWS_AT_ONCE = 1 << 18


class Near(msgspec.Struct, frozen=True):
    """Rows in rising order, and the bits between each and what was asked for."""

    rows: Rows
    bits: Rows


def within(hashes: Hashes, asked: Sequence[bytes], radius: int = COPY_BITS) -> list[Near]:
    """For each hash asked for, all rows at most `radius` bits away: by faiss where it is installed, else by numpy."""
    return (within_by_faiss if find_spec("faiss") else within_by_numpy)(hashes, asked, radius)


def exhaustive(hashes: Hashes, asked: bytes, radius: int = COPY_BITS) -> Near:
    """The same for one, by looking at every bit of every row: what the quicker ways are held against."""
    import numpy as np

    bits = np.bitwise_count(hashes ^ np.frombuffer(asked, np.uint8)).sum(axis=1, dtype=np.int64)
    rows = np.flatnonzero(bits <= radius)
    return Near(rows, bits[rows])


def within_by_numpy(hashes: Hashes, asked: Sequence[bytes], radius: int = COPY_BITS) -> list[Near]:
    """By columns; see above."""
    import numpy as np

    found: list[list[Near]] = [[] for _ in asked]
    for start in range(0, max(len(hashes), 1), ROWS_AT_ONCE):
        part = np.ascontiguousarray(hashes[start : start + ROWS_AT_ONCE])
        columns = np.ascontiguousarray(part.view(np.uint64).T)
        for number, one in enumerate(asked):
            close = np.zeros(len(part), bool)
            for column, ours in zip(columns, np.frombuffer(one, np.uint64), strict=True):
                close |= np.bitwise_count(column ^ ours) <= radius // COLUMNS
            rows = np.flatnonzero(close)
            near = exhaustive(part[rows], one, radius)
            found[number].append(Near(rows[near.rows] + start, near.bits))
    return [_joined(parts) for parts in found]


def within_by_faiss(hashes: Hashes, asked: Sequence[bytes], radius: int = COPY_BITS) -> list[Near]:
    """By faiss' flat scan. Raises ImportError where faiss is not installed."""
    import faiss
    import numpy as np

    found: list[list[Near]] = [[] for _ in asked]
    wanted = np.frombuffer(b"".join(asked), np.uint8).reshape(-1, 32)
    for start in range(0, len(hashes), ROWS_AT_ONCE):
        index = faiss.IndexBinaryFlat(256)
        index.add(np.ascontiguousarray(hashes[start : start + ROWS_AT_ONCE]))
        limits, apart, rows = index.range_search(wanted, radius + 1)  # faiss means less than
        for number in range(len(asked)):
            own = slice(int(limits[number]), int(limits[number + 1]))
            order = np.argsort(rows[own], kind="stable")
            found[number].append(Near(rows[own][order].astype(np.int64) + start, apart[own][order].astype(np.int64)))
    return [_joined(parts) for parts in found]


def _joined(parts: list[Near]) -> Near:
    import numpy as np

    none = np.zeros(0, np.int64)
    return Near(
        np.concatenate([none, *(part.rows for part in parts)]), np.concatenate([none, *(part.bits for part in parts)])
    )
