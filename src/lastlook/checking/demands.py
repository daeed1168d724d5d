"""Rules that ask for a document: whose, and whether it is on file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from lastlook.checking.applicability import Outings, outings_of_many
from lastlook.checking.case import Case
from lastlook.checking.documents import NOTHING_SAID, Found, Wanted, look_for
from lastlook.facts.element import Element
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
from lastlook.reading.kinds import Span
from lastlook.rules.conditions import AllOf
from lastlook.rules.evaluation import compiled
from lastlook.rules.grammar import subjects_of
from lastlook.rules.recall import members_meeting
from lastlook.rules.rule import DocumentDemand, Rule


class Asked(msgspec.Struct, frozen=True):
    """What a rule is asked of, and whether it applies. `asset` is what `asset.` means: the thing itself if wider."""

    at: Element
    asset: Element
    assets: tuple[Element, ...]
    case: Case
    applies: Truth
    on: dt.date


# Of a document rule: which member of the list its subjects are in (None: none of them), the subject (None: somebody
# whom nobody named), the truth, and what the folder says of the document.
Answer = tuple[int | None, Element | None, Truth, Found | None]


class DocumentRule:
    """A rule that asks for a document: one answer for each subject whose document is not on file.

    split   the rest of its condition, and the `some` that picks its subjects; None if its subject is one thing
    """

    def __init__(self, rule: Rule, demand: DocumentDemand) -> None:
        self.rule, self.demand = rule, demand
        self.split = subjects_of(rule) if demand.of in ("people", "products") else None

    def answers_here(self, asked: Asked) -> Iterator[Answer]:
        """Its answers, every condition evaluated."""
        campaign = asked.case.campaign
        if self.split is None:
            whole = compiled(self.rule.condition)(asked.at, asked.asset, campaign)
            return self.answers(asked, min(asked.applies, whole), ())
        rest, some = self.split
        met = compiled(AllOf(rest))(asked.at, asked.asset, campaign)
        members = members_meeting(compiled(some.where), asked.at.listing(some.name), asked.asset, campaign)
        return self.answers(asked, min(asked.applies, met), members)

    def answers(self, asked: Asked, met: Truth, members: Sequence[Truth]) -> Iterator[Answer]:
        """`met`: what the rest of the condition comes to, and that it applies; `members`: what each member does."""
        if met is FALSE:
            return
        if self.split is None:
            subject = asked.case.campaign if self.demand.of == "campaign" else asked.at
            found = self._found(asked, subject)
            if found.on_file is not TRUE:
                yield None, subject, met, found
            return
        listing = asked.at.listing(self.split[1].name)
        for number, (subject, truth) in enumerate(
            zip((*listing.members, *listing.raised_members), members, strict=True)
        ):
            if truth is not FALSE:
                found = self._found(asked, subject)
                if found.on_file is not TRUE:
                    yield number, subject, min(met, truth), found
        if not listing.complete:  # somebody may be there whom nobody named
            yield None, None, UNKNOWN, None

    def _found(self, asked: Asked, subject: Element) -> Found:
        documents, complete = asked.case.documents, asked.case.documents_complete
        if not documents:
            return NOTHING_SAID
        assets = frozenset(asset.id for asset in asked.assets)
        wanted = Wanted(
            demand=self.demand,
            subject=subject.id,
            assets=assets,
            sha256=asked.case.picture(*assets).sha256 if len(assets) == 1 else "",
            flight=days_to_cover(outings_of_many(asked.assets, asked.case.campaign)),
            on=asked.on,
        )
        return look_for(wanted, documents, complete=complete)


def days_to_cover(outings: Outings) -> Span | None:
    """From the first to the last day of every way out; the campaign's flight where a line's is not known."""
    flights = [line.flight for line in outings.lines if line.flight is not None]
    if not outings.complete or not flights or len(flights) < len(outings.lines):
        return outings.flight
    return Span(min(flight.first for flight in flights), max(flight.last for flight in flights))
