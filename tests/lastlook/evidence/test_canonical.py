"""Canonical JSON: one spelling of a value, and no other is read (RFC 8785)."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lastlook.digests import Canonical
from lastlook.errors import LastlookError
from lastlook.evidence.canonical import MAX_DEPTH, from_bytes, to_bytes
from lastlook.evidence.refusal import Malformed

LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=20
)


def test_keys_are_ordered_by_their_utf_16_units() -> None:
    """The example of RFC 8785, section 3.2.3."""
    value: dict[str, Canonical] = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    read = from_bytes(to_bytes(value))
    assert isinstance(read, dict)
    assert list(read) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_strings_are_escaped_no_more_than_they_must_be() -> None:
    """The example of RFC 8785, section 3.2.2.2, in its bytes."""
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    written = b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'
    assert to_bytes(text) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, b"null"),
        (True, b"true"),
        (0, b"0"),
        (-1, b"-1"),
        (2**53 - 1, b"9007199254740991"),
        ([], b"[]"),
        ({}, b"{}"),
        ({"b": [1, 2], "a": {"z": None, "y": False}}, b'{"a":{"y":false,"z":null},"b":[1,2]}'),
    ],
)
def test_a_value_has_these_bytes(value: Canonical, written: bytes) -> None:
    assert to_bytes(value) == written
    assert from_bytes(written) == value


@pytest.mark.parametrize("value", [1.5, 1.0, float("nan"), [0.1], {"a": {"b": 2.0}}, 2**53, "\ud800"])
def test_what_has_no_certain_spelling_is_refused(value: object) -> None:
    with pytest.raises(LastlookError):
        to_bytes(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    [
        b"", b" {}", b"{} ", b"{}\n", b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a": 1}', b"1.0", b"1e2", b"-0", b"01",
        b"NaN", b'"\\u0041"', b'"\\/"', b"9007199254740992", b"\xff", b"\xef\xbb\xbf{}", b"[1,]", b"'a'",
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), b"[" * 100_000,
    ],
)  # fmt: skip
def test_another_spelling_is_not_read(written: bytes) -> None:
    with pytest.raises(Malformed):
        from_bytes(written)


@given(VALUES)
@example({"a": ["\u007f\u2028"]})
def test_what_is_written_reads_back_equal(value: Canonical) -> None:
    assert from_bytes(to_bytes(value)) == value


@given(VALUES, st.data())
def test_a_changed_byte_never_reads_as_the_same_value(value: Canonical, data: st.DataObject) -> None:
    written = to_bytes(value)
    at = data.draw(st.integers(0, len(written) - 1))
    changed = bytes([*written[:at], written[at] ^ data.draw(st.integers(1, 255)), *written[at + 1 :]])
    with contextlib.suppress(Malformed):
        assert from_bytes(changed) != value or to_bytes(from_bytes(changed)) != written
