"""Writing an answer: whole or not at all, in however many pieces it comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lastlook.cli.options import write_whole


def test_pieces_are_written_one_after_the_other(tmp_path: Path) -> None:
    write_whole(tmp_path / "answer.txt", iter(["one, ", "", "two\n"]))
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"answer.txt": "one, two\n"}


def test_a_piece_that_cannot_be_made_leaves_everything_as_it_was(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "half"
        raise RuntimeError("the other half")

    (tmp_path / "answer.txt").write_text("before")
    with pytest.raises(RuntimeError, match="the other half"):
        write_whole(tmp_path / "answer.txt", pieces())
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"answer.txt": "before"}
