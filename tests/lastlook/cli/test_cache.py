"""Where the cache is, and that it is never part of what is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from lastlook.cli.cache import cache_folder, cache_for
from lastlook.cli.main import main
from lastlook.dossier.cache import NO_CACHE

EXAMPLES = Path(__file__).parents[3] / "examples"
HOME = Path.home() / ".cache" / "lastlook"


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({}, HOME),
        ({"XDG_CACHE_HOME": "/var/caches"}, Path("/var/caches/lastlook")),
        ({"XDG_CACHE_HOME": "caches"}, HOME),
        ({"XDG_CACHE_HOME": ""}, HOME),
        ({"LASTLOOK_CACHE": "/var/ours", "XDG_CACHE_HOME": "/var/caches"}, Path("/var/ours")),
        ({"LASTLOOK_CACHE": "here"}, Path("here")),
        ({"LASTLOOK_CACHE": ""}, HOME),
    ],
)
def test_the_environment_says_where_it_is(environment: dict[str, str], folder: Path) -> None:
    assert cache_folder(environment) == folder


def test_links_in_a_circle_are_no_cache(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    assert cache_for([tmp_path / "campaign"], {"LASTLOOK_CACHE": str(tmp_path / "one")}) is NO_CACHE


@pytest.mark.parametrize("inside", [".", "cache", "private/cache"])
def test_a_cache_in_a_campaign_is_refused_and_none_is_made(
    inside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "campaign").mkdir()
    link = tmp_path / "link"
    link.symlink_to("campaign")
    monkeypatch.setenv("LASTLOOK_CACHE", str(link / inside))
    command = ["check", str(EXAMPLES / "picnic"), str(tmp_path / "campaign"), "--on", "2026-11-24"]
    cache = (tmp_path.resolve() / "campaign" / inside).resolve()
    assert main(command) == 2
    refused = f"lastlook: {cache}: The cache would lie in {tmp_path / 'campaign'}, which is checked.\n"
    remedy = "  try: Set LASTLOOK_CACHE to a folder outside of it, or pass --no-cache.\n"
    assert capsys.readouterr() == ("", refused + remedy)
    assert list((tmp_path / "campaign").iterdir()) == []
    main([*command, "--no-cache"])
    assert "has no campaign.yaml" in capsys.readouterr().out
