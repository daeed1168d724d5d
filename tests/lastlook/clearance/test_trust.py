"""Trust files: strict, and nothing in them is optional by accident."""

from __future__ import annotations

import datetime as dt

import pytest

from lastlook.clearance.trust import Trust, read_trust
from lastlook.errors import LastlookError
from tests.world.records import ORIGIN, TRUST, WITNESSED

HOUSE_KEY, WITNESS_KEY = TRUST.keys[0].vkey, WITNESSED.witnesses[0].vkey
WHOLE = f"""\
lastlook_trust: 1
origin: {ORIGIN}
keys: ["{HOUSE_KEY}"]
witnesses: ["{WITNESS_KEY}"]
quorum: 1
max_age_hours: 48
"""


def test_a_trust_file_says_whom_to_believe() -> None:
    assert read_trust(WHOLE.encode(), file="trust.yaml") == WITNESSED
    assert WITNESSED.max_age == dt.timedelta(days=2)


def test_the_least_that_a_trust_file_says_is_a_house_and_its_key() -> None:
    text = f'lastlook_trust: 1\norigin: {ORIGIN}\nkeys: ["{HOUSE_KEY}"]\n'
    assert read_trust(text.encode(), file="trust.yaml") == Trust(ORIGIN, TRUST.keys)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("lastlook_trust: 1", "lastlook_trust: 2"), "."),
        (("lastlook_trust: 1\n", ""), "."),
        ((f'keys: ["{HOUSE_KEY}"]', "keys: none"), "."),
        ((f'keys: ["{HOUSE_KEY}"]\n', ""), "."),
        (("quorum: 1", "quorom: 1"), "."),
        (("quorum: 1\n", ""), "names witnesses and no `quorum`"),
        (("quorum: 1", "quorum: 2"), "larger than the number of witnesses"),
        (("quorum: 1", "quorum: 0"), "needs a quorum"),
        (("quorum: 1", "quorum: 1.5"), "."),
        ((HOUSE_KEY, WITNESS_KEY), "is not a note key of"),
        ((WITNESS_KEY, HOUSE_KEY), "is not a cosignature key"),
        ((HOUSE_KEY.split("+")[1], "00000000"), "[Tt]he hash of the key"),
        ((f"origin: {ORIGIN}", "origin: other.example"), "is not a note key of other.example"),
        (("quorum: 1", "quorum: 1\nquorum: 1"), "."),
        ((WHOLE, ""), "."),
        ((WHOLE, "- 1"), "."),
    ],
)
def test_what_is_no_trust_file_is_refused_with_the_reason(change: tuple[str, str], what: str) -> None:
    text = WHOLE.replace(*change)
    assert text != WHOLE
    with pytest.raises(LastlookError, match=what) as refused:
        read_trust(text.encode(), file="trust.yaml")
    assert refused.value.where.file == "trust.yaml"
    assert refused.value.remedy
