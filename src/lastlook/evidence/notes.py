"""Signed notes (C2SP signed-note v1.0.0): a text, and below an empty line who signed it.

    <text, its last newline included>
    <empty line>
    — <key name> <base64 of 4 bytes key id and the signature>

A signature by a key that nobody knows is passed over; a known key whose signature fails refuses the whole note. Types
of keys: 0x01 Ed25519 over the text, 0x04 Ed25519 over a cosignature (`checkpoints`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from lastlook.evidence.refusal import Malformed, Refused
from lastlook.evidence.signing import KEY_BYTES, from_base64, is_signed, public_key, sign, to_base64

ED25519, COSIGNATURE = 0x01, 0x04
MAX_BYTES = 1 << 20
MAX_SIGNATURES = 100
DASH = "\u2014 "  # an em dash and a space; signed-note, "Format"
KEY_ID_BYTES = 4


class NoteKey(msgspec.Struct, frozen=True):
    """A public key with the name it signs under, and what it signs."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def id(self) -> bytes:
        """SHA-256(name, newline, type, key), the first 4 bytes."""
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.public).digest()[:KEY_ID_BYTES]

    @property
    def vkey(self) -> str:
        """The key as text: `name+hash+base64 of type and key`."""
        return f"{self.name}+{self.id.hex()}+{to_base64(bytes([self.kind]) + self.public)}"


class Signature(msgspec.Struct, frozen=True):
    """One line below a note."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        return f"{DASH}{self.name} {to_base64(self.key_id + self.value)}\n"

    def is_by(self, key: NoteKey) -> bool:
        """Whether it claims to be by this key."""
        return self.name == key.name and self.key_id == key.id


class Note(msgspec.Struct, frozen=True):
    """A text and its signatures, none of them believed yet."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def as_bytes(self) -> bytes:
        return f"{self.text}\n{''.join(each.line for each in self.signatures)}".encode()


def read_vkey(text: str) -> NoteKey:
    """A public key from its text. Raises Malformed where name, hash and key do not belong together."""
    parts = text.split("+", 2)  # the base64 of the key may hold a plus itself
    if len(parts) != 3:
        raise Malformed("A key is written `name+hash+key`.")
    name, key_id, encoded = parts
    raw = from_base64(encoded, what="The key")
    if not is_name(name):
        raise Malformed(f"The name of a key has no spaces and no plus: {name!r}.")
    if len(raw) != 1 + KEY_BYTES or raw[0] not in (ED25519, COSIGNATURE):
        raise Malformed("The key is of no type that is known here: Ed25519 (1), or a cosignature of it (4).")
    key = NoteKey(name, raw[1:], raw[0])
    if key.id.hex() != key_id:
        raise Malformed(f"The hash of the key {name} is {key_id}; it should be {key.id.hex()}.")
    return key


def is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(letter.isspace() or not letter.isprintable() for letter in name)


def signed_note(text: str, name: str, seed: bytes) -> Note:
    """The text signed by an Ed25519 key under this name."""
    _check_text(text)
    key = NoteKey(name, public_key(seed))
    return Note(text, (Signature(name, key.id, sign(seed, text.encode())),))


def read_note(data: bytes) -> Note:
    """A note as it stands. Raises Malformed; believes no signature yet."""
    if len(data) > MAX_BYTES:
        raise Malformed(f"A note of {len(data)} bytes is too large.")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("A note is text in UTF-8.") from error
    if any(ord(letter) < 0x20 and letter != "\n" for letter in whole):
        raise Malformed("A note holds no control characters.")
    text, gap, below = whole.rpartition("\n\n")
    text += "\n"
    if not gap or not below.endswith("\n"):
        raise Malformed("A note is a text, an empty line and at least one whole line with a signature.")
    _check_text(text)
    lines = below[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise Malformed(f"A note with {len(lines)} signatures has too many.")
    return Note(text, tuple(_signature(line) for line in lines))


def _check_text(text: str) -> None:
    if not text.endswith("\n") or text == "\n":
        raise Malformed("The text of a note ends with a newline and is not empty.")


def _signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not space or not is_name(name):
        raise Malformed("A signature is written `— name base64`.")
    raw = from_base64(encoded, what=f"The signature of {name}")
    if len(raw) <= KEY_ID_BYTES:
        raise Malformed(f"The signature of {name} is too short.")
    return Signature(name, raw[:KEY_ID_BYTES], raw[KEY_ID_BYTES:])


def check_signed_by(note: Note, keys: Sequence[NoteKey]) -> tuple[NoteKey, ...]:
    """Which of these Ed25519 keys signed the text; at least one.

    Raises Refused where a known key's signature is not over this text, and where no known key signed.
    """
    found: dict[NoteKey, None] = {}
    for signature in note.signatures:
        for key in (each for each in keys if each.kind == ED25519 and signature.is_by(each)):
            if not is_signed(key.public, note.text.encode(), signature.value):
                raise Refused(
                    f"The signature of {key.name} is not over this text.",
                    code="signature",
                    remedy="Do not use it: it was changed after it was signed.",
                )
            found[key] = None
    if not found:
        names = ", ".join(each.name for each in note.signatures)
        raise Refused(
            f"Nobody who is known signed it; it bears the names {names}.",
            code="unknown-key",
            remedy="Ask for a trust file that names its key, from somebody you trust.",
        )
    return tuple(found)
