"""Judging: which rules are engaged by what is shown, which cannot tell. The heart, as a pure function.

`Judge` is built once from the rules in use and then looks at any number of cases. It gives outcomes; `findings` turns
them into words. What each effect does to the verdict stands in `weights`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from lastlook.checking.applicability import Outings, applies, campaign_outings, flight_of, outings_of, outings_of_many
from lastlook.checking.case import Case
from lastlook.checking.demands import Asked, DocumentRule
from lastlook.checking.documents import Found
from lastlook.checking.picture_rules import PictureRules
from lastlook.checking.result import Verdict
from lastlook.checking.weights import weight_of
from lastlook.facts.element import Element, Listing
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
from lastlook.rules.evaluation import Evaluate, compiled
from lastlook.rules.recall import numbers_in
from lastlook.rules.rule import Rule


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
        """What it does to the verdict (`weights.py`)."""
        return weight_of(self.rule.effect, self.truth, self.found)


def outings_of_outcome(outcome: Outcome, case: Case) -> Outings:
    """The ways out of what an outcome is about."""
    if outcome.rule.scope == "asset":
        return outings_of(outcome.at, case.campaign)
    if outcome.rule.scope == "group":
        return outings_of_many(outcome.assets, case.campaign)
    return campaign_outings(case.assets, case.campaign)


class CompiledRule(msgspec.Struct, frozen=True):
    rule: Rule
    evaluate: Evaluate


class Judge:
    """The rules in use, made ready to be asked all at once. What it remembers changes no answer."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        rules = tuple(rule for rule in rules if not rule.is_standing_requirement)
        self.of_pictures = PictureRules(rule for rule in rules if rule.scope == "asset")
        wider = tuple(rule for rule in rules if rule.scope != "asset")
        self._wider = tuple(CompiledRule(rule, compiled(rule.condition)) for rule in wider)
        self._demands = {rule.id: DocumentRule(rule, rule.document) for rule in wider if rule.document is not None}

    def asset_outcomes(self, asset: Element, case: Case, on: dt.date) -> Iterator[Outcome]:
        """Every asset-scope rule that is not false of this picture, in the order of the rules."""
        of_pictures = self.of_pictures
        seen = of_pictures.see(asset, case.campaign)
        for number in numbers_in(seen.possible):
            asked = Asked(asset, asset, (asset,), case, seen.applying(number), on)
            demand = of_pictures.demands[number]
            if demand is None:
                yield Outcome(of_pictures.rules[number], seen.truth(number), asked.applies, asset, asked.assets)
                continue
            for _, subject, met, found in of_pictures.answers(demand, number, asked, seen):
                yield Outcome(demand.rule, met, asked.applies, asset, asked.assets, subject, found)

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
        if demand is None:
            met = min(asked.applies, rule.evaluate(asked.at, asked.asset, asked.case.campaign))
            if met is not FALSE:
                yield Outcome(rule.rule, met, asked.applies, asked.at, asked.assets)
            return
        for _, subject, met, found in demand.answers_here(asked):
            yield Outcome(rule.rule, met, asked.applies, asked.at, asked.assets, subject, found)


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
