"""Bytes of a picture become luma, always by the same way, so that equal pictures give equal fingerprints.

The way, which `ALGORITHM` names: Pillow decodes; the orientation tag is applied; palette, one bit, sixteen bits,
CMYK and YCCK become what a screen shows; an embedded profile that is not sRGB is converted to sRGB; what can be
seen through stands on white (and, among the other views of a picture, on black); of an animation the first frame
counts, and up to seven others are further views. A large JPEG is decoded at a half, a quarter or an eighth by its
own cosine transform, to the smallest that keeps 1,000 pixels on the longer side; nothing is resized.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from lastlook.errors import LastlookError
from lastlook.limits import FORMATS, MAX_FILE_BYTES, MAX_PIXELS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Luma = NDArray[np.uint8]  # (height, width), 0..255 by ITU-R BT.601
    ExactLuma = NDArray[np.float32]  # the same before rounding
    Colours = NDArray[np.uint8]  # (height, width, 3): red, green, blue

DECODER = "pillow/luma-601/white/dct-1000"
KEPT_SIDE = 1000  # pixels of the longer side that scaled decoding keeps
SRGB = ("sRGB".encode("ascii"), "sRGB".encode("utf-16-be"))  # what such a profile calls itself
MAX_VIEWS = 8  # of one picture: the first frame, and others spread over the animation
SWAPPED_SIDES = frozenset({5, 6, 7, 8})  # values of the orientation tag that turn by 90 degrees


class Decoded(msgspec.Struct, frozen=True):
    """One picture as luma. `size`: width and height of the whole picture upright, in its own pixels."""

    size: tuple[int, int]
    views: tuple[Luma | ExactLuma, ...]  # the first is the picture; the others are further frames, or it on black

    @property
    def luma(self) -> Luma | ExactLuma:
        return self.views[0]


def decoded(data: bytes, *, full_size: bool = False) -> Decoded:
    """The picture in these bytes as luma. `full_size`: every pixel and fractions, as the reference of PDQ takes it.

    Raises LastlookError for what is no picture, is broken or incomplete, or has more than 300 million pixels.
    """
    with _opened(data) as image:
        size = _upright_size(image)
        luma = _exact_luma if full_size else _luma
        views = tuple(luma(frame) for frame in _frames(image, full_size=full_size))
    return Decoded(size, views)


def colours(data: bytes, longest: int, *, view: int = 0) -> Colours:
    """A view in the colours that a screen shows, at most `longest` pixels a side. Raises as `decoded`.

    view: by its number in `Decoded.views`
    """
    import numpy as np

    with _opened(data) as image:
        count = _frame_count(image)
        image.draft("RGB", _scaled(image.size, longest))
        if count > 1:
            image.seek(_frame_number(view, count))
        shown = _upright(_on(_in_srgb(image), 0 if view and count <= 1 else 255), image)
        shown.thumbnail((longest, longest))
        return np.asarray(shown.convert("RGB"))


class _opened:  # noqa: N801 - reads as what it gives, `with _opened(data) as image`
    """An image with our limits, in which all that a decoder raises has become one kind of error."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.quiet = warnings.catch_warnings()

    def __enter__(self) -> Image:
        from PIL import Image as Images

        if len(self.data) > MAX_FILE_BYTES:
            raise LastlookError("It has more than 2 GiB.", remedy="Export a smaller version.")
        Images.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow warns above this and refuses above twice as much
        self.quiet.__enter__()
        warnings.simplefilter("ignore")
        try:
            image = Images.open(io.BytesIO(self.data), formats=FORMATS)
        except BaseException as error:
            self.__exit__(type(error), error)
            raise
        if image.width * image.height > MAX_PIXELS:
            self.quiet.__exit__(None, None, None)
            raise _too_many_pixels()
        return image

    def __exit__(self, kind: object, error: BaseException | None, *_: object) -> None:
        from PIL import Image as Images

        self.quiet.__exit__(None, None, None)
        if isinstance(error, Images.DecompressionBombError):
            raise _too_many_pixels() from error
        if isinstance(error, Exception) and not isinstance(error, LastlookError | MemoryError):
            # Decoders raise whatever a broken file makes of them.
            what = "It is empty." if not self.data else "It cannot be decoded: it is no picture, broken or incomplete."
            raise LastlookError(what, remedy=f"Save it again as {', '.join(FORMATS[:4])}.") from error


def _too_many_pixels() -> LastlookError:
    return LastlookError(f"It has more than {MAX_PIXELS // 1_000_000} million pixels.", remedy="Export it smaller.")


def _orientation(image: Image) -> int:
    value = image.getexif().get(0x0112, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _upright_size(image: Image) -> tuple[int, int]:
    width, height = image.size
    return (height, width) if _orientation(image) in SWAPPED_SIDES else (width, height)


def _scaled(size: tuple[int, int], kept: int) -> tuple[int, int]:
    """The size at the smallest scale of 1, 1/2, 1/4, 1/8 that keeps so many pixels on the longer side."""
    scale = next((scale for scale in (8, 4, 2) if max(size) >= kept * scale), 1)
    return size[0] // scale, size[1] // scale


def _frames(image: Image, *, full_size: bool) -> Iterator[Image]:
    """The views of a picture, upright and in one of the modes L and RGB."""
    count = _frame_count(image)
    if count <= 1:
        if not full_size and image.format == "JPEG":
            image.draft("RGB" if _other_profile(image) else "L", _scaled(image.size, KEPT_SIDE))
        shown = _in_srgb(image)
        yield _upright(_on(shown, 255), image)
        if _seen_through(shown):
            yield _upright(_on(shown, 0), image)
        return
    for view in range(min(count, MAX_VIEWS)):
        image.seek(_frame_number(view, count))
        yield _upright(_on(_in_srgb(image), 255), image)


def _frame_count(image: Image) -> int:
    return int(getattr(image, "n_frames", 1)) if image.format in ("GIF", "WEBP", "PNG", "AVIF") else 1


def _frame_number(view: int, count: int) -> int:
    """Which frame of an animation is a view: the first, the last, and others evenly between."""
    return view * (count - 1) // max(min(count, MAX_VIEWS) - 1, 1)


def _other_profile(image: Image) -> bytes | None:
    """The embedded profile, where it is one and not sRGB by its own words."""
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or any(name in profile[:4096] for name in SRGB):
        return None
    return profile


def _in_srgb(image: Image) -> Image:
    """The picture in L, RGB or, where it can be seen through, RGBA; in the colours that a screen shows."""
    from PIL import Image as Images
    from PIL import ImageCms

    profile = _other_profile(image)
    if profile is not None and image.mode in ("RGB", "CMYK"):
        try:
            source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError):  # a profile that says nothing usable: the picture as it is
            pass
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return Images.fromarray(_eight_bits(image))
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in ("L", "1") else "RGB")


def _eight_bits(image: Image) -> Luma:
    """Sixteen bits and more, scaled to eight: by 257 where the format says sixteen, else by what the values span."""
    import numpy as np

    values = np.asarray(image).astype(np.float64)
    if not image.mode.startswith("I;16") and image.format != "PNG":
        low, high = float(values.min(initial=0)), float(values.max(initial=0))
        if low >= 0 and high <= 255:
            return values.astype(np.uint8)
        values = (values - low) * (65535 / max(high - low, 1e-9))
    scaled: Luma = np.clip(values / 257 + 0.5, 0, 255).astype(np.uint8)
    return scaled


def _seen_through(image: Image) -> bool:
    if image.mode != "RGBA":
        return False
    low, _ = image.getchannel("A").getextrema()
    return isinstance(low, int | float) and low < 255


def _on(image: Image, ground: int) -> Image:
    from PIL import Image as Images

    if image.mode != "RGBA":
        return image
    whole = Images.new("RGBA", image.size, (ground, ground, ground, 255))
    whole.alpha_composite(image)
    return whole.convert("RGB")


def _upright(shown: Image, image: Image) -> Image:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turns.get(_orientation(image))
    return shown if turn is None else shown.transpose(turn)


def _luma(image: Image) -> Luma:
    import numpy as np

    return np.asarray(image if image.mode == "L" else image.convert("L"))


def _exact_luma(image: Image) -> ExactLuma:
    import numpy as np

    weights = np.array([0.299, 0.587, 0.114], np.float32)
    return np.asarray(image.convert("RGB")).astype(np.float32) @ weights
