"""What the files say of themselves: it raises a hand, once, with both values and places, and never clears."""

from __future__ import annotations

import datetime as dt
import json
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from lastlook.checking.result import Question, Result
from lastlook.cli.main import main
from lastlook.dossier.check import check_folders
from tests.lastlook.dossier.metadata.made import a_jpeg, a_png, a_tiff, chunk, segment
from tests.world.rules import bundled
from tests.world.signing import a_signed_picture, the_root

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


def declared(value: str, line: int = 9) -> tuple[str, str, str]:
    return value, "declared", f"campaign.yaml:{line}"


def embedded(value: str, source: str) -> tuple[str, str, str]:
    return value, "embedded", f"look-01.jpg (XMP {source})"


def test_an_age_in_the_file_that_nobody_declared_is_one_question_with_both_places(tmp_path: Path) -> None:
    result = the_result(a_folder(tmp_path, xmp(AGE_17)))
    assert [told(question) for question in result.questions] == [
        ("people[talent-1].age", [declared("30", 4), embedded("17", "plus:MinorModelAgeDisclosure")])
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
        ("release.model", [declared("all"), embedded("none", "plus:ModelReleaseStatus")]),
    ),
    "persons": (
        "<ext:PersonInImage><rdf:Bag><rdf:li>A. Nonym</rdf:li><rdf:li>B. Nonym</rdf:li></rdf:Bag></ext:PersonInImage>",
        SHOWS, "",
        ("people", [declared("talent-1"), embedded("look-01#embedded-person-1", "Iptc4xmpExt:PersonInImage")]),
    ),
    "digital source": (
        SOURCE.format("trainedAlgorithmicMedia"),
        SHOWS, ", retouch: {generative_parts: false}",
        ("retouch.generative_parts", [declared("False"), embedded("True", "Iptc4xmpExt:DigitalSourceType")]),
    ),
    "products": (
        GTIN.format("00012345678905"),
        SHOWS.replace("products: none", "products: [bag]"), "",
        ("products", [declared("bag"), embedded("look-01#embedded-product-1", "Iptc4xmpExt:ProductInImage")]),
    ),
    "an adult content warning": (
        "<plus:AdultContentWarning>http://ns.useplus.org/ldf/vocab/CW-AWR</plus:AdultContentWarning>",
        SHOWS, "",
        ("themes", [declared("none"), embedded("sexual_content", "plus:AdultContentWarning")]),
    ),
    "a licence": (
        "<plus:LicenseEndDate>2026-12-24</plus:LicenseEndDate>",
        SHOWS, ", licence: {limits: [media]}",
        ("licence.limits", [declared("media"), embedded("time", "plus:LicenseEndDate")]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_every_kind_of_contradiction_appears_once_with_both_values_and_places(kind: str, tmp_path: Path) -> None:
    inside, shows, more, expected = CONTRADICTIONS[kind]
    result = the_result(a_folder(tmp_path, xmp(inside), shows=shows, more=more))
    about = [told(question) for question in result.questions if question.raised]
    assert expected in about
    # Names of somebody who may be under 18 are a question of their own.
    assert sorted(fact for fact, _ in about) == sorted([expected[0]] + ["file.names_people"] * (kind == "persons"))
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


@pytest.mark.parametrize(
    ("packet", "where", "what"),
    [
        (b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><broken", "XMP", "It is not well-formed XML."),
        (
            xmp("<ext:ModelAge><rdf:Bag><rdf:li>six</rdf:li></rdf:Bag></ext:ModelAge>"),
            "XMP Iptc4xmpExt:ModelAge",
            "An age is no whole number of years.",
        ),
        (
            xmp("<plus:ModelReleaseStatus>MR-XXX</plus:ModelReleaseStatus>"),
            "XMP plus:ModelReleaseStatus",
            "It is no code",
        ),
    ],
)
def test_what_may_have_said_anything_of_people_and_cannot_be_read_is_a_question(
    packet: bytes, where: str, what: str, tmp_path: Path
) -> None:
    result = the_result(a_folder(tmp_path, packet))
    (question,) = result.questions
    assert told(question) == ("file.unread", [("True", "embedded", f"look-01.jpg ({where})")])
    assert question.raised[0].words.startswith(what)
    assert (result.assets[0].verdict, result.notes) == ("undecided", ())


def test_what_says_nothing_of_people_and_cannot_be_read_is_a_note(tmp_path: Path) -> None:
    result = the_result(a_folder(tmp_path, xmp("<ext:ReleaseReady>perhaps</ext:ReleaseReady>")))
    assert result.notes == ("look-01.jpg: XMP Iptc4xmpExt:ReleaseReady: It is neither True nor False.",)
    assert result.assets[0].verdict == "clear"


# Content Credentials, through the command itself.


def signed(folder: Path, *, term: str = "compositeWithTrainedAlgorithmicMedia") -> Path:
    a_folder(folder, b"", more=", retouch: {generative_parts: false}")
    (folder / "look-01.jpg").write_bytes(a_signed_picture(term=term))
    return folder


@pytest.mark.parametrize(("roots", "state"), [(True, "trusted"), (False, "valid, not trusted")])
def test_generated_parts_that_were_signed_for_contradict_what_was_declared(
    roots: bool, state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "campaign").mkdir()
    folder = signed(tmp_path / "campaign")
    (tmp_path / "roots.pem").write_text(the_root())
    trusting = ["--trusted-roots", str(tmp_path / "roots.pem")] if roots else []
    assert main(["check", str(folder), "--on", "2026-11-24", "--format", "json", *trusting]) == 3
    (question,) = json.loads(capsys.readouterr().out)["questions"]
    assert question["fact"] == "retouch.generative_parts"
    assert [(each["value"], each["source"]) for each in question["raised"]] == [
        (False, "campaign.yaml:9"),
        (True, f"look-01.jpg (Content Credentials, {state})"),
    ]


def test_the_page_says_who_signed_and_what_was_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(signed(tmp_path)), "--on", "2026-11-24", "--format", "html"])
    page = capsys.readouterr().out
    for said in ("Maison Exemple", "c2pa.created: compositeWithTrainedAlgorithmicMedia", "it is not known whether"):
        assert said in page


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_roots_that_are_none_are_refused(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "campaign").mkdir()
    roots = tmp_path / "roots.pem"
    if content is not None:
        roots.write_bytes(content)
    assert main(["check", str(a_folder(tmp_path / "campaign", b"")), "--trusted-roots", str(roots)]) == 2
    error = capsys.readouterr().err
    assert str(roots) in error
    assert "Name a file of certificates in PEM." in error


def test_what_may_name_people_stands_on_the_page_only_where_personal_data_may(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_folder(tmp_path, xmp("<ext:DigImageGUID>guid-1</ext:DigImageGUID><plus:ImageCreator><rdf:Seq><rdf:li"
        " rdf:parseType='Resource'><plus:ImageCreatorName>A. Nonym</plus:ImageCreatorName></rdf:li></rdf:Seq>"
        "</plus:ImageCreator>"))  # fmt: skip
    pages = []
    for more in ([], ["--with-personal-data"]):
        main(["check", str(tmp_path), "--on", "2026-11-24", "--format", "html", *more])
        pages.append(capsys.readouterr().out)
    assert ["guid-1" in page for page in pages] == [True, True]
    assert ["A. Nonym" in page for page in pages] == [False, True]
    assert "1 line that may name people left out" in pages[0]


def test_damaged_credentials_do_not_take_back_what_whole_ones_would_ask(tmp_path: Path) -> None:
    folder = signed(tmp_path)
    whole = (folder / "look-01.jpg").read_bytes()
    at = whole.index(b"c2pa.actions")
    for position in (at - 200, at - 20, at, at + 40):
        (folder / "look-01.jpg").write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        result = the_result(folder)
        facts = {question.fact for question in result.questions}
        assert facts & {"file.unread", "retouch.generative_parts"}, position
        assert result.verdict.word == "undecided"


def test_without_the_library_that_reads_them_credentials_are_a_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = signed(tmp_path)
    monkeypatch.setitem(sys.modules, "c2pa", None)
    (question,) = the_result(folder).questions
    assert question.fact == "file.unread"
    assert question.raised[0].words == "They were not looked at: install lastlook[vision]."


def test_a_picture_whose_metadata_reader_gives_up_is_a_question(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, b"")
    manifest = folder / "campaign.yaml"
    manifest.write_text(manifest.read_text().replace("look-01.jpg", "look-01.tif"))
    (folder / "look-01.jpg").unlink()
    Image.new("RGB", (16, 16)).save(folder / "look-01.tif")
    data = (folder / "look-01.tif").read_bytes()
    (folder / "look-01.tif").write_bytes(b"II\0\x2a" + data[4:])
    (question,) = the_result(folder).questions
    assert (question.fact, question.of) == ("file.unread", ("look-01",))


def test_a_picture_that_breaks_off_is_a_question(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, b"")
    Image.effect_noise((400, 400), 80).save(folder / "look-01.jpg")
    data = (folder / "look-01.jpg").read_bytes()
    assert the_result(folder).questions == ()
    (folder / "look-01.jpg").write_bytes(data[: len(data) // 3])
    (question,) = the_result(folder).questions
    assert question.raised[0].words == "The picture breaks off: its end is not marked."


def png(*chunks: bytes, behind: bytes = b"") -> bytes:
    return a_png(*chunks) + behind


PACKET = xmp(AGE_17)
PLACES = {
    "png text": ("png", png(chunk(b"tEXt", b"XML:com.adobe.xmp\0" + PACKET))),
    "png compressed text": ("png", png(chunk(b"zTXt", b"XML:com.adobe.xmp\0\0" + zlib.compress(PACKET)))),
    "png raw profile as international text": (
        "png",
        png(chunk(b"iTXt", b"Raw profile type xmp\0\0\0\0\0" + b"\nxmp\n%8d\n" % len(PACKET) + PACKET.hex().encode())),
    ),
    "exif in jpeg": ("jpg", a_jpeg(segment(0xE1, b"Exif\0\0" + a_tiff([(700, 1, PACKET)])))),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_packet_is_read_wherever_other_tools_read_it(place: str, tmp_path: Path) -> None:
    suffix, data = PLACES[place]
    folder = a_folder(tmp_path, b"")
    (folder / "look-01.jpg").unlink()
    (folder / f"look-01.{suffix}").write_bytes(data)
    manifest = folder / "campaign.yaml"
    manifest.write_text(manifest.read_text().replace("look-01.jpg", f"look-01.{suffix}"))
    assert [question.fact for question in the_result(folder).questions] == ["people[talent-1].age"]


@pytest.mark.parametrize("data", [png(behind=chunk(b"iTXt", b"x")), png(behind=b"\0")])
def test_what_stands_behind_the_end_of_a_picture_is_a_question(data: bytes, tmp_path: Path) -> None:
    folder = a_folder(tmp_path, b"")
    (folder / "look-01.jpg").write_bytes(data)
    (question,) = the_result(folder).questions
    assert question.raised[0].words == "Something stands behind the end of the picture."


def test_what_windows_writes_is_read(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, b"")
    keywords = "toys;whisky".encode("utf-16-le") + b"\0\0"
    (folder / "look-01.jpg").write_bytes(a_jpeg(segment(0xE1, b"Exif\0\0" + a_tiff([(40094, 1, keywords)]))))
    assert [told(question) for question in the_result(folder).questions] == [
        ("props", [declared("none"), ("alcohol", "embedded", "look-01.jpg (EXIF XPKeywords)")])
    ]
