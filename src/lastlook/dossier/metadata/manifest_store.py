"""The child process that has c2pa-python read one file: `python -m … [ROOTS] <picture >manifests.json`.

The one module that knows c2pa-python, which is optional and moves fast (0.38.1). It parses what strangers wrote in code
that is not ours, so it runs by itself under limits. Nothing is fetched.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

from lastlook.dossier.metadata.source import MAX_PACKET_BYTES
from lastlook.limits import limit_this_process

MAX_MEMORY_BYTES = 2 << 30
MAX_CPU_SECONDS = 30

# Exit codes. What ends the process from outside has others.
READ, NONE_THERE, UNREADABLE = 0, 10, 11


def main(roots: str | None = None) -> int:
    """Read the picture on standard input, write its manifest store as JSON to standard output."""
    limit_this_process(memory_bytes=MAX_MEMORY_BYTES, cpu_seconds=MAX_CPU_SECONDS, written_bytes=MAX_PACKET_BYTES)
    c2pa: Any = importlib.import_module("c2pa")
    settings: dict[str, Any] = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
    if roots is not None:
        settings["trust"] = {"trust_anchors": Path(roots).read_text(encoding="utf-8")}
    try:
        with c2pa.Context.from_dict(settings) as context:
            reader = c2pa.Reader.try_create(sys.stdin.buffer, context=context)
            if reader is None:
                return NONE_THERE
            with reader:
                sys.stdout.buffer.write(reader.json().encode())
    except (c2pa.C2paError, OSError, ValueError, NotImplementedError, MemoryError):
        return UNREADABLE
    return READ


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
