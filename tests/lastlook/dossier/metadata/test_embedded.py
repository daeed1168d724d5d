"""What a file says of itself, as typed values: claims with their origin, and no names in print."""

from __future__ import annotations

import pytest

from lastlook.dossier.metadata import values as v
from lastlook.dossier.metadata.embedded import Metadata, read_metadata
from lastlook.dossier.metadata.source import Unreadable
from lastlook.dossier.metadata.values import Embedded
from lastlook.facts.values import Ages
from tests.lastlook.dossier.metadata.made import a_jpeg, a_packet, a_picture, dataset, resources, segment, xmp_segment


def metadata_of(properties: str = "", attributes: str = "") -> Metadata:
    return read_metadata(a_jpeg(xmp_segment(a_packet(properties, attributes))))


def test_a_file_without_metadata_says_nothing() -> None:
    assert read_metadata(a_picture("PNG")) == Metadata(format="PNG")


def test_xmp_and_iim_that_disagree_are_both_kept_with_their_origin() -> None:
    iim = dataset(2, 105, b"Lamp") + dataset(2, 25, b"lamp")
    picture = a_jpeg(
        xmp_segment(a_packet(attributes='photoshop:Headline="Bear"')),
        segment(0xED, b"Photoshop 3.0\0" + resources(iim)),
    )
    assert read_metadata(picture) == Metadata(
        format="JPEG",
        packets=("XMP", "IIM"),
        iim_charsets=(Embedded("latin-1", "IIM 1:90 coded character set"),),
        headline=(Embedded("Bear", "XMP photoshop:Headline"), Embedded("Lamp", "IIM 2:105 headline")),
        keywords=(Embedded("lamp", "IIM 2:25 keyword"),),
    )


@pytest.mark.parametrize(
    ("code", "ages"),
    [("AG-UNK", None), ("http://ns.useplus.org/ldf/vocab/AG-A16", Ages(16, 16)), ("AG-A25", Ages(25, 120))],
)
def test_the_youngest_age_is_an_interval_or_unknown(code: str, ages: Ages | None) -> None:
    found = metadata_of(attributes=f'plus:MinorModelAgeDisclosure="{code}"')
    said = v.YoungestAge(code.rpartition("/")[2], ages)
    assert found.youngest_age == (Embedded(said, "XMP plus:MinorModelAgeDisclosure"),)


@pytest.mark.parametrize(
    ("attributes", "what", "where"),
    [
        ('plus:MinorModelAgeDisclosure="AG-A14"', "It is no code of its vocabulary.", "plus:MinorModelAgeDisclosure"),
        ('plus:ModelReleaseStatus="yes"', "It is no code of its vocabulary.", "plus:ModelReleaseStatus"),
        ('Iptc4xmpExt:ModelAge="six"', "An age is no whole number of years.", "Iptc4xmpExt:ModelAge"),
        ('Iptc4xmpExt:ModelAge="٦"', "An age is no whole number of years.", "Iptc4xmpExt:ModelAge"),
        ('plus:LicenseEndDate="2027"', "It is not a whole date, year-month-day.", "plus:LicenseEndDate"),
        ('plus:LicenseEndDate="2027-02-30"', "It is not a whole date, year-month-day.", "plus:LicenseEndDate"),
        (
            'Iptc4xmpExt:DigitalSourceType="camera"',
            "It is no digital source type that is known.",
            "Iptc4xmpExt:DigitalSourceType",
        ),
        (
            'Iptc4xmpExt:ProductInImage="Bear"',
            "A text stands where a structure must stand.",
            "Iptc4xmpExt:ProductInImage",
        ),
        ('Iptc4xmpExt:ReleaseReady="maybe"', "It is neither True nor False.", "Iptc4xmpExt:ReleaseReady"),
    ],
)
def test_a_value_that_cannot_be_used_is_unknown_and_noted_without_repeating_it(
    attributes: str, what: str, where: str
) -> None:
    assert metadata_of(attributes=attributes) == Metadata(
        format="JPEG", packets=("XMP",), unreadable=(Unreadable(what, f"XMP {where}"),)
    )


def test_a_list_where_one_value_is_due_keeps_all_and_one_value_is_a_list_of_one() -> None:
    found = metadata_of(
        "<plus:ModelReleaseStatus><rdf:Bag><rdf:li>MR-NON</rdf:li><rdf:li>MR-UMR</rdf:li></rdf:Bag>"
        "</plus:ModelReleaseStatus>",
        'Iptc4xmpExt:PersonInImage="Nadja Muster" Iptc4xmpExt:ModelAge="6"',
    )
    assert [said.value for said in found.model_release] == ["MR-NON", "MR-UMR"]
    assert [said.value for said in found.people_named] == [v.PeopleNamed(1, (v.Private("Nadja Muster"),))]
    assert [said.value for said in found.model_ages] == [6]


def test_no_name_of_anybody_is_ever_printed() -> None:
    person = "<rdf:Bag><rdf:li>Muster</rdf:li></rdf:Bag>"
    found = metadata_of(
        f"<Iptc4xmpExt:PersonInImage>{person}</Iptc4xmpExt:PersonInImage>"
        '<Iptc4xmpExt:PersonInImageWDetails rdf:parseType="Resource"><Iptc4xmpExt:PersonName>Muster'
        "</Iptc4xmpExt:PersonName><Iptc4xmpExt:PersonDescription>Muster</Iptc4xmpExt:PersonDescription>"
        f"<Iptc4xmpExt:PersonId>{person}</Iptc4xmpExt:PersonId></Iptc4xmpExt:PersonInImageWDetails>"
        '<Iptc4xmpExt:Contributor Iptc4xmpExt:Name="Muster"/><plus:ImageCreator plus:ImageCreatorName="Muster"/>'
        '<Iptc4xmpExt:ImageRegion Iptc4xmpExt:Name="Muster"/>',
        'Iptc4xmpExt:AddlModelInfo="Muster" dc:creator="Muster" Iptc4xmpExt:AIPromptWriterName="Muster" '
        'photoshop:CaptionWriter="Muster"',
    )
    assert found.people_named[0].value.names[0].words == "Muster"
    assert all(
        getattr(found, field)
        for field in ("person_details", "contributors", "parties", "regions", "model_information", "creators")
    )
    assert "Muster" not in repr(found)
    assert "Muster" not in str(found)
    assert f"{found.creators[0].value}" == "Private(…)"


@pytest.mark.parametrize(
    ("attributes", "position"),
    [
        ('exif:GPSLatitude="51,30.45N" exif:GPSLongitude="0,7,30W"', v.Position(51.5075, -0.125)),
        ('exif:GPSLatitude="here" exif:GPSLongitude="0,7,30W"', v.Position()),
        ('exif:GPSLatitude="51,30.45N"', v.Position()),
        ('exif:GPSLatitude="95,0.0N" exif:GPSLongitude="0,7.5W"', v.Position()),
    ],
)
def test_a_position_counts_even_if_it_cannot_be_read(attributes: str, position: v.Position) -> None:
    found = metadata_of(attributes=attributes)
    assert found.positions == (Embedded(position, "XMP exif:GPSLatitude"),)
    assert found.has_position


def test_a_place_that_is_shown_has_a_position_of_its_own() -> None:
    shown = '<Iptc4xmpExt:LocationShown Iptc4xmpExt:City="Paris"{}/>'
    here = ' exif:GPSLatitude="48,30.0N" exif:GPSLongitude="2,15.0E"'
    assert metadata_of(shown.format(here)).has_position
    assert not metadata_of(shown.format("")).has_position


def test_a_broken_packet_is_noted_and_the_others_are_read() -> None:
    iim = dataset(2, 105, b"Lamp")
    picture = a_jpeg(xmp_segment("<broken"), segment(0xED, b"Photoshop 3.0\0" + resources(iim)))
    found = read_metadata(picture)
    assert found.headline == (Embedded("Lamp", "IIM 2:105 headline"),)
    assert found.unreadable == (Unreadable("It holds no XML.", "XMP"),)
