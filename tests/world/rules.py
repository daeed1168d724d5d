"""Rules in a test's own words."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

from lastlook.packs import Library, Pack, library, read_packs
from lastlook.reading.kinds import Problems
from lastlook.rules.grammar import read_rule
from lastlook.rules.rule import Rule
from tests.world.campaigns import node_of

PAGE = {"flags": "It.", "why": "So.", "clears": "Mend it.", "cannot_see": "The rest.", "sources": ["example.org"]}


def bundled() -> Library:
    """The packs in use: those that come with Lastlook, or in most tests the few of `tests/fixtures/flagship`."""
    return _library(library.bundled_pack_folders())


@functools.cache
def _library(folders: tuple[Path, ...]) -> Library:
    return read_packs(folders)


def read_rules(*rules: dict[str, object], territories: frozenset[str] | None = None) -> tuple[list[Rule], Problems]:
    """Rules from dictionaries (`when` at the least), and the problems met."""
    problems = Problems()
    read: list[Rule] = []
    for number, stated in enumerate(rules, start=1):
        whole = {
            "id": f"rule-{number}",
            "clause": "1",
            "title": "A rule",
            "effect": "block",
            "in_force": {"from": "2020-01-01"},
            "confidence": "certain",
            "page": PAGE,
            **stated,
        }
        rule = read_rule(
            node_of(whole, file="rule.yaml"),
            pack="test",
            territories=territories,
            derived=bundled().derived,
            words={},
            problems=problems,
        )
        if rule is not None:
            read.append(rule)
    return read, problems


def a_rule(when: object, *, territories: frozenset[str] | None = None, **stated: object) -> Rule:
    """One lawful rule."""
    rules, problems = read_rules({"when": when, **stated}, territories=territories)
    assert not problems, problems
    return rules[0]


def a_library(*rules: Rule, markets: Iterable[str] = ("GB",)) -> Library:
    """A library of one pack with these rules, and a silent one for each market, so that it is covered."""
    covering = [
        a_rule({"not": "always"}, id=f"covers-{market.lower()}", territories=frozenset({market})) for market in markets
    ]
    pack = Pack("test", "Test", "1", frozenset(markets), (*rules, *covering), "0" * 64)
    return Library((pack,), bundled().derived)
