"""Questions ready to send: one letter for everybody who has to be asked, as Markdown or as plain text for an e-mail."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from functools import partial
from typing import Literal

from lastlook.checking.asking import Letter, letters
from lastlook.checking.result import Finding, Question, Result, Results
from lastlook.reports.plain import plain
from lastlook.reports.words import RAISED, files_in_words, told_in_words, value_in_words

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


_MARKUP = re.compile(r"[\\`*\[\]<>#&~|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|^[-+=]")  # of Markdown (CommonMark 0.31)
_NOT_NAMED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)#(?:embedded-)?(person|product)-([0-9]+)")


def as_letters(results: Results, style: Style) -> str:
    """Every letter of every campaign. A campaign in which nothing is open says so in one line."""
    parts: list[str] = []
    for result in results.results:
        writer = _Writer(result, style)
        found = letters(result)
        if not found:
            parts.append(f"{writer.name}: nobody has to be asked.\n")
        parts += [writer.letter(letter) for letter in found]
    return "\n".join(parts)


class _Writer:
    """Writes the letters of one campaign."""

    def __init__(self, result: Result, style: Style) -> None:
        self.result, self.style = result, style
        self.files = {asset.id: self.of_folder(asset.file or asset.id) for asset in result.assets}
        self.name = self.of_folder(", ".join(part for part in (result.title or result.campaign, result.brand) if part))

    def of_folder(self, text: str) -> str:
        """What somebody wrote, with nothing in it that the letter would take for markup of its own."""
        return _MARKUP.sub(r"\\\g<0>", plain(text)) if self.style == "markdown" else plain(text)

    def letter(self, letter: Letter) -> str:
        subject = f"{self.name}: questions for the {NAMES.get(letter.to, letter.to)}"
        items = list(self._items(letter))
        opening = f"Hello, {OPENINGS.get(letter.to, FOR_A_ROLE)}"
        closing = _closing(self.result, bool(letter.questions))
        if self.style == "markdown":
            numbered = [f"{number}. {item}" for number, item in enumerate(items, start=1)]
            return "\n".join([f"## {subject}", "", opening, "", *numbered, "", closing, ""])
        wrapped = [_wrapped(item, number) for number, item in enumerate(items, start=1)]
        head = [f"Subject: {subject}", "", _wrapped(opening), ""]
        return "\n".join([*head, *wrapped, "", _wrapped(closing), "", "-- ", ""])

    def _items(self, letter: Letter) -> Iterator[str]:
        yield from (self._question(question) for question in letter.questions)
        for_guardian = letter.to == "guardian"
        yield from (self._document(finding, assets, for_guardian) for finding, assets in letter.documents)
        yield from (self._request(finding, assets) for finding, assets in letter.requests)

    def _question(self, question: Question) -> str:
        of = f" ({self._pictures(question.of)})" if question.of else ""
        lines = told_in_words(question.raised, partial(value_in_words, with_personal_data=False))
        if any(label != RAISED for label, _ in lines):
            told = f" It is told differently: {'; '.join(f'{label} {self._said(line)}' for label, line in lines)}."
        else:
            told = f" The file says: {'; '.join(self._said(line) for _, line in lines)}." if lines else ""
        return f"{self._people_named(plain(question.asks))}{of}{told}"

    def _document(self, finding: Finding, assets: tuple[str, ...], for_guardian: bool) -> str:
        document = finding.document
        assert document is not None, "BUG: a document is asked for that no finding names"
        pictures, of = self._pictures(assets), self._people_named(plain(document.of))
        if for_guardian and (wish := OF_A_GUARDIAN.get(document.kind)) is not None:
            return wish.format(of=of, pictures=pictures)
        state = {
            "absent": "we know that there is none",
            "insufficient": "the one on file does not cover this picture or these days",
            "unknown": "nobody has told us whether there is one",
        }[document.status]
        return plain(f"The {document.kind.replace('_', ' ')} of {of} ({pictures}): {state}. {finding.clears_when}")

    def _request(self, finding: Finding, assets: tuple[str, ...]) -> str:
        of = f" ({self._pictures(assets)})" if assets else ""
        return plain(f"{finding.title}{of}: {finding.rule}, {finding.clause}. {finding.clears_when}")

    def _pictures(self, assets: tuple[str, ...]) -> str:
        return files_in_words(assets, self.files)

    def _said(self, line: str) -> str:
        """What is told of a fact; ids of ours in it are nobody's names, and stand for what they are."""
        parts = _NOT_NAMED.split(line)  # text, then id, noun and number, then text again
        texts = [self.of_folder(text) for text in parts[::4]]
        named = map(self._not_named, parts[1::4], parts[2::4], parts[3::4])
        return "".join(part for pair in zip(texts, [*named, ""], strict=True) for part in pair)

    def _people_named(self, text: str) -> str:
        return _NOT_NAMED.sub(lambda found: self._not_named(found[1], found[2], found[3]), text)

    def _not_named(self, asset_id: str, noun: str, number: str) -> str:
        which = f" (no. {number})" if number != "1" else ""
        what, who = ("somebody", "who") if noun == "person" else ("a product", "that")
        return f"{what} in {self.files.get(asset_id, asset_id)} {who} is not named yet{which}"


def _wrapped(text: str, number: int | None = None) -> str:
    head = f"{number}. " if number else ""
    return textwrap.fill(text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)


def _closing(result: Result, asks_for_facts: bool) -> str:
    how = "Where there is none, write “none”; where you do not know, write “unknown”. " if asks_for_facts else ""
    if result.flight is None:
        return f"{how}Thank you."
    return f"{how}The campaign is to run from {result.flight.first:%A}, {result.flight.first}. Thank you."
