"""The hand that one file raises on one picture: every embedded value goes through here."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from lastlook.errors import Place
from lastlook.facts.element import Element, Fact, Raised, Region
from lastlook.facts.raising import raise_code, raise_fact, raise_member
from lastlook.facts.values import NOT_KNOWN, Ages, Unknown, Value, agree

MAX_RAISED = 100  # members of one list: whoever reads so many has been asked often enough
MAX_WORDS = 500  # characters of a text that are shown


class Hand:
    """One picture, with what its file says of it. `property_name`: where in the file, such as `XMP plus:ImageType`."""

    def __init__(self, asset: Element, file: str) -> None:
        self.asset, self.file = asset, file

    def place(self, property_name: str) -> Place:
        return Place(self.file, 0, property_name)

    def _raised(self, value: Value, property_name: str, words: str = "", region: Region | None = None) -> Raised:
        return Raised(value, "embedded", self.place(property_name), region, shortened(words))

    # The picture's own facts and codes.

    def fact(self, name: str, value: Value, property_name: str, words: str = "") -> None:
        """Raise a value, whatever was declared."""
        self.asset = raise_fact(self.asset, name, self._raised(value, property_name, words))

    def contradiction(self, name: str, value: Value, property_name: str, words: str = "") -> None:
        """Raise a value that is no news unless another one was declared."""
        standing = self.asset.fact(name).standing
        if standing is not NOT_KNOWN and not isinstance(standing, Unknown) and not agree(standing, value):
            self.fact(name, value, property_name, words)

    def code(self, name: str, code: str, property_name: str, words: str = "") -> None:
        """Raise a member of a list of codes, unless it is declared to be in it."""
        listing = self.asset.listing(name)
        if code not in listing.codes and len(listing.raised) < MAX_RAISED:
            self.asset = raise_code(self.asset, name, self._raised(code, property_name, words))

    # Members that nobody declared.

    def member(
        self, name: str, noun: str, values: dict[str, Value], property_name: str, *, words: str = "",
        region: Region | None = None,
    ) -> None:  # fmt: skip
        """Raise somebody or something that nobody declared, with what the file says of it."""
        raised = self.asset.listing(name).raised_members
        if len(raised) == MAX_RAISED:
            return
        number = 1 + sum(member.noun == noun for member in raised)
        thing_id = f"{self.asset.id}#embedded-{noun}-{number}"
        facts = {
            fact: Fact(raised=(self._raised(value, property_name, words, region),)) for fact, value in values.items()
        }
        place = self.place(property_name)
        thing = Element(noun, thing_id, f"{name}[{thing_id}]", facts, {}, place, "embedded", region)
        self.asset = raise_member(self.asset, name, thing)

    def member_fact(self, name: str, member: Element, fact: str, value: Value, property_name: str) -> None:
        """Raise a value on a fact of a declared member."""
        listing = self.asset.listing(name)
        changed = raise_fact(member, fact, self._raised(value, property_name))
        members = tuple(changed if each is member else each for each in listing.members)
        listing = msgspec.structs.replace(listing, members=members)
        self.asset = msgspec.structs.replace(self.asset, lists={**self.asset.lists, name: listing})

    # What is known so far.

    def everybody(self) -> Iterator[Element]:
        """Declared or raised."""
        listing = self.asset.listing("people")
        yield from listing.members
        yield from listing.raised_members

    def may_show(self, *lists: str) -> bool:
        """Whether any of these lists has a member, or may have one."""
        return any(
            listing.members or listing.codes or listing.raised_members or not listing.complete
            for listing in map(self.asset.listing, lists)
        )

    def may_show_a_minor(self) -> bool:
        """Whether somebody shown is, or may be, under 18 (their age, not how they appear)."""
        return not self.asset.listing("people").complete or any(may_be_minor(person) for person in self.everybody())


def may_be_minor(person: Element) -> bool:
    """Known or told to be under 18, or of no known age."""
    age = person.fact("age")
    ages = [each for each in (age.standing, *(raised.value for raised in age.raised)) if isinstance(each, Ages)]
    return not ages or any(each.low < 18 for each in ages)


def shortened(words: str) -> str:
    return words if len(words) <= MAX_WORDS else f"{words[:MAX_WORDS]} …"
