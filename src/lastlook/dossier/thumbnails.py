"""Thumbnails: each picture decoded in a child process with limits; one that cannot be decoded gives a reason."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from lastlook.checking.case import Case, Picture
from lastlook.dossier import decode
from lastlook.dossier.cache import NO_CACHE, Cache, Known
from lastlook.dossier.pictures import Told, nobody
from lastlook.dossier.shelf import Shelf
from lastlook.errors import Place, Problem
from lastlook.limits import MAX_PIXELS

TIMEOUT_SECONDS: float = 60
COMMAND = ("-P", "-m", decode.__name__)  # -P: nothing from the folder one happens to stand in
JPEG_START = b"\xff\xd8\xff"

# By exit code; those below zero are signals (SIGXCPU and SIGKILL, alike on Linux and macOS).
_REASONS = {
    decode.NOT_A_PICTURE: "It cannot be decoded: the file is broken or incomplete.",
    decode.TOO_MANY_PIXELS: f"It has more than {MAX_PIXELS // 1_000_000} million pixels.",
    decode.TOO_MUCH_MEMORY: f"Decoding it takes more than {decode.MAX_MEMORY_BYTES >> 30} GiB of memory.",
    decode.CHANGED: "The file changed while it was looked at; check again.",
    -24: f"Decoding it takes more than {decode.MAX_CPU_SECONDS} seconds.",
    -9: "Decoding it was ended by the system, most likely for want of memory.",
}
NOT_STARTED = "Pictures are decoded in a process of their own, and this system did not let one start."
TOOK_TOO_LONG = f"Decoding it took longer than {TIMEOUT_SECONDS:.0f} seconds."
ENDED = "The decoder ended without a picture."
NO_FILE = "There is no file that could be opened."
NO_ROOM = "Its thumbnail could not be kept: there is no room for temporary files."
ONLY_PLANNED = "It is planned and not made yet."


class Thumbnails(msgspec.Struct, frozen=True):
    """Small JPEGs by asset id, and for every other asset the reason why it has none, in one sentence.

    The JPEGs are held in a file and read one at a time.
    """

    made: Mapping[str, bytes]
    reasons: dict[str, str]


def thumbnails_of(
    folder: Path, case: Case, *, at_once: int = 0, told: Told = nobody, cache: Cache = NO_CACHE
) -> Thumbnails:
    """A thumbnail, or a reason, for every picture of the case. What the cache knows is not decoded again.

    at_once: processes (0: one for each processor); told: hears of each picture done
    """
    made = Shelf()
    reasons: dict[str, str] = {}
    ids = [asset.id for asset in case.assets]

    def why_not(asset_id: str) -> str | None:
        """Put the thumbnail on the shelf, or say why there is none."""
        thumbnail = thumbnail_of(folder, case.picture(asset_id), cache=cache)
        if isinstance(thumbnail, str):
            return thumbnail
        try:
            made.put(asset_id, thumbnail)
        except OSError:
            return NO_ROOM
        return None

    with ThreadPoolExecutor(at_once or min(os.cpu_count() or 1, 8)) as threads:
        for number, (asset_id, reason) in enumerate(zip(ids, threads.map(why_not, ids), strict=True), start=1):
            if reason is not None:
                reasons[asset_id] = reason
            told(number, len(ids))
    return Thumbnails(made, reasons)


_REMEDIES = {
    _REASONS[decode.NOT_A_PICTURE]: "Put a whole copy of the picture in its place, or save it again.",
    _REASONS[decode.CHANGED]: "Wait until nothing writes to it, and check again.",
    NO_FILE: "Wait until nothing writes to it, and check again.",
    NO_ROOM: "Make room for temporary files, and check again.",
    NOT_STARTED: "Allow it, or make no page.",
}
_SMALLER = "Save a smaller or simpler copy in its place, or check on a machine with more memory."


def not_decoded(case: Case, thumbnails: Thumbnails) -> tuple[Problem, ...]:
    """Pictures that were judged by what is declared, and that turned out to be unreadable when they were decoded.

    What is only planned, and a file that could not be opened in the first place, is none: that has been said.
    """
    reasons = ((case.picture(asset_id), why) for asset_id, why in thumbnails.reasons.items())
    problems = [
        Problem(Place(picture.file), why, _REMEDIES.get(why, _SMALLER)) for picture, why in reasons if picture.sha256
    ]
    return tuple(dict.fromkeys(problems))


def thumbnail_of(folder: Path, picture: Picture, *, cache: Cache = NO_CACHE) -> bytes | str:
    """A JPEG of at most 640 pixels a side, upright, in RGB, without metadata; or why there is none."""
    if picture.planned:
        return ONLY_PLANNED
    if not picture.sha256:  # it could not be opened as a picture, or stands outside the folder
        return NO_FILE
    try:
        path = (folder / picture.file).resolve()
        if not path.is_relative_to(folder.resolve()):
            return NO_FILE
        entry = cache.entry(path)
        known = entry.known
        if known is None or known.sha256 != picture.sha256:
            known = Known(picture.sha256, picture.width, picture.height)
        if known.thumbnail is not None:
            return known.thumbnail
        with path.open("rb") as stream, tempfile.TemporaryFile() as out:
            code = _decode(stream.fileno(), out.fileno(), picture.sha256)
            if isinstance(code, str):
                return code
            out.seek(0)
            thumbnail = out.read(decode.MAX_THUMBNAIL_BYTES)
    except OSError:
        return NO_FILE
    if code == decode.MADE and thumbnail.startswith(JPEG_START):
        entry.keep(msgspec.structs.replace(known, thumbnail=thumbnail))
        return thumbnail
    return _REASONS.get(code, ENDED)


def _decode(stream: int, out: int, sha256: str) -> int | str:
    command = [sys.executable, *COMMAND, sha256]
    try:
        return subprocess.run(  # noqa: S603 - our own interpreter, our own module, a digest
            command, stdin=stream, stdout=out, stderr=subprocess.DEVNULL, timeout=TIMEOUT_SECONDS, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        return TOOK_TOO_LONG
    except OSError:
        return NOT_STARTED
