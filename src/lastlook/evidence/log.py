"""An append-only log: what to keep with each entry so that an append and a proof cost no more than its depth.

Appending entry i completes a few whole subtrees: its own leaf, and one more for each trailing one in the binary form of
i. Their hashes, lowest first, are the entry's *nodes*: 64 bytes on average, written once with the entry and never
again. A node at (level, index) stands in the nodes of entry `((index + 1) << level) - 1`, at byte `32 * level`. So a
store needs one column and no update, and any proof in a tree of any size can be made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from lastlook.evidence.merkle import EMPTY_ROOT, HASH_BYTES, node_hash

Nodes = Callable[[int], bytes]  # entry number: the nodes that were written with it
Range = tuple[int, int]  # leaves from, until (not included)


class Frontier(msgspec.Struct, frozen=True):
    """All that has to be known of a log to append to it: its size and the roots of its whole subtrees, largest first.

    There are as many as there are ones in `size`: at most 64 hashes for any log that will ever be.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> tuple[Frontier, bytes]:
        """The log with one more leaf hash, and the nodes to keep with that entry."""
        hashes, made, nodes = list(self.hashes), leaf, leaf
        rest = self.size
        while rest & 1:
            made = node_hash(hashes.pop(), made)
            nodes += made
            rest >>= 1
        return Frontier(self.size + 1, (*hashes, made)), nodes

    def extended(self, leaves: Iterable[bytes]) -> Frontier:
        """The log with these leaf hashes after it."""
        log = self
        for leaf in leaves:
            log, _ = log.append(leaf)
        return log

    @property
    def root(self) -> bytes:
        if not self.hashes:
            return EMPTY_ROOT
        found = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            found = node_hash(left, found)
        return found

    @property
    def is_sound(self) -> bool:
        """Whether it has as many hashes, of the right length, as its size asks for."""
        right_length = all(len(each) == HASH_BYTES for each in self.hashes)
        return self.size >= 0 and right_length and len(self.hashes) == self.size.bit_count()


def frontier_at(size: int, nodes: Nodes) -> Frontier:
    """The frontier of the first `size` entries."""
    return Frontier(size, tuple(_whole(part, nodes) for part in _whole_ranges(0, size)))


def root_at(size: int, nodes: Nodes) -> bytes:
    """The root of the first `size` entries."""
    return frontier_at(size, nodes).root


def inclusion_proof(index: int, size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """That entry `index` is in the log of `size`: sibling hashes, leaf side first (RFC 6962, 2.1.1)."""
    return tuple(_hash_of(part, nodes) for part in _inclusion_ranges(index, size))


def consistency_proof(old_size: int, new_size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """That the log of `new_size` begins with that of `old_size` (RFC 6962, 2.1.2). `old_size` is 1 or more."""
    return tuple(_hash_of(part, nodes) for part in _consistency_ranges(old_size, new_size))


def entries_for_inclusion(index: int, size: int) -> list[int]:
    """The entries whose nodes `inclusion_proof` reads: at most the log's depth squared, fetched in one query."""
    return _entries(_inclusion_ranges(index, size))


def entries_for_consistency(old_size: int, new_size: int) -> list[int]:
    """The entries whose nodes `consistency_proof` reads."""
    return _entries(_consistency_ranges(old_size, new_size))


def entries_for_frontier(size: int) -> list[int]:
    """The entries whose nodes `frontier_at` and `root_at` read."""
    return sorted(last - 1 for _, last in _whole_ranges(0, size))


def nodes_of(kept: Mapping[int, bytes]) -> Nodes:
    """Nodes that were fetched beforehand, by entry."""
    return kept.__getitem__


def _inclusion_ranges(index: int, size: int) -> list[Range]:
    if not 0 <= index < size:
        raise ValueError(f"BUG: there is no entry {index} in a log of {size}")
    first, last, path = 0, size, []
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            path.append((middle, last))
            last = middle
        else:
            path.append((first, middle))
            first = middle
    return path[::-1]


def _consistency_ranges(old_size: int, new_size: int) -> list[Range]:
    if not 1 <= old_size <= new_size:
        raise ValueError(f"BUG: a log of {new_size} has no beginning of {old_size}")
    first, last, path = 0, new_size, []
    while last != old_size:
        middle = first + _split(last - first)
        if old_size <= middle:
            path.append((middle, last))
            last = middle
        else:
            path.append((first, middle))
            first = middle
    if first:  # the old tree is not itself a whole subtree: its last part has to be said
        path.append((first, last))
    return path[::-1]


def _split(size: int) -> int:
    """The largest power of two below `size` (RFC 6962, 2.1)."""
    return 1 << ((size - 1).bit_length() - 1)


def _whole_ranges(first: int, last: int) -> Iterator[Range]:
    """A range that begins where a subtree may begin, cut into whole subtrees, largest first."""
    while first < last:
        width = 1 << ((last - first).bit_length() - 1)
        yield first, first + width
        first += width


def _whole(part: Range, nodes: Nodes) -> bytes:
    first, last = part
    level = (last - first).bit_length() - 1
    found = nodes(last - 1)[HASH_BYTES * level : HASH_BYTES * (level + 1)]
    if len(found) != HASH_BYTES:
        raise ValueError(f"BUG: the nodes kept with entry {last - 1} end below level {level}")
    return found


def _hash_of(part: Range, nodes: Nodes) -> bytes:
    *lefts, found = (_whole(each, nodes) for each in _whole_ranges(*part))
    for left in reversed(lefts):
        found = node_hash(left, found)
    return found


def _entries(ranges: Iterable[Range]) -> list[int]:
    return sorted({last - 1 for part in ranges for _, last in _whole_ranges(*part)})
