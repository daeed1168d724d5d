"""What a file says of itself in one line, for whoever fills in the form. It is shown there, and not read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lastlook.checking.case import Picture
from lastlook.dossier.metadata.containers import read_packets
from lastlook.dossier.metadata.credentials import Credentials
from lastlook.dossier.raising.file import raised_by
from lastlook.errors import LastlookError
from lastlook.facts.element import Element
from lastlook.facts.values import in_words


def outline_of(path: Path, file: str) -> str:
    """What a check would raise where nothing is declared: fact, colon, value; semicolons between; empty if nothing.

    Content Credentials are left to the check, which has the time for them.
    """
    try:
        packets = read_packets(path)
    except LastlookError:
        return ""
    nothing = Element("asset", "picture")
    asset, _, _ = raised_by(packets, Credentials("absent"), nothing, Picture(file), Element("campaign", "campaign"))
    return "; ".join(dict.fromkeys(_parts(asset)))


def _parts(asset: Element) -> Iterator[str]:
    for name, listing in asset.lists.items():
        for member in listing.raised_members:
            facts = [f"{fact} {in_words(each.value)}" for fact, of in member.facts.items() for each in of.raised]
            yield f"{name}: {', '.join(facts) or 'one'}"
        yield from (f"{name}: {in_words(each.value)}" for each in listing.raised)
    for name, fact in asset.facts.items():
        yield from (f"{name}: {in_words(each.value)}" for each in fact.raised)
