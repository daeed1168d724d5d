"""Results for people at a terminal: the most serious first, the file where the eye wants it, the remedy beside it.

Every mark is a word before it is a colour, so nothing is lost without colour or read aloud. Text that came from the
campaign is escaped (`plain`).
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from lastlook.checking.concluding import seriousness
from lastlook.checking.requests import thing_of
from lastlook.checking.result import (
    Because,
    Earliest,
    Finding,
    HeldBy,
    PackUsed,
    Question,
    Request,
    Result,
    Results,
    Told,
    Verdict,
    Waiting,
)
from lastlook.errors import Problem
from lastlook.facts.values import Value, in_words
from lastlook.reading.kinds import Span
from lastlook.reports.plain import plain
from lastlook.reports.words import (
    UNCONFIRMED,
    changed_first,
    count,
    files_in_words,
    first_of,
    holder_in_words,
    is_told_by_questions,
    quoted,
    sum_of,
    told_in_words,
)

MARGIN, LABEL = 2, 13  # columns: before a label, and for it
MARKS = {"stopped": "STOPPED", "undecided": "CANNOT TELL", "shown": "TO KNOW"}
NOT_READ = "NOT READ"


class Paint(msgspec.Struct, frozen=True):
    """Terminal codes around marks; empty where the output is no terminal or colour is not wanted."""

    stop: str = ""
    quiet: str = ""
    strong: str = ""
    end: str = ""

    @classmethod
    def for_terminal(cls) -> Paint:
        """One red pencil, and bold."""
        return cls(stop="\x1b[1;31m", quiet="\x1b[2m", strong="\x1b[1m", end="\x1b[0m")


NO_PAINT = Paint()


def as_text(results: Results, *, width: int, paint: Paint = NO_PAINT) -> str:
    """All results, then what the campaigns show together, then what could not be read at all. `width`: columns."""
    writer = _Writer(width, paint)
    blocks: list[str] = []
    for result in results.results:
        blocks += [*writer.result(result), writer.summary(result)]
    if len(results.results) > 1 and results.findings:
        together = [_Block(each.assets, (each,)) for each in results.findings]
        blocks += [writer.heading("Seen together, in the same days"), *writer.findings(together)]
    blocks += [writer.problem(problem) for problem in results.errors]
    if len(results.results) > 1 or results.errors:
        blocks.append(plain(_overall(results)))
    return "\n\n".join(blocks) + "\n"


class _Block(msgspec.Struct, frozen=True):
    """Findings that say the same of the same pictures, so that they are printed once."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def because(self) -> tuple[Because, ...]:
        """Every fact behind any of them, once; a list with all the members that matter to any."""
        facts: dict[tuple[str, str | None], Because] = {}
        for each in (because for finding in self.findings for because in finding.because):
            earlier = facts.setdefault((each.fact, each.source), each)
            if isinstance(earlier.value, tuple) and isinstance(each.value, tuple):
                value = tuple(dict.fromkeys((*earlier.value, *each.value)))
                facts[each.fact, each.source] = msgspec.structs.replace(earlier, value=value)
        return tuple(facts.values())


class _Writer:
    def __init__(self, width: int, paint: Paint) -> None:
        self.width, self.paint = width, paint

    # A result, block by block.

    def result(self, result: Result) -> Iterator[str]:
        yield self.heading(_title(result))
        for problem in result.errors:
            yield self.problem(problem)
        for note in result.notes:
            yield self.mark(MARKS["shown"], note)
        files = {asset.id: asset.file or asset.id for asset in result.assets}
        grouped = sorted(
            [*_of_pictures(result), *_wide(result.findings, files)], key=lambda seen: seriousness(seen.findings[0])
        )
        for verdict in ("stopped", "undecided", "shown"):
            yield from self.findings([seen for seen in grouped if seen.findings[0].verdict == verdict])
            if verdict == "undecided":
                yield from (self.question(question, files) for question in result.questions)
        if result.requests:
            yield self.requests(result.requests)
        if result.requirements:
            yield self.requirements(result)
        if result.earliest is not None:
            yield self.earliest(
                result.earliest, result.flight, {each.id: each.file for each in result.assets if each.file}
            )

    def heading(self, text: str) -> str:
        return f"{self.paint.strong}{self.wrapped(text)}{self.paint.end}"

    def problem(self, problem: Problem) -> str:
        has_field = problem.where.field and problem.where.line
        where = str(problem.where) + (f" ({problem.where.field})" if has_field else "")
        rows = [("what", problem.what), ("try", problem.remedy)]
        return "\n".join([self.mark(NOT_READ, where), *self.rows(rows)])

    def findings(self, grouped: Sequence[_Block]) -> Iterator[str]:
        for seen in grouped:
            first = seen.findings[0]
            lines = [self.mark(MARKS[first.verdict], files_in_words(seen.files, {}) or "the whole campaign")]
            for finding in seen.findings:
                lines += self.title(finding)
                lines += self.rows([("clause", _clause(finding))])
            if first.document is not None:
                document = first.document
                lines += self.rows([("document", f"{document.kind} of {document.of}: {document.status}")])
            lines += self.because(seen.because)
            if first.missing:
                lines += self.rows([("missing", ", ".join(first.missing))])
            lines += self.rows(_people(first))
            for remedy in dict.fromkeys(finding.clears_when for finding in seen.findings):
                lines += self.rows([("clears when", remedy)])
            yield "\n".join(lines)

    def because(self, facts: Sequence[Because]) -> list[str]:
        rows: list[tuple[str, str]] = []
        for number, each in enumerate(facts):
            known = f"{each.known}, {each.source}" if each.known else "no decision names it"
            known = "nobody knows" if each.value == "unknown" else known
            rows.append(("" if number else "because", f"{_said(each)} ({known})"))
            rows += [("", f"but {_told(told)}") for told in each.contradicted_by]
        return self.rows(rows)

    def question(self, question: Question, files: dict[str, str]) -> str:
        of = files_in_words(question.of, files) or "the whole campaign"
        rows = [("asks", question.asks)]
        told = told_in_words(question.raised, in_words)
        rows += told
        right = f", a question of {question.right}" if question.right else ""
        rows.append(("fact", f"{question.fact}{right}"))
        if question.undecided_rules:
            rows.append(("waiting", first_of(question.undecided_rules, ", ")))
        return "\n".join([self.mark(MARKS["undecided"], of), *self.rows(rows)])

    def requests(self, requests: Sequence[Request]) -> str:
        """Who has to answer, and how many different things each is asked."""
        by_role: dict[str, list[Request]] = {}
        for request in requests:
            by_role.setdefault(request.role, []).append(request)
        rows = []
        for role, asked in by_role.items():
            times = Counter(", ".join(each.rules) for each in asked)
            told = (f"{rules} ({number} times)" if number > 1 else rules for rules, number in times.items())
            rows.append((role, f"{count(len(asked), 'request')}: {'; '.join(told)}"))
        return "\n".join([self.mark("WHO ANSWERS", "each of them once"), *self.rows(rows)])

    def earliest(self, earliest: Earliest, flight: Span | None, files: Mapping[str, str]) -> str:
        """When a clearance is possible at the earliest, what has to be changed first, and whether that is in time."""
        first = changed_first(earliest, files)
        rows = [("change", first)] if first else []
        rows += [("because", _takes(each)) for each in earliest.because]
        if flight is not None:
            late = "after the flight begins" if earliest.day > flight.first else "in time for the flight"
            that = "Without that time it is" if first else "That is"
            rows.append(("", f"{that} {late}, on {_day(flight.first)}."))
        after = ", and not before a change" if first else ""
        head = self.mark("EARLIEST", f"a clearance is possible on {_day(earliest.day)}{after}")
        return "\n".join([head, *self.rows(rows)])

    def requirements(self, result: Result) -> str:
        rows = [("asked", f"{each.rule}: {each.title} ({', '.join(each.answered_by)})") for each in result.requirements]
        return "\n".join([self.mark("TO BE CLEARED", f"asked once at stage {result.stage}"), *self.rows(rows)])

    def summary(self, result: Result) -> str:
        """The rules in use, and one last line that is never broken."""
        return f"{self.wrapped(_packs(result.packs))}\n{plain(sum_of(result))}"

    # Lines.

    def mark(self, word: str, where: str) -> str:
        colour = self.paint.stop if word in (MARKS["stopped"], NOT_READ) else self.paint.strong
        first, *more = textwrap.wrap(plain(where), self.width - MARGIN - LABEL, break_on_hyphens=False)
        return "\n".join(
            [
                f"{colour}{word:<{MARGIN + LABEL}}{self.paint.end}{first}",
                *(" " * (MARGIN + LABEL) + line for line in more),
            ]
        )

    def title(self, finding: Finding) -> list[str]:
        text = plain(f"{finding.rule}: {finding.title}")
        indent = " " * MARGIN
        return textwrap.wrap(text, self.width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)

    def rows(self, rows: Iterable[tuple[str, str]]) -> list[str]:
        """Label and text side by side."""
        lines: list[str] = []
        for label, text in rows:
            wrapped = textwrap.wrap(plain(text), self.width - MARGIN - LABEL, break_on_hyphens=False) or [""]
            lines.append(f"{'':{MARGIN}}{label:<{LABEL}}{wrapped[0]}")
            lines += [" " * (MARGIN + LABEL) + line for line in wrapped[1:]]
        return lines

    def wrapped(self, text: str) -> str:
        return "\n".join(textwrap.wrap(plain(text), self.width))


# Words.


def _title(result: Result) -> str:
    name = ", ".join(part for part in (result.title or result.campaign, result.brand) if part)
    pictures = count(len(result.assets), "picture")
    return f"{name}: {pictures} at stage {result.stage}, looked at on {result.on}"


def _of_pictures(result: Result) -> list[_Block]:
    """The findings of all pictures, those that say the same of the same facts together, in order of seriousness."""
    grouped: dict[object, list[tuple[str, Finding]]] = {}
    for asset in result.assets:
        for finding in asset.findings:
            if is_told_by_questions(finding):
                continue
            grouped.setdefault(_sameness(asset.file or asset.id, finding), []).append((asset.file or asset.id, finding))
    return [
        _Block(tuple(dict.fromkeys(file for file, _ in told)), tuple({f.rule: f for _, f in told}.values()))
        for told in _together(grouped)
    ]


def _sameness(file: str, finding: Finding) -> object:
    """Findings alike in this are one block: one rule that says the same of many pictures, or many rules of one."""
    things = frozenset(thing_of(because.fact) for because in finding.because)
    return finding.verdict, file, things, frozenset(finding.held_by), finding.answered_by, finding.document


def _together(grouped: dict[object, list[tuple[str, Finding]]]) -> list[list[tuple[str, Finding]]]:
    """Blocks whose findings differ by picture alone become one block of several pictures."""
    merged: dict[object, list[tuple[str, Finding]]] = {}
    for told in grouped.values():
        first = told[0][1]
        because = _Block((), tuple(finding for _, finding in told)).because
        facts = frozenset(msgspec.structs.replace(each, asset=None, source=None) for each in because)
        rules = tuple(finding.rule for _, finding in told)
        key = (first.verdict, rules, facts, first.held_by, first.document)
        merged.setdefault(key, []).extend(told)
    return list(merged.values())


def _wide(findings: Iterable[Finding], files: Mapping[str, str]) -> list[_Block]:
    told = [finding for finding in findings if not is_told_by_questions(finding)]
    return [_Block(tuple(files.get(asset, asset) for asset in finding.assets), (finding,)) for finding in told]


def _clause(finding: Finding) -> str:
    unconfirmed = UNCONFIRMED.get(finding.confidence)
    where = f" in {', '.join(finding.territories)}" if finding.territories else ""
    return f"{finding.clause}: {finding.effect}{where}" + (f" ({unconfirmed})" if unconfirmed else "")


def _people(finding: Finding) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    if finding.held_by:
        rows.append(("held by", "; ".join(_held(each) for each in finding.held_by)))
    if finding.answered_by:
        rows.append(("answered by", ", ".join(finding.answered_by)))
    return rows


def _held(held: HeldBy) -> str:
    said = "" if held.meaning == "decided" else f" ({held.meaning.replace('_', ' ')})"
    return f"{held.right}: {holder_in_words(held.holder)}{said}"


def _said(because: Because) -> str:
    head, _, right = because.fact.partition("held.")
    if not head and because.value is False:
        return f"{right} is held by nobody"
    return f"{because.fact} is {_value(because.value)}"


def _value(value: Value | tuple[str, ...]) -> str:
    return ", ".join(value) if isinstance(value, tuple) else in_words(value)


def _told(told: Told) -> str:
    return f"{_value(told.value)}{quoted(told.words)} ({told.known}, {told.source})"


def _takes(waiting: Waiting) -> str:
    days = count(waiting.takes.days, "day")
    unconfirmed = ", our estimate" if waiting.takes.unconfirmed else ""
    return f"{waiting.what} takes about {days}: {waiting.takes.why}{unconfirmed}"


def _day(day: dt.date) -> str:
    return f"{day:%A}, {day}"


def _packs(packs: Sequence[PackUsed]) -> str:
    return "Packs: " + ", ".join(f"{pack.id} {pack.version}" for pack in packs) + "."


def _overall(results: Results) -> str:
    errors = len(results.errors) + sum(len(result.errors) for result in results.results)
    unread = f"{count(errors, 'thing')} could not be read. " if errors else ""
    if len(results.results) == 1:
        return f"{unread}The rest was judged."
    words = {Verdict.STOPPED: "stopped", Verdict.UNDECIDED: "cannot tell", Verdict.CLEAR: "nothing stands in the way"}
    each = ", ".join(f"{result.campaign}: {words[result.verdict]}" for result in results.results)
    return f"{unread}{each}; seen together: {count(len(results.findings), 'finding')}."
