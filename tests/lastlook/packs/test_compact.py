"""The compact form says what the YAML says, and is not believed where it does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from lastlook.packs import Library, Pack, compact_form, library, read_library
from tests.world.rules import bundled


def without_examples(pack: Pack) -> Pack:
    rules = tuple(msgspec.structs.replace(rule, flags=(), passes=(), cannot_tell=()) for rule in pack.rules)
    return msgspec.structs.replace(pack, rules=rules)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of two bundled packs, with what all packs share and a compact form of them."""
    for name in ("house", "shoots"):
        shutil.copytree(library.HERE / name, tmp_path / name)
    shutil.copy(library.HERE / "shared.yaml", tmp_path)
    monkeypatch.setattr(library, "HERE", tmp_path)
    (tmp_path / "compact.json").write_text(compact_form())
    return tmp_path


def titles(found: Library) -> set[str]:
    return {rule.title for rule in found.rules}


def test_it_is_all_that_the_yaml_says_but_for_the_examples() -> None:
    found, whole = read_library(), bundled()
    assert found.packs == tuple(without_examples(pack) for pack in whole.packs)
    assert found == msgspec.structs.replace(whole, packs=found.packs)


def test_it_is_read_where_the_sources_are_those_it_was_made_from(here: Path) -> None:
    file = here / "compact.json"
    file.write_text(file.read_text().replace('"title":"A child, or somebody', '"title":"Read from here, somebody'))
    assert any(title.startswith("Read from here") for title in titles(read_library()))


@pytest.mark.parametrize("changed", ["house/rules/house-pairing.yaml", "house/pack.yaml", "shared.yaml"])
def test_a_change_of_any_source_is_seen(here: Path, changed: str) -> None:
    file = here / "compact.json"
    file.write_text(file.read_text().replace('"title":"A child, or somebody', '"title":"Read from here, somebody'))
    (here / changed).write_text((here / changed).read_text() + "\n# another line\n")
    assert not any(title.startswith("Read from here") for title in titles(read_library()))


@pytest.mark.parametrize("damage", [b"", b"{", b'{"sources": 1}', b"[" * 100_000])
def test_where_it_is_broken_the_yaml_is_read(here: Path, damage: bytes) -> None:
    (here / "compact.json").write_bytes(damage)
    assert [pack.id for pack in read_library().packs] == ["house", "shoots"]
    pairing = read_library().rule("house-pairing")
    assert pairing is not None
    assert pairing.flags != ()


def test_where_there_is_none_the_yaml_is_read(here: Path) -> None:
    (here / "compact.json").unlink()
    assert [pack.id for pack in read_library().packs] == ["house", "shoots"]
