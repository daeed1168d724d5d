"""Strings and numbers as SSH writes them (RFC 4251, section 5), and text armour around them."""

from __future__ import annotations

import base64
import binascii
import struct

from lastlook.evidence.refusal import Malformed

MAX_BYTES = 1 << 16


def string(data: bytes) -> bytes:
    """A length in 4 bytes, big-endian, and the bytes."""
    return struct.pack(">I", len(data)) + data


class Reader:
    """Reads one field after the other; what is left over at the end is refused."""

    def __init__(self, data: bytes, what: str) -> None:
        self._data, self._at, self._what = data, 0, what

    def take(self, count: int) -> bytes:
        found = self._data[self._at : self._at + count]
        if len(found) != count:
            raise Malformed(f"{self._what} ends too early.")
        self._at += count
        return found

    def number(self) -> int:
        (found,) = struct.unpack(">I", self.take(4))
        return int(found)

    def string(self) -> bytes:
        length = self.number()
        if length > MAX_BYTES:
            raise Malformed(f"{self._what} holds a field of {length} bytes.")
        return self.take(length)

    def name(self) -> str:
        try:
            return self.string().decode("ascii")
        except UnicodeDecodeError as error:
            raise Malformed(f"{self._what} has a name that is not ASCII.") from error

    def mpint(self) -> int:
        """A positive whole number, in the one spelling that RFC 4251 allows."""
        data = self.string()
        if not data or data[0] & 0x80 or (data[0] == 0 and (len(data) < 2 or not data[1] & 0x80)):
            raise Malformed(f"{self._what} has a number that is not written as SSH writes it.")
        return int.from_bytes(data, "big")

    def end(self) -> None:
        if self._at != len(self._data):
            raise Malformed(f"{self._what} has bytes left over.")

    @property
    def rest(self) -> bytes:
        return self._data[self._at :]


def armoured(data: bytes, label: str, width: int) -> str:
    """Base64 between `-----BEGIN label-----` and `-----END label-----`."""
    text = base64.b64encode(data).decode("ascii")
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""])


def from_armour(text: str, label: str, what: str) -> bytes:
    """The bytes between the two lines. Raises Malformed for anything before, behind or among them."""
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if len(lines) < 3 or lines[0] != f"-----BEGIN {label}-----" or lines[-1] != f"-----END {label}-----":
        raise Malformed(f"{what} stands between the lines BEGIN {label} and END {label}.")
    body = "".join(lines[1:-1])
    try:
        data = base64.b64decode(body.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Malformed(f"{what} is not base64.") from error
    if base64.b64encode(data).decode("ascii") != body:
        raise Malformed(f"{what} is not base64 as RFC 4648 writes it.")
    return data
