"""Everyday pictures: nobody is blocked for having children, and nobody is asked twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from lastlook.campaigns.vocabulary import DECISION_RIGHTS, DOCUMENTS
from lastlook.checking.concluding import conclude
from lastlook.checking.result import Result
from lastlook.reading.tree import plain
from lastlook.reading.yaml12 import read_yaml
from tests.world.campaigns import case_of
from tests.world.rules import bundled
from tools.docs import ON

FILE = Path(__file__).parents[1] / "fixtures" / "everyday.yaml"
SCENES: Any = plain(read_yaml(FILE.read_bytes(), file=FILE.name))
MARKETS = ("GB", "IE", "DE", "FR", "US", "AU")
GIVERS = ("guardian-1", "guardian-2")
SCENE = b"scene".hex().ljust(64, "0")  # the digest that `case_of` gives the picture
LISTS = ("people", "products", "props", "appeals", "themes", "legible")


def result_of(scene: Any) -> Result:
    """The scene in a campaign in which everything else is known and in order."""
    shows = {name: scene["shows"].get(name, "none") for name in LISTS}
    shows["settings"] = scene["shows"].get("settings", "none")
    people = shows["people"] if isinstance(shows["people"], list) else []
    ids = [f"talent-{number}" for number in range(1, len(people) + 1)]
    shows["people"] = [_person(name, person) for name, person in zip(ids, people, strict=True)] or "none"
    products = shows["products"] if isinstance(shows["products"], list) else []
    shows["products"] = [{"styled_as": "none", **product} for product in products] or "none"
    copy = {"exhortation_to_buy": False, "pester_parents": False, "strong_language": False, "flashing": False}
    asset = {
        "id": "scene", "file": "scene.jpg", "shows": shows,
        "copy": {**copy, "claims": "none", **scene.get("copy", {})},
        "disclosure": {"commercial_relationship": False},
        "release": {"model": "all", "property": "not_applicable"},
        "retouch": {"silhouette_changed": False, "generative_parts": False, "ai_likeness": False, "composite": False},
        "licence": {"limits": "none"},
        "plans": ["web", "post"],
    }  # fmt: skip
    written = {
        "lastlook": 1,
        "campaign": {
            "id": "everyday", "markets": list(MARKETS), "shoot_country": "GB", "stage": "final",
            "flight": {"from": "2026-12-01", "until": "2026-12-31"}, "content_aimed_at_age": 25,
            "advertiser_employees": 100,
        },
        "decisions": [{"right": right, "holder": "p1"} for right in DECISION_RIGHTS],
        "plans": {
            "web": _line("website"),
            "post": {**_line("instagram"), "under_18_audience_share": 0.08},
        },
        "people": [{"id": name, "age": person["age"]} for name, person in zip(ids, people, strict=True)],
        "documents": [
            _paper(kind, of, by) for of in (*ids, "scene", "everyday") for kind in DOCUMENTS for by in GIVERS
        ],
        "assets": [asset],
    }  # fmt: skip
    case = case_of(written)
    assert case.problems == ()
    return conclude(case, bundled(), on=ON)


def _paper(kind: str, of: str, by: str) -> dict[str, object]:
    """A document that is in order, whatever it is."""
    return {
        "kind": kind, "of": of, "by": by, "covers": ["scene"], "checked_by": "p9", "checked_on": "2026-11-20",
        "valid_until": "none", "sha256": SCENE,
    }  # fmt: skip


def _line(channel: str) -> dict[str, object]:
    shares = {f"under_{age}_audience_share": 0.05 for age in (12, 13, 15, 16, 18)}
    return {
        "channel": channel, "media": "owned", "countries": list(MARKETS), "targeted_to_adults": False,
        "made_for_kids": False, **shares, "over_21_audience_share": 0.9,
    }  # fmt: skip


def _person(name: str, person: dict[str, Any]) -> dict[str, Any]:
    """Somebody as everybody else would see them; their age stands with who they are."""
    bands = {17: "teen_16_17", 15: "teen_13_15", 12: "child_0_12", 24: "young_18_24"}
    appears = next((bands[limit] for limit in sorted(bands) if person["age"] <= limit), "adult_25_plus")
    seen = {"person": name, "appears": appears, "prominence": "principal", "portrayal": "none", **person}
    return {key: value for key, value in seen.items() if key != "age"}


def test_there_are_enough_of_them_and_half_have_children() -> None:
    with_children = [each for each in SCENES if any(p["age"] < 18 for p in each["shows"].get("people", []))]
    assert len(SCENES) >= 60
    assert len(with_children) * 2 >= len(SCENES)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene["scene"])
def test_an_ordinary_scene_is_not_blocked_and_each_role_is_asked_at_most_once(scene: Any) -> None:
    result = result_of(scene)
    engaged = [finding for finding in result.every_finding if finding.state == "engaged"]
    assert [finding.rule for finding in engaged if finding.effect == "block"] == []
    asked = Counter(request.role for request in result.requests)
    assert {role: count for role, count in asked.items() if count > 1} == {}
