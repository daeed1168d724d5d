from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("cv2")

from PIL import Image  # noqa: E402

from lastlook.finding import pool  # noqa: E402
from lastlook.finding.journal import Journal  # noqa: E402
from lastlook.finding.rows import Found, Looked, Unread  # noqa: E402
from lastlook.finding.search import Searched, read_originals, search  # noqa: E402
from lastlook.matching.copies import Finder  # noqa: E402
from tests.bench.copies import edits  # noqa: E402
from tests.world.pictures import a_file, a_picture  # noqa: E402

PICTURE = a_picture(1, (640, 480))
NO_PICTURE = "It cannot be decoded: it is no picture, broken or incomplete."


def edited(change: object, strength: float) -> bytes:
    made = change(PICTURE, strength, np.random.default_rng(5))  # type: ignore[operator]
    return made if isinstance(made, bytes) else edits.encoded(made)


@functools.cache
def bomb() -> bytes:
    """Four hundred million pixels in a few kilobytes."""
    return a_file(Image.new("1", (20_000, 20_000)), "PNG")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Copies of a picture among other things that lie about in folders."""
    folder = tmp_path / "corpus"
    (folder / "deep" / "down").mkdir(parents=True)
    files = {
        "crop.jpg": edited(edits.crop, 0.3),
        "deep/cmyk.jpg": edited(edits.cmyk, 85),
        "deep/down/on-its-side.jpg": edited(edits.container, 0),
        "palette.png": edited(edits.container, 1),
        "seen-through.png": edited(edits.container, 2),
        "animated.gif": edited(edits.container, 3),
        "no suffix": edited(edits.phone, 0.6),
        "innocent.jpg": a_file(a_picture(33, (640, 480))),
        "truncated.jpg": edited(edits.jpeg, 80)[:9000],
        "truncated.png": a_file(PICTURE, "PNG")[:9000],
        "empty.jpg": b"",
        "notes.txt": b"not a picture",
        ".hidden.jpg": edited(edits.jpeg, 40),
        "bomb.png": bomb(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "link.jpg").symlink_to(folder / "crop.jpg")
    os.mkfifo(folder / "pipe")
    (tmp_path / "original.jpg").write_bytes(a_file(PICTURE, quality=92))
    return folder


def searched(corpus: Path, *, at_once: int = 2, journal: Path | None = None) -> Searched:
    finder = Finder(read_originals([corpus.parent / "original.jpg"]))
    return search(finder, ["original.jpg"], corpus, journal=Journal(journal), at_once=at_once)


def test_every_file_is_handled_or_reported_and_none_is_skipped(corpus: Path) -> None:
    result = searched(corpus)
    assert [(row.item, row.relation, row.review) for row in result.found] == [
        (".hidden.jpg", "re_encoded", False),
        ("animated.gif", "re_encoded", False),
        ("crop.jpg", "crop", False),
        ("deep/cmyk.jpg", "re_encoded", False),
        ("deep/down/on-its-side.jpg", "re_encoded", False),
        ("no suffix", "contains", False),
        ("palette.png", "re_encoded", False),
        ("seen-through.png", "contains", False),
    ]
    assert result.unread == (
        Unread("bomb.png", "It has more than 300 million pixels."),
        Unread("empty.jpg", "It is empty."),
        Unread("link.jpg", "A link is not followed."),
        Unread("notes.txt", NO_PICTURE),
        Unread("pipe", "It is no plain file."),
        Unread("truncated.jpg", NO_PICTURE),
        Unread("truncated.png", NO_PICTURE),
    )
    assert (result.items, result.exit_code) == (16, 2)


def test_how_many_look_at_once_changes_nothing(corpus: Path) -> None:
    assert searched(corpus, at_once=1) == searched(corpus, at_once=3)


def test_an_item_that_was_written_to_since_is_looked_at_again(corpus: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    kept = Journal(journal)
    before = searched(corpus)
    for each in ("crop.jpg", "innocent.jpg"):
        state = (corpus / each).stat()
        kept.add(
            Looked(each, (state.st_size, state.st_mtime_ns), (Found(each, "o", "exact", False, 1, 1, 1, (0, 0, 1, 1)),))
        )
    kept.close()
    (corpus / "innocent.jpg").write_bytes(a_file(a_picture(34, (640, 480))))
    rows = {row.item: row.relation for row in searched(corpus, journal=journal).found}
    assert rows["crop.jpg"] == "exact"  # taken over from the journal, which is why it has to go when a run is complete
    assert "innocent.jpg" not in rows
    assert not journal.exists()
    assert searched(corpus, journal=journal) == before


def test_a_run_that_is_killed_again_and_again_ends_with_the_same_answer(corpus: Path, tmp_path: Path) -> None:
    for number in range(12):
        (corpus / f"more-{number:02}.jpg").write_bytes(a_file(a_picture(60 + number, (640, 480))))
    root = Path(__file__).parents[3]
    command = [
        sys.executable, "-m", "lastlook", "find", str(corpus.parent / "original.jpg"), "--in", str(corpus),
        "--format", "jsonl", "--at-once", "1",
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}:{root}", "LASTLOOK_CACHE": str(tmp_path / "cache")}
    whole = subprocess.run([*command, "--start-over"], env=environment, capture_output=True, check=False)
    assert whole.returncode == 2
    for kill in range(10):
        started = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0
        )
        journal = tmp_path / "cache"
        until = time.monotonic() + 20
        while time.monotonic() < until and sum(_lines(path) for path in journal.glob("find-*.jsonl")) <= kill:
            time.sleep(0.02)
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
    assert any(_lines(path) >= 10 for path in (tmp_path / "cache").glob("find-*.jsonl"))
    again = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (again.returncode, again.stdout) == (2, whole.stdout)


def _lines(path: Path) -> int:
    try:
        return path.read_bytes().count(b"\n")
    except FileNotFoundError:
        return 0


def _dies_at_two(connection: object, *_: object) -> None:
    while (item := connection.recv()) is not None:  # type: ignore[attr-defined]
        if item == "2":
            os.kill(os.getpid(), signal.SIGKILL)
        if item == "3":
            time.sleep(60)
        connection.send(())  # type: ignore[attr-defined]


def test_a_worker_that_ends_or_hangs_costs_its_item_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "SECONDS_FOR_ONE", 1.0)
    got = dict(pool.answers([str(n) for n in range(6)], _dies_at_two, (), at_once=2))
    assert got == {
        "0": (), "1": (), "4": (), "5": (), "2": Unread("2", pool.ENDED), "3": Unread("3", pool.TOOK_TOO_LONG),
    }  # fmt: skip
