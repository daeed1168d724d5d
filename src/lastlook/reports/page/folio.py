"""A folio: one campaign of the page, and everything that its sections look up in each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec

from lastlook.checking.case import Case, Said
from lastlook.checking.result import AssetResult, Because, Finding, Question, Result, Told
from lastlook.decisions.claims import name_of
from lastlook.facts.element import Element
from lastlook.facts.values import Value
from lastlook.reports import words
from lastlook.reports.page.covering import why_covered
from lastlook.reports.page.jpeg import size_of
from lastlook.reports.page.markup import Html, joined, tag
from lastlook.rules.rule import Rule

NAMED_IN_FULL = 4  # so many pictures; more are numbers


class Seen(msgspec.Struct, frozen=True):
    """What there is to show of one campaign beside its result.

    case        None where the folder could not be read
    thumbnails  small JPEGs by asset id, each asked for when its turn has come, so that they need not be held at once
    reasons     why another asset has none
    """

    case: Case | None = None
    thumbnails: Mapping[str, bytes] = {}
    reasons: Mapping[str, str] = {}


class Addressee(msgspec.Struct, frozen=True):
    """Whom one would ask: those who hold a choice, or a role. `holders` is empty for a role."""

    holders: tuple[str, ...] = ()
    role: str = ""


class Folio:
    """`key` keeps the ids of several campaigns apart; `top` is the level of the campaign's own heading."""

    def __init__(
        self, result: Result, seen: Seen, rules: Mapping[str, Rule], *, key: str, top: int, with_personal_data: bool
    ) -> None:
        self.result, self.seen, self.rules = result, seen, rules
        self.key, self.top, self.with_personal_data = key, top, with_personal_data
        self._numbers = {asset.id: number for number, asset in enumerate(result.assets, start=1)}
        self._files = {asset.id: asset.file or asset.id for asset in result.assets}

    # Names and places on the page. Ids are numbers of ours: no text of a stranger becomes one.

    def heading(self, below: int, *content: str, place: str | None = None, **attributes: str) -> Html:
        return tag(f"h{self.top + below}", content, id=place and self.place(place), **attributes)

    def place(self, name: str) -> str:
        return f"{self.key}{name}"

    def pixels(self, asset_id: str) -> str:
        """The place of a picture's pixels; they stand once on the page."""
        return self.place(f"pixels-{self.number(asset_id)}")

    def name_of(self, place: str) -> str:
        """The ids of the headings that name a section: its own, and its campaign's where there are several."""
        return f"{self.place(place)} {self.place('campaign')}" if self.key and self.top == 2 else self.place(place)

    def number(self, asset_id: str) -> int:
        return self._numbers[asset_id]

    def file(self, asset_id: str) -> str:
        return self._files.get(asset_id, asset_id)

    def link(self, asset_id: str) -> Html:
        """The picture's file name, leading to its section; plain where it has none."""
        if asset_id not in self._numbers:
            return tag("span", asset_id)
        return tag("a", self.file(asset_id), href=f"#{self.place(f'picture-{self.number(asset_id)}')}")

    def pictures(self, asset_ids: Iterable[str]) -> Html:
        """These pictures in a line, many of them by the numbers of their frames; the campaign where there is none."""
        ids = tuple(asset_ids)
        if not ids:
            return tag("span", "the whole campaign")
        if len(ids) > 1 and set(ids) == set(self._numbers):
            return tag("span", f"all {len(ids)} pictures")
        if len(ids) <= NAMED_IN_FULL or not set(ids) <= set(self._numbers):
            return joined([self.link(each) for each in ids], ", ")
        numbers = [self._numbered(each) for each in sorted(ids, key=self.number)]
        return joined([f"{len(ids)} pictures: ", joined(numbers, ", ")])

    def _numbered(self, asset_id: str) -> Html:
        number = self.number(asset_id)
        place = self.place(f"picture-{number}")
        return tag("a", str(number), href=f"#{place}", aria_label=f"{number}, {self.file(asset_id)}")

    # What is known.

    @cached_property
    def elements(self) -> dict[str, Element]:
        return {asset.id: asset for asset in self.seen.case.assets} if self.seen.case else {}

    def said(self, asset_id: str) -> tuple[Said, ...]:
        """What its file says besides what it raised."""
        return self.seen.case.said.get(asset_id, ()) if self.seen.case else ()

    @cached_property
    def covered(self) -> dict[str, str]:
        """Why a picture is covered, by asset id."""
        reasons = {
            asset.id: why_covered(self.elements.get(asset.id), self.result, self.rules, asset.id)
            for asset in self.result.assets
        }
        return {asset_id: why for asset_id, why in reasons.items() if why}

    @cached_property
    def sizes(self) -> dict[str, tuple[int, int]]:
        """The size of each thumbnail that is a JPEG."""
        sizes = {asset_id: size_of(jpeg) for asset_id, jpeg in self.seen.thumbnails.items()}
        return {asset_id: size for asset_id, size in sizes.items() if size}

    def why_no_picture(self, asset: AssetResult) -> str:
        if asset.id in self.seen.thumbnails:
            return "Its thumbnail could not be shown."
        return self.seen.reasons.get(asset.id) or ("No thumbnail was made." if asset.file else "Not made yet.")

    def state(self, asset: AssetResult) -> str:
        """How a picture is marked: its verdict, or `unseen` where nothing was found because there was no file."""
        return "unseen" if asset.verdict == "clear" and not asset.sha256 else asset.verdict

    def state_word(self, asset: AssetResult) -> str:
        state = self.state(asset)
        return words.NOT_LOOKED_AT if state == "unseen" else words.VERDICT_WORDS[state]

    def wider(self, asset_id: str) -> tuple[Finding, ...]:
        """Findings about several pictures, or the campaign, that this picture is part of."""
        return tuple(finding for finding in self.result.findings if asset_id in finding.assets)

    def questions_of(self, asset_id: str) -> tuple[Question, ...]:
        return tuple(question for question in self.result.questions if asset_id in question.of)

    def value(self, value: Value | tuple[str, ...]) -> str:
        return words.value_in_words(value, with_personal_data=self.with_personal_data)

    def contradiction(self, because: Because, told: Told) -> str:
        """The other value. Two ages of one band would read alike, so that is said."""
        value, other = self.value(because.value), self.value(told.value)
        return f"{other} (another age)" if value == other and value != self.exact(told.value) else other

    @staticmethod
    def exact(value: Value | tuple[str, ...]) -> str:
        return words.value_in_words(value, with_personal_data=True)

    # Whom one would ask.

    @cached_property
    def ordered_questions(self) -> dict[Addressee, list[tuple[int, Question]]]:
        """The questions, numbered as they stand on the page, by who holds the choice they are about."""
        grouped: dict[Addressee, list[Question]] = {}
        for question in self.result.questions:
            grouped.setdefault(self._asked(question), []).append(question)
        number = 0
        numbered: dict[Addressee, list[tuple[int, Question]]] = {}
        for addressee, questions in grouped.items():
            numbered[addressee] = [(number + n, question) for n, question in enumerate(questions, start=1)]
            number += len(questions)
        return numbered

    @cached_property
    def question_numbers(self) -> dict[Question, int]:
        return {question: number for asked in self.ordered_questions.values() for number, question in asked}

    def _asked(self, question: Question) -> Addressee:
        case = self.seen.case
        if question.right is None or case is None:
            return Addressee()
        assets = question.of or tuple(asset.id for asset in self.result.assets)
        holders = {name_of(case.claims.holder(question.right, asset)) for asset in assets}
        return Addressee(tuple(sorted(holders)))
