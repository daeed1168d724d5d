"""Findings that ask one role about the same things are one request: nobody is asked the same twice."""

from __future__ import annotations

from collections.abc import Iterable

from lastlook.checking.result import Because, Finding, Request

_CAMPAIGN_WIDE = ("campaign.", "plans[")


def requests_in(findings: Iterable[tuple[str, Finding]]) -> tuple[Request, ...]:
    """What each role is asked, most findings first. Takes pairs of picture id (empty: wider) and finding."""
    grouped: dict[tuple[str, frozenset[str]], list[tuple[str, Finding]]] = {}
    for asset, finding in findings:
        if finding.state != "engaged" or finding.verdict == "shown":
            continue
        things = _things_in(finding, asset)
        for role in finding.answered_by:
            grouped.setdefault((role, things), []).append((asset, finding))
    requests = [_request(role, asked) for (role, _), asked in grouped.items()]
    return tuple(sorted(requests, key=lambda request: (-len(request.findings), request.role, request.facts)))


def _things_in(finding: Finding, asset: str) -> frozenset[str]:
    """What a finding is about. Where and when the campaign goes is behind most of them, and makes no other request."""
    things = frozenset(_thing_in(because, asset) for because in finding.because)
    shown = frozenset(thing for thing in things if not thing.startswith(_CAMPAIGN_WIDE))
    return shown or things


def _thing_in(because: Because, asset: str) -> str:
    """The thing, and of a picture's own lists and facts the picture too: its props are not another picture's."""
    thing = thing_of(because.fact)
    of_a_picture = "[" not in thing and not thing.startswith("campaign.")
    return f"{because.asset or asset}: {thing}" if of_a_picture else thing


def thing_of(fact: str) -> str:
    """What a fact is about: `people[talent-2].age` and `people[talent-2].appears` are about the same person."""
    thing, bracket, _ = fact.partition("].")
    return thing if bracket else fact


def _request(role: str, asked: list[tuple[str, Finding]]) -> Request:
    facts = {because.fact for _, finding in asked for because in finding.because}
    assets = dict.fromkeys(each for asset, finding in asked for each in ((asset,) if asset else finding.assets))
    rules = dict.fromkeys(finding.rule for _, finding in asked)
    ids = dict.fromkeys(finding.id for _, finding in asked)
    return Request(role, tuple(sorted(facts)), tuple(assets), tuple(rules), tuple(ids))
