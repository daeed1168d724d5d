"""The case: everything one check needs to know about one campaign, in one frozen value."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from lastlook.decisions import Claims
from lastlook.errors import Place, Problem
from lastlook.facts.element import Element
from lastlook.facts.values import NOT_KNOWN, Unknown


class Picture(msgspec.Struct, frozen=True):
    """The file behind an asset. `planned`: there is no file yet, only a plan of it. Size in pixels."""

    file: str = ""
    sha256: str = ""
    width: int = 0
    height: int = 0
    planned: bool = False


class Said(msgspec.Struct, frozen=True):
    """What a picture file says of itself and nobody has to answer. `personal`: the words may name somebody."""

    property: str
    words: str
    personal: bool = False


class Document(msgspec.Struct, frozen=True):
    """One entry of `documents`: who checked it, when, for whom, for what, until when. NOT_KNOWN where nobody said.

    status: an entry that says nothing of it states, by being there, that the document is on file.
    """

    kind: str
    source: Place
    id: str = ""
    of: str | None = None
    by: str | None = None
    status: Literal["on_file", "absent"] | Unknown = NOT_KNOWN
    covers: frozenset[str] | Literal["campaign"] | Unknown = NOT_KNOWN
    checked_by: str | Unknown = NOT_KNOWN
    checked_on: dt.date | Unknown = NOT_KNOWN
    valid_until: dt.date | Literal["none"] | Unknown = NOT_KNOWN
    sha256: str | Unknown = NOT_KNOWN


class Case(msgspec.Struct, frozen=True):
    """One campaign as it was read. `campaign.lists["assets"]` and `assets` are the same pictures."""

    campaign: Element
    assets: tuple[Element, ...]
    groups: tuple[Element, ...] = ()
    documents: tuple[Document, ...] = ()
    documents_complete: bool = True  # False when an entry could not be read
    claims: Claims = Claims()
    plans: dict[str, Element] = {}  # what was planned for a picture that is now made, by the picture's id
    pictures: dict[str, Picture] = {}
    said: dict[str, tuple[Said, ...]] = {}  # what the files say besides what they raised, by the picture's id
    problems: tuple[Problem, ...] = ()
    unread: bool = False  # whether a whole sheet could not be read: it may have said anything of any picture
    notes: tuple[str, ...] = ()  # what reading had to decide, such as an encoding

    def picture(self, asset: str) -> Picture:
        return self.pictures.get(asset, Picture())

    @property
    def stage(self) -> str:
        """The stage it is judged at; `unknown` where nobody said."""
        return text_of(self.campaign, "stage") or "unknown"

    def with_assets(self, assets: tuple[Element, ...]) -> Case:
        """The same campaign with these pictures in place of those of the same ids, wherever they stand."""
        if assets == self.assets:
            return self
        by_id = {asset.id: asset for asset in assets}
        listing = msgspec.structs.replace(self.campaign.listing("assets"), members=assets)
        campaign = msgspec.structs.replace(self.campaign, lists={**self.campaign.lists, "assets": listing})
        groups = tuple(_with_members(group, by_id) for group in self.groups)
        return msgspec.structs.replace(self, campaign=campaign, assets=assets, groups=groups)


def _with_members(group: Element, by_id: dict[str, Element]) -> Element:
    listing = group.listing("assets")
    members = tuple(by_id.get(member.id, member) for member in listing.members)
    return msgspec.structs.replace(
        group, lists={**group.lists, "assets": msgspec.structs.replace(listing, members=members)}
    )


def text_of(element: Element, name: str) -> str:
    """A text fact's standing value; empty where it is not known."""
    standing = element.fact(name).standing
    return standing if isinstance(standing, str) else ""
