"""Which clauses of the codes have rules, and why the others have none: `docs/coverage.md`.

The clauses are the rows of the reference that stands beside the project (`../shared/codes.md`). Where it is not there,
the page cannot be made again, and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from lastlook.packs import Library

CODES = Path(__file__).resolve().parents[2] / "shared" / "codes.md"
_SECTION = re.compile(r"^## ([A-K])\. (.*)$")
_ROW = re.compile(r"^\| ([a-z][a-z0-9.\-]*[a-z0-9]) \| (.*?) \|")


class Clause(msgspec.Struct, frozen=True):
    """One row of the reference."""

    id: str
    clause: str
    section: str


def clauses(path: Path = CODES) -> tuple[Clause, ...]:
    found: list[Clause] = []
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if heading := _SECTION.match(line):
            section = f"{heading[1]}. {heading[2]}"
        elif line.startswith("## "):
            section = ""
        elif section and (row := _ROW.match(line)) and row[1] != "id":
            found.append(Clause(row[1], row[2], section))
    return tuple(found)


def clause_of(rule: str, ids: frozenset[str]) -> str | None:
    """The clause a rule belongs to: its own id, or the longest that it continues after a dot."""
    parts = rule.split(".")
    names = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((name for name in names if name in ids), None)


def rules_of(library: Library, found: tuple[Clause, ...]) -> dict[str, list[str]]:
    ids = frozenset(each.id for each in found)
    rules: dict[str, list[str]] = {each.id: [] for each in found}
    for rule in library.rules:
        if (clause := clause_of(rule.id, ids)) is not None:
            rules[clause].append(rule.id)
    return rules


def reasons(library: Library) -> dict[str, str]:
    return {clause: why for pack in library.packs for clause, why in pack.without.items()}


def coverage_page(library: Library) -> str:
    return "\n".join(_lines(library)) + "\n"


def _lines(library: Library) -> Iterator[str]:
    found = clauses()
    rules, without = rules_of(library, found), reasons(library)
    ids = frozenset(rules)
    having = sum(bool(names) for names in rules.values())
    yield "# Coverage"
    yield ""
    yield f"{len(found)} clauses were read: {having} have rules, {len(found) - having} have none. Made by `make docs`."
    section = ""
    for each in found:
        if each.section != section:
            section = each.section
            yield from ("", f"## {section}", "", "| clause | | rules, or why there is none |", "|---|---|---|")
        links = ", ".join(f"[{name}](rules/{name}.md)" for name in rules[each.id])
        parts = [why for part, why in without.items() if clause_of(part, ids) == each.id]
        yield f"| {each.id} | {each.clause} | {'. '.join([links, *parts] if links else parts)} |"
