"""Pictures of one flat colour and packets made by hand, for what no other tool writes."""

from __future__ import annotations

import io
import itertools
import struct
import zlib

from PIL import Image

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "TIFF": "tif", "AVIF": "avif", "GIF": "gif"}

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "evil": "http://ns.useplus.example/ldf/xmp/1.0/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())


def a_picture(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 12), "seagreen").save(out, kind)
    return out.getvalue()


def a_packet(properties: str = "", attributes: str = "", *, wrapped: bool = True) -> str:
    """An XMP packet with one description."""
    body = f'<rdf:RDF {DECLARED}><rdf:Description rdf:about="" {attributes}>{properties}</rdf:Description></rdf:RDF>'
    if not wrapped:
        return body
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        + body
        + "</x:xmpmeta>"
        + " " * 200
        + '<?xpacket end="w"?>'
    )


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def a_jpeg(*segments: bytes) -> bytes:
    """A JPEG with segments directly behind its beginning."""
    picture = a_picture("JPEG")
    return picture[:2] + b"".join(segments) + picture[2:]


def xmp_segment(packet: bytes | str) -> bytes:
    data = packet.encode() if isinstance(packet, str) else packet
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + data)


def extended_segment(guid: bytes, length: int, offset: int, piece: bytes) -> bytes:
    return segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + guid + struct.pack(">II", length, offset) + piece)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_png(*chunks: bytes) -> bytes:
    """A PNG with chunks behind its header."""
    picture = a_picture("PNG")
    return picture[:33] + b"".join(chunks) + picture[33:]


def itxt(packet: bytes, *, compressed: bool = False) -> bytes:
    data = zlib.compress(packet) if compressed else packet
    return chunk(b"iTXt", b"XML:com.adobe.xmp\0" + bytes([compressed, 0]) + b"\0\0" + data)


def dataset(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def resources(iim: bytes) -> bytes:
    """Photoshop image resources with one that does not matter before the one that does."""
    return b"".join(
        b"8BIM" + struct.pack(">H", number) + b"\0\0" + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)
        for number, data in ((0x03ED, b"abc"), (0x0404, iim))
    )


def a_tiff(entries: list[tuple[int, int, bytes]], *, order: str = "<", following: int = 0) -> bytes:
    """A TIFF of one directory. Entries: tag, field type, data in whole values of that type."""
    sizes = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}
    table, heap = b"", b""
    start = 8 + 2 + 12 * len(entries) + 4
    for tag, kind, data in entries:
        value = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(order + "I", start + len(heap))
        heap += data if len(data) > 4 else b""
        table += struct.pack(order + "HHI", tag, kind, len(data) // sizes[kind]) + value
    mark = b"II\x2a\0" if order == "<" else b"MM\0\x2a"
    return mark + struct.pack(order + "IH", 8, len(entries)) + table + struct.pack(order + "I", following) + heap


def box(kind: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I", 8 + len(data)) + kind + data


def an_avif(packet: bytes, *, method: int, pieces: int = 1) -> bytes:
    """An AVIF of nothing but one XMP item, in `idat` (method 1) or in `mdat` (method 0), in one or more pieces."""
    entry = box(b"infe", b"\x02\0\0\0", struct.pack(">HH", 7, 0), b"mime", b"\0", b"application/rdf+xml\0")
    iinf = box(b"iinf", b"\0\0\0\0", struct.pack(">H", 1), entry)
    head = box(b"ftyp", b"avif\0\0\0\0avifmif1")
    cuts = [len(packet) * index // pieces for index in range(pieces + 1)]

    def meta(base: int) -> bytes:
        extents = b"".join(struct.pack(">II", base + start, end - start) for start, end in itertools.pairwise(cuts))
        iloc = box(
            b"iloc",
            b"\x01\0\0\0",
            struct.pack(">HH", 0x4400, 1),
            struct.pack(">HHHH", 7, method, 0, pieces),
            extents,
        )
        return box(b"meta", b"\0\0\0\0", iinf, iloc, box(b"idat", packet if method == 1 else b""))

    base = 0 if method == 1 else len(head) + len(meta(0)) + 8
    return head + meta(base) + box(b"mdat", packet if method == 0 else b"")
