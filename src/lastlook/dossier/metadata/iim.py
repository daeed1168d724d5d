"""IPTC-IIM: the data sets of record 2 (IPTC Information Interchange Model 4.2, parts II and III)."""

from __future__ import annotations

from typing import Literal

import msgspec

from lastlook.dossier.metadata.source import MAX_PARTS, Cursor, CutOffError, Notes, Unreadable

MARK = 0x1C
MAX_VALUE_BYTES = 1 << 20
UTF_8 = (b"\x1b%G", b"\x1b%/G", b"\x1b%/H", b"\x1b%/I")  # ISO 2022 escapes; the last three are its older levels

Charset = Literal["utf-8", "latin-1"]


class DataSet(msgspec.Struct, frozen=True):
    """One data set: its number within record 2 and its text."""

    number: int
    text: str


class Iim(msgspec.Struct, frozen=True):
    """One IIM packet. `charset`: how its text was read; UTF-8 only if 1:90 declares it."""

    datasets: tuple[DataSet, ...]
    charset: Charset = "latin-1"
    unreadable: tuple[Unreadable, ...] = ()


def read_iim(packet: bytes, where: str = "IIM") -> Iim:
    """The data sets of record 2, in their order, as far as the packet can be read."""
    notes = Notes()
    charset: Charset = "latin-1"
    raw: list[tuple[int, bytes]] = []
    cursor = Cursor(packet)
    try:
        for _ in range(MAX_PARTS):
            if cursor.left == 0 or cursor.next_byte == 0:  # TIFF pads the packet with zeros
                break
            record, number, value = _dataset(cursor)
            if (record, number) == (1, 90):
                charset = _charset(value, notes, where)
            elif record == 2 and len(value) > MAX_VALUE_BYTES:
                notes.add(f"It has more than {MAX_VALUE_BYTES >> 20} MiB and was not read.", f"{where} 2:{number}")
            elif record == 2:
                raw.append((number, value))
        else:
            notes.add(f"There are more than {MAX_PARTS:,} data sets; the rest was not read.", where)
    except CutOffError:
        notes.add("The data sets break off.", where)
    datasets = tuple(DataSet(number, _text(value, charset, notes, f"{where} 2:{number}")) for number, value in raw)
    return Iim(datasets, charset, tuple(notes))


def _dataset(cursor: Cursor) -> tuple[int, int, bytes]:
    if cursor.number(1) != MARK:
        raise CutOffError
    record, number, length = cursor.number(1), cursor.number(1), cursor.number(2)
    if length & 0x8000:  # an extended data set: what stands here is the length of the length
        length = cursor.number(length & 0x7FFF)
    return record, number, cursor.take(length)


def _charset(escape: bytes, notes: Notes, where: str) -> Charset:
    if escape.strip() in UTF_8:
        return "utf-8"
    notes.add("1:90 declares a character set that is not known; Latin-1 was read.", where)
    return "latin-1"


def _text(value: bytes, charset: Charset, notes: Notes, where: str) -> str:
    try:
        text = value.decode(charset)
    except UnicodeDecodeError:
        notes.add("It is declared as UTF-8 and is not; Latin-1 was read.", where)
        text = value.decode("latin-1")
    return text.strip("\0 \t\r\n")
