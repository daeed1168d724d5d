"""Every property that is read comes back from files that another tool wrote, in every format it writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import get_args

import msgspec
import pytest

from lastlook.dossier.metadata import values as v
from lastlook.dossier.metadata.containers import Format
from lastlook.dossier.metadata.embedded import Metadata, read_metadata
from lastlook.dossier.metadata.shapes import MWG_REGIONS
from lastlook.dossier.metadata.values import Embedded
from lastlook.facts.values import Ages
from tests.lastlook.dossier.conftest import Embeds, Writes
from tests.lastlook.dossier.metadata.made import a_packet

FORMATS: tuple[Format, ...] = get_args(Format)
WITH_IIM = ("JPEG", "TIFF", "PNG")
WITH_EXIF = ("JPEG", "PNG", "WEBP", "TIFF", "AVIF")

REGION_TYPE = "http://cv.iptc.org/newscodes/imageregiontype/human"
REGION_ROLE = "http://cv.iptc.org/newscodes/imageregionrole/mainSubject"

SAID_IN_XMP: dict[str, object] = {
    "XMP-plus:MinorModelAgeDisclosure": "Age 14 or Under",
    "XMP-iptcExt:ModelAge": [6, 29],
    "XMP-plus:ModelReleaseStatus": "Limited or Incomplete Model Releases",
    "XMP-plus:ModelReleaseID": ["MR-1", "MR-2"],
    "XMP-iptcExt:PersonInImage": ["Nadja Muster", "Otto Muster"],
    "XMP-iptcExt:PersonInImageWDetails": [
        {
            "PersonId": ["https://people.example/1"],
            "PersonName": "Nadja Muster",
            "PersonDescription": "sits and waves",
            "PersonCharacteristic": [
                {"CvId": "https://cv.example/", "CvTermId": "https://cv.example/tall", "CvTermName": "tall"}
            ],
        }
    ],
    "XMP-iptcExt:AdditionalModelInformation": "left-handed",
    "XMP-iptcExt:ProductInImage": [
        {
            "ProductName": "Plush bear",
            "ProductGTIN": "04006381333931",
            "ProductDescription": "A bear, brown",
            "ProductId": "urn:bear:1",
        },
        {"ProductName": "Lamp", "ProductGTIN": "04006381333932"},
    ],
    "XMP-iptcExt:ArtworkOrObject": [
        {
            "AOTitle": "Harbour",
            "AOContentDescription": "boats",
            "AOContributionDescription": "frame",
            "AOPhysicalDescription": "oil",
            "AOCreator": ["Ann Maler"],
            "AOCreatorId": ["urn:ann"],
            "AODateCreated": "1908:05:01",
            "AOCircaDateCreated": "about 1908",
            "AOStylePeriod": ["Fauvism"],
            "AOSource": "Museum",
            "AOSourceInvNo": "7",
            "AOSourceInvURL": "https://museum.example/7",
            "AOCopyrightNotice": "none known",
            "AOCurrentCopyrightOwnerName": "Estate",
            "AOCurrentCopyrightOwnerId": "urn:estate",
            "AOCurrentLicensorName": "Agency",
            "AOCurrentLicensorId": "urn:agency",
        }
    ],
    "XMP-iptcExt:OrganisationInImageName": ["Maison Exemple"],
    "XMP-iptcExt:OrganisationInImageCode": ["ME"],
    "XMP-iptcExt:ImageRegion": [
        {
            "rId": "r1",
            "Name": "left",
            "RegionBoundary": {
                "rbShape": "rectangle", "rbUnit": "relative", "rbX": 0.25, "rbY": 0.5, "rbW": 0.125, "rbH": 0.25,
            },
            "rCtype": [{"Name": "human", "Identifier": [REGION_TYPE]}],
            "rRole": [{"Name": "main", "Identifier": [REGION_ROLE]}],
        },
        {
            "rId": "r2",
            "RegionBoundary": {
                "rbShape": "polygon",
                "rbUnit": "pixel",
                "rbVertices": [{"rbX": 1, "rbY": 2}, {"rbX": 3, "rbY": 4}, {"rbX": 5, "rbY": 1}],
            },
        },
        {
            "rId": "r3",
            "RegionBoundary": {"rbShape": "circle", "rbUnit": "relative", "rbX": 0.5, "rbY": 0.75, "rbRx": 0.125},
        },
    ],
    "XMP-mwg-rs:RegionInfo": {
        "AppliedToDimensions": {"W": 16, "H": 12, "Unit": "pixel"},
        "RegionList": [
            {
                "Area": {"X": 0.5, "Y": 0.5, "W": 0.25, "H": 0.5, "Unit": "normalized"},
                "Type": "Face",
                "Name": "Nadja Muster",
            }
        ],
    },
    "XMP-plus:PropertyReleaseStatus": "Limited or Incomplete Property Releases",
    "XMP-plus:PropertyReleaseID": ["PR-1"],
    "XMP-iptcExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic",
    "XMP-plus:OtherConstraints": "Not in print.",
    "XMP-plus:AdultContentWarning": "Adult Content Warning Required",
    "XMP-plus:ImageAlterationConstraints": ["No Cropping", "No Merging"],
    "XMP-plus:ImageType": "Multimedia or Composited Image",
    "XMP-xmpRights:UsageTerms": "Editorial only.",
    "XMP-xmpRights:WebStatement": "https://rights.example/",
    "XMP-plus:LicenseStartDate": "2026:12:01",
    "XMP-plus:LicenseEndDate": "2027:01:06 23:00:00+01:00",
    "XMP-plus:MediaSummaryCode": "|PLUS|V0121|U001|1IAA1UAA|",
    "XMP-plus:MediaConstraints": "No television.",
    "XMP-plus:RegionConstraints": "Europe.",
    "XMP-plus:ProductOrServiceConstraints": "No alcohol.",
    "XMP-photoshop:Instructions": "Not with toys.",
    "XMP-dc:Creator": ["Ann Licht"],
    "XMP-photoshop:AuthorsPosition": "photographer",
    "XMP-photoshop:CaptionWriter": "BW",
    "XMP-iptcExt:Contributor": [
        {
            "Identifier": ["urn:stylist"],
            "Name": "Sam Stil",
            "Role": ["http://cv.iptc.org/newscodes/contentprodpartyrole/origcont"],
        }
    ],
    "XMP-plus:ImageCreator": [{"ImageCreatorName": "Ann Licht", "ImageCreatorID": "urn:ann"}],
    "XMP-plus:ImageSupplier": [{"ImageSupplierName": "Agency", "ImageSupplierID": "urn:agency"}],
    "XMP-plus:CopyrightOwner": [{"CopyrightOwnerName": "House", "CopyrightOwnerID": "urn:house"}],
    "XMP-plus:Licensor": [
        {
            "LicensorName": "Agency",
            "LicensorID": "urn:agency",
            "LicensorEmail": "desk@agency.example",
            "LicensorURL": "https://agency.example/",
        }
    ],
    "XMP-plus:Licensee": [{"LicenseeName": "House"}],
    "XMP-plus:EndUser": [{"EndUserName": "Brand"}],
    "XMP-photoshop:Credit": "Agency/Licht",
    "XMP-photoshop:Source": "House archive",
    "XMP-dc:Rights": "(c) House",
    "XMP-dc:Description": "A bear at the window",
    "XMP-dc:Description-de": "Ein Bär am Fenster",
    "XMP-photoshop:Headline": "Bear",
    "XMP-dc:Title": "window-3",
    "XMP-dc:Subject": ["bear", "holiday"],
    "XMP-iptcCore:AltTextAccessibility": "Bear",
    "XMP-iptcCore:ExtDescrAccessibility": "A bear sits at the window.",
    "XMP-iptcCore:Scene": ["010100"],
    "XMP-iptcCore:SubjectCode": ["01000000"],
    "XMP-iptcExt:AboutCvTerm": [{"CvId": "urn:cv", "CvTermId": "urn:cv:1", "CvTermName": "toys"}],
    "XMP-iptcExt:Genre": [{"CvId": "urn:genre", "CvTermId": "urn:genre:2", "CvTermName": "advert"}],
    "XMP-iptcExt:LocationShown": [
        {
            "LocationId": ["urn:place"],
            "LocationName": "The corner",
            "Sublocation": "Rue Exemple 4",
            "City": "Paris",
            "ProvinceState": "Île-de-France",
            "CountryName": "France",
            "CountryCode": "FR",
            "GPSLatitude": 48.5,
            "GPSLongitude": 2.25,
        }
    ],
    "XMP-iptcExt:LocationCreated": [{"City": "Lyon"}],
    "XMP-iptcCore:Location": "Studio 2",
    "XMP-photoshop:City": "Lyon",
    "XMP-photoshop:State": "Rhône",
    "XMP-photoshop:Country": "France",
    "XMP-iptcCore:CountryCode": "FR",
    "XMP-exif:GPSLatitude": 45.75,
    "XMP-exif:GPSLongitude": -4.5,
    "XMP-exif:DateTimeOriginal": "2026:10:12 09:30:00",
    "XMP-photoshop:DateCreated": "2026:10:12",
    "XMP-iptcExt:DigitalImageGUID": "guid-1",
    "XMP-iptcExt:RegistryID": [
        {"RegItemId": "item-1", "RegOrgId": "urn:registry", "RegEntryRole": "delivery"},
    ],
    "XMP-iptcExt:ReleaseReady": True,
    "XMP-iptcExt:WorkflowTag": {"CvId": "urn:flow", "CvTermId": "urn:flow:done", "CvTermName": "done"},
}  # fmt: skip


def words(text: str, language: str | None = "x-default") -> v.Words:
    return v.Words(text, language)


def private(*texts: str) -> tuple[v.Private, ...]:
    return tuple(v.Private(text) for text in texts)


XMP: dict[str, list[tuple[object, str]]] = {  # field: values with the property each came from
    "youngest_age": [(v.YoungestAge("AG-U14", Ages(0, 14)), "plus:MinorModelAgeDisclosure")],
    "model_ages": [(6, "Iptc4xmpExt:ModelAge"), (29, "Iptc4xmpExt:ModelAge")],
    "model_release": [("MR-LMR", "plus:ModelReleaseStatus")],
    "model_release_ids": [("MR-1", "plus:ModelReleaseID"), ("MR-2", "plus:ModelReleaseID")],
    "people_named": [(v.PeopleNamed(2, private("Nadja Muster", "Otto Muster")), "Iptc4xmpExt:PersonInImage")],
    "person_details": [
        (
            v.PersonDetails(
                ids=private("https://people.example/1"),
                names=private("Nadja Muster"),
                descriptions=private("sits and waves"),
                characteristics=(
                    v.PrivateTerm("https://cv.example/", v.Private("https://cv.example/tall"), private("tall")),
                ),
            ),
            "Iptc4xmpExt:PersonInImageWDetails",
        )
    ],
    "model_information": [(v.Private("left-handed"), "Iptc4xmpExt:AddlModelInfo")],
    "products": [
        (
            v.ProductShown(
                (words("Plush bear"),), "04006381333931", True, (words("A bear, brown"),), "urn:bear:1"
            ),
            "Iptc4xmpExt:ProductInImage",
        ),
        (v.ProductShown((words("Lamp"),), "04006381333932", False), "Iptc4xmpExt:ProductInImage"),
    ],
    "artworks": [
        (
            v.ArtworkShown(
                titles=(words("Harbour"),),
                contents=(words("boats"),),
                contributions=(words("frame"),),
                physical=(words("oil"),),
                creators=private("Ann Maler"),
                creator_ids=private("urn:ann"),
                made_on="1908-05-01",
                made_about="about 1908",
                periods=("Fauvism",),
                source="Museum",
                inventory_number="7",
                inventory_url="https://museum.example/7",
                copyright_notice="none known",
                copyright_owner=v.Private("Estate"),
                copyright_owner_id="urn:estate",
                licensor=v.Private("Agency"),
                licensor_id="urn:agency",
            ),
            "Iptc4xmpExt:ArtworkOrObject",
        )
    ],
    "organisations": [("Maison Exemple", "Iptc4xmpExt:OrganisationInImageName")],
    "organisation_codes": [("ME", "Iptc4xmpExt:OrganisationInImageCode")],
    "regions": [
        (
            v.Region(
                "rectangle", "relative", 0.25, 0.5, 0.125, 0.25,
                id="r1",
                names=private("left"),
                contents=(v.CvTerm(id=REGION_TYPE, names=(words("human"),)),),
                roles=(v.CvTerm(id=REGION_ROLE, names=(words("main"),)),),
            ),
            "Iptc4xmpExt:ImageRegion",
        ),
        (v.Region("polygon", "pixel", vertices=((1, 2), (3, 4), (5, 1)), id="r2"), "Iptc4xmpExt:ImageRegion"),
        (v.Region("circle", "relative", 0.5, 0.75, radius=0.125, id="r3"), "Iptc4xmpExt:ImageRegion"),
        (
            v.Region(
                "rectangle", "relative", 0.375, 0.25, 0.25, 0.5,
                names=private("Nadja Muster"),
                contents=(v.CvTerm(MWG_REGIONS, "Face"),),
                people=private("Nadja Muster"),
            ),
            "mwg-rs:Regions",
        ),
    ],
    "property_release": [("PR-LPR", "plus:PropertyReleaseStatus")],
    "property_release_ids": [("PR-1", "plus:PropertyReleaseID")],
    "digital_source": [
        (v.DigitalSource("compositeSynthetic", "generative_part"), "Iptc4xmpExt:DigitalSourceType"),
    ],
    "other_constraints": [(words("Not in print."), "plus:OtherConstraints")],
    "adult_content_warning": [("CW-AWR", "plus:AdultContentWarning")],
    "alteration_constraints": [
        ("AL-CRP", "plus:ImageAlterationConstraints"),
        ("AL-MRG", "plus:ImageAlterationConstraints"),
    ],
    "image_type": [("TY-MCI", "plus:ImageType")],
    "usage_terms": [(words("Editorial only."), "xmpRights:UsageTerms")],
    "rights_page": [("https://rights.example/", "xmpRights:WebStatement")],
    "licence_starts": [(dt.date(2026, 12, 1), "plus:LicenseStartDate")],
    "licence_ends": [(dt.date(2027, 1, 6), "plus:LicenseEndDate")],
    "media_summary": [("|PLUS|V0121|U001|1IAA1UAA|", "plus:MediaSummaryCode")],
    "media_constraints": [(words("No television."), "plus:MediaConstraints")],
    "region_constraints": [(words("Europe."), "plus:RegionConstraints")],
    "product_constraints": [(words("No alcohol."), "plus:ProductOrServiceConstraints")],
    "instructions": [("Not with toys.", "photoshop:Instructions")],
    "creators": [(v.Private("Ann Licht"), "dc:creator")],
    "creator_titles": [(v.Private("photographer"), "photoshop:AuthorsPosition")],
    "caption_writers": [(v.Private("BW"), "photoshop:CaptionWriter")],
    "contributors": [
        (
            v.Contributor(
                private("Sam Stil"),
                private("urn:stylist"),
                ("http://cv.iptc.org/newscodes/contentprodpartyrole/origcont",),
            ),
            "Iptc4xmpExt:Contributor",
        )
    ],
    "parties": [
        (v.Party("creator", v.Private("Ann Licht"), v.Private("urn:ann")), "plus:ImageCreator"),
        (v.Party("supplier", v.Private("Agency"), v.Private("urn:agency")), "plus:ImageSupplier"),
        (v.Party("copyright_owner", v.Private("House"), v.Private("urn:house")), "plus:CopyrightOwner"),
        (
            v.Party(
                "licensor",
                v.Private("Agency"),
                v.Private("urn:agency"),
                private("desk@agency.example", "https://agency.example/"),
            ),
            "plus:Licensor",
        ),
        (v.Party("licensee", v.Private("House")), "plus:Licensee"),
        (v.Party("end_user", v.Private("Brand")), "plus:EndUser"),
    ],
    "credit": [("Agency/Licht", "photoshop:Credit")],
    "source": [("House archive", "photoshop:Source")],
    "rights": [(words("(c) House"), "dc:rights")],
    "caption": [
        (words("A bear at the window"), "dc:description"),
        (words("Ein Bär am Fenster", "de"), "dc:description"),
    ],
    "headline": [("Bear", "photoshop:Headline")],
    "title": [(words("window-3"), "dc:title")],
    "keywords": [("bear", "dc:subject"), ("holiday", "dc:subject")],
    "alt_text": [(words("Bear"), "Iptc4xmpCore:AltTextAccessibility")],
    "long_description": [(words("A bear sits at the window."), "Iptc4xmpCore:ExtDescrAccessibility")],
    "scenes": [("010100", "Iptc4xmpCore:Scene")],
    "subject_codes": [("01000000", "Iptc4xmpCore:SubjectCode")],
    "about": [(v.CvTerm("urn:cv", "urn:cv:1", (words("toys"),)), "Iptc4xmpExt:AboutCvTerm")],
    "genres": [(v.CvTerm("urn:genre", "urn:genre:2", (words("advert"),)), "Iptc4xmpExt:Genre")],
    "locations": [
        (
            v.Location(
                "shown",
                names=(words("The corner"),),
                sublocation="Rue Exemple 4",
                city="Paris",
                province="Île-de-France",
                country="France",
                country_code="FR",
                ids=("urn:place",),
                position=v.Position(48.5, 2.25),
            ),
            "Iptc4xmpExt:LocationShown",
        ),
        (v.Location("created", city="Lyon"), "Iptc4xmpExt:LocationCreated"),
        (v.Location("created", sublocation="Studio 2"), "Iptc4xmpCore:Location"),
        (v.Location("created", city="Lyon"), "photoshop:City"),
        (v.Location("created", province="Rhône"), "photoshop:State"),
        (v.Location("created", country="France"), "photoshop:Country"),
        (v.Location("created", country_code="FR"), "Iptc4xmpCore:CountryCode"),
    ],
    "positions": [(v.Position(45.75, -4.5), "exif:GPSLatitude")],
    "taken": [("2026-10-12T09:30:00", "exif:DateTimeOriginal"), ("2026-10-12", "photoshop:DateCreated")],
    "picture_ids": [("guid-1", "Iptc4xmpExt:DigImageGUID")],
    "registry_entries": [(v.RegistryEntry("item-1", "urn:registry", "delivery"), "Iptc4xmpExt:RegistryId")],
    "release_ready": [(True, "Iptc4xmpExt:ReleaseReady")],
    "workflow_tags": [(v.CvTerm("urn:flow", "urn:flow:done", (words("done"),)), "Iptc4xmpExt:WorkflowTag")],
}  # fmt: skip


def expected(
    kind: Format, packets: tuple[str, ...], *told: tuple[str, Mapping[str, list[tuple[object, str]]]]
) -> Metadata:
    """Metadata made of what each packet tells."""
    fields: dict[str, tuple[Embedded[object], ...]] = {}
    for packet, said in told:
        for field, values in said.items():
            more = tuple(Embedded(value, f"{packet} {name}") for value, name in values)
            fields[field] = fields.get(field, ()) + more
    return Metadata(format=kind, packets=packets, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_xmp_property_comes_back_from_every_format(kind: Format, written: Writes) -> None:
    assert read_metadata(written(kind, SAID_IN_XMP)) == expected(kind, ("XMP",), ("XMP", XMP))


SAID_IN_IIM: dict[str, object] = {
    "IPTC:CodedCharacterSet": "UTF8",
    "IPTC:ObjectName": "window-3",
    "IPTC:SubjectReference": ["IPTC:01000000:arts"],
    "IPTC:Keywords": ["bear", "Bär"],
    "IPTC:SpecialInstructions": "Not with toys.",
    "IPTC:By-line": ["Ann Licht"],
    "IPTC:By-lineTitle": ["photographer"],
    "IPTC:City": "Lyon",
    "IPTC:Sub-location": "Studio 2",
    "IPTC:Province-State": "Rhône",
    "IPTC:Country-PrimaryLocationCode": "FRA",
    "IPTC:Country-PrimaryLocationName": "France",
    "IPTC:Headline": "Bear",
    "IPTC:Credit": "Agency/Licht",
    "IPTC:Source": "House archive",
    "IPTC:CopyrightNotice": "(c) House",
    "IPTC:Caption-Abstract": "Ein Bär",
    "IPTC:Writer-Editor": ["BW"],
}
IIM: dict[str, list[tuple[object, str]]] = {
    "iim_charsets": [("utf-8", "1:90 coded character set")],
    "title": [(words("window-3", None), "2:5 object name")],
    "subject_codes": [("IPTC:01000000:arts", "2:12 subject reference")],
    "keywords": [("bear", "2:25 keyword"), ("Bär", "2:25 keyword")],
    "instructions": [("Not with toys.", "2:40 special instructions")],
    "creators": [(v.Private("Ann Licht"), "2:80 by-line")],
    "creator_titles": [(v.Private("photographer"), "2:85 by-line title")],
    "locations": [
        (v.Location("created", city="Lyon"), "2:90 city"),
        (v.Location("created", sublocation="Studio 2"), "2:92 sublocation"),
        (v.Location("created", province="Rhône"), "2:95 province or state"),
        (v.Location("created", country_code="FRA"), "2:100 country code"),
        (v.Location("created", country="France"), "2:101 country"),
    ],
    "headline": [("Bear", "2:105 headline")],
    "credit": [("Agency/Licht", "2:110 credit")],
    "source": [("House archive", "2:115 source")],
    "rights": [(words("(c) House", None), "2:116 copyright notice")],
    "caption": [(words("Ein Bär", None), "2:120 caption")],
    "caption_writers": [(v.Private("BW"), "2:122 caption writer")],
}


@pytest.mark.parametrize("kind", WITH_IIM)
def test_every_iim_data_set_comes_back(kind: Format, written: Writes) -> None:
    assert read_metadata(written(kind, SAID_IN_IIM)) == expected(kind, ("IIM",), ("IIM", IIM))


SAID_IN_EXIF: dict[str, object] = {
    "EXIF:Orientation#": 6,
    "EXIF:DateTimeOriginal": "2026:10:12 09:30:00",
    "EXIF:Artist": "Ann Licht",
    "EXIF:ImageDescription": "Ein Bär",
    "EXIF:Copyright": "(c) House",
    "EXIF:GPSLatitude": 45.75,
    "EXIF:GPSLatitudeRef": "S",
    "EXIF:GPSLongitude": 4.5,
    "EXIF:GPSLongitudeRef": "W",
}
EXIF: dict[str, list[tuple[object, str]]] = {
    "orientation": [(6, "Orientation")],
    "taken": [("2026:10:12 09:30:00", "DateTimeOriginal")],
    "creators": [(v.Private("Ann Licht"), "Artist")],
    "caption": [(words("Ein Bär", None), "ImageDescription")],
    "rights": [(words("(c) House", None), "Copyright")],
    "positions": [(v.Position(-45.75, -4.5), "GPSLatitude")],
}


@pytest.mark.parametrize("kind", WITH_EXIF)
def test_exif_comes_back(kind: Format, written: Writes) -> None:
    assert read_metadata(written(kind, SAID_IN_EXIF)) == expected(kind, ("EXIF",), ("EXIF", EXIF))


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
def test_three_packets_that_disagree_are_all_kept(kind: Format, written: Writes) -> None:
    said = {"XMP-dc:Description": "two", "IPTC:Caption-Abstract": "one", "EXIF:ImageDescription": "three"}
    found = read_metadata(written(kind, said))
    assert found == expected(
        kind,
        ("XMP", "IIM", "EXIF"),
        ("XMP", {"caption": [(words("two"), "dc:description")]}),
        (
            "IIM",
            {
                "iim_charsets": [("latin-1", "1:90 coded character set")],
                "caption": [(words("one", None), "2:120 caption")],
            },
        ),
        ("EXIF", {"caption": [(words("three", None), "ImageDescription")]}),
    )


# What this ExifTool does not know by name: packets of ours that it puts into the file as they are.

NEWER = a_packet(
    """
    <plus:DataMining>http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-SEECONSTRAINT</plus:DataMining>
    <Iptc4xmpExt:AISystemUsed>Paintbox</Iptc4xmpExt:AISystemUsed>
    <Iptc4xmpExt:AISystemVersionUsed>4.1</Iptc4xmpExt:AISystemVersionUsed>
    <Iptc4xmpExt:AIPromptInformation>a bear at a window</Iptc4xmpExt:AIPromptInformation>
    <Iptc4xmpExt:AIPromptWriterName>Pat Prompt</Iptc4xmpExt:AIPromptWriterName>
    <Iptc4xmpExt:ImageRegion><rdf:Bag><rdf:li rdf:parseType="Resource">
      <Iptc4xmpExt:rId>r1</Iptc4xmpExt:rId>
      <Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Nadja Muster</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>
      <Iptc4xmpExt:ProductInImage><rdf:Bag><rdf:li rdf:parseType="Resource">
        <Iptc4xmpExt:ProductGTIN>96385074</Iptc4xmpExt:ProductGTIN>
      </rdf:li></rdf:Bag></Iptc4xmpExt:ProductInImage>
    </rdf:li></rdf:Bag></Iptc4xmpExt:ImageRegion>
    """
)
NEWER_SAYS: dict[str, list[tuple[object, str]]] = {
    "data_mining": [("DMI-PROHIBITED-SEECONSTRAINT", "plus:DataMining")],
    "ai_system": [("Paintbox", "Iptc4xmpExt:AISystemUsed")],
    "ai_system_version": [("4.1", "Iptc4xmpExt:AISystemVersionUsed")],
    "ai_prompt": [("a bear at a window", "Iptc4xmpExt:AIPromptInformation")],
    "ai_prompt_writer": [(v.Private("Pat Prompt"), "Iptc4xmpExt:AIPromptWriterName")],
    "regions": [
        (
            v.Region(
                id="r1", people=private("Nadja Muster"), products=(v.ProductShown(gtin="96385074", gtin_holds=True),)
            ),
            "Iptc4xmpExt:ImageRegion",
        )
    ],
}


@pytest.mark.parametrize("kind", FORMATS)
def test_the_newer_properties_come_back_from_packets_that_are_embedded_as_they_are(
    kind: Format, embedded: Embeds
) -> None:
    assert read_metadata(embedded(kind, NEWER.encode())) == expected(kind, ("XMP",), ("XMP", NEWER_SAYS))


def test_every_field_is_tried_by_one_of_these_tests() -> None:
    tried = {*XMP, *IIM, *EXIF, *NEWER_SAYS, "format", "packets", "unreadable"}
    assert set(msgspec.structs.asdict(Metadata(format="JPEG"))) == tried


@pytest.mark.parametrize("kind", FORMATS)
def test_a_mimic_of_the_youngest_age_in_another_namespace_says_nothing(kind: Format, embedded: Embeds) -> None:
    mimic = a_packet("<evil:MinorModelAgeDisclosure>AG-A25</evil:MinorModelAgeDisclosure>", 'evil:ModelAge="30"')
    assert read_metadata(embedded(kind, mimic.encode())) == Metadata(format=kind, packets=("XMP",))


def test_extended_xmp_that_another_tool_wrote_is_joined(written: Writes) -> None:
    long = "bear " * 20_000
    found = read_metadata(written("JPEG", {"XMP-dc:Description": long, "XMP-plus:ImageType": "Video"}))
    assert found.unreadable == ()
    assert [(said.value, said.property) for said in found.caption] == [
        (words(long.strip()), "extended XMP dc:description")
    ]
    assert found.packets == ("XMP", "extended XMP")
