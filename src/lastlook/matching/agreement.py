"""Whether an original really lies where the geometry says: pixel by pixel, after the two were laid over each other.

The item is warped onto the original, the fit is tightened by following small patches (Lucas and Kanade), and around
each pixel the two are compared by normalised correlation, which does not mind other light or colour. Two
photographs of one thing, and two pictures with one logo, agree in places; a copy agrees wherever nothing was laid
over it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from lastlook.matching.features import FRAME

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Luma = NDArray[np.uint8]
    Floats = NDArray[np.float32]
    Map = NDArray[np.float64]  # (3, 3) or (2, 3): units of the original's frame to units of the item's

SIDE = 256  # pixels of the longer side of an original as it is compared
LEAST_SIDE = 56  # pixels; where the original lies smaller in the item, it cannot be compared
WINDOW = 9  # pixels around which correlation is taken
TEXTURE = 2.2  # grey levels of deviation in the window; less is flat
ALIKE, COARSE_ALIKE = 0.7, 0.8  # correlation
COARSE_SIDE = 96  # pixels of the longer side at which noise, dots and blur have gone
AT_FIRST, LEAST_AT_FIRST = 0.5, 0.1  # correlation, and the share that has it, below which nobody looks closer
CORNER = 0.06  # of a structure tensor: determinant by squared trace, 0 along one edge and 1/4 where all directions are
LEAST_CORNERS = 120  # pixels; where there are fewer, corners say little
ENOUGH_AT_FIRST = 56  # pixels of the original in the small item
STEADY = 0.9  # pixels from where the plane says
SETTLED = 0.6  # pixels: a step of less ends the tightening
CELLS = 9  # of a grid over the width


class Agreement(msgspec.Struct, frozen=True):
    """What two pictures laid over each other have in common.

    alike: share of what has texture and is within both, that correlates. close: the mean correlation there.
    steady: of the patches that could be followed, the share that moved as one plane does, 0 where
    none could be followed; two views of one thing do not.
    pixels: how many pixels that are compared have texture. map: the tightened map. inverted: light and dark exchanged.
    mask: (h, w) of the original, 0 outside of the item, 1 flat, 2 unlike, 3 alike; texture: (h, w), grey levels
    of deviation in either.
    """

    alike: float
    coarse: float
    spread: float
    rough_spread: float
    close: float
    steady: float
    pixels: int
    corners: float
    map: Map
    inverted: bool
    mask: NDArray[np.uint8]
    texture: Floats


def agreement(
    original: Luma, item: Luma, placing: Map, *, small: Luma | None = None, inverted: bool = False
) -> Agreement | None:
    """How far the item agrees with the original where `placing` puts it; None where it is too small to tell.

    original, item: luma, their longer sides being one frame of 640 units. small: the item with few pixels, for a first
    sight that is enough for most.
    """
    import cv2
    import numpy as np

    matrix = placing
    side = min(SIDE, _side_in(item, matrix, original))
    if side < LEAST_SIDE or not _at_first_sight(original, item, small, matrix, inverted=inverted):
        return None
    base = _sized(original, side)
    warped = _warped(item, matrix, base)
    steady = 0.0
    for _ in range(2):
        followed = _tightened(255 - base if inverted else base, warped, _valid(item, matrix, base))
        if followed is None:
            break
        tighter, steady = followed
        moved = float(np.abs(tighter - np.eye(3))[:2].max())
        unit = FRAME / _longest(base)
        into = np.array([[unit, 0, unit / 2], [0, unit, unit / 2], [0, 0, 1]])
        matrix = matrix @ into @ tighter @ np.linalg.inv(into)
        warped = _warped(item, matrix, base)
        if moved < SETTLED:
            break
    valid = _valid(item, matrix, base)
    correlation, texture = _correlation(base, warped)
    coarse, coarse_texture = _correlation(_sized(base, COARSE_SIDE), _sized(warped, COARSE_SIDE))
    if inverted:
        correlation, coarse = -correlation, -coarse
    textured = valid & (texture > TEXTURE)
    alike = textured & (correlation > ALIKE)
    within = np.asarray(cv2.resize(valid.astype(np.uint8), coarse.shape[::-1], interpolation=cv2.INTER_NEAREST)) > 0
    rough = within & (coarse_texture > TEXTURE)
    rough_alike = rough & (coarse > COARSE_ALIKE)
    pixels, rough_pixels = int(textured.sum()), int(rough.sum())
    return Agreement(
        alike=float(alike.sum()) / max(pixels, 1),
        coarse=float(rough_alike.sum()) / max(rough_pixels, 1),
        spread=_spread(textured, alike),
        rough_spread=_spread(rough, rough_alike),
        close=float(correlation[alike].mean()) if alike.any() else 0.0,
        steady=steady,
        pixels=pixels,
        corners=_at_corners(base, textured, alike),
        map=matrix,
        inverted=inverted,
        mask=valid.astype(np.uint8) + textured + alike,
        texture=texture,
    )


def _at_corners(base: Luma, textured: NDArray[np.bool_], alike: NDArray[np.bool_]) -> float:
    """The share that is alike where edges run in more than one direction: stripes agree with all other stripes."""
    import cv2
    import numpy as np

    soft = cv2.GaussianBlur(base, (0, 0), 1.0).astype(np.float32)
    dx, dy = cv2.Sobel(soft, -1, 1, 0), cv2.Sobel(soft, -1, 0, 1)
    window = (WINDOW + 2, WINDOW + 2)
    xx, yy, xy = cv2.blur(dx * dx, window), cv2.blur(dy * dy, window), cv2.blur(dx * dy, window)
    corner = textured & ((xx * yy - xy * xy) > CORNER * (xx + yy) ** 2)
    return float(np.count_nonzero(corner & alike)) / max(int(np.count_nonzero(corner)), LEAST_CORNERS)


def _at_first_sight(original: Luma, item: Luma, small: Luma | None, matrix: Map, *, inverted: bool) -> bool:
    """Whether the two have anything in common at a small size, before anything is tightened."""
    import numpy as np

    if small is not None and _side_in(small, matrix, original) >= ENOUGH_AT_FIRST:
        item = small
    base = _sized(original, COARSE_SIDE)
    correlation, texture = _correlation(base, _warped(item, matrix, base))
    textured = _valid(item, matrix, base) & (texture > TEXTURE)
    alike = textured & ((-correlation if inverted else correlation) > AT_FIRST)
    return bool(np.count_nonzero(alike) >= LEAST_AT_FIRST * max(int(np.count_nonzero(textured)), 1))


def _spread(textured: NDArray[np.bool_], alike: NDArray[np.bool_]) -> float:
    """Of the cells of a grid that have texture, the share in which a third of it is alike."""
    import cv2
    import numpy as np

    size = (CELLS, max(round(CELLS * textured.shape[0] / textured.shape[1]), 2))
    there = np.asarray(cv2.resize(textured.astype(np.float32), size, interpolation=cv2.INTER_AREA))
    same = np.asarray(cv2.resize(alike.astype(np.float32), size, interpolation=cv2.INTER_AREA))
    counted = there > 0.08
    return float((same[counted] > there[counted] / 3).mean()) if counted.any() else 0.0


def _longest(luma: Luma) -> int:
    return max(int(luma.shape[0]), int(luma.shape[1]))


def _sized(luma: Luma, side: int) -> Luma:
    from lastlook.matching.features import resized

    return resized(luma, side)


def _side_in(item: Luma, matrix: Map, original: Luma) -> int:
    """How long the original's longer side is in pixels of the item."""
    import numpy as np

    area = abs(float(np.linalg.det(matrix[:2, :2])))
    return int(_longest(item) * area**0.5) if area > 0 else 0


def _pixel_map(item: Luma, matrix: Map, base: Luma) -> Map:
    """Pixels of `base` to pixels of the item. Centres of pixels are at a half."""
    import numpy as np

    unit, item_unit = FRAME / _longest(base), _longest(item) / FRAME
    into = np.array([[unit, 0, unit / 2], [0, unit, unit / 2], [0, 0, 1]])
    out = np.array([[item_unit, 0, -0.5], [0, item_unit, -0.5], [0, 0, 1]])
    return np.asarray(out @ matrix @ into, np.float64)


def _warped(item: Luma, matrix: Map, base: Luma) -> Luma:
    import cv2
    import numpy as np

    pixels = _pixel_map(item, matrix, base)
    size = (base.shape[1], base.shape[0])
    shrink = float(np.linalg.norm(pixels[:2, 0]))
    source = item
    if shrink > 1.5:  # otherwise one pixel in so many would be looked at
        source = _sized(item, max(round(_longest(item) / shrink), 8))
        sx, sy = source.shape[1] / item.shape[1], source.shape[0] / item.shape[0]
        pixels = np.array([[sx, 0, sx / 2 - 0.5], [0, sy, sy / 2 - 0.5], [0, 0, 1]]) @ pixels
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(source, pixels, size, flags=how, borderMode=cv2.BORDER_REPLICATE))


def _valid(item: Luma, matrix: Map, base: Luma) -> NDArray[np.bool_]:
    """Which pixels of the original lie within the item, a pixel and a half from its edges."""
    import numpy as np

    pixels = _pixel_map(item, matrix, base).astype(np.float32)
    y, x = np.arange(base.shape[0], dtype=np.float32)[:, None], np.arange(base.shape[1], dtype=np.float32)[None, :]
    w = pixels[2, 0] * x + pixels[2, 1] * y + pixels[2, 2]
    u = (pixels[0, 0] * x + pixels[0, 1] * y + pixels[0, 2]) / w
    v = (pixels[1, 0] * x + pixels[1, 1] * y + pixels[1, 2]) / w
    inside: NDArray[np.bool_] = (w > 0) & (u >= 1) & (v >= 1) & (u <= item.shape[1] - 2) & (v <= item.shape[0] - 2)
    return inside


def _tightened(base: Luma, warped: Luma, valid: NDArray[np.bool_]) -> tuple[Map, float] | None:
    """The homography from pixels of `base` to those of `warped`, by following patches, and how steady it is.

    None where there are too few patches to follow.
    """
    import cv2
    import numpy as np

    points = cv2.goodFeaturesToTrack(base, 160, 0.01, _longest(base) / 32, mask=valid.astype(np.uint8))
    if points is None or len(points) < 10:
        return None
    settings: dict[str, Any] = {"winSize": (15, 15), "maxLevel": 3, "nextPts": None}
    there, found, _ = cv2.calcOpticalFlowPyrLK(base, warped, points, **settings)
    back, found_back, _ = cv2.calcOpticalFlowPyrLK(warped, base, there, **settings)
    sound = (np.asarray(found) & np.asarray(found_back)).ravel().astype(bool) & (
        np.linalg.norm((back - points).reshape(-1, 2), axis=1) < 1.0
    )
    if sound.sum() < 10:
        return None
    matrix, kept = cv2.findHomography(points[sound], there[sound], cv2.RANSAC, 1.5)
    if matrix is None or kept.sum() < max(8, 0.3 * len(points)):
        return None
    size = np.linalg.svd(matrix[:2, :2], compute_uv=False)
    if not 0.7 < size[1] <= size[0] < 1.4:
        return None
    moved = cv2.perspectiveTransform(points[sound], matrix) - there[sound]
    steady = float((np.linalg.norm(moved.reshape(-1, 2), axis=1) < STEADY).mean())
    return np.asarray(matrix, np.float64), steady


def _correlation(base: Luma, warped: Luma) -> tuple[Floats, Floats]:
    """Around each pixel: normalised correlation, and the greater deviation of the two, in grey levels."""
    import cv2
    import numpy as np

    window = (WINDOW, WINDOW)
    a, b = (cv2.GaussianBlur(each, (0, 0), 0.7).astype(np.float32) for each in (base, warped))

    def mean(values: Floats) -> Floats:
        return np.asarray(cv2.blur(values, window))

    ma, mb = mean(a), mean(b)
    va, vb = np.maximum(mean(a * a) - ma * ma, 0), np.maximum(mean(b * b) - mb * mb, 0)
    correlation = (mean(a * b) - ma * mb) / np.sqrt((va + 1.0) * (vb + 1.0))
    return np.asarray(correlation, np.float32), np.asarray(np.sqrt(np.maximum(va, vb)), np.float32)
