"""What travels with the file: names, places and descriptions of people; and what in it could not be read."""

from __future__ import annotations

from collections.abc import Iterable

from lastlook.dossier.metadata.credentials import Credentials
from lastlook.dossier.metadata.embedded import CONTEXT, Metadata
from lastlook.dossier.metadata.source import Unreadable
from lastlook.dossier.raising.hand import Hand


def raise_carried(hand: Hand, metadata: Metadata) -> None:
    """After people were raised: names and places matter where somebody under 18 is or may be shown."""
    for property_name in _describing(metadata):
        hand.fact("file.describes_people", True, property_name)
    if hand.may_show_a_minor():
        for property_name in _naming(metadata):
            hand.fact("file.names_people", True, property_name)
        for property_name in _placing(metadata):
            hand.fact("file.tells_place", True, property_name)


def _describing(metadata: Metadata) -> Iterable[str]:
    described = [each for each in metadata.person_details if each.value.descriptions or each.value.characteristics]
    return dict.fromkeys(each.property for each in (*metadata.model_information, *described))


def _naming(metadata: Metadata) -> Iterable[str]:
    return dict.fromkeys(
        [each.property for each in metadata.people_named]
        + [each.property for each in metadata.person_details if each.value.names]
        + [each.property for each in metadata.regions if each.value.people]
    )


def _placing(metadata: Metadata) -> Iterable[str]:
    """Where it is exact: a position, or a place within a town."""
    return dict.fromkeys(
        [each.property for each in metadata.positions]
        + [each.property for each in metadata.locations if each.value.position or each.value.sublocation]
    )


def raise_unread_credentials(hand: Hand, credentials: Credentials) -> None:
    """Content Credentials that are there and could not be read may say that parts were generated."""
    for each in credentials.unreadable:
        hand.fact("file.unread", True, each.where, each.what)


def raise_unread(hand: Hand, unreadable: Iterable[Unreadable]) -> list[str]:
    """Raise what may have said anything of people, products or licences; give notes of the rest."""
    notes: list[str] = []
    for each in unreadable:
        if each.where.rpartition(" ")[2] in CONTEXT:
            notes.append(f"{hand.file}: {each.where}: {each.what}")
        else:
            hand.fact("file.unread", True, each.where, each.what)
    return notes
