"""Options that several commands share, and the values they read."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from lastlook.digests import sha256_of_file
from lastlook.errors import LastlookError, Place, Problem
from lastlook.reports.plain import plain


def day(text: str) -> dt.date:
    """A day as YYYY-MM-DD, as argparse wants its types."""
    try:
        if len(text) != len("YYYY-MM-DD") or "W" in text:
            raise ValueError
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as YYYY-MM-DD") from None


def today() -> dt.date:
    """The command line's own clock; the library is told the day."""
    return dt.date.today()  # noqa: DTZ011, TID251


def moment(text: str) -> dt.datetime:
    """A time as 2026-12-01T12:00:00Z, or `now`; aware, in UTC."""
    if text == "now":
        return dt.datetime.now(dt.UTC)  # noqa: TID251 - the command line's own clock
    try:
        found = dt.datetime.fromisoformat(text)
        if found.tzinfo is None:
            raise ValueError
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time; write it as 2026-12-01T12:00:00Z") from None
    return found.astimezone(dt.UTC)


def read_bytes(path: Path, at_most: int) -> bytes:
    """A file's bytes. Raises LastlookError for one that cannot be read or is larger than that."""
    try:
        with path.open("rb") as stream:
            data = stream.read(at_most + 1)
    except OSError as error:
        what = f"It cannot be read: {error.strerror}."
        raise LastlookError(what, remedy="Name a file that is there.", where=Place(str(path))) from error
    if len(data) > at_most:
        what = f"It is larger than the {at_most} bytes that are read."
        raise LastlookError(what, remedy="Name another file.", where=Place(str(path)))
    return data


def sha256_in(path: Path) -> str:
    """The SHA-256 of a file's bytes. Raises LastlookError for one that cannot be read."""
    try:
        return sha256_of_file(path)
    except OSError as error:
        what = f"It cannot be read: {error.strerror}."
        raise LastlookError(what, remedy="Name a file that is there.", where=Place(str(path))) from error


def add_packs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--pack", type=Path, action="append", default=[], metavar="DIR", help="add a folder of rules (may be repeated)"
    )


COULD_NOT_READ = 2


def report(problems: Iterable[Problem]) -> int:
    """Say on stderr what could not be read, and give the exit code for it."""
    told = [f"{each.where}: {each.what}\n  try: {each.remedy}" for each in problems]
    for text in told:
        print(plain(text, keep_lines=True), file=sys.stderr)
    return COULD_NOT_READ if told else 0


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write a text as a whole or not at all; see `write_bytes_whole`."""
    write_bytes_whole(path, (piece.encode("utf-8", "backslashreplace") for piece in pieces))


def write_bytes_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file as a whole or not at all: whoever reads it never sees half of it.

    Raises LastlookError for a name that belongs to something else than a plain file, such as a link or a device.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise LastlookError(
            "There is something else than a plain file.", remedy="Name another file.", where=Place(str(path))
        )
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".lastlook-", delete=False) as out:
            try:
                out.writelines(pieces)
                out.flush()
                os.fsync(out.fileno())
                Path(out.name).chmod(0o666 & ~_umask())
                Path(out.name).replace(path)
            except BaseException:
                Path(out.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise LastlookError(
            f"It cannot be written: {error.strerror}.",
            remedy="Name a file in a folder that is there and may be written to.",
            where=Place(str(path)),
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def needs_match() -> None:
    """Raises LastlookError where NumPy and OpenCV are not installed."""
    from importlib.util import find_spec

    if find_spec("numpy") is None or find_spec("cv2") is None:
        raise LastlookError(
            "Finding copies needs NumPy and OpenCV.", remedy="Install them with `pip install 'lastlook[match]'`."
        )
