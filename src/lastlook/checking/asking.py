"""Whom one would ask: questions, documents and requests in one letter for each, and when all could be answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

import msgspec

from lastlook.checking.result import Earliest, Finding, Question, Result, Waiting
from lastlook.packs.lead_times import LeadTimes

# Who knows: by the decision right a fact traces to, and by the kind of a document. Everybody else is asked by role.
OF_RIGHT = {
    "casting": "producer",
    "product": "stylist",
    "props": "stylist",
    "combination": "producer",
    "location": "producer",
    "photography": "photographer",
    "retouching": "photographer",
    "copy": "producer",
    "media_plan": "producer",
    "publication": "producer",
}
OF_DOCUMENT = {"guardian_consent": "guardian", "guardian_image_approval": "guardian", "minor_assent": "guardian"}
PRODUCER = "producer"
ORDER = ("guardian", "stylist", "photographer", "producer", "safeguarding", "legal")


Asked = tuple[Finding, tuple[str, ...]]  # a finding, and the pictures it is about


class Letter(msgspec.Struct, frozen=True):
    """What one person is asked, all at once.

    questions   facts that are missing or told differently
    documents   findings that wait for a document, one for each document
    requests    findings that this role answers, one for each rule
    """

    to: str
    questions: tuple[Question, ...]
    documents: tuple[Asked, ...]
    requests: tuple[Asked, ...]


def letters(result: Result) -> tuple[Letter, ...]:
    """One letter for everybody who has to be asked, those who answer for people first."""
    questions: dict[str, list[Question]] = {}
    for question in result.questions:
        questions.setdefault(OF_RIGHT.get(question.right or "", PRODUCER), []).append(question)
    documents: dict[str, dict[object, Asked]] = {}
    requests: dict[str, dict[object, Asked]] = {}
    for asset, finding in _open(result):
        if finding.document is not None:
            to = OF_DOCUMENT.get(finding.document.kind, PRODUCER)
            _add(documents.setdefault(to, {}), finding.document, asset, finding)
        else:
            for role in finding.answered_by:
                _add(requests.setdefault(role, {}), finding.rule, asset, finding)
    everybody = dict.fromkeys([*questions, *documents, *requests])
    return tuple(
        Letter(
            to,
            tuple(questions.get(to, ())),
            tuple(documents.get(to, {}).values()),
            tuple(requests.get(to, {}).values()),
        )
        for to in sorted(everybody, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))
    )


def _add(asked: dict[object, Asked], key: object, asset: str, finding: Finding) -> None:
    """The same thing asked of one more picture is still one thing."""
    first, assets = asked.get(key, (finding, ()))
    more = (asset,) if asset else finding.assets
    asked[key] = (first, tuple(dict.fromkeys((*assets, *more))))


def _open(result: Result) -> Iterator[tuple[str, Finding]]:
    for asset in result.assets:
        yield from ((asset.id, finding) for finding in asset.findings if _is_open(finding))
    yield from (("", finding) for finding in result.findings if _is_open(finding))


def _is_open(finding: Finding) -> bool:
    return finding.verdict != "shown" and (finding.state == "engaged" or finding.document is not None)


def earliest(result: Result, times: LeadTimes, never_waived: Collection[str] = ()) -> Earliest | None:
    """The earliest day of a clearance, if everybody is asked on the day of the check; None if nothing is open.

    Things are asked side by side, so the longest of them counts. `never_waived`: the rules that nobody may waive. What
    they stop has to be changed, and how long that takes nobody knows.
    """
    waiting = list(_waiting(result, times))
    if not waiting:
        return None
    longest = max(each.takes.days for each in waiting)
    because = dict.fromkeys(each for each in waiting if each.takes.days == longest)
    day = result.on + min(dt.timedelta(days=longest), dt.date.max - result.on)
    return Earliest(day, tuple(because), _to_be_changed(result, never_waived))


def _to_be_changed(result: Result, never_waived: Collection[str]) -> tuple[str, ...]:
    found = [
        (asset,) if asset else finding.assets
        for asset, finding in _open(result)
        if finding.rule in never_waived and finding.state == "engaged" and finding.verdict == "stopped"
    ]
    return tuple(dict.fromkeys(asset for assets in found for asset in assets))


def _waiting(result: Result, times: LeadTimes) -> Iterator[Waiting]:
    for _, finding in _open(result):
        if finding.document is not None:
            kind = finding.document.kind
            if (takes := times.documents.get(kind)) is not None:
                yield Waiting(f"{kind.replace('_', ' ')} of {finding.document.of}", takes)
        for role in finding.answered_by:
            if (takes := times.roles.get(role)) is not None:
                yield Waiting(f"an answer by {role.replace('_', ' ')}", takes)
    if result.questions:
        yield Waiting("answers to questions", times.question)
