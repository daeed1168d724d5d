"""One file: everything it says, raised on the picture it is."""

from __future__ import annotations

import msgspec

from lastlook.checking.case import Picture, Said, text_of
from lastlook.dossier.metadata.containers import Packets
from lastlook.dossier.metadata.credentials import Credentials
from lastlook.dossier.metadata.embedded import metadata_in
from lastlook.dossier.raising.carried import raise_carried, raise_unread, raise_unread_credentials
from lastlook.dossier.raising.hand import Hand
from lastlook.dossier.raising.holders import raise_holders
from lastlook.dossier.raising.licence import raise_licence
from lastlook.dossier.raising.making import raise_credentials, raise_making
from lastlook.dossier.raising.people import raise_people
from lastlook.dossier.raising.phrases import raise_phrases
from lastlook.dossier.raising.said import said_by
from lastlook.dossier.raising.things import raise_things
from lastlook.facts.element import Element


def raised_by(
    packets: Packets, credentials: Credentials, asset: Element, picture: Picture, campaign: Element
) -> tuple[Element, tuple[Said, ...], list[str]]:
    """The picture with what its file raises, what the file says besides, and notes of what could not be read of that.

    People come first: what is asked of names, places and releases depends on who is shown.
    """
    metadata = metadata_in(packets)
    if any(orientation.value != 1 for orientation in metadata.orientation):  # regions do not say which way is up
        picture = msgspec.structs.replace(picture, width=0, height=0)
    hand = Hand(asset, picture.file)
    raise_people(hand, metadata, picture)
    raise_phrases(hand, metadata)
    raise_things(hand, metadata, picture, text_of(campaign, "brand"))
    raise_making(hand, metadata)
    raise_credentials(hand, credentials)
    raise_licence(hand, metadata, campaign)
    raise_holders(hand, metadata)
    raise_carried(hand, metadata)
    notes = raise_unread(hand, metadata.unreadable)
    raise_unread_credentials(hand, credentials)
    return hand.asset, said_by(metadata, credentials), notes
