"""EXIF: the few entries that matter here (Exif 3.0, sections 4.6.4 to 4.6.7)."""

from __future__ import annotations

import msgspec

from lastlook.dossier.metadata import tiff
from lastlook.dossier.metadata.source import Limits, Source, Unreadable
from lastlook.dossier.metadata.values import Position


class Exif(msgspec.Struct, frozen=True):
    """What one directory says. `orientation`: 1 to 8, see Exif 3.0, 4.6.5.1; `taken`: as written, no time zone.

    title, comment, author, keywords (as written, semicolons between), subject: what Windows puts beside the standard
    """

    orientation: int | None = None
    taken: str | None = None
    artist: str | None = None
    description: str | None = None
    copyright: str | None = None
    position: Position | None = None
    title: str | None = None
    comment: str | None = None
    author: str | None = None
    keywords: str | None = None
    subject: str | None = None


def read_exif(block: bytes) -> tuple[tuple[Exif, ...], tuple[Unreadable, ...]]:
    """What the directories of an Exif block say, and what could not be read of it."""
    limits = Limits()
    pages = tiff.read_pages(Source.of(block), limits, "Exif")
    return tuple(exif_of(page) for page in pages), tuple(limits.notes)


def exif_of(page: tiff.Page) -> Exif:
    """What one directory and those it points to say."""
    orientation = page.main.number(tiff.ORIENTATION)
    return Exif(
        orientation=int(orientation) if orientation is not None and orientation in range(1, 9) else None,
        taken=page.camera.text(tiff.TAKEN) if page.camera else None,
        artist=page.main.text(tiff.ARTIST),
        description=page.main.text(tiff.DESCRIPTION),
        copyright=page.main.text(tiff.COPYRIGHT),
        position=_position(page.position) if page.position else None,
        title=page.main.utf16(tiff.TITLE_XP),
        comment=page.main.utf16(tiff.COMMENT_XP),
        author=page.main.utf16(tiff.AUTHOR_XP),
        keywords=page.main.utf16(tiff.KEYWORDS_XP),
        subject=page.main.utf16(tiff.SUBJECT_XP),
    )


def _position(directory: tiff.Directory) -> Position | None:
    """The position in degrees. A position that is there and cannot be read is one without degrees."""
    if tiff.LATITUDE not in directory.entries and tiff.LONGITUDE not in directory.entries:
        return None
    latitude = _degrees(directory, tiff.LATITUDE, tiff.LATITUDE_REF, "S", 90)
    longitude = _degrees(directory, tiff.LONGITUDE, tiff.LONGITUDE_REF, "W", 180)
    if latitude is None or longitude is None:
        return Position()
    return Position(latitude, longitude)


def _degrees(directory: tiff.Directory, tag: int, reference: int, negative: str, at_most: int) -> float | None:
    """Degrees, minutes and seconds as degrees, south and west below nought."""
    parts = directory.numbers(tag)[:3]
    total = 0.0
    for part, share in zip(parts, (1, 60, 3600), strict=False):
        if part is None:
            return None
        total += part / share
    if not parts or not 0 <= total <= at_most:
        return None
    side = (directory.text(reference) or "").upper()
    return round(-total if side.startswith(negative) else total, 7)
