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
    ages_known = [*known, *(age for person in declared if (age := _age_of(person)) is not None)]
    youngest_known = min(ages_known, default=None)
    for youngest in metadata.youngest_age:
        told = youngest.value.ages
        if told is not None and (youngest_known is None or not agree(youngest_known, told)):
            _age(hand, told, youngest.property)


def _age_of(person: Element) -> Ages | None:
    standing = person.fact("age").standing
    return standing if isinstance(standing, Ages) else None


def _has_age(person: Element, ages: Ages) -> bool:
    age = _age_of(person)
    return age is not None and agree(age, ages)


def _age(hand: Hand, ages: Ages, property_name: str) -> None:
    """On the only person there is, else as somebody whom nobody declared."""
    listing = hand.asset.listing("people")
    if len(listing.members) == 1 and listing.complete:
        hand.member_fact("people", listing.members[0], "age", ages, property_name)
    else:
        hand.member("people", "person", {"age": ages}, property_name)


def _persons(hand: Hand, metadata: Metadata, picture: Picture) -> None:
    """As many persons more as the property that names most has more than are known of.

    Their regions are told only where nobody is known of: else it is not known which of them is the stranger.
    """
    counts = list(_counts(metadata, picture))
    if not counts:
        return
    property_name, regions = max(counts, key=lambda count: len(count[1]))
    known = sum(1 for _ in hand.everybody())
    for region in regions[known:]:
        hand.member("people", "person", {}, property_name, region=None if known else region)


def _counts(metadata: Metadata, picture: Picture) -> Iterator[tuple[str, list[Region | None]]]:
    """Each property that names people: as many regions as people, None where it is not said where they are."""
    for named in metadata.people_named:
        yield named.property, [None] * named.value.count
    for name in dict.fromkeys(each.property for each in metadata.person_details):
        yield name, [None for each in metadata.person_details if each.property == name]
    for name in dict.fromkeys(each.property for each in metadata.regions):
        yield (
            name,
            [
                box_of(each.value, picture)
                for each in metadata.regions
                if each.property == name
                for _ in range(max(len(each.value.people), each.value.shows_somebody))
            ],
        )
