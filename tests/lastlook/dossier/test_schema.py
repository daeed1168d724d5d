"""The manifest's schema and its reader agree; and whatever stands in a manifest is read or reported, never a crash."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from lastlook.dossier.manifest import read_manifest
from lastlook.dossier.schema import manifest_schema
from lastlook.errors import LastlookError, Problem
from lastlook.reading.tree import plain
from lastlook.reading.yaml12 import read_yaml
from tests.world import node_of
from tests.world.campaigns import Written

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*/campaign.yaml"))
SCHEMA = Draft202012Validator(manifest_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
PICNIC = next(path for path in EXAMPLES if path.parent.name == "picnic")


def problems_of(written: object) -> tuple[Problem, ...]:
    return read_manifest(node_of(written)).case.problems


def a_whole_manifest() -> Written:
    """A manifest in which every key of the vocabulary's shape stands once: what errors are planted in."""
    return {
        "lastlook": 1,
        "campaign": {
            "id": "a-campaign", "title": "A campaign", "brand": "Maison Exemple", "markets": ["GB", "NO"],
            "shoot_country": "FR", "flight": {"from": "2026-12-01", "until": "2027-01-06"}, "stage": "final",
            "advertiser_employees": 60, "content_aimed_at_age": 18, "minor_purpose": {"bag": "She owns one."},
        },
        "decisions": [
            {"right": "casting", "holder": "p1", "authority": "contract 7", "assets": "all", "meaning": "decided"},
            {"right": "combination", "holder": "none", "assets": ["look-01"]},
            {"right": "props", "holder": "unknown"},
        ],
        "people": [{"id": "talent-1", "age": 6}, {"id": "talent-2", "age_band": "adult_25_plus"}],
        "products": [{"id": "bag", "category": "accessory", "audience": "general", "styled_as": "none"}],
        "looks": {"window-3": {"people": ["talent-1"], "products": ["bag"], "props": ["toy"]}},
        "plans": {"web": {"channel": "website", "media": "owned", "countries": ["GB"], "under_16_audience_share": 0.1}},
        "documents": [
            {
                "id": "GC-1", "kind": "guardian_consent", "of": "talent-1", "by": "guardian-1", "status": "on_file",
                "covers": ["look-01"], "checked_by": "p4", "checked_on": "2026-11-02", "valid_until": "none",
                "sha256": "a" * 64,
            },
        ],
        "groups": {"carousel-1": ["look-01", "look-02"]},
        "defaults": {"plans": ["web"], "disclosure": {"commercial_relationship": False}},
        "assets": [
            {
                "id": "look-01", "file": "look-01.jpg", "look": "window-3",
                "shows": {
                    "people": [{"person": "talent-1", "prominence": "principal", "portrayal": "none"}],
                    "products": ["bag"], "props": ["toy"], "settings": ["bedroom"], "themes": "none",
                    "appeals": [{"appeal": "cartoon_or_animation", "style": "cute"}],
                    "legible": [{"what": "book", "text": "A title", "searched": True}],
                },
                "copy": {"text": "Gifts", "language": "en", "claims": ["free"], "exhortation_to_buy": False},
                "disclosure": "unknown",
            },
            {"id": "look-02", "plan": "A picture of the window.", "shows": {"people": "unknown"}},
        ],
    }  # fmt: skip


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_schema_accepts_every_campaign_among_the_examples(path: Path) -> None:
    written = plain(read_yaml(path.read_bytes(), file="campaign.yaml"))
    assert [error.message for error in SCHEMA.iter_errors(written)] == []


def test_three_campaigns_stand_among_the_examples() -> None:
    assert [path.parent.name for path in EXAMPLES] == ["holiday-window", "picnic", "spring-desk"]


def test_the_schema_is_itself_a_schema() -> None:
    Draft202012Validator.check_schema(manifest_schema())


def test_the_manifest_in_which_errors_are_planted_is_itself_without_one() -> None:
    written = a_whole_manifest()
    assert ([error.message for error in SCHEMA.iter_errors(written)], problems_of(written)) == ([], ())


LEFT_OUT = object()
LOOK: tuple[str | int, ...] = ("assets", 0)
PERSON: tuple[str | int, ...] = (*LOOK, "shows", "people", 0)
DOCUMENT: tuple[str | int, ...] = ("documents", 0)
PLANTED: dict[str, tuple[tuple[str | int, ...], object]] = {
    "no version": (("lastlook",), LEFT_OUT),
    "another version": (("lastlook",), 2),
    "a version in words": (("lastlook",), "1"),
    "a version that is yes": (("lastlook",), True),
    "no campaign": (("campaign",), LEFT_OUT),
    "a campaign without an id": (("campaign", "id"), LEFT_OUT),
    "a campaign of no known name": (("campaign", "id"), "unknown"),
    "no pictures": (("assets",), LEFT_OUT),
    "pictures by word": (("assets",), "none"),
    "pictures unknown": (("assets",), "unknown"),
    "a key nobody knows": (("asset",), []),
    "people unknown by word": (("people",), "unknown"),
    "a key that is nothing": (("people",), None),
    "a title that is a number": (("campaign", "title"), 2026),
    "a market in small letters": (("campaign", "markets"), ["gb"]),
    "a market by name": (("campaign", "markets"), ["Norway"]),
    "a market that is no": (("campaign", "markets"), [False]),
    "markets that are no list": (("campaign", "markets"), "GB"),
    "a flight without an end": (("campaign", "flight"), {"from": "2026-12-01"}),
    "a flight with more than days": (("campaign", "flight", "note"), "x"),
    "a flight from a day that never was": (("campaign", "flight", "from"), "2026-11-31"),
    "a flight from a week": (("campaign", "flight", "from"), "2026-W49-2"),
    "a stage nobody knows": (("campaign", "stage"), "finished"),
    "employees by halves": (("campaign", "advertiser_employees"), 7.5),
    "a purpose that is a number": (("campaign", "minor_purpose", "bag"), 7),
    "a right nobody knows": (("decisions", 0, "right"), "lighting"),
    "a decision without its right": (("decisions", 0, "right"), LEFT_OUT),
    "a decision without a holder": (("decisions", 0, "holder"), LEFT_OUT),
    "a holder with a space": (("decisions", 0, "holder"), "p 1"),
    "a holder that is everybody": (("decisions", 0, "holder"), "all"),
    "a meaning nobody knows": (("decisions", 0, "meaning"), "did_it"),
    "a decision on a word": (("decisions", 0, "assets"), "some"),
    "a person without an id": (("people", 0, "id"), LEFT_OUT),
    "an id that is yes": (("people", 0, "id"), True),
    "an id that is a share": (("people", 0, "id"), 1.5),
    "an age in words": (("people", 0, "age"), "six"),
    "an age before birth": (("people", 0, "age"), -1),
    "an age beyond all": (("people", 0, "age"), 121),
    "a band nobody knows": (("people", 1, "age_band"), "old"),
    "an appearance kept with the person": (("people", 0, "appears"), "adult_25_plus"),
    "a category nobody knows": (("products", 0, "category"), "bag"),
    "a product without an id": (("products", 0, "id"), LEFT_OUT),
    "a look that holds settings": (("looks", "window-3", "settings"), ["bedroom"]),
    "a look of a name that means something": (("looks", "none"), {}),
    "a plan with a space in its id": (("plans", "the web"), {}),
    "a plan on no known channel": (("plans", "web", "channel"), "the web"),
    "a share in percent": (("plans", "web", "under_16_audience_share"), 10),
    "plans that are a list": (("plans",), [{"channel": "website"}]),
    "a document without a kind": ((*DOCUMENT, "kind"), LEFT_OUT),
    "a document nobody knows": ((*DOCUMENT, "kind"), "letter"),
    "a status nobody knows": ((*DOCUMENT, "status"), "yes"),
    "a document that covers a word": ((*DOCUMENT, "covers"), "everything"),
    "a document checked at some time": ((*DOCUMENT, "checked_on"), "last week"),
    "a document valid for ever in other words": ((*DOCUMENT, "valid_until"), "always"),
    "a digest too short": ((*DOCUMENT, "sha256"), "abc"),
    "a digest with a letter too many": ((*DOCUMENT, "sha256"), "g" * 64),
    "a group by word": (("groups", "carousel-1"), "none"),
    "a default of what is shown": (("defaults", "shows"), {"people": "none"}),
    "a picture without an id": ((*LOOK, "id"), LEFT_OUT),
    "a picture with a key nobody knows": ((*LOOK, "show"), {}),
    "a file that is a list": ((*LOOK, "file"), ["look-01.jpg"]),
    "props that are one word": ((*LOOK, "shows", "props"), "toy"),
    "a prop nobody knows": ((*LOOK, "shows", "props"), ["toys"]),
    "a prop that is nothing": ((*LOOK, "shows", "props"), [None]),
    "props that are yes": ((*LOOK, "shows", "props"), True),
    "an appeal without its name": ((*LOOK, "shows", "appeals"), [{"style": "cute"}]),
    "a person who is nothing": (PERSON, None),
    "a person who is unknown by word": (PERSON, "unknown"),
    "a prominence nobody knows": ((*PERSON, "prominence"), "front"),
    "a portrayal nobody knows": ((*PERSON, "portrayal"), ["happy"]),
    "an appearance by number": ((*PERSON, "appears"), 17),
    "copy that is a text": ((*LOOK, "copy"), "Gifts"),
    "a claim nobody knows": ((*LOOK, "copy", "claims"), ["cheap"]),
    "a yes in words": ((*LOOK, "copy", "exhortation_to_buy"), "no"),
    "a holding of a right in a picture": ((*LOOK, "held"), {"casting": True}),
}  # fmt: skip


def with_planted(path: tuple[str | int, ...], value: object) -> Written:
    changed = a_whole_manifest()
    holder: object = changed
    for step in path[:-1]:
        holder = holder[step]  # type: ignore[index]
    if value is LEFT_OUT:
        del holder[path[-1]]  # type: ignore[attr-defined]
    else:
        holder[path[-1]] = value  # type: ignore[index]
    return changed


@pytest.mark.parametrize("error", PLANTED)
def test_a_planted_error_is_refused_by_the_schema_and_reported_by_the_reader(error: str) -> None:
    written = with_planted(*PLANTED[error])
    assert (SCHEMA.is_valid(written), bool(problems_of(written))) == (False, True)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("campaign", "flight", "until"), "2026-11-01"),
        (("campaign", "minor_purpose", "charm"), "It sparkles."),
        (("decisions", 1, "assets"), ["look-09"]),
        (("decisions", 1, "right"), "casting"),
        ((*PERSON, "person"), "talent-9"),
        ((*LOOK, "look"), "window-9"),
        ((*LOOK, "id"), "look-02"),
        ((*LOOK, "plans"), ["cinema"]),
        (("groups", "carousel-1"), ["look-09"]),
        ((*DOCUMENT, "of"), "talent-9"),
        ((*DOCUMENT, "status"), "absent"),
        (("people", 0, "age_band"), "adult"),
    ],
)
def test_what_only_the_reader_can_know_the_schema_lets_pass(path: tuple[str | int, ...], value: object) -> None:
    written = with_planted(path, value)
    assert (SCHEMA.is_valid(written), bool(problems_of(written))) == (True, True)


# Anything at all.

ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 200) | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["unknown", "none", "all", "", "talent-1", "look-01", "GB", "toy", "2026-12-01", "x" * 70]),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(st.sampled_from(["id", "person", "from", "until", "kind", "x"]), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip


def places(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [(*at, step) for step, _ in inner] + [found for step, part in inner for found in places(part, (*at, step))]


PLACES = places(a_whole_manifest())
FUZZ = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FUZZ
@given(st.sampled_from(PLACES), ODD)
def test_whatever_stands_in_a_manifest_the_reader_reports_all_that_the_schema_refuses(
    path: tuple[str | int, ...], value: object
) -> None:
    written = with_planted(path, copy.deepcopy(value))
    problems = problems_of(written)
    assert all(problem.what and problem.remedy for problem in problems)
    if not SCHEMA.is_valid(written):
        assert problems


@FUZZ
@given(st.data())
def test_no_change_to_the_bytes_of_a_good_manifest_is_met_with_anything_but_a_problem(data: st.DataObject) -> None:
    manifest = bytearray(PICNIC.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(manifest) - 1))
        length = data.draw(st.integers(0, 8))
        new = data.draw(
            st.sampled_from([b"", b"\n", b" ", b"-", b"1", b"{}", b"[]", b"none", b"~", b"x: "]) | st.binary(max_size=3)
        )
        manifest[start : start + length] = new
    try:
        node = read_yaml(bytes(manifest), file="campaign.yaml")
    except LastlookError:
        return
    assert all(problem.what and problem.remedy for problem in read_manifest(node).case.problems)
