"""What an item is to an original: the same file, a crop of it, a picture that contains it, and so on. One word each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from lastlook.matching.agreement import Agreement
from lastlook.matching.features import FRAME

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Map = NDArray[np.float64]
    Colours = NDArray[np.uint8]

Relation = Literal[
    "exact", "re_encoded", "crop", "contains", "overlaid", "mirrored", "recoloured", "rephotographed", "shares_element"
]
RELATIONS: tuple[Relation, ...] = get_args(Relation)

WHOLE = 0.965  # of a picture, from which on it is all of it
WITHIN = 0.93  # of an item; what fills less of it has something around it
COVERED = 0.12  # of what has texture; more that is unlike lies under something
UNTOUCHED = 0.93  # mean correlation of what is alike: nothing was done to it, so the rest lies under something
OTHER_COLOURS = 26.0  # levels of 255 between the colours of two pictures, in the mean
VANISHING = 0.045  # how much nearer one side is than the other, from which on somebody held a camera


class Shape(msgspec.Struct, frozen=True):
    """How an original lies in an item.

    original: share of the original that is there and alike or flat; item: share of the item that it fills;
    visible: share of the original that lies within the item; box: left, top, width, height in pixels of the item;
    corners: of the original in pixels of the item, clockwise from its own top left.
    """

    original: float
    item: float
    visible: float
    box: tuple[int, int, int, int]
    corners: tuple[tuple[float, float], ...]
    mirrored: bool
    vanishing: float


def shape_of(
    found: Agreement, frame: tuple[float, float], item_frame: tuple[float, float], item_size: tuple[int, int]
) -> Shape:
    """Where the original lies. frame, item_frame: width and height in units; item_size: in pixels of the whole item."""
    import cv2
    import numpy as np

    width, height = frame
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    there = np.column_stack([corners, np.ones(4)]) @ found.map.T
    places = there[:, :2] / there[:, 2:]
    item = np.array([[0, 0], [item_frame[0], 0], list(item_frame), [0, item_frame[1]]], np.float32)
    area, _ = cv2.intersectConvexConvex(places.astype(np.float32), item)
    whole = float(item_frame[0] * item_frame[1])
    own = abs(float(cv2.contourArea(places.astype(np.float32))))
    inside = np.clip(places, 0, np.array(item_frame))
    unit = item_size[0] / item_frame[0]
    (left, top), (right, bottom) = inside.min(axis=0) * unit, inside.max(axis=0) * unit
    weights = there[:, 2] / there[:, 2].mean()
    return Shape(
        original=float(np.count_nonzero((found.mask == 1) | (found.mask == 3))) / found.mask.size,
        item=min(float(area) / whole, 1.0),
        visible=min(float(area) / max(own, 1e-9), 1.0),
        box=(int(left), int(top), max(round(right - left), 1), max(round(bottom - top), 1)),
        corners=tuple((float(x * unit), float(y * unit)) for x, y in places),
        mirrored=bool(np.linalg.det(found.map[:2, :2]) < 0),
        vanishing=float(weights.max() - weights.min()),
    )


def relation_of(found: Agreement, shape: Shape, colours_apart: Callable[[], float]) -> Relation:
    """The one word that says most. colours_apart: gives the levels between the two in the mean, where that is asked."""
    if shape.mirrored:
        return "mirrored"
    if shape.vanishing > VANISHING and shape.visible > WITHIN:
        return "rephotographed"
    if shape.item < WITHIN and shape.visible > 0.5:
        return "contains"
    if shape.visible < WHOLE:
        return "crop"
    if max(found.alike, found.coarse) < 1 - COVERED and found.close > UNTOUCHED:
        return "overlaid"
    if found.inverted or colours_apart() > OTHER_COLOURS:
        return "recoloured"
    return "re_encoded"


def colours_apart(original: Colours, item: Colours, placing: Map) -> float:
    """Levels of 255 in the mean between an original's small rendition in colour and the item where it lies."""
    import cv2
    import numpy as np

    unit, item_unit = FRAME / max(original.shape[:2]), max(item.shape[:2]) / FRAME
    into = np.diag([item_unit, item_unit, 1.0]) @ placing @ np.diag([unit, unit, 1.0])
    size = (original.shape[1], original.shape[0])
    shown = cv2.warpPerspective(item, into, size, flags=cv2.INTER_AREA | cv2.WARP_INVERSE_MAP, borderValue=(0, 0, 0))
    there = cv2.warpPerspective(np.full(item.shape[:2], 255, np.uint8), into, size, flags=cv2.WARP_INVERSE_MAP) > 250
    if not there.any():
        return 0.0
    return float(np.abs(shown[there].astype(np.int16) - original[there].astype(np.int16)).mean())
