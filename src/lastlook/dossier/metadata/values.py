"""The types of what a file can say of itself. Names and descriptions of people never appear in a `repr` or a `str`."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from lastlook.dossier.metadata.plus import DigitalSourceClass
from lastlook.facts.values import Ages

T_co = TypeVar("T_co", covariant=True)


class Embedded(msgspec.Struct, Generic[T_co], frozen=True):
    """A value a file gives. `property`: its readable name and the packet, such as `XMP plus:ModelReleaseStatus`."""

    value: T_co
    property: str


class Private(msgspec.Struct, frozen=True):
    """Words about a natural person. `words` is for whoever needs them; printing shows only that they are there."""

    words: str

    def __repr__(self) -> str:
        return "Private(…)"

    __str__ = __repr__


class Words(msgspec.Struct, frozen=True):
    """Text in one language. `language`: a code of RFC 5646, `x-default`, or None where none is said."""

    text: str
    language: str | None = None


class YoungestAge(msgspec.Struct, frozen=True):
    """The PLUS disclosure. `ages`: years of the youngest model at capture; None is unknown, so a child is possible."""

    code: str
    ages: Ages | None


class PeopleNamed(msgspec.Struct, frozen=True):
    """How many people one property names, and their names."""

    count: int
    names: tuple[Private, ...]


class CvTerm(msgspec.Struct, frozen=True):
    """A term of some controlled vocabulary."""

    vocabulary: str | None = None
    id: str | None = None
    names: tuple[Words, ...] = ()


class PrivateTerm(msgspec.Struct, frozen=True):
    """A term that characterises a person."""

    vocabulary: str | None = None
    id: Private | None = None
    names: tuple[Private, ...] = ()


class PersonDetails(msgspec.Struct, frozen=True):
    """One person as `PersonInImageWDetails` has them. A name stands once for each language."""

    ids: tuple[Private, ...] = ()
    names: tuple[Private, ...] = ()
    descriptions: tuple[Private, ...] = ()
    characteristics: tuple[PrivateTerm, ...] = ()


class ProductShown(msgspec.Struct, frozen=True):
    """One product. `gtin`: as written; `gtin_holds`: whether its check digit does, None without a GTIN."""

    names: tuple[Words, ...] = ()
    gtin: str | None = None
    gtin_holds: bool | None = None
    descriptions: tuple[Words, ...] = ()
    id: str | None = None


class ArtworkShown(msgspec.Struct, frozen=True):
    """One work or object that is visible. Dates as written."""

    titles: tuple[Words, ...] = ()
    contents: tuple[Words, ...] = ()
    contributions: tuple[Words, ...] = ()
    physical: tuple[Words, ...] = ()
    creators: tuple[Private, ...] = ()
    creator_ids: tuple[Private, ...] = ()
    made_on: str | None = None
    made_about: str | None = None
    periods: tuple[str, ...] = ()
    source: str | None = None
    inventory_number: str | None = None
    inventory_url: str | None = None
    copyright_notice: str | None = None
    copyright_owner: Private | None = None
    copyright_owner_id: str | None = None
    licensor: Private | None = None
    licensor_id: str | None = None


class Region(msgspec.Struct, frozen=True):
    """A part of the picture.

    shape: rectangle, circle or polygon. unit: `relative` (shares of width and height, 0 to 1) or `pixel`. x, y: the
    upper left corner of a rectangle, the centre of a circle; radius: a share of the width. vertices: of a polygon.
    """

    shape: str | None = None
    unit: str | None = None
    x: float | None = None
    y: float | None = None
    width: float | None = None
    height: float | None = None
    radius: float | None = None
    vertices: tuple[tuple[float, float], ...] = ()
    id: str | None = None
    names: tuple[Private, ...] = ()
    contents: tuple[CvTerm, ...] = ()
    roles: tuple[CvTerm, ...] = ()
    people: tuple[Private, ...] = ()
    products: tuple[ProductShown, ...] = ()

    @property
    def shows_somebody(self) -> bool:
        """Whether it is marked as a person or a face, named or not (IPTC image region types; MWG 2.0, 5.9)."""
        kinds = {(term.id or "").rstrip("/").rpartition("/")[2].lower() for term in self.contents}
        return bool(kinds & {"human", "face"})


class DigitalSource(msgspec.Struct, frozen=True):
    """How the picture came about. `kind`: the class that rules use."""

    term: str
    kind: DigitalSourceClass


class Party(msgspec.Struct, frozen=True):
    """Somebody with a part in the rights. `role`: creator, supplier, copyright_owner, licensor, licensee, end_user."""

    role: str
    name: Private | None = None
    id: Private | None = None
    contacts: tuple[Private, ...] = ()


class Contributor(msgspec.Struct, frozen=True):
    """Somebody who helped to make the picture, by claim of the file. `roles`: as written, mostly addresses."""

    names: tuple[Private, ...] = ()
    ids: tuple[Private, ...] = ()
    roles: tuple[str, ...] = ()


class Position(msgspec.Struct, frozen=True):
    """A place on earth. Degrees, south and west below nought; None where one is given that cannot be read."""

    latitude: float | None = None
    longitude: float | None = None


class Location(msgspec.Struct, frozen=True):
    """A place. `role`: `shown`, or `created` where the camera stood."""

    role: str
    names: tuple[Words, ...] = ()
    sublocation: str | None = None
    city: str | None = None
    province: str | None = None
    country: str | None = None
    country_code: str | None = None
    ids: tuple[str, ...] = ()
    position: Position | None = None


class RegistryEntry(msgspec.Struct, frozen=True):
    """An entry of the picture in somebody's register."""

    item: str | None = None
    organisation: str | None = None
    role: str | None = None
