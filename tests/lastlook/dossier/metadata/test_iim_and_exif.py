"""The two older packets: how their text is read, and what of them is kept when they are broken."""

from __future__ import annotations

import struct

import pytest

from lastlook.dossier.metadata.exif import Exif, read_exif
from lastlook.dossier.metadata.iim import DataSet, Iim, read_iim
from lastlook.dossier.metadata.source import Unreadable
from lastlook.dossier.metadata.values import Position
from tests.lastlook.dossier.metadata.made import a_tiff, dataset

UTF_8 = dataset(1, 90, b"\x1b%G")


def test_text_is_utf_8_only_where_it_is_declared() -> None:
    caption = dataset(2, 120, "Bär".encode())
    assert read_iim(UTF_8 + caption) == Iim((DataSet(120, "Bär"),), "utf-8")
    assert read_iim(caption) == Iim((DataSet(120, "BÃ¤r"),), "latin-1")


def test_a_declaration_behind_the_text_counts_as_well() -> None:
    assert read_iim(dataset(2, 5, "Bär".encode()) + UTF_8) == Iim((DataSet(5, "Bär"),), "utf-8")


def test_text_that_is_not_the_utf_8_it_is_declared_to_be_is_latin_1_and_noted() -> None:
    assert read_iim(UTF_8 + dataset(2, 5, b"B\xe4r")) == Iim(
        (DataSet(5, "Bär"),),
        "utf-8",
        (Unreadable("It is declared as UTF-8 and is not; Latin-1 was read.", "IIM 2:5"),),
    )


def test_another_character_set_is_noted() -> None:
    assert read_iim(dataset(1, 90, b"\x1b.A") + dataset(2, 5, b"x")) == Iim(
        (DataSet(5, "x"),),
        "latin-1",
        (Unreadable("1:90 declares a character set that is not known; Latin-1 was read.", "IIM"),),
    )


def test_a_long_data_set_says_how_long_its_length_is() -> None:
    extended = struct.pack(">BBBHI", 0x1C, 2, 120, 0x8004, 4) + b"long"
    assert read_iim(extended) == Iim((DataSet(120, "long"),))


def test_zeros_behind_the_data_sets_are_padding() -> None:
    assert read_iim(dataset(2, 5, b"x") + b"\0\0\0") == Iim((DataSet(5, "x"),))


@pytest.mark.parametrize(
    "rest",
    [b"rubbish", dataset(2, 120, b"caption")[:-1], b"\x1c\x02", struct.pack(">BBBH", 0x1C, 2, 120, 0xFFFF)],
)
def test_data_sets_that_break_off_keep_what_came_before(rest: bytes) -> None:
    assert read_iim(dataset(2, 5, b"x") + rest) == Iim(
        (DataSet(5, "x"),), unreadable=(Unreadable("The data sets break off.", "IIM"),)
    )


def test_ten_thousand_data_sets_are_enough() -> None:
    found = read_iim(dataset(2, 25, b"x") * 20_000)
    assert len(found.datasets) == 10_000
    assert found.unreadable == (Unreadable("There are more than 10,000 data sets; the rest was not read.", "IIM"),)


# EXIF.


def gps(*entries: tuple[int, int, bytes], order: str = "<") -> bytes:
    """An Exif block whose only content is a GPS directory, laid behind the main one."""
    at = 8 + 2 + 12 + 4
    table, heap = b"", b""
    start = at + 2 + 12 * len(entries) + 4
    for tag, kind, data in entries:
        count = len(data) // {2: 1, 5: 8}[kind]
        value = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(order + "I", start + len(heap))
        heap += data if len(data) > 4 else b""
        table += struct.pack(order + "HHI", tag, kind, count) + value
    main = a_tiff([(34853, 4, struct.pack(order + "I", at))], order=order)
    return main + struct.pack(order + "H", len(entries)) + table + struct.pack(order + "I", 0) + heap


def fraction(*parts: tuple[int, int], order: str = "<") -> bytes:
    return b"".join(struct.pack(order + "II", *part) for part in parts)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_position_is_degrees_with_south_and_west_below_nought(order: str) -> None:
    block = gps(
        (1, 2, b"S\0"),
        (2, 5, fraction((45, 1), (45, 1), (0, 1), order=order)),
        (3, 2, b"W\0"),
        (4, 5, fraction((4, 1), (3000, 100), (36, 1), order=order)),
        order=order,
    )
    assert read_exif(block) == ((Exif(position=Position(-45.75, -4.51)),), ())


@pytest.mark.parametrize("latitude", [((45, 0),), ((91, 1), (0, 1), (0, 1)), ()])
def test_a_position_that_cannot_be_read_is_still_a_position(latitude: tuple[tuple[int, int], ...]) -> None:
    block = gps(*([(2, 5, fraction(*latitude))] if latitude else []), (4, 5, fraction((4, 1), (0, 1), (0, 1))))
    assert read_exif(block) == ((Exif(position=Position()),), ())


def test_a_gps_directory_without_coordinates_is_no_position() -> None:
    assert read_exif(gps((1, 2, b"N\0"))) == ((Exif(),), ())


def test_text_is_utf_8_or_else_latin_1_and_the_two_holders_of_a_copyright_are_parted() -> None:
    block = a_tiff([(270, 2, "Bär\0".encode()), (315, 2, b"B\xe4r\0\0"), (33432, 2, b"one\0two\0")])
    assert read_exif(block) == ((Exif(description="Bär", artist="Bär", copyright="one; two"),), ())


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_there_is_not_is_unknown(orientation: int) -> None:
    assert read_exif(a_tiff([(274, 3, struct.pack("<H", orientation))])) == ((Exif(),), ())


def test_a_block_that_is_no_block_is_noted() -> None:
    for block in (b"", b"II", b"II\x2a\0", b"XX\x2a\0\x08\0\0\0", b"II\x2c\0\x08\0\0\0"):
        found, unreadable = read_exif(block)
        assert found == ()
        assert unreadable == (Unreadable("It does not begin like TIFF.", "Exif"),)
