"""The packs against decisions of regulators: `make bench-rulings FILE=…`, a file of one JSON object a line.

Each decision becomes a campaign folder in its territory, whose flight is the day of the decision, and goes through the
command line's own functions. *Raised* is an engaged block or sign-off that a bland control of the same place and day
does not get as well; *blocked* is such a block. What could not be scored is listed. A decision that cannot be answered
is an error, and the bench fails.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import sqrt
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from lastlook.checking.coverage import is_covered
from lastlook.checking.result import Finding, Results
from lastlook.dossier.check import check_folders
from lastlook.packs import Library, read_library
from lastlook.reading.kinds import Span

Facts = dict[str, Any]
STRICT = ("block", "sign_off")
BLAND: Facts = {
    "products": [{"category": "homeware", "audience": "general", "styled_as": "none"}],
    "channels": [{"kind": "website", "targeted_to_adults": None}],
    "people": [{"age": 35, "appears": "adult_25_plus", "role": "principal", "portrayal": ["none"]}],
    "props": "none",
    "appeals": "none",
    "themes": "none",
    "copy": {"claims": "none", "exhortation_to_buy": False, "pester_parents": False, "strong_language": False},
    "disclosure": {"commercial_relationship": False},
}
ZED = 1.959964  # of a 95 % interval


class Ruling(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """One decision as it was recorded; `facts` in the words of the shared vocabulary."""

    id: str
    territory: str
    outcome: str
    topic: str
    facts: Facts
    date: str | None = None
    date_precision: str | None = None
    facts_sufficient: bool = True
    clauses: tuple[str, ...] = ()
    derived_from_ruling: tuple[str, ...] = ()

    @property
    def upheld(self) -> bool:
        return self.outcome in ("upheld", "upheld_in_part")

    @property
    def leaks(self) -> bool:
        """Whether some of its facts are known only from the decision."""
        return bool(self.derived_from_ruling)


class Answer(msgspec.Struct, frozen=True):
    """What the packs said of one decision beyond the bland control."""

    ruling: Ruling
    engaged: tuple[Finding, ...]

    @property
    def raised(self) -> bool:
        return bool(self.engaged)

    @property
    def blocked(self) -> bool:
        return any(finding.effect == "block" for finding in self.engaged)

    @property
    def agrees(self) -> bool:
        """Whether a rule was engaged that cites a clause the decision states."""
        stated = {number for clause in self.ruling.clauses for number in _numbers(clause)}
        return any(stated & set(_numbers(finding.clause)) for finding in self.engaged)


def _numbers(clause: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)+", clause)


# From a decision to a campaign folder.


def manifest_of(ruling: Ruling, facts: Facts) -> Facts:
    """The campaign as a manifest. What the record leaves open is left out; so is an empty list: nothing mentioned."""
    first, last = _days(ruling)
    shows = {
        "people": [_person(person) for person in facts.get("people", [])],
        **{key: facts.get(key) for key in ("products", "props", "appeals", "themes")},
    }
    copy = dict(facts.get("copy") or {})
    copy["text"] = " ".join(re.findall(r"[\"“]([^\"”]+)[\"”]", str(copy.get("text") or ""))) or None
    if copy.get("language") == "none":
        copy["language"] = None
    asset = {
        "id": "asset",
        "file": "asset.png",
        "shows": shows,
        "copy": copy,
        "disclosure": facts.get("disclosure"),
        "plans": [
            {**_renamed(channel, {"kind": "channel"}), "countries": [ruling.territory]}
            for channel in facts.get("channels", [])
        ],
    }
    campaign = {
        "id": "ruling",
        "markets": [ruling.territory],
        "flight": {"from": first, "until": last},
        "stage": "final",
        **{key: facts[key] for key in ("content_aimed_at_age", "advertiser_employees") if facts.get(key) is not None},
    }
    return {"lastlook": 1, "campaign": campaign, "assets": [_known(asset)]}


def _days(ruling: Ruling) -> tuple[str, str]:
    """The day of the decision, or all days of its month or year."""
    date = str(ruling.date)
    if len(date) == len("YYYY"):
        return f"{date}-01-01", f"{date}-12-31"
    if len(date) == len("YYYY-MM"):
        first = dt.date.fromisoformat(f"{date}-01")
        return first.isoformat(), (first + dt.timedelta(days=27)).isoformat()
    return date, date


def _person(person: Facts) -> Facts:
    return _renamed(person, {"role": "prominence"})


def _renamed(facts: Facts, names: dict[str, str]) -> Facts:
    return {names.get(key, key): value for key, value in facts.items()}


def _known(value: Any) -> Any:
    """Without what is null, unknown or an empty list; a list of `none` is known to be empty."""
    if isinstance(value, dict):
        kept = {key: _known(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "unknown", [], {})}
    if isinstance(value, list):
        kept_items = [_known(item) for item in value]
        return "none" if kept_items == ["none"] else [item for item in kept_items if item not in (None, "unknown")]
    return value


def answer(ruling: Ruling, library: Library) -> Answer:
    """Raises ValueError for a decision that cannot be answered."""
    found, bland = _findings(ruling, ruling.facts, library), _findings(ruling, BLAND, library)
    usual = {(finding.rule, finding.effect) for finding in bland}
    return Answer(ruling, tuple(each for each in found if (each.rule, each.effect) not in usual))


def _findings(ruling: Ruling, facts: Facts, library: Library) -> list[Finding]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "campaign.yaml").write_text(json.dumps(manifest_of(ruling, facts)), encoding="utf-8")
        Image.new("L", (8, 8)).save(folder / "asset.png")
        results = check_folders([folder], library, on=dt.date.fromisoformat(_days(ruling)[0]))
    _refuse_errors(ruling, results)
    findings = (finding for result in results.results for finding in result.every_finding)
    return [each for each in findings if each.state == "engaged" and each.effect in STRICT]


def _refuse_errors(ruling: Ruling, results: Results) -> None:
    problems = [*results.errors, *(problem for result in results.results for problem in result.errors)]
    if problems:
        raise ValueError(f"{ruling.id}: {problems[0].where}: {problems[0].what}")


# Scores.


class Share(msgspec.Struct, frozen=True):
    """Some of so many."""

    some: int
    of: int

    @property
    def value(self) -> float:
        return self.some / self.of if self.of else 0.0

    def __str__(self) -> str:
        low, high = wilson(self.some, self.of)
        return f"{self.some:>3} of {self.of:<3} {self.value:>4.0%} ({low:.0%} to {high:.0%})" if self.of else "none"


def wilson(some: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (E. B. Wilson, 1927)."""
    if of == 0:
        return 0.0, 1.0
    share, square = some / of, ZED * ZED
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = ZED * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)


class Score(msgspec.Struct, frozen=True):
    """How a set of decisions came out."""

    raised_of_upheld: Share
    blocked_of_not: Share
    raised_of_not: Share

    @property
    def informedness(self) -> float:
        return self.raised_of_upheld.value - self.raised_of_not.value


def score(answers: Iterable[Answer]) -> Score:
    answers = list(answers)
    upheld = [each for each in answers if each.ruling.upheld]
    not_upheld = [each for each in answers if not each.ruling.upheld]
    return Score(
        Share(sum(each.raised for each in upheld), len(upheld)),
        Share(sum(each.blocked for each in not_upheld), len(not_upheld)),
        Share(sum(each.raised for each in not_upheld), len(not_upheld)),
    )


# The report.


def report(answers: Sequence[Answer], left_out: Sequence[tuple[Ruling, str]]) -> Iterator[str]:
    sufficient = [each for each in answers if each.ruling.facts_sufficient]
    yield f"{len(answers)} decisions answered, {len(sufficient)} of them on facts that suffice.\n"
    yield _row("", "raised of upheld", "blocked of not upheld", "raised of not upheld", "informedness")
    for name, chosen in _groups(sufficient, answers):
        yield _scored(name, score(chosen))
    everything = [Answer(each.ruling, (_ANYTHING,)) for each in sufficient]
    yield _scored("a rule that asks of everything", score(everything))
    stated = [each for each in sufficient if each.ruling.upheld and any(map(_numbers, each.ruling.clauses))]
    yield f"\nA stated clause is cited: {Share(sum(each.agrees for each in stated), len(stated))}"
    yield "\nMissed (upheld, and nothing raised):"
    yield from (f"  {_name(each)}" for each in sufficient if each.ruling.upheld and not each.raised)
    yield "\nFalse alarms (not upheld, and raised):"
    for each in sufficient:
        if not each.ruling.upheld and each.raised:
            rules = ", ".join(f"{finding.rule} ({finding.effect})" for finding in each.engaged)
            yield f"  {_name(each)}: {rules}"
    yield "\nNot scored:"
    yield from (f"  {ruling.id}: {why}" for ruling, why in left_out)


_ANYTHING = Finding(
    id="", rule="everything", pack="", clause="", title="", effect="sign_off", state="engaged", verdict="stopped",
    confidence="certain", territories=(), because=(), missing=(), held_by=(), answered_by=(), clears_when="",
)  # fmt: skip


def _groups(sufficient: Sequence[Answer], answers: Sequence[Answer]) -> Iterator[tuple[str, list[Answer]]]:
    chosen: dict[str, Callable[[Answer], bool]] = {
        topic: lambda each, topic=topic: each.ruling.topic == topic  # type: ignore[misc]
        for topic in sorted({each.ruling.topic for each in sufficient})
    }
    for name, wanted in chosen.items():
        yield name, [each for each in sufficient if wanted(each)]
    yield "all", list(sufficient)
    yield "all but those that leak", [each for each in sufficient if not each.ruling.leaks]
    yield "with those of thin facts", list(answers)


def _row(*cells: str) -> str:
    return f"{cells[0]:<32}" + "".join(f"{cell:<32}" for cell in cells[1:]).rstrip()


def _scored(name: str, of: Score) -> str:
    shares = (str(each) for each in (of.raised_of_upheld, of.blocked_of_not, of.raised_of_not))
    both = of.raised_of_upheld.of and of.raised_of_not.of
    return _row(name, *shares, f"{of.informedness:+.2f}" if both else "")


def _name(answer: Answer) -> str:
    return f"{answer.ruling.id} [{answer.ruling.topic}]"


def read_rulings(path: Path) -> list[Ruling]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [msgspec.convert(json.loads(line), Ruling) for line in lines if line.strip()]


def why_not_scored(ruling: Ruling, library: Library) -> str | None:
    if ruling.date is None:
        return "no date"
    if ruling.territory not in library.markets():
        return f"no pack for {ruling.territory}"
    first, last = (dt.date.fromisoformat(day) for day in _days(ruling))
    covered = is_covered(ruling.territory, Span(first, last), library.markets())
    return None if covered else f"no edition of {ruling.date} in the packs of {ruling.territory}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    library = read_library()
    answers: list[Answer] = []
    left_out: list[tuple[Ruling, str]] = []
    for ruling in read_rulings(options.file):
        why = why_not_scored(ruling, library)
        if why is not None:
            left_out.append((ruling, why))
            continue
        try:
            answers.append(answer(ruling, library))
        except ValueError as error:
            print(f"It cannot be answered: {error}", file=sys.stderr)
            return 1
    print("\n".join(report(answers, left_out)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
