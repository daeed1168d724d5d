"""Pages that are made from something else say what they should, and nothing is left out of them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from lastlook.campaigns import vocabulary
from lastlook.campaigns.nouns import NOUNS
from lastlook.rules.rule import Rule
from tests.world.rules import bundled
from tools.coverage import CODES, clause_of, clauses, reasons, rules_of
from tools.docs import COLUMNS, ROOT, SESSION, generated, session
from tools.topics import OF_CODE, OF_FACT

EXAMPLES = ROOT / "examples"
PAGES = generated()


@pytest.mark.parametrize("path", sorted(PAGES), ids=str)
def test_the_generated_page_is_up_to_date(path: Path) -> None:
    assert (ROOT / path).read_text() == PAGES[path], "Run: make docs"


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    pages = {page.stem for page in (ROOT / "docs" / "rules").glob("*.md")} - {"README"}
    assert pages == {rule.id for rule in bundled().rules}


@pytest.mark.parametrize("rule", bundled().rules, ids=lambda rule: rule.id)
def test_every_rule_can_be_argued_with(rule: Rule) -> None:
    assert rule.known_misses
    assert rule.page.sources
    if rule.is_standing_requirement:  # true of everything: there is nothing to try
        return
    assert len(rule.flags) >= 2
    assert len(rule.passes) >= 2
    assert rule.cannot_tell
    near = [example for example in (*rule.flags, *rule.passes) if "near miss" in example.why]
    assert {example in rule.flags for example in near} == {True, False}, "a near miss on each side of the line"
    assert rule.effect in ("document", "advise") or rule.answered_by, "somebody has to be able to answer"


def test_every_example_picture_is_listed_with_its_licence_and_digest() -> None:
    listed = dict(re.findall(r"\| `([^`]+)` \| `([0-9a-f]{64})` \|", (EXAMPLES / "README.md").read_text()))
    pictures = {
        path.relative_to(EXAMPLES).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in EXAMPLES.rglob("*.jpg")
    }
    assert listed == pictures


def test_the_first_session_of_the_readme_is_what_the_tour_prints() -> None:
    makefile = (ROOT / "Makefile").read_text()
    set_to = dict(re.findall(r"^([A-Z]+) :?= (.*)$", makefile, re.MULTILINE))
    assert f"COLUMNS={COLUMNS} $(BIN)/lastlook check $(TOUR) --on $(ON);" in makefile
    command = f"lastlook check {set_to['TOUR']} --on {set_to['ON']}"
    shown = SESSION.search((ROOT / "README.md").read_text())
    assert shown is not None
    assert shown[2] == command
    assert shown[0] == f"```console\n$ {command}\n{session(command)}```"


def test_the_fact_whose_way_is_told_stands_in_the_line_it_is_told_of() -> None:
    told = (ROOT / "docs" / "architecture.md").read_text()
    (line,) = re.findall(r"Follow `age: 6` in line (\d+) of `examples/holiday-window/campaign.yaml`", told)
    lines = (EXAMPLES / "holiday-window" / "campaign.yaml").read_text().splitlines()
    assert lines[int(line) - 1] == "  - {id: talent-2, age: 6}"
    assert set(re.findall(r"campaign\.yaml:(\d+)", told)) == {line}


def test_the_table_of_imports_is_what_the_code_imports() -> None:
    source = ROOT / "src" / "lastlook"
    imported: dict[str, set[str]] = {}
    for path in source.rglob("*.py"):
        folder, *inside = path.relative_to(source).parts
        names = set(re.findall(r"^\s*(?:from|import) lastlook\.(\w+)", path.read_text(), re.MULTILINE))
        if inside:
            imported.setdefault(folder, set()).update(names - {folder, "errors"})
    told = re.findall(r"^\| `(\w+)` \| (.*) \|$", (ROOT / "docs" / "architecture.md").read_text(), re.MULTILINE)
    assert {folder: set(re.findall(r"`(\w+)`", row)) for folder, row in told} == imported


def test_every_relative_link_in_the_documentation_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *EXAMPLES.rglob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())]
    broken = [(page.name, link) for page, link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


def test_topics_are_made_of_codes_and_facts_that_there_are() -> None:
    words = {name for noun in NOUNS.values() for name in noun.names}
    lists = (value for value in vars(vocabulary).values() if isinstance(value, tuple))
    codes = {code for each in lists for code in each if isinstance(code, str)}
    assert {code for of in OF_CODE.values() for code in of} - codes == set()
    assert {fact for of in OF_FACT.values() for fact in of} - words == set()


def test_the_page_on_metadata_names_every_property_that_is_read() -> None:
    from lastlook.dossier.metadata.embedded import PROPERTIES

    rows = [line for line in (ROOT / "docs" / "metadata.md").read_text().splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([A-Za-z0-9-]+:[A-Za-z]+)`", row.split("|")[1])}
    assert named == {name for name, _, _ in PROPERTIES}


@pytest.mark.skipif(not CODES.exists(), reason="the reference of codes is not beside this checkout")
def test_every_clause_has_rules_or_a_reason_and_not_both() -> None:
    rules, without = rules_of(bundled(), clauses()), reasons(bundled())
    assert [clause for clause, names in rules.items() if not names and clause not in without] == []
    assert [clause for clause, names in rules.items() if names and clause in without] == []
    strange = [clause for clause in without if clause_of(clause, frozenset(rules)) is None]
    assert strange == [], "reasons for clauses, or parts of them, that are none"
