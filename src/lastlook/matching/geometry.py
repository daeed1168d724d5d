"""Where an original lies in an item: the one map from its frame to the item's that most pairs of features agree on.

No chance is involved. Each pair of features says by itself how far, how large and how turned (one pair, one
similarity); the map that most others support is refined over its supporters, first as a similarity, then as an
affine map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Map = NDArray[np.float64]  # (3, 3): units of the original's frame to units of the item's, as homogeneous places

MOST_PAIRS = 110  # of one original, the nearest by their bits
SEEDS = 2
NEAR = 5.0  # units of the frame
A_PLACE, A_PART = 6.0, 80.0  # units
TURN, OCTAVES = 0.6, 0.75  # radians and doublings that two pairs of one map may differ
LARGEST, SMALLEST = 16.0, 1 / 16  # scale
ENOUGH_FOR_PERSPECTIVE = 14  # pairs
MOST_SHEAR = 2.5  # ratio of the two axes of an affine map


class Placement(msgspec.Struct, frozen=True):
    """A map, how many different places support it, and over how many parts of the original those are spread."""

    map: Map
    support: int
    breadth: int


def placed(theirs: Floats, ours: Floats) -> Placement | None:
    """The best-supported map from `theirs` (an original's places) to `ours` (an item's), or None.

    theirs, ours: (n, 4), row by row a pair: x, y, angle, size.
    """
    import numpy as np

    if len(theirs) < 3:
        return None
    turn = ours[:, 2] - theirs[:, 2]
    scale = ours[:, 3] / theirs[:, 3]
    cos, sin = np.cos(turn) * scale, np.sin(turn) * scale
    step = theirs[None, :, :2] - theirs[:, None, :2]  # from the seed i to each j
    guess = ours[:, None, :2] + np.stack(
        [
            cos[:, None] * step[..., 0] - sin[:, None] * step[..., 1],
            sin[:, None] * step[..., 0] + cos[:, None] * step[..., 1],
        ],
        axis=-1,
    )
    off = np.hypot(*np.moveaxis(guess - ours[None, :, :2], -1, 0))
    reach = np.hypot(step[..., 0], step[..., 1]) * scale[:, None]
    turned = np.abs((turn[None, :] - turn[:, None] + np.pi) % (2 * np.pi) - np.pi)
    grown = np.abs(np.log2(scale[None, :] / scale[:, None]))
    agrees = (off < NEAR + 0.15 * reach) & (turned < TURN) & (grown < OCTAVES)
    best: _Fitted | None = None
    for seed in np.argsort(-agrees.sum(axis=1), kind="stable")[:SEEDS]:
        found = _refined(theirs, ours, agrees[seed])
        if found is not None and (best is None or found.inside.sum() > best.inside.sum()):
            best = found
    return None if best is None else _in_perspective(theirs, ours, best) or best.placement(theirs, ours)


class _Fitted(msgspec.Struct, frozen=True):
    """An affine map, the pairs it fits, and those that a little perspective would let fit."""

    map: Map
    inside: NDArray[np.bool_]
    loose: NDArray[np.bool_]

    def placement(self, theirs: Floats, ours: Floats) -> Placement:
        return Placement(self.map, _support(theirs, ours, self.inside), _different(theirs[self.inside], A_PART))


def _refined(theirs: Floats, ours: Floats, inside: NDArray[np.bool_]) -> _Fitted | None:
    import numpy as np

    fitted = np.eye(2, 3)
    off: NDArray[np.floating] = ours[:, :2]
    for near, affine in ((3 * NEAR, False), (2 * NEAR, True), (NEAR, True), (NEAR, True)):
        if inside.sum() < 3:
            return None
        fitted = _fit(theirs[inside, :2], ours[inside, :2], affine=affine and int(inside.sum()) >= 6)
        if not plausible(fitted):
            return None
        off = theirs[:, :2] @ fitted[:, :2].T + fitted[:, 2] - ours[:, :2]
        inside = np.hypot(off[:, 0], off[:, 1]) < near + 0.04 * ours[:, 3]
    if inside.sum() < 3:
        return None
    loose = np.hypot(off[:, 0], off[:, 1]) < 5 * NEAR + 0.06 * ours[:, 3]
    return _Fitted(np.vstack([fitted, [0, 0, 1]]), inside, loose)


def _in_perspective(theirs: Floats, ours: Floats, fitted: _Fitted) -> Placement | None:
    """A map that also knows vanishing points, where enough pairs are there to tell it from chance."""
    import cv2
    import numpy as np

    loose = fitted.loose
    if loose.sum() < ENOUGH_FOR_PERSPECTIVE:
        return None
    fit: Any = cv2.findHomography(theirs[loose, :2], ours[loose, :2], cv2.RANSAC, NEAR)
    found, kept = fit
    if found is None:
        return None
    inside = np.flatnonzero(loose)[kept.ravel().astype(bool)]
    support = _support(theirs, ours, inside)
    if support < ENOUGH_FOR_PERSPECTIVE or not plausible(found[:2] / found[2, 2]):
        return None
    return Placement(np.asarray(found, np.float64), support, _different(theirs[inside], A_PART))


def _support(theirs: Floats, ours: Floats, inside: NDArray[np.generic]) -> int:
    return min(_different(theirs[inside]), _different(ours[inside]))


def _fit(source: Floats, target: Floats, *, affine: bool) -> Map:
    """The least-squares affine map, or similarity, from source to target: the two upper rows."""
    import numpy as np

    source, target = source.astype(np.float64), target.astype(np.float64)
    a, b = source.mean(axis=0), target.mean(axis=0)
    x, y = source - a, target - b
    if affine:
        square = x.T @ x + np.eye(2) * 1e-3 * len(x)
        linear = np.linalg.solve(square, x.T @ y).T
    else:
        spread = float((x**2).sum()) + 1e-9
        cos = float((x * y).sum()) / spread
        sin = float((x[:, 0] * y[:, 1] - x[:, 1] * y[:, 0]).sum()) / spread
        linear = np.array([[cos, -sin], [sin, cos]])
    return np.column_stack([linear, b - linear @ a])


def plausible(fitted: Map) -> bool:
    """Not turned inside out, not beyond sixteen times larger or smaller, not sheared to a sliver."""
    import numpy as np

    large, small = np.linalg.svd(fitted[:, :2], compute_uv=False)
    upright = bool(np.linalg.det(fitted[:, :2]) > 0)
    return upright and small > SMALLEST and large < LARGEST and large < MOST_SHEAR * small


def _different(places: Floats, size: float = A_PLACE) -> int:
    """How many places, where those within one square of so many units are one."""
    import numpy as np

    squares = (places[:, :2] // size).astype(np.int64)
    return len(np.unique(squares[:, 0] * 4096 + squares[:, 1]))
