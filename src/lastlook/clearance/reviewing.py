"""Reviews: somebody who decided nothing there looked at exactly these bytes, and says that these facts are so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lastlook.clearance.acts import FactSeen, Reviewed
from lastlook.clearance.situation import Situation


def to_review(
    situation: Situation, assets: Collection[str] | None = None
) -> tuple[tuple[str, ...], tuple[FactSeen, ...]]:
    """What a review of these pictures (None: all) would state: the bytes, and every fact that only makers vouch for.

    Gives (looked_at, facts) of an act `reviewed`. Equal values of many pictures are one statement.
    """
    wanted = {asset.asset: asset.sha256 for asset in situation.assets if assets is None or asset.asset in assets}
    found: dict[tuple[str, str], list[str]] = {}
    for each in situation.unlooked:
        if each.asset in wanted:
            found.setdefault((each.fact, each.value), []).append(each.asset)
    facts = tuple(FactSeen(fact=fact, value=value, assets=tuple(of)) for (fact, value), of in sorted(found.items()))
    return tuple(sorted(set(wanted.values()))), facts


def reviewed_in(act: Reviewed, bytes_of: Mapping[str, str]) -> Iterator[tuple[str, str, FactSeen]]:
    """(picture, its SHA-256, fact) for each picture that was looked at as it is now; others count for nothing."""
    frozen = frozenset(act.looked_at)
    for fact in act.facts:
        for asset in fact.assets:
            if bytes_of.get(asset, "") in frozen:
                yield asset, bytes_of[asset], fact
