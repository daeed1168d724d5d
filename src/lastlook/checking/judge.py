"""Judging: which rules are engaged by what is shown, which cannot tell. The heart, as a pure function.

`Judge` is built once from the rules in use and then looks at any number of cases. It gives outcomes; `findings` turns
them into words. What each effect does to the verdict is the table in `weight`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from lastlook.checking.applicability import (
    Applying,
    Outings,
    applies,
    campaign_outings,
    flight_of,
    outings_of,
    outings_of_many,
    why_undecided,
)
from lastlook.checking.case import Case
from lastlook.checking.documents import NOTHING_SAID, Found, Wanted, look_for
from lastlook.checking.result import Verdict
from lastlook.facts.element import Element, Listing
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
from lastlook.reading.kinds import Span
from lastlook.rules.conditions import AllOf, Condition, Some
from lastlook.rules.evaluation import Evaluate, compiled
from lastlook.rules.grammar import subjects_of
from lastlook.rules.recall import Look, Recall, members_meeting, numbers_in
from lastlook.rules.rule import DocumentDemand, Effect, Rule


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
        """What it does to the verdict."""
        return weight(self.rule.effect, self.truth, self.found)


def weight(effect: Effect, truth: Truth, found: Found | None = None) -> Verdict:
    """What a rule of this effect does to the verdict where it is not false: the table of effects (design, section 5)."""
    if effect == "advise":
        return Verdict.CLEAR
    if truth is UNKNOWN or effect == "ask":
        return Verdict.UNDECIDED
    if effect == "document" and found is not None and found.on_file is UNKNOWN:
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


class CompiledRule(msgspec.Struct, frozen=True):
    rule: Rule
    evaluate: Evaluate


class Sight(msgspec.Struct, frozen=True):
    """One picture as all asset-scope rules see it: sets of rules as in `rules/recall.py`.

    possible   the rules that are not false here: their condition, and that they apply at all
    sure       those that are true; `applies` those whose territory and in-force time are surely met
    """

    look: Look
    outings: Outings
    possible: int
    sure: int
    applies: int


class Glance(msgspec.Struct, frozen=True):
    """The short answer of the asset-scope rules about one picture: what `asset_outcomes` and their reasons add up to.

    missing   addresses of the facts that some rule waits for, in the order of the rules
    """

    weight: Verdict
    engaged: tuple[str, ...]
    missing: tuple[str, ...]


class _Waiting:
    """The facts that rules wait for in one picture, each once, and each condition looked up once."""

    def __init__(self, recall: Recall, first_like: Sequence[int], seen: Sight) -> None:
        self._recall, self._first_like, self._seen = recall, first_like, seen
        self._looked_up: set[int | tuple[int, int]] = set()
        self._where_told = False
        self.addresses: dict[str, None] = {}

    def add(self, condition: int) -> None:
        first = self._first_like[condition]
        if first not in self._looked_up:
            self._looked_up.add(first)
            for address in self._recall.open_facts(first, self._seen.look):
                self.addresses[address] = None

    def add_member(self, some: int, member: int) -> None:
        if (some, member) not in self._looked_up:
            self._looked_up.add((some, member))
            for address in self._recall.open_facts_of_member(some, member, self._seen.look):
                self.addresses[address] = None

    def where(self, asset: Element, campaign: Element) -> None:
        if not self._where_told:
            self._where_told = True
            for why in why_undecided(self._seen.outings, asset, campaign):
                self.addresses[why.address] = None


class Judge:
    """The rules in use, made ready to be asked all at once. What it remembers changes no answer."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        rules = tuple(rule for rule in rules if not rule.is_standing_requirement)
        self._wider = tuple(CompiledRule(rule, compiled(rule.condition)) for rule in rules if rule.scope != "asset")
        self._demands = {rule.id: _DocumentRule(rule, rule.document) for rule in rules if rule.document is not None}
        self._rules = tuple(rule for rule in rules if rule.scope == "asset")
        self._demand_of = tuple(self._demands.get(rule.id) for rule in self._rules)
        self._applying = Applying(self._rules)
        conditions = [rule.condition for rule in self._rules]
        subjects: dict[Some, int] = {}
        for demand in filter(None, self._demand_of):
            if demand.split is not None:
                rest, some = demand.split
                demand.rest_number, demand.some_number = len(conditions), subjects.setdefault(some, len(subjects))
                conditions.append(AllOf(rest))
        self._recall = Recall(conditions, tuple(subjects))
        first: dict[Condition, int] = {}
        self._first_like = [first.setdefault(condition, number) for number, condition in enumerate(conditions)]
        others = [(1 << number, rule) for number, rule in enumerate(self._rules) if rule.document is None]
        self._stopping = sum(bit for bit, rule in others if weight(rule.effect, TRUE) is Verdict.STOPPED)
        self._undeciding = sum(bit for bit, rule in others if weight(rule.effect, UNKNOWN) is Verdict.UNDECIDED)

    def _see(self, asset: Element, case: Case) -> Sight:
        outings = outings_of(asset, case.campaign)
        look = self._recall.look(asset, case.campaign)
        may_apply, applies_surely = self._applying.to(outings)
        return Sight(look, outings, look.possible & may_apply, look.sure & applies_surely, applies_surely)

    def asset_outcomes(self, asset: Element, case: Case, on: dt.date) -> Iterator[Outcome]:
        """Every asset-scope rule that is not false of this picture, in the order of the rules."""
        seen = self._see(asset, case)
        for number in numbers_in(seen.possible):
            applying = TRUE if seen.applies >> number & 1 else UNKNOWN
            demand = self._demand_of[number]
            if demand is None:
                met = TRUE if seen.sure >> number & 1 else UNKNOWN
                yield Outcome(self._rules[number], met, applying, asset, (asset,))
            else:
                asked = Asked(asset, asset, (asset,), case, applying, on)
                for _, subject, met, found in self._answers(demand, number, asked, seen):
                    yield Outcome(demand.rule, met, applying, asset, (asset,), subject, found)

    def _answers(self, demand: _DocumentRule, number: int, asked: Asked, seen: Sight) -> Iterator[Answer]:
        """What a document rule that is possible comes to for a picture."""
        if demand.split is None:
            return demand.answers(asked, TRUE if seen.sure >> number & 1 else UNKNOWN, ())
        rest = TRUE if asked.applies is TRUE and seen.look.sure >> demand.rest_number & 1 else UNKNOWN
        return demand.answers(asked, rest, self._recall.members(demand.some_number, seen.look))

    def glance(self, asset: Element, case: Case, on: dt.date) -> Glance:
        """The short answer about one picture: what its outcomes, and the reasons for them, come to."""
        seen = self._see(asset, case)
        heaviest = Verdict.UNDECIDED if seen.possible & self._undeciding else Verdict.CLEAR
        if seen.sure & self._stopping:
            heaviest = Verdict.STOPPED
        surely_there = Asked(asset, asset, (asset,), case, TRUE, on)
        maybe_there = Asked(asset, asset, (asset,), case, UNKNOWN, on)
        sure, where_open = set(numbers_in(seen.sure)), seen.possible & ~seen.applies
        engaged: list[str] = []
        waiting = _Waiting(self._recall, self._first_like, seen)
        for number in numbers_in(seen.possible):
            rule, demand = self._rules[number], self._demand_of[number]
            if demand is None:
                if number in sure:
                    engaged.append(rule.id)
                elif rule.effect != "advise":
                    waiting.add(number)
                    if where_open and where_open >> number & 1:
                        waiting.where(asset, case.campaign)
                continue
            asked = maybe_there if where_open and where_open >> number & 1 else surely_there
            for member, _, met, found in self._answers(demand, number, asked, seen):
                heaviest = max(heaviest, weight(rule.effect, met, found))
                if met is TRUE:
                    engaged.append(rule.id)
                elif rule.effect != "advise":
                    if member is None:
                        waiting.add(number)
                    else:
                        waiting.add(demand.rest_number)
                        waiting.add_member(demand.some_number, member)
                    if asked is maybe_there:
                        waiting.where(asset, case.campaign)
        return Glance(heaviest, tuple(engaged), tuple(waiting.addresses))

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


# Of a document rule: which member of the list its subjects are in (None: none of them), the subject (None: somebody
# whom nobody named), the truth, and what the folder says of the document.
Answer = tuple[int | None, Element | None, Truth, Found | None]


class _DocumentRule:
    """A rule that asks for a document: one answer for each subject whose document is not on file.

    split         the rest of its condition, and the `some` that picks its subjects; None if its subject is one thing
    rest_number   of an asset-scope rule: the number of that rest among the judge's conditions; so `some_number`
    """

    def __init__(self, rule: Rule, demand: DocumentDemand) -> None:
        self.rule, self.demand = rule, demand
        self.split = subjects_of(rule) if demand.of in ("people", "products") else None
        self.rest_number = self.some_number = 0

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
