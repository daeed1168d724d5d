"""What the licence forbids, as far as the file says it, and the days for which it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lastlook.dossier.metadata.embedded import Metadata
from lastlook.dossier.metadata.plus import ALTERATION_CONSTRAINTS
from lastlook.dossier.metadata.values import Embedded, Words
from lastlook.dossier.raising.hand import Hand
from lastlook.dossier.raising.phrases import phrases_in
from lastlook.facts.element import Element
from lastlook.facts.values import NOT_KNOWN
from lastlook.reading.kinds import Span

LIMITS = "licence.limits"
_ALTERATIONS = {
    "AL-CRP": "cropping",
    "AL-FLP": "flipping",
    "AL-RET": "retouching",
    "AL-CLR": "colouring",
    "AL-DCL": "decolouring",
    "AL-MRG": "merging",
}


_NO_LIMIT = frozenset(
    {"none", "no", "n/a", "na", "nil", "no restrictions", "no limits", "unrestricted", "keine", "aucune"}
)


def raise_licence(hand: Hand, metadata: Metadata, campaign: Element) -> None:
    for each in metadata.alteration_constraints:
        hand.code(LIMITS, _ALTERATIONS[each.value], each.property, ALTERATION_CONSTRAINTS[each.value])
    for code, constraints in (
        ("media", (*_plain(metadata.media_constraints), *metadata.media_summary)),
        ("regions", _plain(metadata.region_constraints)),
        ("products", _plain(metadata.product_constraints)),
        ("other", _plain(metadata.other_constraints)),
    ):
        for constraint in constraints:
            if constraint.value.strip(" .").lower() in _NO_LIMIT:
                continue
            hand.code(LIMITS, code, constraint.property, constraint.value)
    for text in (*_plain(metadata.usage_terms), *metadata.instructions):
        for code in phrases_in("limits", text.value):
            hand.code(LIMITS, code, text.property, text.value)
    _days(hand, metadata, campaign)


def _plain(said: Iterable[Embedded[Words]]) -> Iterator[Embedded[str]]:
    """The texts in whatever languages there are."""
    return (Embedded(each.value.text, each.property) for each in said)


def _days(hand: Hand, metadata: Metadata, campaign: Element) -> None:
    """A licence that does not hold, or may not hold, on every day on which the picture is to be seen."""
    flights = list(_flights(hand.asset, campaign))
    for start in metadata.licence_starts:
        if any(flight is None or flight.first < start.value for flight in flights):
            hand.code(LIMITS, "time", start.property, f"from {start.value}")
    for end in metadata.licence_ends:
        if any(flight is None or flight.last > end.value for flight in flights):
            hand.code(LIMITS, "time", end.property, f"until {end.value}")


def _flights(asset: Element, campaign: Element) -> Iterator[Span | None]:
    """The flight of each plan line, that of the campaign where it has none of its own; None where nobody said."""
    plans = asset.listing("plans")
    standing = [plan.fact("flight").standing for plan in plans.members]
    if not plans.complete or not standing:
        standing.append(NOT_KNOWN)
    of_campaign = campaign.fact("flight").standing
    for flight in (each if isinstance(each, Span) else of_campaign for each in standing):
        yield flight if isinstance(flight, Span) else None
