"""TIFF directories, in TIFF files and in Exif blocks: the few entries that are wanted, with every offset checked.

TIFF 6.0, section 2; BigTIFF (64-bit offsets); Exif 3.0, section 4.6.
"""

from __future__ import annotations

import struct

import msgspec

from lastlook.dossier.metadata.source import Cursor, CutOffError, Limits, Source

DESCRIPTION, ORIENTATION, ARTIST, XMP, COPYRIGHT, IIM, PHOTOSHOP = 270, 274, 315, 700, 33432, 33723, 34377
TAKEN = 36867
TITLE_XP, COMMENT_XP, AUTHOR_XP, KEYWORDS_XP, SUBJECT_XP = 40091, 40092, 40093, 40094, 40095  # of Windows, UTF-16
CREDENTIALS = 52545  # C2PA 2.2, annex A.4: its value is not read here
CAMERA_DIRECTORY, POSITION_DIRECTORY = 34665, 34853
LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE = 1, 2, 3, 4

_MAIN = frozenset(
    {DESCRIPTION, ORIENTATION, ARTIST, XMP, COPYRIGHT, IIM, PHOTOSHOP, CAMERA_DIRECTORY, POSITION_DIRECTORY}
    | {CREDENTIALS, TITLE_XP, COMMENT_XP, AUTHOR_XP, KEYWORDS_XP, SUBJECT_XP}
)
_CAMERA = frozenset({TAKEN})
_POSITION = frozenset({LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE})
_PACKETS = frozenset({XMP, IIM, PHOTOSHOP})
MAX_VALUE_BYTES = 1 << 20  # one entry that is no packet

# Bytes of one value by field type; 13 is an offset, 16 to 18 are BigTIFF.
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_FORMATS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 17: "q", 18: "Q"}
_RATIONALS = {5: "I", 10: "i"}


class Entry(msgspec.Struct, frozen=True):
    """One entry of a directory. `kind`: its field type by TIFF 6.0; `data`: in the byte order of the directory."""

    kind: int
    data: bytes


class Directory(msgspec.Struct, frozen=True):
    """The wanted entries of one directory, by tag."""

    big_endian: bool
    entries: dict[int, Entry]

    def text(self, tag: int) -> str | None:
        """An entry as text: UTF-8 if it is that, else Latin-1. Zeros at its end are left off, others part it."""
        entry = self.entries.get(tag)
        if entry is None or entry.kind not in (1, 2, 7, 129):
            return None
        data = entry.data.rstrip(b"\0 \t\r\n")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
        return "; ".join(part for part in (piece.strip() for piece in text.split("\0")) if part) or None

    def utf16(self, tag: int) -> str | None:
        """An entry of Windows as text: little-endian UTF-16 in bytes, ended by zeros."""
        entry = self.entries.get(tag)
        if entry is None:
            return None
        return entry.data.decode("utf-16-le", errors="replace").partition("\0")[0].strip() or None

    def numbers(self, tag: int) -> tuple[float | None, ...]:
        """An entry as numbers; a fraction over nought is None."""
        entry = self.entries.get(tag)
        if entry is None:
            return ()
        size, order = _SIZES.get(entry.kind, 0), ">" if self.big_endian else "<"
        if entry.kind in _RATIONALS:
            pairs = struct.iter_unpack(order + 2 * _RATIONALS[entry.kind], entry.data[: len(entry.data) // 8 * 8])
            return tuple(over / under if under else None for over, under in pairs)
        if entry.kind not in _FORMATS:
            return ()
        whole = entry.data[: len(entry.data) // size * size]
        return tuple(value for (value,) in struct.iter_unpack(order + _FORMATS[entry.kind], whole))

    def number(self, tag: int) -> float | None:
        return next(iter(self.numbers(tag)), None)


class Page(msgspec.Struct, frozen=True):
    """One picture of a TIFF file or the main directory of an Exif block, with the directories it points to."""

    main: Directory
    camera: Directory | None = None
    position: Directory | None = None


class _Layout(msgspec.Struct, frozen=True):
    """How wide things are. Bytes."""

    big_endian: bool
    count_of_entries: int = 2
    offset: int = 4

    @property
    def entry(self) -> int:
        return 4 + 2 * self.offset


def read_pages(source: Source, limits: Limits, where: str) -> tuple[Page, ...]:
    """Every directory of the main chain, each with its Exif and GPS directories."""
    header = source.at(0, 8)
    if header is None or header[:2] not in (b"II", b"MM"):
        limits.notes.add("It does not begin like TIFF.", where)
        return ()
    cursor = Cursor(header, big_endian=header[:2] == b"MM")
    cursor.take(2)
    layout, first = _Layout(cursor.big_endian), 0
    match cursor.number(2):
        case 42:
            first = cursor.number(4)
        case 43:
            layout = _Layout(layout.big_endian, count_of_entries=8, offset=8)
            wide = source.at(8, 8)
            first = int.from_bytes(wide or b"", "big" if layout.big_endian else "little")
        case _:
            limits.notes.add("It does not begin like TIFF.", where)
            return ()
    return tuple(_Reader(source, limits, layout, where).pages(first))


class _Reader:
    def __init__(self, source: Source, limits: Limits, layout: _Layout, where: str) -> None:
        self._source, self._limits, self._layout, self._where = source, limits, layout, where
        self._seen: set[int] = set()

    def pages(self, position: int) -> list[Page]:
        found: list[Page] = []
        while position:
            read = self._directory(position, _MAIN, self._where)
            if read is None:
                break
            main, position = read
            camera = self._pointed_to(main, CAMERA_DIRECTORY, _CAMERA, f"{self._where}, Exif directory")
            place = self._pointed_to(main, POSITION_DIRECTORY, _POSITION, f"{self._where}, GPS directory")
            found.append(Page(main, camera, place))
        return found

    def _pointed_to(self, main: Directory, tag: int, wanted: frozenset[int], where: str) -> Directory | None:
        if tag not in main.entries:
            return None
        position = main.number(tag)
        read = self._directory(int(position), wanted, where) if isinstance(position, int) else None
        return None if read is None else read[0]

    def _directory(self, position: int, wanted: frozenset[int], where: str) -> tuple[Directory, int] | None:
        """The directory at `position`, and the position of the next one (0: none)."""
        if position in self._seen:
            return self._limits.notes.add("A directory points back to one already read.", where)
        self._seen.add(position)
        if not self._limits.part(where):
            return None
        layout = self._layout
        head = self._source.at(position, layout.count_of_entries)
        if head is None:
            return self._limits.notes.add("A directory lies beyond the end of the file.", where)
        count = int.from_bytes(head, "big" if layout.big_endian else "little")
        start = position + layout.count_of_entries
        there = min(count, max(0, self._source.size - start) // layout.entry)
        if there < count:
            self._limits.notes.add("A directory is cut off.", where)
        entries: dict[int, Entry] = {}
        for index in range(there):
            if not self._limits.part(where):
                return Directory(layout.big_endian, entries), 0
            raw = self._source.at(start + index * layout.entry, layout.entry)
            if raw is not None:
                self._entry(raw, wanted, entries, where)
        following = self._source.at(start + count * layout.entry, layout.offset) if there == count else None
        return (
            Directory(layout.big_endian, entries),
            int.from_bytes(following or b"", "big" if layout.big_endian else "little"),
        )

    def _entry(self, raw: bytes, wanted: frozenset[int], entries: dict[int, Entry], where: str) -> None:
        cursor = Cursor(raw, big_endian=self._layout.big_endian)
        tag, kind = cursor.number(2), cursor.number(2)
        if tag not in wanted or tag in entries:
            return
        if tag == CREDENTIALS:
            entries[tag] = Entry(kind, b"")
            return
        count = cursor.number(self._layout.offset)
        # Exif 3.0 writes UTF-8 as type 129, one byte a value.
        length = count * (1 if kind == 129 else _SIZES.get(kind, 0))
        what = f"{where}, tag {tag}"
        if length == 0:
            return self._limits.notes.add("It has no value of a known type.", what)
        if tag not in _PACKETS and length > MAX_VALUE_BYTES:
            return self._limits.notes.add(f"It has more than {MAX_VALUE_BYTES >> 20} MiB and was not read.", what)
        try:
            data = self._value(cursor, length, what)
        except CutOffError:
            return
        if data is not None:
            entries[tag] = Entry(kind, data)

    def _value(self, cursor: Cursor, length: int, what: str) -> bytes | None:
        if length <= self._layout.offset:
            return cursor.take(length)
        return self._limits.take(self._source, cursor.number(self._layout.offset), length, what)
