from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("numpy")
pytest.importorskip("cv2")

from PIL import ImageOps

from lastlook.cli.main import main
from tests.world.pictures import a_file, a_picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "published"
    folder.mkdir()
    (tmp_path / "original.jpg").write_bytes(a_file(a_picture(1), quality=92))
    (folder / "same.jpg").write_bytes(a_file(a_picture(1), quality=92))
    (folder / "mirrored.png").write_bytes(a_file(ImageOps.mirror(a_picture(1)), "PNG"))
    (folder / "other.jpg").write_bytes(a_file(a_picture(2)))
    return folder


def find(folder: Path, *more: str) -> int:
    return main(["find", str(folder.parent / "original.jpg"), "--in", str(folder), "--at-once", "1", *more])


def test_rows_are_json_lines_with_the_keys_that_are_promised(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert find(folder, "--format", "jsonl") == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["item"], row["relation"]) for row in rows] == [("mirrored.png", "mirrored"), ("same.jpg", "exact")]
    promised = {"item", "original", "relation", "review", "score", "coverage_original", "coverage_item", "box"}
    assert all(promised <= set(row) for row in rows)


def test_what_is_not_read_is_a_row_and_gives_two(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing")
    assert find(folder, "--format", "jsonl") == 2
    out = capsys.readouterr()
    error = "It cannot be decoded: it is no picture, broken or incomplete."
    assert json.loads(out.out.splitlines()[0]) == {"item": "broken.jpg", "error": error}
    assert out.err == "4 files: 2 with a copy, 0 of these to be looked at, 1 not read and not cleared.\n"


def test_nothing_found_in_what_was_all_read_gives_zero(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("same.jpg", "mirrored.png"):
        (folder / name).unlink()
    assert find(folder) == 0
    assert capsys.readouterr().out == ""


def test_an_original_that_cannot_be_read_is_an_error_and_no_search(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder.parent / "original.jpg").write_bytes(b"")
    assert find(folder) == 2
    assert "It is empty." in capsys.readouterr().err


def test_names_from_strangers_move_no_cursor(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "same.jpg").rename(folder / "\x1b[2Jsame.jpg")
    find(folder)
    assert "\x1b" not in capsys.readouterr().out


def test_the_page_stands_by_itself_and_escapes_what_strangers_wrote(folder: Path) -> None:
    (folder / "same.jpg").rename(folder / "<script>alert(1)<!--.jpg")
    page = folder.parent / "copies.html"
    assert find(folder, "--format", "html", "--output", str(page)) == 1
    written = page.read_text()
    assert written.startswith("<!doctype html>")
    assert "<script" not in written
    assert "&lt;script&gt;alert(1)" in written
    assert "default-src 'none'" in written
    assert written.count("<article") == 2
    assert "http://" not in written
    assert "https://" not in written


def test_a_fingerprint_names_what_it_was_made_with(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fingerprint", str(folder / "same.jpg"), str(folder / "mirrored.png")]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [set(row) for row in rows] == [{"file", "sha256", "pdq", "pdq_quality", "algorithm"}] * 2
    assert {row["algorithm"] for row in rows} == {"pdq;pillow/luma-601/white/dct-1000"}
    assert main(["fingerprint", "--full-size", str(folder / "same.jpg")]) == 0
    assert json.loads(capsys.readouterr().out)["algorithm"] == "pdq;pillow/luma-601-exact/white/full"


def test_a_fingerprint_of_what_is_no_picture_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jpg").write_bytes(b"hello")
    assert main(["fingerprint", str(tmp_path / "a.jpg"), str(tmp_path / "none.jpg")]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "no picture" in told.err
    assert "No such file" in told.err


def test_without_numpy_it_is_said_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert find(folder) == 2
    assert "pip install 'lastlook[match]'" in capsys.readouterr().err
