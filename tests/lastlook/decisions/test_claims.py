"""Claims: who is said to hold a choice. What nobody mentions nobody holds; what two claim is held by unknown."""

from __future__ import annotations

import pytest

from lastlook.decisions import Claim, Claims, Holder
from lastlook.decisions.claims import Nobody, name_of, without_two_holders
from lastlook.errors import Place, Problem
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth

LOOKS = ("look-01", "look-02", "look-03")
REMEDY = "Name one, or limit each to its pictures with `assets`."


def claim(holder: Holder, *assets: str, right: str = "casting", line: int = 1) -> Claim:
    return Claim(right, holder, frozenset(assets) if assets else "all", Place("campaign.yaml", line))


def two_holders(where: int, what: str) -> Problem:
    return Problem(Place("campaign.yaml", where), what, REMEDY)


@pytest.mark.parametrize(
    ("holder", "held"),
    [("p1", TRUE), (Nobody.NOBODY, FALSE), (Nobody.NOT_KNOWN, UNKNOWN)],
)
def test_a_choice_is_held_by_somebody_nobody_or_nobody_knows_whom(holder: Holder, held: Truth) -> None:
    claims = Claims((claim(holder),))
    assert (claims.holder("casting", "look-01"), claims.is_held("casting", "look-01")) == (holder, held)


def test_a_choice_nobody_mentions_is_held_by_nobody() -> None:
    claims = Claims((claim("p1"),))
    assert (claims.claim("combination", "look-01"), claims.holder("combination", "look-01")) == (None, Nobody.NOBODY)
    assert claims.is_held("combination", "look-01") is FALSE


def test_a_choice_held_on_some_pictures_is_held_by_nobody_on_the_others() -> None:
    claims = Claims((claim("p1", "look-01", "look-02"),))
    assert [claims.holder("casting", look) for look in LOOKS] == ["p1", "p1", Nobody.NOBODY]


def test_where_a_line_could_not_be_read_a_choice_nobody_mentions_is_held_by_somebody_not_known() -> None:
    claims = Claims((claim("p1"), claim(Nobody.NOBODY, right="props")), complete=False)
    assert (claims.holder("combination", "look-01"), claims.is_held("combination", "look-01")) == (
        Nobody.NOT_KNOWN,
        UNKNOWN,
    )
    assert (claims.holder("casting", "look-01"), claims.is_held("props", "look-01")) == ("p1", FALSE)


def test_whether_every_line_could_be_read_is_kept_while_double_claims_are_found() -> None:
    several = (claim("p1", "look-01"), claim("p2", "look-02"))
    assert without_two_holders(several, LOOKS, complete=False) == (Claims(several, complete=False), [])


def test_a_claim_to_no_picture_at_all_holds_nothing() -> None:
    none_at_all = Claim("casting", "p1", frozenset(), Place("campaign.yaml", 1))
    assert Claims((none_at_all,)).is_held("casting", "look-01") is FALSE


def test_claims_that_do_not_meet_are_kept_as_they_are() -> None:
    several = [claim("p1", "look-01"), claim("p2", "look-02"), claim("p3", right="props")]
    assert without_two_holders(several, LOOKS) == (Claims(tuple(several)), [])


def test_where_two_hold_one_right_on_one_picture_both_are_named_and_neither_counts() -> None:
    several = [claim("p1", "look-01", "look-02", line=3), claim("p2", "look-02", "look-03", line=5)]
    claims, problems = without_two_holders(several, LOOKS)
    what = "Two holders of casting on look-02: p1 (campaign.yaml:3) and p2 (campaign.yaml:5)."
    assert problems == [two_holders(5, what)]
    assert [claims.holder("casting", look) for look in LOOKS] == ["p1", Nobody.NOT_KNOWN, "p2"]


def test_a_disputed_choice_is_unknown_and_not_held_by_nobody() -> None:
    claims, _ = without_two_holders([claim("p1"), claim("p2")], LOOKS)
    assert {claims.is_held("casting", look) for look in LOOKS} == {UNKNOWN}


def test_two_holders_of_everything_are_said_to_be_on_every_picture() -> None:
    _, problems = without_two_holders([claim("p1", line=3), claim("p2", line=5)], LOOKS)
    what = "Two holders of casting on every picture: p1 (campaign.yaml:3) and p2 (campaign.yaml:5)."
    assert problems == [two_holders(5, what)]


def test_two_holders_of_everything_are_a_problem_even_where_no_picture_could_be_read() -> None:
    _, problems = without_two_holders([claim("p1", line=3), claim("p2", line=5)], ())
    assert [problem.where.line for problem in problems] == [5]


def test_nobody_and_somebody_are_two_holders() -> None:
    claims, problems = without_two_holders([claim(Nobody.NOBODY, line=3), claim("p2", "look-02", line=5)], LOOKS)
    what = "Two holders of casting on look-02: none (campaign.yaml:3) and p2 (campaign.yaml:5)."
    assert problems == [two_holders(5, what)]
    assert [claims.holder("casting", look) for look in LOOKS] == [Nobody.NOBODY, Nobody.NOT_KNOWN, Nobody.NOBODY]


def test_of_three_that_meet_each_pair_is_named() -> None:
    three = [claim("p1", "look-01", line=3), claim("p2", "look-01", line=4), claim("p3", line=5)]
    claims, problems = without_two_holders(three, LOOKS)
    assert problems == [
        two_holders(4, "Two holders of casting on look-01: p1 (campaign.yaml:3) and p2 (campaign.yaml:4)."),
        two_holders(5, "Two holders of casting on look-01: p1 (campaign.yaml:3) and p3 (campaign.yaml:5)."),
        two_holders(5, "Two holders of casting on look-01: p2 (campaign.yaml:4) and p3 (campaign.yaml:5)."),
    ]
    assert [claims.holder("casting", look) for look in LOOKS] == [Nobody.NOT_KNOWN, "p3", "p3"]


def test_two_rights_of_one_holder_do_not_meet() -> None:
    several = [claim("p1"), claim("p1", right="props")]
    assert without_two_holders(several, LOOKS) == (Claims(tuple(several)), [])


def test_a_holder_is_named_by_handle_or_by_the_word_a_manifest_has_for_nobody() -> None:
    assert [name_of(holder) for holder in ("p1", Nobody.NOBODY, Nobody.NOT_KNOWN)] == ["p1", "none", "unknown"]


def test_a_claim_says_decided_unless_it_says_otherwise() -> None:
    assert (claim("p1").meaning, claim("p1").authority) == ("decided", None)
