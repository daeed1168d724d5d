"""Questions ready to send: one letter for everybody who has to be asked, as Markdown or as plain text for an e-mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Literal

from lastlook.checking.asking import Letter, letters
from lastlook.checking.result import Finding, Question, Result, Results
from lastlook.facts.values import in_words
from lastlook.reports.plain import plain
from lastlook.reports.words import files_in_words, told_in_words

Style = Literal["markdown", "email"]
WIDTH = 72  # columns of an e-mail

OPENINGS = {
    "guardian": "before these pictures can be published we need your word on the following.",
    "stylist": "you know what was in the set. Please tell us:",
    "photographer": "you know how the pictures were made. Please tell us:",
    "producer": "please help us to complete what we know:",
}
FOR_A_ROLE = "the following waits for your answer:"
NAMES = {  # of roles that are not called as they are named
    "clinical": "clinical reviewer",
    "external": "external reviewer",
    "legal": "legal counsel",
    "media": "media planner",
    "regulatory": "regulatory reviewer",
    "safeguarding": "safeguarding lead",
    "second_line": "second line",
}
OF_A_GUARDIAN = {  # what is asked of guardians, who do not keep our files
    "guardian_image_approval": "Please look at the final picture ({pictures}), in which {of} is seen, and tell us "
    "whether you approve it. You may decline, or take your word back later.",
    "guardian_consent": "Please tell us in writing whether pictures of {of} may be published ({pictures}), where and "
    "until when.",
    "minor_assent": "Please ask {of} whether the pictures ({pictures}) may be shown, and tell us the answer.",
}


def as_letters(results: Results, style: Style) -> str:
    """Every letter of every campaign. A campaign in which nothing is open says so in one line."""
    parts: list[str] = []
    for result in results.results:
        found = letters(result)
        if not found:
            parts.append(f"{_name(result)}: nobody has to be asked.\n")
        parts += [_letter(letter, result, style) for letter in found]
    return "\n".join(parts)


def _letter(letter: Letter, result: Result, style: Style) -> str:
    files = {asset.id: asset.file or asset.id for asset in result.assets}
    subject = f"{_name(result)}: questions for the {NAMES.get(letter.to, letter.to)}"
    items = list(_items(letter, files))
    opening = f"Hello, {OPENINGS.get(letter.to, FOR_A_ROLE)}"
    closing = _closing(result, bool(letter.questions))
    if style == "markdown":
        numbered = [f"{number}. {item}" for number, item in enumerate(items, start=1)]
        return "\n".join([f"## {subject}", "", opening, "", *numbered, "", closing, ""])
    wrapped = [_wrapped(item, number) for number, item in enumerate(items, start=1)]
    return "\n".join([f"Subject: {subject}", "", _wrapped(opening), "", *wrapped, "", _wrapped(closing), "", "-- ", ""])


def _wrapped(text: str, number: int | None = None) -> str:
    head = f"{number}. " if number else ""
    return textwrap.fill(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)


def _name(result: Result) -> str:
    return plain(", ".join(part for part in (result.title or result.campaign, result.brand) if part))


def _items(letter: Letter, files: Mapping[str, str]) -> Iterator[str]:
    yield from (_question(question, files) for question in letter.questions)
    for_guardian = letter.to == "guardian"
    yield from (_document(finding, assets, files, for_guardian) for finding, assets in letter.documents)
    yield from (_request(finding, assets, files) for finding, assets in letter.requests)


def _question(question: Question, files: Mapping[str, str]) -> str:
    of = f" ({files_in_words(question.of, files)})" if question.of else ""
    told = "; ".join(f"{label} {line}" for label, line in told_in_words(question.raised, in_words))
    differently = f" It is told differently: {told}." if told else ""
    return plain(f"{question.asks}{of}{differently}")


def _document(finding: Finding, assets: tuple[str, ...], files: Mapping[str, str], for_guardian: bool) -> str:
    document = finding.document
    assert document is not None, "BUG: a document is asked for that no finding names"
    of = files_in_words(assets, files)
    if for_guardian and (wish := OF_A_GUARDIAN.get(document.kind)) is not None:
        return plain(wish.format(of=document.of, pictures=of))
    state = {
        "absent": "we know that there is none",
        "insufficient": "the one on file does not cover this picture or these days",
        "unknown": "nobody has told us whether there is one",
    }[document.status]
    return plain(f"The {document.kind.replace('_', ' ')} of {document.of} ({of}): {state}. {finding.clears_when}")


def _request(finding: Finding, assets: tuple[str, ...], files: Mapping[str, str]) -> str:
    of = f" ({files_in_words(assets, files)})" if assets else ""
    return plain(f"{finding.title}{of}: {finding.rule}, {finding.clause}. {finding.clears_when}")


def _closing(result: Result, asks_for_facts: bool) -> str:
    how = "Where there is none, write “none”; where you do not know, write “unknown”. " if asks_for_facts else ""
    if result.flight is None:
        return f"{how}Thank you."
    return f"{how}The campaign is to run from {result.flight.first:%A}, {result.flight.first}. Thank you."
