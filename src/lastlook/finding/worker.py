"""The process that looks at one file after the other, under limits it cannot lift again."""

from __future__ import annotations

import sys
from multiprocessing.connection import Connection
from pathlib import Path

from lastlook.errors import LastlookError
from lastlook.finding.rows import Found, Unread
from lastlook.limits import MAX_FILE_BYTES, limit_this_process
from lastlook.matching.copies import Finder

MAX_MEMORY_BYTES = 4 << 30  # of addresses, the originals and the libraries among them
ANY_CPU_SECONDS = 30 * 24 * 3600  # each file has its time by the clock of who asked
TOO_MUCH_MEMORY = "Decoding it takes more memory than is allowed."


def serve(connection: Connection, finder: Finder, names: list[str], folder: Path) -> None:
    """Answer every name that comes with what was found, until None comes or nobody is there any more."""
    limit_this_process(memory_bytes=MAX_MEMORY_BYTES, cpu_seconds=ANY_CPU_SECONDS, written_bytes=1 << 20)
    try:
        while (item := connection.recv()) is not None:
            connection.send(look_at(folder, item, finder, names))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)


def look_at(folder: Path, item: str, finder: Finder, names: list[str]) -> tuple[Found, ...] | Unread:
    """What the finder says of one file. Whatever goes wrong is said of the item, and the next one is looked at."""
    try:
        with (folder / item).open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
        matches = finder.find(data)
    except LastlookError as error:
        return Unread(item, error.what)
    except MemoryError:
        return Unread(item, TOO_MUCH_MEMORY)
    except OSError as error:
        return Unread(item, f"It cannot be opened: {error.strerror or error}.")
    except Exception as error:  # noqa: BLE001 - a library that fails on one strange file must not end the search
        return Unread(item, f"It could not be compared ({type(error).__name__}).")
    return tuple(
        Found(
            item, names[match.original], match.relation, match.review, match.score, match.coverage_original,
            match.coverage_item, match.box, match.corners, match.mirrored, match.discounted, match.view,
        )
        for match in matches
    )  # fmt: skip
