from __future__ import annotations

from pathlib import Path

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("cv2")

from lastlook.errors import LastlookError  # noqa: E402
from lastlook.matching.fingerprint import fingerprint  # noqa: E402
from lastlook.matching.store import Reader, add, kept, withdraw  # noqa: E402
from tests.world.pictures import a_file, a_picture  # noqa: E402

ORIGINAL = fingerprint(a_file(a_picture(1), "PNG"))
COPY = kept("copy.jpg", a_file(a_picture(1), quality=40))
CROP = kept("crop.jpg", a_file(a_picture(1).crop((60, 40, 400, 320)), quality=70))
OTHERS = [kept(f"other-{seed}.jpg", a_file(a_picture(seed))) for seed in range(20, 26)]


def test_copies_are_found_by_hash_and_crops_by_features(tmp_path: Path) -> None:
    add(tmp_path, [COPY, CROP, *OTHERS])
    reader = Reader(tmp_path)
    assert list(reader.near(ORIGINAL)) == ["copy.jpg"]
    assert {"copy.jpg", "crop.jpg"} <= set(reader.suspected(ORIGINAL))


def test_a_reader_sees_the_store_as_it_was_when_it_was_opened(tmp_path: Path) -> None:
    add(tmp_path, OTHERS)
    before = Reader(tmp_path)
    add(tmp_path, [COPY])
    between = Reader(tmp_path)
    withdraw(tmp_path, ["copy.jpg"])
    after = Reader(tmp_path)
    assert [list(reader.near(ORIGINAL)) for reader in (before, between, after)] == [[], ["copy.jpg"], []]
    assert sorted(after.items) == sorted(before.items)


def test_adding_and_taking_out_again_leaves_every_other_answer_as_it_was(tmp_path: Path) -> None:
    add(tmp_path, OTHERS)
    before = [Reader(tmp_path).near(fingerprint(a_file(a_picture(seed)))) for seed in (20, 23)]
    add(tmp_path, [COPY])
    withdraw(tmp_path, ["copy.jpg"])
    assert [Reader(tmp_path).near(fingerprint(a_file(a_picture(seed)))) for seed in (20, 23)] == before


def test_an_item_is_taken_once_and_a_withdrawn_one_not_again(tmp_path: Path) -> None:
    add(tmp_path, [COPY, COPY])
    add(tmp_path, [COPY])
    assert Reader(tmp_path).items == ["copy.jpg"]
    withdraw(tmp_path, ["copy.jpg"])
    add(tmp_path, [COPY])
    assert Reader(tmp_path).items == []


def test_in_how_many_parts_items_come_does_not_change_what_is_found(tmp_path: Path) -> None:
    add(tmp_path / "one", [COPY, CROP, *OTHERS])
    for number, each in enumerate([COPY, CROP, *OTHERS]):
        add(tmp_path / "many", [each] if number % 2 else [each, COPY])
    one, many = Reader(tmp_path / "one"), Reader(tmp_path / "many")
    assert one.near(ORIGINAL) == many.near(ORIGINAL)
    assert one.suspected(ORIGINAL) == many.suspected(ORIGINAL)


def test_an_item_takes_less_than_three_kilobytes(tmp_path: Path) -> None:
    add(tmp_path, OTHERS)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 3000 * len(OTHERS)


def test_a_store_made_by_another_algorithm_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.json").write_text('{"version":1,"algorithm":"other","segments":[],"withdrawn":[]}')
    with pytest.raises(LastlookError, match="It was made by other, and is not comparable"):
        Reader(tmp_path)


def test_an_empty_store_answers_nothing(tmp_path: Path) -> None:
    assert (Reader(tmp_path).near(ORIGINAL), Reader(tmp_path).suspected(ORIGINAL)) == ({}, {})
