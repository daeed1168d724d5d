"""A second check does again only what changed, and says the same as one that does everything again."""

from __future__ import annotations

import csv
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from lastlook.cli.main import main
from lastlook.digests import sha256_of_file
from lastlook.dossier import cache as cached
from lastlook.dossier import pictures, signed, thumbnails
from lastlook.dossier.check import check_folders
from lastlook.dossier.metadata.credentials import Credentials, read_credentials
from tests.world.rules import bundled
from tests.world.signing import a_signed_picture, the_root
from tools.docs import ON

EXAMPLES = Path(__file__).parents[2] / "examples"
MANIFEST = """\
lastlook: 1
campaign: {id: six, markets: [GB], flight: {from: 2027-03-01, until: 2027-05-31}, stage: final}
people: [{id: talent-1, age: 9}]
"""


class Work(msgspec.Struct, frozen=True):
    """How many pictures were read to the end, and how many decoders were started."""

    hashed: int
    decoded: int


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Work]:
    """Tells of the work done since it was asked last."""
    done: list[str] = []

    def noted(what: str, work: Callable[..., object]) -> Callable[..., object]:
        def noting(*arguments: object) -> object:
            done.append(what)
            return work(*arguments)

        return noting

    def since() -> Work:
        told = Work(done.count("hashed"), done.count("decoded"))
        done.clear()
        return told

    monkeypatch.setattr(pictures, "sha256_of_file", noted("hashed", sha256_of_file))
    monkeypatch.setattr(thumbnails, "_decode", noted("decoded", thumbnails._decode))
    return since


@pytest.fixture
def six(tmp_path: Path) -> Path:
    """A campaign of six pictures that have been lying there for a while."""
    folder = tmp_path / "six"
    folder.mkdir()
    (folder / "campaign.yaml").write_text(MANIFEST)
    with (folder / "assets.csv").open("w", newline="") as sheet:
        rows = csv.writer(sheet)
        rows.writerow(["id", "file", "people", "props"])
        for number in range(1, 7):
            Image.new("RGB", (90 + number, 60), (40 * number, 99, 99)).save(folder / f"{number}.png")
            rows.writerow([f"p{number}", f"{number}.png", "talent-1", "food"])
    return folder


def wait_until_settled(folder: Path) -> None:
    """Until the file system's own time is two seconds after the last change in this folder."""
    last = max(path.stat().st_ctime_ns for path in folder.iterdir())
    probe = folder.parent / "probe"
    while probe.touch() or probe.stat().st_ctime_ns < last + cached.SETTLED_NS:
        time.sleep(0.05)


def page(folder: Path, *options: str) -> tuple[int, str]:
    """The exit code and the page, as the command line writes it."""
    out = folder.parent / "page.html"
    code = main(["check", str(folder), "--on", str(ON), "--format", "html", "--output", str(out), *options])
    return code, out.read_text()


def test_a_second_run_after_one_change_decodes_one_picture(six: Path, work: Callable[[], Work]) -> None:
    wait_until_settled(six)
    alone = page(six, "--no-cache")
    told = [work()]
    first, done = page(six), work()
    told.append(done)
    second, done = page(six), work()
    told.append(done)
    Image.new("RGB", (93, 60), "white").save(six / "3.png")
    changed, done = page(six), work()
    told.append(done)
    changed_alone = page(six, "--no-cache")
    assert told == [Work(6, 6), Work(6, 6), Work(0, 0), Work(1, 1)]
    assert (first, second, changed) == (alone, alone, changed_alone)
    assert alone[1].count("data:image/jpeg;base64,") == 6
    assert alone != changed_alone


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the pictures had been lying there for a while."""
    monkeypatch.setattr(cached, "SETTLED_NS", 0)


@pytest.mark.usefixtures("settled")
def test_what_one_format_learned_the_others_know(six: Path, work: Callable[[], Work]) -> None:
    told = []
    for options in (["--format", "text"], ["--format", "json"], ["--format", "html"], ["--questions", "email"]):
        main(["check", str(six), "--on", str(ON), *options])
        told.append(work())
    assert told == [Work(6, 0), Work(0, 0), Work(0, 6), Work(0, 0)]


@pytest.mark.usefixtures("settled")
def test_content_credentials_are_read_once_a_day_and_for_the_same_certificates(
    six: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read: list[Path | None] = []

    def noting(path: Path, *, roots: Path | None) -> Credentials:
        read.append(roots)
        return read_credentials(path, roots=roots)

    monkeypatch.setattr(signed, "read_credentials", noting)
    (six / "3.png").write_bytes(a_signed_picture("PNG", "image/png"))
    roots = six.parent / "roots.pem"
    roots.write_text(the_root())
    trusting = ["--trusted-roots", str(roots)]
    answers = []
    for options in ([], [], trusting, trusting, ["--on", "2026-11-25", *trusting]):
        main(["check", str(six), "--on", str(ON), *options])
        answers.append(capsys.readouterr().out.replace("2026-11-25", str(ON)))
    assert read == [None, roots, roots]
    assert answers[0] == answers[1] != answers[2]
    assert answers[2] == answers[3]
    assert "(Content Credentials, trusted)" in " ".join(answers[4].split())


@pytest.mark.usefixtures("settled")
def test_without_a_cache_everything_is_done_again_and_nothing_is_kept(
    six: Path, a_cache: Path, work: Callable[[], Work]
) -> None:
    for _ in range(2):
        page(six, "--no-cache")
        assert (work(), a_cache.exists()) == (Work(6, 6), False)
    page(six)
    work()
    before = {path: path.stat().st_mtime_ns for path in a_cache.iterdir()}
    page(six, "--no-cache")
    assert (work(), {path: path.stat().st_mtime_ns for path in a_cache.iterdir()}) == (Work(6, 6), before)


@pytest.mark.usefixtures("settled")
def test_what_could_not_be_made_is_tried_again(six: Path, a_cache: Path, work: Callable[[], Work]) -> None:
    (six / "1.png").write_bytes(b"no picture at all")
    whole = (six / "2.png").read_bytes()
    (six / "2.png").write_bytes(whole[: len(whole) // 2])  # its header can be read
    first, told = page(six), [work()]
    second = page(six)
    told.append(work())
    assert told == [Work(5, 5), Work(0, 1)]
    assert first == second
    assert len(list(a_cache.glob("*.picture"))) == 5


@pytest.mark.usefixtures("settled")
def test_a_cache_that_cannot_be_used_changes_nothing(
    six: Path, a_cache: Path, work: Callable[[], Work], capsys: pytest.CaptureFixture[str]
) -> None:
    alone = page(six, "--no-cache")
    said = capsys.readouterr()
    a_cache.write_bytes(b"a file where the folder should be")
    assert (page(six), page(six), capsys.readouterr().err) == (alone, alone, said.err * 2)
    assert work() == Work(18, 18)


@pytest.mark.usefixtures("settled")
def test_broken_entries_change_nothing_and_are_written_again(
    six: Path, a_cache: Path, work: Callable[[], Work]
) -> None:
    first = page(six)
    entries = sorted(a_cache.glob("*.picture"))
    entries[0].write_bytes(b"")
    entries[1].write_bytes(entries[2].read_bytes())
    entries[3].write_bytes(entries[3].read_bytes()[:-9])
    work()
    assert (page(six), work()) == (first, Work(3, 3))
    assert (page(six), work()) == (first, Work(0, 0))


@pytest.mark.usefixtures("settled")
def test_nobody_but_check_uses_it(tmp_path: Path, a_cache: Path) -> None:
    shutil.copytree(EXAMPLES / "picnic", tmp_path / "picnic")
    (tmp_path / "new").mkdir()
    shutil.copy(EXAMPLES / "picnic" / "meadow-01.jpg", tmp_path / "new")
    check_folders([tmp_path / "picnic"], bundled(), on=ON)
    assert main(["new", str(tmp_path / "new")]) == 0
    assert main(["rules", "test", "house-pairing"]) == 0
    assert not a_cache.exists()


@pytest.mark.usefixtures("settled")
def test_a_check_leaves_the_campaign_as_it_was(six: Path) -> None:
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in six.iterdir()}
    os.utime(six, ns=(0, 0))
    main(["check", str(six), "--on", str(ON)])
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in six.iterdir()} == before
    assert six.stat().st_mtime_ns == 0
