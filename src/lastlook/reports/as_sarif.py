"""Results as SARIF 2.1.0, for the tools that collect findings of many checkers. One run for each campaign.

A result stands at its picture file; the places of the facts behind it are related locations. Ages are bands, always:
this output travels furthest. What could not be read is a notification of the run, and so is what reading decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

import lastlook
from lastlook.checking.result import Because, Finding, PackUsed, Question, Result, Results
from lastlook.errors import Problem
from lastlook.reports import words
from lastlook.reports.plain import plain
from lastlook.rules.rule import Rule

VERSION = "2.1.0"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"stopped": "error", "undecided": "warning", "shown": "note"}
FINGERPRINT = "lastlookFinding/v1"
QUESTION_RULE = "lastlook-question"
TOGETHER = "seen-together"

Object = dict[str, object]
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def as_sarif(results: Results, rules: Mapping[str, Rule], folders: Sequence[str]) -> str:
    """The log. `folders` go with `results.results`: where each campaign stands, as a relative path or empty."""
    prefixes = [folder.rstrip("/") + "/" if folder not in ("", ".") else "" for folder in folders]
    runs = [_Run(rules, prefix, result).run() for result, prefix in zip(results.results, prefixes, strict=True)]
    if results.findings or results.errors:
        runs.append(_together(results, rules, prefixes))
    log = {"$schema": SCHEMA, "version": VERSION, "runs": runs}
    return msgspec.json.format(msgspec.json.encode(log), indent=1).decode() + "\n"


def _together(results: Results, rules: Mapping[str, Rule], prefixes: Sequence[str]) -> Object:
    """What several campaigns show together (their pictures are called `campaign/picture`), and packs not read."""
    files = {
        f"{result.campaign}/{asset.id}": f"{prefix}{asset.file}"
        for result, prefix in zip(results.results, prefixes, strict=True)
        for asset in result.assets
        if asset.file
    }
    run = _Run(rules, "", None, files)
    told = [run.of_finding(finding, finding.assets) for finding in results.findings]
    return run.written(TOGETHER, told, results.errors, ())


class _Run:
    """One run. `files` gives the file of an asset by its id."""

    def __init__(
        self, rules: Mapping[str, Rule], prefix: str, result: Result | None, files: Mapping[str, str] | None = None
    ) -> None:
        self.rules, self.prefix, self.result = rules, prefix, result
        self.files = files or {asset.id: asset.file for asset in (result.assets if result else ()) if asset.file}
        self.pictures = frozenset(self.files.values())
        self.used: dict[str, Object] = {}  # descriptors of the rules that speak, in order

    def run(self) -> Object:
        result = self.result
        if result is None:
            raise TypeError("BUG: a run of no campaign")
        told = [self.of_finding(finding, (asset.id,)) for asset in result.assets for finding in asset.findings]
        told += [self.of_finding(finding, finding.assets) for finding in result.findings]
        told += [self._of_question(question) for question in result.questions if not question.undecided_rules]
        return self.written(result.campaign, told, result.errors, result.packs, result.notes)

    def written(
        self, name: str, told: Sequence[Object], problems: Sequence[Problem], packs: Sequence[PackUsed],
        notes: Sequence[str] = (),
    ) -> Object:  # fmt: skip
        driver = {
            "name": "Lastlook",
            "semanticVersion": lastlook.__version__,
            "rules": list(self.used.values()),
            "properties": {"packs": packs},
        }
        notifications = [self._of_problem(problem) for problem in problems]
        notifications += [{"level": "note", "message": {"text": plain(note)}} for note in notes]
        invocation = {"executionSuccessful": not problems, "toolExecutionNotifications": notifications}
        return {
            "tool": {"driver": driver},
            "automationDetails": {"id": f"lastlook/{_quoted(name)}/"},
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation],
            "artifacts": [*self._artifacts()],
            "results": told,
        }

    # Results.

    def of_finding(self, finding: Finding, assets: Iterable[str]) -> Object:
        index = self._descriptor(finding)
        places = dict.fromkeys(each.source for each in finding.because if each.source)
        related = [place for source in places if (place := self._place_of(source)) is not None]
        return {
            "ruleId": finding.rule,
            "ruleIndex": index,
            "level": LEVELS[finding.verdict],
            "message": {"text": self._message(finding)},
            "locations": [*self._pictures(assets)],
            "relatedLocations": [{"id": n, **place} for n, place in enumerate(related, start=1)],
            "partialFingerprints": {FINGERPRINT: finding.id},
            "properties": {
                "effect": finding.effect,
                "state": finding.state,
                "confidence": finding.confidence,
                "territories": finding.territories,
                "held_by": finding.held_by,
                "answered_by": finding.answered_by,
                "missing": finding.missing,
                "clears_when": finding.clears_when,
            },
        }

    def _of_question(self, question: Question) -> Object:
        """A question that no rule waits for keeps a verdict open all the same."""
        about: Object = {
            "id": QUESTION_RULE,
            "shortDescription": {"text": "A fact is missing, or its sources tell it differently"},
            "fullDescription": {"text": "It is asked whether or not a rule needs it."},
            "help": {"text": "Write the answer into the campaign folder, or have the fact reviewed."},
            "defaultConfiguration": {"level": "warning"},
        }
        self.used.setdefault(QUESTION_RULE, about)
        return {
            "ruleId": QUESTION_RULE,
            "ruleIndex": list(self.used).index(QUESTION_RULE),
            "level": "warning",
            "message": {"text": plain(f"{question.asks} ({question.fact})")},
            "locations": [*self._pictures(question.of)],
            "partialFingerprints": {FINGERPRINT: f"{','.join(question.of)}:{question.fact}"},
            "properties": {"fact": question.fact, "right": question.right},
        }

    def _of_problem(self, problem: Problem) -> Object:
        where = problem.where
        place = self._written_at(where.file, where.line)
        field = f" ({where.field})" if place and where.field and not where.line else ""
        return {
            "level": "error",
            "message": {"text": plain(f"{problem.what} {problem.remedy}{field}")},
            "locations": [place] if place else [],
        }

    # Places.

    def _artifacts(self) -> Iterator[Object]:
        """The pictures by their digests: a result is about exactly these bytes."""
        for asset in self.result.assets if self.result else ():
            if asset.file and asset.sha256:
                yield {"location": {"uri": self._uri(asset.file)}, "hashes": {"sha-256": asset.sha256}}

    def _pictures(self, assets: Iterable[str]) -> Iterator[Object]:
        for asset in assets:
            name = f"{self.result.campaign}/{asset}" if self.result else asset
            logical = [{"name": asset, "fullyQualifiedName": name, "kind": "resource"}]
            file = self.files.get(asset)
            yield {
                **({"physicalLocation": {"artifactLocation": {"uri": self._uri(file)}}} if file else {}),
                "logicalLocations": logical,
            }

    def _place_of(self, source: str) -> Object | None:
        """Where a fact was written, and in which property of a file."""
        file, line, field = self._parts(source)
        place = self._written_at(file, line)
        return {**place, "message": {"text": plain(field)}} if place and field else place

    def _parts(self, source: str) -> tuple[str, int, str]:
        """File, line and property of a place as a finding names it (`Place.__str__`)."""
        if source in self.pictures:
            return source, 0, ""
        if source.endswith(")"):
            starts = [file for file in self.pictures if source.startswith(f"{file} (")]
            file = max(starts, key=len) if starts else source.partition(" (")[0]
            return file, 0, source[len(file) :].removeprefix(" (").removesuffix(")")
        file, colon, line = source.rpartition(":")
        return (file, int(line), "") if colon and line.isascii() and line.isdigit() else (source, 0, "")

    def _written_at(self, file: str, line: int) -> Object | None:
        """A place in the folder."""
        if not file or file.startswith(("-", "/")):  # `--stage` is no file; a whole path is nobody's business
            return None
        region = {"region": {"startLine": line}} if line > 0 else {}
        return {"physicalLocation": {"artifactLocation": {"uri": self._uri(file)}, **region}}

    def _uri(self, file: str) -> str:
        """A relative reference, in which every colon is quoted, so that none is read as a scheme's."""
        within = file == self.prefix.rstrip("/")  # the folder itself, which holds no campaign
        return _quoted(file if within else f"{self.prefix}{file}")

    # Words.

    def _message(self, finding: Finding) -> str:
        said = [f"{finding.title}."]
        if finding.because:
            said.append(f"Because {'; '.join(self._because(each) for each in finding.because)}.")
        if finding.document is not None:
            document = finding.document
            said.append(f"The document {document.kind} of {document.of}: {words.code_in_words(document.status)}.")
        if finding.missing:
            said.append(f"Missing: {', '.join(finding.missing)}.")
        if finding.confidence in words.UNCONFIRMED:
            said.append(f"The clause is {words.UNCONFIRMED[finding.confidence]}.")
        said.append(f"What clears it: {finding.clears_when.strip()}")
        return plain(" ".join(said))

    def _because(self, because: Because) -> str:
        unheld = words.unheld_right(because)
        if unheld:
            return f"nobody holds {words.right_in_words(unheld)}"
        value = words.value_in_words(because.value, with_personal_data=False)
        _, _, field = self._parts(because.source or "")
        known = f" ({', '.join(part for part in (because.known, field) if part)})" if because.known else ""
        but = "".join(
            f", but {words.value_in_words(told.value, with_personal_data=False)} ({told.known})"
            for told in because.contradicted_by
        )
        return f"{because.fact} is {value}{known}{but}"

    # Rules.

    def _descriptor(self, finding: Finding) -> int:
        """The place of the finding's rule among those that speak."""
        if finding.rule not in self.used:
            rule = self.rules.get(finding.rule)
            self.used[finding.rule] = _of_rule(rule) if rule else _of_unknown_rule(finding)
        return list(self.used).index(finding.rule)


def _of_rule(rule: Rule) -> Object:
    page = rule.page
    parts = (
        ("Clause", rule.clause), ("Why", page.why), ("What clears it", page.clears),
        ("What it cannot see", page.cannot_see), ("Sources", "; ".join(page.sources)),
    )  # fmt: skip
    help_text = "\n\n".join(f"{head}: {text.strip()}" for head, text in parts)
    markdown = "\n\n".join(f"**{head}.** {text.strip()}" for head, text in parts)
    tags = [rule.pack, *(["children"] if rule.safeguards_children else [])]
    return {
        "id": rule.id,
        "name": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": page.flags.strip()},
        "help": {"text": help_text, "markdown": markdown},
        "defaultConfiguration": {"level": {"advise": "note", "ask": "warning"}.get(rule.effect, "error")},
        "properties": {"tags": tags, "effect": rule.effect, "confidence": rule.confidence, "pack": rule.pack},
    }


def _of_unknown_rule(finding: Finding) -> Object:
    """A finding that no rule file stands behind, such as a market without a pack."""
    return {
        "id": finding.rule,
        "name": finding.rule,
        "shortDescription": {"text": plain(finding.title)},
        "fullDescription": {"text": plain(finding.title)},
        "help": {"text": plain(finding.clears_when)},
        "defaultConfiguration": {"level": LEVELS[finding.verdict]},
    }


def _quoted(path: str) -> str:
    """A path as a URI writes it (RFC 3986); `urllib`, which could do it, would bring a network along."""
    octets = path.encode("utf-8", "surrogateescape")
    return "".join(chr(octet) if octet in _UNRESERVED else f"%{octet:02X}" for octet in octets)
