"""What is kept of a picture so that its copies can be found: hashes, local features, and a small grey rendition.

A fingerprint names the algorithm, scale and decoder that it was made with, and is never compared with one made
otherwise. It is made once, when a picture is cleared or registered; finding reads fingerprints, not originals.
"""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from lastlook.errors import LastlookError
from lastlook.matching import decoding, pdq
from lastlook.matching import features as local

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Luma = NDArray[np.uint8]

ALGORITHM = f"lastlook-1;pdq;{local.ALGORITHM};{decoding.DECODER}"
PLAIN_SIDES = ((800, 650), (400, 330), (200, 140))  # pixels of the longer side, and features taken there
MIRRORED_SIDES = ((640, 420), (300, 200))
INVERTED_SIDES = ((400, 280),)
RENDITION_SIDE, COLOUR_SIDE = 320, 48
KINDS = ("plain", "mirrored", "inverted")


class Part(msgspec.Struct, frozen=True):
    """Features as bytes. places: four little-endian float32 each; bits: 32 bytes each."""

    places: bytes
    bits: bytes


class Fingerprint(msgspec.Struct, frozen=True):
    """One picture. forms: its hashes in the order of `pdq.DIHEDRAL`; parts: its features in the order of `KINDS`."""

    algorithm: str
    sha256: str
    size: tuple[int, int]  # width, height in its own pixels, upright
    forms: tuple[pdq.Hash, ...]
    parts: tuple[Part, ...]
    rendition: bytes  # PNG, luma
    colour: bytes  # PNG, RGB

    @property
    def hash(self) -> pdq.Hash:
        return self.forms[0]


def fingerprint(data: bytes) -> Fingerprint:
    """The fingerprint of the picture in these bytes. Raises LastlookError as `decoding.decoded` does."""
    import numpy as np

    picture = decoding.decoded(data)
    luma = np.asarray(picture.luma, np.uint8)
    mirrored = np.ascontiguousarray(luma[:, ::-1])
    turned = ((luma, PLAIN_SIDES), (mirrored, MIRRORED_SIDES), (255 - luma, INVERTED_SIDES))
    others = [local.features(np.asarray(view, np.uint8), side=400, count=200) for view in picture.views[1:]]
    parts = [
        local.joined([local.features(shown, side=side, count=count) for side, count in sides])
        for shown, sides in turned
    ]
    parts[0] = local.joined([parts[0], *others])
    return Fingerprint(
        algorithm=ALGORITHM,
        sha256=hashlib.sha256(data).hexdigest(),
        size=picture.size,
        forms=pdq.dihedral(luma),
        parts=tuple(Part(part.places.astype("<f4").tobytes(), part.bits.tobytes()) for part in parts),
        rendition=_png(local.resized(luma, RENDITION_SIDE)),
        colour=_png(decoding.colours(data, COLOUR_SIDE)),
    )


def dumped(one: Fingerprint) -> bytes:
    """A fingerprint as bytes (MessagePack)."""
    return msgspec.msgpack.encode(one)


def loaded(data: bytes) -> Fingerprint:
    """The fingerprint in these bytes. Raises LastlookError for what is none, or was made by another algorithm."""
    try:
        one = msgspec.msgpack.decode(data, type=Fingerprint)
    except msgspec.MsgspecError as error:
        raise LastlookError("It is no fingerprint.", remedy="Make it again from the picture.") from error
    if one.algorithm != ALGORITHM:
        what = f"The fingerprint was made by {one.algorithm}, and is not comparable."
        raise LastlookError(what, remedy="Make it again from the picture.")
    return one


def part(one: Fingerprint, number: int) -> local.Features:
    """The features of one kind, as arrays."""
    import numpy as np

    kept = one.parts[number]
    places = np.frombuffer(kept.places, "<f4").reshape(-1, 4)
    return local.Features(places, np.frombuffer(kept.bits, np.uint8).reshape(-1, 32))


@functools.lru_cache(maxsize=4096)
def pixels(png: bytes) -> NDArray[Any]:
    """A rendition as an array, (height, width) or (height, width, 3)."""
    import io

    import numpy as np
    from PIL import Image

    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        return np.asarray(image)


def _png(shown: NDArray[Any]) -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(shown).save(out, "PNG", optimize=False)
    return out.getvalue()
