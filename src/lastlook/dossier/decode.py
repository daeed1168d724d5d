"""The child process that decodes one picture: `python -m lastlook.dossier.decode SHA256 <picture >thumbnail`.

A decoder of hostile files is the one part of a check that may run out of memory, time or sense. So it runs by itself,
under limits it cannot lift again, is given open files and no names, and says what happened with its exit code. It gives
a thumbnail of exactly the bytes that were judged, or none.
"""

from __future__ import annotations

import hashlib
import sys
import warnings
from typing import TYPE_CHECKING, BinaryIO

from lastlook.digests import READ_AT_ONCE_BYTES
from lastlook.limits import FORMATS, MAX_PIXELS, limit_this_process

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 640  # pixels
MAX_MEMORY_BYTES = 2 << 30  # 300 million pixels with transparency are 1.2 GB
MAX_CPU_SECONDS = 30
MAX_THUMBNAIL_BYTES = 4 << 20

# Exit codes. What ends the process from outside (a signal, a limit) has others.
MADE, NOT_A_PICTURE, TOO_MANY_PIXELS, TOO_MUCH_MEMORY, CHANGED = 0, 10, 11, 12, 13


def main(sha256: str) -> int:
    """Decode what stands on standard input, write the thumbnail to standard output."""
    limit_this_process(memory_bytes=MAX_MEMORY_BYTES, cpu_seconds=MAX_CPU_SECONDS, written_bytes=MAX_THUMBNAIL_BYTES)
    picture, thumbnail = sys.stdin.buffer, sys.stdout.buffer
    if _sha256_of(picture) != sha256:
        return CHANGED
    picture.seek(0)
    from PIL import Image  # after the limits are set

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow warns above this and refuses above twice as much
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _write_small(picture, thumbnail)
    except Image.DecompressionBombError:
        return TOO_MANY_PIXELS
    except MemoryError:
        return TOO_MUCH_MEMORY
    except Exception:  # noqa: BLE001 - decoders raise whatever a broken file makes of them; none of it is a thumbnail
        return NOT_A_PICTURE
    return MADE


def _sha256_of(picture: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := picture.read(READ_AT_ONCE_BYTES):
        digest.update(chunk)
    return digest.hexdigest()


def _write_small(picture: BinaryIO, thumbnail: BinaryIO) -> None:
    from PIL import Image, ImageOps

    with Image.open(picture, formats=FORMATS) as image:
        if image.width * image.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        image.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))  # a large JPEG is decoded at a fraction of its size
        profile = image.info.get("icc_profile")
        if image.mode in ("P", "1") and image.width * image.height <= MAX_PIXELS // 10:
            image.apply_transparency()
            small: Image.Image = image.convert("RGBA")  # colours of a palette cannot be averaged
        else:
            small = image
        small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(small) or small
        rgb = _on_grey(_in_srgb(upright, profile))
        clean = Image.frombytes("RGB", rgb.size, rgb.tobytes())  # pixels, and nothing else that the file carried
        clean.save(thumbnail, "JPEG", quality=82, optimize=True, progressive=True)


def _in_srgb(image: Image, profile: object) -> Image:
    """The picture in the colours a screen shows, where it carries a usable profile of its own."""
    if not isinstance(profile, bytes) or image.mode not in ("RGB", "CMYK", "L"):
        return image
    import io

    from PIL import ImageCms

    try:
        converted = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):  # a profile that is broken says nothing
        return image
    return converted or image


def _on_grey(image: Image) -> Image:
    """Without transparency; what can be seen through is the mid grey that pictures are judged on."""
    from PIL import Image as Images

    if image.mode not in ("RGBA", "LA", "PA", "La", "RGBa"):
        return image.convert("RGB")
    pixels = image.convert("RGBA")
    ground = Images.new("RGBA", pixels.size, (128, 128, 128, 255))
    ground.alpha_composite(pixels)
    return ground.convert("RGB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
