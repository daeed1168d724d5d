"""The pictures within a picture: cut along flat rows and columns, and along straight edges from side to side.

A frame, bars, a caption, the furniture of a screen and the gutters of a collage are flat from one side to the
other; two pictures that touch meet in one straight line. What lies between such cuts is looked at as a picture by
itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Luma = NDArray[np.uint8]

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels; the last two excluded

LOOKED_AT = 320  # pixels of the longer side
FLAT = 5.0  # grey levels between the 4th and the 96th hundredth of a row
EDGE_LEVELS, EDGE_SHARE = 6, 0.72  # of a straight edge: steps of more than so many levels along so much of it
SMALLEST = 0.09  # of the longer side of the whole
SLIMMEST = 0.16  # shorter side by longer side
DEEPEST, MOST = 5, 24


def panels(luma: Luma) -> list[Box]:
    """Boxes in pixels of `luma`, outermost first, without the whole picture. At most 24."""
    import numpy as np

    from lastlook.matching.features import resized

    small = resized(luma, LOOKED_AT) if max(luma.shape) > LOOKED_AT else luma
    scale = max(luma.shape) / max(small.shape)
    found: list[Box] = []
    _cut(small.astype(np.int16), (0, 0, small.shape[1], small.shape[0]), 0, found)
    whole = (0, 0, small.shape[1], small.shape[0])
    kept = [box for box in dict.fromkeys(found) if box != whole and _worth_it(box, max(small.shape))][:MOST]
    return [(round(box[0] * scale), round(box[1] * scale), min(round(box[2] * scale), luma.shape[1]),
             min(round(box[3] * scale), luma.shape[0])) for box in kept]  # fmt: skip


def _worth_it(box: Box, longest: int) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) >= SMALLEST * longest and min(width, height) >= SLIMMEST * max(width, height)


def _cut(luma: NDArray[np.int16], box: Box, depth: int, found: list[Box]) -> None:
    if depth > DEEPEST or len(found) > 4 * MOST:
        return
    left, top, right, bottom = box
    inside = luma[top:bottom, left:right]
    if min(inside.shape) < SMALLEST * max(luma.shape):
        return
    for axis in (0, 1):
        parts = _parts(inside, axis)
        if parts == [(0, inside.shape[axis])]:
            continue
        for start, end in parts:
            part = (left, top + start, right, top + end) if axis == 0 else (left + start, top, left + end, bottom)
            found.append(part)
            _cut(luma, part, depth + 1, found)
        return


def _parts(inside: NDArray[np.int16], axis: int) -> list[tuple[int, int]]:
    """Runs of rows (axis 0) or columns (1) between what is flat, each cut again at straight edges."""
    import numpy as np

    lines = inside if axis == 0 else inside.T
    ordered = np.sort(lines, axis=1)
    trim = lines.shape[1] // 25
    flat = (ordered[:, -1 - trim] - ordered[:, trim]) <= FLAT
    edges = np.zeros(len(lines) + 1, bool)
    step = (np.abs(lines[1:] - lines[:-1]) > EDGE_LEVELS).mean(axis=1)
    peak = (step > EDGE_SHARE) & (step >= np.maximum(np.append(step[1:], 0), np.insert(step[:-1], 0, 0)))
    edges[1:-1] = peak & (step > 2.5 * np.median(step))
    parts: list[tuple[int, int]] = []
    start: int | None = None
    for place in range(len(lines) + 1):
        ends = place == len(lines) or bool(flat[place])
        if start is not None and (ends or edges[place]):
            parts.append((start, place))
            start = None
        if start is None and not ends:
            start = place
    least = SMALLEST * max(inside.shape) / 2
    return [part for part in parts if part[1] - part[0] >= least] or [(0, len(lines))]
