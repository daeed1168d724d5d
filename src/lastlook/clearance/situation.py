"""The situation: what a clearance is asked about, as it stands now. Everything a clearance needs of a case, judged.

It is made from a case and the rules in use, by what `checking` sees, and holds no history.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from lastlook.campaigns.vocabulary import DECISION_RIGHTS
from lastlook.checking.applicability import flight_of
from lastlook.checking.case import Case, Document
from lastlook.checking.concluding import conclude
from lastlook.checking.documents import Wanted, look_for
from lastlook.checking.examination import examine
from lastlook.checking.findings import finding_of, finding_together, reasons_of, right_behind
from lastlook.checking.judge import Judge, Outcome
from lastlook.checking.result import Finding, PackUsed, Requirement
from lastlook.clearance.acts import Part
from lastlook.clearance.bases import (
    AssetBasis,
    asset_basis,
    fact_value,
    finding_basis,
    known_facts,
    value_of_reason,
)
from lastlook.decisions.claims import Nobody
from lastlook.digests import Canonical, short_id
from lastlook.evidence.commitments import keyed
from lastlook.facts.element import Element
from lastlook.facts.truth import FALSE, TRUE
from lastlook.facts.values import Ages
from lastlook.packs import Library
from lastlook.rules.explanation import Reason, explain
from lastlook.rules.rule import PROFILES, Profile, Rule

Meets = Literal["answer", "waiver", "nobody", "document", "fact"]
ADULT = 18  # years
_NOT_SHOWN = frozenset({"copy", "media_plan", "publication"})  # rights over how it goes out, not over what is shown


class Demand(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that stands in the way until it is met.

    meets    by what: answers of every one of `roles`, their waiver, nobody, a document, or facts that are missing
    parts    what the situation is made of, by name, for telling later what changed
    shown    of an engaged block or sign-off: facts of what is shown, as `sha256:address`
    values   a keyed digest of these facts with their values
    own_word whether only an answer signed by the person counts, in whatever role
    """

    id: str
    basis: str
    rule: str
    title: str
    effect: str
    scope: str
    meets: Meets
    assets: tuple[str, ...]
    roles: tuple[str, ...]
    clears_when: str
    parts: tuple[Part, ...] = ()
    missing: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    values: str = ""
    engaged: bool = True
    own_word: bool = False


class Unlooked(msgspec.Struct, frozen=True):
    """A fact that keeps a rule quiet on the makers' word: in which picture, and a keyed digest of its value."""

    asset: str
    fact: str
    value: str


class Open(msgspec.Struct, frozen=True):
    """A fact that is missing or disputed, and the pictures it is about (none: the campaign)."""

    fact: str
    of: tuple[str, ...]


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """One campaign at one stage, judged.

    demands      findings and standing requirements; `requirements` are the ids of the latter
    groups       which pictures are met together
    claims       (right, picture) → handle, as the folder says; nobody is left out
    minors       pictures that show, or may show, somebody under 18
    facts        every fact's value, by (picture's SHA-256, address)
    ends         on which days something ends that the clearance rests on, with words for it
    """

    origin: str
    campaign: str
    stage: str
    on: dt.date
    salt: bytes
    assets: tuple[AssetBasis, ...]
    demands: tuple[Demand, ...]
    requirements: tuple[str, ...]
    unlooked: tuple[Unlooked, ...]
    questions: tuple[Open, ...]
    problems: tuple[str, ...]
    packs: tuple[PackUsed, ...]
    groups: tuple[tuple[str, ...], ...]
    claims: dict[tuple[str, str], str]
    minors: frozenset[str]
    facts: dict[tuple[str, str], Canonical]
    ends: tuple[tuple[dt.date, str], ...]
    flight_last: dt.date | None
    state: str

    def asset(self, asset_id: str) -> AssetBasis:
        return next(asset for asset in self.assets if asset.asset == asset_id)


def situation_of(
    case: Case,
    library: Library,
    *,
    origin: str,
    salt: bytes,
    on: dt.date,
    profile: Profile = PROFILES[0],
    others: Sequence[Case] = (),
) -> Situation:
    """The situation of a case under the rules in use.

    salt     the campaign's, 32 bytes, kept by the house
    others   campaigns that may run on the same days; what they show together is demanded too
    """
    rules = library.of_profile(profile)
    result = conclude(case, library, on=on, profile=profile)
    seen = examine(Judge(rules), library.markets(profile), case, on)
    builder = _Builder(case, salt)
    demands = [
        builder.demand(outcome, finding_of(outcome, case), reasons_of(outcome, case))
        for outcome in seen.outcomes
        if outcome.rule.effect != "advise"
    ]
    for outcome in Judge(rules).concurrent_outcomes((case, *others)) if others else ():
        if outcome.rule.effect != "advise":
            reasons = explain(outcome.rule.condition, outcome.at, outcome.at, outcome.at)[1]
            demands.append(builder.demand(outcome, finding_together(outcome, (case, *others)), reasons))
    ours = {demand.id for demand in demands}
    demands += [builder.of_finding(each) for each in result.findings if each.id not in ours and each.effect != "advise"]
    required = (builder.required(each, library.rule(each.rule), on) for each in result.requirements)
    demands += [each for each in required if each is not None]
    unlooked = tuple(
        Unlooked(asset, each.fact, fact_value(salt, each.fact, builder.value(asset, each.fact)))
        for each in result.unreviewed
        for asset in each.of
    )
    return Situation(
        origin=origin,
        campaign=case.campaign.id,
        stage=case.stage,
        on=on,
        salt=salt,
        assets=builder.assets,
        demands=tuple(demands),
        requirements=tuple(each.rule for each in result.requirements),
        unlooked=unlooked,
        questions=tuple(Open(each.fact, each.of) for each in result.questions),
        problems=tuple(f"{each.where}: {each.what}" for each in (*result.errors, *library.problems)),
        packs=result.packs,
        groups=tuple(tuple(member.id for member in group.listing("assets").members) for group in case.groups),
        claims=dict(_claims(case)),
        minors=frozenset(asset.id for asset in case.assets if _may_show_minor(asset)),
        facts={(builder.bytes_of(asset), address): value for (asset, address), value in builder.known.items()},
        ends=tuple(_ends(case)),
        flight_last=flight.last if (flight := flight_of(case.campaign)) else None,
        state=builder.state,
    )


def _may_show_minor(asset: Element) -> bool:
    people = asset.listing("people")
    if not people.complete or people.raised_members:
        return True
    return any(_may_be_minor(person) for person in people.members)


def _may_be_minor(person: Element) -> bool:
    ages = [person.fact(name).standing for name in ("age", "appears")]
    return any(not isinstance(age, Ages) or age.low < ADULT for age in ages)


def _claims(case: Case) -> Iterator[tuple[tuple[str, str], str]]:
    for asset in case.assets:
        for right in DECISION_RIGHTS:
            holder = case.claims.holder(right, asset.id)
            if not isinstance(holder, Nobody):
                yield (right, asset.id), holder


def _ends(case: Case) -> Iterator[tuple[dt.date, str]]:
    """The day on which each document ends; of several of one kind for one person, the last counts."""
    last: dict[tuple[str, str | None], dt.date | None] = {}
    for entry in case.documents:
        if entry.status == "on_file":
            key = entry.kind, entry.of
            last[key] = _later(last[key], _end(entry)) if key in last else _end(entry)
    for (kind, of), day in last.items():
        if day is not None:
            yield day, f"{kind} of {of}" if of else kind


def _end(entry: Document) -> dt.date | None:
    return entry.valid_until if isinstance(entry.valid_until, dt.date) else None


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return None if one is None or other is None else max(one, other)


class _Builder:
    """Makes demands of one case, with their bases."""

    def __init__(self, case: Case, salt: bytes) -> None:
        self.case, self.salt = case, salt
        self.assets = tuple(asset_basis(asset, case) for asset in case.assets)
        self._by_id = {asset.asset: asset for asset in self.assets}
        self.known = known_facts(case)
        self.state = keyed(
            salt,
            {
                "assets": [[asset.asset, asset.basis] for asset in self.assets],
                "facts": [[*key, value] for key, value in sorted(self.known.items(), key=lambda item: item[0])],
                "groups": [[g.id, sorted(m.id for m in g.listing("assets").members)] for g in case.groups],
                "stage": case.stage,
            },
        )

    def bytes_of(self, asset: str) -> str:
        return self._by_id[asset].sha256 if asset in self._by_id else ""

    def value(self, asset: str, address: str) -> Canonical:
        own = self.known.get((asset, address))
        return self.known.get(("", address)) if own is None else own

    def demand(self, outcome: Outcome, finding: Finding, reasons: Iterable[Reason]) -> Demand:
        """What one outcome demands, and on which reasons that rests."""
        rule, assets = outcome.rule, self._ours(outcome)
        facts: dict[str, Canonical] = {}
        shown: dict[str, Canonical] = {}
        for reason in reasons:
            if reason.truth is FALSE:
                continue
            facts[f"{reason.asset}:{reason.address}".lstrip(":")] = value_of_reason(reason)
            if reason.truth is TRUE and self._is_shown(reason):
                shown[f"{self.bytes_of(reason.asset)}:{reason.address}"] = value_of_reason(reason)
        matters = outcome.truth is TRUE and rule.effect in ("block", "sign_off")
        return self._made(
            finding,
            digest=rule.digest,
            scope=rule.scope,
            meets=_meets(outcome),
            roles=rule.waivable_by if rule.effect == "block" else rule.answered_by,
            assets=assets,
            facts=facts,
            shown=tuple(sorted(shown)) if matters else (),
            values=shown_values(self.salt, shown) if matters else "",
            engaged=outcome.truth is TRUE,
        )

    def of_finding(self, finding: Finding) -> Demand:
        """What a finding demands that no rule file gives, such as a market without a pack."""
        facts: dict[str, Canonical] = {"territories": list(finding.territories)}
        assets = finding.assets or tuple(self._by_id)
        return self._made(
            finding, digest="0" * 64, scope="campaign", meets="answer", roles=finding.answered_by, assets=assets,
            facts=facts, shown=(), values="", engaged=True,
        )  # fmt: skip

    def required(self, requirement: Requirement, rule: Rule | None, on: dt.date) -> Demand | None:
        """What a standing requirement demands; None where its document is on file."""
        if rule is None:
            raise ValueError(f"BUG: no rule {requirement.rule} in the library that gave it")
        meets: Meets = "answer"
        if rule.document is not None:
            wanted = Wanted(
                demand=rule.document, subject=self.case.campaign.id, assets=frozenset(self._by_id), sha256="",
                flight=flight_of(self.case.campaign), on=on,
            )  # fmt: skip
            if look_for(wanted, self.case.documents, complete=self.case.documents_complete).on_file is TRUE:
                return None
            meets = "document"
        asked: Canonical = {
            "campaign": self.case.campaign.id, "stage": self.case.stage, "rule": rule.id, "scope": "campaign",
        }  # fmt: skip
        finding = short_id(asked)
        assets = tuple(self._by_id)
        basis, parts = self._basis(finding, rule.digest, rule.effect, {}, assets)
        return Demand(
            id=finding, basis=basis, rule=rule.id, title=rule.title, effect=rule.effect, scope="campaign", meets=meets,
            assets=assets, roles=rule.answered_by, clears_when=rule.page.clears, parts=parts,
        )  # fmt: skip

    def _made(
        self,
        finding: Finding,
        *,
        digest: str,
        scope: str,
        meets: Meets,
        roles: tuple[str, ...],
        assets: tuple[str, ...],
        facts: dict[str, Canonical],
        shown: tuple[str, ...],
        values: str,
        engaged: bool,
    ) -> Demand:
        basis, parts = self._basis(finding.id, digest, finding.effect, facts, assets)
        return Demand(
            id=finding.id, basis=basis, rule=finding.rule, title=finding.title, effect=finding.effect, scope=scope,
            meets=meets, assets=assets, roles=roles, clears_when=finding.clears_when, parts=parts,
            missing=finding.missing, shown=shown, values=values, engaged=engaged,
        )  # fmt: skip

    def _basis(
        self, finding: str, digest: str, effect: str, facts: dict[str, Canonical], assets: Iterable[str]
    ) -> tuple[str, tuple[Part, ...]]:
        bases = {asset: self._by_id[asset].basis for asset in assets}
        basis = finding_basis(
            self.salt, finding=finding, rule_digest=digest, effect=effect, facts=facts, assets=bases.values()
        )
        named: dict[str, str] = {f"rule {finding}": keyed(self.salt, digest)}
        named |= {name: fact_value(self.salt, name, value) for name, value in facts.items()}
        named |= {f"picture {asset}": digest_of_basis for asset, digest_of_basis in bases.items()}
        return basis, tuple(Part(name, named[name]) for name in sorted(named))

    def _ours(self, outcome: Outcome) -> tuple[str, ...]:
        """The pictures of this campaign that an outcome is about; all of them where it is about the whole."""
        found = [_own_id(asset.id, self.case.campaign.id) for asset in outcome.assets]
        return tuple(asset for asset in found if asset in self._by_id) or tuple(self._by_id)

    def _is_shown(self, reason: Reason) -> bool:
        """Whether a reason is about what is shown, rather than about how it goes out or who holds it."""
        right = right_behind(reason)
        if right is None or right in _NOT_SHOWN or reason.name.startswith("held."):
            return False
        return reason.asset in self._by_id or not reason.asset


def _own_id(asset: str, campaign: str) -> str:
    return asset.removeprefix(f"{campaign}/")


def shown_values(salt: bytes, shown: dict[str, Canonical]) -> str:
    """A keyed digest of facts of what is shown, with their values."""
    return keyed(salt, [[name, shown[name]] for name in sorted(shown)])


def _meets(outcome: Outcome) -> Meets:
    if outcome.truth is not TRUE:
        return "fact"
    effect = outcome.rule.effect
    if effect == "block":
        return "waiver" if outcome.rule.waivable_by else "nobody"
    return "document" if effect == "document" else "answer"
