"""What the files say of themselves: it raises a hand, once, with both values and places, and never clears."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from PIL import Image

from lastlook.checking.result import Question, Result
from lastlook.cli.main import main
from lastlook.dossier.check import check_folders
from tests.world.rules import bundled

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PLUS, EXT = "http://ns.useplus.org/ldf/xmp/1.0/", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
AGE_17 = "<plus:MinorModelAgeDisclosure>http://ns.useplus.org/ldf/vocab/AG-A17</plus:MinorModelAgeDisclosure>"
SHOWS = (
    "people: [{person: talent-1, appears: adult_25_plus, prominence: principal, portrayal: none}], "
    "products: none, props: none, themes: none, legible: none"
)
GTIN = "<ext:ProductInImage><rdf:Bag><rdf:li rdf:parseType='Resource'><ext:ProductGTIN>{}</ext:ProductGTIN></rdf:li>"
GTIN += "</rdf:Bag></ext:ProductInImage>"
SOURCE = "<ext:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/{}</ext:DigitalSourceType>"


def xmp(inside: str, *, plus: str = PLUS) -> bytes:
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}"><rdf:Description rdf:about=""'
        f' xmlns:plus="{plus}" xmlns:ext="{EXT}">{inside}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def a_folder(folder: Path, packet: bytes, *, shows: str = SHOWS, age: str = "30", more: str = "") -> Path:
    Image.new("RGB", (16, 16), "#888").save(folder / "look-01.jpg", xmp=packet)
    (folder / "campaign.yaml").write_text(
        "lastlook: 1\n"
        "campaign: {id: said, markets: [GB], flight: {from: 2026-12-01, until: 2026-12-31}, stage: concept,"
        " shoot_country: PT}\n"
        "decisions: [{right: combination, holder: p1}]\n"
        f"people: [{{id: talent-1, age: {age}}}]\n"
        "products: [{id: bag, category: accessory, audience: general, styled_as: none, gtin: '4006381333931'}]\n"
        "plans: {web: {channel: website, countries: [GB]}}\n"
        "defaults: {plans: [web], disclosure: {commercial_relationship: false}}\n"
        f"assets:\n  - {{id: look-01, file: look-01.jpg, shows: {{{shows}}}{more}}}\n"
    )
    return folder


def the_result(folder: Path) -> Result:
    result = check_folders([folder], bundled(), on=dt.date(2026, 11, 24)).results[0]
    assert result.errors == ()
    return result


def told(question: Question) -> tuple[str, list[tuple[object, str, str]]]:
    return question.fact, [(str(each.value), each.known, each.source) for each in question.raised]


def test_an_age_in_the_file_that_nobody_declared_is_one_question_with_both_places(tmp_path: Path) -> None:
    result = the_result(a_folder(tmp_path, xmp(AGE_17)))
    assert [told(question) for question in result.questions] == [
        ("people[talent-1].age", [("17", "embedded", "look-01.jpg (XMP plus:MinorModelAgeDisclosure)")])
    ]
    assert result.verdict.word == "undecided"


@pytest.mark.parametrize("age", ["17", "15"])
def test_an_age_that_was_declared_is_no_news_and_one_that_was_not_is(age: str, tmp_path: Path) -> None:
    result = the_result(a_folder(tmp_path, xmp(AGE_17), age=age))
    facts = {question.fact for question in result.questions if question.raised}
    assert facts == (set() if age == "17" else {"people[talent-1].age"})


def test_a_file_whose_property_only_looks_like_it_raises_nothing(tmp_path: Path) -> None:
    mimic = xmp(AGE_17, plus="http://evil.example/plus/")
    assert the_result(a_folder(tmp_path, mimic)).questions == ()


CONTRADICTIONS = {
    "release status": (
        "<plus:ModelReleaseStatus>http://ns.useplus.org/ldf/vocab/MR-NON</plus:ModelReleaseStatus>",
        SHOWS, ", release: {model: all}",
        ("release.model", [("none", "embedded", "look-01.jpg (XMP plus:ModelReleaseStatus)")]),
    ),
    "persons": (
        "<ext:PersonInImage><rdf:Bag><rdf:li>A. Nonym</rdf:li><rdf:li>B. Nonym</rdf:li></rdf:Bag></ext:PersonInImage>",
        SHOWS, "",
        ("people", [("look-01#embedded-person-2", "embedded", "look-01.jpg (XMP Iptc4xmpExt:PersonInImage)")]),
    ),
    "digital source": (
        SOURCE.format("trainedAlgorithmicMedia"),
        SHOWS, ", retouch: {generative_parts: false}",
        ("retouch.generative_parts", [("True", "embedded", "look-01.jpg (XMP Iptc4xmpExt:DigitalSourceType)")]),
    ),
    "products": (
        GTIN.format("00012345678905"),
        SHOWS.replace("products: none", "products: [bag]"), "",
        ("products", [("look-01#embedded-product-1", "embedded", "look-01.jpg (XMP Iptc4xmpExt:ProductInImage)")]),
    ),
    "an adult content warning": (
        "<plus:AdultContentWarning>http://ns.useplus.org/ldf/vocab/CW-AWR</plus:AdultContentWarning>",
        SHOWS, "",
        ("themes", [("sexual_content", "embedded", "look-01.jpg (XMP plus:AdultContentWarning)")]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_every_kind_of_contradiction_appears_once_with_both_values_and_places(kind: str, tmp_path: Path) -> None:
    inside, shows, more, expected = CONTRADICTIONS[kind]
    result = the_result(a_folder(tmp_path, xmp(inside), shows=shows, more=more))
    about = [told(question) for question in result.questions if question.raised]
    assert expected in about
    assert [fact for fact, _ in about].count(expected[0]) == 1
    assert result.verdict.word == "undecided"


def test_a_product_whose_gtin_is_declared_and_a_camera_s_word_are_no_news(tmp_path: Path) -> None:
    release = "<plus:ModelReleaseStatus>http://ns.useplus.org/ldf/vocab/MR-UMR</plus:ModelReleaseStatus>"
    packet = xmp(GTIN.format("4006381333931") + SOURCE.format("digitalCapture") + release)
    shows = SHOWS.replace("products: none", "products: [bag]")
    assert the_result(a_folder(tmp_path, packet, shows=shows)).questions == ()


def test_a_child_that_only_the_file_knows_of_stops_what_a_declared_child_would_stop(tmp_path: Path) -> None:
    nobody_said = "products: none, props: [restraint], themes: none, legible: none"
    result = the_result(a_folder(tmp_path, xmp(AGE_17), shows=nobody_said))
    findings = {finding.rule: finding for finding in result.assets[0].findings}
    assert findings["house-pairing"].verdict == "stopped"
    age = next(each for each in findings["house-pairing"].because if each.fact.endswith(".age"))
    assert (age.known, age.source) == ("embedded", "look-01.jpg (XMP plus:MinorModelAgeDisclosure)")


def test_names_of_people_in_a_file_are_counted_and_printed_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inside, shows, more, _ = CONTRADICTIONS["persons"]
    a_folder(tmp_path, xmp(inside), shows=shows, more=more)
    for style in ("text", "json", "sarif", "html"):
        main(["check", str(tmp_path), "--on", "2026-11-24", "--format", style])
    assert "Nonym" not in capsys.readouterr().out


def test_metadata_that_cannot_be_read_is_a_note_and_the_picture_is_judged(tmp_path: Path) -> None:
    result = the_result(a_folder(tmp_path, b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><broken"))
    assert len(result.notes) == 1
    assert result.notes[0].startswith("look-01.jpg: ")
    assert result.assets[0].verdict == "clear"
    assert json.dumps(result.notes)
