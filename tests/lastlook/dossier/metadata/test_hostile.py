"""Broken and hostile files: whatever the bytes, a reader ends soon, keeps little, and raises nothing but our error.

The cases are real files, cut off, overwritten, and spliced into one another.
"""

from __future__ import annotations

import json
import shutil
import struct
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastlook.checking.case import Picture
from lastlook.dossier.metadata.containers import read_packets
from lastlook.dossier.metadata.credentials import Credentials, credentials_of
from lastlook.dossier.metadata.embedded import read_metadata
from lastlook.dossier.metadata.exif import read_exif
from lastlook.dossier.metadata.iim import read_iim
from lastlook.dossier.metadata.rdf import read_rdf
from lastlook.dossier.raising.file import raised_by
from tests.lastlook.dossier.conftest import Writes
from tests.lastlook.dossier.metadata.made import (
    FORMATS,
    a_jpeg,
    a_packet,
    a_picture,
    a_png,
    a_tiff,
    an_avif,
    box,
    dataset,
    extended_segment,
    itxt,
    resources,
    segment,
    xmp_segment,
)
from tests.lastlook.dossier.metadata.test_iim_and_exif import fraction, gps
from tests.lastlook.dossier.metadata.test_round_trips import SAID_IN_EXIF, SAID_IN_IIM, SAID_IN_XMP
from tests.world.breaking import bounded, broken, given_cases
from tests.world.campaigns import a_campaign, an_asset

PACKET = a_packet(
    "<Iptc4xmpExt:ProductInImage><rdf:Bag><rdf:li rdf:parseType='Resource'><Iptc4xmpExt:ProductName><rdf:Alt>"
    "<rdf:li xml:lang='x-default'>Bear</rdf:li></rdf:Alt></Iptc4xmpExt:ProductName></rdf:li></rdf:Bag>"
    "</Iptc4xmpExt:ProductInImage>",
    'plus:MinorModelAgeDisclosure="AG-U14" Iptc4xmpExt:ModelAge="6" exif:GPSLatitude="51,30.45N"',
).encode()
IIM = dataset(1, 90, b"\x1b%G") + dataset(2, 120, "Bär".encode()) + dataset(2, 25, b"bear") + b"\0\0"
EXIF = gps((1, 2, b"S\0"), (2, 5, fraction((45, 1), (45, 1), (0, 1))), (4, 5, fraction((4, 1), (30, 1), (36, 1))))
GUID = b"0123456789ABCDEF0123456789ABCDEF"


@cache
def pictures() -> tuple[bytes, ...]:
    guided = a_packet(attributes=f'xmpNote:HasExtendedXMP="{GUID.decode()}"')
    return (
        a_jpeg(
            segment(0xE1, b"Exif\0\0" + EXIF),
            xmp_segment(guided),
            extended_segment(GUID, len(PACKET), 0, PACKET[:300]),
            extended_segment(GUID, len(PACKET), 300, PACKET[300:]),
            segment(0xED, b"Photoshop 3.0\0" + resources(IIM)),
        ),
        a_png(itxt(PACKET, compressed=True), itxt(PACKET)),
        a_tiff([(274, 3, b"\x06\0"), (700, 1, PACKET), (33723, 7, IIM), (34377, 1, resources(IIM))]),
        an_avif(PACKET, method=0, pieces=2),
        an_avif(PACKET, method=1),
        *(a_picture(kind) for kind in FORMATS),
    )


@pytest.fixture(scope="module")
def corpus(request: pytest.FixtureRequest) -> tuple[bytes, ...]:
    """Our pictures, and those of another tool where it is installed."""
    if shutil.which("exiftool") is None:
        return pictures()
    write: Writes = request.getfixturevalue("written")
    said = SAID_IN_XMP | SAID_IN_IIM | SAID_IN_EXIF
    return pictures() + tuple(write(kind, said).read_bytes() for kind in FORMATS)


@given_cases
@given(data=st.data())
def test_no_picture_breaks_the_reader_of_containers(corpus: tuple[bytes, ...], data: st.DataObject) -> None:
    bounded(read_packets, broken(corpus, data))


@given_cases
@given(data=st.data())
def test_no_picture_breaks_the_reader_of_metadata(corpus: tuple[bytes, ...], data: st.DataObject) -> None:
    bounded(read_metadata, broken(corpus, data))


def raised(case: bytes) -> object:
    """All that a picture's bytes raise on a picture of which nothing is known."""
    campaign = a_campaign(an_asset())
    credentials = Credentials("absent")
    return raised_by(read_packets(case), credentials, campaign.assets[0], Picture(file="a.jpg"), campaign.campaign)


@given_cases
@given(data=st.data())
def test_no_picture_breaks_what_is_raised_from_it(corpus: tuple[bytes, ...], data: st.DataObject) -> None:
    bounded(raised, broken(corpus, data))


def xmp_of(corpus: tuple[bytes, ...]) -> tuple[bytes, ...]:
    return (PACKET, PACKET.decode().encode("utf-16"), *(xmp.data for seed in corpus for xmp in read_packets(seed).xmp))


@given_cases
@given(data=st.data())
def test_no_packet_breaks_the_reader_of_rdf(corpus: tuple[bytes, ...], data: st.DataObject) -> None:
    bounded(read_rdf, broken(xmp_of(corpus), data))


@given_cases
@given(data=st.data())
def test_no_packet_breaks_the_reader_of_iim(corpus: tuple[bytes, ...], data: st.DataObject) -> None:
    seeds = (IIM, *(iim.data for seed in corpus for iim in read_packets(seed).iim))
    bounded(read_iim, broken(seeds, data))


@given_cases
@given(data=st.data())
def test_no_block_breaks_the_reader_of_exif(corpus: tuple[bytes, ...], data: st.DataObject) -> None:
    seeds = (EXIF, a_tiff([(274, 3, b"\0\x06"), (315, 2, b"Jane\0")], order=">"), pictures()[2])
    bounded(read_exif, broken(seeds, data))


@settings(max_examples=200, deadline=2_000)
@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from([
            "manifests", "active_manifest", "a", "assertions", "label", "c2pa.actions", "data", "actions", "action",
            "digitalSourceType", "ingredients", "signature_info", "issuer", "validation_results",
        ]),
        inner, max_size=4,
    ),
    max_leaves=20,
))  # fmt: skip
def test_no_manifest_store_breaks_the_reader_of_credentials(store: object) -> None:
    assert credentials_of(json.dumps(store)).state in ("unreadable", "invalid")
    assert credentials_of(json.dumps({"manifests": {"a": store}, "active_manifest": "a"})).state != "trusted"


# Bombs that are made and not found.


def many_identifiers() -> bytes:
    mains = [xmp_segment("<" + " " * 60_000)] * 600
    return a_jpeg(*mains, *(extended_segment(b"%032d" % n, 1, 0, b"x") for n in range(9_000)))


def one_item_many_times() -> bytes:
    entry = box(b"infe", b"\x02\0\0\0", struct.pack(">HH", 7, 0), b"mime", b"\0", b"application/rdf+xml\0")
    extents = struct.pack(">II", 0, 1) * 9_000
    iloc = box(b"iloc", b"\0\0\0\0", struct.pack(">HHHHH", 0x4400, 1, 7, 0, 9_000), extents)
    iinf = box(b"iinf", b"\0\0\0\0", struct.pack(">H", 1), *[entry] * 9_000)
    return box(b"ftyp", b"avif\0\0\0\0") + box(b"meta", b"\0\0\0\0", iinf, iloc)


def empty_directories() -> bytes:
    links = b"".join(b"\0\0" + struct.pack("<I", 8 + 6 * n) for n in range(1, 300_000))
    return b"II\x2a\0\x08\0\0\0" + links


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(b"\xff\xd8" + b"\xff" * 2_000_000, id="fill bytes without end"),
        pytest.param(b"GIF89a" + b"\0" * 7 + b"\x21\x01\0" * 200_000, id="extensions of nothing"),
        pytest.param(b"GIF89a" + b"\0" * 7 + b"\x21\xff" + b"\x01\x01" * 3_000_000, id="sub-blocks of one byte"),
        pytest.param(b"\0\0\0\x10ftypavif\0\0\0\0" + b"\0\0\0\x08free" * 200_000, id="boxes of nothing"),
        pytest.param(b"\0\0\0\x10ftypavif\0\0\0\0" + b"\0\0\0\x00meta" * 20_000, id="boxes to the end in boxes"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0IDAT\0\0\0\0" * 1_200_000, id="chunks of no pixels"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + (b"\0\0\0\0eXIf" + b"\0" * 4) * 100_000, id="chunks of nothing"),
        pytest.param(b"RIFF\xff\xff\xff\xffWEBP" + b"XMP \0\0\0\0" * 200_000, id="empty packets"),
        pytest.param(b"II\x2a\0\x08\0\0\0" + b"\xff\xff" + b"\xbc\x02\x01\0\xff\xff\0\0\x08\0\0\0" * 70_000, id="tags"),
        pytest.param(
            a_png(*[itxt(b" " * (17 << 20), compressed=True)] * 2_000), id="text that swells, again and again"
        ),
        pytest.param(many_identifiers(), id="identifiers of extended XMP"),
        pytest.param(one_item_many_times(), id="one item many times, in many pieces"),
        pytest.param(empty_directories(), id="directories of nothing"),
    ],
)
def test_a_bomb_is_put_down(case: bytes) -> None:
    started = time.perf_counter()
    found = read_metadata(case)
    assert time.perf_counter() - started < 3
    assert found.unreadable
    bounded(read_packets, case[:400_000])
