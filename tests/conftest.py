"""For all tests: each has a cache of its own, and nobody's real one is written to, not even while tests are found.

Tests of what is done with rules use few packs that stay as they are (`tests/fixtures/flagship`); so a rule that is
added to a code changes no test but its own. Tests of the packs themselves use all of them.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from lastlook.packs import library

FLAGSHIP = tuple(sorted((Path(__file__).parent / "fixtures" / "flagship").iterdir()))
OF_ALL_PACKS = ("guards", "lastlook_house", "lastlook/packs", "stories/test_everyday.py", "stories/test_examples.py")

_numbers = itertools.count()
_caches = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_caches] = Path(tempfile.mkdtemp(prefix="lastlook-caches-"))
    os.environ["LASTLOOK_CACHE"] = str(config.stash[_caches] / "shared")


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[_caches], ignore_errors=True)


@pytest.fixture(autouse=True)
def a_cache(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this test's cache, which is not there until something is kept."""
    folder = pytestconfig.stash[_caches] / str(next(_numbers))
    monkeypatch.setenv("LASTLOOK_CACHE", str(folder))
    return folder


@pytest.fixture(autouse=True)
def few_packs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The flagship packs in place of all bundled ones, but for tests that are about the packs."""
    where = request.path.relative_to(Path(__file__).parent).as_posix()
    if not where.startswith(OF_ALL_PACKS) and request.node.get_closest_marker("all_packs") is None:
        monkeypatch.setattr(library, "bundled_pack_folders", lambda: FLAGSHIP)
