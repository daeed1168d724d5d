"""A shelf: many small pieces of bytes kept in one file without a name, and read one at a time.

Five hundred thumbnails are forty megabytes that nobody needs at once. The file is gone with the shelf, and with the
process, however that ends.
"""

from __future__ import annotations

import errno
import os
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping
from functools import cached_property


class Shelf(Mapping[str, bytes]):
    """Bytes by key, in the order in which they were put. Several threads may put and read at once."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[int, int]] = {}  # where each piece begins, and how long it is, in bytes
        self._end = 0
        self._lock = threading.Lock()

    @cached_property
    def _file(self) -> int:
        stream = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it stays open as long as the shelf is held
        weakref.finalize(self, stream.close)
        return stream.fileno()

    def put(self, key: str, piece: bytes) -> None:
        """Keep a piece. Raises OSError where there is no room for it."""
        with self._lock:
            if os.pwrite(self._file, piece, self._end) != len(piece):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            self._places[key] = (self._end, len(piece))
            self._end += len(piece)

    def __getitem__(self, key: str) -> bytes:
        """Raises KeyError for what was never put, OSError for what can no longer be read."""
        begin, length = self._places[key]
        piece = os.pread(self._file, length, begin)
        if len(piece) != length:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return piece

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
