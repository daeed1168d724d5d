"""Every test of the house runs on both databases: embedded SQLite, and PostgreSQL where it is installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lastlook_house.environment import sqlite
from lastlook_house.opening import House, found_house, use_database
from tests.world.houses import CAMPAIGN, EXAMPLE, Team
from tests.world.postgres import BINARIES, Cluster, a_cluster

use_database(sqlite(Path(os.devnull)))  # models can be imported from here on; each test has a database of its own

NOW = "2026-12-02T12:00:00+00:00"
ORIGIN = "house.example/record"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    if not BINARIES:
        pytest.skip("no PostgreSQL here; apt-get install postgresql")
    with a_cluster() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Which database the house of this test has; the environment names it, as an operator's would."""
    monkeypatch.delenv("LASTLOOK_DATABASE", raising=False)
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        monkeypatch.setenv("LASTLOOK_DATABASE", cluster.new_database())
    return str(request.param)


@pytest.fixture
def house(tmp_path: Path, database: str) -> Iterator[House]:
    from django.db import connections

    yield found_house(tmp_path / "house", ORIGIN, os.environ)
    connections.close_all()


@pytest.fixture
def team(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    """Seven people, and no house yet."""
    shutil.copytree(EXAMPLE, tmp_path / CAMPAIGN)
    with at_work(tmp_path, monkeypatch) as team:
        yield team


@contextmanager
def at_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    from django.db import connections

    monkeypatch.setenv("LASTLOOK_HOUSE", str(folder / "house"))
    monkeypatch.setenv("LASTLOOK_NOW", NOW)
    yield Team(folder)
    connections.close_all()


class Story:
    """The story up to its clearance, told once for each database; tests go on from copies of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: dict[str, str] = {}  # kind of database: its name, where it is not a file of the house

    def copy(self, database: str, to: Path, cluster: Cluster | None) -> str | None:
        """A copy of everything in a folder; gives the address of the copied database."""
        at = self.folder / database
        if database not in self.told:
            self.told[database] = self._tell(at, cluster)
        shutil.copytree(at, to, dirs_exist_ok=True)
        return None if cluster is None else cluster.new_database(like=self.told[database])

    def _tell(self, at: Path, cluster: Cluster | None) -> str:
        at.mkdir()
        shutil.copytree(EXAMPLE, at / CAMPAIGN)
        with pytest.MonkeyPatch.context() as patch:
            address = cluster.new_database() if cluster is not None else ""
            if address:
                patch.setenv("LASTLOOK_DATABASE", address)
            with at_work(at, patch) as team:
                team.clear()
        return address.partition("@/")[2].partition("?")[0]


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story(tmp_path_factory.mktemp("story"))


@pytest.fixture(params=["sqlite", "postgresql"])
def cleared(
    request: pytest.FixtureRequest, tmp_path: Path, story: Story, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Team]:
    """Seven people, after the clearance."""
    cluster: Cluster | None = request.getfixturevalue("cluster") if request.param == "postgresql" else None
    monkeypatch.delenv("LASTLOOK_DATABASE", raising=False)
    address = story.copy(request.param, tmp_path, cluster)
    if address:
        monkeypatch.setenv("LASTLOOK_DATABASE", address)
    with at_work(tmp_path, monkeypatch) as team:
        yield team
