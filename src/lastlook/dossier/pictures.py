"""The picture files of a campaign folder: found, measured, hashed; never decoded here."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

import msgspec

from lastlook.checking.case import Picture
from lastlook.digests import sha256_of_file
from lastlook.dossier.cache import NO_CACHE, Cache, Known
from lastlook.errors import LastlookError, Place, Problem
from lastlook.limits import FORMATS, MAX_FILE_BYTES, MAX_PIXELS
from lastlook.reading.kinds import Problems
from lastlook.reading.nearest import nearest

SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".tif", ".tiff", ".avif", ".gif"})
OTHER_SUFFIXES = frozenset(
    {".heic", ".heif", ".bmp", ".svg", ".psd", ".psb", ".jp2", ".jxl", ".ico", ".tga", ".eps", ".ai", ".pdf"}
    | {".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2", ".mp4", ".mov", ".webm", ".avi", ".mkv"}
)

Told = Callable[[int, int], None]  # told with each picture: how many of how many are done


def nobody(done: int, of: int) -> None:
    """Nobody is told how far the work has come."""


def picture_at(
    folder: Path, name: str, *, where: Place, instead: Iterable[str] = (), cache: Cache = NO_CACHE
) -> Picture:
    """The picture a manifest names, by its header and its digest. `instead`: files it may have meant.

    What the cache knows of a file that did not change is believed, and the file not opened.
    Raises LastlookError for a path that is not plain or leaves the folder, for a file that is not there, is no
    picture, or has more than 300 million pixels.
    """
    try:
        return _opened(folder, name, where, instead, cache)
    except (OSError, RuntimeError, ValueError) as error:  # no permission, a name too long, links in a circle
        what = f"{name} cannot be opened: {getattr(error, 'strerror', None) or error}."
        raise LastlookError(what, remedy="Check its name, its permissions and its links.", where=where) from error


def _opened(folder: Path, name: str, where: Place, instead: Iterable[str], cache: Cache) -> Picture:
    path = _inside(folder, name, where)
    if not path.is_file():
        there = nearest(name, instead)
        remedy = f"Write {there}, if that is what you mean." if there else "Add the file, or correct its name."
        raise LastlookError(f"The picture {name} is not in the folder.", remedy=remedy, where=where)
    if path.stat().st_size > MAX_FILE_BYTES:
        raise LastlookError(f"{name} has more than 2 GiB.", remedy="Export a smaller version.", where=where)
    entry = cache.entry(path)
    known = entry.known
    if known is None:
        width, height = _size(path, name, where)
        known = Known(sha256_of_file(path), width, height)
        entry.keep(known)
    return Picture(file=name, sha256=known.sha256, width=known.width, height=known.height)


def _inside(folder: Path, name: str, where: Place) -> Path:
    """The picture's path, absolute and with its links followed."""
    plain = PurePosixPath(name)
    if plain.is_absolute() or ".." in plain.parts or "\\" in name or ":" in name or "\x00" in name:
        raise LastlookError(
            f"`{name}` is not a plain path inside the folder.",
            remedy="Copy the picture into the folder and name it by its relative path.",
            where=where,
        )
    path = (folder / plain).resolve()
    if not path.is_relative_to(folder.resolve()):
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
    except PermissionError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, OverflowError) as error:
        raise LastlookError(
            f"{name} cannot be opened as a picture.",
            remedy=f"Save it again as {', '.join(FORMATS[:4])} or another picture format.",
            where=where,
        ) from error
    if width * height > MAX_PIXELS:
        raise too_large
    return width, height


class FoundPictures(msgspec.Struct, frozen=True):
    """The picture files of a folder by their paths in it, and what could not be looked into."""

    pictures: tuple[str, ...]
    problems: tuple[Problem, ...]


def pictures_in(folder: Path) -> FoundPictures:
    """Every picture file in the folder and below. Hidden folders and `private/` are left alone.

    What may be a picture and cannot be judged is a problem: other formats, links to folders, and what is not permitted.
    """
    found: list[str] = []
    problems = Problems()

    def unreadable(error: OSError) -> None:
        place = Place(Path(error.filename).relative_to(folder).as_posix() if error.filename else "")
        problems.add(place, f"It cannot be looked into: {error.strerror}.", "Check its permissions.")

    for at, folders, files in os.walk(folder, onerror=unreadable):
        here = Path(at)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "private")
        for name in folders:
            if (here / name).is_symlink():
                place = Place((here / name).relative_to(folder).as_posix())
                problems.add(place, "A link to a folder is not followed.", "Copy the pictures into the folder.")
        for name in files:
            relative = (here / name).relative_to(folder).as_posix()
            suffix = Path(name).suffix.lower()
            if name.startswith("."):
                continue
            if suffix in SUFFIXES:
                found.append(relative)
            elif suffix in OTHER_SUFFIXES:
                remedy = f"Export it as {', '.join(FORMATS[:3])}, or move it out of the folder."
                problems.add(Place(relative), f"A picture as {suffix} cannot be looked at.", remedy)
    return FoundPictures(tuple(sorted(found)), tuple(problems))
