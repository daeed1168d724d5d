"""A shelf: what was put is there, in its order, in a file that nobody sees and that is gone with the shelf."""

from __future__ import annotations

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lastlook.dossier.shelf import Shelf


def test_each_piece_comes_back_as_it_was_put() -> None:
    shelf = Shelf()
    pieces = {"one": b"1" * 5, "none": b"", "two": b"2" * 70_000, "three": b"3"}
    for key, piece in pieces.items():
        shelf.put(key, piece)
    assert list(shelf.items()) == list(pieces.items())
    assert (len(shelf), "four" in shelf) == (4, False)


def test_several_threads_put_at_once() -> None:
    shelf = Shelf()
    pieces = {str(number): bytes([number]) * (number * 97) for number in range(200)}
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda key: shelf.put(key, pieces[key]), pieces))
    assert dict(shelf) == pieces


def test_a_shelf_on_which_nothing_was_put_is_empty_and_opens_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", None)
    assert dict(Shelf()) == {}


def test_nothing_is_left_of_a_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shelf = Shelf()
    shelf.put("one", b"1")
    file = shelf._file
    assert list(tmp_path.iterdir()) == [], "it has no name while it is used"
    del shelf
    gc.collect()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(file)


def test_where_there_is_no_room_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    monkeypatch.setattr(os, "pwrite", lambda file, piece, at: len(piece) - 1)  # as a disk that fills up
    with pytest.raises(OSError, match="No space left on device"):
        shelf.put("one", b"12")
    assert dict(shelf) == {}
