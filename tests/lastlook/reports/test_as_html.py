"""The page: whole by itself, everything escaped, questions first, each picture with what is known, covers where due."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastlook.checking.case import Case
from lastlook.checking.concluding import conclude, conclude_together, unreadable
from lastlook.checking.result import Earliest, Results, Waiting
from lastlook.errors import Place, Problem
from lastlook.facts.element import Raised
from lastlook.facts.values import Ages
from lastlook.packs.lead_times import LeadTime
from lastlook.reports.as_html import Seen, as_html
from lastlook.reports.as_text import as_text
from lastlook.rules.rule import Rule
from tests.world import a_campaign, a_library, a_rule, an_asset
from tests.world.knowing import raised_in
from tests.world.rules import bundled

ON = dt.date(2026, 11, 24)
KNIFE_BESIDE_CHILD = a_rule(
    {"all": [{"props": "knife"}, {"some": "people", "where": {"age": {"lt": 18}}}]},
    id="knife",
    title="A knife beside a child",
    answered_by=["safeguarding"],
)
PROTECTS = msgspec.structs.replace(KNIFE_BESIDE_CHILD, safeguards_children=True)
CHILD = {"age": 9, "portrayal": "none"}
# The smallest header a JPEG can have: start, one frame header of 64 by 48, end.
JPEG = bytes.fromhex("ffd8ffc0000b080030004001011100ffd9")
STRANGERS = [
    "\x00pixels-1\x00",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; --",
    "&lt;",
    "a\u202eb\x1b[31m",
    "]]>",
]


def page_of(
    *cases: Case, rules: tuple[Rule, ...] = (KNIFE_BESIDE_CHILD,), personal: bool = False,
    thumbnails: Mapping[str, bytes] | None = None,
) -> str:  # fmt: skip
    library = a_library(*rules)
    results = Results(
        tuple(conclude(case, library, on=ON) for case in cases), conclude_together(cases, library), library.problems
    )
    pictures = thumbnails if thumbnails is not None else {asset.id: JPEG for case in cases for asset in case.assets}
    seen = [Seen(case, pictures) for case in cases]
    return "".join(as_html(results, seen, {rule.id: rule for rule in rules}, with_personal_data=personal))


def words_of(page: str) -> str:
    """What a reader reads, spaces made one."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", body)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return re.sub(r"\s+([.,;:)])", r"\1", re.sub(r"\s+", " ", text)).replace("( ", "(")


def a_child_with_a_knife(**campaign: object) -> Case:
    return a_campaign(an_asset(shows={"people": [CHILD], "props": ["knife"]}), campaign=campaign)


class Noted(Mapping[str, bytes]):
    """Thumbnails that write down when they were asked for."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        self.ids = ids
        self.asked: list[str] = []

    def __getitem__(self, key: str) -> bytes:
        self.asked.append(key)
        return JPEG

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


class Reader(HTMLParser):
    """Every element of the page, and whether the tags nest."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(attribute))]


# The page by itself.


def test_the_page_needs_nothing_else_and_says_so_itself() -> None:
    page = page_of(a_child_with_a_knife())
    reader = Reader(page)
    assert reader.open == []
    assert {name for name, _ in reader.elements} & {"script", "link", "iframe", "object", "embed", "form"} == set()
    assert [
        value for value in reader.values("src") + reader.values("href") if not value.startswith(("#", "data:"))
    ] == []
    css = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert css
    assert policy
    assert "url(" not in css[1]
    assert "@import" not in css[1]
    digest = base64.b64encode(hashlib.sha256(css[1].encode()).digest()).decode()
    assert policy[1] == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_no_element_carries_style_or_handlers_which_the_policy_would_refuse() -> None:
    attributes = {name for _, attrs in Reader(page_of(a_child_with_a_knife())).elements for name in attrs}
    assert not any(name == "style" or name.startswith("on") for name in attributes)


def test_every_link_leads_to_one_place_on_the_page() -> None:
    reader = Reader(page_of(a_child_with_a_knife(), a_campaign(an_asset(), campaign={"id": "other"})))
    ids = reader.values("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in reader.values("href") if href.startswith("#")} <= set(ids)
    labelled = {each for value in reader.values("aria-labelledby") for each in value.split()}
    assert labelled <= set(ids)


@pytest.mark.parametrize("many", [False, True])
def test_headings_are_in_order(many: bool) -> None:
    cases = [a_child_with_a_knife(), *([a_campaign(campaign={"id": "other"})] if many else [])]
    levels = [int(name[1]) for name, _ in Reader(page_of(*cases)).elements if re.fullmatch(r"h[1-6]", name)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


# Text from strangers.


@pytest.mark.parametrize("text", STRANGERS)
def test_text_from_a_campaign_is_text(text: str) -> None:
    case = a_campaign(
        an_asset(shows={"people": [CHILD], "props": ["knife"]}, copy={"text": text}),
        campaign={"title": text, "brand": text},
        decisions=[{"right": "casting", "holder": "p1", "authority": text}],
    )
    case = msgspec.structs.replace(case, problems=(Problem(Place(text, 3, text), text, text),))
    reader = Reader(page_of(case))
    assert reader.open == []
    assert {name for name, _ in reader.elements} & {"script", "img"} == set()
    assert "onerror" not in {name for _, attrs in reader.elements for name in attrs}


@given(st.text(max_size=40))
def test_any_text_leaves_the_page_whole(text: str) -> None:
    problem = Problem(Place(text), text, text)
    library = a_library()
    result = msgspec.structs.replace(
        unreadable(text, problem, library, on=ON), title=text, brand=text, notes=(text,)
    )  # fmt: skip
    page = "".join(as_html(Results((result,)), [Seen()], {}))
    assert Reader(page).open == []
    body = re.sub(r"<!doctype html>|<meta [^>]*>|<style>.*?</style>", "", page, flags=re.DOTALL)
    ET.fromstring(re.sub(r" (hidden|open)(?=[ >])", r' \1=""', body))
    assert not any(letter in page for letter in "\x1b\u202e\u2066\u200b")


# What it says.


def test_it_sums_up_in_the_words_of_the_text_report() -> None:
    case = a_child_with_a_knife(title="Knives", brand="Exemple")
    library = a_library(KNIFE_BESIDE_CHILD)
    last_line = as_text(Results((conclude(case, library, on=ON),)), width=200).splitlines()[-1]
    said = words_of(page_of(case))
    assert last_line in said
    assert "Exemple, 1 picture, stage final, looked at on Tuesday 24 November 2026" in said


def test_questions_stand_first_by_whom_one_would_ask_and_where_the_answer_is_written() -> None:
    case = a_campaign(
        an_asset("a", shows={"people": [CHILD]}),
        an_asset("b", shows={"props": ["knife"]}),
        decisions=[{"right": "props", "holder": "p4"}, {"right": "casting", "holder": "unknown"}],
    )
    said = words_of(page_of(case))
    assert said.index("p4 holds the props") < said.index("Contact sheet Cannot tell")
    assert "Which props are shown in the picture (none if none)? In a.jpg. Write it at props." in said
    assert "1 rule waits for it: A knife beside a child." in said
    assert "It is not known who holds casting" in said


def test_what_a_role_answers_for_is_read_once_however_many_pictures_it_is_about() -> None:
    shows = {"people": [CHILD], "props": ["knife"]}
    said = words_of(page_of(a_campaign(an_asset("a", shows=shows), an_asset("b", shows=shows))))
    questions = said[: said.index("Contact sheet Stopped")]
    assert questions.count("A knife beside a child.") == 1
    assert "Safeguarding answers for what is shown" in questions
    assert "In all 2 pictures." in questions


def test_a_finding_says_rule_reasons_holders_and_what_clears_it() -> None:
    said = words_of(page_of(a_child_with_a_knife()))
    assert (
        "Stopped A knife beside a child knife 1. Stops the picture until what it flags is changed. In GB. It." in said
    )
    assert "props is knife (declared, campaign.yaml:1)" in said
    assert "look-01#person-1: age is 12 or under (declared, campaign.yaml:1)" in said
    assert "Held by props: p1; casting: p1; combination: p1" in re.sub(r"(p1) (?=\w)", r"\1; ", said)
    assert "Answered by safeguarding What clears it Mend it." in said


def test_a_clause_that_is_not_confirmed_says_so_in_the_finding() -> None:
    rule = msgspec.structs.replace(KNIFE_BESIDE_CHILD, confidence="check")
    assert "This clause is unconfirmed: second-hand, or our reading." in words_of(
        page_of(a_child_with_a_knife(), rules=(rule,))
    )


def test_a_contradiction_shows_both_values_also_where_both_are_in_one_band() -> None:
    other = Raised(Ages(15, 15), "embedded", Place("look-01.jpg", 0, "XMP"))
    near = Raised(Ages(11, 11), "observed", Place("look-01.jpg", 0, "model"))
    case = raised_in(a_child_with_a_knife(), "person", "age", other, is_list=False)
    case = raised_in(case, "person", "age", near, is_list=False)
    said = words_of(page_of(case))
    assert "but 13 to 15 (embedded, look-01.jpg (XMP))" in said
    assert "but 12 or under (another age) (observed, look-01.jpg (model))" in said
    assert "9" not in re.findall(r"age is (\d+)", said)


def test_exact_ages_are_shown_only_when_asked_for() -> None:
    assert "age is 9 (declared" in words_of(page_of(a_child_with_a_knife(), personal=True))
    assert "age is 9" not in words_of(page_of(a_child_with_a_knife()))


def test_all_that_is_known_of_a_picture_is_listed_with_how_it_is_known() -> None:
    asset = an_asset(
        shows={"people": [{"age": 30, "appears": "adult_25_plus"}], "props": "none", "settings": ["bedroom"]},
        copy={"text": "Gifts", "exhortation_to_buy": False},
    )
    case = raised_in(
        a_campaign(asset), "asset", "props", Raised("knife", "observed", Place("look-01.jpg")), is_list=True
    )
    said = words_of(page_of(case))
    facts = said[said.index("Everything known of look-01.jpg") :]
    assert "props none declared, campaign.yaml:1 also said: knife observed, look-01.jpg" in facts
    assert "settings bedroom declared, campaign.yaml:1" in facts
    assert "copy text Gifts declared" in facts
    assert "copy exhortation to buy no declared" in facts
    assert "Person look-01#person-1 age 25 or over declared" in facts


def test_a_list_that_may_go_on_says_so() -> None:
    case = a_campaign(
        an_asset(look="l", shows={"people": "none"}), products=[{"id": "bag"}], looks={"l": {"products": ["bag"]}}
    )
    assert "products bag, and it is not known whether that is all" in words_of(page_of(case))


def test_holes_in_the_decisions_have_words() -> None:
    decisions = [
        {"right": "casting", "holder": "p1", "authority": "contract 1"},
        {"right": "combination", "holder": "none"},
        {"right": "location", "holder": "unknown"},
        {"right": "props", "holder": "p4", "assets": ["a"]},
    ]
    said = words_of(page_of(a_campaign(an_asset("a"), an_asset("b"), decisions=decisions)))
    assert "casting p1 contract 1 (campaign.yaml:1) all 2 pictures" in said
    assert "combination nobody (campaign.yaml:1) all 2 pictures" in said
    assert "location not known (campaign.yaml:1) all 2 pictures" in said
    assert "props p4 (campaign.yaml:1) a.jpg not claimed b.jpg" in said
    assert "retouching not claimed all 2 pictures" in said


def test_what_could_not_be_read_says_where_what_and_the_remedy() -> None:
    problem = Problem(Place("people.csv", 4, "age"), "`x` is no age.", "Write a number.")
    said = words_of(page_of(msgspec.structs.replace(a_campaign(), problems=(problem,))))
    assert "people.csv:4 age x is no age. Try: Write a number." in said
    assert "1 thing could not be read." in said


def test_a_folder_without_a_campaign_still_gives_a_page() -> None:
    library = a_library()
    problem = Problem(Place("there"), "There is no such folder.", "Check the path.")
    page = "".join(as_html(Results((unreadable("there", problem, library, on=ON),)), [Seen()], {}))
    assert "There is no such folder. Try: Check the path." in words_of(page)


def test_packs_limits_and_second_looks_are_named() -> None:
    said = words_of(page_of(a_campaign(an_asset(shows={"people": "none", "props": ["knife"]}))))
    assert "Needs a second pair of eyes" in said
    assert "What Lastlook cannot see" in said
    assert "test 1 00000000…00000000" in said


def test_several_campaigns_are_one_page_with_what_they_show_together() -> None:
    shared = a_rule(
        {"some": "campaigns", "where": {"some": "assets", "where": {"props": "knife"}}},
        id="weeks", title="A knife in the same weeks", scope="concurrent",
    )  # fmt: skip
    page = page_of(a_child_with_a_knife(), a_campaign(campaign={"id": "other"}), rules=(shared,))
    said = words_of(page)
    assert "2 campaigns" in said
    assert said.index("Seen together, in the same days") < said.index("Questions")
    assert "A knife in the same weeks" in said


# States of a frame.


@pytest.mark.parametrize(
    ("shows", "word", "state"),
    [
        ({"people": [CHILD], "props": ["knife"]}, "Stopped", "stopped"),
        ({"people": [CHILD]}, "Cannot tell", "undecided"),
        ({"people": "none", "props": "none"}, "Nothing found", "clear"),
    ],
)
def test_a_frame_says_its_state_in_a_word_and_a_mark(shows: dict[str, object], word: str, state: str) -> None:
    page = page_of(a_campaign(an_asset(shows=shows)))
    frame = re.search(rf'<li class="frame {state}">.*?</li>', page, re.DOTALL)
    assert frame
    assert f'<span class="state">{word}</span>' in frame[0]
    assert f'class="mark {state}"' in frame[0]


def test_a_picture_without_a_file_is_not_looked_at_yet_however_quiet_the_rules_are() -> None:
    planned = {"id": "a", "plan": "a sketch", "shows": {"people": "none", "props": "none"}}
    said = words_of(page_of(a_campaign(planned, campaign={"stage": "concept"}), thumbnails={}))
    assert "a Not looked at yet only planned" in said
    assert "Nothing stands in the way of this picture" not in said


# Pictures and covers.


def is_covered(page: str) -> bool:
    covered = '<details class="cover">' in page
    assert ("<use " not in page) == covered, "what is covered is not on the contact sheet either"
    return covered


def test_a_picture_stopped_by_a_rule_that_protects_children_is_covered() -> None:
    assert is_covered(page_of(a_child_with_a_knife(), rules=(PROTECTS,)))
    assert not is_covered(page_of(a_child_with_a_knife()))


@pytest.mark.parametrize(
    ("people", "covered"),
    [
        ([{"age": 9, "portrayal": ["distressed"]}], True),
        ([{"age": 30, "portrayal": ["distressed"]}, {"age": 9, "portrayal": "none"}], True),
        ([{"portrayal": ["distressed"]}], True),  # nobody said how old
        ([{"age": 19, "appears": "teen_16_17", "portrayal": ["drinking"]}], True),
        ([{"age": 30, "portrayal": ["distressed"]}], False),
        ([{"age": 9, "portrayal": "none"}], False),
    ],
)
def test_a_portrayal_together_with_a_minor_is_covered(people: list[dict[str, object]], covered: bool) -> None:
    assert is_covered(page_of(a_campaign(an_asset(shows={"people": people, "props": "none"})))) is covered


@pytest.mark.parametrize(
    ("shows", "covered"),
    [
        ({"themes": ["nudity"]}, True),  # nobody said who is in it
        ({"themes": ["sexual_content", "war"], "people": "unknown"}, True),
        ({"themes": ["nudity"], "people": [{"age": 9, "portrayal": "none"}]}, True),
        ({"themes": ["nudity"], "people": [{"age": 30, "portrayal": "none"}]}, False),
        ({"themes": ["nudity"], "people": "none"}, False),
        ({"themes": ["war"]}, False),
        ({}, False),
    ],
)
def test_nudity_and_sexual_themes_are_covered_unless_all_people_are_known_to_be_adults(
    shows: dict[str, object], covered: bool
) -> None:
    assert is_covered(page_of(a_campaign(an_asset(shows={**shows, "props": "none"})))) is covered


@pytest.mark.parametrize(("people", "covered"), [(None, True), ("none", False)])
def test_an_adult_content_warning_in_a_file_covers_unless_it_is_known_who_is_in_the_picture(
    people: str | None, covered: bool
) -> None:
    shows = {"props": "none", "themes": "none"} | ({"people": people} if people else {})
    warning = Raised("sexual_content", "embedded", Place("look-01.jpg", 0, "XMP plus:AdultContentWarning"))
    case = raised_in(a_campaign(an_asset(shows=shows)), "asset", "themes", warning, is_list=True)
    assert is_covered(page_of(case)) is covered


def test_somebody_listed_is_covered_where_others_may_be_in_the_picture() -> None:
    case = a_campaign(an_asset(shows={"people": [{"age": 30, "portrayal": ["nude"]}, 7], "props": "none"}))
    assert is_covered(page_of(case))


def test_what_a_machine_saw_covers_too() -> None:
    case = a_campaign(an_asset(shows={"people": [{"age": 30, "portrayal": "none"}], "props": "none"}))
    case = raised_in(case, "person", "age", Raised(Ages(14, 14), "observed", Place("m")), is_list=False)
    case = raised_in(case, "person", "portrayal", Raised("nude", "observed", Place("m")), is_list=True)
    assert is_covered(page_of(case))


def test_a_region_is_drawn_where_a_fact_has_one_and_told_beside_the_picture() -> None:
    seen = Raised("knife", "observed", Place("look-01.jpg", 0, "detector"), (0.25, 0.5, 0.5, 0.25))
    case = raised_in(a_campaign(an_asset(shows={"people": "none"})), "asset", "props", seen, is_list=True)
    page = page_of(case)
    assert '<rect x="16" y="24" width="32" height="12" class="line"/>' in page
    assert "props: knife (observed, look-01.jpg (detector))" in words_of(page)


@pytest.mark.parametrize("bytes_", [b"", b"<svg onload=alert(1)>", b"\xff\xd8\xff\xd9", JPEG[:9]])
def test_what_is_no_jpeg_is_not_put_into_the_page(bytes_: bytes) -> None:
    page = page_of(a_campaign(an_asset()), thumbnails={"look-01": bytes_})
    assert "data:image" not in page
    assert "Its thumbnail could not be shown." in words_of(page)


def test_a_picture_stands_in_the_page_once() -> None:
    page = page_of(a_campaign(an_asset(shows={"people": "none", "props": "none"})))
    assert page.count("data:image/jpeg;base64,") == 1
    assert page.count('<use href="#pixels-1"/>') == 1


def test_a_thumbnail_is_asked_for_when_its_turn_has_come_and_is_a_piece_of_its_own() -> None:
    ids = ("a", "b", "c")
    case = a_campaign(*(an_asset(id=asset_id, shows={"people": "none"}) for asset_id in ids))
    library = a_library(KNIFE_BESIDE_CHILD)
    thumbnails = Noted(ids)
    pieces = as_html(Results((conclude(case, library, on=ON),)), [Seen(case, thumbnails)], {})
    thumbnails.asked.clear()  # their sizes were looked at
    told = [(piece.startswith("data:image/jpeg;base64,"), list(thumbnails.asked)) for piece in pieces]
    assert told == [
        (False, []), (True, ["a"]), (False, ["a"]), (True, ["a", "b"]), (False, ["a", "b"]), (True, ["a", "b", "c"]),
        (False, ["a", "b", "c"]),
    ]  # fmt: skip


def test_the_earliest_day_says_what_has_to_be_changed_first_and_speaks_in_words() -> None:
    case = a_campaign(an_asset(shows={"people": [CHILD], "props": ["restraint"]}))
    result = conclude(case, bundled(), on=ON)
    said = words_of("".join(as_html(Results((result,)), [Seen(case)], {})))
    assert (
        "A clearance is possible at the earliest on Tuesday 15 December 2026. Without the time that a change takes it "
        "is after the flight begins, on Tuesday 1 December 2026. Nobody can waive what stops look-01.jpg, so the "
        "picture has to be changed first. The time that takes is not counted. Licence of look-01#person-1 takes" in said
    )
    waiting = Waiting("guardian consent of talent-1", LeadTime(3, "somebody signs", "a test"))
    asked = msgspec.structs.replace(result, earliest=Earliest(ON, (waiting,)))
    said = words_of("".join(as_html(Results((asked,)), [Seen(case)], {})))
    assert "Guardian consent of talent-1 takes about 3 days: somebody signs." in said
    assert "has to be changed first" not in said
