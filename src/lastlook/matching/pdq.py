"""PDQ: 256 bits of what a picture looks like as a whole, and how far those can be relied on.

The same bits as the reference implementation (github.com/facebook/ThreatExchange, `pdq/cpp/hashing`), written as
products of matrices: both passes of its moving average and the picking of 64 by 64 samples are linear, so one
matrix for the rows and one for the columns do them, and a third the cosine transform. Fourteen published hashes are
met bit by bit (`tests/lastlook/matching/test_pdq.py`).
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Bits = NDArray[np.uint8]  # (32,): a hash, packed; the most significant bit first, as hex is written

BITS = 256
SAMPLES, COEFFICIENTS = 64, 16
COPY_BITS = 31  # of 256, the distance that the publishers of PDQ recommend
PLAIN_BELOW = 50  # of 100: a picture of less gradient has a hash that many pictures share (publishers' advice)

# The eight ways to turn and mirror a picture.
DIHEDRAL = ("as it is", "turned 90", "turned 180", "turned 270", "mirrored", "flipped", "transposed", "transversed")


class Hash(msgspec.Struct, frozen=True):
    """256 bits as 32 bytes, and the quality from 0 (nothing to see) to 100."""

    bits: bytes
    quality: int

    @property
    def hex(self) -> str:
        return self.bits.hex()

    @property
    def plain(self) -> bool:
        """Too plain for this method: other plain pictures have the same hash."""
        return self.quality < PLAIN_BELOW


def pdq(luma: NDArray[np.generic]) -> Hash:
    """The hash of a picture. luma: (height, width), 0..255, whole numbers or fractions; at least one pixel."""
    return _hash(samples(luma))


def dihedral(luma: NDArray[np.generic]) -> tuple[Hash, ...]:
    """The hashes of the picture in the order of `DIHEDRAL`, each taken from turned pixels, not by turning bits."""
    import numpy as np

    turned = [np.rot90(luma, -turn) for turn in range(4)]
    mirrored = [luma[:, ::-1], luma[::-1], luma.T, np.rot90(luma, 2).T]
    return tuple(pdq(each) for each in (*turned, *mirrored))


def complement(bits: bytes) -> bytes:
    """The hash of the picture with light and dark exchanged, but for coefficients that equal the median."""
    return bytes(255 - byte for byte in bits)


def distance(one: bytes, other: bytes) -> int:
    """How many of 256 bits differ."""
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def samples(luma: NDArray[np.generic]) -> Floats:
    """The picture as 64 by 64 smoothed samples, from which everything else follows."""
    import numpy as np

    height, width = luma.shape
    small: Floats = _picking(height) @ luma.astype(np.float32) @ _picking(width).T
    return small


def _hash(small: Floats) -> Hash:
    import numpy as np

    transform = _cosines()
    coefficients = transform @ small @ transform.T
    middle = np.partition(coefficients.ravel(), BITS // 2 - 1)[BITS // 2 - 1]  # the lower of the two, as the reference
    bits = (coefficients > middle).ravel()[::-1]  # bit 0 is the last that hex shows
    steps = sum(int(np.abs((np.diff(small, axis=axis) * (100 / 255)).astype(np.int32)).sum()) for axis in (0, 1))
    return Hash(np.packbits(bits).tobytes(), min(steps // 90, 100))


@functools.lru_cache(maxsize=256)
def _picking(length: int) -> Floats:
    """(64, length): two moving averages and the picking of 64 samples, as weights of the pixels of one line."""
    import numpy as np

    window = -(-length // (2 * SAMPLES))  # pixels
    right = (window + 2) // 2  # the window ends so many pixels on, itself included; an even one leans to the right
    places = np.arange(length)
    first = np.maximum(places + right - window, 0)
    last = np.minimum(places + right, length)  # excluded
    picked = ((np.arange(SAMPLES) + 0.5) * length / SAMPLES).astype(np.int64)
    second = (places >= first[picked, None]) & (places < last[picked, None])
    shares = second / (last - first)[picked, None] / (last - first)  # what each place of the first pass gives on
    edges = np.zeros((length + 1, SAMPLES))  # a window as a step up where it begins and down where it ends
    np.add.at(edges, first, shares.T)
    np.subtract.at(edges, last, shares.T)
    weights: Floats = edges.cumsum(axis=0)[:-1].T.astype(np.float32)
    return weights


@functools.lru_cache(maxsize=1)
def _cosines() -> Floats:
    """(16, 64): rows 1 to 16 of the cosine transform of 64 values; the mean, row 0, is left out."""
    import numpy as np

    rows, columns = np.arange(1, COEFFICIENTS + 1)[:, None], np.arange(SAMPLES)[None, :]
    waves: Floats = (np.sqrt(2 / SAMPLES) * np.cos(np.pi / 2 / SAMPLES * rows * (2 * columns + 1))).astype(np.float32)
    return waves
