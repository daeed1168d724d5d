"""Every file of a folder and below, in the order of names. Nothing is left out for its name; links are not followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from lastlook.finding.rows import Unread

State = tuple[int, int]  # bytes, and nanoseconds of the last change


def files_in(folder: Path) -> Iterator[tuple[str, State] | Unread]:
    """Paths relative to the folder with their state; and for what is no plain file, why it is not looked at."""
    unread: list[Unread] = []

    def refused(error: OSError) -> None:
        name = Path(error.filename).relative_to(folder).as_posix() if error.filename else "."
        unread.append(Unread(name, f"It cannot be looked into: {error.strerror}."))

    for at, folders, names in os.walk(folder, onerror=refused):
        here = Path(at)
        yield from (each for each in unread)
        unread.clear()
        folders.sort()
        for name in sorted([*names, *(each for each in folders if (here / each).is_symlink())]):
            path = here / name
            relative = path.relative_to(folder).as_posix()
            try:
                known = path.lstat()
            except OSError as error:
                yield Unread(relative, f"It cannot be opened: {error.strerror}.")
                continue
            if stat.S_ISLNK(known.st_mode):
                yield Unread(relative, "A link is not followed.")
            elif not stat.S_ISREG(known.st_mode):
                yield Unread(relative, "It is no plain file.")
            else:
                yield relative, (known.st_size, known.st_mtime_ns)
    yield from unread
