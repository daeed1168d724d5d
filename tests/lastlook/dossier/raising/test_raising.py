"""What is news and what is not: a file raises what nobody declared, and what makes things graver than declared."""

from __future__ import annotations

import pytest

from lastlook.checking.case import Picture, Said
from lastlook.dossier.metadata import values as v
from lastlook.dossier.metadata.containers import Packet, Packets
from lastlook.dossier.metadata.credentials import Action, Credentials, Ingredient
from lastlook.dossier.metadata.source import Unreadable
from lastlook.dossier.metadata.values import DigitalSource, Private
from lastlook.dossier.raising.file import raised_by
from lastlook.dossier.raising.hand import MAX_RAISED
from lastlook.dossier.raising.phrases import phrases_in
from lastlook.dossier.raising.regions import box_of
from lastlook.facts.element import Element
from tests.lastlook.dossier.metadata.made import a_packet
from tests.lastlook.dossier.raising.test_table import GROWN, NOBODY_HELD, Row, in_order, rows_of
from tests.world.campaigns import Written, a_campaign, an_asset

PICTURE = Picture(file="look-01.jpg", sha256="0" * 64, width=400, height=200)
ABSENT = Credentials("absent")
NOBODY: Written = {"people": "none", "products": "none", "legible": "none", "props": "none", "themes": "none"}


def asset_of(
    packet: str = "", credentials: Credentials = ABSENT, asset: Written | None = None, **top: object
) -> Element:
    return all_of(packet, credentials, asset, **top)[0]


def all_of(
    packet: str, credentials: Credentials, asset: Written | None, **top: object
) -> tuple[Element, tuple[Said, ...], list[str]]:
    case = a_campaign(asset or an_asset(shows=GROWN), **{"decisions": NOBODY_HELD, **top})
    packets = Packets("JPEG", xmp=(Packet("XMP", a_packet(packet).encode()),))
    return raised_by(packets, credentials, case.assets[0], PICTURE, case.campaign)


def raised(
    packet: str = "", credentials: Credentials = ABSENT, asset: Written | None = None, **top: object
) -> list[Row]:
    return in_order(rows_of(asset_of(packet, credentials, asset, **top)))


def bag(name: str, *texts: str) -> str:
    return f"<{name}><rdf:Bag>{''.join(f'<rdf:li>{text}</rdf:li>' for text in texts)}</rdf:Bag></{name}>"


def source(term: str) -> str:
    return f"<Iptc4xmpExt:DigitalSourceType>{term}</Iptc4xmpExt:DigitalSourceType>"


NO_NEWS: dict[str, tuple[str, Written]] = {
    "ages that are declared": (bag("Iptc4xmpExt:ModelAge", "30", "29"), an_asset(shows=GROWN)),
    "as many names as people": (bag("Iptc4xmpExt:PersonInImage", "A", "B"), an_asset(shows=GROWN)),
    "an age that is not known": (
        "<plus:MinorModelAgeDisclosure>AG-UNK</plus:MinorModelAgeDisclosure>",
        an_asset(shows=GROWN),
    ),
    "the brand's own name": (bag("Iptc4xmpExt:OrganisationInImageName", "maison exemple"), an_asset(shows=GROWN)),
    "a release where nobody is shown": (
        "<plus:ModelReleaseStatus>MR-NON</plus:ModelReleaseStatus>", an_asset(shows=NOBODY),
    ),
    "that nobody is shown, where nobody is": (
        "<plus:ModelReleaseStatus>MR-NAP</plus:ModelReleaseStatus>", an_asset(shows=NOBODY),
    ),
    "a property release where there is no property": (
        "<plus:PropertyReleaseStatus>PR-NON</plus:PropertyReleaseStatus>", an_asset(shows=NOBODY),
    ),
    "that all are released": ("<plus:ModelReleaseStatus>MR-UMR</plus:ModelReleaseStatus>", an_asset(shows=GROWN)),
    "as many releases as people": (bag("plus:ModelReleaseID", "MR-1", "MR-2"), an_asset(shows=GROWN)),
    "a camera": (source("digitalCapture"), an_asset(shows=GROWN, retouch={"generative_parts": False})),
    "a licence for the whole flight": (
        "<plus:LicenseStartDate>2026-12-01</plus:LicenseStartDate><plus:LicenseEndDate>2027-01-06</plus:LicenseEndDate>",
        an_asset(shows=GROWN),
    ),
    "a limit that is declared": (
        bag("plus:ImageAlterationConstraints", "AL-CRP"), an_asset(shows=GROWN, licence={"limits": ["cropping"]}),
    ),
    "a child in the caption, where one is declared": (
        bag("dc:subject", "child"), an_asset(shows={"people": [{"age": 6}, {"age": 30}]}),
    ),
    "a child in the caption, where somebody has no known age": (
        bag("dc:subject", "child"), an_asset(shows={"people": [{"prominence": "principal"}]}),
    ),
    "a prop in the keywords that is declared": (
        bag("dc:subject", "whisky"), an_asset(shows={**GROWN, "props": ["alcohol"]}),
    ),
    "what is said not to be there": (
        bag("dc:subject", "no children", "child-free", "alcohol free", "ohne Alkohol", "non-alcoholic"),
        an_asset(shows=GROWN),
    ),
    "a constraint that is none": (
        ("<plus:MediaConstraints>None.</plus:MediaConstraints><plus:RegionConstraints>No restrictions"
        "</plus:RegionConstraints>"), an_asset(shows=GROWN),
    ),
    "the brand with the form of its company": (
        bag("Iptc4xmpExt:OrganisationInImageName", "Maison Exemple SA"), an_asset(shows=GROWN),
    ),
    "the youngest age, of the youngest who is declared": (
        "<plus:MinorModelAgeDisclosure>AG-U14</plus:MinorModelAgeDisclosure>",
        an_asset(shows={"people": [{"age": 6}, {"age": 30}]}),
    ),
    "words with a harmless meaning": (
        bag("dc:subject", "nude", "baby blue", "wine red", "cocktail dress"), an_asset(shows=GROWN),
    ),
    "the producer's claim that it is ready": (
        "<Iptc4xmpExt:ReleaseReady>True</Iptc4xmpExt:ReleaseReady>", an_asset(shows=GROWN),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NO_NEWS)
def test_it_is_no_news(what: str) -> None:
    packet, asset = NO_NEWS[what]
    assert raised(packet, asset=asset, campaign={"brand": "Maison Exemple"}) == []


def test_a_licence_for_the_days_of_its_own_plan_line_is_no_news() -> None:
    packet = "<plus:LicenseEndDate>2026-12-24</plus:LicenseEndDate>"
    line = {"channel": "website", "countries": ["GB"], "flight": {"from": "2026-12-01", "until": "2026-12-24"}}
    assert raised(packet, plans={"web": line}) == []
    assert raised(packet) == [("licence.limits", "time", "until 2026-12-24")]


def test_a_creator_is_no_news_where_somebody_holds_photography() -> None:
    creator = "<dc:creator><rdf:Seq><rdf:li>A. Nonym</rdf:li></rdf:Seq></dc:creator>"
    held = [{"right": "photography", "holder": "p3"}]
    assert raised(creator, decisions=held) == []
    assert raised(creator, decisions="none") == [], "nobody said anything of it, and no rule waits for it"
    assert raised(creator) == [("held.photography", True, "")]


NEWS: dict[str, tuple[str, Written, list[Row]]] = {
    "people are shown, and the file says that none is": (
        "<plus:ModelReleaseStatus>MR-NAP</plus:ModelReleaseStatus>", an_asset(shows=GROWN),
        [("release.model", "not_applicable", "")],
    ),
    "all released, which was declared otherwise": (
        "<plus:ModelReleaseStatus>MR-UMR</plus:ModelReleaseStatus>", an_asset(shows=GROWN, release={"model": "none"}),
        [("release.model", "all", "")],
    ),
    "a camera, and generated parts were declared": (
        source("digitalCapture"), an_asset(shows=GROWN, retouch={"generative_parts": True}),
        [("retouch.generative_parts", False, "digitalCapture")],
    ),
    "a composite whose parts may be generated": (
        source("composite"), an_asset(shows=GROWN),
        [("retouch.composite", True, "composite"), ("retouch.generative_parts", True, "composite")],
    ),
    "a recording of something virtual": (
        source("virtualRecording"), an_asset(shows=GROWN), [("retouch.generative_parts", True, "virtualRecording")],
    ),
    "a youngest age that the ages contradict": (
        bag("Iptc4xmpExt:ModelAge", "29", "30")
        + "<plus:MinorModelAgeDisclosure>AG-A17</plus:MinorModelAgeDisclosure>",
        an_asset(shows=GROWN),
        [("people", "person: age 17", "")],
    ),
    "the youngest is said to be older than the youngest who is declared": (
        "<plus:MinorModelAgeDisclosure>AG-A25</plus:MinorModelAgeDisclosure>",
        an_asset(shows={"people": [{"age": 9}, {"age": 38}]}),
        [("people", "person: age 25 to 120", "")],
    ),
    "a youngest age that one of the ages contradicts": (
        bag("Iptc4xmpExt:ModelAge", "38", "9")
        + "<plus:MinorModelAgeDisclosure>AG-A25</plus:MinorModelAgeDisclosure>",
        an_asset(shows={"people": [{"age": 9}, {"age": 38}]}),
        [("people", "person: age 25 to 120", "")],
    ),
    "faces without a name": (
        ("<mwg:Regions xmlns:mwg='http://www.metadataworkinggroup.com/schemas/regions/' rdf:parseType='Resource'>"
        "<mwg:RegionList><rdf:Bag><rdf:li mwg:Type='Face'/><rdf:li mwg:Type='Face'/><rdf:li mwg:Type='Pet'/></rdf:Bag>"
        "</mwg:RegionList></mwg:Regions>"),
        an_asset(shows=NOBODY),
        [("people", "person", ""), ("people", "person", "")],
    ),
    "a region of a person without a name": (
        ("<Iptc4xmpExt:ImageRegion><rdf:Bag><rdf:li rdf:parseType='Resource'><Iptc4xmpExt:rCtype><rdf:Bag>"
        "<rdf:li xmlns:xmp='http://ns.adobe.com/xap/1.0/' rdf:parseType='Resource'>"
        "<xmp:Identifier>http://cv.iptc.org/newscodes/imageregiontype/human</xmp:Identifier></rdf:li></rdf:Bag>"
        "</Iptc4xmpExt:rCtype></rdf:li></rdf:Bag></Iptc4xmpExt:ImageRegion>"),
        an_asset(shows=NOBODY),
        [("people", "person", "")],
    ),
    "what the name of a product says": (
        ("<Iptc4xmpExt:ProductInImage><rdf:Bag><rdf:li rdf:parseType='Resource'><Iptc4xmpExt:ProductName>Vodka 40% vol"
        "</Iptc4xmpExt:ProductName></rdf:li></rdf:Bag></Iptc4xmpExt:ProductInImage>"),
        an_asset(shows={**GROWN, "products": [{"category": "food"}]}),
        [("props", "alcohol", "")],
    ),
    "what the description of a person says": (
        ("<Iptc4xmpExt:PersonInImageWDetails><rdf:Bag><rdf:li rdf:parseType='Resource'><Iptc4xmpExt:PersonDescription>"
        "a 6-year-old with a cigarette</Iptc4xmpExt:PersonDescription></rdf:li></rdf:Bag>"
        "</Iptc4xmpExt:PersonInImageWDetails>"),
        an_asset(shows=GROWN),
        [("file.describes_people", True, ""), ("people", "person: age 0 to 17", ""), ("props", "cigarette", "")],
    ),
    "advertising, in other words": (
        bag("xmpRights:UsageTerms", "May not be used in advertising.").replace(
            "<xmpRights:UsageTerms>", "<xmpRights:UsageTerms xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/'>"
        ),
        an_asset(shows=GROWN),
        [("licence.limits", "advertising", "May not be used in advertising.")],
    ),
    "one person, and another age": (
        bag("Iptc4xmpExt:ModelAge", "6"), an_asset(shows={"people": [{"age": 30}]}), [],  # on the person; see below
    ),
    "a child in a caption, where nobody is declared": (
        bag("dc:subject", "enfant"), an_asset(shows=NOBODY), [("people", "person: age 0 to 17", "")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NEWS)
def test_it_is_news(what: str) -> None:
    packet, asset, expected = NEWS[what]
    assert raised(packet, asset=asset) == expected


def test_another_age_of_the_only_person_is_raised_on_that_person() -> None:
    asset = asset_of(bag("Iptc4xmpExt:ModelAge", "6"), asset=an_asset(shows={"people": [{"age": 30}]}))
    (person,) = asset.listing("people").members
    assert [(str(each.value), each.known) for each in person.fact("age").raised] == [("6", "embedded")]


def test_names_are_a_question_where_a_raised_age_makes_somebody_a_child() -> None:
    packet = bag("Iptc4xmpExt:ModelAge", "6") + bag("Iptc4xmpExt:PersonInImage", "A. Nonym")
    assert raised(packet, asset=an_asset(shows={"people": [{"age": 30}]})) == [("file.names_people", True, "")]


def test_without_a_flight_nobody_knows_whether_the_licence_holds() -> None:
    packet = "<plus:LicenseEndDate>2040-01-01</plus:LicenseEndDate>"
    assert raised(packet, campaign={"flight": "unknown"}) == [("licence.limits", "time", "until 2040-01-01")]


def test_whoever_lists_thousands_is_heard_a_hundred_times() -> None:
    asset = asset_of(bag("Iptc4xmpExt:ModelAge", *["6"] * 3000))
    assert len(asset.listing("people").raised_members) == MAX_RAISED


# Content Credentials: what they say was done raises a hand whoever signed, and only the trusted may contradict.

PAINTED = Action("c2pa.created", "active", DigitalSource("trainedAlgorithmicMedia", "generative"))
PHOTOGRAPHED = Action("c2pa.created", "active", DigitalSource("digitalCapture", "captured"))


@pytest.mark.parametrize("state", ["trusted", "valid", "invalid"])
def test_generated_parts_are_raised_in_every_state(state: str) -> None:
    credentials = Credentials(state, actions=(PAINTED,))  # type: ignore[arg-type]
    asset = asset_of(credentials=credentials)
    (each,) = asset.fact("retouch.generative_parts").raised
    said = {"trusted": "trusted", "valid": "valid, not trusted", "invalid": "invalid: they do not fit the file"}[state]
    assert (each.value, each.words) == (True, "c2pa.created: trainedAlgorithmicMedia")
    assert str(each.source) == f"look-01.jpg (Content Credentials, {said})"


@pytest.mark.parametrize(("state", "heard"), [("trusted", 1), ("valid", 0), ("invalid", 0)])
def test_a_camera_s_signature_contradicts_only_where_it_is_trusted(state: str, heard: int) -> None:
    credentials = Credentials(state, actions=(PHOTOGRAPHED,))  # type: ignore[arg-type]
    generated = an_asset(shows=GROWN, retouch={"generative_parts": True})
    assert raised(credentials=credentials, asset=generated) == (
        [("retouch.generative_parts", False, "c2pa.created: digitalCapture")] * heard
    )


def test_what_was_done_to_an_ingredient_and_components_are_raised() -> None:
    inside = Action("c2pa.edited", "ingredient", DigitalSource("compositeSynthetic", "generative_part"))
    credentials = Credentials(
        "trusted", actions=(inside,), ingredients=(Ingredient("parentOf"), Ingredient("componentOf"))
    )
    assert raised(credentials=credentials) == [
        ("retouch.composite", True, "1 component"),
        ("retouch.composite", True, "c2pa.edited: compositeSynthetic"),
        ("retouch.generative_parts", True, "c2pa.edited: compositeSynthetic"),
    ]


@pytest.mark.parametrize("state", ["not_looked_at", "unreadable"])
def test_credentials_that_were_not_read_may_say_anything(state: str) -> None:
    unreadable = Unreadable("They cannot be read.", "Content Credentials")
    credentials = Credentials(state, unreadable=(unreadable,))  # type: ignore[arg-type]
    assert raised(credentials=credentials) == [("file.unread", True, "They cannot be read.")]


def test_absent_credentials_say_nothing() -> None:
    assert raised(credentials=Credentials("absent")) == []


# What is said and not asked.


def test_what_is_said_besides_is_listed_with_where_it_stands_and_whether_it_may_name_somebody() -> None:
    packet = (
        "<plus:DataMining>DMI-PROHIBITED</plus:DataMining>"
        "<xmpRights:UsageTerms xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/'>Credit us.</xmpRights:UsageTerms>"
        "<Iptc4xmpExt:ReleaseReady>True</Iptc4xmpExt:ReleaseReady>"
        "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>A bear</rdf:li></rdf:Alt></dc:description>"
        "<dc:creator><rdf:Seq><rdf:li>A. Nonym</rdf:li></rdf:Seq></dc:creator>"
    )
    credentials = Credentials(
        "valid",
        signer=Private("Maison Exemple"),
        actions=(PHOTOGRAPHED,),
        ingredients=(Ingredient("parentOf", Private("a.jpg"), "image/jpeg"),),
    )
    state = "the bytes are those that were signed; it is not known whether the signer can be trusted"
    assert all_of(packet, credentials, None)[1] == (
        Said("Content Credentials", state),
        Said("Content Credentials, signer", "Maison Exemple"),
        Said("Content Credentials, action", "c2pa.created: digitalCapture"),
        Said("Content Credentials, ingredient", "parentOf, image/jpeg"),
        Said("XMP plus:DataMining", "DMI-PROHIBITED: prohibited"),
        Said("XMP xmpRights:UsageTerms", "Credit us."),
        Said("XMP Iptc4xmpExt:ReleaseReady", "true: the producer's claim, no clearance"),
        Said("XMP dc:description", "A bear", personal=True),
        Said("XMP dc:creator", "A. Nonym", personal=True),
    )  # fmt: skip


# Phrases.


@pytest.mark.parametrize(
    ("kind", "text", "codes"),
    [
        ("limits", "For EDITORIAL use only.", ["advertising"]),
        ("limits", "Nicht mit Alkohol; Sperrfrist 1. Mai", ["products", "time"]),
        ("people", "Zwei Schulkinder", []),
        ("people", "Ein Schulkind", ["minor"]),
        ("props", "a casino, a rifle", ["firearm", "gambling_item"]),
        ("themes", "nackte Wände", []),
    ],
)
def test_phrases_are_whole_words_in_any_case(kind: str, text: str, codes: list[str]) -> None:
    assert list(phrases_in(kind, text)) == codes


# Regions.


def test_where_somebody_is_declared_nobody_knows_which_region_is_the_stranger_s() -> None:
    faces = "".join(
        f"<rdf:li rdf:parseType='Resource'><mwg:Type>Face</mwg:Type><mwg:Area a:x='{x}' a:y='0.5' a:w='0.2' a:h='0.2'/>"
        "</rdf:li>"
        for x in (0.25, 0.75)
    )
    packet = (
        "<mwg:Regions xmlns:mwg='http://www.metadataworkinggroup.com/schemas/regions/' "
        "xmlns:a='http://ns.adobe.com/xmp/sType/Area#' rdf:parseType='Resource'>"
        f"<mwg:RegionList><rdf:Bag>{faces}</rdf:Bag></mwg:RegionList></mwg:Regions>"
    )
    one = asset_of(packet, asset=an_asset(shows={"people": [{"age": 30}]})).listing("people").raised_members
    assert [person.region for person in one] == [None]
    two = asset_of(packet, asset=an_asset(shows=NOBODY)).listing("people").raised_members
    assert [person.region for person in two] == [(0.15, 0.4, 0.2, 0.2), (0.65, 0.4, 0.2, 0.2)]


@pytest.mark.parametrize(
    ("region", "box"),
    [
        (v.Region("rectangle", "relative", 0.25, 0.5, 0.5, 0.25), (0.25, 0.5, 0.5, 0.25)),
        (v.Region("rectangle", "pixel", 100, 50, 200, 100), (0.25, 0.25, 0.5, 0.5)),
        (v.Region("circle", "relative", 0.5, 0.5, radius=0.125), (0.375, 0.25, 0.25, 0.5)),
        (v.Region("circle", "pixel", 200, 100, radius=50), (0.375, 0.25, 0.25, 0.5)),
        (v.Region("polygon", "pixel", vertices=((100, 20), (300, 40), (200, 120))), (0.25, 0.1, 0.5, 0.5)),
        (v.Region("rectangle", "relative", 0.75, 0.75, 0.5, 0.5), (0.75, 0.75, 0.25, 0.25)),
        (v.Region("rectangle", "relative", 2, 2, 0.5, 0.5), None),
        (v.Region("rectangle", "relative", 0.5, 0.5), None),
        (v.Region("rectangle", "relative", 0.5, 0.5, -0.25, 0.1), None),
        (v.Region(), None),
    ],
)
def test_a_region_becomes_the_box_around_it(region: v.Region, box: tuple[float, float, float, float] | None) -> None:
    assert box_of(region, PICTURE) == box
