"""SARIF: what its schema asks of a log, the right level and place for each finding, and no exact age anywhere."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import jsonschema
import msgspec
import pytest

from lastlook.checking.case import Case
from lastlook.checking.concluding import conclude, conclude_together, unreadable
from lastlook.checking.result import Results
from lastlook.errors import Place, Problem
from lastlook.facts.element import Raised
from lastlook.facts.values import Ages
from lastlook.reports.as_sarif import as_sarif
from lastlook.rules.rule import Rule
from tests.world import a_campaign, a_library, a_rule, an_asset
from tests.world.knowing import raised_in

ON = dt.date(2026, 11, 24)
WHEN = {"all": [{"props": "knife"}, {"some": "people", "where": {"age": {"lt": 18}}}]}
KNIFE = a_rule(WHEN, id="knife", title="A knife beside a child", answered_by=["safeguarding"])
ADVICE = a_rule({"props": "knife"}, id="advice", title="A knife", effect="advise")

# The parts of the SARIF 2.1.0 schema (OASIS, 27 March 2020) that a log of ours uses, closed, so that a property whose
# name is wrong is found.
_TEXT = {"type": "string", "minLength": 1}
_MESSAGE = {
    "type": "object", "properties": {"text": _TEXT, "markdown": _TEXT}, "required": ["text"],
    "additionalProperties": False,
}  # fmt: skip
_ARTIFACT_LOCATION = {
    "type": "object", "additionalProperties": False, "required": ["uri"],
    "properties": {"uri": {"type": "string", "pattern": r"^(?![A-Za-z][A-Za-z0-9+.-]*:)(?!/)[A-Za-z0-9._~%/-]+$"}},
}  # fmt: skip
_LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "message": _MESSAGE,
        "physicalLocation": {
            "type": "object",
            "additionalProperties": False,
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": _ARTIFACT_LOCATION,
                "region": {
                    "type": "object", "additionalProperties": False,
                    "properties": {"startLine": {"type": "integer", "minimum": 1}},
                },
            },
        },
        "logicalLocations": {
            "type": "array",
            "items": {
                "type": "object", "additionalProperties": False,
                "properties": {"name": _TEXT, "fullyQualifiedName": _TEXT, "kind": _TEXT},
            },
        },
    },
}  # fmt: skip
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_LOCATIONS = {"type": "array", "items": _LOCATION}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "additionalProperties": False,
                                "required": ["name"],
                                "properties": {
                                    "name": _TEXT,
                                    "semanticVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
                                    "properties": {"type": "object"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "additionalProperties": False,
                                            "required": ["id", "help"],
                                            "properties": {
                                                "id": _TEXT,
                                                "name": _TEXT,
                                                "shortDescription": _MESSAGE,
                                                "fullDescription": _MESSAGE,
                                                "help": _MESSAGE,
                                                "properties": {"type": "object"},
                                                "defaultConfiguration": {
                                                    "type": "object", "additionalProperties": False,
                                                    "properties": {"level": _LEVEL},
                                                },
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "automationDetails": {
                        "type": "object", "additionalProperties": False, "properties": {"id": _TEXT},
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "invocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["executionSuccessful"],
                            "properties": {
                                "executionSuccessful": {"type": "boolean"},
                                "toolExecutionNotifications": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "required": ["message"],
                                        "properties": {
                                            "message": _MESSAGE, "level": _LEVEL, "locations": _LOCATIONS,
                                        },
                                    },
                                },
                            },
                        },
                    },
                    "artifacts": {
                        "type": "array",
                        "uniqueItems": True,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {
                                "location": _ARTIFACT_LOCATION,
                                "hashes": {"type": "object", "additionalProperties": {"type": "string"}},
                            },
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["message"],
                            "properties": {
                                "ruleId": _TEXT,
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": _LEVEL,
                                "message": _MESSAGE,
                                "locations": _LOCATIONS,
                                "relatedLocations": _LOCATIONS,
                                "partialFingerprints": {
                                    "type": "object", "additionalProperties": {"type": "string"},
                                },
                                "properties": {"type": "object"},
                            },
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip


def log_of(*cases: Case, rules: tuple[Rule, ...] = (KNIFE,), folder: str = "shoot") -> dict[str, Any]:
    library = a_library(*rules)
    results = Results(
        tuple(conclude(case, library, on=ON) for case in cases), conclude_together(cases, library), library.problems
    )
    log: dict[str, Any] = json.loads(as_sarif(results, {rule.id: rule for rule in rules}, [folder] * len(cases)))
    jsonschema.validate(log, SCHEMA)
    for run in log["runs"]:
        ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert [ids[result["ruleIndex"]] for result in run["results"]] == [each["ruleId"] for each in run["results"]]
    return log


def results_of(*cases: Case, rules: tuple[Rule, ...] = (KNIFE,), folder: str = "shoot") -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = log_of(*cases, rules=rules, folder=folder)["runs"][0]["results"]
    return results


def a_child_with_a_knife(file: str = "look-01.jpg") -> Case:
    return a_campaign(an_asset(shows={"people": [{"age": 9}], "props": ["knife"]}, file=file))


def test_a_stop_is_an_error_at_the_picture_with_the_manifest_beside_it() -> None:
    case = a_child_with_a_knife()
    (result,) = results_of(case)
    finding = conclude(case, a_library(KNIFE), on=ON).assets[0].findings[0]
    assert result["level"] == "error"
    assert result["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "shoot/look-01.jpg"}},
            "logicalLocations": [{"name": "look-01", "fullyQualifiedName": "a-campaign/look-01", "kind": "resource"}],
        }
    ]
    place = {"artifactLocation": {"uri": "shoot/campaign.yaml"}, "region": {"startLine": 1}}
    assert result["relatedLocations"] == [{"id": 1, "physicalLocation": place}]
    assert result["partialFingerprints"] == {"lastlookFinding/v1": finding.id}
    assert result["properties"] == {
        "effect": "block",
        "state": "engaged",
        "confidence": "certain",
        "territories": ["GB"],
        "held_by": [
            {"right": right, "holder": "p1", "meaning": "decided"} for right in ("props", "casting", "combination")
        ],
        "answered_by": ["safeguarding"],
        "missing": [],
        "clears_when": "Mend it.",
    }
    assert result["message"]["text"] == (
        "A knife beside a child. Because props is knife (declared); people[look-01#person-1].age is 12 or under "
        "(declared). What clears it: Mend it."
    )


@pytest.mark.parametrize(
    ("shows", "rule", "level"),
    [
        ({"people": [{"age": 9}], "props": ["knife"]}, KNIFE, "error"),
        ({"people": [{"age": 9}]}, KNIFE, "warning"),
        ({"people": "none", "props": ["knife"]}, ADVICE, "note"),
    ],
)
def test_levels_follow_the_verdict(shows: dict[str, object], rule: Rule, level: str) -> None:
    assert [result["level"] for result in results_of(a_campaign(an_asset(shows=shows)), rules=(rule,))] == [level]


def test_no_exact_age_is_written_anywhere() -> None:
    raised = Raised(Ages(16, 16), "embedded", Place("look-01.jpg", 0, "XMP"))
    case = raised_in(a_child_with_a_knife(), "person", "age", raised, is_list=False)
    written = json.dumps(log_of(case)["runs"][0]["results"])
    assert "but 16 or 17 (embedded)" in written
    assert not re.search(r"is (9|16)\b", written)


@pytest.mark.parametrize("file", ["look-01.jpg", "look (1).jpg", "look (1) (2)"])
def test_what_a_file_says_stands_at_the_file_and_its_property_in_the_message(file: str) -> None:
    raised = Raised("knife", "embedded", Place(file, 0, "XMP dc:subject"))
    case = a_campaign(an_asset(shows={"people": [{"age": 9}]}, file=file))
    result, *_questions = results_of(raised_in(case, "asset", "props", raised, is_list=True), folder="")
    uri = file.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    assert result["relatedLocations"][0] == {
        "id": 1,
        "physicalLocation": {"artifactLocation": {"uri": uri}},
        "message": {"text": "XMP dc:subject"},
    }
    assert "props is knife (embedded, XMP dc:subject)" in result["message"]["text"]


def test_what_could_not_be_read_in_a_picture_stands_at_the_picture() -> None:
    problem = Problem(Place("look-01.jpg", 0, "XMP plus:ModelID"), "It is too long.", "Shorten it.")
    run = log_of(msgspec.structs.replace(a_campaign(), problems=(problem,)))["runs"][0]
    assert run["invocations"][0]["toolExecutionNotifications"] == [
        {
            "level": "error",
            "message": {"text": "It is too long. Shorten it. (XMP plus:ModelID)"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": "shoot/look-01.jpg"}}}],
        }
    ]


def test_what_reading_decided_is_a_note_and_the_run_was_successful() -> None:
    note = "people.csv was read as Latin-1: line 3 is not UTF-8."
    run = log_of(msgspec.structs.replace(a_campaign(), notes=(note,)))["runs"][0]
    assert run["invocations"] == [
        {
            "executionSuccessful": True,
            "toolExecutionNotifications": [{"level": "note", "message": {"text": note}}],
        }
    ]


def test_a_rule_brings_its_help() -> None:
    (rule,) = log_of(a_child_with_a_knife())["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "A knife beside a child"
    assert "Why: So." in rule["help"]["text"]
    assert "**What clears it.** Mend it." in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_an_open_question_that_no_rule_waits_for_is_a_warning_too() -> None:
    raised = Raised("knife", "observed", Place("look-01.jpg"))
    case = raised_in(
        a_campaign(an_asset(shows={"people": "none", "props": "none"})), "asset", "props", raised, is_list=True
    )
    (result,) = results_of(case)
    assert (result["ruleId"], result["level"]) == ("lastlook-question", "warning")
    assert "props" in result["message"]["text"]


def test_a_market_without_a_pack_has_a_descriptor_of_its_own() -> None:
    case = a_campaign(campaign={"markets": ["GB", "IE"]}, plans={"web": {"channel": "website", "countries": ["IE"]}})
    ids = [rule["id"] for rule in log_of(case)["runs"][0]["tool"]["driver"]["rules"]]
    assert "market-without-pack" in ids


def test_pictures_are_named_by_their_digest() -> None:
    (artifact,) = log_of(a_child_with_a_knife())["runs"][0]["artifacts"]
    assert artifact["location"] == {"uri": "shoot/look-01.jpg"}
    assert len(artifact["hashes"]["sha-256"]) == 64


@pytest.mark.parametrize(
    ("folder", "file", "uri"),
    [
        ("", "look.jpg", "look.jpg"),
        (".", "look.jpg", "look.jpg"),
        ("a b/", "ö#1.jpg", "a%20b/%C3%B6%231.jpg"),
        ("", "http:x.jpg", "http%3Ax.jpg"),
        ("", "a?b%.jpg", "a%3Fb%25.jpg"),
    ],
)
def test_a_file_is_a_relative_reference_whatever_its_name(folder: str, file: str, uri: str) -> None:
    (result,) = results_of(a_child_with_a_knife(file=file), folder=folder)
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_what_could_not_be_read_is_a_notification_and_the_run_was_not_successful() -> None:
    problem = Problem(Place("people.csv", 4, "age"), "It is no age.", "Write a number.")
    run = log_of(msgspec.structs.replace(a_campaign(), problems=(problem,)))["runs"][0]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] == "It is no age. Write a number."
    assert told["locations"][0]["physicalLocation"]["region"] == {"startLine": 4}


@pytest.mark.parametrize(("where", "folder"), [("a/there", "a/there"), ("/home/somebody/there", "")])
def test_a_folder_without_a_campaign_tells_no_whole_path(where: str, folder: str) -> None:
    problem = Problem(Place(where), "There is no such folder.", "Check the path.")
    result = unreadable("there", problem, a_library(), on=ON)
    log = json.loads(as_sarif(Results((result,)), {}, [folder]))
    jsonschema.validate(log, SCHEMA)
    assert "somebody" not in json.dumps(log)


def test_each_campaign_is_a_run_and_what_they_show_together_another() -> None:
    shared = a_rule(
        {"some": "campaigns", "where": {"some": "assets", "where": {"props": "knife"}}},
        id="weeks", title="A knife in the same weeks", scope="concurrent",
    )  # fmt: skip
    log = log_of(a_child_with_a_knife(), a_campaign(campaign={"id": "other"}), rules=(shared,))
    assert [run["automationDetails"]["id"] for run in log["runs"]] == [
        "lastlook/a-campaign/", "lastlook/other/", "lastlook/seen-together/",
    ]  # fmt: skip
    (result,) = log["runs"][2]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "shoot/look-01.jpg"


def test_control_characters_of_strangers_are_shown_and_not_sent() -> None:
    problem = Problem(Place("x"), "a\x1b[31m\u202eb", "Mend it.")
    written = json.dumps(log_of(msgspec.structs.replace(a_campaign(), problems=(problem,))), ensure_ascii=False)
    assert "\\\\x1b" in written
    assert "\u202e" not in written
