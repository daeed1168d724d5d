"""The JSON of a result, version "1": these keys, in these shapes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from lastlook.dossier.check import check_folders
from lastlook.facts.values import Ages
from lastlook.reports.as_json import as_json, band_of
from tests.world.rules import bundled

EXAMPLES = Path(__file__).parents[3] / "examples"
ON = dt.date(2026, 12, 1)


def written(*names: str, with_personal_data: bool = False) -> dict[str, object]:
    results = check_folders([EXAMPLES / name for name in names], bundled(), on=ON)
    read = json.loads(as_json(results, with_personal_data=with_personal_data))
    assert isinstance(read, dict)
    return read


def test_one_campaign_is_one_object_with_these_keys() -> None:
    answer = written("holiday-window")
    assert list(answer) == [
        "lastlook", "on", "campaign", "stage", "verdict", "packs", "assets", "findings", "requirements", "questions",
        "requests", "unreviewed", "earliest", "errors", "notes",
    ]  # fmt: skip
    assert (answer["lastlook"], answer["on"], answer["campaign"], answer["verdict"]) == (
        "1", "2026-12-01", "holiday-window", "stopped",
    )  # fmt: skip


def test_a_finding_says_everything_that_is_known_of_it() -> None:
    look = written("holiday-window")["assets"][2]  # type: ignore[index]
    assert {key: look[key] for key in ("id", "file", "verdict")} == {
        "id": "look-03", "file": "look-03.jpg", "verdict": "stopped",
    }  # fmt: skip
    finding = next(each for each in look["findings"] if each["rule"] == "house-pairing")
    assert len(finding.pop("id")) == 16
    assert finding == {
        "rule": "house-pairing",
        "pack": "house",
        "clause": "Pairing measure, 28 Nov 2022 and 9 Feb 2023",
        "title": "A child, or somebody who seems one, together with an adult theme",
        "effect": "block",
        "state": "engaged",
        "verdict": "stopped",
        "confidence": "certain",
        "territories": ["DE", "FR", "GB", "US"],
        "because": [
            because("people[talent-2].age", "child_0_12", 26),
            because("people[talent-2].appears", "child_0_12", 69),
            because("products[plush-charm].styled_as", ["adult_themed_accessory", "toy"], 30),
            because("products[plush-charm].audience", "adults", 30),
        ],
        "missing": [],
        "held_by": [
            {"right": "casting", "holder": "p1", "meaning": "decided"},
            {"right": "product", "holder": "p2", "meaning": "decided"},
            {"right": "combination", "holder": "none", "meaning": "decided"},
        ],
        "answered_by": ["safeguarding", "legal"],
        "clears_when": "Take the child, or the adult-themed product or prop, out of the picture. "
        "Nobody can waive this rule.",
        "answers": [],
        "document": None,
        "assets": [],
    }


def because(fact: str, value: object, line: int) -> dict[str, object]:
    return {
        "fact": fact,
        "value": value,
        "known": "declared",
        "source": f"campaign.yaml:{line}",
        "contradicted_by": [],
        "region": None,
        "asset": "look-03",
    }


def test_ages_are_bands_unless_exact_ones_are_asked_for() -> None:
    def ages(answer: dict[str, object]) -> set[str]:
        facts = [each for asset in answer["assets"] for f in asset["findings"] for each in f["because"]]  # type: ignore[attr-defined]
        return {str(each["value"]) for each in facts if each["fact"].endswith((".age", ".appears"))}

    assert ages(written("holiday-window")) == {"child_0_12"}
    assert ages(written("holiday-window", with_personal_data=True)) == {"6", "[0, 12]"}


def test_the_band_is_the_narrowest_that_holds_the_ages() -> None:
    cases = {(6, 6): "child_0_12", (17, 17): "teen_16_17", (12, 13): "minor", (18, 30): "adult", (16, 18): [16, 18]}
    assert {ages: band_of(Ages(*ages)) for ages in cases} == cases


def test_a_question_says_what_is_missing_of_which_pictures_and_which_rules_wait() -> None:
    assert written("spring-desk")["questions"] == [
        {
            "fact": "legible[desk-01#legible-1].searched",
            "of": ["desk-01"],
            "undecided_rules": ["house-props"],
            "asks": "Has somebody read the document (desk-01#legible-1) and searched its names and its work?",
            "right": "props",
            "raised": [],
        }
    ]


def test_several_campaigns_are_listed_with_what_they_show_together() -> None:
    answer = written("picnic", "spring-desk")
    assert list(answer) == ["lastlook", "campaigns", "findings", "errors"]
    assert [each["campaign"] for each in answer["campaigns"]] == ["picnic", "spring-desk"]  # type: ignore[attr-defined]
    assert (answer["findings"], answer["errors"]) == ([], [])
