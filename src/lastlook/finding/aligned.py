"""Small pictures of a match for a page: the original, the item where it lies, and that laid over the original."""

from __future__ import annotations

from pathlib import Path

import msgspec

from lastlook.errors import LastlookError
from lastlook.finding.rows import Found
from lastlook.limits import MAX_FILE_BYTES
from lastlook.matching.decoding import colours

SIDE = 420  # pixels


class Shown(msgspec.Struct, frozen=True):
    """JPEGs, in sRGB and without metadata. item_size and corners: in pixels of the small item."""

    original: bytes
    item: bytes
    laid_over: bytes  # what the item has where the original lies, in the original's frame
    original_size: tuple[int, int]
    item_size: tuple[int, int]
    corners: tuple[tuple[float, float], ...]


def shown(original: Path, item: Path, match: Found, size: tuple[int, int]) -> Shown | None:
    """The pictures of one match, or None where a file is no longer what it was. size: of the item, in pixels."""
    import cv2
    import numpy as np

    try:
        ours = colours(original.read_bytes()[: MAX_FILE_BYTES + 1], SIDE)
        theirs = colours(item.read_bytes()[: MAX_FILE_BYTES + 1], SIDE, view=match.frame)
    except (OSError, LastlookError):
        return None
    scale = theirs.shape[1] / max(size[0], 1)
    corners = np.array(match.corners, np.float32) * scale
    height, width = ours.shape[:2]
    frame = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), frame)
    over = cv2.warpPerspective(theirs, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(128, 128, 128))
    return Shown(
        original=_jpeg(ours), item=_jpeg(theirs), laid_over=_jpeg(np.asarray(over)),
        original_size=(width, height), item_size=(theirs.shape[1], theirs.shape[0]),
        corners=tuple((float(x), float(y)) for x, y in corners),
    )  # fmt: skip


def size_of(item: Path) -> tuple[int, int]:
    """Width and height of a picture upright, by its header; (0, 0) where that cannot be read."""
    from PIL import Image

    from lastlook.limits import FORMATS

    try:
        with Image.open(item, formats=FORMATS) as image:
            turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            return (image.height, image.width) if turned else (image.width, image.height)
    except (OSError, ValueError, SyntaxError):
        return 0, 0


def _jpeg(pixels: object) -> bytes:
    import io

    import numpy as np
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(np.asarray(pixels, np.uint8)).save(out, "JPEG", quality=82)
    return out.getvalue()
