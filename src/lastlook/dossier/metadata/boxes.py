"""AVIF and HEIF: the items of the `meta` box that hold XMP and Exif (ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, A.2)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from lastlook.dossier.metadata.source import MAX_PACKET_BYTES, MAX_PARTS, Cursor, CutOffError, Limits, Source

XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
CREDENTIALS_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")  # C2PA 2.2, annex A.5


class Box(msgspec.Struct, frozen=True):
    """One box: its four letters, and where its content begins and ends in the file. Bytes."""

    kind: bytes
    start: int
    end: int

    @property
    def where(self) -> str:
        return f"box {self.kind.decode('latin-1').strip()!r} at byte {self.start}"


class Item(msgspec.Struct, frozen=True):
    """One entry of the item information: its number, its type, and for `mime` what it contains."""

    number: int
    kind: bytes
    content_type: bytes = b""
    content_encoding: bytes = b""


class Extents(msgspec.Struct, frozen=True):
    """Where an item's bytes lie. `method`: 0 in the file, 1 in the `idat` box, 2 in another item."""

    method: int
    pieces: tuple[tuple[int, int], ...]  # position and length, bytes


def boxes(source: Source, start: int, end: int, limits: Limits) -> Iterator[Box]:
    """The boxes between two positions, one behind the other."""
    while start < end and limits.part("boxes"):
        head = source.at(start, 8)
        if head is None:
            return limits.notes.add("A box is cut off.", f"byte {start}")
        size, header = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, header = int.from_bytes(source.at(start + 8, 8) or b"", "big"), 16
        elif size == 0:  # up to the end
            size = end - start
        if size < header or start + size > end:
            limits.notes.add("A box is larger than what holds it.", f"byte {start}")
            if size < header:
                return
        yield Box(head[4:8], start + header, min(start + size, end))
        start += size


def read_items(source: Source, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """`XMP` or `Exif`, and the bytes: from the `meta` box, and XMP from a `uuid` box of its own.

    Content Credentials, also in a `uuid` box, are `C2PA` without their bytes.
    """
    for box in boxes(source, 0, source.size, limits):
        if box.kind == b"meta":
            yield from _items_of(source, box, limits)
        elif box.kind == b"uuid" and source.at(box.start, 16) == CREDENTIALS_UUID:
            yield "C2PA", b""
        elif box.kind == b"uuid" and source.at(box.start, 16) == XMP_UUID:
            data = limits.take(source, box.start + 16, box.end - box.start - 16, box.where)
            if data is not None:
                yield "XMP", data


def _items_of(source: Source, meta: Box, limits: Limits) -> Iterator[tuple[str, bytes]]:
    inside = {box.kind: box for box in boxes(source, meta.start + 4, meta.end, limits)}
    if b"iinf" not in inside or b"iloc" not in inside:
        return
    places = _places(source, inside[b"iloc"], limits)
    for item in _item_entries(source, inside[b"iinf"], limits):
        wanted = _wanted(item)
        if wanted is None:
            continue
        where = f"{wanted} item {item.number}"
        if item.content_encoding:
            limits.notes.add("It is compressed and was not read.", where)
        elif item.number not in places:
            limits.notes.add("Nothing says where it lies.", where)
        elif (data := _joined(source, places[item.number], inside.get(b"idat"), limits, where)) is not None:
            yield wanted, data if wanted == "XMP" else _behind_its_offset(data)


def _wanted(item: Item) -> str | None:
    if item.kind == b"Exif":
        return "Exif"
    return "XMP" if item.kind == b"mime" and item.content_type.lower() == b"application/rdf+xml" else None


def _behind_its_offset(data: bytes) -> bytes:
    """An Exif item begins with the distance to its TIFF header: 4 bytes, big-endian (ISO/IEC 23008-12, A.2.1)."""
    return data[4 + int.from_bytes(data[:4], "big") :]


def _item_entries(source: Source, iinf: Box, limits: Limits) -> Iterator[Item]:
    version = source.at(iinf.start, 1)
    count_bytes = 2 if version == b"\0" else 4
    for box in boxes(source, iinf.start + 4 + count_bytes, iinf.end, limits):
        data = source.at(box.start, min(box.end - box.start, 4096))
        if box.kind != b"infe" or data is None:
            continue
        try:
            item = _item(Cursor(data))
        except CutOffError:
            limits.notes.add("An item's description is cut off.", box.where)
            continue
        if item is not None:
            yield item


def _item(cursor: Cursor) -> Item | None:
    version = cursor.number(1)
    cursor.take(3)
    if version not in (2, 3):  # older ones have no type
        return None
    number = cursor.number(2 if version == 2 else 4)
    cursor.take(2)
    kind = cursor.take(4)
    if kind != b"mime":
        return Item(number, kind)
    cursor.until_zero()  # its name
    content_type = cursor.until_zero()
    return Item(number, kind, content_type, cursor.until_zero() if cursor.left else b"")


def _places(source: Source, iloc: Box, limits: Limits) -> dict[int, Extents]:
    """Where each item lies, by its number; as far as the box can be read."""
    places: dict[int, Extents] = {}
    data = limits.take(source, iloc.start, iloc.end - iloc.start, iloc.where)
    if data is None:
        return places
    cursor = Cursor(data)
    try:
        _read_places(cursor, places)
    except CutOffError:
        limits.notes.add("The places of items are cut off or too many.", iloc.where)
    return places


def _read_places(cursor: Cursor, places: dict[int, Extents]) -> None:
    version = cursor.number(1)
    cursor.take(3)
    sizes = cursor.number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    extents_left = MAX_PARTS
    for _ in range(cursor.number(2 if version < 2 else 4)):
        number = cursor.number(2 if version < 2 else 4)
        method = cursor.number(2) & 15 if version in (1, 2) else 0
        cursor.take(2)  # the data are in this file
        base = cursor.number(base_size)
        count = cursor.number(2)
        extents_left -= count + 1
        if extents_left < 0:
            raise CutOffError
        pieces: list[tuple[int, int]] = []
        for _ in range(count):
            if version in (1, 2):
                cursor.take(index_size)
            offset = cursor.number(offset_size)
            pieces.append((base + offset, cursor.number(length_size)))
        places[number] = Extents(method, tuple(pieces))


def _joined(source: Source, extents: Extents, idat: Box | None, limits: Limits, where: str) -> bytes | None:
    if extents.method not in (0, 1) or (extents.method == 1 and idat is None):
        return limits.notes.add("It lies where nothing can be read.", where)
    shift, end = (idat.start, idat.end) if extents.method == 1 and idat is not None else (0, source.size)
    if sum(length for _, length in extents.pieces) > MAX_PACKET_BYTES:
        return limits.notes.add(f"It has more than {MAX_PACKET_BYTES >> 20} MiB and was not read.", where)
    joined = bytearray()
    for position, length in extents.pieces:
        if length == 0 or shift + position + length > end:
            return limits.notes.add("It reaches beyond the end of what holds it.", where)
        if not limits.part(where):
            return None
        data = limits.take(source, shift + position, length, where)
        if data is None:
            return None
        joined += data
    return bytes(joined)
