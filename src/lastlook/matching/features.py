"""Local features: many small places of a picture, each described by 256 bits that survive a crop, a frame, a turn.

ORB (Rublee et al., ICCV 2011) as OpenCV has it, spread over a grid so that one line of large type does not take all the
places there are. Positions are in units of a *frame*: the longer side of the picture is 640, whatever its pixels are.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Luma = NDArray[np.uint8]
    Floats = NDArray[np.float32]

FRAME = 640.0  # units of the longer side
ALGORITHM = "orb/31/1.2x8/grid-10"
CELLS = 10  # of the grid, along the longer side
DETECTED_FOR_ONE = 2  # places that are detected for each that is kept
LOW_CONTRAST = 8  # grey levels between a corner and its surroundings, of FAST


class Features(msgspec.Struct, frozen=True):
    """places: (n, 4) float32: x and y in units of the frame, angle in radians, size in units. bits: (n, 32) uint8."""

    places: Floats
    bits: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.bits)


def features(luma: Luma, *, side: int, count: int) -> Features:
    """At most `count` features of the picture, looked at with a longer side of `side` pixels."""
    import numpy as np

    shown = resized(luma, side)
    points, bits = _orb(count * DETECTED_FOR_ONE).detectAndCompute(shown, None)
    if bits is None or not points:
        return Features(np.zeros((0, 4), np.float32), np.zeros((0, 32), np.uint8))
    rows = np.array([(*point.pt, point.angle, point.size, point.response) for point in points], np.float32)
    kept = _spread(rows, max(shown.shape) / CELLS, count)
    unit = FRAME / max(shown.shape)
    places = rows[kept, :4] * np.array([unit, unit, np.pi / 180, unit], np.float32)
    return Features(places, bits[kept])


def joined(parts: list[Features]) -> Features:
    """The features of one picture at several sizes, as one."""
    import numpy as np

    return Features(np.concatenate([part.places for part in parts]), np.concatenate([part.bits for part in parts]))


def resized(luma: NDArray[Any], side: int) -> Luma:
    """The picture with a longer side of so many pixels: halved by areas while it can be, then interpolated."""
    import cv2
    import numpy as np

    shown = luma
    while max(shown.shape) >= 2 * side:
        half = (max(shown.shape[1] // 2, 1), max(shown.shape[0] // 2, 1))
        shown = np.asarray(cv2.resize(shown, half, interpolation=cv2.INTER_AREA))
    scale = side / max(luma.shape[:2])
    size = (max(round(luma.shape[1] * scale), 1), max(round(luma.shape[0] * scale), 1))
    if shown.shape[1::-1] == size:
        return shown
    how = cv2.INTER_LINEAR if size < shown.shape[1::-1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(shown, size, interpolation=how))


def _spread(rows: Floats, cell: float, count: int) -> NDArray[np.int64]:
    """The strongest of each cell, then the second strongest of each, until there are enough; in order of the rows."""
    import numpy as np

    if len(rows) <= count:
        return np.arange(len(rows))
    cells = (rows[:, 1] // cell).astype(np.int64) * CELLS + (rows[:, 0] // cell).astype(np.int64)
    order = np.lexsort((-rows[:, 4], cells))
    first = np.searchsorted(cells[order], cells[order])
    rank = np.arange(len(rows)) - first  # within its cell
    return np.sort(order[np.argsort(rank, kind="stable")[:count]])


@functools.lru_cache(maxsize=8)
def _orb(count: int) -> Any:
    import cv2

    cv2.setNumThreads(1)  # one picture, one core: many pictures are many processes
    return cv2.ORB.create(nfeatures=count, scaleFactor=1.2, nlevels=8, edgeThreshold=16, fastThreshold=LOW_CONTRAST)
