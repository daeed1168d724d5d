"""Digests of bytes and of values: the same bytes, the same value, the same words, always.

Values are written by RFC 8785 (JSON Canonicalization Scheme) before they are hashed, so that a digest made
here can be made again by any other tool.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

Canonical: TypeAlias = "str | int | bool | Sequence[Canonical] | Mapping[str, Canonical] | None"

READ_AT_ONCE_BYTES = 1 << 20


def sha256_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 hex digits; reads a mebibyte at a time."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(READ_AT_ONCE_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def sha256_of_value(value: Canonical) -> str:
    """SHA-256 over the RFC 8785 bytes of a value, as 64 hex digits."""
    import rfc8785  # imported when first needed: start-up stays light

    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def short_id(value: Canonical) -> str:
    """The first 16 hex digits (64 bits) of a value's digest: enough to name a finding within a campaign."""
    return sha256_of_value(value)[:16]
