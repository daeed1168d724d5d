"""Every stored hash within so many bits of another: an exact scan, with no index that could miss one.

Four columns of 64 bits lie one after the other. A hash within 31 of 256 bits is within 7 in at least one column, so
columns are counted first and whole hashes only where one is near. faiss' flat scan is taken where it is installed; both
give the same rows in the same order as the exhaustive scan (`tests/lastlook/matching/test_scan.py`).
"""

from __future__ import annotations

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


def within(hashes: Hashes, asked: bytes, radius: int = COPY_BITS) -> Near:
    """All rows of `hashes` at most `radius` bits from `asked`, by faiss where it is installed, else by numpy."""
    return within_by_faiss(hashes, asked, radius) if find_spec("faiss") else within_by_numpy(hashes, asked, radius)


def exhaustive(hashes: Hashes, asked: bytes, radius: int = COPY_BITS) -> Near:
    """The same by looking at every bit of every row: what the quicker ways are held against."""
    import numpy as np

    bits = np.bitwise_count(hashes ^ np.frombuffer(asked, np.uint8)).sum(axis=1, dtype=np.int64)
    rows = np.flatnonzero(bits <= radius)
    return Near(rows, bits[rows])


def within_by_numpy(hashes: Hashes, asked: bytes, radius: int = COPY_BITS) -> Near:
    """By columns; see above."""
    import numpy as np

    ours = np.frombuffer(asked, np.uint64)
    found: list[Rows] = []
    for start in range(0, len(hashes), ROWS_AT_ONCE):
        words = np.ascontiguousarray(hashes[start : start + ROWS_AT_ONCE]).view(np.uint64)
        near = np.zeros(len(words), bool)
        for column in range(COLUMNS):
            near |= np.bitwise_count(words[:, column] ^ ours[column]) <= radius // COLUMNS
        found.append(np.flatnonzero(near) + start)
    rows = np.concatenate(found) if found else np.zeros(0, np.int64)
    near_by = exhaustive(hashes[rows], asked, radius)
    return Near(rows[near_by.rows], near_by.bits)


def within_by_faiss(hashes: Hashes, asked: bytes, radius: int = COPY_BITS) -> Near:
    """By faiss' flat scan. Raises ImportError where faiss is not installed."""
    import faiss
    import numpy as np

    if not len(hashes):
        return Near(np.zeros(0, np.int64), np.zeros(0, np.int64))
    found: list[Rows] = []
    bits: list[Rows] = []
    for start in range(0, len(hashes), ROWS_AT_ONCE * 16):
        part = np.ascontiguousarray(hashes[start : start + ROWS_AT_ONCE * 16])
        index = faiss.IndexBinaryFlat(256)
        index.add(part)
        _, apart, rows = index.range_search(np.frombuffer(asked, np.uint8)[None], radius + 1)  # faiss means less than
        order = np.argsort(rows, kind="stable")
        found.append(rows[order].astype(np.int64) + start)
        bits.append(apart[order].astype(np.int64))
    return Near(np.concatenate(found), np.concatenate(bits))
