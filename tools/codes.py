"""The packs of all codes, which are not in use by default yet (packs/README.md)."""

from __future__ import annotations

import functools
from pathlib import Path

from lastlook.packs import Library, read_packs

_PACKS = Path(__file__).resolve().parent.parent / "packs"


def code_folders() -> list[Path]:
    """The folder of every pack in `packs/`, in the order of their names."""
    return sorted(manifest.parent for manifest in _PACKS.glob("*/pack.yaml"))


@functools.cache
def the_codes() -> Library:
    return read_packs(code_folders())
