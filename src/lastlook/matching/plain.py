"""The route for plain pictures: flat colour and soft gradients, which have no texture to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Luma = NDArray[np.uint8]
    Colours = NDArray[np.uint8]

SIDE = 24  # pixels at which the two are laid over each other
MOST_STRETCH = 1.1
MEAN_LEVELS, MOST_LEVELS = 3.5, 14.0  # of 255, between the two; compression moves plain colours by less
PLAIN = 7.0  # levels of deviation in a window at the size of comparison; more is texture, and not for this route


def is_plain(luma: Luma) -> bool:
    """Whether there is next to no texture at a small size."""
    import cv2
    import numpy as np

    small = cv2.resize(luma, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    return float(np.abs(small - cv2.blur(small, (3, 3))).mean()) <= PLAIN


def same_shape(luma: Luma, original: Luma) -> bool:
    """Whether width by height is nearly the same."""
    shape, other = luma.shape[1] / luma.shape[0], original.shape[1] / original.shape[0]
    return bool(1 / MOST_STRETCH < shape / other < MOST_STRETCH)


def same_colours(colours: Colours, original: Colours) -> bool:
    """Whether two pictures have the same colours in the same places."""
    import cv2
    import numpy as np

    a = cv2.resize(colours, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    b = cv2.resize(original, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    apart = np.abs(a - b).max(axis=2)
    return bool(apart.mean() <= MEAN_LEVELS and apart.max() <= MOST_LEVELS)
