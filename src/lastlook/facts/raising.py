"""Raising a value: what metadata or a machine says of a fact is added to it, and never taken away again.

There is deliberately no way to replace or withdraw a raised value. An observer that says something else the second
time has said two things, and both are shown until a person reviews the fact (docs/decisions/0004).
"""

from __future__ import annotations

import msgspec

from lastlook.facts.element import Element, Fact, Listing, Raised
from lastlook.facts.values import Unknown, agree


def raise_fact(element: Element, name: str, raised: Raised) -> Element:
    """The element with one more raised value on a single fact."""
    fact = element.fact(name)
    new = msgspec.structs.replace(fact, raised=(*fact.raised, raised))
    return msgspec.structs.replace(element, facts={**element.facts, name: new})


def raise_code(element: Element, name: str, raised: Raised) -> Element:
    """The element with one more raised code in one of its lists."""
    listing = element.listing(name)
    new = msgspec.structs.replace(listing, raised=(*listing.raised, raised))
    return msgspec.structs.replace(element, lists={**element.lists, name: new})


def raise_member(element: Element, name: str, member: Element) -> Element:
    """The element with one more raised member in one of its lists: somebody or something nobody declared."""
    listing = element.listing(name)
    new = msgspec.structs.replace(listing, raised_members=(*listing.raised_members, member))
    return msgspec.structs.replace(element, lists={**element.lists, name: new})


def unsettled(fact: Fact) -> tuple[Raised, ...]:
    """The raised values that the standing value does not agree with: each is a question, needed or not."""
    standing = fact.standing
    if isinstance(standing, Unknown):
        return fact.raised
    return tuple(raised for raised in fact.raised if not agree(raised.value, standing))


def unsettled_codes(listing: Listing) -> tuple[Raised, ...]:
    return tuple(raised for raised in listing.raised if raised.value not in listing.codes)


def unsettled_members(listing: Listing) -> tuple[Element, ...]:
    """Raised members that no standing member has the id of."""
    standing = {member.id for member in listing.members}
    return tuple(member for member in listing.raised_members if member.id not in standing)
