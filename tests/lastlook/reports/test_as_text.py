"""What people read: the most serious first, how each fact is known, the remedy beside it, one last line."""

from __future__ import annotations

import datetime as dt
import re

from lastlook.checking.case import Case
from lastlook.checking.concluding import conclude, conclude_together
from lastlook.checking.result import Results
from lastlook.errors import Place
from lastlook.facts.element import Raised
from lastlook.facts.values import Ages
from lastlook.reports.as_text import NO_PAINT, Paint, as_text
from lastlook.rules.rule import Rule
from tests.world import a_campaign, a_library, a_rule, an_asset
from tests.world.knowing import raised_in

ON = dt.date(2026, 11, 24)
KNIFE_BESIDE_CHILD = a_rule(
    {"all": [{"props": "knife"}, {"some": "people", "where": {"age": {"lt": 18}}}]},
    id="knife",
    title="A knife beside a child",
    answered_by=["safeguarding"],
)
METADATA = Place("look-01.jpg", 0, "PLUS:MinorModelAgeDisclosure")


def text_of(case: Case, *rules: Rule, width: int = 80, paint: Paint = NO_PAINT) -> str:
    library = a_library(*(rules or (KNIFE_BESIDE_CHILD,)))
    results = Results((conclude(case, library, on=ON),), conclude_together([case], library))
    return as_text(results, width=width, paint=paint)


def a_child_with_a_knife(**campaign: object) -> Case:
    shows = {"people": [{"age": 9}], "props": ["knife"]}
    return a_campaign(an_asset(shows=shows), campaign=campaign)


def test_a_stop_says_what_engaged_it_who_held_it_who_answers_and_what_clears_it() -> None:
    assert text_of(a_child_with_a_knife()) == (
        "a-campaign: 1 picture at stage final, looked at on 2026-11-24\n"
        "\n"
        "STOPPED        look-01.jpg\n"
        "  knife: A knife beside a child\n"
        "  clause       1: block in GB\n"
        "  because      props is knife (declared, campaign.yaml:1)\n"
        "               people[look-01#person-1].age is 9 (declared, campaign.yaml:1)\n"
        "  held by      props: p1; casting: p1; combination: p1\n"
        "  answered by  safeguarding\n"
        "  clears when  Mend it.\n"
        "\n"
        "WHO ANSWERS    each of them once\n"
        "  safeguarding 1 request: knife\n"
        "\n"
        "Packs: test 1.\n"
        "Stopped: 1 finding in 1 of 1 picture; 0 open questions; 0 facts need a second pair of eyes.\n"
    )


def test_a_question_says_what_to_ask_whose_question_it_is_and_which_rules_wait() -> None:
    text = text_of(a_campaign(an_asset(shows={"people": [{"age": 9}]})))
    assert (
        "CANNOT TELL    look-01.jpg\n"
        "  asks         Which props are shown in the picture (`none` if none)?\n"
        "  fact         props, a question of props\n"
        "  waiting      knife\n"
    ) in text
    assert text.splitlines()[-1] == "Cannot tell: 1 open question; 0 facts need a second pair of eyes."


def test_a_contradiction_shows_both_values_and_both_places_in_the_finding_and_in_one_question() -> None:
    raised = Raised(Ages(10, 10), "embedded", METADATA)
    case = raised_in(
        a_campaign(an_asset(shows={"people": [{"age": 30}], "props": ["knife"]})), "person", "age", raised, False
    )
    text = text_of(case)
    assert (
        "CANNOT TELL    look-01.jpg\n"
        "  asks         How old is look-01#person-1 on the day of the shoot (age or\n"
        "               age_band)?\n"
        "  declared     30 (campaign.yaml:1)\n"
        "  raised       10 (embedded, look-01.jpg (PLUS:MinorModelAgeDisclosure))\n"
        "  fact         people[look-01#person-1].age, a question of casting\n"
        "  waiting      knife\n"
    ) in text
    (asset,) = conclude(case, a_library(KNIFE_BESIDE_CHILD), on=ON).assets
    (finding,) = asset.findings
    age = next(each for each in finding.because if each.fact.endswith(".age"))
    assert (age.value, age.known, age.source) == (Ages(30, 30), "declared", "campaign.yaml:1")
    assert [(told.value, told.known, told.source) for told in age.contradicted_by] == [
        (Ages(10, 10), "embedded", "look-01.jpg (PLUS:MinorModelAgeDisclosure)")
    ]


def test_a_clause_that_is_not_confirmed_says_so_in_the_finding() -> None:
    rule = a_rule({"props": "knife"}, effect="sign_off", answered_by=["legal"], confidence="memory")
    assert "  clause       1: sign_off in GB (unconfirmed: no source was found)\n" in text_of(
        a_child_with_a_knife(), rule
    )


def test_advice_is_shown_when_it_holds_and_kept_when_nobody_can_tell() -> None:
    rule = a_rule({"props": "knife"}, effect="advise", title="Mind the knife")
    assert "TO KNOW        look-01.jpg\n  rule-1: Mind the knife\n" in text_of(a_child_with_a_knife(), rule)
    assert "Mind the knife" not in text_of(a_campaign(an_asset(shows={"people": "none"})), rule)


def test_a_standing_requirement_is_listed_and_counts_for_nothing() -> None:
    rule = a_rule("always", effect="sign_off", answered_by=["marketer"], title="A marketer signs")
    elsewhere = a_rule("always", id="elsewhere", effect="ask", answered_by=["legal"], territories=frozenset({"FR"}))
    text = text_of(a_campaign(an_asset(shows={"people": "none"})), rule, elsewhere)
    assert ("TO BE CLEARED  asked once at stage final\n  asked        rule-1: A marketer signs (marketer)\n") in text
    assert "elsewhere" not in text
    assert text.splitlines()[-1].startswith("Nothing stands in the way, on what the makers declared; ")


def test_colour_carries_nothing_that_words_do_not() -> None:
    painted = text_of(a_child_with_a_knife(), paint=Paint.for_terminal())
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == text_of(a_child_with_a_knife())


def test_text_from_strangers_moves_no_cursor_and_turns_no_line() -> None:
    text = text_of(a_child_with_a_knife(title="\x1b[2J\u202eGifts\r\n", brand="Maison\u200b"))
    assert text.splitlines()[0].startswith("\\x1b[2J\\u202eGifts\\x0d\\x0a, Maison\\u200b: 1 picture")
    assert not set(text) & {"\x1b", "\u202e", "\r", "\u200b"}


def test_no_line_but_the_last_is_wider_than_asked_for() -> None:
    for width in (60, 80, 100):
        lines = text_of(a_child_with_a_knife(), width=width).splitlines()
        assert max(len(line) for line in lines[:-1]) <= width
