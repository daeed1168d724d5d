"""Every test of the house runs on both databases: embedded SQLite, and PostgreSQL where it is installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lastlook_house.environment import sqlite
from lastlook_house.opening import House, found_house, use_database
from tests.world.houses import CAMPAIGN, EXAMPLE, WORDS, Team, remade
from tests.world.postgres import BINARIES, Cluster, a_cluster

use_database(sqlite(Path(os.devnull)))  # models can be imported from here on; each test has a database of its own

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
def team(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Team]:
    monkeypatch.setenv("LASTLOOK_HOUSE", str(tmp_path / "house"))
    monkeypatch.setenv("LASTLOOK_NOW", "2026-12-02T12:00:00+00:00")
    shutil.copytree(EXAMPLE, tmp_path / CAMPAIGN)
    from django.db import connections

    yield Team(tmp_path, capsys)
    connections.close_all()


@pytest.fixture
def cleared(team: Team) -> Team:
    """The story up to the clearance."""
    remade(team.campaign)
    team.found()
    team.name_everybody()
    team.answer_everything()
    team("clear", CAMPAIGN, "--output", team.folder / "out")
    (team.folder / "words.txt").write_text(WORDS)
    return team
