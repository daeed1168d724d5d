"""Kinds of value: what may stand where, what is said when something else does, and that a slip states nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from jsonschema import Draft202012Validator

from lastlook.errors import Place, Problem
from lastlook.reading.kinds import (
    Code,
    Constant,
    Country,
    Date,
    Days,
    Fields,
    Flag,
    Ident,
    Items,
    Kind,
    ListOf,
    MapOf,
    Number,
    Problems,
    Record,
    Span,
    Stated,
    Text,
    WordOr,
)
from tests.world import node_of

PROP = Code(("alcohol", "knife", "toy"), "prop")
PERSON = Record("person", {"id": Ident(), "age": Number(0, 120), "portrayal": ListOf(PROP)}, required=("id",))
SEEN = Record("person", {"person": Ident(), "age": Number(0, 120)}, short="person")


def at(field: str) -> Place:
    return Place("campaign.yaml", 1, field)


def stated(value: object, field: str = "x") -> Stated[object]:
    return Stated(value, at(field))


def read(kind: Kind[object], value: object) -> tuple[object, list[Problem]]:
    problems = Problems()
    return kind.read(node_of(value, "x"), problems), list(problems)


def refused(what: str, remedy: str, field: str = "x") -> tuple[None, list[Problem]]:
    return None, [Problem(at(field), what, remedy)]


# Single values.


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Text(), "Gifts for everyone", "Gifts for everyone"),
        (Text(5), "Gifts", "Gifts"),
        (Ident(), "talent-2", "talent-2"),
        (Ident(), "look_03.final", "look_03.final"),
        (Ident(), 7, "7"),
        (Ident(), "a" * 64, "a" * 64),
        (PROP, "knife", "knife"),
        (Country(), "NO", "NO"),
        (Flag(), True, True),
        (Flag(), False, False),
        (Number(0, 120), 0, 0),
        (Number(0, 120), 120, 120),
        (Number(0, 120), 6.0, 6),
        (Number(0, 1, whole=False), 0.25, 0.25),
        (Date(), "2026-12-01", dt.date(2026, 12, 1)),
        (Days(), {"from": "2026-12-01", "until": "2026-12-01"}, Span(dt.date(2026, 12, 1), dt.date(2026, 12, 1))),
        (WordOr("none", Date()), "none", "none"),
        (WordOr("none", Date()), "2026-12-01", dt.date(2026, 12, 1)),
        (Constant(1), 1, 1),
    ],
)
def test_a_value_that_may_stand_there_is_read(kind: Kind[object], written: object, value: object) -> None:
    assert read(kind, written) == (value, [])


A_DATE, AN_ID = "Write a date as YYYY-MM-DD.", "Write an id of letters, digits, `-`, `_` or `.` (at most 64)."
A_COUNTRY = "Write a country as two capital letters (ISO 3166-1: GB, DE, FR, US)."
SOME_DAYS = "Write {from: YYYY-MM-DD, until: YYYY-MM-DD}."


@pytest.mark.parametrize(
    ("kind", "written", "what", "remedy"),
    [
        (Text(), None, "x is nothing (null).", "Write text."),
        (Text(), "", "x is empty.", "Write text."),
        (Text(), 12, "x is 12.", 'Put it between quotation marks: "12".'),
        (Text(), True, "x is true.", 'Put it between quotation marks: "true".'),
        (Text(), ["a"], "x is a list.", "Write text."),
        (Text(5), "Gifts!", "x has 6 characters; at most 5 are read.", "Shorten it."),
        (Ident(), None, "x is nothing (null).", AN_ID),
        (Ident(), "a b", "x is a b.", AN_ID),
        (Ident(), "-a", "x is -a.", AN_ID),
        (Ident(), -1, "x is -1.", AN_ID),
        (Ident(), "a" * 65, f"x is {'a' * 65}.", AN_ID),
        (Ident(), "look-01\n", "x is look-01\n.", AN_ID),
        (Ident(), 1.5, "x is 1.5.", 'Put it between quotation marks: "1.5".'),
        (Ident(), True, "x is true.", 'Put it between quotation marks: "true".'),
        (Ident(), "unknown", "`unknown` cannot be an id.", "Choose another id."),
        (Ident(), "none", "`none` cannot be an id.", "Choose another id."),
        (Ident(), "all", "`all` cannot be an id.", "Choose another id."),
        (Ident(), "always", "`always` cannot be an id.", "Choose another id."),
        (PROP, "knive", "x: `knive` is no prop.", "Write knife, if that is what you mean."),
        (PROP, "wine", "x: `wine` is no prop.", "Choose one of: alcohol, knife, toy."),
        (PROP, True, "x is true.", "Choose one of: alcohol, knife, toy."),
        (PROP, ["knife"], "x is a list.", "Choose one of: alcohol, knife, toy."),
        (Country(), "gb", "x: `gb` is no country of ISO 3166-1.", "Write GB."),
        (Country(), "UK", "x: `UK` is no country of ISO 3166-1.", "Write GB."),
        (Country(), "GBR", "x: `GBR` is no country of ISO 3166-1.", A_COUNTRY),
        (Country(), "GB\n", "x: `GB\n` is no country of ISO 3166-1.", A_COUNTRY),
        (Country(), False, "x is false.", A_COUNTRY),
        (Flag(), "yes", "x is yes.", "Write true or false."),
        (Flag(), 1, "x is 1.", "Write true or false."),
        (Number(0, 120), 121, "x is 121.", "Write a whole number from 0 to 120."),
        (Number(0, 120), -1, "x is -1.", "Write a whole number from 0 to 120."),
        (Number(0, 120), 6.5, "x is 6.5.", "Write a whole number from 0 to 120."),
        (Number(0, 120), True, "x is true.", "Write a whole number from 0 to 120."),
        (Number(0, 120), "6", "x is 6.", "Write a whole number from 0 to 120."),
        (Number(0, 1, whole=False), 1.01, "x is 1.01.", "Write a number from 0 to 1."),
        (Date(), "2026-02-30", "x is 2026-02-30.", A_DATE),
        (Date(), "20261201", "x is 20261201.", A_DATE),
        (Date(), "2026-W49-2", "x is 2026-W49-2.", A_DATE),
        (Date(), "1.12.2026", "x is 1.12.2026.", A_DATE),
        (Date(), 2026, "x is 2026.", A_DATE),
        (Days(), "2026-12-01", "x is 2026-12-01.", SOME_DAYS),
        (Days(), {"from": "2026-12-01"}, "x is a mapping.", SOME_DAYS),
        (
            Days(),
            {"from": "2026-12-02", "until": "2026-12-01"},
            "x ends (2026-12-01) before it begins (2026-12-02).",
            "Swap the dates.",
        ),
        (WordOr("none", Date()), "never", "x is never.", A_DATE),
        (Constant(1), 2, "x is 2.", "Write 1."),
        (Constant(1), True, "x is true.", "Write 1."),
        (Constant(1), "1", "x is 1.", "Write 1."),
    ],
)
def test_a_value_that_may_not_stand_there_is_a_problem_with_a_remedy_and_states_nothing(
    kind: Kind[object], written: object, what: str, remedy: str
) -> None:
    assert read(kind, written) == refused(what, remedy)


def test_days_of_which_both_are_wrong_are_two_problems() -> None:
    problems = [Problem(at("x.from"), "x.from is soon.", A_DATE), Problem(at("x.until"), "x.until is late.", A_DATE)]
    assert read(Days(), {"from": "soon", "until": "late"}) == (None, problems)


def test_what_is_wrong_with_the_whole_file_is_said_of_the_file() -> None:
    problems = Problems()
    assert PERSON.read(node_of(None), problems) is None
    assert problems == [Problem(at(""), "the file is nothing (null).", f"Write {PERSON.expects}.")]


# Lists.


def test_a_list_remembers_where_each_member_was_written() -> None:
    members = (stated("alcohol", "x[0]"), stated("knife", "x[1]"))
    assert read(ListOf(PROP), ["alcohol", "knife"]) == (Items(members), [])


@pytest.mark.parametrize("written", ["none", []])
def test_none_and_an_empty_list_say_that_there_is_nothing(written: object) -> None:
    assert read(ListOf(PROP), written) == (Items((), complete=True), [])


def test_a_list_that_loses_a_member_to_a_slip_is_no_longer_the_whole_list() -> None:
    items = Items((stated("alcohol", "x[0]"), stated("toy", "x[2]")), complete=False)
    problem = Problem(at("x[1]"), "x[1]: `knive` is no prop.", "Write knife, if that is what you mean.")
    assert read(ListOf(PROP), ["alcohol", "knive", "toy"]) == (items, [problem])


def test_where_a_list_may_not_be_empty_by_word_none_is_no_list() -> None:
    assert read(ListOf(PROP, none_allowed=False), "none") == refused("x is none.", "Write a list: [none].")


def test_a_bare_word_in_place_of_a_list_is_refused_with_the_list_it_should_be() -> None:
    assert read(ListOf(PROP), "knife") == refused("x is knife.", "Write a list: [knife].")


def test_an_empty_key_is_not_an_empty_list() -> None:
    remedy = "Write a list, `none` if there is none, or leave the key out if you do not know."
    assert read(ListOf(PROP), None) == refused("x is nothing (null).", remedy)


def test_a_list_longer_than_is_read_is_not_cut_short_but_refused() -> None:
    what = "x has 3 members; at most 2 are read."
    assert read(ListOf(PROP, at_most=2), ["toy", "toy", "toy"]) == refused(what, "Split the campaign.")


# Mappings.


def test_a_mapping_from_ids_keeps_what_can_be_read() -> None:
    found = read(MapOf(Number(0, 9)), {"web": 1, "ig": 99, "none": 2, "a b": 3, "c\n": 4})
    assert found == (
        {"web": stated(1, "x.web")},
        [
            Problem(at("x.ig"), "x.ig is 99.", "Write a whole number from 0 to 9."),
            Problem(at("x.none"), "`none` cannot be an id.", AN_ID),
            Problem(at("x.a b"), "`a b` cannot be an id.", AN_ID),
            Problem(at("x.c\n"), "`c\n` cannot be an id.", AN_ID),
        ],
    )


def test_a_list_is_no_mapping_from_ids() -> None:
    assert read(MapOf(Text()), ["web"]) == refused("x is a list.", "Write a mapping from ids.")


def test_a_record_gives_what_was_stated_and_where() -> None:
    fields = Fields(at("x"), {"id": stated("talent-2", "x.id"), "age": stated(6, "x.age")})
    assert read(PERSON, {"id": "talent-2", "age": 6}) == (fields, [])


def test_a_key_that_says_unknown_states_nothing_and_is_remembered_as_said() -> None:
    fields = Fields(at("x"), {"id": stated("talent-2", "x.id")}, frozenset({"age", "portrayal"}))
    assert read(PERSON, {"id": "talent-2", "age": "unknown", "portrayal": "unknown"}) == (fields, [])


def test_a_key_that_cannot_be_read_states_nothing_and_is_never_a_default() -> None:
    fields = Fields(at("x"), {"id": stated("talent-2", "x.id")}, frozenset({"age"}))
    problem = Problem(at("x.age"), "x.age is six.", "Write a whole number from 0 to 120.")
    assert read(PERSON, {"id": "talent-2", "age": "six"}) == (fields, [problem])


def test_a_key_nobody_knows_is_a_problem_and_the_rest_is_read() -> None:
    fields = Fields(at("x"), {"id": stated("talent-2", "x.id")}, strange=True)
    problem = Problem(at("x.aeg"), "A person has no `aeg`.", "Write age, if that is what you mean.")
    assert read(PERSON, {"id": "talent-2", "aeg": 6}) == (fields, [problem])


def test_a_record_without_what_it_must_have_is_lost() -> None:
    assert read(PERSON, {"age": 6}) == refused("This person has no `id`.", "Add `id`.")


def test_a_key_that_must_be_there_may_not_say_unknown() -> None:
    assert read(PERSON, {"id": "unknown"}) == refused("`unknown` cannot be an id.", "Choose another id.", "x.id")


def test_a_partial_record_without_what_it_must_have_keeps_the_rest() -> None:
    campaign = Record("campaign", {"id": Ident(), "title": Text()}, required=("id",), partial=True)
    fields = Fields(at("x"), {"title": stated("Picnic", "x.title")})
    assert read(campaign, {"title": "Picnic"}) == (
        fields,
        [Problem(at("x"), "This campaign has no `id`.", "Add `id`.")],
    )


def test_where_unknown_is_not_allowed_the_word_is_read_like_any_other() -> None:
    demand = Record("demand", {"count": Number(1, 20)}, unknown_allowed=False)
    problem = Problem(at("x.count"), "x.count is unknown.", "Write a whole number from 1 to 20.")
    assert read(demand, {"count": "unknown"}) == (Fields(at("x"), {}, frozenset({"count"})), [problem])


def test_a_bare_id_is_short_for_a_person_of_whom_nothing_else_is_said() -> None:
    assert read(SEEN, "talent-2") == (Fields(at("x"), {"person": stated("talent-2")}), [])


def test_a_bare_id_that_cannot_be_one_is_no_person() -> None:
    assert read(SEEN, "unknown") == refused("`unknown` cannot be an id.", "Choose another id.")


def test_nothing_is_no_person() -> None:
    remedy = "Write a mapping that describes a person, or its person."
    assert read(SEEN, None) == refused("x is nothing (null).", remedy)


# The published schema demands what the reader demands.

EVERY_KIND: tuple[Kind[object], ...] = (
    Text(5), Ident(), PROP, Country(), Flag(), Number(0, 120), Number(0, 1, whole=False), Date(), Days(),
    WordOr("none", Date()), Constant(1), ListOf(PROP, at_most=2), ListOf(PROP, none_allowed=False),
    MapOf(Number(0, 9)), PERSON, SEEN,
)  # fmt: skip
WRITTEN: tuple[object, ...] = (
    None, "", "Gifts", "Gifts!", "knife", "knive", "none", "all", "unknown", "always", "talent-2", "a b", "a" * 64,
    "a" * 65, "NO", "gb", "2026-12-01", "2026-02-30", "2026-W49-2", True, False, 0, 1, 7, 120, 121, -1, 0.25, 6.5,
    [], ["toy"], ["toy", "knife"], ["toy", "toy", "toy"], ["wine"], [None], {}, {"web": 1}, {"none": 1}, {"a b": 1},
    {"web": 99}, {"from": "2026-12-01", "until": "2027-01-06"}, {"from": "2026-12-01"},
    {"id": "talent-2"}, {"id": "unknown"}, {"age": 6}, {"id": "talent-2", "age": "unknown"},
    {"id": "talent-2", "age": 121}, {"id": "talent-2", "aeg": 6}, {"id": "talent-2", "portrayal": "none"},
    {"id": "talent-2", "portrayal": ["wine"]}, {"person": "talent-2"}, {"person": "talent-2", "age": "unknown"},
)  # fmt: skip


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: f"{type(kind).__name__}: {kind.expects}")
def test_the_schema_of_a_kind_accepts_exactly_what_its_reader_reads_without_a_problem(kind: Kind[object]) -> None:
    Draft202012Validator.check_schema(kind.schema())
    validator = Draft202012Validator(kind.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    by_schema = {repr(value) for value in WRITTEN if validator.is_valid(value)}
    by_reader = {repr(value) for value in WRITTEN if not read(kind, value)[1]}
    assert by_schema == by_reader


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: f"{type(kind).__name__}: {kind.expects}")
def test_a_kind_gives_a_value_or_a_problem_and_nothing_it_cannot_read_is_silent(kind: Kind[object]) -> None:
    for value in WRITTEN:
        found, problems = read(kind, value)
        assert (found is None) <= bool(problems), value


# Days.


def days(first: int, last: int) -> Span:
    return Span(dt.date(2026, 12, first), dt.date(2026, 12, last))


@pytest.mark.parametrize(
    ("one", "other", "meets", "within"),
    [
        (days(1, 5), days(5, 9), True, False),
        (days(1, 4), days(5, 9), False, False),
        (days(5, 9), days(5, 9), True, True),
        (days(6, 7), days(5, 9), True, True),
        (days(5, 10), days(5, 9), True, False),
    ],
)
def test_days_include_their_first_and_their_last(one: Span, other: Span, meets: bool, within: bool) -> None:
    assert (one.meets(other), other.meets(one), one.within(other)) == (meets, meets, within)


def test_days_are_said_from_first_to_last() -> None:
    assert str(days(1, 5)) == "2026-12-01 to 2026-12-05"
