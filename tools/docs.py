"""Writes the pages that are made from something else: rules, schemas, tables, and the sessions in the README.

`python -m tools.docs` writes them; a test compares them with what stands in the repository.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from unittest import mock

from lastlook.cli.main import main as lastlook
from lastlook.dossier.schema import manifest_schema
from lastlook.packs import Library, compact_form, read_library
from lastlook.reports.rule_page import rule_page
from lastlook.rules.grammar import facts_used, rule_schema
from lastlook.rules.rule import Rule
from tools.coverage import CODES, coverage_page
from tools.tampering import with_table
from tools.topics import by_topic
from tools.without import page

ROOT = Path(__file__).resolve().parent.parent
ON = dt.date(2026, 11, 24)  # the day of the sessions in the README, and of `make tour`
COLUMNS = "88"
WITH_SESSIONS = (Path("README.md"), Path("docs/writing-rules.md"))
SESSION = re.compile(r"(```console\n\$ )(lastlook [^\n]*)\n.*?(```)", re.DOTALL)


def generated() -> dict[Path, str]:
    """Every generated page: its path from the repository's root, and what it should say."""
    library = read_library(with_examples=True)
    return {
        Path("src/lastlook/packs/compact.json"): compact_form(),
        Path("docs/schemas/campaign.schema.json"): _json(manifest_schema()),
        Path("docs/schemas/rule.schema.json"): _json(rule_schema(library.every_derived)),
        Path("docs/picnic-without.md"): page(ROOT / "examples/picnic", library, ON),
        Path("docs/evidence.md"): with_table((ROOT / "docs/evidence.md").read_text()),
        **({Path("docs/coverage.md"): coverage_page(library)} if CODES.exists() else {}),
        Path("docs/rules/README.md"): "\n".join(_index(library)) + "\n",
        **{Path(f"docs/rules/{rule.id}.md"): rule_page(rule) for rule in library.rules},
        **{path: _with_sessions(path) for path in WITH_SESSIONS},
    }


def _json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _index(library: Library) -> Iterator[str]:
    yield "# Rules"
    yield ""
    yield "One page for each rule, made from its file by `make docs`. `lastlook explain RULE` prints the same."
    for pack in library.packs:
        yield from ("", f"## {pack.title}", "", "| rule | what it flags | effect | clause |", "|---|---|---|---|")
        yield from (
            f"| [{rule.id}]({rule.id}.md) | {rule.title} | {rule.effect} | {rule.clause} |" for rule in pack.rules
        )
    yield from (
        "",
        "## By topic",
        "",
        "A rule is under every topic that its condition looks at.",
        "",
        "| topic | rules |",
        "|---|---|",
    )
    for topic, rules in by_topic(library.rules).items():
        yield f"| {topic} | {_links(rules)} |"
    yield from ("", "## By fact", "", "Which rules look at which fact.", "", "| fact | rules |", "|---|---|")
    facts = sorted({fact for rule in library.rules for fact in facts_used(rule)})
    for noun, name in facts:
        using = _links(rule for rule in library.rules if (noun, name) in facts_used(rule))
        yield f"| {noun} `{name}` | {using} |"


def _links(rules: Iterable[Rule]) -> str:
    return ", ".join(f"[{rule.id}]({rule.id}.md)" for rule in rules)


def _with_sessions(path: Path) -> str:
    """The page with every `$ lastlook …` session run again."""
    return SESSION.sub(
        lambda found: found[1] + found[2] + "\n" + session(found[2]) + found[3], (ROOT / path).read_text()
    )


def session(command: str) -> str:
    """What a command prints, and its exit code when that is not 0."""
    out = io.StringIO()
    arguments = shlex.split(command)[1:]
    with contextlib.redirect_stdout(out), contextlib.chdir(ROOT), mock.patch.dict(os.environ, {"COLUMNS": COLUMNS}):
        code = lastlook(arguments)
    return out.getvalue() + (f"$ echo $?\n{code}\n" if code else "")


def main() -> None:
    pages = generated()
    for stale in set((ROOT / "docs/rules").glob("*.md")) - {ROOT / path for path in pages}:
        stale.unlink()
    for path, text in pages.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text)
    print(f"{len(pages)} pages written.")


if __name__ == "__main__":
    main()
