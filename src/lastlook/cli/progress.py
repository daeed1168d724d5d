"""How far long work has come: one line on a terminal's standard error, gone when the work is done."""

from __future__ import annotations

import sys

from lastlook.dossier.pictures import Told, nobody


def progress(what: str) -> Told:
    """Says `what` with each step; says nothing where standard error is not a terminal, such as in a log."""
    if not sys.stderr.isatty():
        return nobody

    def told(done: int, of: int) -> None:
        line = f"{what}: {done:,} of {of:,}"
        sys.stderr.write(f"\r{line}" if done < of else f"\r{' ' * len(line)}\r")
        sys.stderr.flush()

    return told
