"""Everything a picture file says of itself that a check has a use for, each value with the property it came from.

One field for each row of the table of properties; one table says which property of which packet fills which field.
Every field is a tuple: several packets may speak, and where they disagree all of it is kept. Empty is unknown.
IPTC Photo Metadata Standard 2025.1; PLUS LDF 2.0.1; MWG regions 2.0; IPTC-IIM 4.2; Exif 3.0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec

from lastlook.dossier.metadata import plus
from lastlook.dossier.metadata import shapes as s
from lastlook.dossier.metadata import values as v
from lastlook.dossier.metadata.containers import Format, Packets, read_packets
from lastlook.dossier.metadata.exif import Exif, exif_of
from lastlook.dossier.metadata.iim import Iim, read_iim
from lastlook.dossier.metadata.rdf import Name, Node, Properties, read_rdf
from lastlook.dossier.metadata.source import Notes, Unreadable
from lastlook.dossier.metadata.values import Embedded


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What one picture file says. `packets`: those that were there; `unreadable`: what was there and is not known."""

    format: Format
    packets: tuple[str, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    iim_charsets: tuple[Embedded[str], ...] = ()  # how IIM text was read: `utf-8`, or `latin-1` for lack of a word

    youngest_age: tuple[Embedded[v.YoungestAge], ...] = ()
    model_ages: tuple[Embedded[int], ...] = ()  # years at capture, one for each model, in no order
    model_release: tuple[Embedded[str], ...] = ()  # plus.MODEL_RELEASES
    model_release_ids: tuple[Embedded[str], ...] = ()
    people_named: tuple[Embedded[v.PeopleNamed], ...] = ()
    person_details: tuple[Embedded[v.PersonDetails], ...] = ()
    model_information: tuple[Embedded[v.Private], ...] = ()

    products: tuple[Embedded[v.ProductShown], ...] = ()
    artworks: tuple[Embedded[v.ArtworkShown], ...] = ()
    organisations: tuple[Embedded[str], ...] = ()
    organisation_codes: tuple[Embedded[str], ...] = ()
    regions: tuple[Embedded[v.Region], ...] = ()
    property_release: tuple[Embedded[str], ...] = ()  # plus.PROPERTY_RELEASES
    property_release_ids: tuple[Embedded[str], ...] = ()

    digital_source: tuple[Embedded[v.DigitalSource], ...] = ()
    ai_system: tuple[Embedded[str], ...] = ()
    ai_system_version: tuple[Embedded[str], ...] = ()
    ai_prompt: tuple[Embedded[str], ...] = ()
    ai_prompt_writer: tuple[Embedded[v.Private], ...] = ()
    image_type: tuple[Embedded[str], ...] = ()  # plus.IMAGE_TYPES
    taken: tuple[Embedded[str], ...] = ()  # as written; cameras do not always know their time zone
    orientation: tuple[Embedded[int], ...] = ()  # 1 to 8, Exif 3.0, 4.6.5.1

    data_mining: tuple[Embedded[str], ...] = ()  # plus.DATA_MINING
    other_constraints: tuple[Embedded[v.Words], ...] = ()
    adult_content_warning: tuple[Embedded[str], ...] = ()  # plus.ADULT_CONTENT_WARNINGS
    alteration_constraints: tuple[Embedded[str], ...] = ()  # plus.ALTERATION_CONSTRAINTS
    usage_terms: tuple[Embedded[v.Words], ...] = ()
    rights_page: tuple[Embedded[str], ...] = ()
    licence_starts: tuple[Embedded[dt.date], ...] = ()
    licence_ends: tuple[Embedded[dt.date], ...] = ()
    media_summary: tuple[Embedded[str], ...] = ()
    media_constraints: tuple[Embedded[v.Words], ...] = ()
    region_constraints: tuple[Embedded[v.Words], ...] = ()
    product_constraints: tuple[Embedded[v.Words], ...] = ()
    instructions: tuple[Embedded[str], ...] = ()

    creators: tuple[Embedded[v.Private], ...] = ()
    creator_titles: tuple[Embedded[v.Private], ...] = ()
    caption_writers: tuple[Embedded[v.Private], ...] = ()
    contributors: tuple[Embedded[v.Contributor], ...] = ()
    parties: tuple[Embedded[v.Party], ...] = ()
    credit: tuple[Embedded[str], ...] = ()
    source: tuple[Embedded[str], ...] = ()
    rights: tuple[Embedded[v.Words], ...] = ()

    caption: tuple[Embedded[v.Words], ...] = ()
    headline: tuple[Embedded[str], ...] = ()
    title: tuple[Embedded[v.Words], ...] = ()
    keywords: tuple[Embedded[str], ...] = ()
    alt_text: tuple[Embedded[v.Words], ...] = ()
    long_description: tuple[Embedded[v.Words], ...] = ()
    scenes: tuple[Embedded[str], ...] = ()
    subject_codes: tuple[Embedded[str], ...] = ()
    about: tuple[Embedded[v.CvTerm], ...] = ()
    genres: tuple[Embedded[v.CvTerm], ...] = ()

    locations: tuple[Embedded[v.Location], ...] = ()
    positions: tuple[Embedded[v.Position], ...] = ()

    picture_ids: tuple[Embedded[str], ...] = ()
    registry_entries: tuple[Embedded[v.RegistryEntry], ...] = ()
    release_ready: tuple[Embedded[bool], ...] = ()  # the producer's claim, no release
    workflow_tags: tuple[Embedded[v.CvTerm], ...] = ()

    @property
    def has_position(self) -> bool:
        """Whether the file says where on earth this is, readable or not."""
        return bool(self.positions) or any(place.value.position is not None for place in self.locations)


Reader = Callable[[Node, s.Note], Iterable[object]]

_ADDRESSES: dict[str, str] = {
    "plus": s.PLUS,
    "Iptc4xmpExt": s.IPTC_EXT,
    "Iptc4xmpCore": s.IPTC_CORE,
    "dc": s.DC,
    "photoshop": s.PHOTOSHOP,
    "xmp": s.XMP,
    "xmpRights": s.XMP_RIGHTS,
    "exif": s.EXIF,
    "mwg-rs": s.MWG_REGIONS,
}

PROPERTIES: tuple[tuple[str, str, Reader], ...] = (  # property by its canonical prefix, field, reader
    ("plus:MinorModelAgeDisclosure", "youngest_age", s.youngest_age),
    ("Iptc4xmpExt:ModelAge", "model_ages", s.years),
    ("plus:ModelReleaseStatus", "model_release", s.codes(plus.MODEL_RELEASES)),
    ("plus:ModelReleaseID", "model_release_ids", s.texts),
    ("Iptc4xmpExt:PersonInImage", "people_named", s.people_named),
    ("Iptc4xmpExt:PersonInImageWDetails", "person_details", s.person),
    ("Iptc4xmpExt:AddlModelInfo", "model_information", s.privates),
    ("Iptc4xmpExt:ProductInImage", "products", s.product),
    ("Iptc4xmpExt:ArtworkOrObject", "artworks", s.artwork),
    ("Iptc4xmpExt:OrganisationInImageName", "organisations", s.texts),
    ("Iptc4xmpExt:OrganisationInImageCode", "organisation_codes", s.texts),
    ("Iptc4xmpExt:ImageRegion", "regions", s.region),
    ("mwg-rs:Regions", "regions", s.mwg_regions),
    ("plus:PropertyReleaseStatus", "property_release", s.codes(plus.PROPERTY_RELEASES)),
    ("plus:PropertyReleaseID", "property_release_ids", s.texts),
    ("Iptc4xmpExt:DigitalSourceType", "digital_source", s.digital_source),
    ("Iptc4xmpExt:AISystemUsed", "ai_system", s.texts),
    ("Iptc4xmpExt:AISystemVersionUsed", "ai_system_version", s.texts),
    ("Iptc4xmpExt:AIPromptInformation", "ai_prompt", s.texts),
    ("Iptc4xmpExt:AIPromptWriterName", "ai_prompt_writer", s.privates),
    ("plus:ImageType", "image_type", s.codes(plus.IMAGE_TYPES)),
    ("plus:DataMining", "data_mining", s.codes(plus.DATA_MINING)),
    ("plus:OtherConstraints", "other_constraints", s.words),
    ("plus:AdultContentWarning", "adult_content_warning", s.codes(plus.ADULT_CONTENT_WARNINGS)),
    ("plus:ImageAlterationConstraints", "alteration_constraints", s.codes(plus.ALTERATION_CONSTRAINTS)),
    ("xmpRights:UsageTerms", "usage_terms", s.words),
    ("xmpRights:WebStatement", "rights_page", s.texts),
    ("plus:LicenseStartDate", "licence_starts", s.days),
    ("plus:LicenseEndDate", "licence_ends", s.days),
    ("plus:MediaSummaryCode", "media_summary", s.texts),
    ("plus:MediaConstraints", "media_constraints", s.words),
    ("plus:RegionConstraints", "region_constraints", s.words),
    ("plus:ProductOrServiceConstraints", "product_constraints", s.words),
    ("photoshop:Instructions", "instructions", s.texts),
    ("dc:creator", "creators", s.privates),
    ("photoshop:AuthorsPosition", "creator_titles", s.privates),
    ("photoshop:CaptionWriter", "caption_writers", s.privates),
    ("Iptc4xmpExt:Contributor", "contributors", s.contributor),
    ("plus:ImageCreator", "parties", s.party("creator", "ImageCreator")),
    ("plus:ImageSupplier", "parties", s.party("supplier", "ImageSupplier")),
    ("plus:CopyrightOwner", "parties", s.party("copyright_owner", "CopyrightOwner")),
    ("plus:Licensor", "parties", s.party("licensor", "Licensor", ("Email", "Telephone1", "Telephone2", "URL"))),
    ("plus:Licensee", "parties", s.party("licensee", "Licensee")),
    ("plus:EndUser", "parties", s.party("end_user", "EndUser")),
    ("photoshop:Credit", "credit", s.texts),
    ("photoshop:Source", "source", s.texts),
    ("dc:rights", "rights", s.words),
    ("dc:description", "caption", s.words),
    ("photoshop:Headline", "headline", s.texts),
    ("dc:title", "title", s.words),
    ("dc:subject", "keywords", s.texts),
    ("Iptc4xmpCore:AltTextAccessibility", "alt_text", s.words),
    ("Iptc4xmpCore:ExtDescrAccessibility", "long_description", s.words),
    ("Iptc4xmpCore:Scene", "scenes", s.texts),
    ("Iptc4xmpCore:SubjectCode", "subject_codes", s.texts),
    ("Iptc4xmpExt:AboutCvTerm", "about", s.cv_term),
    ("Iptc4xmpExt:Genre", "genres", s.cv_term),
    ("Iptc4xmpExt:LocationShown", "locations", s.location("shown")),
    ("Iptc4xmpExt:LocationCreated", "locations", s.location("created")),
    ("Iptc4xmpCore:Location", "locations", s.place("sublocation")),
    ("photoshop:City", "locations", s.place("city")),
    ("photoshop:State", "locations", s.place("province")),
    ("photoshop:Country", "locations", s.place("country")),
    ("Iptc4xmpCore:CountryCode", "locations", s.place("country_code")),
    ("Iptc4xmpExt:DigImageGUID", "picture_ids", s.texts),
    ("Iptc4xmpExt:RegistryId", "registry_entries", s.registry_entry),
    ("Iptc4xmpExt:ReleaseReady", "release_ready", s.flags),
    ("Iptc4xmpExt:WorkflowTag", "workflow_tags", s.cv_term),
)

# What says nothing of people, products, works or licences: when it cannot be read, nothing is lost that a rule needs.
CONTEXT = frozenset(
    {
        "xmpRights:WebStatement", "photoshop:Credit", "photoshop:Source", "dc:rights", "Iptc4xmpCore:Scene",
        "Iptc4xmpCore:SubjectCode", "Iptc4xmpExt:AboutCvTerm", "Iptc4xmpExt:Genre", "photoshop:City",
        "photoshop:State", "photoshop:Country", "Iptc4xmpCore:CountryCode", "Iptc4xmpExt:DigImageGUID",
        "Iptc4xmpExt:RegistryId", "Iptc4xmpExt:ReleaseReady", "Iptc4xmpExt:WorkflowTag", "plus:DataMining",
        "dc:creator", "photoshop:AuthorsPosition", "photoshop:CaptionWriter", "Iptc4xmpExt:Contributor",
        "plus:ImageCreator", "plus:ImageSupplier", "plus:CopyrightOwner", "plus:Licensor", "plus:Licensee",
        "plus:EndUser", "exif:DateTimeOriginal", "photoshop:DateCreated",
    }
)  # fmt: skip

_NAMES: dict[str, Name] = {
    known: (_ADDRESSES[known.partition(":")[0]], known.partition(":")[2]) for known, _, _ in PROPERTIES
}

_IIM: dict[int, tuple[str, str, Callable[[str], object]]] = {  # data set of record 2: its name, field, reader
    5: ("object name", "title", v.Words),
    12: ("subject reference", "subject_codes", str),
    25: ("keyword", "keywords", str),
    40: ("special instructions", "instructions", str),
    80: ("by-line", "creators", v.Private),
    85: ("by-line title", "creator_titles", v.Private),
    90: ("city", "locations", lambda text: s.created_at("city", text)),
    92: ("sublocation", "locations", lambda text: s.created_at("sublocation", text)),
    95: ("province or state", "locations", lambda text: s.created_at("province", text)),
    100: ("country code", "locations", lambda text: s.created_at("country_code", text)),
    101: ("country", "locations", lambda text: s.created_at("country", text)),
    105: ("headline", "headline", str),
    110: ("credit", "credit", str),
    115: ("source", "source", str),
    116: ("copyright notice", "rights", v.Words),
    120: ("caption", "caption", v.Words),
    122: ("caption writer", "caption_writers", v.Private),
}


def read_metadata(picture: Path | bytes) -> Metadata:
    """What a picture file says of itself.

    Raises LastlookError when the file cannot be opened or is no picture of a known format. Everything else that is
    wrong with it is listed under `unreadable`: what stood there is unknown.
    """
    return metadata_in(read_packets(picture))


def metadata_in(packets: Packets) -> Metadata:
    """What the packets of a picture file say; what is wrong with them is listed under `unreadable`."""
    gathered = _Gathered(packets.unreadable)
    for packet in packets.xmp:
        gathered.xmp(read_rdf(packet.data, packet.name), packet.name)
    for packet in packets.iim:
        gathered.iim(read_iim(packet.data, packet.name), packet.name)
    for number, page in enumerate(packets.exif, start=1):
        gathered.exif(exif_of(page), "EXIF" if number == 1 else f"EXIF {number}")
    names = [packet.name for packet in (*packets.xmp, *packets.iim)]
    if any(exif_of(page) != Exif() for page in packets.exif):
        names.append("EXIF")
    fields: dict[str, Any] = {field: tuple(values) for field, values in gathered.fields.items()}
    return Metadata(format=packets.format, packets=tuple(names), unreadable=tuple(gathered.notes), **fields)


class _Gathered:
    """The values of all packets, by field."""

    def __init__(self, unreadable: Iterable[Unreadable]) -> None:
        self.fields: dict[str, list[Embedded[object]]] = {}
        self.notes = Notes(unreadable)

    def add(self, field: str, value: object, named: str) -> None:
        self.fields.setdefault(field, []).append(Embedded(value, named))

    def xmp(self, properties: Properties, packet: str) -> None:
        self._note_all(properties.unreadable)
        for known, field, read in PROPERTIES:
            named = f"{packet} {known}"
            for node in properties.values.get(_NAMES[known], ()):
                for value in read(node, partial(self.notes.add, where=named)):
                    self.add(field, value, named)
        self._positions(properties, packet)
        for known in ("exif:DateTimeOriginal", "photoshop:DateCreated"):
            for text in self._texts(properties, packet, known):
                self.add("taken", text, f"{packet} {known}")

    def _positions(self, properties: Properties, packet: str) -> None:
        latitudes = self._texts(properties, packet, "exif:GPSLatitude")
        longitudes = self._texts(properties, packet, "exif:GPSLongitude")
        for latitude, longitude in zip_longest(latitudes, longitudes, fillvalue=""):
            self.add("positions", s.position_of(latitude, longitude), f"{packet} exif:GPSLatitude")

    def _texts(self, properties: Properties, packet: str, known: str) -> tuple[str, ...]:
        prefix, _, local = known.partition(":")
        note = partial(self.notes.add, where=f"{packet} {known}")
        return tuple(
            text for node in properties.values.get((_ADDRESSES[prefix], local), ()) for text in s.texts(node, note)
        )

    def iim(self, iim: Iim, packet: str) -> None:
        self._note_all(iim.unreadable)
        self.add("iim_charsets", iim.charset, f"{packet} 1:90 coded character set")
        for dataset in iim.datasets:
            if dataset.number in _IIM and dataset.text:
                name, field, read = _IIM[dataset.number]
                self.add(field, read(dataset.text), f"{packet} 2:{dataset.number} {name}")

    def exif(self, exif: Exif, packet: str) -> None:
        said: tuple[tuple[str, object, str], ...] = (
            ("orientation", exif.orientation, "Orientation"),
            ("taken", exif.taken, "DateTimeOriginal"),
            ("creators", exif.artist and v.Private(exif.artist), "Artist"),
            ("caption", exif.description and v.Words(exif.description), "ImageDescription"),
            ("rights", exif.copyright and v.Words(exif.copyright), "Copyright"),
            ("positions", exif.position, "GPSLatitude"),
            ("title", exif.title and v.Words(exif.title), "XPTitle"),
            ("caption", exif.comment and v.Words(exif.comment), "XPComment"),
            ("creators", exif.author and v.Private(exif.author), "XPAuthor"),
            ("headline", exif.subject, "XPSubject"),
            *(("keywords", word.strip(), "XPKeywords") for word in (exif.keywords or "").split(";") if word.strip()),
        )
        for field, value, name in said:
            if value is not None:
                self.add(field, value, f"{packet} {name}")

    def _note_all(self, unreadable: Iterable[Unreadable]) -> None:
        for note in unreadable:
            self.notes.add(note.what, note.where)
