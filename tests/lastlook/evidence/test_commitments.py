"""Salted commitments: what a digest stands for can be shown, and cannot be guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastlook.evidence.commitments import commit, digest_of, keyed, new_salt, open_disclosure
from lastlook.evidence.refusal import Malformed

SALT = bytes(range(32))


def test_the_digest_of_the_public_disclosure_is_the_public_one() -> None:
    """RFC 9901: an array element, so its two parts are not read here; the digest is over its text."""
    text = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    assert digest_of(text) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    assert (open_disclosure(text).name, open_disclosure(text).value) == ("family_name", "Möbius")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_disclosure_opens_to_what_was_committed(name: str, value: str) -> None:
    made = commit(name, value, salt=SALT)
    assert open_disclosure(made.text) == made


def test_one_value_under_two_salts_has_two_digests() -> None:
    assert commit("reason", "no", salt=new_salt()).digest != commit("reason", "no", salt=new_salt()).digest


def test_one_value_has_the_same_keyed_digest_under_one_salt_and_another_under_another() -> None:
    assert keyed(SALT, {"a": 1}) == keyed(SALT, {"a": 1})
    assert len({keyed(SALT, {"a": 1}), keyed(SALT, {"a": 2}), keyed(SALT[::-1], {"a": 1})}) == 3


@pytest.mark.parametrize("salt", [b"", b"short", bytes(33)])
def test_a_salt_of_another_length_is_a_bug(salt: bytes) -> None:
    with pytest.raises(ValueError, match="BUG"):
        commit("reason", "no", salt=salt)
    with pytest.raises(ValueError, match="BUG"):
        keyed(salt, 1)


@pytest.mark.parametrize("text", ["", "e30", "WzEsMl0", "W10=", "!", "WyJhIiwiYiIsMV0", "é", "A" * 200_000])
def test_what_is_no_disclosure_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        open_disclosure(text)
