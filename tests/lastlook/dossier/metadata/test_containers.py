"""Where packets lie in six formats, and that nothing malformed does more than leave a note."""

from __future__ import annotations

import struct
import tracemalloc
import zlib
from pathlib import Path

import pytest

from lastlook.dossier.metadata import tiff
from lastlook.dossier.metadata.containers import MAX_PACKETS, Packet, Packets, read_packets
from lastlook.dossier.metadata.source import MAX_PACKET_BYTES, MAX_PARTS, Unreadable
from lastlook.errors import LastlookError
from tests.lastlook.dossier.metadata.made import (
    FORMATS,
    a_jpeg,
    a_packet,
    a_picture,
    a_png,
    a_tiff,
    an_avif,
    box,
    chunk,
    dataset,
    extended_segment,
    itxt,
    resources,
    segment,
    xmp_segment,
)

PACKET = a_packet("<dc:format>image/jpeg</dc:format>").encode()
IIM = dataset(2, 105, b"Bear")
GUID = b"0123456789ABCDEF0123456789ABCDEF"


def xmp(data: bytes, name: str = "XMP") -> Packet:
    return Packet(name, data)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_without_metadata_has_no_packets_and_nothing_unreadable(kind: str) -> None:
    found = read_packets(a_picture(kind))
    assert (found.format, found.xmp, found.iim, found.unreadable) == (kind, (), (), ())


def test_what_is_no_picture_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "call-sheet.jpg"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(LastlookError) as caught:
        read_packets(path)
    assert str(caught.value) == (
        "call-sheet.jpg: call-sheet.jpg is no picture whose metadata can be read.\n"
        "  try: Save it as JPEG, PNG, WebP, TIFF, AVIF or GIF."
    )


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LastlookError, match="cannot be read"):
        read_packets(tmp_path / "gone.jpg")


def test_the_first_bytes_decide_and_not_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    path.write_bytes(a_picture("PNG"))
    assert read_packets(path) == Packets("PNG")


# JPEG.


def test_the_segments_of_a_jpeg_give_their_packets() -> None:
    picture = a_jpeg(xmp_segment(PACKET), segment(0xED, b"Photoshop 3.0\0" + resources(IIM)))
    assert read_packets(picture) == Packets("JPEG", (xmp(PACKET),), (Packet("IIM", IIM),))


def test_two_main_packets_are_both_kept_and_told_apart() -> None:
    picture = a_jpeg(xmp_segment(PACKET), xmp_segment(PACKET))
    assert read_packets(picture).xmp == (xmp(PACKET), xmp(PACKET, "XMP 2"))


def test_image_resources_that_are_split_over_two_segments_are_joined() -> None:
    whole = resources(IIM)
    picture = a_jpeg(*(segment(0xED, b"Photoshop 3.0\0" + part) for part in (whole[:20], whole[20:])))
    assert read_packets(picture) == Packets("JPEG", iim=(Packet("IIM", IIM),))


MAIN = a_packet(attributes=f'xmpNote:HasExtendedXMP="{GUID.decode()}"').encode()


def test_extended_xmp_is_joined_by_offset_in_whatever_order_it_stands() -> None:
    pieces = [extended_segment(GUID, 9, at, b"<a>bc</a>"[at : at + 3]) for at in (3, 0, 6)]
    picture = a_jpeg(xmp_segment(MAIN), *pieces)
    assert read_packets(picture).xmp == (xmp(MAIN), xmp(b"<a>bc</a>", "extended XMP"))


@pytest.mark.parametrize(
    ("main", "pieces", "what"),
    [
        (PACKET, [(9, 0, b"<a>bc</a>")], "The main packet does not name it, so it was not read."),
        (MAIN, [(9, 3, b"bc</a>")], "A piece of it is missing or lies over another."),
        (MAIN, [(9, 0, b"<a>bc"), (9, 4, b"</a>")], "A piece of it is missing or lies over another."),
        (MAIN, [(10, 0, b"<a>bc</a>")], "It is not as long as it says."),
        (MAIN, [(0xFFFFFFFF, 0, b"<a>bc</a>")], "It has more than 16 MiB and was not read."),
    ],
)
def test_extended_xmp_that_does_not_fit_is_noted_and_the_main_packet_kept(
    main: bytes, pieces: list[tuple[int, int, bytes]], what: str
) -> None:
    picture = a_jpeg(xmp_segment(main), *(extended_segment(GUID, *piece) for piece in pieces))
    assert read_packets(picture) == Packets("JPEG", (xmp(main),), unreadable=(Unreadable(what, "extended XMP"),))


def test_only_so_many_identifiers_of_extended_xmp_are_followed() -> None:
    guids = [b"%032d" % number for number in range(MAX_PACKETS + 1)]
    main = PACKET + b" ".join(guids)
    found = read_packets(a_jpeg(xmp_segment(main), *(extended_segment(guid, 4, 0, b"<a/>") for guid in guids)))
    assert len(found.xmp) == MAX_PACKETS
    assert found.unreadable == (
        Unreadable("There are more than 16 packets of this kind; the rest was not read.", "extended XMP"),
    )


def test_a_jpeg_that_ends_in_a_segment_keeps_what_came_before() -> None:
    picture = a_jpeg(xmp_segment(PACKET), xmp_segment(PACKET))
    cut = picture[: 2 + len(xmp_segment(PACKET)) + 50]
    position = 2 + len(xmp_segment(PACKET))
    found = read_packets(cut)
    assert found.xmp == (xmp(PACKET),)
    assert found.unreadable == (
        Unreadable("It reaches beyond the end of the file.", f"segment at byte {position}"),
        Unreadable("The file ends before the picture begins.", f"byte {2 + 2 * len(xmp_segment(PACKET))}"),
    )


def test_ten_thousand_segments_are_enough() -> None:
    picture = a_jpeg(*[segment(0xFE, b"")] * MAX_PARTS, xmp_segment(PACKET))
    assert read_packets(picture) == Packets(
        "JPEG", unreadable=(Unreadable("There are more than 10,000 parts; the rest was not read.", "segments"),)
    )


# PNG.


@pytest.mark.parametrize("compressed", [False, True])
def test_xmp_in_a_png_may_be_compressed(compressed: bool) -> None:
    assert read_packets(a_png(itxt(PACKET, compressed=compressed))) == Packets("PNG", (xmp(PACKET),))


def test_text_that_swells_beyond_the_limit_is_not_kept() -> None:
    picture = a_png(itxt(b" " * (6 * MAX_PACKET_BYTES), compressed=True))
    tracemalloc.start()
    found = read_packets(picture)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == Packets(
        "PNG",
        unreadable=(Unreadable("It has more than 16 MiB and was not read.", "iTXt XML:com.adobe.xmp"),),
    )
    assert peak < 4 * MAX_PACKET_BYTES


def test_all_packets_of_a_file_together_are_limited() -> None:
    big = itxt(b"<" + b" " * (MAX_PACKET_BYTES - 1), compressed=True)
    found = read_packets(a_png(*[big] * 3))
    assert len(found.xmp) == 2  # what stands in the file counts as well as what it became
    assert found.unreadable == (Unreadable("The packets have more than 48 MiB together.", "iTXt XML:com.adobe.xmp"),)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (zlib.compress(PACKET)[:20], "It is cut off."),
        (b"no deflate", "It cannot be decompressed."),
    ],
)
def test_compressed_text_that_is_broken_is_noted(text: bytes, what: str) -> None:
    broken = chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + text)
    assert read_packets(a_png(broken, itxt(PACKET))) == Packets(
        "PNG", (xmp(PACKET),), unreadable=(Unreadable(what, "iTXt XML:com.adobe.xmp"),)
    )


def test_packets_that_older_tools_wrote_as_digits_are_read() -> None:
    profile = b"\niptc\n%8d\n" % len(resources(IIM)) + resources(IIM).hex().encode() + b"\n"
    plain = chunk(b"tEXt", b"Raw profile type iptc\0" + profile)
    squeezed = chunk(b"zTXt", b"Raw profile type APP1\0\0" + zlib.compress(
        b"\ngeneric profile\n%8d\n" % 9 + (b"http://ns.adobe.com/xap/1.0/\0" + PACKET).hex().encode()
    ))  # fmt: skip
    assert read_packets(a_png(plain, squeezed)) == Packets("PNG", (xmp(PACKET),), (Packet("IIM", IIM),))


def test_more_chunks_of_pixels_than_parts_are_no_reason_to_stop() -> None:
    picture = a_png(*[chunk(b"IDAT", b"")] * (MAX_PARTS + 1), itxt(PACKET))
    assert read_packets(picture) == Packets("PNG", (xmp(PACKET),))


# TIFF.


def test_a_tiff_gives_the_packets_of_its_tags() -> None:
    for order in "<>":
        entries = [(700, 1, PACKET), (33723, 7, IIM), (34377, 1, resources(IIM + b"\0"))]
        found = read_packets(a_tiff(entries, order=order))
        assert (found.xmp, found.iim) == ((xmp(PACKET),), (Packet("IIM", IIM), Packet("IIM 2", IIM + b"\0")))
        assert found.unreadable == ()


def test_a_directory_that_points_to_itself_is_read_once() -> None:
    found = read_packets(a_tiff([(700, 1, PACKET)], following=8))
    assert found.xmp == (xmp(PACKET),)
    assert found.unreadable == (Unreadable("A directory points back to one already read.", "TIFF"),)


@pytest.mark.parametrize(("length", "what"), [
    (1 << 30, "It reaches beyond the end of the file."),
    (0, "It has no value of a known type."),
])  # fmt: skip
def test_an_entry_that_does_not_fit_is_noted(length: int, what: str) -> None:
    picture = bytearray(a_tiff([(700, 1, PACKET)]))
    picture[14:18] = struct.pack("<I", length)
    assert read_packets(bytes(picture)).unreadable == (Unreadable(what, "TIFF, tag 700"),)


def test_a_tiff_of_two_gibibytes_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "large.tif"
    with path.open("wb") as file:
        file.write(b"II\x2a\0" + struct.pack("<I", (2 << 30) + 8))
        file.seek((2 << 30) + 8)
        packet_at = (2 << 30) + 8 + 2 + 12 + 4
        file.write(struct.pack("<HHHII", 1, 700, 1, len(PACKET), packet_at) + struct.pack("<I", 0) + PACKET)
    tracemalloc.start()
    found = read_packets(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found.xmp, found.unreadable) == ((xmp(PACKET),), ())
    assert peak < 1 << 20


def test_a_tiff_with_wide_offsets_is_read() -> None:
    head = b"II\x2b\0\x08\0\0\0" + struct.pack("<Q", 16)
    entry = struct.pack("<HHQQ", 700, 1, len(PACKET), 16 + 8 + 20 + 8)
    picture = head + struct.pack("<Q", 1) + entry + struct.pack("<Q", 0) + PACKET
    assert read_packets(picture).xmp == (xmp(PACKET),)


# AVIF.


@pytest.mark.parametrize("method", [0, 1])
@pytest.mark.parametrize("pieces", [1, 3])
def test_an_item_lies_in_the_file_or_beside_its_description_in_one_piece_or_several(method: int, pieces: int) -> None:
    assert read_packets(an_avif(PACKET, method=method, pieces=pieces)) == Packets("AVIF", (xmp(PACKET),))


def test_an_item_does_not_reach_beyond_the_box_that_holds_it() -> None:
    picture = an_avif(PACKET, method=1)
    length = struct.pack(">I", len(PACKET))
    longer = picture.replace(b"\0\0\0\0" + length, b"\0\0\0\0" + struct.pack(">I", len(PACKET) + 1), 1)
    assert read_packets(longer) == Packets(
        "AVIF", unreadable=(Unreadable("It reaches beyond the end of what holds it.", "XMP item 7"),)
    )


def test_an_item_of_another_item_is_noted() -> None:
    found = read_packets(an_avif(PACKET, method=2))
    assert found == Packets("AVIF", unreadable=(Unreadable("It lies where nothing can be read.", "XMP item 7"),))


def test_xmp_in_a_box_of_its_own_is_read() -> None:
    picture = a_picture("AVIF") + box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), PACKET)
    assert read_packets(picture) == Packets("AVIF", (xmp(PACKET),))


def test_a_box_that_claims_more_than_there_is_is_read_as_far_as_it_goes() -> None:
    picture = bytearray(an_avif(PACKET, method=0))
    start = picture.rfind(b"mdat") - 4
    picture[start : start + 4] = struct.pack(">I", 1 << 30)
    found = read_packets(bytes(picture))
    assert found.xmp == (xmp(PACKET),)
    assert found.unreadable == (Unreadable("A box is larger than what holds it.", f"byte {start}"),)


# WebP and GIF.


def test_a_webp_that_is_cut_off_keeps_what_came_before() -> None:
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
        for kind, data in ((b"VP8X", b"\0" * 10), (b"XMP ", PACKET), (b"EXIF", a_tiff([(315, 2, b"Jane\0\0\0\0")])))
    )
    whole = b"RIFF" + struct.pack("<I", len(body)) + body
    found = read_packets(whole)
    assert (found.xmp, [page.main.text(tiff.ARTIST) for page in found.exif]) == ((xmp(PACKET),), ["Jane"])
    cut = read_packets(whole[:-10])
    assert (cut.xmp, cut.exif) == ((xmp(PACKET),), ())
    assert cut.unreadable == (
        Unreadable("The file is shorter than it says.", "RIFF"),
        Unreadable("It reaches beyond the end of the file.", "EXIF chunk"),
    )


def test_a_gif_that_breaks_off_is_noted() -> None:
    magic = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    picture = a_picture("GIF")
    trailer = picture.rindex(b"\x3b")
    whole = picture[:trailer] + b"\x21\xff\x0bXMP DataXMP" + PACKET + magic + picture[trailer:]
    assert read_packets(whole) == Packets("GIF", (xmp(PACKET),))
    cut = read_packets(whole[:-40])
    assert (cut.xmp, cut.unreadable) == ((), (Unreadable("The blocks break off.", f"byte {trailer}"),))
