"""What a picture file says of itself raises a hand: its metadata as raised values on what was declared.

A file never clears anything (design, section 4). So what only lowers the stakes (captured by a camera, all released) is
raised where it contradicts what was declared, and is otherwise no news; what raises them is raised always. Names of
people are counted and not kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lastlook.checking.case import Case
from lastlook.dossier.metadata.containers import read_packets
from lastlook.errors import LastlookError, Place
from lastlook.facts.element import Element, Fact, Raised
from lastlook.facts.raising import raise_code, raise_fact, raise_member
from lastlook.facts.values import NOT_KNOWN, Ages, Unknown, Value, agree
from lastlook.reading.gtin import same_gtin

if TYPE_CHECKING:
    from lastlook.dossier.metadata.embedded import Metadata

_RELEASES = {"NON": "none", "NAP": "not_applicable", "LMR": "limited", "LPR": "limited", "UMR": "all", "UPR": "all"}
_LOWERS = frozenset({"all"})  # a release status that asks for nothing
_GENERATIVE = frozenset({"generative", "generative_part"})


def with_metadata(case: Case, folder: Path) -> Case:
    """The case with everything that its picture files say raised on it. What cannot be read of a file is a note."""
    assets: list[Element] = []
    notes: list[str] = []
    for asset in case.assets:
        picture = case.picture(asset.id)
        raised = asset
        if picture.sha256 and not picture.planned:
            try:
                raised, more = _raised(asset, folder / picture.file, picture.file)
                notes += more
            except LastlookError as error:
                notes.append(f"The metadata of {picture.file} was not read: {error.what}")
        assets.append(raised)
    return _with_assets(case, tuple(assets), tuple(notes))


def _with_assets(case: Case, assets: tuple[Element, ...], notes: tuple[str, ...]) -> Case:
    if assets == case.assets and not notes:
        return case
    by_id = {asset.id: asset for asset in assets}
    listing = msgspec.structs.replace(case.campaign.listing("assets"), members=assets)
    campaign = msgspec.structs.replace(case.campaign, lists={**case.campaign.lists, "assets": listing})
    groups = tuple(_with_members(group, by_id) for group in case.groups)
    return msgspec.structs.replace(case, campaign=campaign, assets=assets, groups=groups, notes=(*case.notes, *notes))


def _with_members(group: Element, by_id: dict[str, Element]) -> Element:
    listing = group.listing("assets")
    members = tuple(by_id.get(member.id, member) for member in listing.members)
    return msgspec.structs.replace(
        group, lists={**group.lists, "assets": msgspec.structs.replace(listing, members=members)}
    )


def _raised(asset: Element, path: Path, file: str) -> tuple[Element, list[str]]:
    packets = read_packets(path)
    if not (packets.xmp or packets.iim or packets.exif):
        return asset, []
    from lastlook.dossier.metadata.embedded import metadata_in  # only for files that say anything

    metadata = metadata_in(packets)
    notes = [f"{file}: {each.what}" for each in metadata.unreadable]
    reader = _Reader(asset, file)
    reader.people(metadata)
    reader.products(metadata)
    reader.works(metadata)
    reader.status(metadata)
    return reader.asset, notes


class _Reader:
    """Raises what one file says on one picture."""

    def __init__(self, asset: Element, file: str) -> None:
        self.asset, self.file = asset, file

    def at(self, property_name: str) -> Place:
        return Place(self.file, 0, property_name)

    # People.

    def people(self, metadata: Metadata) -> None:
        """Ages and persons. An age that somebody declared has is no news; one that nobody has may be somebody more."""
        unmatched = list(self.asset.listing("people").members)
        known: list[Ages] = []
        for each in metadata.model_ages:
            ages = Ages(each.value, each.value)
            known.append(ages)
            if (person := next((person for person in unmatched if _has_age(person, ages)), None)) is not None:
                unmatched.remove(person)
            else:
                self._raise_age(ages, each.property)
        for youngest in metadata.youngest_age:
            ages_of_youngest = youngest.value.ages
            if ages_of_youngest is None or any(agree(each, ages_of_youngest) for each in known):
                continue
            if not any(_has_age(person, ages_of_youngest) for person in self.asset.listing("people").members):
                self._raise_age(ages_of_youngest, youngest.property)
        named = max((each.value.count for each in metadata.people_named), default=0)
        source = next((each.property for each in metadata.people_named), "")
        shown = len(self.asset.listing("people").members) + len(self.asset.listing("people").raised_members)
        for number in range(shown, named):
            self._raise_person(number + 1, {}, source)

    def _raise_age(self, ages: Ages, source: str) -> None:
        """On the only person there is, else as somebody whom nobody declared."""
        raised = Raised(ages, "embedded", self.at(source))
        listing = self.asset.listing("people")
        if len(listing.members) == 1 and listing.complete:
            (person,) = listing.members
            members = (raise_fact(person, "age", raised),)
            self._replace("people", members)
        else:
            self._raise_person(
                len(listing.members) + len(listing.raised_members) + 1, {"age": Fact(raised=(raised,))}, source
            )

    def _raise_person(self, number: int, facts: dict[str, Fact], source: str) -> None:
        thing_id = f"{self.asset.id}#embedded-person-{number}"
        person = Element("person", thing_id, f"people[{thing_id}]", facts, {}, self.at(source), "embedded")
        self.asset = raise_member(self.asset, "people", person)

    def _replace(self, name: str, members: tuple[Element, ...]) -> None:
        listing = msgspec.structs.replace(self.asset.listing(name), members=members)
        self.asset = msgspec.structs.replace(self.asset, lists={**self.asset.lists, name: listing})

    # Products and works.

    def products(self, metadata: Metadata) -> None:
        """A product whose GTIN is declared is no news; nor are as many products without one as are declared."""
        declared = self.asset.listing("products").members
        unnamed = len([product for product in declared if not isinstance(product.fact("gtin").standing, str)])
        for number, each in enumerate(metadata.products, start=1):
            gtin = each.value.gtin
            if gtin is not None and any(_has_gtin(product, gtin) for product in declared):
                continue
            if gtin is None and unnamed > 0:
                unnamed -= 1
                continue
            thing_id = f"{self.asset.id}#embedded-product-{number}"
            facts = {} if gtin is None else {"gtin": Fact(raised=(Raised(gtin, "embedded", self.at(each.property)),))}
            product = Element(
                "product", thing_id, f"products[{thing_id}]", facts, {}, self.at(each.property), "embedded"
            )
            self.asset = raise_member(self.asset, "products", product)

    def works(self, metadata: Metadata) -> None:
        """Works and objects that the file lists and nobody declared as legible."""
        declared = len(self.asset.listing("legible").members)
        for number, each in enumerate(metadata.artworks[declared:], start=declared + 1):
            thing_id = f"{self.asset.id}#embedded-work-{number}"
            what = Fact(raised=(Raised("artwork", "embedded", self.at(each.property)),))
            work = Element(
                "legible", thing_id, f"legible[{thing_id}]", {"what": what}, {}, self.at(each.property), "embedded"
            )
            self.asset = raise_member(self.asset, "legible", work)

    # What the file says of the whole picture.

    def status(self, metadata: Metadata) -> None:
        for fact, releases in (
            ("release.model", metadata.model_release),
            ("release.property", metadata.property_release),
        ):
            for each in releases:
                code = _RELEASES[each.value.rpartition("-")[2]]
                self._raise(fact, code, each.property, lowers=code in _LOWERS)
        for source in metadata.digital_source:
            generative = source.value.kind in _GENERATIVE
            self._raise("retouch.generative_parts", generative, source.property, lowers=not generative)
        for each in (*metadata.ai_system, *metadata.ai_prompt):
            self._raise("retouch.generative_parts", True, each.property, lowers=False)
        for warning in metadata.adult_content_warning:
            if warning.value == "CW-AWR" and "sexual_content" not in self.asset.listing("themes").codes:
                raised = Raised("sexual_content", "embedded", self.at(warning.property))
                self.asset = raise_code(self.asset, "themes", raised)

    def _raise(self, name: str, value: Value, source: str, *, lowers: bool) -> None:
        standing = self.asset.fact(name).standing
        contradicts = standing is not NOT_KNOWN and not isinstance(standing, Unknown) and not agree(standing, value)
        if contradicts or not lowers:
            self.asset = raise_fact(self.asset, name, Raised(value, "embedded", self.at(source)))


def _has_age(person: Element, ages: Ages) -> bool:
    standing = person.fact("age").standing
    return isinstance(standing, Ages) and agree(standing, ages)


def _has_gtin(product: Element, gtin: str) -> bool:
    standing = product.fact("gtin").standing
    return isinstance(standing, str) and same_gtin(standing, gtin)
