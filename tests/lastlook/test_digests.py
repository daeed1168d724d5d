"""Digests: the same bytes and the same values give the same words, here and with any other tool."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lastlook.digests import READ_AT_ONCE_BYTES, Canonical, sha256_of_file, sha256_of_value, short_id

LEAVES = (
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"]))
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3)
)


def test_the_digest_of_a_picture_is_the_sha_256_of_its_bytes(tmp_path: Path) -> None:
    picture = tmp_path / "look-01.jpg"
    picture.write_bytes(b"abc")
    assert sha256_of_file(picture) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_picture_of_no_bytes_has_a_digest_too(tmp_path: Path) -> None:
    picture = tmp_path / "look-01.jpg"
    picture.write_bytes(b"")
    assert sha256_of_file(picture) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_picture_larger_than_what_is_read_at_once_is_read_to_its_last_byte(tmp_path: Path) -> None:
    data = bytes(READ_AT_ONCE_BYTES) + b"the last byte: 1"
    picture = tmp_path / "look-01.jpg"
    picture.write_bytes(data)
    assert sha256_of_file(picture) == hashlib.sha256(data).hexdigest()


def test_the_digest_of_a_value_is_that_of_its_canonical_json() -> None:
    value = {"rule": "cap-18.16", "assets": ["look-01", "look-02"], "é": None, "days": 7, "final": True}
    written = '{"assets":["look-01","look-02"],"days":7,"final":true,"rule":"cap-18.16","é":null}'
    assert sha256_of_value(value) == hashlib.sha256(written.encode()).hexdigest()


def test_the_order_in_which_keys_were_written_changes_no_digest() -> None:
    assert sha256_of_value({"a": 1, "b": 2}) == sha256_of_value({"b": 2, "a": 1})


def test_the_order_of_a_list_does() -> None:
    assert sha256_of_value(["look-01", "look-02"]) != sha256_of_value(["look-02", "look-01"])


def test_yes_and_one_and_the_word_one_have_different_digests() -> None:
    values: list[Canonical] = [True, 1, "1", None, "", [], {}]
    assert len({sha256_of_value(value) for value in values}) == len(values)


def test_a_finding_is_named_by_the_first_sixteen_digits_of_its_digest() -> None:
    assert short_id({"rule": "house-pairing"}) == sha256_of_value({"rule": "house-pairing"})[:16]


@settings(max_examples=100, deadline=None)
@given(VALUES, VALUES)
def test_two_values_have_the_same_digest_only_when_they_are_the_same(one: Canonical, other: Canonical) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (sha256_of_value(one) == sha256_of_value(other)) is same
