"""What the registered assets have in common among themselves: templates, logos, pack shots. It is evidence for none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lastlook.matching.agreement import agreement
from lastlook.matching.candidates import Candidates, Item
from lastlook.matching.features import resized
from lastlook.matching.fingerprint import Fingerprint, part
from lastlook.matching.judging import sureness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Luma = NDArray[np.uint8]
    Shared = NDArray[np.float32]  # (32, 32) over the original: share of each cell that others have too

CELLS = 32
LEAST_SUPPORT = 6  # pairs: less is no template
ONE_PICTURE = 0.75  # of the texture alike: two registrations of one picture, not a template


def shared_by(registered: Sequence[Fingerprint], renditions: Sequence[Luma], candidates: Candidates) -> list[Shared]:
    """For each registered asset, what others share with it. Each is looked at as if it were an item."""
    import cv2
    import numpy as np

    shared: list[Shared] = [np.zeros((CELLS, CELLS), np.float32) for _ in registered]
    for number, one in enumerate(registered):
        item = Item(resized(renditions[number], 640), part(one, 0), (), ())
        for candidate in candidates.by_features(item):
            if candidate.original == number or candidate.support < LEAST_SUPPORT or candidate.inverted:
                continue
            found = agreement(renditions[candidate.original], item.luma, candidate.map)
            if found is None or found.alike > ONE_PICTURE or sureness(found, candidate).odds < -3:
                continue
            cells = cv2.resize((found.mask == 3).astype(np.float32), (CELLS, CELLS), interpolation=cv2.INTER_AREA)
            np.maximum(shared[candidate.original], cells, out=shared[candidate.original])
    return shared


def own_share(mask: NDArray[np.uint8], shared: Shared) -> tuple[float, float]:
    """Of the texture within both that is the original's own, the share alike; and of what is alike, the share that is not."""
    import cv2
    import numpy as np

    size = (mask.shape[1], mask.shape[0])
    theirs = np.asarray(cv2.resize(shared, size, interpolation=cv2.INTER_LINEAR)) > 0.15
    textured, alike = mask >= 2, mask == 3
    own = textured & ~theirs
    share = float(np.count_nonzero(alike & own)) / max(int(np.count_nonzero(own)), 1)
    return share, float(np.count_nonzero(alike & theirs)) / max(int(np.count_nonzero(alike)), 1)
