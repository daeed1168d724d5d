"""Bundles of files in one: a zip that is not compressed, of which every byte is determined by its members.

Members stand in the order given, at a fixed time, without extra fields or comments. What is read is accepted only if
writing it again gives the same bytes; so nothing can hide between members, behind them, or in a header.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from lastlook.evidence.refusal import Malformed

MAX_BYTES = 1 << 28
MAX_MEMBERS = 5_000
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can state
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}(/[a-z0-9][a-z0-9._-]{0,99}){0,3}\Z")


def to_archive(members: Mapping[str, bytes]) -> bytes:
    """The members as one zip, in their order. Names are lower-case letters, digits, `.`, `_`, `-` and `/`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            if not _NAME.fullmatch(name):
                raise ValueError(f"BUG: {name!r} is no name for a member")
            about = zipfile.ZipInfo(name, EPOCH)
            about.create_system = 3
            about.external_attr = 0o100644 << 16
            archive.writestr(about, data)
    return out.getvalue()


def from_archive(data: bytes) -> dict[str, bytes]:
    """The members in their order. Raises Malformed unless these are exactly the bytes `to_archive` writes."""
    if len(data) > MAX_BYTES:
        raise Malformed(f"A bundle of {len(data)} bytes is too large.")
    members: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = archive.infolist()
            if len(found) > MAX_MEMBERS:
                raise Malformed(f"A bundle with {len(found)} members has too many.")
            for member in found:
                if not _NAME.fullmatch(member.filename) or member.filename in members:
                    raise Malformed(f"A bundle has no member {member.filename[:80]!r}, or has it twice.")
                if member.compress_type != zipfile.ZIP_STORED or member.file_size > len(data):
                    raise Malformed("A bundle is not compressed.")
                members[member.filename] = archive.read(member)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError) as error:
        raise Malformed(f"This is no bundle: {error}.") from error
    if to_archive(members) != data:
        raise Malformed("There is something in the bundle besides its members.")
    return members
