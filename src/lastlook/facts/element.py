"""What is known of one thing: its facts, its lists, and how each is known.

The *standing value* of a fact is what was reviewed, else what was declared, else unknown. A *raised value* is what
a file or a machine says of it: it never stands, it can only raise a hand (`lastlook.facts.raising`).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from lastlook.errors import Place
from lastlook.facts.values import NOT_KNOWN, Unknown, Value

Stands = Literal["declared", "reviewed"]
Raises = Literal["embedded", "observed"]
Region = tuple[float, float, float, float]  # x, y, width, height; shares of the picture, 0 to 1


class Raised(msgspec.Struct, frozen=True):
    """A value that metadata (`embedded`) or a machine (`observed`) gives a fact; in a list, a member's code.

    words   what stands there, as it stands, where the value alone does not say it
    """

    value: Value
    known: Raises
    source: Place
    region: Region | None = None
    words: str = ""


class Fact(msgspec.Struct, frozen=True):
    """One fact of one thing.

    conflicts   values that are stated and do not stand, because another is stated as well, or `unknown` is
    """

    standing: Value | Unknown = NOT_KNOWN
    known: Stands | None = None
    source: Place | None = None
    raised: tuple[Raised, ...] = ()
    conflicts: tuple[Contradiction, ...] = ()


class Contradiction(msgspec.Struct, frozen=True):
    value: Value
    source: Place


class Listing(msgspec.Struct, frozen=True):
    """A list of one thing, as far as it is known.

    members    what is known to be in it, where members are things with facts of their own
    codes      the codes of its members, where members have codes
    complete   whether that is all; a list nobody stated has no members and is not complete
    raised     members that a file or a machine adds; `raised_members` are those with facts of their own
    conflicts  where different lists are stated, or a list and `unknown`; none of them stands
    """

    members: tuple[Element, ...] = ()
    codes: frozenset[str] = frozenset()
    complete: bool = False
    known: Stands | None = None
    source: Place | None = None
    raised: tuple[Raised, ...] = ()
    raised_members: tuple[Element, ...] = ()
    conflicts: tuple[Contradiction, ...] = ()


NOT_STATED = Listing()
NO_FACT = Fact()


class Element(msgspec.Struct, frozen=True):
    """One thing: an asset, an appearance of a person, a product, a plan line, a campaign.

    address     how it is named within its picture, such as `people[talent-2]`; empty for the picture itself
    raised_by   of somebody or something nobody declared: what raised it, and `region` where it is, if that is known
    """

    noun: str
    id: str
    address: str = ""
    facts: dict[str, Fact] = {}
    lists: dict[str, Listing] = {}
    source: Place | None = None
    raised_by: Raises | None = None
    region: Region | None = None

    def fact(self, name: str) -> Fact:
        return self.facts.get(name, NO_FACT)

    def listing(self, name: str) -> Listing:
        return self.lists.get(name, NOT_STATED)

    def address_of(self, name: str) -> str:
        """How one of its facts is named within its picture: `people[talent-2].age`, `props`, `campaign.flight`."""
        return f"{self.address}.{name}" if self.address else name
