"""The laws of not knowing, tried on random campaigns; and on the bugs each is there to catch."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from lastlook.checking import documents, examination
from lastlook.checking.case import Case, Document
from lastlook.checking.examination import Examination, examine
from lastlook.checking.judge import Judge
from lastlook.checking.result import Verdict
from lastlook.dossier import manifest as manifest_module
from lastlook.facts.element import Element, Fact, Listing, Raised
from lastlook.facts.sources import Statement, one_answer
from lastlook.facts.truth import FALSE, TRUE, UNKNOWN, Truth
from lastlook.facts.values import Unknown
from lastlook.reading.kinds import Fields, Span
from lastlook.rules import evaluation
from lastlook.rules.conditions import FactLiteral
from tests.world import case_of
from tests.world.campaigns import Written
from tests.world.knowing import (
    Path,
    filled,
    fillings,
    raised_in,
    standing_paths,
    with_raised_member,
    with_unknown,
)
from tests.world.rules import bundled
from tests.world.strategies import PEOPLE, TELLING, manifests, raised_people, raisings

ON = dt.date(2026, 11, 24)
TRIES, TRIES_WITH_A_BUG = 300, 3_000
USUAL = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@functools.cache
def judging() -> Judge:
    return Judge(bundled().rules)


@pytest.fixture(autouse=True)
def _compile_the_rules_anew() -> None:
    judging.cache_clear()


def exit_code(case: Case) -> int:
    """What a check of this case exits with: 2 where something could not be read, such as two values for one fact."""
    return 2 if case.problems else {Verdict.CLEAR: 0, Verdict.STOPPED: 1, Verdict.UNDECIDED: 3}[verdict_of(case)]


def looked_at(case: Case) -> Examination:
    """An examination with the bundled rules, compiled in each test, so that a planted bug is in it."""
    return examine(judging(), bundled().markets(), case, ON)


def verdict_of(case: Case) -> Verdict:
    return looked_at(case).verdict


# The laws.


def law_of_raised_values(written: Written, raised: list[tuple[str, str, Raised, bool]]) -> None:
    """Adding a raised value never makes a verdict better; changing one is adding one (decision 0004)."""
    case = case_of(written)
    verdicts = [verdict_of(case)]
    for noun, name, value, is_list in raised:
        case = raised_in(case, noun, name, value, is_list)
        verdicts.append(verdict_of(case))
    assert verdicts == sorted(verdicts)


def law_of_raised_people(written: Written, somebody: Element) -> None:
    case = case_of(written)
    assert verdict_of(with_raised_member(case, somebody)) >= max(verdict_of(case), Verdict.UNDECIDED)


def law_of_unknown(written: Written, data: st.DataObject) -> None:
    """Replacing any set of standing values by `unknown` never turns 1, 2 or 3 into 0."""
    paths = sorted(standing_paths(written), key=str)
    twice = [path for path in paths if path[:2] == ("people", 2)] or paths  # the second of two ages, where there is one
    chosen: list[Path] = data.draw(
        st.lists(st.one_of(st.sampled_from(paths), st.sampled_from(twice)), min_size=1, max_size=6, unique=True)
    )
    raised = data.draw(st.lists(raisings(), max_size=2).filter(lambda rs: all(r[0] != "legible" for r in rs)))
    known, unknown = case_of(written), case_of(with_unknown(written, chosen))
    for noun, name, value, is_list in raised:
        known, unknown = raised_in(known, noun, name, value, is_list), raised_in(unknown, noun, name, value, is_list)
    assume(exit_code(known) != 0)
    assert exit_code(unknown) != 0


def law_of_clear(written: Written, data: st.DataObject) -> None:
    """A campaign that is clear with an unknown in it is clear for every value the vocabulary allows there."""
    assume(exit_code(case_of(written)) == 0)
    unknowns = fillings(written)
    assume(unknowns)
    telling = [unknown for unknown in unknowns if unknown[0][-1] in TELLING] or unknowns
    papers = [unknown for unknown in unknowns if unknown[0][0] == "documents"] or telling
    path, values = data.draw(st.one_of(st.sampled_from(telling), st.sampled_from(papers), st.sampled_from(unknowns)))
    case = case_of(filled(written, path, data.draw(values)))
    assume(not case.problems)
    assume(not (path[0] == "people" and told_differently(case)))
    assert verdict_of(case) is Verdict.CLEAR


def told_differently(case: Case) -> bool:
    """Whether a picture says one thing of somebody and the registry another: that is asked, as it should be."""
    people = (person for asset in case.assets for person in asset.listing("people").members)
    return any(fact.conflicts for person in people for fact in person.facts.values())


@st.composite
def said_of_others(draw: st.DrawFn) -> tuple[Written, Written]:
    """A campaign, and the same with something said of everything but its first picture."""
    written = draw(manifests())
    said = {**written, "assets": list(written["assets"])}
    first, *others = said["assets"]
    for key in draw(st.sets(st.sampled_from(["look", "default", "picture", "document", "decision"]), min_size=1)):
        if key == "look":
            said["looks"] = {**written["looks"], "another-look": {"products": ["bag"], "props": ["food"]}}
            others = [{**other, "look": "another-look"} for other in others]
        elif key == "default" and "disclosure" in first:
            said["defaults"] = {**written["defaults"], "disclosure": {"commercial_relationship": False}}
        elif key == "picture":
            fresh = {"people": "none", "products": "none", "props": "none", "legible": "none", "themes": "none"}
            others = [*others, {"id": "look-09", "file": "look-09.jpg", "shows": fresh}]
        elif key == "document" and others:
            good = {"checked_by": "p4", "checked_on": "2026-11-02", "valid_until": "none", "by": "guardian-1"}
            kinds = ("guardian_consent", "licence", "guardian_image_approval")
            covers = [others[0]["id"]]
            entries = [{"kind": kind, "of": of, "covers": covers, **good} for kind in kinds for of in PEOPLE]
            said["documents"] = [*written["documents"], *entries]
        elif key == "decision" and others:
            line = {"right": "combination", "holder": "p9", "assets": [others[0]["id"]]}
            if all(stated["right"] != "combination" for stated in written["decisions"]):
                said["decisions"] = [*written["decisions"], line]
    said["assets"] = [first, *others]
    return written, said


def law_of_others(both: tuple[Written, Written]) -> None:
    """A look, a default or a statement about other pictures never improves a picture it was not said for."""
    before, after = (looked_at(case_of(written)).verdict_of("look-01") for written in both)
    assert after >= before


LAWS: dict[str, tuple[Callable[..., None], tuple[st.SearchStrategy[object], ...]]] = {
    "raised values": (law_of_raised_values, (manifests(), st.lists(raisings(), min_size=1, max_size=4))),
    "raised people": (law_of_raised_people, (manifests(), raised_people)),
    "unknown": (law_of_unknown, (manifests(), st.data())),
    "clear": (law_of_clear, (manifests(), st.data())),
    "others": (law_of_others, (said_of_others(),)),
}


def tried(name: str, how: settings) -> None:
    law, strategies = LAWS[name]
    how(given(*strategies)(law))()


@pytest.mark.parametrize("name", LAWS)
def test_the_law_holds(name: str) -> None:
    tried(name, settings(USUAL, max_examples=TRIES))


# The bugs they are there to catch. Each is planted, and its law must fail.


def _missing_is_false(literal: FactLiteral) -> evaluation.Evaluate:
    right = _RIGHT_FACT_LITERAL(literal)

    def wrong(element: Element, asset: Element, campaign: Element) -> Truth:
        truth = right(element, asset, campaign)
        return FALSE if truth is UNKNOWN else truth

    return wrong


_RIGHT_FACT_LITERAL = evaluation._fact_literal


def _raised_value_stands(standing: Truth, met_by_raised: bool) -> Truth:
    return TRUE if met_by_raised else FALSE


def _every_list_is_complete(listing: Listing, codes: frozenset[str]) -> Truth:
    return FALSE if listing.codes.isdisjoint(codes) else TRUE


def _unknown_takes_the_default(reader: Any, record: Fields) -> Fields:
    defaults: Fields | None = reader.defaults
    return Fields(record.place, (defaults.stated if defaults else {}) | record.stated)


def _whatever_it_covers(entry: Document, assets: frozenset[str]) -> Truth:
    return TRUE


def _it_lasts_until_somebody_says_otherwise(entry: Document, flight: Span | None) -> Truth:
    return TRUE if isinstance(entry.valid_until, Unknown) else _RIGHT_LASTS(entry, flight)


_RIGHT_LASTS = documents._lasts


def _a_look_reaches_every_picture(
    reader: manifest_module._Reader, asset_id: str, record: Fields, lists: dict[str, Listing]
) -> None:
    if "another-look" in reader.looks:
        lists["props"] = Listing(complete=True, known="declared")


def _one_of_two_values_stands(statements: Sequence[Statement], raised: Sequence[Raised] = ()) -> Fact:
    known = [each for each in statements if not isinstance(each.value, Unknown)]
    return _RIGHT_ONE_ANSWER(known, raised)


_RIGHT_ONE_ANSWER = one_answer


PLANTED: dict[str, tuple[str, object, str, object]] = {
    "a missing fact is taken for false (unknown)": ("unknown", evaluation, "_fact_literal", _missing_is_false),
    "a missing fact is taken for false (clear)": ("clear", evaluation, "_fact_literal", _missing_is_false),
    "a raised value replaces the standing one": ("raised values", evaluation, "lifted", _raised_value_stands),
    "somebody seen and not declared is left out": ("raised people", examination, "unsettled_in", lambda case: ()),
    "an unstated list is taken for the whole list": ("clear", evaluation, "contains", _every_list_is_complete),
    "a default fills in what says unknown": (
        "unknown", manifest_module._Reader, "_with_defaults", _unknown_takes_the_default,
    ),
    "a default reaches a picture that speaks for itself": (
        "others", manifest_module._Reader, "_with_defaults", _unknown_takes_the_default,
    ),
    "a document of other pictures counts": ("others", documents, "_covers", _whatever_it_covers),
    "a look reaches every picture": ("others", manifest_module._Reader, "_add_look", _a_look_reaches_every_picture),
    "a document nobody vouches for counts": ("clear", documents, "_lasts", _it_lasts_until_somebody_says_otherwise),
    "what says unknown gives way to another value": (
        "unknown", manifest_module, "one_answer", _one_of_two_values_stands,
    ),
}  # fmt: skip


@pytest.mark.parametrize("bug", PLANTED)
def test_the_law_fails_where_the_bug_is_planted(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, module, attribute, wrong = PLANTED[bug]
    monkeypatch.setattr(module, attribute, wrong)
    how = settings(USUAL, max_examples=TRIES_WITH_A_BUG, phases=[Phase.generate], database=None, derandomize=True)
    with pytest.raises(AssertionError):
        tried(name, how)
