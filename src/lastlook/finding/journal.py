"""What was looked at so far, a line for each item, so that a run that was killed goes on where it was.

A line counts if it is whole and its file has not been written to since. When a run is complete the journal goes: the
next run looks at everything again.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import msgspec

from lastlook.digests import short_id
from lastlook.finding.rows import Looked
from lastlook.matching.fingerprint import ALGORITHM, Fingerprint

SYNCED_EVERY = 50  # lines


class Journal:
    """Lines of one search. `path`: None keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.done = _read(path)
        self._out: BinaryIO | None = None
        self._lines = 0
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            whole = b"".join(msgspec.json.encode(each) + b"\n" for each in self.done.values())
            path.write_bytes(whole)  # without the half line that a kill may have left
            self._out = path.open("ab")

    def add(self, looked: Looked) -> None:
        if self._out is None:
            return
        self._out.write(msgspec.json.encode(looked) + b"\n")
        self._out.flush()
        self._lines += 1
        if self._lines % SYNCED_EVERY == 0:
            os.fsync(self._out.fileno())

    def close(self) -> None:
        """Stop here; another run can go on."""
        if self._out is not None:
            self._out.close()

    def complete(self) -> None:
        """The run has come to its end: nothing is left to go on with."""
        self.close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def journal_name(originals: list[Fingerprint], known: list[Fingerprint], folder: Path) -> str:
    """One name for one search: these originals, these known assets, this folder, this algorithm."""
    digests = [[one.sha256 for one in originals], [one.sha256 for one in known]]
    return f"find-{short_id([ALGORITHM, str(folder.resolve()), *digests])}.jsonl"


def _read(path: Path | None) -> dict[str, Looked]:
    if path is None or not path.exists():
        return {}
    done: dict[str, Looked] = {}
    for line in path.read_bytes().split(b"\n"):
        try:
            looked = msgspec.json.decode(line, type=Looked)
        except msgspec.MsgspecError:
            continue
        done[looked.item] = looked
    return done
