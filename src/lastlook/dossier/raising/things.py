"""Products, works, organisations, and the releases that cover them."""

from __future__ import annotations

from lastlook.checking.case import Picture
from lastlook.dossier.metadata import values as v
from lastlook.dossier.metadata.embedded import Metadata
from lastlook.dossier.metadata.values import Embedded
from lastlook.dossier.raising.hand import Hand
from lastlook.dossier.raising.regions import box_of
from lastlook.facts.element import Element, Region
from lastlook.facts.values import Value
from lastlook.reading.gtin import same_gtin

_RELEASES = {"NON": "none", "NAP": "not_applicable", "LMR": "limited", "LPR": "limited", "UMR": "all", "UPR": "all"}


def raise_things(hand: Hand, metadata: Metadata, picture: Picture, brand: str) -> None:
    """`brand`: whose campaign it is. Its own name in a file is no news."""
    _products(hand, metadata, picture)
    _works(hand, metadata)
    _organisations(hand, metadata, brand)
    _releases(hand, metadata)


def _products(hand: Hand, metadata: Metadata, picture: Picture) -> None:
    """A product whose GTIN is declared is no news; nor are as many products without one as are declared."""
    declared = hand.asset.listing("products").members
    unnamed = len([product for product in declared if not isinstance(product.fact("gtin").standing, str)])
    found: list[tuple[Embedded[v.ProductShown], Region | None]] = [(each, None) for each in metadata.products]
    listed = {each.value.gtin for each in metadata.products}
    for region in metadata.regions:  # a product that a region names is mostly one of the list, seen there
        found += [
            (Embedded(product, region.property), box_of(region.value, picture))
            for product in region.value.products
            if product.gtin not in listed
        ]
    for each, box in found:
        gtin = each.value.gtin
        if gtin is not None and any(_has_gtin(product, gtin) for product in declared):
            continue
        if gtin is None and unnamed > 0:
            unnamed -= 1
            continue
        values: dict[str, Value] = {} if gtin is None else {"gtin": gtin}
        words = "its check digit is wrong" if each.value.gtin_holds is False else ""
        hand.member("products", "product", values, each.property, words=words, region=box)


def _has_gtin(product: Element, gtin: str) -> bool:
    standing = product.fact("gtin").standing
    return isinstance(standing, str) and same_gtin(standing, gtin)


def _works(hand: Hand, metadata: Metadata) -> None:
    """Works and objects that the file lists and nobody declared as legible."""
    declared = len(hand.asset.listing("legible").members)
    for each in metadata.artworks[declared:]:
        title = next((title.text for title in each.value.titles), "")
        hand.member("legible", "legible", {"what": "artwork"}, each.property, words=title)


def _organisations(hand: Hand, metadata: Metadata, brand: str) -> None:
    """Organisations other than the brand itself: their marks can be seen, and are somebody else's."""
    named = {each.value.casefold(): each for each in metadata.organisations if not _is_brand(each.value, brand)}
    coded = {each.value.casefold(): each for each in metadata.organisation_codes} if not metadata.organisations else {}
    declared = len(hand.asset.listing("legible").members)
    for each in [*named.values(), *coded.values()][declared:]:
        values: dict[str, Value] = {"what": "sign", "third_party_work": True}
        hand.member("legible", "legible", values, each.property, words=each.value)


def _is_brand(name: str, brand: str) -> bool:
    """The brand itself, with or without the form of its company."""
    return bool(brand) and name.casefold().startswith(brand.casefold())


# Releases.


def _releases(hand: Hand, metadata: Metadata) -> None:
    people = hand.may_show("people")
    works = bool(metadata.artworks or metadata.locations) or hand.may_show("legible", "products")
    for name, statuses, needed in (
        ("release.model", metadata.model_release, people),
        ("release.property", metadata.property_release, works),
    ):
        for each in statuses:
            code = _RELEASES[each.value.rpartition("-")[2]]
            if code == "all" or not needed:  # it asks for nothing
                hand.contradiction(name, code, each.property)
            else:
                hand.fact(name, code, each.property)
    _release_ids(hand, metadata)


def _release_ids(hand: Hand, metadata: Metadata) -> None:
    """Fewer releases than people: some are not covered. One release may cover several, so it is a question."""
    if not metadata.model_release_ids:
        return
    releases = len({each.value for each in metadata.model_release_ids})
    people = sum(1 for _ in hand.everybody())
    if releases < people and hand.asset.fact("release.model").standing not in ("limited", "none"):
        words = f"{releases} of {people}"
        hand.fact("release.model", "limited", metadata.model_release_ids[0].property, words)
