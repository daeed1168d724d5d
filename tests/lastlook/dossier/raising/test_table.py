"""The table of standards.md, A.2: every property that another tool wrote raises what it has to, in every format.

What a property does not raise (`[]`) is context: it is shown, and asks nothing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lastlook.campaigns.vocabulary import DECISION_RIGHTS
from lastlook.checking.case import Picture
from lastlook.dossier.metadata.containers import read_packets
from lastlook.dossier.metadata.credentials import Credentials
from lastlook.dossier.metadata.embedded import CONTEXT
from lastlook.dossier.raising.file import raised_by
from lastlook.facts.element import Element
from tests.lastlook.dossier.conftest import Embeds, Writes, WritesAll
from tests.lastlook.dossier.metadata.made import FORMATS, a_packet
from tests.world.campaigns import Written, a_campaign, an_asset

Row = tuple[str, object, str]  # where, the value, the words with it
PERSON, CHILD = ("people", "person", ""), ("people", "person: age 0 to 17", "")
NAMES, PLACE = ("file.names_people", True, ""), ("file.tells_place", True, "")
DESCRIBES = ("file.describes_people", True, "")
GENERATED, COMPOSED = "retouch.generative_parts", "retouch.composite"
PHOTOGRAPHER, WRITER = ("held.photography", True, ""), ("held.copy", True, "")
WHISKY = ("props", "alcohol", "")
THREE = ["A. Nonym", "B. Nonym", "C. Nonym"]


def limit(code: str, words: str) -> Row:
    return "licence.limits", code, words


# Of a picture with two grown people, in which nothing else is known. Property, what ExifTool is told, what is raised.
WRITTEN: list[tuple[str, dict[str, object], list[Row]]] = [
    ("plus:MinorModelAgeDisclosure", {"XMP-plus:MinorModelAgeDisclosure": "Age 14 or Under"},
     [("people", "person: age 0 to 14", "")]),
    ("Iptc4xmpExt:ModelAge", {"XMP-iptcExt:ModelAge": [6]}, [("people", "person: age 6", "")]),
    ("plus:ModelReleaseStatus", {"XMP-plus:ModelReleaseStatus": "Limited or Incomplete Model Releases"},
     [("release.model", "limited", "")]),
    ("plus:ModelReleaseID", {"XMP-plus:ModelReleaseID": ["MR-1"]}, [("release.model", "limited", "1 of 2")]),
    ("Iptc4xmpExt:PersonInImage", {"XMP-iptcExt:PersonInImage": THREE}, [PERSON, NAMES]),
    ("Iptc4xmpExt:PersonInImageWDetails",
     {"XMP-iptcExt:PersonInImageWDetails":
      [{"PersonName": name, "PersonDescription": "sits and waves"} for name in THREE]},
     [PERSON, DESCRIBES, NAMES]),
    ("Iptc4xmpExt:AddlModelInfo", {"XMP-iptcExt:AdditionalModelInformation": "left-handed"}, [DESCRIBES]),
    ("Iptc4xmpExt:ProductInImage", {"XMP-iptcExt:ProductInImage": [{"ProductGTIN": "04006381333931"}]},
     [("products", "product: gtin 04006381333931", "")]),
    ("Iptc4xmpExt:ArtworkOrObject", {"XMP-iptcExt:ArtworkOrObject": [{"AOTitle": "Harbour"}]},
     [("legible", "legible: what artwork", "Harbour")]),
    ("plus:PropertyReleaseStatus", {"XMP-plus:PropertyReleaseStatus": "Limited or Incomplete Property Releases"},
     [("release.property", "limited", "")]),
    ("Iptc4xmpExt:OrganisationInImageName", {"XMP-iptcExt:OrganisationInImageName": ["Other House"]},
     [("legible", "legible: what sign, third_party_work True", "Other House")]),
    ("Iptc4xmpExt:OrganisationInImageCode", {"XMP-iptcExt:OrganisationInImageCode": ["OH"]},
     [("legible", "legible: what sign, third_party_work True", "OH")]),
    ("mwg-rs:Regions",
     {"XMP-mwg-rs:RegionInfo": {
         "AppliedToDimensions": {"W": 16, "H": 12, "Unit": "pixel"},
         "RegionList": [
             {"Area": {"X": x, "Y": 0.5, "W": 0.25, "H": 0.5, "Unit": "normalized"}, "Type": "Face", "Name": name}
             for x, name in zip((0.25, 0.5, 0.75), THREE, strict=True)
         ]}},
     [PERSON, NAMES]),
    ("Iptc4xmpExt:DigitalSourceType",
     {"XMP-iptcExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic"},
     [(GENERATED, True, "compositeSynthetic"), (COMPOSED, True, "compositeSynthetic")]),
    ("plus:ImageType", {"XMP-plus:ImageType": "Multimedia or Composited Image"}, [(COMPOSED, True, "")]),
    ("plus:AdultContentWarning", {"XMP-plus:AdultContentWarning": "Adult Content Warning Required"},
     [("themes", "sexual_content", "")]),
    ("plus:ImageAlterationConstraints", {"XMP-plus:ImageAlterationConstraints": ["No Cropping", "No Merging"]},
     [limit("cropping", "no cropping"), limit("merging", "no merging")]),
    ("plus:OtherConstraints", {"XMP-plus:OtherConstraints": "Not in print."}, [limit("other", "Not in print.")]),
    ("plus:MediaSummaryCode", {"XMP-plus:MediaSummaryCode": "|PLUS|V0121|U001|1IAA1UAA|"},
     [limit("media", "|PLUS|V0121|U001|1IAA1UAA|")]),
    ("plus:MediaConstraints", {"XMP-plus:MediaConstraints": "No television."}, [limit("media", "No television.")]),
    ("plus:RegionConstraints", {"XMP-plus:RegionConstraints": "Europe."}, [limit("regions", "Europe.")]),
    ("plus:ProductOrServiceConstraints", {"XMP-plus:ProductOrServiceConstraints": "No alcohol."},
     [limit("products", "No alcohol.")]),
    ("plus:LicenseStartDate", {"XMP-plus:LicenseStartDate": "2026:12:02"}, [limit("time", "from 2026-12-02")]),
    ("plus:LicenseEndDate", {"XMP-plus:LicenseEndDate": "2027:01:05"}, [limit("time", "until 2027-01-05")]),
    ("xmpRights:UsageTerms", {"XMP-xmpRights:UsageTerms": "Editorial only."},
     [limit("advertising", "Editorial only.")]),
    ("photoshop:Instructions", {"XMP-photoshop:Instructions": "Not for use with toys."},
     [limit("products", "Not for use with toys.")]),
    ("dc:creator", {"XMP-dc:Creator": ["A. Nonym"]}, [PHOTOGRAPHER]),
    ("photoshop:AuthorsPosition", {"XMP-photoshop:AuthorsPosition": "photographer"}, [PHOTOGRAPHER]),
    ("photoshop:CaptionWriter", {"XMP-photoshop:CaptionWriter": "AN"}, [WRITER]),
    ("Iptc4xmpExt:Contributor",
     {"XMP-iptcExt:Contributor": [{"Name": "A. Nonym",
                                   "Role": ["http://cv.iptc.org/newscodes/contentprodpartyrole/origcont"]}]},
     [("held.combination", True, "")]),
    ("plus:ImageCreator", {"XMP-plus:ImageCreator": [{"ImageCreatorName": "A. Nonym"}]}, [PHOTOGRAPHER]),
    ("dc:subject", {"XMP-dc:Subject": ["toys", "children", "whisky"]}, [CHILD, WHISKY]),
    ("dc:description", {"XMP-dc:Description": "Whisky, and a child at the window"}, [CHILD, WHISKY]),
    ("dc:title", {"XMP-dc:Title": "Whisky 3"}, [WHISKY]),
    ("photoshop:Headline", {"XMP-photoshop:Headline": "A whisky"}, [WHISKY]),
    ("Iptc4xmpCore:AltTextAccessibility", {"XMP-iptcCore:AltTextAccessibility": "Whisky"}, [WHISKY]),
    ("Iptc4xmpCore:ExtDescrAccessibility", {"XMP-iptcCore:ExtDescrAccessibility": "A glass of whisky."}, [WHISKY]),
]  # fmt: skip

# Of a picture of which nobody said who is in it: it may be a child.
PLACES: list[tuple[str, dict[str, object], list[Row]]] = [
    ("Iptc4xmpExt:LocationShown",
     {"XMP-iptcExt:LocationShown": [{"City": "Paris", "Sublocation": "Rue Exemple 4"}]}, [PLACE]),
    ("Iptc4xmpExt:LocationCreated",
     {"XMP-iptcExt:LocationCreated": [{"City": "Lyon", "GPSLatitude": 48.5, "GPSLongitude": 2.25}]}, [PLACE]),
    ("Iptc4xmpCore:Location", {"XMP-iptcCore:Location": "Studio 2"}, [PLACE]),
    ("exif:GPSLatitude", {"XMP-exif:GPSLatitude": 45.75, "XMP-exif:GPSLongitude": -4.5}, [PLACE]),
    ("Iptc4xmpExt:LocationShown of a town", {"XMP-iptcExt:LocationShown": [{"City": "Paris"}]}, []),
]  # fmt: skip

# Older ExifTools do not know these: they are embedded as they are.
EMBEDDED: list[tuple[str, str, list[Row]]] = [
    ("Iptc4xmpExt:AISystemUsed", "Paintbox", [(GENERATED, True, "Paintbox")]),
    ("Iptc4xmpExt:AISystemVersionUsed", "4.1", [(GENERATED, True, "4.1")]),
    ("Iptc4xmpExt:AIPromptInformation", "a glass of whisky",
     [WHISKY, (GENERATED, True, "a glass of whisky")]),
    ("Iptc4xmpExt:AIPromptWriterName", "A. Nonym", [(GENERATED, True, ""), ("held.retouching", True, "")]),
    ("plus:DataMining", "DMI-PROHIBITED", []),
    ("Iptc4xmpExt:ImageRegion",
     ("<rdf:Bag><rdf:li rdf:parseType='Resource'><Iptc4xmpExt:RegionBoundary rdf:parseType='Resource'>"
     "<Iptc4xmpExt:rbShape>rectangle</Iptc4xmpExt:rbShape><Iptc4xmpExt:rbUnit>pixel</Iptc4xmpExt:rbUnit>"
     "<Iptc4xmpExt:rbX>4</Iptc4xmpExt:rbX><Iptc4xmpExt:rbY>3</Iptc4xmpExt:rbY>"
     "<Iptc4xmpExt:rbW>8</Iptc4xmpExt:rbW><Iptc4xmpExt:rbH>6</Iptc4xmpExt:rbH></Iptc4xmpExt:RegionBoundary>"
     "<Iptc4xmpExt:ProductInImage><rdf:Bag><rdf:li rdf:parseType='Resource'>"
     "<Iptc4xmpExt:ProductGTIN>96385074</Iptc4xmpExt:ProductGTIN></rdf:li></rdf:Bag></Iptc4xmpExt:ProductInImage>"
     "</rdf:li></rdf:Bag>"),
     [("products", "product: gtin 96385074 at (0.25, 0.25, 0.5, 0.5)", "")]),
]  # fmt: skip

IIM: list[tuple[str, dict[str, object], list[Row]]] = [
    ("2:5 object name", {"IPTC:ObjectName": "whisky 3"}, [WHISKY]),
    ("2:25 keyword", {"IPTC:Keywords": ["whisky", "children"]}, [CHILD, WHISKY]),
    ("2:40 special instructions", {"IPTC:SpecialInstructions": "Sperrfrist"}, [limit("time", "Sperrfrist")]),
    ("2:80 by-line", {"IPTC:By-line": ["A. Nonym"]}, [PHOTOGRAPHER]),
    ("2:85 by-line title", {"IPTC:By-lineTitle": ["photographer"]}, [PHOTOGRAPHER]),
    ("2:105 headline", {"IPTC:Headline": "Whisky"}, [WHISKY]),
    ("2:120 caption", {"IPTC:Caption-Abstract": "A whisky"}, [WHISKY]),
    ("2:122 caption writer", {"IPTC:Writer-Editor": ["AN"]}, [WRITER]),
]
EXIF: list[tuple[str, dict[str, object], list[Row]]] = [
    ("Artist", {"EXIF:Artist": "A. Nonym"}, [PHOTOGRAPHER]),
    ("ImageDescription", {"EXIF:ImageDescription": "A whisky"}, [WHISKY]),
]
NOT_ASKED = (  # beside CONTEXT: what has no use by itself
    "plus:PropertyReleaseID",
)

NOBODY_HELD = [{"right": right, "holder": "none"} for right in DECISION_RIGHTS]
GROWN = {"people": [{"age": 29}, {"age": 30}]}


def raised_from(path: Path, shows: Written | None = None) -> tuple[list[Row], set[str]]:
    """What is raised on a picture, and the properties that raised it."""
    case = a_campaign(an_asset(shows=shows), decisions=NOBODY_HELD)
    picture = Picture(file="look-01.jpg", sha256="0" * 64, width=16, height=12)
    asset, _, notes = raised_by(read_packets(path), Credentials("absent"), case.assets[0], picture, case.campaign)
    assert notes == []
    return in_order(rows_of(asset)), set(sources_of(asset))


def in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=str)


def rows_of(asset: Element) -> list[Row]:
    rows: list[Row] = []
    for name, listing in asset.lists.items():
        for member in listing.raised_members:
            facts = ", ".join(f"{fact} {each.value}" for fact, of in member.facts.items() for each in of.raised)
            words = next((each.words for of in member.facts.values() for each in of.raised), "")
            at = f" at {member.region}" if member.region else ""
            rows.append((name, f"{member.noun}{': ' if facts else ''}{facts}{at}", words))
        rows += [(name, each.value, each.words) for each in listing.raised]
    for name, fact in asset.facts.items():
        rows += [(name, each.value, each.words) for each in fact.raised]
    return rows


def sources_of(asset: Element) -> list[str]:
    listings = asset.lists.values()
    places = [member.source for listing in listings for member in listing.raised_members]
    places += [each.source for listing in listings for each in listing.raised]
    places += [each.source for fact in asset.facts.values() for each in fact.raised]
    assert {place.file for place in places if place} <= {"look-01.jpg"}
    return [place.field for place in places if place]


@pytest.mark.parametrize(("name", "told", "expected"), WRITTEN, ids=[name for name, _, _ in WRITTEN])
def test_what_another_tool_wrote_raises_its_fact_in_every_format(
    name: str, told: dict[str, object], expected: list[Row], written_in_all: WritesAll
) -> None:
    for kind, path in written_in_all(told).items():
        assert raised_from(path, GROWN) == (in_order(expected), {f"XMP {name}"}), kind


@pytest.mark.parametrize(("name", "told", "expected"), PLACES, ids=[name for name, _, _ in PLACES])
def test_an_exact_place_matters_where_a_child_may_be_shown(
    name: str, told: dict[str, object], expected: list[Row], written_in_all: WritesAll
) -> None:
    for kind, path in written_in_all(told).items():
        assert raised_from(path) == (in_order(expected), {f"XMP {name}"} if expected else set()), kind
        assert raised_from(path, GROWN) == ([], set()), kind


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(("name", "inside", "expected"), EMBEDDED, ids=[name for name, _, _ in EMBEDDED])
def test_the_newer_properties_raise_their_facts(
    kind: str, name: str, inside: str, expected: list[Row], embedded: Embeds
) -> None:
    path = embedded(kind, a_packet(f"<{name}>{inside}</{name}>").encode())
    assert raised_from(path, GROWN) == (in_order(expected), {f"XMP {name}"} if expected else set())


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
@pytest.mark.parametrize(("name", "told", "expected"), IIM, ids=[name for name, _, _ in IIM])
def test_the_legacy_data_sets_raise_the_same_facts(
    kind: str, name: str, told: dict[str, object], expected: list[Row], written: Writes
) -> None:
    assert raised_from(written(kind, told), GROWN) == (in_order(expected), {f"IIM {name}"})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize(("name", "told", "expected"), EXIF, ids=[name for name, _, _ in EXIF])
def test_exif_raises_the_same_facts(
    kind: str, name: str, told: dict[str, object], expected: list[Row], written: Writes
) -> None:
    assert raised_from(written(kind, told), GROWN) == (in_order(expected), {f"EXIF {name}"})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_position_in_exif_matters_where_a_child_may_be_shown(kind: str, written: Writes) -> None:
    place = {
        "EXIF:GPSLatitude": 48.5,
        "EXIF:GPSLatitudeRef": "N",
        "EXIF:GPSLongitude": 2.25,
        "EXIF:GPSLongitudeRef": "E",
    }
    path = written(kind, place)
    assert raised_from(path, {"people": [{"age": 9}]}) == ([PLACE], {"EXIF GPSLatitude"})
    assert raised_from(path, GROWN) == ([], set())


@pytest.mark.parametrize("kind", FORMATS)
def test_a_mimic_in_another_namespace_raises_nothing(kind: str, embedded: Embeds) -> None:
    mimic = a_packet(
        "<evil:MinorModelAgeDisclosure>AG-U14</evil:MinorModelAgeDisclosure><evil:AISystemUsed>x</evil:AISystemUsed>",
        'evil:ModelAge="6"',
    )
    assert raised_from(embedded(kind, mimic.encode()), GROWN) == ([], set())


def test_every_property_that_is_read_raises_something_or_is_context() -> None:
    from lastlook.dossier.metadata.embedded import PROPERTIES

    tried = {name for name, _, rows in (*WRITTEN, *EMBEDDED, *PLACES) if rows}
    assert {name for name, _, _ in PROPERTIES} - tried - CONTEXT == set(NOT_ASKED)
    assert not tried & set(NOT_ASKED)
