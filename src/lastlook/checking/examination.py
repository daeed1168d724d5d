"""One look at one case: every rule that is not false, and everything else that keeps the verdict open.

`judge` gives the short answer of a look, for whoever has many documents; `concluding` puts the whole answer into words.
Both rest on the same look, so they cannot disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from lastlook.checking.applicability import why_undecided
from lastlook.checking.case import Case
from lastlook.checking.coverage import RULE_ID, Uncovered, uncovered
from lastlook.checking.findings import reasons_of
from lastlook.checking.glance import glance
from lastlook.checking.judge import Judge, Outcome, outings_of_outcome
from lastlook.checking.planning import differences
from lastlook.checking.questions import Missing, unsettled_in
from lastlook.checking.result import Verdict
from lastlook.facts.element import Element
from lastlook.facts.truth import TRUE, UNKNOWN
from lastlook.packs import Markets
from lastlook.rules.explanation import Reason, reason


class Examination(msgspec.Struct, frozen=True):
    """What was seen.

    by_asset   the asset-scope outcomes of each picture; `wider` those of groups and of the campaign
    uncovered  where it goes without a pack
    unread     whether a whole sheet could not be read
    unsettled  raised values that nothing declared agrees with, pictures that differ from their plan or are only
               planned, markets nobody stated
    """

    by_asset: dict[str, tuple[Outcome, ...]]
    wider: tuple[Outcome, ...]
    uncovered: Uncovered
    unsettled: tuple[Missing, ...]
    unread: bool = False

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return (*(outcome for found in self.by_asset.values() for outcome in found), *self.wider)

    @property
    def verdict(self) -> Verdict:
        """How the whole campaign stands."""
        is_open = bool(self.uncovered.countries or self.unsettled or self.unread)
        return _worst(self.outcomes, Verdict.UNDECIDED if is_open else Verdict.CLEAR)

    def verdict_of(self, asset: str) -> Verdict:
        """How one picture stands by itself."""
        is_open = (
            self.unread or asset in self.uncovered.assets or any(each.reason.asset == asset for each in self.unsettled)
        )
        return _worst(self.by_asset[asset], Verdict.UNDECIDED if is_open else Verdict.CLEAR)


def _worst(outcomes: tuple[Outcome, ...], least: Verdict) -> Verdict:
    return max([least, *(outcome.weight for outcome in outcomes)])


def examine(judging: Judge, markets: Markets, case: Case, on: dt.date) -> Examination:
    """Everything the rules see in one case. `markets`: for which countries rules are known, and when."""
    without = uncovered(case, markets)
    return Examination(
        by_asset={asset.id: tuple(judging.asset_outcomes(asset, case, on)) for asset in case.assets},
        wider=tuple(judging.wider_outcomes(case, on)),
        uncovered=without,
        unread=case.unread,
        unsettled=_unsettled(case, without),
    )


def _unsettled(case: Case, without: Uncovered) -> tuple[Missing, ...]:
    return (
        *(Missing(why, RULE_ID) for why in without.missing),
        *unsettled_in(case),
        *differences(case),
        *(Missing(reason(asset, "file", asset, UNKNOWN, False)) for asset in not_seen(case)),
    )


def not_seen(case: Case) -> list[Element]:
    """Pictures that nobody could open, and those only planned when the campaign is, or may be, at its final stage."""
    is_final = case.stage in ("final", "unknown")
    pictures = [(asset, case.picture(asset.id)) for asset in case.assets]
    return [
        asset
        for asset, picture in pictures
        if (picture.planned and is_final) or not (picture.planned or picture.sha256)
    ]


def missing_in(seen: Examination, case: Case) -> Iterator[Missing]:
    """Every fact that keeps something undecided, once for each rule that waits for it."""
    for outcome in seen.outcomes:
        yield from _missing_of(outcome, case)
    yield from seen.unsettled


def _missing_of(outcome: Outcome, case: Case) -> Iterator[Missing]:
    if outcome.truth is TRUE or outcome.rule.effect == "advise":
        return
    for why in reasons_of(outcome, case):
        if why.truth is UNKNOWN:
            yield Missing(why, outcome.rule.id)
    if outcome.applies is UNKNOWN:
        for why in _where_unknown(outcome, case):
            yield Missing(why, outcome.rule.id)


def _where_unknown(outcome: Outcome, case: Case) -> Iterator[Reason]:
    at = outcome.assets[0] if outcome.assets else case.campaign
    yield from why_undecided(outings_of_outcome(outcome, case), at, case.campaign)


class Judgement(msgspec.Struct, frozen=True):
    """The short answer."""

    verdict: Verdict
    engaged: tuple[tuple[str, str], ...]  # (rule id, id of what it was asked of)
    missing: tuple[str, ...]  # addresses of facts, each once


def judge(judging: Judge, markets: Markets, case: Case, on: dt.date) -> Judgement:
    """Verdict, engaged rules and missing facts of one campaign: what `examine` and `missing_in` come to, but faster."""
    glances = {asset.id: glance(judging.of_pictures, asset, case, on) for asset in case.assets}
    wider = tuple(judging.wider_outcomes(case, on))
    without = uncovered(case, markets)
    unsettled = _unsettled(case, without)
    is_open = bool(without.countries or unsettled or case.unread)
    missing = [address for each in glances.values() for address in each.missing]
    missing += [each.reason.address for outcome in wider for each in _missing_of(outcome, case)]
    missing += [each.reason.address for each in unsettled]
    engaged = [(rule, asset) for asset, each in glances.items() for rule in each.engaged]
    engaged += [(outcome.rule.id, outcome.at.id) for outcome in wider if outcome.truth is TRUE]
    return Judgement(
        max(
            Verdict.UNDECIDED if is_open else Verdict.CLEAR,
            *(each.weight for each in glances.values()),
            _worst(wider, Verdict.CLEAR),
        ),
        tuple(engaged),
        tuple(dict.fromkeys(missing)),
    )
