"""Files that leave the house, written whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from lastlook.errors import LastlookError, Place


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file so that whoever reads it never sees half of it."""
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with partial.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise LastlookError(
            f"It cannot be written: {error.strerror}.", where=Place(str(path)), remedy="Check the folder."
        ) from error
