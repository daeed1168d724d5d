"""Ages and persons. An age that somebody declared has is no news; one that nobody has may be somebody more."""

from __future__ import annotations

from collections.abc import Iterator

from lastlook.checking.case import Picture
from lastlook.dossier.metadata.embedded import Metadata
from lastlook.dossier.raising.hand import Hand
from lastlook.dossier.raising.regions import box_of
from lastlook.facts.element import Element, Region
from lastlook.facts.values import Ages, agree


def raise_people(hand: Hand, metadata: Metadata, picture: Picture) -> None:
    _ages(hand, metadata)
    _persons(hand, metadata, picture)


def _ages(hand: Hand, metadata: Metadata) -> None:
    declared = hand.asset.listing("people").members
    unmatched = list(declared)
    known: list[Ages] = []
    for each in metadata.model_ages:
        ages = Ages(each.value, each.value)
        known.append(ages)
        if (person := next((person for person in unmatched if _has_age(person, ages)), None)) is not None:
            unmatched.remove(person)
        else:
            _age(hand, ages, each.property)
    for youngest in metadata.youngest_age:
        ages_of_youngest = youngest.value.ages
        if ages_of_youngest is None or any(agree(each, ages_of_youngest) for each in known):
            continue
        if not any(_has_age(person, ages_of_youngest) for person in declared):
            _age(hand, ages_of_youngest, youngest.property)


def _has_age(person: Element, ages: Ages) -> bool:
    standing = person.fact("age").standing
    return isinstance(standing, Ages) and agree(standing, ages)


def _age(hand: Hand, ages: Ages, property_name: str) -> None:
    """On the only person there is, else as somebody whom nobody declared."""
    listing = hand.asset.listing("people")
    if len(listing.members) == 1 and listing.complete:
        hand.member_fact("people", listing.members[0], "age", ages, property_name)
    else:
        hand.member("people", "person", {"age": ages}, property_name)


def _persons(hand: Hand, metadata: Metadata, picture: Picture) -> None:
    """As many persons more as the property that names most has more than are known of."""
    counts = list(_counts(metadata, picture))
    if not counts:
        return
    property_name, regions = max(counts, key=lambda count: len(count[1]))
    for region in regions[sum(1 for _ in hand.everybody()) :]:
        hand.member("people", "person", {}, property_name, region=region)


def _counts(metadata: Metadata, picture: Picture) -> Iterator[tuple[str, list[Region | None]]]:
    """Each property that names people: as many regions as people, None where it is not said where they are."""
    for named in metadata.people_named:
        yield named.property, [None] * named.value.count
    for name in dict.fromkeys(each.property for each in metadata.person_details):
        yield name, [None for each in metadata.person_details if each.property == name]
    for name in dict.fromkeys(each.property for each in metadata.regions):
        yield (
            name,
            [box_of(each.value, picture) for each in metadata.regions if each.property == name
             for _ in each.value.people],
        )  # fmt: skip
