"""Which originals an item may hold: features that look alike, found by parts of their bits.

Each table sorts the originals' features by a choice of their bits; a feature of an item meets those that have the
same. With nine in ten bits alike, as copies mostly have, two features meet in at least one of the tables nearly
always, and two others hardly ever. Nothing is trained and nothing is drawn anew: the same originals always give the
same index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lastlook.matching.features import Features

    Ints = NDArray[np.int64]

TABLES, KEY_BITS = 6, 20
MAX_BITS_APART = 56  # of 256; two features further apart are not taken to show the same place
MAX_IN_ONE_PLACE = 32  # features of one key: more are texture, and say nothing
SEED = 20261125


class Pairs(msgspec.Struct, frozen=True):
    """Features of an item (`ours`) and of originals (`theirs`) that look alike, with the bits between them."""

    ours: Ints
    theirs: Ints
    apart: Ints


class Index(msgspec.Struct, frozen=True):
    """Features of many originals: `owner` says whose each is. bits: (n, 32)."""

    bits: NDArray[np.uint64]
    owner: Ints
    choices: NDArray[np.int64]  # (tables, key bits): which of 256
    starts: NDArray[np.int32]  # (tables, 2 ** key bits + 1): where the features of each key begin
    order: NDArray[np.int32]  # (tables, n): features by their key

    def pairs(self, item: Features) -> Pairs:
        """For each feature of the item the nearest one of each owner, where that is near."""
        import numpy as np

        ours, theirs = _meetings(self, _keys(item.bits, self.choices))
        near = np.ascontiguousarray(item.bits).view(np.uint64)
        apart = np.bitwise_count(near[ours] ^ self.bits[theirs]).sum(axis=1, dtype=np.int64)
        close = apart <= MAX_BITS_APART
        ours, theirs, apart = ours[close], theirs[close], apart[close]
        whose = ours * (int(self.owner.max(initial=0)) + 1) + self.owner[theirs]
        order = np.lexsort((theirs, apart, whose))
        _, first = np.unique(whose[order], return_index=True)
        best = order[first]
        return Pairs(ours[best], theirs[best], apart[best])


def index_of(parts: list[Features]) -> Index:
    """The index of these originals, each the owner of its features by its number in the list."""
    import numpy as np

    bits = np.concatenate([part.bits for part in parts]) if parts else np.zeros((0, 32), np.uint8)
    owner = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    rng = np.random.default_rng(SEED)
    choices = np.stack([rng.choice(256, KEY_BITS, replace=False) for _ in range(TABLES)])
    keys = _keys(bits, choices)
    order = np.argsort(keys, axis=1, kind="stable").astype(np.int32)
    starts = np.zeros((TABLES, (1 << KEY_BITS) + 1), np.int32)
    for table in range(TABLES):
        np.cumsum(np.bincount(keys[table], minlength=1 << KEY_BITS), out=starts[table, 1:])
    words = np.ascontiguousarray(bits).view(np.uint64)
    return Index(words, owner, choices, starts, order)


def _keys(bits: NDArray[np.uint8], choices: NDArray[np.int64]) -> NDArray[np.uint32]:
    """(tables, n): the chosen bits of each feature as a number."""
    import numpy as np

    single = np.unpackbits(bits, axis=1).T  # (256, n)
    keys = np.zeros((len(choices), len(bits)), np.uint32)
    for place in range(choices.shape[1]):
        keys = (keys << np.uint32(1)) | single[choices[:, place]]
    return keys


def _meetings(index: Index, keys: NDArray[np.uint32]) -> tuple[Ints, Ints]:
    import numpy as np

    ours: list[Ints] = []
    theirs: list[Ints] = []
    for table in range(len(index.choices)):
        first = index.starts[table][keys[table]].astype(np.int64)
        counts = index.starts[table][keys[table] + np.uint32(1)] - first
        counts[counts > MAX_IN_ONE_PLACE] = 0
        total = int(counts.sum())
        if total:
            which = np.repeat(np.arange(len(counts)), counts)
            within = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
            ours.append(which)
            theirs.append(index.order[table][first[which] + within].astype(np.int64))
    none = np.zeros(0, np.int64)
    return (np.concatenate(ours), np.concatenate(theirs)) if ours else (none, none)
