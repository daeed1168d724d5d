"""Personal data as salted commitments: a digest in the log, the value outside of it, destroyed when it has to go.

    disclosure = base64url, no padding, of the canonical JSON [salt, name, value]
    digest     = base64url, no padding, of SHA-256 of the disclosure's ASCII

as SD-JWT has it (RFC 9901). The digest is over the exact string of the disclosure: that string is kept and handed on.
Without its 32 random bytes of salt a digest can neither be opened nor guessed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets

import msgspec

from lastlook.digests import Canonical
from lastlook.evidence.canonical import to_bytes
from lastlook.evidence.refusal import Malformed

SALT_BYTES = 32  # RFC 9901, 9.3 asks for 16 at the least
MAX_DISCLOSURE = 1 << 17


class Disclosure(msgspec.Struct, frozen=True):
    """One value that a digest stands for. `text`: the exact string the digest was taken of."""

    text: str
    name: str
    value: str

    @property
    def digest(self) -> str:
        return digest_of(self.text)


def new_salt() -> bytes:
    """32 random bytes; fresh for every value of every record."""
    return secrets.token_bytes(SALT_BYTES)


def commit(name: str, value: str, *, salt: bytes) -> Disclosure:
    """A value hidden behind a salt. Write its `digest` into the log, keep its `text` where it can be destroyed."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"BUG: a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return Disclosure(_base64url(to_bytes([_base64url(salt), name, value])), name, value)


def digest_of(text: str) -> str:
    """The digest of a disclosure's exact text: 43 letters."""
    return _base64url(hashlib.sha256(text.encode("ascii")).digest())


def open_disclosure(text: str) -> Disclosure:
    """The value behind a disclosure. Raises Malformed; that it belongs to a digest is for the caller to compare."""
    if len(text) > MAX_DISCLOSURE:
        raise Malformed("A disclosure is too long.")
    try:
        parts = json.loads(_from_base64url(text).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Malformed("A disclosure is base64url of a JSON list.") from error
    if not isinstance(parts, list) or len(parts) != 3 or not all(isinstance(part, str) for part in parts):
        raise Malformed("A disclosure is a list of salt, name and value.")
    return Disclosure(text, parts[1], parts[2])


def keyed(salt: bytes, value: Canonical) -> str:
    """HMAC-SHA-256 of a value's canonical bytes, 64 hex digits: the same value has the same one under one salt."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"BUG: a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hmac.new(salt, to_bytes(value), hashlib.sha256).hexdigest()


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def _from_base64url(text: str) -> bytes:
    try:
        data = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Malformed("A disclosure is base64url.") from error
    if _base64url(data) != text:
        raise Malformed("A disclosure is base64url without padding.")
    return data
