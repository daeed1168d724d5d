"""What the registered assets have in common among themselves: templates, logos, pack shots. It is evidence for none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from lastlook.matching.agreement import agreement
from lastlook.matching.candidates import SMALL_SIDE, Candidates, Item
from lastlook.matching.features import resized
from lastlook.matching.fingerprint import Fingerprint, part
from lastlook.matching.judging import sureness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Luma = NDArray[np.uint8]
    Shared = NDArray[np.float32]  # (32, 32) over the original: share of each cell that others have too

CELLS = 32
STRONG = 24.0  # grey levels of deviation; more counts for no more
IN_COMMON = 0.3  # of a cell that others have too
LEAST_ODDS = -1.5
LEAST_SUPPORT = 6  # pairs: less is no template
ONE_PICTURE = 0.75  # of the texture alike: two registrations of one picture, not a template


def shared_by(registered: Sequence[Fingerprint], renditions: Sequence[Luma], candidates: Candidates) -> list[Shared]:
    """For each registered asset, what others share with it. Each is looked at as if it were an item."""
    import cv2
    import numpy as np

    shared: list[Shared] = [np.zeros((CELLS, CELLS), np.float32) for _ in registered]
    for number, one in enumerate(registered):
        luma = resized(renditions[number], 640)
        item = Item(luma, resized(luma, SMALL_SIDE), part(one, 0), (), ())
        for candidate in candidates.by_features(item, but=number):
            if candidate.support < LEAST_SUPPORT or candidate.inverted:
                continue
            found = agreement(renditions[candidate.original], item.luma, candidate.map, small=item.small)
            if found is None or found.alike > ONE_PICTURE or sureness(found, candidate).odds < LEAST_ODDS:
                continue
            cells = cv2.resize((found.mask == 3).astype(np.float32), (CELLS, CELLS), interpolation=cv2.INTER_AREA)
            np.maximum(shared[candidate.original], cells, out=shared[candidate.original])
    return shared


class Own(msgspec.Struct, frozen=True):
    """What an agreement rests on, in shares of texture.

    rest: how much of the texture within both is the original's own; own: of that, the share alike; common: of what
    others have too, the share alike; whole: of all, the share alike; discounted: of what is alike, the others' share.
    """

    rest: float
    whole: float
    own: float
    common: float
    discounted: float


def own_share(mask: NDArray[np.uint8], texture: Shared, shared: Shared) -> Own:
    """How far an agreement rests on what is the original's own. mask, texture: as of `agreement.Agreement`.

    Strong texture counts for more: grain and the traces of compression are alike in nothing.
    """
    import cv2
    import numpy as np

    theirs = np.asarray(cv2.resize(shared, mask.shape[::-1], interpolation=cv2.INTER_LINEAR)) > IN_COMMON
    textured, alike = mask >= 2, mask == 3
    weight = np.minimum(texture, STRONG)

    def share(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> float:
        return float(weight[part].sum()) / max(float(weight[whole].sum()), 1.0)

    return Own(
        rest=share(textured & ~theirs, textured),
        own=share(alike & ~theirs, textured & ~theirs),
        whole=share(alike, textured),
        common=share(alike & theirs, textured & theirs),
        discounted=share(alike & theirs, alike),
    )
