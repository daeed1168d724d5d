"""From a picture file to its raw packets: XMP, IPTC-IIM and Exif. Pixels are never decoded, files never read whole.

Six formats by their first bytes, whatever the suffix says. Everything malformed gives what could be read, and notes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from lastlook.dossier.metadata import tiff
from lastlook.dossier.metadata.boxes import read_items
from lastlook.dossier.metadata.source import (
    MAX_PACKET_BYTES,
    MAX_PIXEL_PARTS,
    Cursor,
    CutOffError,
    Limits,
    Source,
    Unreadable,
    opened,
)
from lastlook.errors import LastlookError, Place

Format = Literal["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF"]

XMP_HEADER = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED_XMP_HEADER = b"http://ns.adobe.com/xmp/extension/\0"
EXIF_HEADER = b"Exif\0\0"
PHOTOSHOP_HEADER = b"Photoshop 3.0\0"
PNG_XMP = b"XML:com.adobe.xmp"
IIM_RESOURCE = 0x0404
MAX_PACKETS = 16  # of one kind in one file; each costs up to a second when it was made to
_TOO_MANY = f"There are more than {MAX_PACKETS} packets of this kind; the rest was not read."
T = TypeVar("T")
_BRANDS = (b"avif", b"avis", b"mif1", b"msf1", b"heic", b"heix", b"hevc", b"heim", b"heis", b"miaf")


class Packet(msgspec.Struct, frozen=True):
    """One packet as it stood in the file. `name`: what it is called wherever one of its values is shown."""

    name: str
    data: bytes


class Packets(msgspec.Struct, frozen=True):
    """The packets of one picture file, whether it carries Content Credentials, and what could not be read of it."""

    format: Format
    xmp: tuple[Packet, ...] = ()
    iim: tuple[Packet, ...] = ()
    exif: tuple[tiff.Page, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    credentials: bool = False

    @property
    def says_anything(self) -> bool:
        return bool(self.xmp or self.iim or self.exif or self.unreadable or self.credentials)


class _Found:
    """The packets met so far."""

    def __init__(self) -> None:
        self.limits = Limits()
        self.xmp: list[Packet] = []
        self.iim: list[Packet] = []
        self.exif: list[tiff.Page] = []
        self.credentials = False

    def note(self, what: str, where: str) -> None:
        self.limits.notes.add(what, where)

    def add_xmp(self, data: bytes, name: str = "XMP") -> None:
        self._add(self.xmp, data, name)

    def add_iim(self, data: bytes) -> None:
        self._add(self.iim, data, "IIM")

    def _add(self, to: list[Packet], data: bytes, name: str) -> None:
        before = sum(packet.name.rstrip(" 0123456789") == name for packet in to)
        _keep(to, Packet(f"{name} {before + 1}" if before else name, data), self, name)

    def add_exif(self, data: bytes) -> None:
        block = data.removeprefix(EXIF_HEADER)
        pages = tiff.read_pages(Source.of(block), self.limits, "Exif")
        self.exif.extend(pages)
        for page in pages:  # some tools put a packet here as well
            if tiff.XMP in page.main.entries:
                self.add_xmp(page.main.entries[tiff.XMP].data)

    def add_resources(self, data: bytes, where: str) -> None:
        """Photoshop image resources: `8BIM`, a number, a name, a length, the data, each padded to an even length."""
        cursor = Cursor(data)
        try:
            while cursor.left >= 12 and self.limits.part(where):
                if cursor.take(4) != b"8BIM":
                    return self.note("The image resources break off.", where)
                number = cursor.number(2)
                name_length = cursor.number(1)
                cursor.take(name_length + (name_length + 1) % 2)
                length = cursor.number(4)
                resource = cursor.take(length)
                if number == IIM_RESOURCE:
                    self.add_iim(resource)
                cursor.take(min(length % 2, cursor.left))
        except CutOffError:
            self.note("The image resources are cut off.", where)


def _keep(to: list[T], packet: T, found: _Found, where: str) -> None:
    """Add a packet, or note that there are too many."""
    if len(to) == MAX_PACKETS:
        return found.note(_TOO_MANY, where)
    to.append(packet)


def read_packets(picture: Path | bytes) -> Packets:
    """The packets of a picture, from a file or from bytes.

    Raises LastlookError when the file cannot be opened or is none of the six formats.
    """
    with opened(picture) as source:
        kind = _format_of(source)
        if kind is None:
            name = picture.name if isinstance(picture, Path) else ""
            raise LastlookError(
                f"{name or 'This'} is no picture whose metadata can be read.",
                remedy="Save it as JPEG, PNG, WebP, TIFF, AVIF or GIF.",
                where=Place(name),
            )
        found = _Found()
        _READERS[kind](source, found)
    return Packets(
        kind, tuple(found.xmp), tuple(found.iim), tuple(found.exif), tuple(found.limits.notes), found.credentials
    )


def _format_of(source: Source) -> Format | None:
    start = source.at(0, min(source.size, 64)) or b""
    begins: tuple[tuple[bytes, Format], ...] = (
        (b"\xff\xd8\xff", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"II\x2a\0", "TIFF"),
        (b"MM\0\x2a", "TIFF"),
        (b"II\x2b\0", "TIFF"),
        (b"MM\0\x2b", "TIFF"),
        (b"GIF87a", "GIF"),
        (b"GIF89a", "GIF"),
    )
    for begin, kind in begins:
        if start.startswith(begin):
            return kind
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WEBP"
    brands = [start[index : index + 4] for index in (8, *range(16, len(start) - 3, 4))]
    return "AVIF" if start[4:8] == b"ftyp" and any(brand in _BRANDS for brand in brands) else None


# JPEG (ITU-T T.81, annex B; XMP part 3, section 1.1.3; Exif 3.0, section 4.7)


class _Segments:
    """The application segments of one JPEG file, before pieces that belong together are joined."""

    def __init__(self) -> None:
        self.main: list[bytes] = []
        self.pieces: dict[bytes, dict[int, bytes]] = {}  # GUID → position → piece of extended XMP
        self.lengths: dict[bytes, int] = {}
        self.resources: list[bytes] = []


def _jpeg(source: Source, found: _Found) -> None:
    segments = _Segments()
    position = 2
    while found.limits.part("segments"):
        head = source.at(position, 4)
        if head is None:
            found.note("The file ends before the picture begins.", f"byte {position}")
            break
        marker = head[1]
        if head[0] != 0xFF:
            found.note("There is no segment where one must begin.", f"byte {position}")
            break
        if marker in (0xD9, 0xDA):  # the end, or the pixels
            _look_for_the_end(source, position, marker, found)
            break
        if marker == 0xFF or marker == 0x01 or 0xD0 <= marker <= 0xD8:  # fill bytes and markers without content
            position += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(head[2:], "big")
        if length < 2:
            found.note("A segment is shorter than its own length.", f"byte {position}")
            break
        found.credentials |= marker == 0xEB and _holds_credentials(source.at(position + 4, min(length - 2, 128)))
        if marker in (0xE1, 0xED):
            data = found.limits.take(source, position + 4, length - 2, f"segment at byte {position}")
            if data is not None:
                _segment(marker, data, segments, found)
        position += 2 + length
    _join(segments, found)


def _look_for_the_end(source: Source, position: int, marker: int, found: _Found) -> None:
    """Pixels without an end are cut off: what a browser makes of them is not what anybody looked at."""
    if marker == 0xDA and not source.has(b"\xff\xd9", position):
        found.note("The picture breaks off: its end is not marked.", "pixels")


def _holds_credentials(start: bytes | None) -> bool:
    """Whether a segment begins like JUMBF (ISO/IEC 19566-5, annex D) that holds C2PA, or goes on with some."""
    return start is not None and start[:2] == b"JP" and (b"c2pa" in start or b"jumb" in start)


def _segment(marker: int, data: bytes, segments: _Segments, found: _Found) -> None:
    if marker == 0xED:
        if data.startswith(PHOTOSHOP_HEADER):
            segments.resources.append(data[len(PHOTOSHOP_HEADER) :])
    elif data.startswith(EXIF_HEADER):
        found.add_exif(data)
    elif data.startswith(XMP_HEADER):
        _keep(segments.main, data[len(XMP_HEADER) :], found, "XMP")
    elif data.startswith(EXTENDED_XMP_HEADER):
        cursor = Cursor(data[len(EXTENDED_XMP_HEADER) :])
        try:
            guid, length, offset = cursor.take(32), cursor.number(4), cursor.number(4)
        except CutOffError:
            return found.note("A piece is cut off.", "extended XMP")
        if guid not in segments.pieces and len(segments.pieces) == MAX_PACKETS:
            return found.note(_TOO_MANY, "extended XMP")
        segments.pieces.setdefault(guid, {})[offset] = cursor.take(cursor.left)
        segments.lengths[guid] = length


def _join(segments: _Segments, found: _Found) -> None:
    for data in segments.main:
        found.add_xmp(data)
    for guid, pieces in segments.pieces.items():
        _join_extended(segments, guid, pieces, found)
    if segments.resources:
        found.add_resources(b"".join(segments.resources), "APP13")


def _join_extended(segments: _Segments, guid: bytes, pieces: dict[int, bytes], found: _Found) -> None:
    """Extended XMP counts if a main packet names it by its GUID and its pieces lie edge to edge."""
    where, length = "extended XMP", segments.lengths[guid]
    if not any(guid in data for data in segments.main):
        return found.note("The main packet does not name it, so it was not read.", where)
    if length > MAX_PACKET_BYTES:
        return found.note(f"It has more than {MAX_PACKET_BYTES >> 20} MiB and was not read.", where)
    joined = bytearray()
    for offset in sorted(pieces):
        if offset != len(joined):
            return found.note("A piece of it is missing or lies over another.", where)
        joined += pieces[offset]
    if len(joined) != length:
        return found.note("It is not as long as it says.", where)
    found.add_xmp(bytes(joined), "extended XMP")


# PNG (W3C PNG, third edition, section 11.3)


def _png(source: Source, found: _Found) -> None:
    position, pixels = 8, MAX_PIXEL_PARTS
    while True:
        head = source.at(position, 8)
        if head is None:
            return found.note("The file ends before its end is marked.", f"byte {position}")
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if kind == b"IEND":
            return _nothing_behind(source, position + 12, found)
        if kind in (b"IDAT", b"fdAT"):
            pixels -= 1
            if pixels < 0:
                return found.note(f"The pixels lie in more than {MAX_PIXEL_PARTS:,} parts.", "IDAT")
        elif not found.limits.part("chunks"):
            return
        found.credentials |= kind == b"caBX"
        if kind in _CHUNKS:
            data = found.limits.take(source, position + 8, length, f"{kind.decode()} chunk at byte {position}")
            if data is not None:
                _CHUNKS[kind](data, found)
        position += 12 + length


def _nothing_behind(source: Source, end: int, found: _Found) -> None:
    if source.size > end:
        found.note("Something stands behind the end of the picture.", f"byte {end}")


def _international_text(data: bytes, found: _Found) -> None:
    cursor = Cursor(data)
    try:
        keyword = cursor.until_zero()
        compressed, _method = cursor.number(1), cursor.number(1)
        cursor.until_zero()  # its language
        cursor.until_zero()  # its keyword in that language
    except CutOffError:
        return found.note("A text is cut off.", "iTXt")
    if keyword == PNG_XMP or keyword.startswith(b"Raw profile type "):
        text = cursor.take(cursor.left)
        whole = _inflated(text, found, f"iTXt {keyword[:40].decode('latin-1')}") if compressed else text
        if whole is not None:
            _plain_text(keyword + b"\0" + whole, found)


def _plain_text(data: bytes, found: _Found) -> None:
    keyword, _, text = data.partition(b"\0")
    if keyword == PNG_XMP:
        found.add_xmp(text)
    if keyword.startswith(b"Raw profile type "):
        _raw_profile(keyword, text, found)


def _compressed_text(data: bytes, found: _Found) -> None:
    keyword, _, rest = data.partition(b"\0")
    if keyword == PNG_XMP or keyword.startswith(b"Raw profile type "):
        text = _inflated(rest[1:], found, keyword.decode("latin-1"))
        if text is not None:
            _plain_text(keyword + b"\0" + text, found)


def _raw_profile(keyword: bytes, text: bytes, found: _Found) -> None:
    """A packet in hexadecimal digits, behind its name and its length: how older tools put packets into PNG."""
    kind, where = keyword.removeprefix(b"Raw profile type ").lower(), keyword[:40].decode("latin-1")
    match = re.match(rb"\s*+[^\n]{1,100}\n\s*+\d++\s", text)
    if match is None:
        return found.note("It does not say how long it is.", where)
    try:
        data = bytes.fromhex(text[match.end() :].decode("ascii"))
    except ValueError:
        return found.note("It is not made of hexadecimal digits.", where)
    if kind in (b"iptc", b"8bim"):
        if data.startswith(b"8BIM"):
            found.add_resources(data, where)
        else:
            found.add_iim(data)
    elif kind == b"xmp" or data.startswith(XMP_HEADER):
        found.add_xmp(data.removeprefix(XMP_HEADER))
    elif kind in (b"exif", b"app1"):
        found.add_exif(data)


def _inflated(data: bytes, found: _Found, where: str) -> bytes | None:
    """Decompressed, as far as the limit allows; nothing of what is larger, which counts all the same."""
    stream, allowed = zlib.decompressobj(), found.limits.bytes_left
    try:
        whole = stream.decompress(data, allowed + 1)
    except zlib.error:
        found.limits.spend(len(data))
        return found.note("It cannot be decompressed.", where)
    if len(whole) <= allowed and not stream.eof:
        found.limits.spend(len(whole))
        return found.note("It is cut off.", where)
    if not found.limits.room(len(whole), where):
        return found.limits.spend(len(whole))
    return whole


_CHUNKS: dict[bytes, Callable[[bytes, _Found], None]] = {
    b"iTXt": _international_text,
    b"tEXt": _plain_text,
    b"zTXt": _compressed_text,
    b"eXIf": lambda data, found: found.add_exif(data),
}


# WebP (RFC 9649, section 2.7)


def _webp(source: Source, found: _Found) -> None:
    head = source.at(4, 4)
    end = 8 + int.from_bytes(head or b"", "little")
    if end > source.size:
        found.note("The file is shorter than it says.", "RIFF")
    _nothing_behind(source, end + end % 2, found)
    position = 12
    while position + 8 <= min(end, source.size) and found.limits.part("chunks"):
        chunk = source.at(position, 8) or b""
        kind, length = chunk[:4], int.from_bytes(chunk[4:], "little")
        if kind == b"C2PA":
            found.credentials = True
        if kind in (b"XMP ", b"EXIF"):
            data = found.limits.take(source, position + 8, length, f"{kind.decode().strip()} chunk")
            if data is not None:
                (found.add_xmp if kind == b"XMP " else found.add_exif)(data)
        position += 8 + length + length % 2


# TIFF


def _tiff(source: Source, found: _Found) -> None:
    found.exif.extend(tiff.read_pages(source, found.limits, "TIFF"))
    for page in found.exif:
        entries = page.main.entries
        found.credentials |= tiff.CREDENTIALS in entries
        if tiff.XMP in entries:
            found.add_xmp(entries[tiff.XMP].data)
        if tiff.IIM in entries:
            found.add_iim(entries[tiff.IIM].data)
        if tiff.PHOTOSHOP in entries:
            found.add_resources(entries[tiff.PHOTOSHOP].data, "TIFF, tag 34377")


# AVIF


def _avif(source: Source, found: _Found) -> None:
    for kind, data in read_items(source, found.limits):
        if kind == "C2PA":
            found.credentials = True
            continue
        (found.add_xmp if kind == "XMP" else found.add_exif)(data)


# GIF (GIF89a, sections 18 to 26; XMP part 3, section 1.1.2)


def _gif(source: Source, found: _Found) -> None:
    screen = source.at(6, 7)
    if screen is None:
        return found.note("The file ends before the picture begins.", "GIF")
    walk = _Blocks(source, found)
    position = 13 + _colour_table(screen[4])
    while found.limits.part("blocks"):
        head = source.at(position, 1)
        if head == b"\x3b":
            return
        if head == b"\x21":
            end = walk.extension(position)
        elif head == b"\x2c" and (image := source.at(position, 10)) is not None:
            end = walk.end_of(position + 11 + _colour_table(image[9]))
        else:
            end = None
        if end is None:
            return found.note("The blocks break off.", f"byte {position}")
        position = end


def _colour_table(flags: int) -> int:
    """Bytes of the colour table that the flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


class _Blocks:
    """Sub-blocks: a length and as many bytes, again and again, until a length of nought."""

    def __init__(self, source: Source, found: _Found) -> None:
        self._source, self._found, self._left = source, found, 2 * MAX_PIXEL_PARTS

    def end_of(self, position: int) -> int | None:
        """The position behind the sub-blocks that begin at `position`."""
        while self._left > 0:
            self._left -= 1
            length = self._source.at(position, 1)
            if length is None:
                return None
            position += 1 + length[0]
            if length == b"\0":
                return position
        return None

    def extension(self, position: int) -> int | None:
        name = self._source.at(position + 1, 13)
        if name is not None and name.startswith(b"\xff\x0bC2PA_GIF"):
            self._found.credentials = True
        if name != b"\xff\x0bXMP DataXMP":
            return self.end_of(position + 2)
        start = position + 14
        end = self.end_of(start)
        if end is not None:
            data = self._found.limits.take(self._source, start, end - start, "XMP DataXMP extension")
            if data is not None:
                # Behind the packet stand 01 FF FE … 00 00: whoever takes its bytes for lengths lands on a nought.
                magic = data.rfind(b"\x01\xff\xfe", max(0, len(data) - 260))
                self._found.add_xmp(data if magic < 0 else data[:magic])
        return end


_READERS: dict[Format, Callable[[Source, _Found], None]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WEBP": _webp,
    "TIFF": _tiff,
    "AVIF": _avif,
    "GIF": _gif,
}
