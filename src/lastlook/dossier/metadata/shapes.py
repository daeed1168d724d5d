"""From RDF nodes to typed values, forgiving of shape: one value where a list is due, a list where one value is.

Each reader takes a node and a function that notes what cannot be used, without repeating it: it may be personal.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from lastlook.campaigns.vocabulary import OLDEST_YEARS
from lastlook.dossier.metadata import plus
from lastlook.dossier.metadata import values as v
from lastlook.dossier.metadata.rdf import Many, Name, Node, Simple, Structure
from lastlook.reading.gtin import is_gtin

IPTC_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
IPTC_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
PLUS = "http://ns.useplus.org/ldf/xmp/1.0/"
DC = "http://purl.org/dc/elements/1.1/"
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
XMP = "http://ns.adobe.com/xap/1.0/"
XMP_RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
EXIF = "http://ns.adobe.com/exif/1.0/"
MWG_REGIONS = "http://www.metadataworkinggroup.com/schemas/regions/"
ST_AREA = "http://ns.adobe.com/xmp/sType/Area#"

Note = Callable[[str], None]
T = TypeVar("T")


def simples(node: Node, note: Note) -> Iterator[Simple]:
    """Every text in a value that is not empty, in order."""
    if isinstance(node, Simple):
        if node.text:
            yield node
    elif isinstance(node, Many):
        for member in node.members:
            yield from simples(member, note)
    else:
        note("A structure stands where a text must stand.")


def structures(node: Node, note: Note) -> Iterator[Structure]:
    """Every structure in a value, in order."""
    if isinstance(node, Structure):
        yield node
    elif isinstance(node, Many):
        for member in node.members:
            yield from structures(member, note)
    elif node.text:
        note("A text stands where a structure must stand.")


def texts(node: Node, note: Note) -> Iterator[str]:
    yield from (simple.text for simple in simples(node, note))


def words(node: Node, note: Note) -> Iterator[v.Words]:
    """The language alternatives of a text."""
    yield from (v.Words(simple.text, simple.language) for simple in simples(node, note))


def privates(node: Node, note: Note) -> Iterator[v.Private]:
    yield from (v.Private(text) for text in texts(node, note))


def years(node: Node, note: Note) -> Iterator[int]:
    for text in texts(node, note):
        if re.fullmatch(r"[0-9]{1,3}", text) and int(text) <= OLDEST_YEARS:
            yield int(text)
        else:
            note("An age is no whole number of years.")


def flags(node: Node, note: Note) -> Iterator[bool]:
    for text in texts(node, note):
        if text.lower() in ("true", "false"):
            yield text.lower() == "true"
        else:
            note("It is neither True nor False.")


def days(node: Node, note: Note) -> Iterator[dt.date]:
    """Days as written, whatever the time and its zone. A month or a year alone is no day."""
    for text in texts(node, note):
        try:
            if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(\Z|T)", text):
                raise ValueError
            yield dt.date.fromisoformat(text[:10])
        except ValueError:
            note("It is not a whole date, year-month-day.")


def codes(known: Mapping[str, object]) -> Callable[[Node, Note], Iterator[str]]:
    """A reader of the codes of one PLUS vocabulary."""

    def read(node: Node, note: Note) -> Iterator[str]:
        for text in texts(node, note):
            code = plus.plus_code(text, dict(known))
            if code is None:
                note("It is no code of its vocabulary.")
            else:
                yield code

    return read


def youngest_age(node: Node, note: Note) -> Iterator[v.YoungestAge]:
    for code in codes(plus.MINOR_MODEL_AGES)(node, note):
        yield v.YoungestAge(code, plus.MINOR_MODEL_AGES[code])


def digital_source(node: Node, note: Note) -> Iterator[v.DigitalSource]:
    for text in texts(node, note):
        term = plus.digital_source_term(text)
        if term is None:
            note("It is no digital source type that is known.")
        else:
            yield v.DigitalSource(term, plus.DIGITAL_SOURCES[term])


def people_named(node: Node, note: Note) -> Iterator[v.PeopleNamed]:
    names = tuple(privates(node, note))
    if names:
        yield v.PeopleNamed(len(names), names)


# Structures. `f` gathers one field from wherever it stands in the structure.


class Fields:
    """The fields of one structure, read by name."""

    def __init__(self, structure: Structure, note: Note) -> None:
        self._structure, self._note = structure, note

    def all(self, name: Name, read: Callable[[Node, Note], Iterable[T]]) -> tuple[T, ...]:
        return tuple(value for node in self._structure.get(name) for value in read(node, self._note))

    def one(self, name: Name, read: Callable[[Node, Note], Iterable[T]]) -> T | None:
        found = self.all(name, read)
        if len(set(found)) > 1:
            self._note("A field that may stand once has several values; the first was read.")
        return found[0] if found else None

    def text(self, name: Name) -> str | None:
        return self.one(name, texts)


def of_structures(read: Callable[[Fields], T]) -> Callable[[Node, Note], Iterator[T]]:
    """A reader of every structure in a value."""

    def read_all(node: Node, note: Note) -> Iterator[T]:
        for structure in structures(node, note):
            yield read(Fields(structure, note))

    return read_all


def _cv_term(f: Fields) -> v.CvTerm:
    return v.CvTerm(
        vocabulary=f.text((IPTC_EXT, "CvId")),
        id=f.text((IPTC_EXT, "CvTermId")),
        names=f.all((IPTC_EXT, "CvTermName"), words),
    )


def _characteristic(f: Fields) -> v.PrivateTerm:
    return v.PrivateTerm(
        vocabulary=f.text((IPTC_EXT, "CvId")),
        id=f.one((IPTC_EXT, "CvTermId"), privates),
        names=f.all((IPTC_EXT, "CvTermName"), privates),
    )


def _entity(f: Fields) -> v.CvTerm:
    """A term by identifiers and names, as regions have them."""
    return v.CvTerm(id=f.text((XMP, "Identifier")), names=f.all((IPTC_EXT, "Name"), words))


def _person(f: Fields) -> v.PersonDetails:
    return v.PersonDetails(
        ids=f.all((IPTC_EXT, "PersonId"), privates),
        names=f.all((IPTC_EXT, "PersonName"), privates),
        descriptions=f.all((IPTC_EXT, "PersonDescription"), privates),
        characteristics=f.all((IPTC_EXT, "PersonCharacteristic"), of_structures(_characteristic)),
    )


def _product(f: Fields) -> v.ProductShown:
    gtin = f.text((IPTC_EXT, "ProductGTIN"))
    return v.ProductShown(
        names=f.all((IPTC_EXT, "ProductName"), words),
        gtin=gtin,
        gtin_holds=None if gtin is None else is_gtin(gtin),
        descriptions=f.all((IPTC_EXT, "ProductDescription"), words),
        id=f.text((IPTC_EXT, "ProductId")),
    )


def _artwork(f: Fields) -> v.ArtworkShown:
    return v.ArtworkShown(
        titles=f.all((IPTC_EXT, "AOTitle"), words),
        contents=f.all((IPTC_EXT, "AOContentDescription"), words),
        contributions=f.all((IPTC_EXT, "AOContributionDescription"), words),
        physical=f.all((IPTC_EXT, "AOPhysicalDescription"), words),
        creators=f.all((IPTC_EXT, "AOCreator"), privates),
        creator_ids=f.all((IPTC_EXT, "AOCreatorId"), privates),
        made_on=f.text((IPTC_EXT, "AODateCreated")),
        made_about=f.text((IPTC_EXT, "AOCircaDateCreated")),
        periods=f.all((IPTC_EXT, "AOStylePeriod"), texts),
        source=f.text((IPTC_EXT, "AOSource")),
        inventory_number=f.text((IPTC_EXT, "AOSourceInvNo")),
        inventory_url=f.text((IPTC_EXT, "AOSourceInvURL")),
        copyright_notice=f.text((IPTC_EXT, "AOCopyrightNotice")),
        copyright_owner=f.one((IPTC_EXT, "AOCurrentCopyrightOwnerName"), privates),
        copyright_owner_id=f.text((IPTC_EXT, "AOCurrentCopyrightOwnerId")),
        licensor=f.one((IPTC_EXT, "AOCurrentLicensorName"), privates),
        licensor_id=f.text((IPTC_EXT, "AOCurrentLicensorId")),
    )


def numbers(node: Node, note: Note) -> Iterator[float]:
    for text in texts(node, note):
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            yield number
        else:
            note("It is no number.")


def _vertex(f: Fields) -> tuple[float | None, float | None]:
    return f.one((IPTC_EXT, "rbX"), numbers), f.one((IPTC_EXT, "rbY"), numbers)


def _boundary(f: Fields) -> v.Region:
    vertices = f.all((IPTC_EXT, "rbVertices"), of_structures(_vertex))
    return v.Region(
        shape=f.text((IPTC_EXT, "rbShape")),
        unit=f.text((IPTC_EXT, "rbUnit")),
        x=f.one((IPTC_EXT, "rbX"), numbers),
        y=f.one((IPTC_EXT, "rbY"), numbers),
        width=f.one((IPTC_EXT, "rbW"), numbers),
        height=f.one((IPTC_EXT, "rbH"), numbers),
        radius=f.one((IPTC_EXT, "rbRx"), numbers),
        vertices=tuple((x, y) for x, y in vertices if x is not None and y is not None),
    )


def _region(f: Fields) -> v.Region:
    boundary = f.one((IPTC_EXT, "RegionBoundary"), of_structures(_boundary)) or v.Region()
    return msgspec.structs.replace(
        boundary,
        id=f.text((IPTC_EXT, "rId")),
        names=f.all((IPTC_EXT, "Name"), privates),
        contents=f.all((IPTC_EXT, "rCtype"), of_structures(_entity)),
        roles=f.all((IPTC_EXT, "rRole"), of_structures(_entity)),
        people=f.all((IPTC_EXT, "PersonInImage"), privates),
        products=f.all((IPTC_EXT, "ProductInImage"), product),
    )


def _area(f: Fields) -> v.Region:
    """A region of the Metadata Working Group: its x and y are the centre, ours the upper left corner."""
    x, y = f.one((ST_AREA, "x"), numbers), f.one((ST_AREA, "y"), numbers)
    width, height = f.one((ST_AREA, "w"), numbers), f.one((ST_AREA, "h"), numbers)
    if x is None or y is None or width is None or height is None:
        return v.Region()
    unit = "relative" if f.text((ST_AREA, "unit")) in (None, "normalized") else "pixel"
    return v.Region("rectangle", unit, x - width / 2, y - height / 2, width, height)


def _mwg_region(f: Fields) -> v.Region:
    area = f.one((MWG_REGIONS, "Area"), of_structures(_area)) or v.Region()
    names = f.all((MWG_REGIONS, "Name"), privates)
    kind = f.text((MWG_REGIONS, "Type"))
    return msgspec.structs.replace(
        area,
        names=names,
        contents=() if kind is None else (v.CvTerm(vocabulary=MWG_REGIONS, id=kind),),
        people=names if kind == "Face" else (),
    )


def mwg_regions(node: Node, note: Note) -> Iterator[v.Region]:
    for structure in structures(node, note):
        yield from Fields(structure, note).all((MWG_REGIONS, "RegionList"), of_structures(_mwg_region))


def party(role: str, prefix: str, contacts: tuple[str, ...] = ()) -> Callable[[Node, Note], Iterator[v.Party]]:
    """A reader of the parties of one role. `prefix`: how the names of its fields begin."""

    def read(f: Fields) -> v.Party:
        return v.Party(
            role,
            name=f.one((PLUS, prefix + "Name"), privates),
            id=f.one((PLUS, prefix + "ID"), privates),
            contacts=tuple(contact for field in contacts for contact in f.all((PLUS, prefix + field), privates)),
        )

    return of_structures(read)


def _contributor(f: Fields) -> v.Contributor:
    return v.Contributor(
        names=f.all((IPTC_EXT, "Name"), privates),
        ids=f.all((XMP, "Identifier"), privates) + f.all((IPTC_EXT, "Identifier"), privates),
        roles=f.all((IPTC_EXT, "Role"), texts),
    )


def _registry_entry(f: Fields) -> v.RegistryEntry:
    return v.RegistryEntry(
        item=f.text((IPTC_EXT, "RegItemId")),
        organisation=f.text((IPTC_EXT, "RegOrgId")),
        role=f.text((IPTC_EXT, "RegEntryRole")),
    )


def location(role: str) -> Callable[[Node, Note], Iterator[v.Location]]:
    """A reader of places of one role, as structures."""

    def read(f: Fields) -> v.Location:
        latitudes = f.all((EXIF, "GPSLatitude"), texts)
        longitudes = f.all((EXIF, "GPSLongitude"), texts)
        position = None
        if latitudes or longitudes:
            position = position_of(next(iter(latitudes), ""), next(iter(longitudes), ""))
        return v.Location(
            role,
            names=f.all((IPTC_EXT, "LocationName"), words),
            sublocation=f.text((IPTC_EXT, "Sublocation")),
            city=f.text((IPTC_EXT, "City")),
            province=f.text((IPTC_EXT, "ProvinceState")),
            country=f.text((IPTC_EXT, "CountryName")),
            country_code=f.text((IPTC_EXT, "CountryCode")),
            ids=f.all((IPTC_EXT, "LocationId"), texts),
            position=position,
        )

    return of_structures(read)


def place(field: str) -> Callable[[Node, Note], Iterator[v.Location]]:
    """A reader of the older properties that hold one part of the place where the camera stood."""

    def read(node: Node, note: Note) -> Iterator[v.Location]:
        for text in texts(node, note):
            yield created_at(field, text)

    return read


def created_at(field: str, text: str) -> v.Location:
    return v.Location(
        "created",
        sublocation=text if field == "sublocation" else None,
        city=text if field == "city" else None,
        province=text if field == "province" else None,
        country=text if field == "country" else None,
        country_code=text if field == "country_code" else None,
    )


def position_of(latitude: str, longitude: str) -> v.Position:
    """A position as XMP writes it (`51,30.45N`); without degrees when it cannot be read."""
    north, east = _degrees(latitude, "NS", 90), _degrees(longitude, "EW", 180)
    return v.Position() if north is None or east is None else v.Position(north, east)


_DEGREES = re.compile(r"([0-9]{1,3}),([0-9]{1,2})(?:,([0-9]{1,2})|(\.[0-9]{1,20}))?([NSEW])\Z")


def _degrees(text: str, sides: str, at_most: int) -> float | None:
    """XMP part 2, section 2.6.2: degrees, minutes and either seconds or a fraction of minutes, and a side."""
    match = _DEGREES.match(text)
    if match is None or match[5] not in sides:
        return None
    total = int(match[1]) + (int(match[2]) + float(match[4] or 0)) / 60 + int(match[3] or 0) / 3600
    if total > at_most:
        return None
    return round(-total if match[5] == sides[1] else total, 7)


cv_term = of_structures(_cv_term)
person = of_structures(_person)
product = of_structures(_product)
artwork = of_structures(_artwork)
region = of_structures(_region)
contributor = of_structures(_contributor)
registry_entry = of_structures(_registry_entry)
