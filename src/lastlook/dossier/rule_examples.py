"""Tries the examples in a rule file: each fragment becomes a small campaign, and the rule must answer as stated.

A fragment holds the keys of one picture and, where it needs them, top-level keys of a manifest; for a rule over several
campaigns it holds `campaigns`, a list of such fragments. What it leaves out is supplied so that the rule is considered:
a flight within its in-force time, and a plan line and markets in its territories. Nothing else is supplied, so an
example that passes states all that makes it pass.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from lastlook.checking.case import Case, Picture
from lastlook.checking.judge import Judge, Outcome
from lastlook.dossier.manifest import read_manifest
from lastlook.dossier.schema import ASSET_RECORD, MANIFEST
from lastlook.errors import Place
from lastlook.facts.truth import TRUE, UNKNOWN
from lastlook.reading.kinds import Span
from lastlook.reading.tree import Branch, Listed, Node, Scalar
from lastlook.rules.rule import Example, Rule

Expected = Literal["flags", "passes", "cannot_tell"]

EXAMPLE_ID = "example"
NO_BYTES_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # the picture of an example
USUAL_FLIGHT = Span(dt.date(2026, 6, 1), dt.date(2026, 6, 30))
USUAL_TERRITORY = "GB"  # for rules that follow a campaign anywhere


class Trial(msgspec.Struct, frozen=True):
    """One example, what it should have given, what it gave, and why it could not be read if it could not."""

    rule: str
    expected: Expected
    why: str
    got: Expected | Literal["unreadable"]
    source: Place
    problem: str = ""

    @property
    def holds(self) -> bool:
        return self.got == self.expected


def try_examples(rule: Rule) -> Iterator[Trial]:
    """Every example of a rule, tried."""
    for expected, examples in _stated(rule).items():
        for example in examples:
            cases = cases_of(example, rule)
            problem = next((problem for case in cases for problem in case.problems), None)
            if problem is not None:
                yield Trial(rule.id, expected, example.why, "unreadable", problem.where, problem.what)
            else:
                yield Trial(rule.id, expected, example.why, answer_of(rule, cases), example.fragment.place)


def _stated(rule: Rule) -> dict[Expected, tuple[Example, ...]]:
    return {"flags": rule.flags, "passes": rule.passes, "cannot_tell": rule.cannot_tell}


def answer_of(rule: Rule, cases: Sequence[Case]) -> Expected:
    """What one rule says of these campaigns."""
    judging = Judge([rule])
    on = _flight(rule).first
    outcomes = [found for case in cases for asset in case.assets for found in judging.asset_outcomes(asset, case, on)]
    outcomes += [found for case in cases for found in judging.wider_outcomes(case, on)]
    outcomes += judging.concurrent_outcomes(cases)
    if any(_is_engaged(outcome) for outcome in outcomes):
        return "flags"
    return "cannot_tell" if outcomes else "passes"


def _is_engaged(outcome: Outcome) -> bool:
    nobody_said = outcome.found is not None and outcome.found.on_file is UNKNOWN
    return outcome.truth is TRUE and not nobody_said


def cases_of(example: Example, rule: Rule) -> list[Case]:
    """The small campaign around a fragment, or each of those it lists."""
    listed = example.fragment.entries.get("campaigns")
    if listed is None:
        return [_case_of(example.fragment, rule, EXAMPLE_ID)]
    fragments = listed.items if isinstance(listed, Listed) else ()
    return [
        _case_of(fragment, rule, f"{EXAMPLE_ID}-{number}")
        for number, fragment in enumerate(fragments, start=1)
        if isinstance(fragment, Branch)
    ]


def day_of(case: Case) -> dt.date:
    """The first day of a campaign's flight, on which it is judged; of one without, a usual one."""
    flight = case.campaign.fact("flight").standing
    return flight.first if isinstance(flight, Span) else USUAL_FLIGHT.first


def _case_of(fragment: Branch, rule: Rule, campaign_id: str) -> Case:
    at = fragment.place
    entries = fragment.entries
    whole = {key: node for key, node in entries.items() if key in MANIFEST.keys and key not in ASSET_RECORD.keys}
    picture = {key: node for key, node in entries.items() if key not in whole}
    territories = sorted(rule.territories or (USUAL_TERRITORY,))
    flight = _flight(rule)
    campaign = {
        "id": campaign_id,
        "stage": "final",
        "flight": {"from": flight.first.isoformat(), "until": flight.last.isoformat()},
        "markets": list(territories),
    }
    manifest = Branch(
        at,
        {
            "lastlook": Scalar(at, 1),
            "assets": Listed(at, (_picture(picture, territories, at),)),
            **whole,
            "campaign": _filled(whole.get("campaign"), campaign, at),
        },
    )
    case = read_manifest(manifest).case
    pictures = {asset.id: Picture(file="example.jpg", sha256=NO_BYTES_SHA256) for asset in case.assets}
    return msgspec.structs.replace(case, pictures=pictures)


def _flight(rule: Rule) -> Span:
    if USUAL_FLIGHT.within(rule.in_force):
        return USUAL_FLIGHT
    day = min(max(rule.in_force.first, USUAL_FLIGHT.first), rule.in_force.last)
    return Span(day, day)


def _picture(stated: Mapping[str, Node], territories: list[str], at: Place) -> Node:
    line: dict[str, object] = {"countries": territories}
    plans = stated.get("plans")
    if plans is None:
        plans = Listed(at, (_node(line, at),))
    elif isinstance(plans, Listed):
        items = (_filled(item, line, item.place) if isinstance(item, Branch) else item for item in plans.items)
        plans = Listed(plans.place, tuple(items))
    return Branch(at, {"id": Scalar(at, EXAMPLE_ID), "file": Scalar(at, "example.jpg"), **stated, "plans": plans})


def _filled(stated: Node | None, left_out: Mapping[str, object], at: Place) -> Node:
    """What was stated, and what it leaves out."""
    supplied = {key: _node(value, at) for key, value in left_out.items()}
    if stated is None:
        return Branch(at, supplied)
    return Branch(stated.place, supplied | stated.entries) if isinstance(stated, Branch) else stated


def _node(value: object, at: Place) -> Node:
    if isinstance(value, dict):
        return Branch(at, {key: _node(item, at) for key, item in value.items()})
    if isinstance(value, list):
        return Listed(at, tuple(_node(item, at) for item in value))
    if isinstance(value, str | int):
        return Scalar(at, value)
    raise TypeError(f"BUG: {value!r} is nothing a manifest holds")
