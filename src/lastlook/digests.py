"""Digests of bytes and of values: the same bytes, the same value, the same words, always.

Values are written by RFC 8785 (JSON Canonicalization Scheme) before they are hashed, so that a digest made
here can be made again by any other tool.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

Canonical: TypeAlias = "str | int | bool | Sequence[Canonical] | Mapping[str, Canonical] | None"

READ_AT_ONCE_BYTES = 1 << 20


def sha256_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 hex digits; reads a mebibyte at a time."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(READ_AT_ONCE_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def canonical(value: object) -> Canonical:
    """Any frozen value of ours as RFC 8785 can write it: structs by name, sets in order, other numbers as their text.

    Fractions are kept as their decimal text, out of the way of how ECMAScript writes numbers.
    """
    if isinstance(value, msgspec.Struct):
        fields = {name: canonical(getattr(value, name)) for name in value.__struct_fields__}
        return {"is": type(value).__name__, **fields}
    if isinstance(value, Mapping):
        return {str(key): canonical(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    return repr(value) if isinstance(value, float) else str(value)


def sha256_of_value(value: Canonical) -> str:
    """SHA-256 over the RFC 8785 bytes of a value, as 64 hex digits."""
    import rfc8785  # imported when first needed: start-up stays light

    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def short_id(value: Canonical) -> str:
    """The first 16 hex digits (64 bits) of a value's digest: enough to name a finding within a campaign."""
    return sha256_of_value(value)[:16]
