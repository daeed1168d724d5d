"""Thumbnails: small, upright, bare; and a reason, never a crash, for whatever cannot be decoded."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import subprocess
import zlib
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from lastlook.checking.case import Picture
from lastlook.dossier import decode, thumbnails
from lastlook.dossier.folder import read_folder
from lastlook.dossier.thumbnails import (
    ENDED,
    NO_FILE,
    NO_ROOM,
    ONLY_PLANNED,
    TOOK_TOO_LONG,
    Thumbnails,
    not_decoded,
    thumbnail_of,
    thumbnails_of,
)
from lastlook.errors import Place, Problem
from lastlook.reports.page.jpeg import size_of
from tests.world import a_campaign, an_asset

PICNIC = Path(__file__).parents[3] / "examples" / "picnic"
BROKEN = "It cannot be decoded: the file is broken or incomplete."


def put(folder: Path, name: str, data: bytes) -> Picture:
    (folder / name).write_bytes(data)
    return Picture(file=name, sha256=hashlib.sha256(data).hexdigest(), width=1, height=1)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(thumbnail: bytes | str) -> Image.Image:
    assert isinstance(thumbnail, bytes), thumbnail
    image = Image.open(io.BytesIO(thumbnail))
    image.load()
    assert image.format == "JPEG"
    assert image.mode == "RGB"
    assert size_of(thumbnail) == image.size
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF"])
def test_every_format_becomes_a_small_jpeg(tmp_path: Path, kind: str) -> None:
    picture = put(tmp_path, "a.bin", encoded(Image.new("RGB", (1600, 1200), (200, 30, 30)), kind))
    image = opened(thumbnail_of(tmp_path, picture))
    assert image.size == (640, 480)
    red, green, blue = image.getpixel((320, 240))  # type: ignore[misc]
    assert red > 170
    assert green < 60
    assert blue < 60


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "F"])
def test_every_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    kind = "PNG" if mode in ("1", "L", "LA", "P", "RGBA", "I;16") else "TIFF"
    image = opened(thumbnail_of(tmp_path, put(tmp_path, "a", encoded(Image.new(mode, (40, 30)), kind))))
    assert image.size == (40, 30), "a small picture stays as it is"


def test_orientation_is_applied(tmp_path: Path) -> None:
    image = Image.new("RGB", (800, 400), "white")
    image.paste("black", (0, 0, 400, 400))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    upright = opened(thumbnail_of(tmp_path, put(tmp_path, "a", encoded(image, "JPEG", exif=exif))))
    assert upright.size == (320, 640)
    assert upright.getpixel((160, 100)) == (0, 0, 0)
    assert upright.getpixel((160, 600)) == (255, 255, 255)


def test_nothing_the_file_carried_travels_on(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "the name of a child"
    data = encoded(Image.new("RGB", (100, 100)), "JPEG", exif=exif, comment=b"a comment", xmp=b"<x/>", dpi=(72, 72))
    thumbnail = thumbnail_of(tmp_path, put(tmp_path, "a", data))
    assert isinstance(thumbnail, bytes)
    assert not any(word in thumbnail for word in (b"Exif", b"child", b"comment", b"<x/>", b"ICC_PROFILE"))


def test_what_can_be_seen_through_is_grey(tmp_path: Path) -> None:
    image = opened(thumbnail_of(tmp_path, put(tmp_path, "a", encoded(Image.new("RGBA", (64, 64)), "PNG"))))
    assert image.getpixel((32, 32)) == (128, 128, 128)


def a_png_of(width: int, height: int) -> bytes:
    """A PNG that says it is this large, in very few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", BROKEN),
        (b"not a picture", BROKEN),
        (encoded(Image.effect_noise((300, 300), 90), "JPEG")[:5000], BROKEN),
        (encoded(Image.effect_noise((300, 300), 90), "PNG")[:5000], BROKEN),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", BROKEN),  # no decoder but those we name
        (a_png_of(30_000, 20_000), "It has more than 300 million pixels."),
        (a_png_of(20_000, 15_001), "It has more than 300 million pixels."),
    ],
    ids=["empty", "text", "cut-jpeg", "cut-png", "postscript", "bomb", "a-little-too-large"],
)
def test_what_cannot_be_decoded_gives_a_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    assert thumbnail_of(tmp_path, put(tmp_path, "a", data)) == reason


def test_memory_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """256 million pixels of RGBA in a child that may use a quarter of a gibibyte."""
    picture = put(tmp_path, "a", encoded(Image.new("L", (16_000, 16_000)), "PNG"))
    small = (
        "import sys; from lastlook.dossier import decode as d\n"
        "d.MAX_MEMORY_BYTES = 256 << 20; sys.exit(d.main(sys.argv[1]))"
    )
    monkeypatch.setattr(thumbnails, "COMMAND", ("-P", "-c", small))
    assert thumbnail_of(tmp_path, picture) == "Decoding it takes more than 2 GiB of memory."


def test_processor_time_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = (
        "from lastlook.limits import limit_this_process as limit\n"
        "limit(memory_bytes=1 << 31, cpu_seconds=1, written_bytes=1)\n"
        "while True: pass"
    )  # fmt: skip
    monkeypatch.setattr(thumbnails, "COMMAND", ("-P", "-c", endless))
    assert thumbnail_of(tmp_path, put(tmp_path, "a", b"x")) == "Decoding it takes more than 30 seconds."


def test_a_child_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnails, "TIMEOUT_SECONDS", 0.5)
    monkeypatch.setattr(thumbnails, "COMMAND", ("-c", "import time; time.sleep(60)"))
    assert thumbnail_of(tmp_path, put(tmp_path, "a", b"x")) == TOOK_TOO_LONG


@pytest.mark.parametrize("program", ["import os; os.abort()", "print('<svg>')", "raise SystemExit(99)"])
def test_a_child_that_ends_strangely_gives_no_thumbnail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(thumbnails, "COMMAND", ("-c", program))
    assert thumbnail_of(tmp_path, put(tmp_path, "a", b"x")) == ENDED


def test_a_child_that_writes_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flood = (
        "import sys; from lastlook.dossier import decode as d; d._limit()\n"
        "while True: sys.stdout.buffer.write(b'x' * 65536)"
    )
    monkeypatch.setattr(thumbnails, "COMMAND", ("-P", "-c", flood))
    assert thumbnail_of(tmp_path, put(tmp_path, "a", b"x")) == ENDED


def test_a_file_that_changed_since_it_was_read_is_not_shown(tmp_path: Path) -> None:
    picture = put(tmp_path, "a", encoded(Image.new("RGB", (9, 9)), "PNG"))
    (tmp_path / "a").write_bytes(encoded(Image.new("RGB", (9, 9), "red"), "PNG"))
    assert thumbnail_of(tmp_path, picture) == "The file changed while it was looked at; check again."


def test_what_has_no_file_says_so(tmp_path: Path) -> None:
    assert thumbnail_of(tmp_path, Picture(planned=True)) == ONLY_PLANNED
    assert thumbnail_of(tmp_path, Picture(file="a")) == NO_FILE
    assert thumbnail_of(tmp_path, Picture(file="gone", sha256="0" * 64)) == NO_FILE
    (tmp_path / "inside").mkdir()
    outside = put(tmp_path, "a", encoded(Image.new("RGB", (9, 9)), "PNG"))
    (tmp_path / "inside" / "a").symlink_to(tmp_path / "a")
    assert thumbnail_of(tmp_path / "inside", outside) == NO_FILE


def test_a_case_gives_each_picture_a_thumbnail_or_a_reason(tmp_path: Path) -> None:
    case = read_folder(PICNIC)
    found = thumbnails_of(PICNIC, case)
    assert sorted(found.made) == ["meadow-01", "meadow-02", "meadow-03"]
    assert found.reasons == {}
    assert all(len(thumbnail) < 100_000 for thumbnail in found.made.values())
    elsewhere = thumbnails_of(tmp_path, case)
    assert elsewhere.made == {}
    assert set(elsewhere.reasons) == {asset.id for asset in case.assets}


def test_a_thumbnail_for_which_there_is_no_room_has_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    case = read_folder(PICNIC)
    monkeypatch.setattr(os, "pwrite", lambda file, piece, at: 0)  # as a disk that is full
    found = thumbnails_of(PICNIC, case)
    assert (dict(found.made), found.reasons) == ({}, {asset.id: NO_ROOM for asset in case.assets})


def test_the_child_is_given_no_name_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    run = subprocess.run

    def noting(command: list[str], **options: object) -> object:
        commands.append(command)
        return run(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", noting)
    thumbnail_of(tmp_path, put(tmp_path, "talent-2 anna.png", encoded(Image.new("RGB", (9, 9)), "PNG")))
    assert commands
    assert not any("anna" in word for command in commands for word in command)
    assert decode.LONGEST_SIDE == 640


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        (BROKEN, "Put a whole copy of the picture in its place, or save it again."),
        (TOOK_TOO_LONG, "Save a smaller or simpler copy in its place, or check on a machine with more memory."),
        (ENDED, "Save a smaller or simpler copy in its place, or check on a machine with more memory."),
        (NO_ROOM, "Make room for temporary files, and check again."),
    ],
)
def test_a_picture_that_was_there_and_cannot_be_decoded_could_not_be_read(reason: str, remedy: str) -> None:
    case = a_campaign(an_asset("a"), an_asset("b"))
    assert not_decoded(case, Thumbnails({}, {"a": reason})) == (Problem(Place("a.jpg"), reason, remedy),)


def test_what_is_only_planned_and_what_could_not_be_opened_is_no_second_problem() -> None:
    case = a_campaign(an_asset("a"), {"id": "b", "plan": "a sketch"})
    case = msgspec.structs.replace(case, pictures={**case.pictures, "a": Picture(file="a.jpg")})
    assert not_decoded(case, Thumbnails({}, {"a": NO_FILE, "b": ONLY_PLANNED})) == ()
