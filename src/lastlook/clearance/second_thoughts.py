"""A change of mind is a finding: `fact-withdrawn` (design, section 6).

Where the record once held, for the same bytes, that a block or a sign-off was engaged, and now it is not, because
something that is said of what they show was changed, two people have to look: safeguarding and the second line, neither
of the team that made the picture, nor the one who changed it. That the way out was changed is no change of mind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from lastlook.clearance.acts import Engaged, Judged, Part
from lastlook.clearance.answering import SAFEGUARDING, SECOND_LINE
from lastlook.clearance.bases import fact_value, finding_basis
from lastlook.clearance.history import History, Recorded, Team
from lastlook.clearance.situation import Demand, Situation, shown_values
from lastlook.digests import Canonical, short_id

RULE = "fact-withdrawn"
GONE = "gone"  # a fact that is no longer stated at all


def withdrawn_facts(situation: Situation, history: History, elsewhere: Iterable[Engaged] = ()) -> tuple[Demand, ...]:
    """One demand for each engaged finding that a change of what is said has removed.

    elsewhere   what other campaigns of the house recorded as engaged; only blocks of single pictures are followed here,
                and whatever is said of them now counts as another story, since their values have another salt
    """
    found: dict[str, Demand] = {}
    ours = [(engaged, True) for _, engaged in _once_engaged(history)]
    theirs = [(each, False) for each in elsewhere if each.effect == "block" and each.scope == "asset"]
    for engaged, is_ours in (*ours, *theirs):
        now = _values_now(engaged, situation)
        is_as_it_was = is_ours and shown_values(situation.salt, now) == engaged.values
        if is_as_it_was or _is_still_engaged(engaged, situation):
            continue
        assets = _met_together(engaged, situation)
        if assets:
            demand = _demand(engaged, now, assets, situation)
            found[demand.id] = demand
    return tuple(found.values())


def whoever_changed(history: History, elsewhere: Collection[Engaged] = ()) -> Team:
    """Everybody who brought the campaign in, or changed it, after a block or a sign-off had been engaged.

    Where it had been engaged in another campaign, that is everybody who brought this one in.
    """
    first = -1 if elsewhere else next((each.index for each, _ in _once_engaged(history)), None)
    if first is None:
        return history.people(())
    return history.people(act.handle for each, act in history.of(Judged) if each.index > first)


def judged_acts(situation: Situation, *, per_entry: int = 40) -> tuple[tuple[int, int, tuple[Engaged, ...]], ...]:
    """What to record of a judgement: (number, of, engaged) for each act, so that no entry grows too large."""
    engaged = [
        Engaged(
            rule=demand.rule,
            effect="block" if demand.effect == "block" else "sign_off",
            finding=demand.id,
            scope=demand.scope,
            bytes_of=tuple(sorted({situation.asset(asset).sha256 for asset in demand.assets} - {""})),
            shown=demand.shown,
            values=demand.values,
        )
        for demand in situation.demands
        if demand.engaged and demand.shown
    ]
    parts = [tuple(engaged[at : at + per_entry]) for at in range(0, len(engaged), per_entry)] or [()]
    return tuple((number, len(parts), part) for number, part in enumerate(parts))


def _once_engaged(history: History) -> Iterator[tuple[Recorded, Engaged]]:
    for each, act in history.of(Judged):
        for engaged in act.engaged:
            yield each, engaged


def _values_now(engaged: Engaged, situation: Situation) -> dict[str, Canonical]:
    return {name: situation.facts.get(_key(name), GONE) for name in engaged.shown}


def _key(name: str) -> tuple[str, str]:
    sha256, _, address = name.partition(":")
    return sha256, address


def _is_still_engaged(engaged: Engaged, situation: Situation) -> bool:
    return any(
        demand.engaged
        and demand.rule == engaged.rule
        and {situation.asset(asset).sha256 for asset in demand.assets} >= set(engaged.bytes_of)
        for demand in situation.demands
    )


def _met_together(engaged: Engaged, situation: Situation) -> tuple[str, ...]:
    """The pictures with these bytes, where they are all still met together as they were; else none."""
    wanted = set(engaged.bytes_of)
    by_id = {asset.asset: asset.sha256 for asset in situation.assets}
    whole = tuple(by_id)
    if engaged.scope == "asset":
        return tuple(asset for asset in whole if by_id[asset] in wanted)
    together = situation.groups if engaged.scope == "group" else (whole,)
    for group in together:
        if wanted <= {by_id[asset] for asset in group if asset in by_id}:
            return tuple(asset for asset in group if by_id.get(asset) in wanted)
    return ()


def _demand(engaged: Engaged, now: dict[str, Canonical], assets: tuple[str, ...], situation: Situation) -> Demand:
    asked: Canonical = {
        "campaign": situation.campaign, "stage": situation.stage, "rule": RULE, "scope": engaged.scope,
        "withdrawn": engaged.rule, "bytes": list(engaged.bytes_of),
    }  # fmt: skip
    finding = short_id(asked)
    bases = {asset: situation.asset(asset).basis for asset in assets}
    basis = finding_basis(
        situation.salt, finding=finding, rule_digest=engaged.values, effect="sign_off", facts=now, assets=bases.values()
    )
    parts = {name: fact_value(situation.salt, name, value) for name, value in now.items()}
    parts |= {f"picture {asset}": digest for asset, digest in bases.items()}
    return Demand(
        id=finding,
        basis=basis,
        rule=RULE,
        title=f"What engaged {engaged.rule} is no longer said of the same bytes",
        effect="sign_off",
        scope=engaged.scope,
        meets="answer",
        assets=assets,
        roles=(SAFEGUARDING, SECOND_LINE),
        own_word=True,
        clears_when="Two people look at the picture and sign: safeguarding and the second line, neither of the team.",
        parts=tuple(Part(name, parts[name]) for name in sorted(parts)),
    )
