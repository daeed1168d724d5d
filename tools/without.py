"""For every fact stated in a campaign: what the check says without it, and why. Makes `docs/picnic-without.md`."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from lastlook.checking.case import Case
from lastlook.checking.concluding import conclude
from lastlook.checking.result import Result, Results
from lastlook.dossier.folder import MANIFEST_NAME, read_folder
from lastlook.dossier.manifest import read_manifest
from lastlook.packs import Library
from lastlook.reading.tree import plain
from lastlook.reading.yaml12 import read_yaml
from lastlook.rules.explanation import explain
from lastlook.rules.grammar import facts_used
from lastlook.rules.rule import Rule

PathIn = tuple[str | int, ...]

# Keys that name or point at something: without them there is no entry left to know less of.
NAMES = frozenset({"id", "person", "product", "file", "kind", "right", "holder", "lastlook"})

HEAD = """\
# What each fact in `picnic` is for

Nothing stands in the way of [`examples/picnic`](../examples/picnic/campaign.yaml). This table takes away one stated
fact at a time and checks again. **3** says that a rule needs the fact and asks for it; **1** that the picture is
stopped without it; **0** that nothing rests on it, and why. It is made by `make docs` and held true by a test.

| without | exit | because |
|---|---|---|
"""


class Removal(msgspec.Struct, frozen=True):
    """One stated fact, the exit code without it, and the reason in words."""

    path: str
    exit_code: int
    why: str


def page(folder: Path, library: Library, on: dt.date) -> str:
    """The page for one campaign folder."""
    rows = (f"| `{row.path}` | {row.exit_code} | {row.why} |" for row in removals(folder, library, on))
    return HEAD + "\n".join(rows) + "\n"


def removals(folder: Path, library: Library, on: dt.date) -> Iterator[Removal]:
    """Every stated fact of the campaign in `folder`, taken away."""
    written = plain(read_yaml((folder / MANIFEST_NAME).read_bytes(), file=MANIFEST_NAME))
    whole = read_folder(folder)
    for path in stated_facts(written):
        case = _case(without(written, path), whole)
        judged = conclude(case, library, on=on)
        yield Removal(_shown(path, written), Results((judged,)).exit_code, _why(path, judged, case, library))


def stated_facts(node: object, at: PathIn = ()) -> Iterator[PathIn]:
    """Every key that states something, and every whole entry of a list of entries, outermost first."""
    if isinstance(node, dict):
        for key, value in node.items():
            here = (*at, key)
            if key in NAMES:
                continue
            if at and not (at[0] in ("looks", "plans", "groups") and len(at) == 1):
                yield here
            yield from stated_facts(value, here)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            if isinstance(value, dict):
                if at[0] in ("decisions", "documents"):
                    yield (*at, number)
                yield from stated_facts(value, (*at, number))


def without(written: object, path: PathIn) -> object:
    """The manifest less what stands at a path."""
    changed = copy.deepcopy(written)
    holder = changed
    for step in path[:-1]:
        holder = holder[step]  # type: ignore[index]
    del holder[path[-1]]  # type: ignore[attr-defined]
    return changed


def _case(written: object, whole: Case) -> Case:
    read = read_manifest(read_yaml(json.dumps(written).encode(), file=MANIFEST_NAME))
    return msgspec.structs.replace(read.case, pictures=whole.pictures)


def _shown(path: PathIn, written: object) -> str:
    """The path with ids in place of positions, as somebody would say it."""
    words: list[str] = []
    node = written
    for step in path:
        node = node[step]  # type: ignore[index]
        if isinstance(step, int):
            words[-1] += f"[{_name(node, step)}]"
        else:
            words.append(step)
    return ".".join(words)


def _name(entry: object, position: int) -> str:
    if isinstance(entry, dict):
        for key in ("id", "person", "product", "right"):
            if key in entry:
                return str(entry[key])
    return str(position)


def _why(path: PathIn, judged: Result, case: Case, library: Library) -> str:
    if judged.errors:
        return f"cannot be read: {judged.errors[0].what}"
    stopping = dict.fromkeys(finding.rule for finding in judged.every_finding if finding.verdict == "stopped")
    if stopping:
        return "stopped by " + ", ".join(f"`{rule}`" for rule in stopping)
    asking = dict.fromkeys(rule for question in judged.questions for rule in question.undecided_rules)
    asking |= dict.fromkeys(finding.rule for finding in judged.every_finding if finding.verdict == "undecided")
    if asking:
        return "asked for by " + ", ".join(f"`{rule}`" for rule in asking)
    return _why_not_needed(path, case, library)


def _why_not_needed(path: PathIn, case: Case, library: Library) -> str:
    if path[0] == "documents":
        return "names the entry or its giver; one entry is enough" if path[-1] in ("id", "by") else "not asked for"
    if path[0] == "groups":
        return "no rule in use looks at pictures met together"
    fact = _fact_at(path)
    rules = [rule for rule in library.rules if fact in facts_used(rule)]
    if not rules:
        return "no rule in use looks at it"
    settled = dict.fromkeys(name for rule in rules for name in _settled_by(rule, case))
    return "every rule that looks at it is settled by " + ", ".join(f"`{name}`" for name in settled)


def _settled_by(rule: Rule, case: Case) -> Iterator[str]:
    for asset in case.assets:
        for reason in explain(rule.condition, asset, asset, case.campaign)[1]:
            yield reason.address


def _fact_at(path: PathIn) -> tuple[str, str]:
    """The (noun, fact) that a manifest path states."""
    nouns = {"people": "person", "products": "product", "plans": "plan", "campaign": "campaign", "legible": "legible"}
    keys = [step for step in path if isinstance(step, str)]
    if path[0] == "decisions":
        return "asset", "held"
    if path[0] in ("assets", "defaults"):
        inside = [key for key in keys[1:] if key != "shows"]
        if inside and inside[0] in nouns and len(inside) > 1:
            return nouns[inside[0]], inside[1]
        return "asset", ".".join(inside)
    return nouns[keys[0]], keys[-1]
