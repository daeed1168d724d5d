"""The route for plain pictures: flat colour and soft gradients, which have no texture to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Luma = NDArray[np.uint8]
    Colours = NDArray[np.uint8]

SIDE = 24  # pixels at which the two are laid over each other
MEAN_LEVELS, MOST_LEVELS = 3.5, 14.0  # of 255, between the two; compression moves plain colours by less
PLAIN = 7.0  # levels of deviation in a window at the size of comparison; more is texture, and not for this route


def same_plain_picture(luma: Luma, colours: Colours, original: Luma, original_colours: Colours) -> bool:
    """Whether both are plain, of nearly one shape, and have the same colours in the same places."""
    import cv2
    import numpy as np

    shape, other = luma.shape[1] / luma.shape[0], original.shape[1] / original.shape[0]
    if not 0.9 < shape / other < 1.1:
        return False
    small = cv2.resize(luma, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    if float(np.abs(small - cv2.blur(small, (3, 3))).mean()) > PLAIN:
        return False
    a = cv2.resize(colours, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    b = cv2.resize(original_colours, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    apart = np.abs(a - b).max(axis=2)
    return bool(apart.mean() <= MEAN_LEVELS and apart.max() <= MOST_LEVELS)
