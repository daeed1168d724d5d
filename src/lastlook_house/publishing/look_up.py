"""The gate's look-up: everything that is known of some bytes, in one query by their digest.

It goes past Django's cursor to the driver's own, since a shop may ask it for every file it puts on a page.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from lastlook.publishing.gate import MAX_RENDITIONS, Known
from lastlook_house.publishing.models import KnownRow

_QUERY = "SELECT kind, about, campaign_id FROM publishing_knownrow WHERE sha256 = {}"
_OF_VENDOR = {"sqlite": _QUERY.format("?"), "postgresql": _QUERY.format("%s")}

Row = tuple[str, str, int]  # kind, about, the campaign's key


def known_of(sha256: str) -> list[Row]:
    """What is known of these bytes alone."""
    connection.ensure_connection()
    driver: Any = connection.connection
    rows: list[Row] = driver.execute(_OF_VENDOR[connection.vendor], (sha256,)).fetchall()
    return rows


def known_to(sha256: str) -> tuple[Known, str | None]:
    """What the gate has to know of bytes and of what they were made from; and the newest clearance that names them."""
    withdrawn: dict[str, str] = {}
    vetoed: dict[str, str] = {}
    parents: dict[str, str] = {}
    clearance: str | None = None
    at: str | None = sha256
    while at is not None and len(parents) <= MAX_RENDITIONS:
        above: str | None = None
        for kind, about, campaign in known_of(at):
            if kind == KnownRow.CLEARED:
                clearance = about
            elif kind == KnownRow.RENDITION:
                above = about if about not in parents else None
            else:
                (withdrawn if kind == KnownRow.WITHDRAWN else vetoed)[at] = _where(campaign)
        if above is not None:
            parents[at] = above
        at = above
    return Known(withdrawn=withdrawn, vetoed=vetoed, parents=parents, is_whole_record=True), clearance


def _where(campaign: int) -> str:
    from lastlook_house.campaigns.models import CampaignRow

    return f"in {CampaignRow.objects.get(pk=campaign).ident}."
