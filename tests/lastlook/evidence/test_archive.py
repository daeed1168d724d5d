"""Bundles: every byte is determined by the members and their order."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastlook.evidence.archive import from_archive, to_archive
from lastlook.evidence.refusal import Malformed

MEMBERS = {"about.json": b"{}", "log/entries": b"\x00" * 40, "empty": b""}


@given(st.dictionaries(st.from_regex(r"[a-z0-9]{1,8}(/[a-z]{1,4})?", fullmatch=True), st.binary(max_size=50)))
def test_what_is_packed_comes_out_in_its_order(members: dict[str, bytes]) -> None:
    assert list(from_archive(to_archive(members)).items()) == list(members.items())


def test_the_same_members_make_the_same_bytes() -> None:
    assert to_archive(MEMBERS) == to_archive(dict(MEMBERS))
    assert b"\x00" * 40 in to_archive(MEMBERS)


def test_no_byte_can_be_changed_without_changing_a_member() -> None:
    whole = to_archive(MEMBERS)
    for at in range(len(whole)):
        changed = bytes([*whole[:at], whole[at] ^ 1, *whole[at + 1 :]])
        try:
            assert from_archive(changed) != MEMBERS, at
        except Malformed:
            continue


@pytest.mark.parametrize(
    "damage", [lambda d: d + b"x", lambda d: b"x" + d, lambda d: d[:-1], lambda d: b"", lambda d: d + d]
)
def test_nothing_stands_before_or_behind_a_bundle(damage: object) -> None:
    assert callable(damage)
    with pytest.raises(Malformed):
        from_archive(damage(to_archive(MEMBERS)))


@pytest.mark.parametrize("name", ["../up", "/root", "UPPER", "a//b", "a b", "a\\b", "", "con:", "a/../b", ".hidden"])
def test_a_member_with_a_strange_name_is_refused(name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name or "/", (1980, 1, 1, 0, 0, 0)), b"")
    with pytest.raises(Malformed):
        from_archive(out.getvalue())


def test_a_compressed_member_a_comment_and_a_member_twice_are_refused() -> None:
    for method, comment, names in (
        (zipfile.ZIP_DEFLATED, b"", ["a"]), (zipfile.ZIP_STORED, b"hello", ["a"]),
        (zipfile.ZIP_STORED, b"", ["a", "a"]),
    ):  # fmt: skip
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            archive.comment = comment
            for name in names:
                if name in archive.namelist():
                    with pytest.warns(UserWarning, match="Duplicate name"):
                        archive.writestr(zipfile.ZipInfo(name), b"0" * 100)
                else:
                    archive.writestr(zipfile.ZipInfo(name), b"0" * 100, method)
        with pytest.raises(Malformed):
            from_archive(out.getvalue())
