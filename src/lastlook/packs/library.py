"""Reads pack folders into one library of rules. An id that exists is refused: no pack overrides another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import msgspec

from lastlook.digests import sha256_of_value
from lastlook.errors import LastlookError, Place, Problem
from lastlook.reading.kinds import (
    Country,
    Fields,
    Ident,
    Items,
    ListOf,
    MapOf,
    Problems,
    Record,
    Stated,
    Text,
    WordOr,
)
from lastlook.reading.tree import Node
from lastlook.reading.yaml12 import read_yaml
from lastlook.rules.derived import Derived, DerivedFacts
from lastlook.rules.grammar import read_derived, read_rule
from lastlook.rules.rule import PROFILES, Profile, Rule

HERE = Path(__file__).parent
EVERYWHERE = "everywhere"

PACK = Record(
    "pack",
    {
        "id": Ident(),
        "title": Text(200),
        "version": Text(40),
        "territories": WordOr(EVERYWHERE, ListOf(Country(), none_allowed=False)),
        "about": Text(),
    },
    required=("id", "title", "version", "territories"),
    unknown_allowed=False,
)
WORDS = MapOf(ListOf(Text(100), none_allowed=False))


class Pack(msgspec.Struct, frozen=True):
    """One pack as it was read. `territories` None: its rules follow the campaign wherever it goes.

    digest: SHA-256 over the digests of its rules by id, so it changes exactly when a rule does.
    """

    id: str
    title: str
    version: str
    territories: frozenset[str] | None
    rules: tuple[Rule, ...]
    digest: str


class Library(msgspec.Struct, frozen=True):
    """Every pack in use, the derived facts they share, and what could not be read."""

    packs: tuple[Pack, ...]
    derived: DerivedFacts
    problems: tuple[Problem, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for pack in self.packs for rule in pack.rules)

    def markets(self, profile: Profile = PROFILES[0]) -> frozenset[str]:
        """The countries for which at least one rule of this profile was written."""
        return frozenset(country for rule in self.of_profile(profile) for country in rule.territories or ())

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def of_profile(self, profile: Profile) -> tuple[Rule, ...]:
        included = PROFILES[: PROFILES.index(profile) + 1]
        return tuple(rule for rule in self.rules if rule.profile in included)


def bundled_pack_folders() -> tuple[Path, ...]:
    return tuple(sorted(manifest.parent for manifest in HERE.glob("*/pack.yaml")))


def read_library(extra: Sequence[Path] = ()) -> Library:
    """The bundled packs and those in `extra`. What cannot be read is a problem, and the rest is there."""
    problems = Problems()
    derived: dict[tuple[str, str], Derived] = {}
    _read_derived_file(HERE / "shared.yaml", "shared.yaml", derived, problems)
    packs: list[Pack] = []
    taken: dict[str, str] = {}
    for folder in (*bundled_pack_folders(), *extra):
        pack = _read_pack(folder, derived, taken, problems)
        if pack is None:
            continue
        if any(pack.id == earlier.id for earlier in packs):
            where = Place(f"{folder}/pack.yaml", 1, "id")
            problems.add(where, f"A pack `{pack.id}` is there already.", "Give this pack an id of its own.")
            continue
        packs.append(pack)
    return Library(tuple(packs), derived, tuple(problems))


def _node(path: Path, shown_as: str, problems: Problems) -> Node | None:
    try:
        return read_yaml(path.read_bytes(), file=shown_as)
    except OSError as error:
        problems.add(Place(shown_as), f"It cannot be read: {error.strerror}.", "Check the path and its permissions.")
    except LastlookError as error:
        problems.append(error.as_problem())
    return None


def _read_derived_file(path: Path, shown_as: str, derived: dict[tuple[str, str], Derived], problems: Problems) -> None:
    if path.is_file() and (node := _node(path, shown_as, problems)) is not None:
        read_derived(node, derived, problems)


def _read_pack(
    folder: Path, derived: dict[tuple[str, str], Derived], taken: dict[str, str], problems: Problems
) -> Pack | None:
    shown = folder.name if folder.parent == HERE else str(folder)
    if not (folder / "pack.yaml").is_file():
        remedy = "Name a folder that holds pack.yaml and rules/."
        problems.add(Place(shown), "This is not a rule pack: it has no pack.yaml.", remedy)
        return None
    node = _node(folder / "pack.yaml", f"{shown}/pack.yaml", problems)
    fields = None if node is None else PACK.read(node, problems)
    if fields is None:
        return None
    pack_id, territories = str(fields.value("id")), _territories(fields)
    _read_derived_file(folder / "derived.yaml", f"{shown}/derived.yaml", derived, problems)
    words = _words(folder / "words.yaml", f"{shown}/words.yaml", problems)
    rules: list[Rule] = []
    for path in sorted((folder / "rules").glob("*.yaml")):
        file = f"{shown}/rules/{path.name}"
        rule_node = _node(path, file, problems)
        if rule_node is None:
            continue
        rule = read_rule(
            rule_node, pack=pack_id, territories=territories, derived=derived, words=words, problems=problems
        )
        if rule is None:
            continue
        if rule.id in taken:
            what = f"The rule id `{rule.id}` exists already, in {taken[rule.id]}."
            problems.add(Place(file, rule_node.place.line, "id"), what, "Give this rule an id of its own.")
            continue
        taken[rule.id] = file
        rules.append(rule)
    digest = sha256_of_value({rule.id: rule.digest for rule in rules})
    return Pack(pack_id, str(fields.value("title")), str(fields.value("version")), territories, tuple(rules), digest)


def _territories(fields: Fields) -> frozenset[str] | None:
    stated = fields.value("territories")
    if stated == EVERYWHERE:
        return None
    return frozenset(member.value for member in cast("Items[str]", stated).members)


def _words(path: Path, shown_as: str, problems: Problems) -> dict[str, tuple[str, ...]]:
    if not path.is_file() or (node := _node(path, shown_as, problems)) is None:
        return {}
    lists: dict[str, Stated[Items[str]]] = WORDS.read(node, problems) or {}
    return {name: tuple(member.value for member in stated.value.members) for name, stated in lists.items()}
