"""The seal: who held every right on every picture, closed, so that what is not in it can be shown (decision 0023).

It lists each of the ten rights on each picture exactly once, `none` among the holders, and each handle of the campaign
with its person, all as keyed digests under a salt of the seal's own. Whoever is given that salt can look for a handle
they know; whoever is not learns only how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from lastlook.campaigns.vocabulary import DECISION_RIGHTS
from lastlook.clearance.acts import (
    HOUSE,
    NOBODY,
    Act,
    Corrected,
    Named,
    Registered,
    Sealed,
    SealedHandle,
    SealedRight,
)
from lastlook.clearance.history import History, holder_of
from lastlook.evidence.commitments import keyed
from lastlook.evidence.refusal import Refused

ASSETS_PER_ENTRY = 30  # ten rights of 110 bytes each for a picture, in an entry of 65,535 bytes
HANDLES_PER_ENTRY = 300


class Seal(msgspec.Struct, frozen=True):
    """A whole seal, put together from its entries."""

    assets: tuple[str, ...]
    rights: tuple[SealedRight, ...]
    handles: tuple[SealedHandle, ...]


def seal_salt(campaign_salt: bytes, nonce: str) -> bytes:
    """The salt of one seal: goes into receipts, and tells nothing of the campaign's own."""
    return bytes.fromhex(keyed(campaign_salt, ["seal", nonce]))


def sealed_acts(history: History, assets: Sequence[str], *, salt: bytes, like: Act) -> tuple[Sealed, ...]:
    """The entries of a seal over this history. `like`: an act of the house whose common fields they share.

    Raises Refused where one person has two handles: then no receipt could be given.
    """
    persons = [act.person for _, act in history.of(Registered)]
    if len(set(persons)) < len(persons):
        raise Refused(
            "Somebody has two handles in this campaign.", code="second-handle", remedy="Correct one of them first."
        )
    rights = {asset: tuple(_rights(history, asset, assets, salt)) for asset in assets}
    handles = sorted((act.holder, act.person) for _, act in history.of(Registered))
    rows = tuple(SealedHandle(handle=keyed(salt, handle), person=keyed(salt, person)) for handle, person in handles)
    groups = [tuple(assets[at : at + ASSETS_PER_ENTRY]) for at in range(0, len(assets), ASSETS_PER_ENTRY)]
    chunks = [rows[at : at + HANDLES_PER_ENTRY] for at in range(0, len(rows), HANDLES_PER_ENTRY)]
    of = len(groups) + len(chunks)
    common = {name: getattr(like, name) for name in Act.__struct_fields__}
    parts = [(group, tuple(row for asset in group for row in rights[asset]), ()) for group in groups]
    return tuple(
        Sealed(**common, number=number, of=of, assets=group, rights=held, handles=sealed)
        for number, (group, held, sealed) in enumerate([*parts, *(((), (), chunk) for chunk in chunks)])
    )


def _rights(history: History, asset: str, assets: Sequence[str], salt: bytes) -> Iterator[SealedRight]:
    held = history.holders(assets)
    for right in DECISION_RIGHTS:
        decision = held.get((right, asset))
        act = decision.act if decision else None
        holder = holder_of(act) if isinstance(act, Named | Corrected) else NOBODY
        yield SealedRight(asset=asset, right=right, holder=keyed(salt, holder))


def whole_seal(acts: Sequence[Sealed]) -> Seal:
    """The seal that these entries are, all of it. Raises Refused where a part or a right is missing or stands twice."""
    if not acts or [act.number for act in acts] != list(range(acts[0].of)) or any(act.handle != HOUSE for act in acts):
        raise _incomplete("It is not whole.")
    if len({act.of for act in acts}) > 1 or len({(act.at, act.campaign, act.nonce) for act in acts}) > 1:
        raise _incomplete("Its parts are of different seals.")
    assets = tuple(asset for act in acts for asset in act.assets)
    rights = tuple(row for act in acts for row in act.rights)
    handles = tuple(row for act in acts for row in act.handles)
    wanted = [(asset, right) for asset in assets for right in DECISION_RIGHTS]
    if not assets or len(set(assets)) < len(assets) or [(row.asset, row.right) for row in rights] != wanted:
        raise _incomplete("It does not list every right on every picture exactly once.")
    if len({row.person for row in handles}) < len(handles) or len({row.handle for row in handles}) < len(handles):
        raise Refused(
            "In the seal one person has two handles, or one handle two people.",
            code="second-handle",
            remedy="Do not rely on it: a receipt for one handle says nothing of the other.",
        )
    return Seal(assets, rights, handles)


def _incomplete(what: str) -> Refused:
    return Refused(f"The seal cannot be used. {what}", code="seal", remedy="Ask the house to seal the record again.")


def check_seal(seal: Seal, history: History, *, salt: bytes) -> None:
    """Raise Refused unless a seal says of the history before it what that history says. Needs the whole record."""
    rights = tuple(row for asset in seal.assets for row in _rights(history, asset, seal.assets, salt))
    handles = {(keyed(salt, act.holder), keyed(salt, act.person)) for _, act in history.of(Registered)}
    if rights != seal.rights or handles != {(row.handle, row.person) for row in seal.handles}:
        raise Refused(
            "The seal does not say what the record says.",
            code="seal",
            remedy="Keep this file: it shows that the house sealed something else than it recorded.",
        )
