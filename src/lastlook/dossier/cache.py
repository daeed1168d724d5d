"""What `check` learned of picture files, kept outside of the campaign, so that nothing is read or decoded twice.

One small file for each state of each picture, named after a digest of where the picture is and of all that changes when
somebody writes to it. Beside it stands nothing else: no path, and no metadata but what Content Credentials say was done
and who signed that. An entry that is missing, broken, from another version or of another picture is no entry, and a
cache that cannot be used is no cache: the answer is the same without it.

A digest that comes from here was true when it was taken, of a file that by everything the system tells has not been
written to since. That is enough for a check, which is asked again at every change. Whatever clears a picture or lets it
pass reads the bytes themselves: hand it `NO_CACHE`, which is what every reader here has unless it is told otherwise.

What makes it safe beside programs that write at the same time: a picture that changed less than two seconds before the
cache was opened is not kept, nor one that changed while it was looked at. The time is the file system's own, and the
library needs no clock.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import tempfile
from pathlib import Path
from typing import Annotated

import msgspec

from lastlook import __version__
from lastlook.dossier.metadata.credentials import Credentials

FORMAT = 1  # another number for another meaning of a field, and where thumbnails are made in another way
SETTLED_NS = 2 * 10**9  # no file system tells times apart less well than this
KEPT_NS = 30 * 24 * 3600 * 10**9  # unused so long, an entry is removed
SWEPT_EVERY_NS = 24 * 3600 * 10**9
MAX_ENTRY_BYTES = 8 << 20

_OURS = re.compile(r"(?:[0-9a-f]{64}|\.new-\w+)\.picture")
_SWEPT = "swept"  # an empty file whose time says when unused entries were last looked for
_SEAL_BYTES = hashlib.sha256().digest_size


class Signed(msgspec.Struct, frozen=True):
    """What the file's Content Credentials say. `by`: the day, and the certificates by which they were judged."""

    by: str
    credentials: Credentials


class Known(msgspec.Struct, frozen=True):
    """What is kept of one picture file. Size in pixels; the thumbnail is a JPEG, None where none was made yet.

    A further field needs a default and nothing else: entries that were written without it stay good.
    """

    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    width: Annotated[int, msgspec.Meta(ge=1)]
    height: Annotated[int, msgspec.Meta(ge=1)]
    thumbnail: bytes | None = None
    signed: Signed | None = None


class Entry:
    """What is known of one file as it stands now. Of this one: nothing."""

    known: Known | None = None

    def keep(self, known: Known) -> None:
        """Keep this for the next run, in place of what was known. Never raises; where it cannot be kept, it is not."""


class Cache:
    """No cache: nothing is known, and nothing is kept."""

    def entry(self, path: Path) -> Entry:
        """What is known of the file at this path, which has to be absolute and free of links."""
        return Entry()


NO_CACHE = Cache()


def open_cache(folder: Path) -> Cache:
    """The cache in this folder, which is made if need be; `NO_CACHE` where it cannot be used.

    It cannot be used where others could write to it: what they put there would be believed.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
        if found.st_uid != os.geteuid() or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return NO_CACHE
        os.utime(folder)  # sets its time to now, as the file system counts
        now = folder.stat().st_mtime_ns
        _sweep(folder, now)
    except OSError:
        return NO_CACHE
    return _FolderCache(folder, now)


def _sweep(folder: Path, now: int) -> None:
    """Remove entries that nobody used for 30 days, and what a run that was ended left; look for them once a day."""
    marker = folder / _SWEPT
    with contextlib.suppress(FileNotFoundError):
        if abs(now - marker.stat().st_mtime_ns) < SWEPT_EVERY_NS:
            return
    marker.touch(mode=0o600)
    for path in folder.iterdir():
        if _OURS.fullmatch(path.name):
            with contextlib.suppress(OSError):  # another run was quicker
                if now - path.lstat().st_mtime_ns > KEPT_NS:
                    path.unlink()


class _Stamp(msgspec.Struct, frozen=True, array_like=True):
    """All that changes when a file is written to or another one put in its place. Times in nanoseconds."""

    path: bytes
    size: int
    modified: int
    changed: int
    inode: int
    device: int


def _stamp(path: Path) -> _Stamp | None:
    """None for what is no plain file."""
    try:
        found = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return _Stamp(
        os.fsencode(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev
    )  # fmt: skip


class _FolderCache(Cache):
    def __init__(self, folder: Path, opened: int) -> None:
        self._folder = folder
        self._settled = opened - SETTLED_NS  # what changed after this may change again without a trace

    def entry(self, path: Path) -> Entry:
        stamp = _stamp(path)
        if stamp is None or max(stamp.modified, stamp.changed) > self._settled:
            return Entry()
        return _FolderEntry(self._folder, path, stamp)


class _FolderEntry(Entry):
    def __init__(self, folder: Path, path: Path, stamp: _Stamp) -> None:
        from PIL import __version__ as pillow  # the package alone: no decoder is loaded

        versions = (FORMAT, __version__, pillow)
        self._path, self._stamp = path, stamp
        self._key = hashlib.sha256(msgspec.msgpack.encode((versions, stamp)))
        self._file = folder / f"{self._key.hexdigest()}.picture"
        self.known = self._read()

    def keep(self, known: Known) -> None:
        payload = msgspec.msgpack.encode(known)
        if _SEAL_BYTES + len(payload) > MAX_ENTRY_BYTES or _stamp(self._path) != self._stamp:
            return
        with contextlib.suppress(OSError):
            _write_whole(self._file, self._seal(payload) + payload)
            self.known = known

    def _read(self) -> Known | None:
        """What the entry says, if it is whole and about this very file; it then counts as used today."""
        try:
            with open(self._file, "rb", opener=_no_link) as stream:
                data = stream.read(MAX_ENTRY_BYTES + 1)
                if len(data) > MAX_ENTRY_BYTES or data[:_SEAL_BYTES] != self._seal(data[_SEAL_BYTES:]):
                    return None
                known = msgspec.msgpack.decode(data[_SEAL_BYTES:], type=Known)
                os.utime(stream.fileno())
        except (OSError, msgspec.DecodeError):
            return None
        return known

    def _seal(self, payload: bytes) -> bytes:
        """A digest of what is kept and what it is about: half an entry, or another one's, does not have it."""
        seal = self._key.copy()
        seal.update(payload)
        return seal.digest()


def _no_link(path: str, flags: int) -> int:
    """Opens a plain file, and waits for nobody where a pipe stands in its place."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _write_whole(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, as a whole or not at all. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=".new-", suffix=".picture", dir=path.parent)
    try:
        with open(handle, "wb") as stream:  # noqa: PTH123 - it is open already
            stream.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
