"""Values as bytes, one way only: RFC 8785 (JSON Canonicalization Scheme), and back again by the same rule.

What is signed or kept in a log is read back only if its bytes are exactly those that would be written. So there is no
second spelling of an entry, no key twice, no space that could be changed.

Numbers are whole and below 2**53; a fraction is refused, because ECMAScript's way of writing one (RFC 8785, 3.2.2.3) is
easy to get wrong elsewhere. Write it as text.
"""

from __future__ import annotations

import json
from typing import NoReturn

from lastlook.digests import Canonical
from lastlook.errors import LastlookError
from lastlook.evidence.refusal import Malformed

MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1


def to_bytes(value: Canonical) -> bytes:
    """The RFC 8785 bytes of a value. Raises LastlookError for what has no such bytes: fractions, lone surrogates."""
    import rfc8785

    _no_fractions(value)
    try:
        return bytes(rfc8785.dumps(value))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise LastlookError(
            f"This value has no canonical bytes: {error}.", remedy="Write large numbers and fractions as text."
        ) from error


def from_bytes(data: bytes, *, max_bytes: int = 1 << 20) -> Canonical:
    """The value that these bytes are the canonical form of. Raises Malformed for any other spelling of it."""
    if len(data) > max_bytes:
        raise Malformed(f"{len(data)} bytes are more than the {max_bytes} that are read.")
    try:
        value: Canonical = json.loads(data.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"This is not JSON in UTF-8: {error}.") from error
    if _depth(value) > MAX_DEPTH:
        raise Malformed(f"This is nested deeper than {MAX_DEPTH} levels.")
    try:
        again = to_bytes(value)
    except LastlookError as error:
        raise Malformed(error.what) from error
    if again != data:
        raise Malformed("This is not canonical JSON (RFC 8785): another spelling of the same value.")
    return value


def _refuse(number: str) -> NoReturn:
    raise ValueError(f"the number {number[:40]} is not whole")


def _no_fractions(value: object) -> None:
    if isinstance(value, float):
        raise LastlookError(f"{value!r} is not a whole number.", remedy="Write a fraction as text.")
    if isinstance(value, dict):
        for item in value.values():
            _no_fractions(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _no_fractions(item)


def _depth(value: object) -> int:
    deepest, open_values = 0, [(value, 1)]
    while open_values:
        item, depth = open_values.pop()
        deepest = max(deepest, depth)
        if isinstance(item, dict):
            open_values += [(inner, depth + 1) for inner in item.values()]
        elif isinstance(item, list):
            open_values += [(inner, depth + 1) for inner in item]
    return deepest
