"""Reads pack folders into one library of rules. An id that exists is refused: no pack overrides another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

import msgspec

from lastlook.digests import sha256_of_value
from lastlook.errors import LastlookError, Place, Problem
from lastlook.packs.compact import FILE as COMPACT
from lastlook.packs.compact import digest_of_sources, read_compact, written
from lastlook.packs.lead_times import LeadTimes, read_lead_times
from lastlook.packs.pack import Pack
from lastlook.reading.kinds import (
    Country,
    Date,
    Fields,
    Ident,
    Items,
    ListOf,
    MapOf,
    Problems,
    Record,
    Span,
    Stated,
    Text,
    WordOr,
)
from lastlook.reading.tree import Branch, Node
from lastlook.reading.yaml12 import read_yaml
from lastlook.rules.derived import DerivedFacts
from lastlook.rules.grammar import read_derived, read_rule
from lastlook.rules.rule import FIRST_DAY, PROFILES, Profile, Rule

HERE = Path(__file__).parent
EVERYWHERE, NEVER = "everywhere", "never"
RESERVED_IDS = frozenset({"market-without-pack"})  # findings that no rule file gives

PACK = Record(
    "pack",
    {
        "id": Ident(),
        "title": Text(200),
        "version": Text(40),
        "territories": WordOr(EVERYWHERE, ListOf(Country(), at_least=1)),
        "about": Text(),
        "covers_from": WordOr(NEVER, Date()),
        "without": MapOf(Text(500)),
    },
    required=("id", "title", "version", "territories"),
    unknown_allowed=False,
)
WORDS = MapOf(ListOf(Text(100), none_allowed=False))


Markets = Mapping[str, tuple[Span, ...]]  # country: when rules for it are in force


class Library(msgspec.Struct, frozen=True):
    """Every pack in use, the derived facts that all may use, and what could not be read."""

    packs: tuple[Pack, ...]
    derived: DerivedFacts
    problems: tuple[Problem, ...] = ()
    lead_times: LeadTimes | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for pack in self.packs for rule in pack.rules)

    def markets(self, profile: Profile = PROFILES[0]) -> Markets:
        """The countries for which rules of this profile were written, and when each rule is in force.

        Advice is no cover: it stops nothing.
        """
        found: dict[str, list[Span]] = {}
        since = {pack.id: pack.covers_from for pack in self.packs}
        for rule in self.of_profile(profile):
            first = since[rule.pack]
            if rule.effect == "advise" or first is None or rule.in_force.last < first:
                continue
            for country in rule.territories or ():
                found.setdefault(country, []).append(Span(max(first, rule.in_force.first), rule.in_force.last))
        return {country: tuple(dict.fromkeys(times)) for country, times in found.items()}

    @property
    def every_derived(self) -> DerivedFacts:
        """The derived facts of all packs, those of one pack alone among them."""
        return {name: fact for pack in self.packs for name, fact in pack.derived.items()} | dict(self.derived)

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def of_profile(self, profile: Profile) -> tuple[Rule, ...]:
        included = PROFILES[: PROFILES.index(profile) + 1]
        return tuple(rule for rule in self.rules if rule.profile in included)


def bundled_pack_folders() -> tuple[Path, ...]:
    return tuple(sorted(manifest.parent for manifest in HERE.glob("*/pack.yaml")))


def read_library(extra: Sequence[Path] = (), *, with_examples: bool = False) -> Library:
    """The bundled packs and those in `extra`. What cannot be read is a problem, and the rest is there.

    with_examples   also the examples of the bundled packs, which takes twenty times as long
    """
    bundled = bundled_pack_folders()
    compact = None if with_examples else read_compact(HERE / COMPACT, digest_of_sources(HERE, bundled))
    if compact is None:
        return read_packs((*bundled, *extra))
    reader = _Reader(*compact)
    for folder in extra:
        reader.read_pack(folder)
    return reader.library()


def read_packs(folders: Iterable[Path]) -> Library:
    """These packs alone, with their examples."""
    reader = _Reader()
    for folder in folders:
        reader.read_pack(folder)
    return reader.library()


def compact_form() -> str:
    """What `compact.json` should say."""
    folders = bundled_pack_folders()
    library = read_packs(folders)
    return written(library.packs, library.derived, digest_of_sources(HERE, folders))


class _Reader:
    """Reads packs one after the other. A pack that is refused leaves nothing behind."""

    def __init__(self, packs: Iterable[Pack] = (), shared: DerivedFacts | None = None) -> None:
        self.problems = Problems()
        self.packs = list(packs)
        self.file_of_rule = {rule.id: rule.source for pack in self.packs for rule in pack.rules}
        self.shared = self._derived(HERE / "shared.yaml", "shared.yaml", {}) if shared is None else shared

    def library(self) -> Library:
        return Library(tuple(self.packs), self.shared, tuple(self.problems), read_lead_times())

    def read_pack(self, folder: Path) -> None:
        shown = folder.name if folder.parent == HERE else str(folder)
        try:
            self._read(folder, shown)
        except OSError as error:  # no permission, a name too long
            what = f"It cannot be looked into: {error.strerror}."
            self.problems.add(Place(shown), what, "Check the path and its permissions.")

    def _read(self, folder: Path, shown: str) -> None:
        manifest = folder / "pack.yaml"
        if not manifest.is_file():
            remedy = "Name a folder that holds pack.yaml and rules/."
            return self.problems.add(Place(shown), "This is not a rule pack: it has no pack.yaml.", remedy)
        node = self._node(manifest, f"{shown}/pack.yaml")
        fields = None if node is None else PACK.read(node, self.problems)
        if fields is None:
            return
        pack_id = cast("Stated[str]", fields.get("id"))
        if any(pack_id.value == earlier.id for earlier in self.packs):
            what = f"A pack `{pack_id.value}` is there already."
            return self.problems.add(pack_id.place, what, "Give this pack an id of its own.")
        derived = self._derived(folder / "derived.yaml", f"{shown}/derived.yaml", self.shared)
        rules = tuple(self._rules(folder, shown, pack_id.value, _territories(fields), derived))
        digest = sha256_of_value({rule.id: rule.digest for rule in rules})
        title, version = str(fields.value("title")), str(fields.value("version"))
        without: dict[str, Stated[str]] = fields.value("without") or {}  # type: ignore[assignment]
        self.packs.append(
            Pack(
                pack_id.value, title, version, _territories(fields), rules, digest,
                derived=derived, covers_from=_covers_from(fields),
                without={clause: str(why.value) for clause, why in without.items()},
            )
        )  # fmt: skip

    def _rules(
        self, folder: Path, shown: str, pack: str, territories: frozenset[str] | None, derived: DerivedFacts
    ) -> Iterator[Rule]:
        words = self._words(folder / "words.yaml", f"{shown}/words.yaml")
        for path in sorted((folder / "rules").iterdir()) if (folder / "rules").is_dir() else ():
            file = f"{shown}/rules/{path.name}"
            if path.suffix == ".yml":
                self.problems.add(Place(file), "A rule file ends in .yaml.", "Rename it, or move it out of rules/.")
            if path.suffix != ".yaml" or (node := self._node(path, file)) is None:
                continue
            rule = read_rule(
                node, pack=pack, territories=territories, derived=derived, words=words, problems=self.problems
            )
            if rule is not None and self._is_new(rule, node, file):
                yield rule

    def _is_new(self, rule: Rule, node: Node, file: str) -> bool:
        earlier = self.file_of_rule.get(rule.id)
        if earlier is None and rule.id not in RESERVED_IDS:
            self.file_of_rule[rule.id] = file
            return True
        place = node.entries["id"].place if isinstance(node, Branch) else node.place
        what = f"The rule id `{rule.id}` exists already, in {earlier or 'Lastlook itself'}."
        self.problems.add(place, what, "Give this rule an id of its own.")
        return False

    def _node(self, path: Path, shown_as: str) -> Node | None:
        try:
            return read_yaml(path.read_bytes(), file=shown_as)
        except OSError as error:
            what = f"It cannot be read: {error.strerror}."
            self.problems.add(Place(shown_as), what, "Check the path and its permissions.")
        except LastlookError as error:
            self.problems.append(error.as_problem())
        return None

    def _derived(self, path: Path, shown_as: str, known: DerivedFacts) -> DerivedFacts:
        """The derived facts known so far, and those of one file."""
        derived = dict(known)
        if path.is_file() and (node := self._node(path, shown_as)) is not None:
            read_derived(node, derived, self.problems)
        return derived

    def _words(self, path: Path, shown_as: str) -> dict[str, tuple[str, ...]]:
        if not path.is_file() or (node := self._node(path, shown_as)) is None:
            return {}
        lists: dict[str, Stated[Items[str]]] = WORDS.read(node, self.problems) or {}
        return {name: tuple(member.value for member in stated.value.members) for name, stated in lists.items()}


def _covers_from(fields: Fields) -> dt.date | None:
    stated = fields.value("covers_from")
    return None if stated == NEVER else cast("dt.date", stated or FIRST_DAY)


def _territories(fields: Fields) -> frozenset[str] | None:
    stated = fields.value("territories")
    if stated == EVERYWHERE:
        return None
    return frozenset(member.value for member in cast("Items[str]", stated).members)
