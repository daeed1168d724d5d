"""The picture files of a campaign folder: found, measured, hashed; never decoded here."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from lastlook.checking.case import Picture
from lastlook.digests import sha256_of_file
from lastlook.errors import LastlookError, Place
from lastlook.reading.nearest import nearest

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".avif", ".gif"})
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF")
MAX_PIXELS = 300_000_000
MAX_FILE_BYTES = 2 << 30


def picture_at(folder: Path, name: str, *, where: Place, instead: Iterable[str] = ()) -> Picture:
    """The picture a manifest names, by its header and its digest. `instead`: files it may have meant.

    Raises LastlookError for a path that is not plain or leaves the folder, for a file that is not there, is no
    picture, or has more than 300 million pixels.
    """
    path = _inside(folder, name, where)
    if not path.is_file():
        there = nearest(name, instead)
        remedy = f"Write {there}, if that is what you mean." if there else "Add the file, or correct its name."
        raise LastlookError(f"The picture {name} is not in the folder.", remedy=remedy, where=where)
    if path.stat().st_size > MAX_FILE_BYTES:
        raise LastlookError(f"{name} has more than 2 GiB.", remedy="Export a smaller version.", where=where)
    width, height = _size(path, name, where)
    return Picture(file=name, sha256=sha256_of_file(path), width=width, height=height)


def _inside(folder: Path, name: str, where: Place) -> Path:
    plain = PurePosixPath(name)
    if plain.is_absolute() or ".." in plain.parts or "\\" in name or ":" in name or "\x00" in name:
        raise LastlookError(
            f"`{name}` is not a plain path inside the folder.",
            remedy="Copy the picture into the folder and name it by its relative path.",
            where=where,
        )
    path = folder / plain
    if not path.resolve().is_relative_to(folder.resolve()):
        raise LastlookError(
            f"`{name}` is a link that leaves the folder.",
            remedy="Copy the picture itself into the folder.",
            where=where,
        )
    return path


def _size(path: Path, name: str, where: Place) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError  # only when there is a picture to open

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow warns above this and refuses above twice as much
    too_large = LastlookError(
        f"{name} has more than {MAX_PIXELS // 1_000_000} million pixels.",
        remedy="Export it at the size it will be published in.",
        where=where,
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as image:
                width, height = image.size
    except Image.DecompressionBombError as error:
        raise too_large from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, OverflowError) as error:
        raise LastlookError(
            f"{name} cannot be opened as a picture.",
            remedy=f"Save it again as {', '.join(FORMATS[:4])} or another picture format.",
            where=where,
        ) from error
    if width * height > MAX_PIXELS:
        raise too_large
    return width, height


def unnamed_pictures(folder: Path, named: frozenset[str]) -> tuple[str, ...]:
    """Picture files in the folder that no asset names."""
    return tuple(name for name in pictures_in(folder) if name not in named)


def pictures_in(folder: Path) -> tuple[str, ...]:
    """Every picture file in the folder, by its path in it. Hidden folders and `private/` are left alone."""
    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if any(part.startswith(".") or part == "private" for part in relative.parts):
            continue
        if path.suffix.lower() in SUFFIXES and path.is_file():
            found.append(relative.as_posix())
    return tuple(found)
