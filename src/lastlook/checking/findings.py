"""Outcomes in words: what engaged a rule, how that is known, who held the choice, who answers, what clears it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from lastlook.campaigns.nouns import NOUNS
from lastlook.checking.applicability import campaign_outings
from lastlook.checking.case import Case
from lastlook.checking.judge import Outcome, outings_of_outcome
from lastlook.checking.result import Because, DocumentStatus, Finding, HeldBy, Told, Verdict
from lastlook.decisions.claims import Claims, name_of
from lastlook.digests import Canonical, short_id
from lastlook.facts.element import Element, Fact, Raised
from lastlook.facts.raising import unsettled
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN
from lastlook.facts.values import NOT_KNOWN
from lastlook.reading.kinds import NONE_WORD, UNKNOWN_WORD
from lastlook.rules.conditions import AllOf
from lastlook.rules.explanation import Reason, explain
from lastlook.rules.grammar import subjects_of

# Rights whose choices are seen side by side: where two of them meet in a finding, somebody combined them.
_SHOWN = frozenset({"casting", "product", "props", "location", "photography"})


def reasons_of(outcome: Outcome, case: Case) -> tuple[Reason, ...]:
    """What the outcome rests on: the literals of the rule's condition that made it true, or leave it open."""
    at, campaign = outcome.at, case.campaign
    split = subjects_of(outcome.rule) if outcome.subject is not None else None
    if split is None:
        return explain(outcome.rule.condition, at, at, campaign)[1]
    rest, some = split
    of_rest = explain(AllOf(rest), at, at, campaign)[1]
    return of_rest + explain(some.where, outcome.subject or at, at, campaign)[1]


def finding_of(outcome: Outcome, case: Case) -> Finding:
    """An outcome of one campaign in words."""
    reasons = reasons_of(outcome, case)
    held = held_by(reasons, outcome.assets, case.claims)
    countries = outings_of_outcome(outcome, case).countries
    return _finding(outcome, reasons, held, countries, {"campaign": case.campaign.id, "stage": case.stage})


def finding_together(outcome: Outcome, cases: Sequence[Case]) -> Finding:
    """An outcome of several campaigns in words. Who held a choice is looked up in the campaign it was made in."""
    at = outcome.at
    reasons = explain(outcome.rule.condition, at, at, at)[1]
    seen = {campaign.id for campaign in at.listing("campaigns").members}
    together = [case for case in cases if case.campaign.id in seen]
    held = dict.fromkeys(
        each for case in together for each in held_by(_within(reasons, case), case.assets, case.claims)
    )
    outings = [campaign_outings(case.assets, case.campaign) for case in together]
    countries = frozenset(country for each in outings for country in each.countries)
    asked = {"campaigns": sorted(seen), "stage": "concurrent"}
    return _finding(outcome, reasons, tuple(held), countries, asked)


def _within(reasons: Iterable[Reason], case: Case) -> Iterator[Reason]:
    """The reasons that were seen in one campaign, with its own names for its pictures."""
    for reason in reasons:
        campaign, slash, asset = reason.asset.partition("/")
        if campaign == case.campaign.id and slash:
            yield msgspec.structs.replace(reason, asset=asset)


def _finding(
    outcome: Outcome,
    reasons: tuple[Reason, ...],
    held: tuple[HeldBy, ...],
    countries: frozenset[str],
    asked: Mapping[str, Canonical],
) -> Finding:
    rule = outcome.rule
    because = _each_fact_once(because_of(reason) for reason in reasons if _is_shown(reason))
    missing = tuple(dict.fromkeys(reason.address for reason in reasons if is_missing(reason)))
    asset_ids = tuple(asset.id for asset in outcome.assets)
    return Finding(
        id=_finding_id(outcome, reasons, asked),
        rule=rule.id,
        pack=rule.pack,
        clause=rule.clause,
        title=rule.title,
        effect=rule.effect,
        state="engaged" if outcome.truth is TRUE else "cannot_tell",
        verdict=_verdict_word(outcome),
        confidence=rule.confidence,
        territories=tuple(sorted(countries if rule.territories is None else rule.territories & countries)),
        because=because,
        missing=missing,
        held_by=held,
        answered_by=rule.answered_by,
        clears_when=rule.page.clears,
        document=_document(outcome),
        assets=asset_ids if rule.scope != "asset" else (),
    )


def _verdict_word(outcome: Outcome) -> Literal["stopped", "undecided", "shown"]:
    if outcome.rule.effect == "advise":
        return "shown"
    return "stopped" if outcome.weight is Verdict.STOPPED else "undecided"


def _finding_id(outcome: Outcome, reasons: Iterable[Reason], asked: Mapping[str, Canonical]) -> str:
    """The same question has the same id: the rule, where it was asked, and what engaged it (design, section 6)."""
    things = {reason.owner.id for reason in reasons if reason.truth is not FALSE}
    things |= {asset.id for asset in outcome.assets}
    if outcome.subject is not None:
        things.add(outcome.subject.id)
    return short_id(
        {
            **asked,
            "rule": outcome.rule.id,
            "scope": f"{outcome.rule.scope}:{outcome.at.id}",
            "engaged_by": sorted(things),
        }
    )


def _document(outcome: Outcome) -> DocumentStatus | None:
    if outcome.rule.document is None:
        return None
    subject = outcome.subject.id if outcome.subject else "somebody not named yet"
    status = outcome.found.status if outcome.found else "unknown"
    return DocumentStatus(outcome.rule.document.kind, subject, status)


def _is_shown(reason: Reason) -> bool:
    """Facts that hold are shown, and so are those that two sources tell differently."""
    if reason.truth is TRUE:
        return True
    return reason.truth is UNKNOWN and not reason.is_list and bool(reason.fact.conflicts or reason.fact.raised)


def _each_fact_once(because: Iterable[Because]) -> tuple[Because, ...]:
    """A list that was asked for several codes is one fact, with all the members that matter."""
    found: dict[tuple[str, str | None, str | None, str | None], Because] = {}
    for each in because:
        key = each.fact, each.asset, each.known, each.source
        earlier = found.get(key)
        if earlier is not None and isinstance(earlier.value, tuple) and isinstance(each.value, tuple):
            members = tuple(dict.fromkeys((*earlier.value, *each.value)))
            found[key] = msgspec.structs.replace(earlier, value=members)
        else:
            found.setdefault(key, each)
    return tuple(found.values())


def is_missing(reason: Reason) -> bool:
    return reason.truth is UNKNOWN


def because_of(reason: Reason) -> Because:
    return _of_list(reason) if reason.is_list else _of_fact(reason)


def _of_fact(reason: Reason) -> Because:
    fact = reason.fact
    told = tuple(Told(place.value, "declared", str(place.source)) for place in fact.conflicts)
    if fact.standing is NOT_KNOWN:
        if reason.met_by and not fact.conflicts:
            return _of_raised(reason, reason.met_by[0])
        return Because(reason.address, UNKNOWN_WORD, None, None, told, asset=reason.asset or None)
    told += tuple(told_by(raised) for raised in unsettled(fact))
    return Because(reason.address, fact.standing, fact.known, _place(fact), told, asset=reason.asset or None)


def _of_list(reason: Reason) -> Because:
    listing = reason.listing
    found = sorted(listing.codes & reason.codes)
    if not found and reason.met_by:
        return _of_raised(reason, reason.met_by[0])
    if not reason.codes:
        found = sorted(listing.codes) or [member.id for member in listing.members]
    value = tuple(found) if found or not listing.complete else NONE_WORD
    source = str(listing.source) if listing.source else None
    return Because(reason.address, value, listing.known, source, asset=reason.asset or None)


def _of_raised(reason: Reason, raised: Raised) -> Because:
    source = str(raised.source)
    return Because(reason.address, raised.value, raised.known, source, (), raised.region, reason.asset or None)


def told_by(raised: Raised) -> Told:
    return Told(raised.value, raised.known, str(raised.source), raised.words)


def _place(fact: Fact) -> str | None:
    return str(fact.source) if fact.source else None


def right_behind(reason: Reason) -> str | None:
    """The decision right that a fact traces to."""
    noun = NOUNS[reason.owner.noun]
    kind = noun.listing(reason.name) if reason.is_list else noun.fact(reason.name)
    return kind.right if kind else None


def held_by(reasons: Iterable[Reason], assets: Sequence[Element], claims: Claims) -> tuple[HeldBy, ...]:
    """Who held the choice behind each fact, on the picture it was seen in; behind a campaign's facts, on all of them.

    Where choices of two hands meet, also who held their combination, on every picture whose choices meet.
    """
    every_asset = tuple(asset.id for asset in assets)
    held: dict[HeldBy, None] = {}
    shown: dict[str, set[str]] = {}
    for reason in reasons:
        right = right_behind(reason)
        if right is None:
            continue
        for asset in (reason.asset,) if reason.asset else every_asset:
            held[_holding(claims, right, asset)] = None
            if right in _SHOWN and reason.asset:
                shown.setdefault(right, set()).add(asset)
    if len(shown) > 1:
        for asset in sorted(set().union(*shown.values())):
            held[_holding(claims, "combination", asset)] = None
    return tuple(held)


def _holding(claims: Claims, right: str, asset: str) -> HeldBy:
    claim = claims.claim(right, asset)
    return HeldBy(right, name_of(claims.holder(right, asset)), claim.meaning if claim else "decided")
