"""Erased is gone: a name, a key and its comment are in no file of the house, of its database, or of what leaves it."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator

from django.db import connection

from tests.world.houses import CAMPAIGN, Team, name_of

COMMENT = "p3 at work"


def needles(team: Team) -> dict[str, bytes]:
    key = (team.folder / "p3.pub").read_text().split()[1]
    return {
        "name": name_of("p3").encode(),
        "key": key.encode(),
        "raw key": base64.b64decode(key)[-32:],
        "comment": COMMENT.encode(),
    }


def spellings(secret: bytes) -> Iterator[bytes]:
    """The bytes, in hex, and in base64 at each of its three alignments (its first and last letters left out)."""
    yield secret
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    for lead in range(3):
        text = base64.b64encode(b"\0" * lead + secret).rstrip(b"=")
        yield text[lead + 2 : -3]
        yield text[lead + 2 : -3].replace(b"+", b"-").replace(b"/", b"_")


def unfolded(data: bytes) -> Iterator[bytes]:
    """The data, what is base64 in it, and what gzip, zlib and zip hold in it."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from unfolded(archive.read(member))
    at = -1
    while (at := data.find(b"\x1f\x8b", at + 1)) >= 0:
        try:
            yield gzip.decompress(data[at:])
        except (OSError, EOFError, zlib.error):
            continue
    at = -1
    while (at := data.find(b"\x78", at + 1)) >= 0:
        try:
            yield zlib.decompressobj().decompress(data[at : at + 65_536])
        except zlib.error:
            continue


def found_in(data: bytes, wanted: dict[str, bytes]) -> set[str]:
    layers = list(unfolded(data))
    for layer in list(layers):
        layers += [base64.urlsafe_b64decode(part + b"==="[: -len(part) % 4]) for part in _disclosed(layer)]
    return {
        name
        for name, secret in wanted.items()
        for spelled in spellings(secret)
        if any(spelled in each for each in layers)
    }


def _disclosed(data: bytes) -> Iterator[bytes]:
    """Words that could be disclosures: base64 of a list that begins with a salt."""
    for word in data.replace(b'"', b" ").replace(b"\x00", b" ").split():
        if word.startswith((b"WyI", b"WyJ")) and word.replace(b"-", b"A").replace(b"_", b"A").isalnum():
            yield word


def everything_kept(team: Team) -> dict[str, bytes]:
    kept = {str(path): path.read_bytes() for path in team.house.rglob("*") if path.is_file()}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = b"\n".join(
                    b" ".join(bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode() for v in row)
                    for row in cursor.fetchall()
                )
                kept[table] = rows
    return kept


def test_what_is_erased_is_nowhere_and_the_record_still_verifies(cleared: Team) -> None:
    team = cleared
    before, after, receipt = team.folder / "before.zip", team.folder / "after.zip", team.folder / "p3.receipt"
    team("bundle", CAMPAIGN, "--output", before)
    wanted = needles(team)
    held = {name for data in everything_kept(team).values() for name in found_in(data, wanted)}
    assert held == {"name", "key", "raw key"}, "the comment of a key was never kept"
    assert found_in(before.read_bytes(), wanted) == {"name", "key", "raw key"}
    assert "values are destroyed" in team("erase", CAMPAIGN, "p3", "--yes")
    team("bundle", CAMPAIGN, "--output", after)
    team("receipt", CAMPAIGN, "p3", "--seal", "--output", receipt)
    connection.close()
    still = {where: found_in(data, wanted) for where, data in everything_kept(team).items()}
    assert {where: found for where, found in still.items() if found} == {}
    for file in (after, receipt):
        assert found_in(file.read_bytes(), wanted) == set(), file
    trust = team.house / "trust.yaml"
    assert team("verify", before, "--trust", trust).startswith("VALID")
    told = team("verify", after, "--trust", trust)
    assert told.startswith("VALID")
    assert "values are erased, and the record says so: key, name, signature" in told


def test_what_cannot_be_undone_is_asked_for_twice(team: Team) -> None:
    team.found()
    assert "What is erased is gone for good" in team("erase", CAMPAIGN, "p3", code=2)


def test_erasing_somebody_nobody_knows_says_so(team: Team) -> None:
    team.found()
    assert "Nobody here is called `p99`" in team("erase", CAMPAIGN, "p99", "--yes", code=2)
