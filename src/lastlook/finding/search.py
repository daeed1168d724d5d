"""All files of a folder against some originals: rows in the order of items, whatever order they were looked at in."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from lastlook.errors import LastlookError, Place
from lastlook.finding.journal import Journal
from lastlook.finding.pool import answers
from lastlook.finding.rows import Found, Looked, Unread
from lastlook.finding.walk import State, files_in
from lastlook.finding.worker import serve
from lastlook.limits import MAX_FILE_BYTES
from lastlook.matching.copies import Finder
from lastlook.matching.fingerprint import Fingerprint, fingerprint

Told = Callable[[int, int], None]  # how many of how many are done


class Searched(msgspec.Struct, frozen=True):
    """items: how many files were met. found and unread are sorted."""

    items: int
    found: tuple[Found, ...]
    unread: tuple[Unread, ...]

    @property
    def exit_code(self) -> int:
        """2: something was not read; 1: a copy; 3: only matches for review; 0: nothing of the originals was found."""
        copies = [row for row in self.found if row.copy]
        if self.unread:
            return 2
        return 1 if any(not row.review for row in copies) else 3 if copies else 0


def read_originals(paths: Sequence[Path]) -> list[Fingerprint]:
    """The fingerprints of these files. Raises LastlookError for one that cannot be read: nothing is said without it."""
    found = []
    for path in paths:
        try:
            with path.open("rb") as stream:
                found.append(fingerprint(stream.read(MAX_FILE_BYTES + 1)))
        except OSError as error:
            what = f"It cannot be opened: {error.strerror}."
            raise LastlookError(what, remedy="Name a picture that is there.", where=Place(str(path))) from error
        except LastlookError as error:
            raise LastlookError(error.what, remedy=error.remedy, where=Place(str(path))) from error
    return found


def search(
    finder: Finder, names: list[str], folder: Path, *, journal: Journal, at_once: int = 0, told: Told = lambda *_: None
) -> Searched:
    """Look at every file in `folder`. names: of the finder's originals, in order; at_once: processes (0: all cores)."""
    if not folder.is_dir():
        raise LastlookError("It is no folder.", remedy="Name a folder of files.", where=Place(str(folder)))
    states: dict[str, State] = {}
    done: dict[str, Looked] = {}
    refused: list[Unread] = []
    for each in files_in(folder):
        if isinstance(each, Unread):
            refused.append(each)
            continue
        item, state = each
        before = journal.done.get(item)
        if before is not None and before.state == state:
            done[item] = before
        else:
            states[item] = state
    of = len(done) + len(states)
    told(len(done), of)
    processes = min(at_once or os.cpu_count() or 1, max(len(states), 1))
    if states:
        for item, answer in answers(states, serve, (finder, names, folder), processes):
            unread = (answer,) if isinstance(answer, Unread) else ()
            looked = Looked(item, states[item], () if isinstance(answer, Unread) else answer, unread)
            journal.add(looked)
            done[item] = looked
            told(len(done), of)
    journal.complete()
    found = sorted((row for looked in done.values() for row in looked.found), key=_order)
    unread_rows = sorted([*refused, *(row for looked in done.values() for row in looked.unread)])
    return Searched(of + len(refused), tuple(found), tuple(unread_rows))


def _order(row: Found) -> tuple[object, ...]:
    return row.item, not row.copy, -row.score, row.original
