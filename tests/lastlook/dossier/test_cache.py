"""The cache of picture files: what it knows it knows of this very file; whatever is wrong with it, it knows nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from lastlook.dossier import cache as cached
from lastlook.dossier.cache import KEPT_NS, NO_CACHE, Known, open_cache

HOUR_NS = 3600 * 10**9
SEEN = Known("ab" * 32, 1600, 1200)
MADE = Known("ab" * 32, 1600, 1200, b"\xff\xd8\xff a small picture")
OTHER = Known("cd" * 32, 3, 4)


@pytest.fixture(autouse=True)
def everything_has_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if each file had been written long before the cache was opened. Tests of that time set it themselves."""
    monkeypatch.setattr(cached, "SETTLED_NS", 0)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path.resolve() / "campaign" / "one.jpg"
    path.parent.mkdir()
    path.write_bytes(b"the first")
    return path


def kept(folder: Path, picture: Path, known: Known = MADE) -> Path:
    """The entry that a run leaves."""
    open_cache(folder).entry(picture).keep(known)
    (path,) = folder.glob("*.picture")
    return path


def known_of(folder: Path, picture: Path) -> Known | None:
    """What a run finds."""
    return open_cache(folder).entry(picture).known


def wait_for_another_time(path: Path) -> None:
    """Until the file system would give a file that is written now another time than this one has."""
    probe = path.parent / "probe"
    while True:
        probe.touch()
        if probe.stat().st_ctime_ns > path.stat().st_ctime_ns:
            return probe.unlink()


def test_what_was_kept_is_known_in_the_next_run(a_cache: Path, picture: Path) -> None:
    entry = open_cache(a_cache).entry(picture)
    before = entry.known
    entry.keep(SEEN)
    first = (entry.known, known_of(a_cache, picture))
    open_cache(a_cache).entry(picture).keep(MADE)
    assert (before, first, known_of(a_cache, picture)) == (None, (SEEN, SEEN), MADE)


def test_only_the_owner_can_look_into_it_and_nothing_in_it_names_a_file(a_cache: Path, picture: Path) -> None:
    entry = kept(a_cache, picture)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (a_cache, *a_cache.iterdir())}
    assert modes == {a_cache.name: "0o700", "swept": "0o600", entry.name: "0o600"}
    said = entry.name.encode() + entry.read_bytes()
    assert not any(name in said for name in (b"one", b"campaign", os.fsencode(picture.parent.parent.name)))


def written_again(picture: Path) -> None:
    picture.write_bytes(b"the other")


def written_again_with_its_time_put_back(picture: Path) -> None:
    time = picture.stat().st_mtime_ns
    picture.write_bytes(b"the other")
    os.utime(picture, ns=(time, time))


def replaced(picture: Path) -> None:
    time = picture.stat().st_mtime_ns
    other = picture.with_name("other")
    other.write_bytes(b"the other")
    os.utime(other, ns=(time, time))
    other.replace(picture)


def touched(picture: Path) -> None:
    picture.touch()


def moved_away(picture: Path) -> None:
    picture.rename(picture.with_name("gone.jpg"))


def a_folder_in_its_place(picture: Path) -> None:
    picture.unlink()
    picture.mkdir()


@pytest.mark.parametrize(
    "change",
    [written_again, written_again_with_its_time_put_back, replaced, touched, moved_away, a_folder_in_its_place],
)
def test_nothing_is_known_of_a_file_that_changed(change: Callable[[Path], None], a_cache: Path, picture: Path) -> None:
    kept(a_cache, picture)
    wait_for_another_time(picture)
    change(picture)
    assert known_of(a_cache, picture) is None


def test_a_copy_is_another_file(a_cache: Path, picture: Path) -> None:
    kept(a_cache, picture)
    copy = picture.with_name("two.jpg")
    os.link(picture, copy)
    assert known_of(a_cache, copy) is None


@pytest.mark.parametrize("change", [written_again_with_its_time_put_back, replaced, moved_away])
def test_what_changes_while_it_is_looked_at_is_not_kept(
    change: Callable[[Path], None], a_cache: Path, picture: Path
) -> None:
    entry = open_cache(a_cache).entry(picture)
    wait_for_another_time(picture)
    change(picture)
    entry.keep(MADE)
    assert (entry.known, list(a_cache.glob("*.picture"))) == (None, [])


def test_what_changed_shortly_before_is_not_kept(a_cache: Path, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cached, "SETTLED_NS", HOUR_NS)
    old = picture.stat().st_mtime_ns - 2 * HOUR_NS
    os.utime(picture, ns=(old, old))  # what the file says of itself is old; that it was changed is not
    open_cache(a_cache).entry(picture).keep(MADE)
    assert list(a_cache.glob("*.picture")) == []


def test_what_will_change_in_the_future_is_not_kept(a_cache: Path, picture: Path) -> None:
    future = picture.stat().st_mtime_ns + HOUR_NS
    os.utime(picture, ns=(future, future))
    open_cache(a_cache).entry(picture).keep(MADE)
    assert list(a_cache.glob("*.picture")) == []


def emptied(entry: Path) -> None:
    entry.write_bytes(b"")


def cut(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:-1])


def one_bit_turned(entry: Path) -> None:
    data = bytearray(entry.read_bytes())
    data[-1] ^= 1
    entry.write_bytes(data)


def longer(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes() + b"\0" * cached.MAX_ENTRY_BYTES)


def something_else(entry: Path) -> None:
    entry.write_bytes(b"%PDF-1.7 and so on, for more bytes than a seal has")


def a_pipe(entry: Path) -> None:
    entry.unlink()
    os.mkfifo(entry)


def a_link(entry: Path) -> None:
    entry.rename(entry.with_name("elsewhere"))
    entry.symlink_to(entry.with_name("elsewhere"))


@pytest.mark.parametrize("harm", [emptied, cut, one_bit_turned, longer, something_else, a_pipe, a_link])
def test_an_entry_that_is_not_whole_is_no_entry_and_is_written_again(
    harm: Callable[[Path], None], a_cache: Path, picture: Path
) -> None:
    harm(kept(a_cache, picture))
    entry = open_cache(a_cache).entry(picture)
    before = entry.known
    entry.keep(MADE)
    assert (before, known_of(a_cache, picture)) == (None, MADE)


def test_a_folder_in_the_place_of_an_entry_is_left_there(a_cache: Path, picture: Path) -> None:
    path = kept(a_cache, picture)
    path.unlink()
    (path / "inside").mkdir(parents=True)
    entry = open_cache(a_cache).entry(picture)
    entry.keep(MADE)
    assert (entry.known, sorted(a_cache.iterdir())) == (None, sorted([a_cache / "swept", path]))


def test_the_entry_of_another_picture_is_no_entry(a_cache: Path, picture: Path) -> None:
    first = kept(a_cache, picture)
    other = picture.with_name("two.jpg")
    other.write_bytes(b"two")
    open_cache(a_cache).entry(other).keep(OTHER)
    (second,) = set(a_cache.glob("*.picture")) - {first}
    first.replace(second)
    assert known_of(a_cache, other) is None


@pytest.mark.parametrize("known", [Known("AB" * 32, 1, 1), Known("", 1, 1), Known("ab" * 32, 0, 1)])
def test_what_cannot_be_a_picture_is_not_believed(known: Known, a_cache: Path, picture: Path) -> None:
    kept(a_cache, picture, known)
    assert known_of(a_cache, picture) is None


@pytest.mark.parametrize(("what", "value"), [("FORMAT", 0), ("__version__", "0.0.0")])
def test_an_entry_from_another_version_is_no_entry(
    what: str, value: object, a_cache: Path, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr(cached, what, value)
        kept(a_cache, picture)
    assert known_of(a_cache, picture) is None


def test_an_entry_without_a_field_that_came_later_stays_good(
    a_cache: Path, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(a_cache, picture)
    later = msgspec.defstruct("Known", [("looked_at", bool, False)], bases=(Known,), frozen=True)
    monkeypatch.setattr(cached, "Known", later)
    assert known_of(a_cache, picture) == later(**msgspec.structs.asdict(MADE))


def test_what_is_too_large_is_not_kept(a_cache: Path, picture: Path) -> None:
    entry = open_cache(a_cache).entry(picture)
    entry.keep(msgspec.structs.replace(MADE, thumbnail=b"\0" * cached.MAX_ENTRY_BYTES))
    assert (entry.known, list(a_cache.glob("*.picture"))) == (None, [])


def test_several_runs_keep_and_find_the_same_entry_at_once(a_cache: Path, picture: Path) -> None:
    def run(_: int) -> Known | None:
        entry = open_cache(a_cache).entry(picture)
        entry.keep(MADE)
        return known_of(a_cache, picture)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(run, range(80)))
    assert (found, len(list(a_cache.iterdir()))) == ([MADE] * 80, 2)


# What cannot be used.


def a_file(folder: Path) -> None:
    folder.write_bytes(b"a file")


def below_a_file(folder: Path) -> None:
    folder.parent.write_bytes(b"a file")


def open_to_others(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o770)


@pytest.mark.parametrize("harm", [a_file, below_a_file, open_to_others])
def test_a_folder_that_cannot_be_used_is_no_cache(harm: Callable[[Path], None], tmp_path: Path) -> None:
    folder = tmp_path / "above" / "cache"
    if harm is not below_a_file:
        folder.parent.mkdir()
    harm(folder)
    assert open_cache(folder) is NO_CACHE


def test_a_full_disk_is_no_news(a_cache: Path, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = open_cache(a_cache)
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    made = tempfile.mkstemp

    def on_a_full_disk(**options: object) -> tuple[int, str]:
        handle, name = made(**options)  # type: ignore[call-overload]
        with full.open("wb") as nothing_fits:
            os.dup2(nothing_fits.fileno(), handle)
        return handle, name

    monkeypatch.setattr(tempfile, "mkstemp", on_a_full_disk)
    entry = cache.entry(picture)
    entry.keep(MADE)
    assert (entry.known, [path.name for path in a_cache.iterdir()]) == (None, ["swept"])


def test_no_cache_knows_and_keeps_nothing(picture: Path) -> None:
    NO_CACHE.entry(picture).keep(MADE)
    assert NO_CACHE.entry(picture).known is None


# What is removed.


def aged(path: Path, by: int) -> None:
    time = path.stat().st_mtime_ns - by
    os.utime(path, ns=(time, time))


def test_what_nobody_used_for_thirty_days_is_removed_and_what_was_used_is_not(a_cache: Path, picture: Path) -> None:
    used = kept(a_cache, picture)
    names = ["ab" * 32 + ".picture", ".new-abc_12.picture", "holiday.picture", "notes.txt"]
    for name in names:
        (a_cache / name).write_bytes(b"")
    for path in a_cache.iterdir():
        aged(path, KEPT_NS - HOUR_NS)
    assert known_of(a_cache, picture) == MADE, "and it counts as used from now on"
    for path in a_cache.iterdir():
        aged(path, 2 * HOUR_NS)
    aged(a_cache / "swept", 30 * HOUR_NS)
    open_cache(a_cache)
    assert sorted(path.name for path in a_cache.iterdir()) == sorted(
        [used.name, "holiday.picture", "notes.txt", "swept"]
    )


def test_it_is_looked_for_once_a_day(a_cache: Path, picture: Path) -> None:
    aged(kept(a_cache, picture), KEPT_NS + HOUR_NS)
    aged(a_cache / "swept", 23 * HOUR_NS)
    open_cache(a_cache)
    before = len(list(a_cache.glob("*.picture")))
    aged(a_cache / "swept", HOUR_NS)
    open_cache(a_cache)
    assert (before, len(list(a_cache.glob("*.picture")))) == (1, 0)
