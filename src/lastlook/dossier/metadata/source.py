"""A file read in pieces, with limits: what lies outside it, or is too large, is not read and is noted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from lastlook.errors import LastlookError, Place

MAX_PACKET_BYTES = 16 << 20  # one packet, also when it was joined from pieces or decompressed
MAX_TOTAL_BYTES = 48 << 20  # all packets of one file together
MAX_PARTS = 10_000  # segments, boxes, chunks and directory entries of one file
MAX_PIXEL_PARTS = 1_000_000  # chunks that hold nothing but pixels, such as IDAT of 8 KiB each
MAX_NOTES = 100
LAST_BYTES = 64 << 10  # where the end of a picture mostly stands


class Unreadable(msgspec.Struct, frozen=True):
    """Something in a file that could not be read. `what`: one sentence without its content; `where`: the part."""

    what: str
    where: str


class CutOffError(Exception):
    """Bytes end before the structure they hold does. Raised and caught within this package only."""


class Notes(list[Unreadable]):
    """What could not be read, each once; after a hundred the rest is counted as one."""

    def add(self, what: str, where: str) -> None:
        note = Unreadable(what, where)
        if len(self) < MAX_NOTES and note not in self:
            self.append(note)
        elif len(self) == MAX_NOTES:
            self.append(Unreadable("More could not be read than is listed.", "the file"))


class Source:
    """Bytes with a beginning and an end, read by seeking. Positions and lengths in bytes."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream, self.size = stream, size

    @classmethod
    def of(cls, data: bytes) -> Source:
        return cls(io.BytesIO(data), len(data))

    def at(self, position: int, length: int) -> bytes | None:
        """Exactly `length` bytes, or None when they do not all lie inside or are more than a packet may have."""
        if position < 0 or length < 0 or length > MAX_PACKET_BYTES or position + length > self.size:
            return None
        self._stream.seek(position)
        data = self._stream.read(length)
        return data if len(data) == length else None

    def has(self, mark: bytes, position: int) -> bool:
        """Whether two bytes stand side by side anywhere behind a position. They are looked for at the end first."""
        near_the_end = max(position, self.size - LAST_BYTES)
        return self._has(mark, near_the_end) or (near_the_end > position and self._has(mark, position))

    def _has(self, mark: bytes, position: int) -> bool:
        self._stream.seek(position)
        last = b""
        while piece := self._stream.read(1 << 20):
            if mark in last + piece:
                return True
            last = piece[-1:]
        return False


class Cursor:
    """Bytes read from front to back. Raises CutOffError at the end."""

    def __init__(self, data: bytes, *, big_endian: bool = True) -> None:
        self._data, self._position, self.big_endian = data, 0, big_endian

    @property
    def left(self) -> int:
        return len(self._data) - self._position

    @property
    def next_byte(self) -> int:
        """The byte that comes next; there must be one."""
        return self._data[self._position]

    def take(self, length: int) -> bytes:
        if length > self.left:
            raise CutOffError
        taken = self._data[self._position : self._position + length]
        self._position += length
        return taken

    def number(self, length: int) -> int:
        """An unsigned whole number of `length` bytes; of none, 0."""
        return int.from_bytes(self.take(length), "big" if self.big_endian else "little")

    def until_zero(self) -> bytes:
        """The bytes up to the next zero, which is skipped."""
        end = self._data.find(b"\0", self._position)
        if end < 0:
            raise CutOffError
        taken = self._data[self._position : end]
        self._position = end + 1
        return taken


class Limits:
    """How much of one file may still be read, and what could not be."""

    def __init__(self) -> None:
        self.notes = Notes()
        self._parts = MAX_PARTS
        self._bytes = MAX_TOTAL_BYTES

    def part(self, where: str) -> bool:
        """Whether one more part may be looked at."""
        if self._parts == 0:
            self.notes.add(f"There are more than {MAX_PARTS:,} parts; the rest was not read.", where)
            return False
        self._parts -= 1
        return True

    @property
    def bytes_left(self) -> int:
        """How many bytes a packet may still have."""
        return min(self._bytes, MAX_PACKET_BYTES)

    def spend(self, length: int) -> None:
        """Count bytes that were made and not kept."""
        self._bytes = max(0, self._bytes - length)

    def room(self, length: int, where: str) -> bool:
        """Whether a packet of `length` bytes may still be kept."""
        if length > MAX_PACKET_BYTES:
            self.notes.add(f"It has more than {MAX_PACKET_BYTES >> 20} MiB and was not read.", where)
            return False
        if length > self._bytes:
            self.notes.add(f"The packets have more than {MAX_TOTAL_BYTES >> 20} MiB together.", where)
            return False
        self._bytes -= length
        return True

    def take(self, source: Source, position: int, length: int, where: str) -> bytes | None:
        """The bytes of one packet, or None and a note."""
        if position < 0 or length < 0 or position + length > source.size:
            self.notes.add("It reaches beyond the end of the file.", where)
            return None
        return source.at(position, length) if self.room(length, where) else None


@contextmanager
def opened(picture: Path | bytes) -> Iterator[Source]:
    """The file or the bytes as a source. Raises LastlookError when the file cannot be read."""
    if isinstance(picture, bytes):
        yield Source.of(picture)
        return
    try:
        with picture.open("rb") as stream:
            yield Source(stream, stream.seek(0, io.SEEK_END))
    except OSError as error:
        raise LastlookError(
            f"{picture.name} cannot be read: {error.strerror or 'the disk gave an error'}.",
            remedy="Check that the file is there and that you may read it.",
            where=Place(picture.name),
        ) from error
