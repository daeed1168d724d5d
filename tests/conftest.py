"""For all tests: each has a cache of its own, and nobody's real one is written to, not even while tests are found."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path

import pytest

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
