"""A case with everything that its picture files say raised on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from lastlook.checking.case import Case, Said
from lastlook.dossier.metadata.containers import read_packets
from lastlook.dossier.metadata.credentials import Credentials
from lastlook.dossier.metadata.source import Unreadable
from lastlook.dossier.raising.hand import Hand
from lastlook.errors import LastlookError
from lastlook.facts.element import Element

ReadsCredentials = Callable[[Path], Credentials]


def with_metadata(case: Case, folder: Path, credentials_of: ReadsCredentials) -> Case:
    """The case with what the files say raised on it; what they say besides under `said`, what cannot be read as notes.

    credentials_of: called for the files that carry Content Credentials, and for no other
    """
    assets: list[Element] = []
    said: dict[str, tuple[Said, ...]] = {}
    notes: list[str] = []
    for asset in case.assets:
        raised = asset
        picture = case.picture(asset.id)
        if picture.sha256 and not picture.planned:
            path = folder / picture.file
            try:
                packets = read_packets(path)
            except LastlookError as error:
                hand = Hand(asset, picture.file)
                hand.fact("file.unread", True, "metadata", error.what)
                raised = hand.asset
            else:
                if packets.says_anything:
                    from lastlook.dossier.raising.file import raised_by  # many modules, for such files only

                    credentials = _credentials(credentials_of(path)) if packets.credentials else Credentials("absent")
                    raised, said[asset.id], more = raised_by(packets, credentials, asset, picture, case.campaign)
                    notes += more
        assets.append(raised)
    raised_on = case.with_assets(tuple(assets))
    return msgspec.structs.replace(raised_on, said=said, notes=(*case.notes, *notes))


def _credentials(read: Credentials) -> Credentials:
    """What the file says it carries and nobody could find is not absent."""
    if read.state != "absent":
        return read
    what = Unreadable("The file has a place for them, and nothing in it can be read.", "Content Credentials")
    return Credentials("unreadable", unreadable=(what,))
