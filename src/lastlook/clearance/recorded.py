"""A case as the record has it: who holds what is what was recorded, and the folder's word where nothing was."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from lastlook.campaigns.vocabulary import DECISION_RIGHTS
from lastlook.checking.case import Case
from lastlook.clearance.acts import NOBODY, Corrected, Disputed, Named
from lastlook.clearance.history import History, Recorded
from lastlook.decisions.claims import Claim, Claims, Nobody
from lastlook.errors import Place
from lastlook.facts.element import Element, Fact


def as_recorded(case: Case, history: History) -> Case:
    """The case with the record's holders: a decision that its holder disputes leaves the right with nobody."""
    ids = tuple(asset.id for asset in case.assets)
    disputed = {act.decision for each, act in history.of(Disputed) if each.is_own}
    held = history.holders(ids)
    if not held:
        return case
    claims = tuple(_claims(case.claims, ids, {key: _claim(key, each, disputed) for key, each in held.items()}))
    known = msgspec.structs.replace(case.claims, claims=claims)
    assets = tuple(_with_holders(asset, known, held) for asset in case.assets)
    return msgspec.structs.replace(case.with_assets(assets), claims=known)


def _claim(key: tuple[str, str], each: Recorded, disputed: set[str]) -> Claim:
    right, asset = key
    act = each.act
    assert isinstance(act, Named | Corrected)
    nobody = act.holder == NOBODY or each.leaf in disputed
    holder = Nobody.NOBODY if nobody else act.holder
    return Claim(right, holder, frozenset({asset}), Place("the record", each.index), meaning=act.meaning)


def _claims(stated: Claims, ids: tuple[str, ...], recorded: dict[tuple[str, str], Claim]) -> Iterable[Claim]:
    for right in DECISION_RIGHTS:
        for asset in ids:
            claim = recorded.get((right, asset)) or stated.claim(right, asset)
            if claim is not None:
                yield msgspec.structs.replace(claim, assets=frozenset({asset}))


def _with_holders(asset: Element, claims: Claims, held: dict[tuple[str, str], Recorded]) -> Element:
    facts = dict(asset.facts)
    for right in DECISION_RIGHTS:
        claim = claims.claim(right, asset.id)
        if (right, asset.id) in held and claim is not None:
            facts[f"held.{right}"] = Fact(not isinstance(claim.holder, Nobody), "declared", claim.source)
    return msgspec.structs.replace(asset, facts=facts)
