"""Judging: which rules are engaged by what is shown, which cannot tell. The heart, as a pure function.

`Judge` is built once from the rules in use and then looks at any number of cases. It gives outcomes; `findings` turns
them into words. What each effect does to the verdict is the table in `weight`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from lastlook.checking.applicability import (
    Outings,
    applies,
    campaign_outings,
    flight_of,
    outings_of,
    outings_of_many,
    reach,
)
from lastlook.checking.case import Case
from lastlook.checking.documents import Found, Wanted, look_for
from lastlook.checking.result import Verdict
from lastlook.facts.element import Element, Listing
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
from lastlook.reading.kinds import Span
from lastlook.rules.conditions import AllOf
from lastlook.rules.evaluation import compiled, lifted
from lastlook.rules.grammar import subjects_of
from lastlook.rules.index import CompiledRule, RuleIndex
from lastlook.rules.rule import DocumentDemand, Rule


class Outcome(msgspec.Struct, frozen=True):
    """One rule at one thing: not false.

    truth      whether it is engaged: its condition, and that it applies here at all
    applies    whether its territory and in-force time are met
    at         what it was asked of: a picture, a group, a campaign, or several campaigns
    subject    of a document rule: whose document; `found` is what the folder says of it
    """

    rule: Rule
    truth: Truth
    applies: Truth
    at: Element
    assets: tuple[Element, ...]
    subject: Element | None = None
    found: Found | None = None

    @property
    def is_told(self) -> bool:
        """Whether anybody is told: advice that may or may not hold is kept to oneself (design, section 5)."""
        return self.rule.effect != "advise" or self.truth is TRUE

    @property
    def weight(self) -> Verdict:
        """What it does to the verdict: the table of effects (design, section 5)."""
        effect = self.rule.effect
        if effect == "advise":
            return Verdict.CLEAR
        if self.truth is UNKNOWN or effect == "ask":
            return Verdict.UNDECIDED
        if effect == "document" and self.found is not None and self.found.on_file is UNKNOWN:
            return Verdict.UNDECIDED
        return Verdict.STOPPED


def outings_of_outcome(outcome: Outcome, case: Case) -> Outings:
    """The ways out of what an outcome is about."""
    if outcome.rule.scope == "asset":
        return outings_of(outcome.at, case.campaign)
    if outcome.rule.scope == "group":
        return outings_of_many(outcome.assets, case.campaign)
    return campaign_outings(case.assets, case.campaign)


class Asked(msgspec.Struct, frozen=True):
    """What a rule is asked of, and whether it applies. `asset` is what `asset.` means: the thing itself if wider."""

    at: Element
    asset: Element
    assets: tuple[Element, ...]
    case: Case
    applies: Truth
    on: dt.date


class Judge:
    """The rules in use, compiled and indexed. Holds no state between calls."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        rules = tuple(rule for rule in rules if not rule.is_standing_requirement)
        self.index = RuleIndex(rule for rule in rules if rule.scope == "asset")
        self._wider = tuple(CompiledRule(rule, compiled(rule.condition)) for rule in rules if rule.scope != "asset")
        self._demands = {rule.id: _DocumentRule(rule, rule.document) for rule in rules if rule.document is not None}

    def asset_outcomes(self, asset: Element, case: Case, on: dt.date) -> Iterator[Outcome]:
        """Every asset-scope rule that is not false of this picture."""
        campaign, outings = case.campaign, outings_of(asset, case.campaign)
        keys = self.index.keys(asset, campaign)
        for bucket in self.index.buckets:
            reached = reach(bucket.territories, outings)
            if not reached.is_possible:
                continue
            for rule in bucket.possible(keys):
                applying = reached.during(rule.rule.in_force)
                if applying is not FALSE:
                    yield from self._outcomes(rule, Asked(asset, asset, (asset,), case, applying, on))

    def wider_outcomes(self, case: Case, on: dt.date) -> Iterator[Outcome]:
        """Every group-scope and campaign-scope rule that is not false."""
        for rule in self._wider:
            if rule.rule.scope == "group":
                for group in case.groups:
                    yield from self._wide(rule, group, group.listing("assets").members, case, on)
            elif rule.rule.scope == "campaign":
                yield from self._wide(rule, case.campaign, case.assets, case, on)

    def concurrent_outcomes(self, cases: Sequence[Case]) -> Iterator[Outcome]:
        """Every concurrent-scope rule that is not false of campaigns that the public could see on one day."""
        rules = [rule for rule in self._wider if rule.rule.scope == "concurrent"]
        for seen in seen_on_one_day(cases) if rules else ():
            together = _as_one(seen.cases)
            campaigns = together.listing("campaigns").members
            assets = tuple(asset for campaign in campaigns for asset in campaign.listing("assets").members)
            for rule in rules:
                applying = max(
                    applies(rule.rule.territories, rule.rule.in_force, campaign_outings(case.assets, case.campaign))
                    for case in seen.cases
                )
                met = min(applying, seen.surely, rule.evaluate(together, together, together))
                if met is not FALSE:
                    yield Outcome(rule.rule, met, min(applying, seen.surely), together, assets)

    def _wide(
        self, rule: CompiledRule, at: Element, assets: tuple[Element, ...], case: Case, on: dt.date
    ) -> Iterator[Outcome]:
        outings = (
            outings_of_many(assets, case.campaign)
            if rule.rule.scope == "group"
            else campaign_outings(case.assets, case.campaign)
        )
        applying = applies(rule.rule.territories, rule.rule.in_force, outings)
        if applying is not FALSE:
            yield from self._outcomes(rule, Asked(at, at, assets, case, applying, on))

    def _outcomes(self, rule: CompiledRule, asked: Asked) -> Iterator[Outcome]:
        demand = self._demands.get(rule.rule.id)
        if demand is not None:
            yield from demand.outcomes(asked)
            return
        met = min(asked.applies, rule.evaluate(asked.at, asked.asset, asked.case.campaign))
        if met is not FALSE:
            yield Outcome(rule.rule, met, asked.applies, asked.at, asked.assets)


class _DocumentRule:
    """A rule that asks for a document: one outcome for each subject whose document is not on file."""

    def __init__(self, rule: Rule, demand: DocumentDemand) -> None:
        self.rule, self.demand = rule, demand
        self.whole = compiled(rule.condition)
        self.split = subjects_of(rule) if demand.of in ("people", "products") else None
        if self.split is not None:
            rest, some = self.split
            self.rest, self.where, self.list_name = compiled(AllOf(rest)), compiled(some.where), some.name

    def outcomes(self, asked: Asked) -> Iterator[Outcome]:
        if self.split is None:
            met = min(asked.applies, self.whole(asked.at, asked.asset, asked.case.campaign))
            yield from self._outcome(asked, asked.case.campaign if self.demand.of == "campaign" else asked.at, met)
            return
        rest = min(asked.applies, self.rest(asked.at, asked.asset, asked.case.campaign))
        if rest is FALSE:
            return
        listing = asked.at.listing(self.list_name)
        for subject, met in self._subjects(listing, asked):
            yield from self._outcome(asked, subject, min(rest, met))
        if not listing.complete:  # somebody may be there whom nobody named
            yield Outcome(self.rule, UNKNOWN, asked.applies, asked.at, asked.assets)

    def _subjects(self, listing: Listing, asked: Asked) -> Iterator[tuple[Element, Truth]]:
        for member in listing.members:
            yield member, self.where(member, asked.asset, asked.case.campaign)
        standing = FALSE if listing.complete else UNKNOWN
        for member in listing.raised_members:
            yield member, lifted(standing, self.where(member, asked.asset, asked.case.campaign) is TRUE)

    def _outcome(self, asked: Asked, subject: Element, met: Truth) -> Iterator[Outcome]:
        if met is FALSE:
            return
        assets = frozenset(asset.id for asset in asked.assets)
        wanted = Wanted(
            demand=self.demand,
            subject=subject.id,
            assets=assets,
            sha256=asked.case.picture(*assets).sha256 if len(assets) == 1 else "",
            flight=days_to_cover(outings_of_many(asked.assets, asked.case.campaign)),
            on=asked.on,
        )
        found = look_for(wanted, asked.case.documents, complete=asked.case.documents_complete)
        if found.on_file is not TRUE:
            yield Outcome(self.rule, met, asked.applies, asked.at, asked.assets, subject, found)


def days_to_cover(outings: Outings) -> Span | None:
    """From the first to the last day of every way out; the campaign's flight where a line's is not known."""
    flights = [line.flight for line in outings.lines if line.flight is not None]
    if not outings.complete or not flights or len(flights) < len(outings.lines):
        return outings.flight
    return Span(min(flight.first for flight in flights), max(flight.last for flight in flights))


class SeenTogether(msgspec.Struct, frozen=True):
    """Campaigns that run on one day. `surely`: UNKNOWN where somebody's flight is not known."""

    cases: tuple[Case, ...]
    surely: Truth


def seen_on_one_day(cases: Sequence[Case]) -> Iterator[SeenTogether]:
    """The largest sets of campaigns that share a day; those whose flight is not known may share any."""
    flights = [(case, flight_of(case.campaign)) for case in cases]
    unknown = [case for case, flight in flights if flight is None]
    known = [(case, flight) for case, flight in flights if flight is not None]
    sets = {
        frozenset(number for number, (_, other) in enumerate(known) if other.first <= flight.first <= other.last)
        for _, flight in known
    }
    largest = [one for one in sets if not any(one < other for other in sets)] or [frozenset[int]()]
    for numbers in sorted(largest, key=sorted):
        on_one_day = [known[number][0] for number in sorted(numbers)]
        if len(on_one_day) > 1:
            yield SeenTogether(tuple(on_one_day), TRUE)
        if unknown and len(on_one_day) + len(unknown) > 1:
            yield SeenTogether((*on_one_day, *unknown), UNKNOWN)


def _as_one(cases: Sequence[Case]) -> Element:
    listing = Listing(members=tuple(_named_in_full(case.campaign) for case in cases), complete=True, known="declared")
    return Element("concurrent", "concurrent", lists={"campaigns": listing})


def _named_in_full(campaign: Element) -> Element:
    """A campaign whose pictures are called `campaign/picture`, as they must be where several campaigns meet."""
    listing = campaign.listing("assets")
    members = tuple(msgspec.structs.replace(asset, id=f"{campaign.id}/{asset.id}") for asset in listing.members)
    lists = {**campaign.lists, "assets": msgspec.structs.replace(listing, members=members)}
    return msgspec.structs.replace(campaign, address=f"campaigns[{campaign.id}]", lists=lists)
