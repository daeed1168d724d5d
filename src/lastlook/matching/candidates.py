"""Where in an item an original may lie: places that are worth comparing pixel by pixel, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from lastlook.matching import pdq
from lastlook.matching.features import FRAME, Features, features, resized
from lastlook.matching.fingerprint import Fingerprint, part, pixels
from lastlook.matching.geometry import MOST_PAIRS, placed
from lastlook.matching.index import Index, index_of
from lastlook.matching.panels import panels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Luma = NDArray[np.uint8]
    Map = NDArray[np.float64]

ITEM_SIDE, ITEM_FEATURES = 640, 700
CLOSER_SIDE, CLOSER_FEATURES = 1024, 1800  # of a second look
HASH_BITS = 84  # of 256 between a panel and an original that are worth comparing; unrelated ones begin at about 100
MOST_BY_HASH, MOST_BY_FEATURES = 4, 5
LEAST_VOTES, LEAST_SUPPORT = 4, 5
OF_THE_MOST = 0.25  # of the most votes that any has; fewer are not looked into
PANEL_SIDE = 128  # pixels
SMALL_SIDE = 160  # pixels, for a first sight
TURNS, OCTAVES = 12, 14  # bins of the vote


class Candidate(msgspec.Struct, frozen=True):
    """Original number so-and-so lies at `map`.

    support, breadth: as `geometry.Placement`; apart: bits of PDQ, 256 where no hash led here.
    """

    original: int
    map: Map
    inverted: bool
    support: int
    breadth: int
    apart: int


class Item(msgspec.Struct, frozen=True):
    """One view of an item, looked at. luma: its longer side is one frame of 640 units; small: the same."""

    luma: Luma
    small: Luma
    features: Features
    boxes: tuple[tuple[int, int, int, int], ...]
    hashes: tuple[pdq.Hash, ...]  # of the whole, then of each box but the first


def looked_at(luma: Luma, *, closer: bool = False) -> Item:
    """An item from its luma. `closer`: at a larger size, for what is small in it."""
    side, count = (CLOSER_SIDE, CLOSER_FEATURES) if closer else (ITEM_SIDE, ITEM_FEATURES)
    shown = resized(luma, side)
    boxes = ((0, 0, shown.shape[1], shown.shape[0]), *panels(shown))
    hashes = [pdq.pdq(luma), *(pdq.pdq(_even(shown[top:bottom, left:right])) for left, top, right, bottom in boxes[1:])]
    return Item(shown, resized(shown, SMALL_SIDE), features(shown, side=side, count=count), boxes, tuple(hashes))


def _even(panel: Luma) -> Luma:
    """A panel at the one size from which it is hashed."""
    import cv2
    import numpy as np

    return np.asarray(cv2.resize(panel, (PANEL_SIDE, PANEL_SIDE), interpolation=cv2.INTER_AREA))


class Candidates:
    """The originals that can be candidates, made ready once."""

    def __init__(self, originals: Sequence[Fingerprint]) -> None:
        import numpy as np

        parts = [part(one, kind) for one in originals for kind in range(len(one.parts))]
        self.index: Index = index_of(parts)
        none = np.zeros((0, 4), np.float32)
        self.places = np.concatenate([each.places for each in parts]) if parts else none
        self.kinds = [(number, kind) for number, one in enumerate(originals) for kind in range(len(one.parts))]
        words = b"".join(form.bits for one in originals for form in one.forms)
        self.hashes = np.frombuffer(words, np.uint64).reshape(-1, 4)
        self.frames = [frame_of(pixels(one.rendition)) for one in originals]
        self.forms = len(pdq.DIHEDRAL)

    def of(self, item: Item) -> list[Candidate]:
        """Candidates in the order in which they are worth comparing."""
        found = self.by_hash(item) + self.by_features(item)
        return sorted(found, key=lambda each: -max(each.support, (HASH_BITS + 6 - each.apart) / 2))

    def by_features(self, item: Item, *, but: int | None = None) -> list[Candidate]:
        """Originals that features lead to, `but` one."""
        import numpy as np

        pairs = self.index.pairs(item.features)
        if not len(pairs.ours):
            return []
        owner = self.index.owner[pairs.theirs]
        ours, theirs = item.features.places[pairs.ours], self.places[pairs.theirs]
        votes = _votes(ours, theirs, owner, len(self.kinds))
        votes[[which for which, (number, _) in enumerate(self.kinds) if number == but]] = 0
        least = max(LEAST_VOTES, OF_THE_MOST * int(votes.max()))
        likeliest = [each for each in np.argsort(-votes, kind="stable")[:MOST_BY_FEATURES] if votes[each] >= least]
        found = []
        for which in likeliest:
            chosen = np.flatnonzero(owner == which)
            if len(chosen) > MOST_PAIRS:
                chosen = chosen[np.argsort(pairs.apart[chosen], kind="stable")[:MOST_PAIRS]]
            placement = placed(theirs[chosen], ours[chosen])
            if placement is None or placement.support < LEAST_SUPPORT:
                continue
            number, kind = self.kinds[which]
            matrix = placement.map @ turned(4, *self.frames[number]) if kind == 1 else placement.map
            found.append(Candidate(number, matrix, kind == 2, placement.support, placement.breadth, 256))
        return found

    def by_hash(self, item: Item) -> list[Candidate]:
        import numpy as np

        if not len(self.hashes):
            return []
        ours = np.frombuffer(b"".join(each.bits for each in item.hashes), np.uint64).reshape(-1, 4)
        apart = np.bitwise_count(ours[:, None] ^ self.hashes[None]).sum(axis=2, dtype=np.int64)
        found = []
        for inverted, bits in ((False, apart), (True, 256 - apart)):
            box, form = np.nonzero(bits <= HASH_BITS)
            near = np.argsort(bits[box, form], kind="stable")[:MOST_BY_HASH]
            for b, f in zip(box[near], form[near], strict=True):
                number, turn = divmod(int(f), self.forms)
                matrix = _into(item, item.boxes[b], turn, self.frames[number])
                found.append(Candidate(number, matrix, inverted, 0, 0, int(bits[b, f])))
        return found


def frame_of(luma: NDArray[np.generic]) -> tuple[float, float]:
    """Width and height of a picture in units of its frame."""
    longest = max(luma.shape[:2])
    return luma.shape[1] * FRAME / longest, luma.shape[0] * FRAME / longest


def turned(turn: int, width: float, height: float) -> Map:
    """The map from a picture's frame to that of its form number `turn` of `pdq.DIHEDRAL`."""
    import numpy as np

    rows = (
        [[1, 0, 0], [0, 1, 0]],
        [[0, -1, height], [1, 0, 0]],
        [[-1, 0, width], [0, -1, height]],
        [[0, 1, 0], [-1, 0, width]],
        [[-1, 0, width], [0, 1, 0]],
        [[1, 0, 0], [0, -1, height]],
        [[0, 1, 0], [1, 0, 0]],
        [[0, -1, height], [-1, 0, width]],
    )[turn]
    return np.array([*rows, [0, 0, 1]], np.float64)


def _into(item: Item, box: tuple[int, int, int, int], turn: int, frame: tuple[float, float]) -> Map:
    """The map from an original's frame to where its turned form fills the box."""
    import numpy as np

    unit = FRAME / max(item.luma.shape)
    width, height = frame if turn in (0, 2, 4, 5) else frame[::-1]
    left, top, right, bottom = (edge * unit for edge in box)
    fill = np.array([[(right - left) / width, 0, left], [0, (bottom - top) / height, top], [0, 0, 1]])
    return np.asarray(fill @ turned(turn, *frame), np.float64)


def _votes(
    ours: NDArray[np.float32], theirs: NDArray[np.float32], owner: NDArray[np.int64], owners: int
) -> NDArray[np.int64]:
    """For each owner, how many of its pairs say the same turn and the same scale, roughly."""
    import numpy as np

    turn = (ours[:, 2] - theirs[:, 2]) % (2 * np.pi) / (2 * np.pi) * TURNS
    octave = np.log2(ours[:, 3] / theirs[:, 3]) + OCTAVES / 2
    most = np.zeros(owners, np.int64)
    for half_turn in (0.0, 0.5):
        for half_octave in (0.0, 0.5):
            a = np.floor(turn + half_turn).astype(np.int64) % TURNS
            b = np.clip(np.floor(octave + half_octave).astype(np.int64), 0, OCTAVES - 1)
            counts = np.bincount((owner * TURNS + a) * OCTAVES + b, minlength=owners * TURNS * OCTAVES)
            most = np.maximum(most, counts.reshape(owners, -1).max(axis=1))
    return most
