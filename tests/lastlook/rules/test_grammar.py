"""The grammar of a rule file: what the reader makes of it, what it refuses, and that the published schema agrees."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from lastlook.errors import Place, Problem
from lastlook.packs import bundled_pack_folders
from lastlook.reading.kinds import Problems, Span
from lastlook.reading.tree import plain
from lastlook.reading.yaml12 import read_yaml
from lastlook.rules.conditions import Always, CodeLiteral, Some
from lastlook.rules.grammar import facts_used, read_derived, read_rule, rule_schema, subjects_of
from lastlook.rules.rule import LAST_DAY, DocumentDemand, Example, Page, Rule
from tests.world import a_rule, node_of, read_rules
from tests.world.campaigns import Written
from tests.world.rules import PAGE, bundled

RULE_FILES = tuple(path for folder in bundled_pack_folders() for path in sorted((folder / "rules").glob("*.yaml")))
SCHEMA = Draft202012Validator(rule_schema(bundled().every_derived), format_checker=Draft202012Validator.FORMAT_CHECKER)
WHOLE: Written = {
    "id": "alcohol-beside-child",
    "clause": "House rules 4",
    "title": "Alcohol beside a child",
    "effect": "block",
    "confidence": "certain",
    "in_force": {"from": "2020-01-01"},
    "when": {"all": [{"props": "alcohol"}, {"some": "people", "where": {"is_child": True}}]},
    "page": PAGE,
}


def read(written: object) -> tuple[Rule | None, list[Problem]]:
    problems = Problems()
    rule = read_rule(
        node_of(written, file="rule.yaml"), pack="test", territories=None, derived=bundled().derived, words={},
        problems=problems,
    )  # fmt: skip
    return rule, list(problems)


def problems_of(**stated: object) -> list[Problem]:
    _, problems = read_rules({"id": "a-rule", "when": {"props": "alcohol"}, **stated})
    return list(problems)


def problem(what: str, remedy: str, field: str = "") -> Problem:
    return Problem(Place("rule.yaml", 1, field), what, remedy)


# What a rule file becomes.


def test_a_rule_is_everything_its_file_says_and_lawful_where_the_file_is_silent() -> None:
    rule, problems = read(WHOLE)
    assert problems == []
    assert rule is not None
    assert rule == Rule(
        id="alcohol-beside-child",
        pack="test",
        clause="House rules 4",
        title="Alcohol beside a child",
        effect="block",
        condition=rule.condition,
        scope="asset",
        in_force=Span(dt.date(2020, 1, 1), LAST_DAY),
        confidence="certain",
        page=Page("It.", "So.", "Mend it.", "The rest.", ("example.org",)),
        territories=None,
        profile="essential",
        digest=rule.digest,
        source="rule.yaml",
    )
    assert not rule.is_standing_requirement


def test_a_document_rule_says_whose_document_how_many_and_for_which_bytes() -> None:
    demand: Written = {"kind": "guardian_image_approval", "of": "people", "count": 2, "final_bytes": True}
    rule = a_rule({"some": "people", "where": {"is_child": True}}, effect="document", document=demand)
    assert rule.document == DocumentDemand("guardian_image_approval", "people", 2, final_bytes=True)
    assert a_rule("always", effect="document", document={"kind": "licence"}).document == DocumentDemand("licence")


def test_an_example_is_a_fragment_of_a_manifest_and_why() -> None:
    rule = a_rule("always", effect="advise", flags=[{"why": "a knife", "shows": {"props": ["knife"]}}])
    (example,) = rule.flags
    assert (example.why, plain(example.fragment)) == ("a knife", {"shows": {"props": ["knife"]}})
    assert isinstance(example, Example)


def test_a_rule_without_a_condition_is_a_standing_requirement() -> None:
    rule = a_rule("always", effect="sign_off", answered_by=["legal"])
    assert (rule.condition, rule.is_standing_requirement) == (Always(), True)


def test_the_subjects_of_a_document_are_picked_by_the_some_that_stands_on_top() -> None:
    demand: Written = {"kind": "licence", "of": "people"}
    when = {"all": [{"props": "knife"}, {"some": "people", "where": {"is_child": True}}]}
    rule = a_rule(when, effect="document", document=demand)
    found = subjects_of(rule)
    assert found is not None
    rest, some = found
    assert rest == (CodeLiteral("element", "asset", "props", frozenset({"knife"})),)
    assert (type(some), some.name) == (Some, "people")


def test_the_facts_a_rule_can_look_at_include_those_behind_derived_names_and_the_lists_it_goes_through() -> None:
    when = {"any": [{"some": "people", "where": {"is_child": True}}, {"has_adult_themed_prop": True}]}
    assert facts_used(a_rule(when)) == {("asset", "people"), ("person", "age"), ("asset", "props")}


# The digest.


def test_the_digest_of_a_rule_changes_with_anything_its_file_says() -> None:
    digests = {
        a_rule({"props": "alcohol"}, **changed).digest
        for changed in (
            {}, {"title": "Another"}, {"clause": "2"}, {"known_misses": ["A bottle cut off by the edge."]},
            {"in_force": {"from": "2021-01-01"}}, {"passes": [{"why": "no alcohol"}]},
            {"waivable_by": ["legal"]},
        )
    }  # fmt: skip
    assert len(digests | {a_rule({"props": "toy"}).digest}) == 8


def test_the_order_of_keys_and_the_line_they_stand_in_change_no_digest() -> None:
    one = read_yaml(b"a: 1\nb: [2, 3]\n", file="one.yaml")
    assert plain(one) == plain(read_yaml(b"# moved\n\nb: [2, 3]\na: 1\n", file="two.yaml"))
    rule, _ = read(WHOLE)
    turned, _ = read(dict(reversed(WHOLE.items())))
    assert rule is not None
    assert turned is not None
    assert rule.digest == turned.digest


@pytest.mark.parametrize("number", ["12345678901234567", "-12345678901234567", "0xFFFFFFFFFFFFFFF", "1e300", "0.25"])
def test_a_rule_in_whose_examples_stands_a_number_that_json_would_round_has_a_digest(number: str) -> None:
    example = plain(read_yaml(f"{{why: a barcode, number: {number}}}".encode(), file="rule.yaml"))
    other = {"why": "a barcode", "number": 7}
    digests = [a_rule("always", effect="advise", flags=[each]).digest for each in (example, other)]
    assert digests[0] != digests[1]


# What makes no sense, though each key is well written.


@pytest.mark.parametrize(
    ("stated", "what", "remedy"),
    [
        ({"effect": "document"}, "a-rule asks for a document and names none.", "Add `document: {kind: …}`."),
        (
            {"effect": "advise", "document": {"kind": "licence"}},
            "a-rule names a document, but its effect is advise.",
            "Set `effect: document`.",
        ),
        ({"effect": "ask"}, "Nobody can answer a-rule.", "Add `answered_by: [role]`."),
        ({"effect": "sign_off", "answered_by": []}, "Nobody can answer a-rule.", "Add `answered_by: [role]`."),
        (
            {"effect": "block", "safeguards_children": True, "waivable_by": ["legal"]},
            "a-rule cannot be waived.",
            "Remove `waivable_by`: only blocks are waived, and none that safeguards children.",
        ),
        (
            {"effect": "sign_off", "answered_by": ["legal"], "waivable_by": ["legal"]},
            "a-rule cannot be waived.",
            "Remove `waivable_by`: only blocks are waived, and none that safeguards children.",
        ),
        (
            {"effect": "block", "confidence": "memory"},
            "a-rule blocks on a clause that is not confirmed.",
            "Use `sign_off`, or confirm the clause.",
        ),
        ({"effect": "block", "when": "always"}, "a-rule blocks always.", "Give it a condition."),
        (
            {"effect": "document", "document": {"kind": "licence", "of": "people"}},
            "a-rule does not say which people need the document.",
            "Put `some: people` into `when`, at the top or directly under `all`.",
        ),
        (
            {
                "effect": "document",
                "document": {"kind": "licence", "of": "people"},
                "when": {"any": [{"some": "people", "where": "always"}, {"props": "knife"}]},
            },
            "a-rule does not say which people need the document.",
            "Put `some: people` into `when`, at the top or directly under `all`.",
        ),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(stated: Written, what: str, remedy: str) -> None:
    assert problems_of(**stated) == [problem(what, remedy)]


def test_a_rule_that_safeguards_children_may_block_before_its_clause_is_confirmed() -> None:
    assert problems_of(effect="block", confidence="check", safeguards_children=True) == []


def test_a_rule_in_force_until_before_it_begins_is_refused() -> None:
    what = "in_force ends (2025-01-01) before it begins (2026-01-01)."
    expected = problem(what, "Swap the dates.", "in_force")
    assert problems_of(in_force={"from": "2026-01-01", "until": "2025-01-01"}) == [expected]


@pytest.mark.parametrize("written", [{"shows": {}}, "a knife", ["a knife"]])
def test_an_example_without_a_why_is_refused(written: object) -> None:
    expected = problem("An example is a fragment of a manifest with a `why`.", "Add `why`.", "flags[0]")
    assert problems_of(flags=[written]) == [expected]


def test_everything_wrong_with_a_rule_is_said_at_once() -> None:
    broken = {key: value for key, value in WHOLE.items() if key != "clause"} | {"effect": "blcok", "colour": "red"}
    rule, problems = read(broken)
    assert (rule, sorted(problems)) == (
        None,
        [
            problem("This rule has no `clause`.", "Add `clause`."),
            problem(
                "A rule has no `colour`.",
                "Choose one of: id, clause, title, when, effect, answered_by, document, scope, waivable_by, in_force, "
                "confidence, profile, ….",
                "colour",
            ),
            problem("effect: `blcok` is no effect.", "Write block, if that is what you mean.", "effect"),
        ],
    )


# Derived facts.


def derived_from(written: Written) -> tuple[dict[tuple[str, str], str], list[Problem]]:
    problems = Problems()
    derived = dict(bundled().derived)
    read_derived(node_of(written, file="derived.yaml"), derived, problems)
    return {key: found.meaning for key, found in derived.items() if key not in bundled().derived}, list(problems)


def test_a_derived_fact_may_build_on_an_earlier_one() -> None:
    written: Written = {
        "is_tall": {"of": "person", "means": "is tall", "when": {"age": {"ge": 12}}},
        "is_tall_child": {"of": "person", "means": "both", "when": {"all": [{"is_child": True}, {"is_tall": True}]}},
    }
    assert derived_from(written) == ({("person", "is_tall"): "is tall", ("person", "is_tall_child"): "both"}, [])


@pytest.mark.parametrize("name", ["is_child", "age", "portrayal"])
def test_a_name_that_a_noun_has_already_is_not_given_a_second_meaning(name: str) -> None:
    found = derived_from({name: {"of": "person", "means": "x", "when": "always"}})
    where = Place("derived.yaml", 1, name)
    assert found == ({}, [Problem(where, f"A person has a fact `{name}` already.", "Choose another name.")])


# The published schema.


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_the_schema_accepts_every_rule_that_comes_with_lastlook(path: Path) -> None:
    written = plain(read_yaml(path.read_bytes(), file=path.name))
    assert [error.message for error in SCHEMA.iter_errors(written)] == []


def test_the_schema_is_itself_a_schema() -> None:
    Draft202012Validator.check_schema(rule_schema(bundled().every_derived))


LEFT_OUT = object()
PLANTED: dict[str, tuple[tuple[str | int, ...], object]] = {
    **{f"no {key}": ((key,), LEFT_OUT) for key in WHOLE},
    **{f"{key} is nothing": ((key,), None) for key in WHOLE},
    "a key nobody knows": (("colour",), "red"),
    "an id with capitals": (("id",), "Alcohol"),
    "an id that is a number": (("id",), 7),
    "an id with two hyphens": (("id",), "a--b"),
    "an empty title": (("title",), ""),
    "a title that is a number": (("title",), 7),
    "a title without end": (("title",), "x" * 201),
    "an effect nobody knows": (("effect",), "stop"),
    "a scope nobody knows": (("scope",), "world"),
    "a role nobody knows": (("answered_by",), ["boss"]),
    "roles that are no list": (("answered_by",), "legal"),
    "no roles, by word": (("answered_by",), "none"),
    "a confidence that is unknown": (("confidence",), "unknown"),
    "a profile nobody knows": (("profile",), "all"),
    "a yes that is text": (("safeguards_children",), "yes"),
    "in force from no day": (("in_force",), {"until": "2026-01-01"}),
    "in force from a day that never was": (("in_force", "from"), "2026-02-30"),
    "in force from a week": (("in_force", "from"), "2026-W49-2"),
    "in force by another key": (("in_force", "since"), "2026-01-01"),
    "a page without its why": (("page", "why"), LEFT_OUT),
    "a page with more than a page has": (("page", "notes"), "x"),
    "sources by word": (("page", "sources"), "none"),
    "a document nobody knows": (("document",), {"kind": "letter"}),
    "a document of nobody": (("document",), {"of": "people"}),
    "a document of a plan": (("document",), {"kind": "licence", "of": "plans"}),
    "no documents at all": (("document",), {"kind": "licence", "count": 0}),
    "half a document": (("document",), {"kind": "licence", "count": 1.5}),
    "an example without a why": (("flags",), [{"shows": {}}]),
    "an example that is a word": (("passes",), ["a knife"]),
    "examples by word": (("cannot_tell",), "none"),
    "a why that is a list": (("flags",), [{"why": ["a knife"]}]),
    "a miss that is a number": (("known_misses",), [7]),
    "a condition that is a word": (("when",), "never"),
    "a condition that is a list": (("when",), [{"props": "alcohol"}]),
    "a condition of nothing": (("when",), {}),
    "two conditions side by side": (("when",), {"props": "alcohol", "themes": "horror"}),
    "all of nothing": (("when",), {"all": []}),
    "any of no list": (("when",), {"any": {"props": "alcohol"}}),
    "all beside any": (("when",), {"all": ["always"], "any": ["always"]}),
    "a fact nobody knows": (("when",), {"prosp": "alcohol"}),
    "a code nobody knows": (("when",), {"props": "wine"}),
    "no code": (("when",), {"props": []}),
    "a code that is yes": (("when",), {"props": True}),
    "a yes-or-no tested by a word": (("when",), {"held.combination": "yes"}),
    "a text tested by a text": (("when",), {"copy.text": "gin"}),
    "an age tested by a number": (("when", "all", 1, "where"), {"age": 16}),
    "an age compared with a word": (("when", "all", 1, "where"), {"age": {"lt": "16"}}),
    "an age compared twice": (("when", "all", 1, "where"), {"age": {"lt": 16, "gt": 6}}),
    "an age compared in another way": (("when", "all", 1, "where"), {"age": {"under": 16}}),
    "a flight compared with a number": (("when",), {"campaign.flight": {"lt": 2026}}),
    "a list nobody knows": (("when", "all", 1, "some"), "persons"),
    "some without where": (("when", "all", 1, "where"), LEFT_OUT),
    "some and every": (("when", "all", 1, "every"), "people"),
    "some with a number": (("when", "all", 1, "at_least"), 2),
    "count without a number": (("when",), {"count": "people", "where": "always"}),
    "count of none": (("when",), {"count": "people", "where": "always", "at_least": 0}),
    "not of nothing": (("when",), {"not": None}),
    "a derived fact that is a number": (("when",), {"features_alcohol": 1}),
    "known in words": (("when",), {"props": {"known": "no"}}),
}


def with_planted(path: tuple[str | int, ...], value: object) -> Written:
    """The whole rule with one thing changed."""
    changed = copy.deepcopy(WHOLE)
    holder: object = changed
    for step in path[:-1]:
        holder = holder[step]  # type: ignore[index]
    assert isinstance(holder, dict)
    if value is LEFT_OUT:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return changed


def test_the_rule_in_which_errors_are_planted_is_itself_without_one() -> None:
    assert (read(WHOLE)[1], list(SCHEMA.iter_errors(WHOLE))) == ([], [])


@pytest.mark.parametrize("error", PLANTED)
def test_a_planted_error_is_refused_by_the_schema_and_reported_by_the_reader(error: str) -> None:
    written = with_planted(*PLANTED[error])
    rule, problems = read(written)
    assert (SCHEMA.is_valid(written), rule, bool(problems)) == (False, None, True)
    assert all(found.what and found.remedy and found.where.file == "rule.yaml" for found in problems)


@pytest.mark.parametrize(
    "written",
    [
        {"props": {"known": False}},
        {"copy.text": {"words": "nobody-made-this-list"}},
        {"age": {"lt": 16}},
        {"some": "assets", "where": {"some": "campaigns", "where": "always"}},
    ],
)
def test_what_only_the_reader_can_know_the_schema_lets_pass(written: Written) -> None:
    changed = {**WHOLE, "when": written}
    assert (SCHEMA.is_valid(changed), bool(read(changed)[1])) == (True, True)
