"""Strict YAML: what a manifest's words mean, and what is refused before anybody reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastlook.errors import LastlookError, Place, Problem
from lastlook.reading.tree import Branch, Listed, Node, Scalar, plain
from lastlook.reading.yaml12 import MAX_BYTES, MAX_DEPTH, MAX_NODES, read_yaml

FILE = "campaign.yaml"
PICNIC = Path(__file__).parents[3] / "examples" / "picnic" / "campaign.yaml"


def read(text: str | bytes) -> Node:
    return read_yaml(text.encode() if isinstance(text, str) else text, file=FILE)


def meaning(text: str) -> object:
    return plain(read(text))


def refusal(text: str | bytes) -> Problem:
    with pytest.raises(LastlookError) as caught:
        read(text)
    return caught.value.as_problem()


# What the words mean (YAML 1.2.2, section 10.3.2).


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("tRUE", "tRUE"),
        ("false", False),
        ("FALSE", False),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("''", ""),
        ("12:30", "12:30"),
        ("2026-12-01", "2026-12-01"),
        ("1_000", "1_000"),
        ("12", 12),
        ("-7", -7),
        ("+7", 7),
        ("007", 7),
        ("0o17", 15),
        ("017", 17),
        ("0x1F", 31),
        ("-0x1F", "-0x1F"),
        ("0b11", "0b11"),
        ("999999999999999", 999999999999999),
        ("0xFFFFFFFFFFFFF", 2**52 - 1),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-.5", -0.5),
        ("5.", 5.0),
        ("0.25", 0.25),
        (".", "."),
        ("1.2.3", "1.2.3"),
        (".inf", ".inf"),
        (".NaN", ".NaN"),
        ("1e999", "1e999"),
        ('"12"', "12"),
        ("'true'", "true"),
        ('"NO"', "NO"),
        ('"~"', "~"),
        ("|\n  12\n", "12\n"),
        (">\n  12\n", "12\n"),
    ],
)
def test_a_word_means_what_yaml_1_2_says(written: str, value: object) -> None:
    found = meaning(written)
    assert (found, type(found)) == (value, type(value))


def test_a_key_without_a_value_states_nothing_at_all() -> None:
    assert meaning("age:\nid: talent-2\n") == {"age": None, "id": "talent-2"}


def test_norway_is_a_country_in_a_list_of_markets() -> None:
    assert meaning("markets: [GB, NO, SE]") == {"markets": ["GB", "NO", "SE"]}


@pytest.mark.parametrize(
    "digits", ["1234567890123456", "04006381333931000000", "-9999999999999999", "0x20000000000000"]
)
def test_a_number_too_long_to_keep_every_digit_stays_text(digits: str) -> None:
    assert meaning(digits) == digits


def test_a_key_is_always_a_word() -> None:
    assert meaning("7: a\ntrue: b\n~: c\n") == {"7": "a", "true": "b", "~": "c"}


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    assert plain(read(b"\xef\xbb\xbfid: look-01\n")) == {"id": "look-01"}


def test_every_value_remembers_its_file_line_and_field() -> None:
    found = read("campaign:\n  id: picnic\n  markets:\n    - GB\n    - DE\n")
    assert found == Branch(
        Place(FILE, 1),
        {
            "campaign": Branch(
                Place(FILE, 2, "campaign"),
                {
                    "id": Scalar(Place(FILE, 2, "campaign.id"), "picnic"),
                    "markets": Listed(
                        Place(FILE, 4, "campaign.markets"),
                        (
                            Scalar(Place(FILE, 4, "campaign.markets[0]"), "GB"),
                            Scalar(Place(FILE, 5, "campaign.markets[1]"), "DE"),
                        ),
                    ),
                },
            )
        },
    )


# What is refused.


def not_read(what: str, remedy: str, *, line: int = 1, field: str = "") -> Problem:
    return Problem(Place(FILE, line, field), what, remedy)


SHARING = ("Anchors and aliases (`&`, `*`) are not read.", "Write the value out.")
MERGING = ("Merge keys (`<<`) are not read.", "Write the values out, or use `defaults`.")
UNTAGGED = "Write the value without a tag."
SYNTAX = "Mend the line named; most often it is the indentation, a missing quote or a stray colon."


@pytest.mark.parametrize(
    "written", ["a: &x 1\n", "a: &x [1]\n", "a: &x {b: 1}\n", "a: *x\n", "&x a: 1\n", "*x : 1\n", "- *x\n"]
)
def test_nothing_is_written_once_and_meant_twice(written: str) -> None:
    refused = refusal(written)
    assert (refused.what, refused.remedy, refused.where.line) == (*SHARING, 1)


def test_a_definition_and_its_repetition_are_refused_at_the_definition() -> None:
    assert refusal("a: 1\nb: &x {c: 1}\nd: *x\n") == not_read(*SHARING, line=2, field="b")


@pytest.mark.parametrize("written", ["<<: {a: 1}\n", "'<<': {a: 1}\n"])
def test_one_mapping_is_not_poured_into_another(written: str) -> None:
    assert refusal(written) == not_read(*MERGING, field="<<")


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("a: !!str 1\n", "tag:yaml.org,2002:str"),
        ("a: !!python/object/apply:os.system [ls]\n", "tag:yaml.org,2002:python/object/apply:os.system"),
        ("a: !mine {b: 1}\n", "!mine"),
        ("a: ! NO\n", "!"),
        ("!!str a: 1\n", "tag:yaml.org,2002:str"),
    ],
)
def test_no_value_says_what_type_it_would_like_to_be(written: str, tag: str) -> None:
    assert refusal(written) == not_read(f"Tags (`{tag}`) are not read.", UNTAGGED, field="a")


def test_a_key_that_stands_twice_is_refused_and_both_lines_are_named() -> None:
    what = "The key `age` stands twice; first in line 2."
    assert refusal("id: talent-2\nage: 6\nage: 22\n") == not_read(what, "Keep one of them.", line=3, field="age")


def test_a_key_that_stands_twice_with_and_without_quotation_marks_stands_twice() -> None:
    assert refusal('{age: 6, "age": 6}') == not_read(
        "The key `age` stands twice; first in line 1.", "Keep one of them.", field="age"
    )


def test_the_same_key_in_two_mappings_is_no_repetition() -> None:
    assert meaning("- {age: 6}\n- {age: 22}\n") == [{"age": 6}, {"age": 22}]


def test_a_key_must_be_a_word() -> None:
    assert refusal("? [a, b]\n: 1\n") == not_read("A key must be a word.", "Write the key as plain text.")


def test_a_second_document_in_one_file_is_refused() -> None:
    assert refusal("a: 1\n---\na: 2\n") == not_read(
        "A second document starts here.", "Keep one document in a file.", line=2
    )


@pytest.mark.parametrize("written", [b"", b"\n\n", b"# nothing but a remark\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(written: bytes) -> None:
    assert refusal(written) == Problem(Place(FILE), "The file is empty.", "Start from the tour in the README.")


def test_a_file_of_exactly_a_mebibyte_is_read() -> None:
    assert plain(read(b"a" * MAX_BYTES)) == "a" * MAX_BYTES


def test_a_file_of_a_byte_more_is_not() -> None:
    what = "The file is too large: at most 1,048,576 bytes are read."
    expected = Problem(Place(FILE), what, "Move long lists into sheets or split the campaign.")
    assert refusal(b"a" * (MAX_BYTES + 1)) == expected


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a: ", "}")])
def test_sixteen_levels_are_read_and_seventeen_are_not(opened: str, closed: str) -> None:
    inner = MAX_DEPTH - 1
    found = meaning(opened * inner + "x" + closed * inner)
    for _ in range(inner):
        assert isinstance(found, list | dict)
        (found,) = found if isinstance(found, list) else found.values()
    assert found == "x"
    assert refusal(opened * MAX_DEPTH + "x" + closed * MAX_DEPTH) == not_read(
        "Nested deeper than 16 levels.", "Write it flatter."
    )


def test_a_file_of_more_values_than_anybody_writes_by_hand_is_refused() -> None:
    assert refusal("- a\n" * MAX_NODES) == not_read("More than 200,000 values.", "Split the file.", line=MAX_NODES)


def test_a_file_that_is_not_utf_8_is_refused_at_the_line_of_the_first_wrong_byte() -> None:
    latin_1 = "id: look-01\ntitle: Fenêtre\n".encode("latin-1")
    assert refusal(latin_1) == not_read("The file is not UTF-8 (byte 22).", "Save it as UTF-8.", line=2)


def test_a_control_character_is_refused() -> None:
    problem = refusal(b"title: a\x00b\n")
    assert (problem.where, problem.remedy) == (Place(FILE), "Save the file as plain UTF-8 text.")
    assert problem.what.startswith("This is not YAML: unacceptable character #x0000")


@pytest.mark.parametrize(
    ("written", "line"),
    [("a: b: c\n", 1), ("a:\n  - b\n - c\n", 3), ("a: 'b\n", 2), ("ok: 1\nb: 2\n\ta: b\n", 3), ("a: @b\n", 1)],
)
def test_what_is_not_yaml_is_refused_at_its_line_in_the_parsers_words(written: str, line: int) -> None:
    problem = refusal(written)
    assert problem == not_read(problem.what, SYNTAX, line=line)
    assert problem.what.startswith("This is not YAML: ")


# Any tree, any bytes.

# JSON is YAML but for two of its escapes: half of a pair (\ud83d), which no YAML has, and the merge key.
WORDS = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=12)
LOOKALIKES = st.sampled_from(
    ["NO", "12:30", "0x1F", "1e3", ".5", "~", "true", "yes", "", "null", "12", "&a", "*a", "!!a"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**15) + 1, 10**15 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
) | (WORDS | LOOKALIKES)
KEYS = (WORDS | LOOKALIKES).filter(lambda key: key != "<<")
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
).filter(lambda tree: _depth(tree) <= MAX_DEPTH)


def _depth(tree: object) -> int:
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return 1 + max((_depth(item) for item in inner), default=0)


def _typed(tree: object) -> object:
    """The tree with every value's type beside it, so that 1, 1.0, true and "1" differ."""
    if isinstance(tree, dict):
        return {key: _typed(value) for key, value in tree.items()}
    return [_typed(item) for item in tree] if isinstance(tree, list) else (type(tree).__name__, repr(tree))


@settings(max_examples=300, deadline=None)
@given(TREES, st.sampled_from([None, 2]))
def test_whatever_is_written_as_json_reads_back_equal(tree: object, indent: int | None) -> None:
    assert _typed(meaning(json.dumps(tree, indent=indent))) == _typed(tree)


def read_or_refused(data: bytes) -> None:
    """Reads, or refuses with a remedy and a place; anything else goes through and fails the test."""
    try:
        read(data)
    except LastlookError as error:
        problem = error.as_problem()
        assert (problem.where.file, problem.what[-1:], problem.remedy[-1:]) == (FILE, ".", ".")


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200) | st.text("-?:,[]{}#&*!|>'\"%@`\n\t <~a1.\ufeff\u2028\x85", max_size=80).map(str.encode))
def test_no_bytes_are_met_with_anything_but_a_refusal_one_can_act_on(data: bytes) -> None:
    read_or_refused(data)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_change_to_a_good_manifest_is_met_with_anything_else(data: st.DataObject) -> None:
    manifest = bytearray(PICNIC.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(manifest) - 1))
        length = data.draw(st.integers(0, 5))
        manifest[start : start + length] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"\t", b"&a", b"*a", b": ", b"[", b"}"])
        )
    read_or_refused(bytes(manifest))


def test_what_can_be_passed_over_is_said_and_the_rest_is_read() -> None:
    problems: list[Problem] = []
    written = "a: 1\na: 2\nb: &x [1, 2]\nc: *x\n<<: {d: 1}\ne: !!str 3\n? [f]\n: 4\ng: 5\n"
    node = read_yaml(written.encode(), file="campaign.yaml", problems=problems)
    assert plain(node) == {"a": None, "b": [1, 2], "c": None, "e": None, "g": 5}
    assert [(problem.where.line, problem.where.field) for problem in problems] == [
        (2, "a"), (3, "b"), (4, "c"), (5, "<<"), (6, "e"), (7, ""),
    ]  # fmt: skip
