"""What an XMP packet says, whichever of the many ways of RDF it says it in; and what is refused."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from lastlook.dossier.metadata.rdf import (
    MAX_ATTRIBUTES_OF_ONE,
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_TEXT,
    Many,
    Name,
    Node,
    Properties,
    Simple,
    Structure,
    read_rdf,
)
from lastlook.dossier.metadata.source import Unreadable
from tests.lastlook.dossier.metadata.made import DECLARED, NAMESPACES, a_packet

DC, PLUS, EXT = NAMESPACES["dc"], NAMESPACES["plus"], NAMESPACES["Iptc4xmpExt"]
TITLE: Name = (DC, "title")
PRODUCT: Name = (EXT, "ProductInImage")


def said(properties: str = "", attributes: str = "") -> dict[Name, tuple[Node, ...]]:
    found = read_rdf(a_packet(properties, attributes).encode())
    assert found.unreadable == ()
    return dict(found.values)


def refusal(packet: str | bytes) -> str:
    found = read_rdf(packet.encode() if isinstance(packet, str) else packet)
    assert found.values == {}
    (note,) = found.unreadable
    assert note.where == "XMP"
    return note.what


@pytest.mark.parametrize(
    ("properties", "attributes"),
    [
        ("<dc:title>Bear</dc:title>", ""),
        ("<dc:title>  Bear\n</dc:title>", ""),
        ("<dc:title><![CDATA[Bear]]></dc:title>", ""),
        ("<dc:title>Be<!-- a remark -->ar</dc:title>", ""),
        ("", 'dc:title="Bear"'),
        ('<dc:title rdf:resource="Bear"/>', ""),
        ('<dc:title rdf:parseType="Resource"><rdf:value>Bear</rdf:value><dc:type>q</dc:type></dc:title>', ""),
        ('<dc:title rdf:value="Bear" dc:type="q"/>', ""),
        (f'<any:title xmlns:any="{DC}">Bear</any:title>', ""),
        ("</rdf:Description><rdf:Description><dc:title>Bear</dc:title>", ""),
        ('</rdf:Description><rdf:Description rdf:about="uuid:1" dc:title="Bear">', ""),
    ],
)
def test_a_text_is_the_same_however_it_is_written(properties: str, attributes: str) -> None:
    assert said(properties, attributes) == {TITLE: (Simple("Bear"),)}


def test_the_wrapper_may_be_missing() -> None:
    assert read_rdf(a_packet(attributes='dc:title="Bear"', wrapped=False).encode()).values == {TITLE: (Simple("Bear"),)}


FIELDS: dict[Name, tuple[Node, ...]] = {
    (EXT, "ProductName"): (Simple("Bear"),),
    (EXT, "ProductGTIN"): (Simple("96385074"),),
}


@pytest.mark.parametrize(
    "value",
    [
        '<Iptc4xmpExt:ProductInImage rdf:parseType="Resource">{elements}</Iptc4xmpExt:ProductInImage>',
        "<Iptc4xmpExt:ProductInImage><rdf:Description>{elements}</rdf:Description></Iptc4xmpExt:ProductInImage>",
        "<Iptc4xmpExt:ProductInImage><rdf:Description {attributes}/></Iptc4xmpExt:ProductInImage>",
        "<Iptc4xmpExt:ProductInImage {attributes}/>",
        "<Iptc4xmpExt:ProductInImage><plus:Typed>{elements}</plus:Typed></Iptc4xmpExt:ProductInImage>",
    ],
)
def test_a_structure_is_the_same_however_it_is_written(value: str) -> None:
    elements = (
        "<Iptc4xmpExt:ProductName>Bear</Iptc4xmpExt:ProductName>"
        "<Iptc4xmpExt:ProductGTIN>96385074</Iptc4xmpExt:ProductGTIN>"
    )
    attributes = 'Iptc4xmpExt:ProductName="Bear" Iptc4xmpExt:ProductGTIN="96385074"'
    assert said(value.format(elements=elements, attributes=attributes)) == {PRODUCT: (Structure(FIELDS),)}


def test_arrays_keep_their_kind_their_order_and_the_languages_of_their_members() -> None:
    found = said(
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Bear</rdf:li><rdf:li xml:lang="de">Bär</rdf:li></rdf:Alt>'
        "</dc:title><dc:creator><rdf:Seq><rdf:li>one</rdf:li><rdf:li>two</rdf:li></rdf:Seq></dc:creator>"
        '<Iptc4xmpExt:ProductInImage><rdf:Bag><rdf:li Iptc4xmpExt:ProductName="Bear"/>'
        '<rdf:li rdf:parseType="Resource"><Iptc4xmpExt:ProductName>Lamp</Iptc4xmpExt:ProductName></rdf:li>'
        "<rdf:li><rdf:Bag><rdf:li>deep</rdf:li></rdf:Bag></rdf:li></rdf:Bag></Iptc4xmpExt:ProductInImage>"
    )
    assert found == {
        TITLE: (Many("Alt", (Simple("Bear", "x-default"), Simple("Bär", "de"))),),
        (DC, "creator"): (Many("Seq", (Simple("one"), Simple("two"))),),
        PRODUCT: (
            Many(
                "Bag",
                (
                    Structure({(EXT, "ProductName"): (Simple("Bear"),)}),
                    Structure({(EXT, "ProductName"): (Simple("Lamp"),)}),
                    Many("Bag", (Simple("deep"),)),
                ),
            ),
        ),
    }


def test_a_property_that_stands_twice_has_both_values() -> None:
    found = said('</rdf:Description><rdf:Description dc:title="two"><dc:title>three</dc:title>', 'dc:title="one"')
    assert found == {TITLE: (Simple("one"), Simple("two"), Simple("three"))}


def test_only_the_namespace_counts_and_never_the_prefix() -> None:
    elsewhere = "http://somewhere.example/"
    packet = (
        f'<r:RDF xmlns:r="{NAMESPACES["rdf"]}" xmlns:plus="{elsewhere}" xmlns:q="{PLUS}">'
        '<r:Description plus:MinorModelAgeDisclosure="AG-A25" q:MinorModelAgeDisclosure="AG-U14"/></r:RDF>'
    )
    assert read_rdf(packet.encode()) == Properties(
        {
            (elsewhere, "MinorModelAgeDisclosure"): (Simple("AG-A25"),),
            (PLUS, "MinorModelAgeDisclosure"): (Simple("AG-U14"),),
        }
    )


def test_a_namespace_that_nearly_is_the_right_one_is_another_one() -> None:
    for near in (PLUS.rstrip("/"), PLUS.upper(), PLUS + "x", PLUS.replace("http", "https")):
        packet = a_packet(attributes=f'xmlns:p="{near}" p:ModelReleaseStatus="MR-UMR"')
        assert (PLUS, "ModelReleaseStatus") not in read_rdf(packet.encode()).values


def test_a_name_without_a_namespace_says_nothing() -> None:
    assert said("<title>Bear</title>", 'title="Bear" about=""') == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0" encoding="iso-8859-7"?>'])
def test_the_bytes_say_in_which_encoding_a_packet_is(encoding: str, declaration: str) -> None:
    packet = declaration + a_packet(attributes='dc:title="Bär 熊"')
    for padding in ("", "\0", "\n \n"):
        assert read_rdf((packet + padding).encode(encoding)) == Properties({TITLE: (Simple("Bär 熊"),)})


def test_bytes_that_do_not_fit_the_encoding_are_replaced_and_noted() -> None:
    assert read_rdf(a_packet(attributes='dc:title="Bär"').encode("latin-1")) == Properties(
        {TITLE: (Simple("B\ufffdr"),)}, (Unreadable("Some of its characters are not UTF-8.", "XMP"),)
    )


# What is refused.


def test_a_document_type_is_refused_with_all_that_it_could_do() -> None:
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9))
    for dtd in (f"<!DOCTYPE r [{entities}]>", '<!DOCTYPE r SYSTEM "file:///etc/passwd">', "<!DOCTYPE r>"):
        what = refusal(dtd + a_packet("<dc:title>&a8;</dc:title>", wrapped=False))
        assert what == "It declares a document type or entities, which XMP may not."


def test_an_entity_that_nobody_declared_is_refused() -> None:
    assert refusal(a_packet("<dc:title>&xxe;</dc:title>")) == "It is not well-formed XML."


@pytest.mark.parametrize(
    ("packet", "what"),
    [
        (b"", "It holds no XML."),
        (b"\0" * 100, "It holds no XML."),
        (b">never opened<", "It holds no XML."),
        (a_packet()[:300].encode(), "It is not well-formed XML."),
        (b"<a><b></a>", "It is not well-formed XML."),
        (b"<a/>", "It holds no rdf:RDF."),
        (b"<" * 3_000_000 + b">", "It has more than 50,000 elements."),
    ],
)
def test_what_is_no_packet_gives_nothing_and_a_note(packet: bytes, what: str) -> None:
    assert refusal(packet) == what


def nested(levels: int) -> str:
    opened, closed = '<dc:relation rdf:parseType="Resource">' * levels, "</dc:relation>" * levels
    return a_packet(f"{opened}<dc:title>deep</dc:title>{closed}")


def test_depth_is_limited() -> None:
    assert read_rdf(nested(MAX_DEPTH - 4).encode()).unreadable == ()
    for levels in (MAX_DEPTH - 3, 100_000):
        assert refusal(nested(levels)) in (
            "It is nested more than 32 levels deep.",
            "It has more than 50,000 elements.",
        )


def test_elements_are_limited() -> None:
    assert read_rdf(a_packet("<dc:a/>" * (MAX_ELEMENTS - 3)).encode()).unreadable == ()
    assert refusal(a_packet("<dc:a/>" * (MAX_ELEMENTS - 2))) == "It has more than 50,000 elements."


def test_the_attributes_of_one_element_are_limited() -> None:
    declared = DECLARED.count("xmlns")
    assert declared < MAX_ATTRIBUTES_OF_ONE
    what = refusal(a_packet(attributes=" ".join(f'dc:a{n}="1"' for n in range(2_000_000))[:15_000_000] + '"'))
    assert what == "An element has more than 1,000 attributes."


def test_attributes_are_limited_in_all() -> None:
    element = "<dc:a " + " ".join(f'dc:a{n}=""' for n in range(900)) + "/>"
    assert refusal(a_packet(element * 200)) == "It has more than 100,000 attributes."


def test_a_namespace_address_is_limited_since_it_would_be_copied_for_every_name() -> None:
    address = "http://long.example/" + "x" * 1_000_000
    attributes = " ".join(f'l:a{n}=""' for n in range(900))
    started = time.perf_counter()
    tracemalloc.start()
    what = refusal(a_packet(f"<l:b {attributes}/>" * 100, f'xmlns:l="{address}"'))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert what == "A namespace address has more than 1,000 characters."
    assert time.perf_counter() - started < 2
    assert peak < 32 << 20


def test_one_value_that_is_too_long_is_left_out_and_the_rest_kept() -> None:
    long = "x" * (MAX_TEXT + 1)
    found = read_rdf(a_packet(f"<dc:title>{long}</dc:title><dc:format>f</dc:format>").encode())
    assert found == Properties(
        {(DC, "format"): (Simple("f"),)},
        (Unreadable("A value has more than 1,000,000 characters and was not read.", "XMP"),),
    )


def test_a_packet_that_is_too_large_is_not_read() -> None:
    assert refusal(b"<a>" + b" " * (16 << 20) + b"</a>") == "It has more than 16 MiB."


def test_what_is_no_member_of_an_array_is_noted() -> None:
    found = read_rdf(
        a_packet("<dc:subject><rdf:Bag><rdf:li>a</rdf:li><dc:li>b</dc:li></rdf:Bag></dc:subject>").encode()
    )
    assert found == Properties(
        {(DC, "subject"): (Many("Bag", (Simple("a"),)),)},
        (Unreadable("Something stands where a member of an array must stand.", "XMP"),),
    )


def test_an_array_where_a_property_must_stand_is_noted() -> None:
    found = read_rdf(a_packet("<rdf:Bag><rdf:li>x</rdf:li></rdf:Bag><dc:format>f</dc:format>").encode())
    assert found == Properties(
        {(DC, "format"): (Simple("f"),)},
        (Unreadable("Something stands where a property must stand.", "XMP"),),
    )
