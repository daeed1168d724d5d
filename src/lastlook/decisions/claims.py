"""Claims: what a campaign folder says of who decided what. A claim becomes more than that when its holder confirms it.

A right nobody mentions is held by nobody; that is how the campaign this tool was built for went out. `unknown` is
different: somebody holds it, and the writer does not know who.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Literal

import msgspec

from lastlook.errors import Place, Problem
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth


class Nobody(Enum):
    NOBODY = "none"
    NOT_KNOWN = "unknown"


Holder = str | Nobody


class Claim(msgspec.Struct, frozen=True):
    """One line of `decisions`: this right, on these assets, is held by this handle."""

    right: str
    holder: Holder
    assets: frozenset[str] | Literal["all"]
    source: Place
    authority: str | None = None
    meaning: str = "decided"

    def covers(self, asset: str) -> bool:
        return self.assets == "all" or asset in self.assets


class Claims(msgspec.Struct, frozen=True):
    """All claims of one campaign, each right on each asset claimed at most once.

    complete: False when a line could not be read; then a right that nobody claims is held by somebody not known.
    """

    claims: tuple[Claim, ...] = ()
    complete: bool = True

    def claim(self, right: str, asset: str) -> Claim | None:
        return next((claim for claim in self.claims if claim.right == right and claim.covers(asset)), None)

    def holder(self, right: str, asset: str) -> Holder:
        claim = self.claim(right, asset)
        if claim is not None:
            return claim.holder
        return Nobody.NOBODY if self.complete else Nobody.NOT_KNOWN

    def is_held(self, right: str, asset: str) -> Truth:
        holder = self.holder(right, asset)
        if holder is Nobody.NOT_KNOWN:
            return UNKNOWN
        return FALSE if holder is Nobody.NOBODY else TRUE


def without_two_holders(
    claims: Iterable[Claim], assets: Iterable[str], *, complete: bool = True
) -> tuple[Claims, list[Problem]]:
    """The claims, less those that name a second holder of one right on one asset: each of these is a problem.

    Where two are named neither counts: the right on that asset is then held by *unknown*.
    """
    claims, every_asset = tuple(claims), tuple(assets)
    problems: list[Problem] = []
    disputed: dict[tuple[str, str], Claim] = {}
    for position, later in enumerate(claims):
        for earlier in claims[:position]:
            if earlier.right != later.right:
                continue
            shared = [asset for asset in every_asset if earlier.covers(asset) and later.covers(asset)]
            if not shared and not (earlier.assets == later.assets == "all"):
                continue
            on = "every picture" if len(shared) == len(every_asset) else ", ".join(shared[:3])
            what = (
                f"Two holders of {later.right} on {on}: {name_of(earlier.holder)} ({earlier.source}) "
                f"and {name_of(later.holder)} ({later.source})."
            )
            problems.append(Problem(later.source, what, "Name one, or limit each to its pictures with `assets`."))
            for asset in shared:
                disputed[later.right, asset] = later
    unknown = tuple(
        Claim(right=right, holder=Nobody.NOT_KNOWN, assets=frozenset({asset}), source=claim.source)
        for (right, asset), claim in disputed.items()
    )
    return Claims(unknown + claims, complete), problems


def name_of(holder: Holder) -> str:
    """`none`, `unknown`, or the holder's handle."""
    return holder.value if isinstance(holder, Nobody) else holder
