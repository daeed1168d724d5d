"""Concludes: one case, or several seen together, become a result in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from lastlook.checking.applicability import applies, campaign_outings, flight_of
from lastlook.checking.asking import earliest
from lastlook.checking.case import Case, text_of
from lastlook.checking.coverage import RULE_ID, Uncovered
from lastlook.checking.examination import Examination, examine, missing_in
from lastlook.checking.findings import finding_of, finding_together
from lastlook.checking.judge import Judge
from lastlook.checking.questions import merged
from lastlook.checking.requests import requests_in
from lastlook.checking.result import AssetResult, Finding, PackUsed, Requirement, Result, Verdict
from lastlook.checking.unreviewed import unreviewed
from lastlook.digests import short_id
from lastlook.errors import Problem
from lastlook.facts.element import Element
from lastlook.facts.truth import FALSE
from lastlook.packs import Library
from lastlook.rules.rule import PROFILES, Profile, Rule


def conclude(case: Case, library: Library, *, on: dt.date, profile: Profile = PROFILES[0]) -> Result:
    """Everything `lastlook check` says about one campaign."""
    rules = library.of_profile(profile)
    seen = examine(Judge(rules), library.markets(profile), case, on)
    assets = tuple(_asset_result(asset, case, seen) for asset in case.assets)
    findings = [finding_of(outcome, case) for outcome in seen.wider if outcome.is_told]
    if seen.uncovered.countries:
        findings.append(_no_rules_finding(seen.uncovered, case))
    findings.sort(key=seriousness)
    told = [(asset.id, finding) for asset in assets for finding in asset.findings]
    result = Result(
        on=on,
        campaign=case.campaign.id,
        title=text_of(case.campaign, "title"),
        brand=text_of(case.campaign, "brand"),
        stage=case.stage,
        verdict=seen.verdict,
        packs=_packs(library),
        assets=assets,
        findings=tuple(findings),
        requirements=tuple(_requirements(rules, case)),
        questions=merged(missing_in(seen, case)),
        requests=requests_in([*told, *(("", finding) for finding in findings)]),
        unreviewed=unreviewed(case, rules),
        errors=case.problems,
        flight=flight_of(case.campaign),
        notes=case.notes,
    )
    if library.lead_times is None:
        return result
    never_waived = {rule.id for rule in rules if rule.effect == "block" and not rule.waivable_by}
    return msgspec.structs.replace(result, earliest=earliest(result, library.lead_times, never_waived))


def unreadable(name: str, problem: Problem, library: Library, *, on: dt.date) -> Result:
    """The result for a folder that holds no campaign that could be read: nothing was judged, so nothing is decided."""
    return Result(
        on=on, campaign=name, title="", brand="", stage="unknown", verdict=Verdict.UNDECIDED, packs=_packs(library),
        assets=(), findings=(), requirements=(), questions=(), requests=(), unreviewed=(), errors=(problem,),
    )  # fmt: skip


def conclude_together(
    cases: Sequence[Case], library: Library, *, profile: Profile = PROFILES[0]
) -> tuple[Finding, ...]:
    """What campaigns show together that none shows alone: the concurrent-scope findings."""
    outcomes = Judge(library.of_profile(profile)).concurrent_outcomes(cases)
    return tuple(finding_together(outcome, cases) for outcome in outcomes if outcome.is_told)


def _packs(library: Library) -> tuple[PackUsed, ...]:
    return tuple(PackUsed(pack.id, pack.version, pack.digest) for pack in library.packs)


def _asset_result(asset: Element, case: Case, seen: Examination) -> AssetResult:
    picture = case.picture(asset.id)
    findings = [finding_of(outcome, case) for outcome in seen.by_asset[asset.id] if outcome.is_told]
    findings.sort(key=seriousness)
    return AssetResult(asset.id, picture.file, picture.sha256, seen.verdict_of(asset.id).word, tuple(findings))


_ORDER = {"stopped": 0, "undecided": 1, "shown": 2}
_EFFECT_ORDER = {"block": 0, "sign_off": 1, "document": 2, "ask": 3, "advise": 4}


def seriousness(finding: Finding) -> tuple[int, int, int, str]:
    """Sorts the most serious first."""
    cannot_tell = int(finding.state == "cannot_tell")
    return _ORDER[finding.verdict], cannot_tell, _EFFECT_ORDER[finding.effect], finding.rule


def _no_rules_finding(without: Uncovered, case: Case) -> Finding:
    countries = ", ".join(without.countries)
    # Either nobody wrote rules for the country, or none of them is in force on every day of the flight.
    asked = {"campaign": case.campaign.id, "stage": case.stage, "rule": RULE_ID, "countries": without.countries}
    return Finding(
        id=short_id(asked),
        rule=RULE_ID,
        pack="lastlook",
        clause="no pack",
        title=f"No rules known for {countries} in these days",
        effect="ask",
        state="engaged",
        verdict="undecided",
        confidence="certain",
        territories=without.countries,
        because=(),
        missing=(),
        held_by=(),
        answered_by=("regulatory",),
        clears_when=f"Add a rule pack for {countries} with --pack, correct the flight, or take it out of the plan.",
        assets=without.assets,
    )


def _requirements(rules: Iterable[Rule], case: Case) -> Iterable[Requirement]:
    """The standing requirements that hold, or may hold, where and when the campaign goes."""
    outings = campaign_outings(case.assets, case.campaign)
    for rule in rules:
        if rule.is_standing_requirement and applies(rule.territories, rule.in_force, outings) is not FALSE:
            yield Requirement(rule.id, rule.pack, rule.clause, rule.title, rule.answered_by, case.stage)
