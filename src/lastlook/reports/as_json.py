"""Results as JSON, version "1" (docs/json.md). Keys are only ever added within a version.

Ages are age bands unless exact ones are asked for: this output travels into tickets and logs, where the exact age of
a minor has no business (docs/decisions/0006).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import msgspec

from lastlook.campaigns.vocabulary import AGE_BANDS
from lastlook.checking.result import Because, Earliest, Finding, Result, Results
from lastlook.errors import Problem
from lastlook.facts.values import Ages, Value, spoken

FORMAT_VERSION = "1"


def as_json(results: Results, *, with_personal_data: bool = False) -> str:
    """One campaign as an object of its own; several under `campaigns`, with what they show together."""
    writer = _Writer(with_personal_data)
    if len(results.results) == 1:
        only = results.results[0]
        document = writer.result(only, [*results.errors, *only.errors])
    else:
        document = {
            "campaigns": [writer.result(each, each.errors) for each in results.results],
            "findings": [writer.finding(each) for each in results.findings],
            "errors": msgspec.to_builtins(results.errors),
        }
    plain = msgspec.to_builtins({"lastlook": FORMAT_VERSION, **document})
    return json.dumps(plain, indent=1, ensure_ascii=False).translate(_NO_TEXT) + "\n"


# Half of a surrogate pair stands in file names that are not UTF-8. It is no text, and JSON writes it as an escape.
_NO_TEXT = {code: f"\\u{code:04x}" for code in range(0xD800, 0xE000)}


class _Writer:
    def __init__(self, with_personal_data: bool) -> None:
        self.with_personal_data = with_personal_data

    def result(self, result: Result, errors: Iterable[Problem]) -> dict[str, object]:
        return {
            "on": result.on,
            "campaign": result.campaign,
            "stage": result.stage,
            "verdict": result.verdict.word,
            "packs": result.packs,
            "assets": [
                {
                    "id": asset.id,
                    "file": asset.file or None,
                    "sha256": asset.sha256 or None,
                    "verdict": asset.verdict,
                    "findings": [self.finding(finding) for finding in asset.findings],
                }
                for asset in result.assets
            ],
            "findings": [self.finding(finding) for finding in result.findings],
            "requirements": result.requirements,
            "questions": [
                {
                    "fact": question.fact,
                    "of": question.of,
                    "undecided_rules": question.undecided_rules,
                    "asks": question.asks,
                    "right": question.right,
                    "raised": [
                        {
                            "value": self.value(each.value),
                            "known": each.known,
                            "source": each.source,
                            "words": self.words(each.words),
                            "facts": {name: self.value(value) for name, value in each.facts},
                        }
                        for each in question.raised
                    ],
                }
                for question in result.questions
            ],
            "requests": result.requests,
            "unreviewed": result.unreviewed,
            "earliest": None if result.earliest is None else _earliest(result.earliest),
            "errors": list(errors),
            "notes": result.notes,
        }

    def finding(self, finding: Finding) -> dict[str, object]:
        return {
            **{name: getattr(finding, name) for name in finding.__struct_fields__},
            "because": [self.because(each) for each in finding.because],
        }

    def because(self, because: Because) -> dict[str, object]:
        return {
            "fact": because.fact,
            "value": self.value(because.value),
            "known": because.known,
            "source": because.source,
            "contradicted_by": [
                {"value": self.value(told.value), "known": told.known, "source": told.source}
                for told in because.contradicted_by
            ],
            "region": because.region,
            "asset": because.asset,
        }

    def words(self, words: str) -> str | None:
        """Text out of a picture file may name people, so it travels only where personal data may."""
        return words or None if self.with_personal_data else None

    def value(self, value: Value | tuple[str, ...]) -> object:
        if isinstance(value, tuple):
            return list(value)
        if isinstance(value, Ages) and not self.with_personal_data:
            return band_of(value)
        return spoken(value)


def _earliest(earliest: Earliest) -> dict[str, object]:
    waiting = [{"what": each.what, **msgspec.to_builtins(each.takes)} for each in earliest.because]
    return {"day": earliest.day, "because": waiting, "changes": earliest.changes}


def band_of(ages: Ages) -> str | list[int]:
    """The narrowest age band that holds these ages; the interval itself where no band does."""
    holding = [(high - low, band) for band, (low, high) in AGE_BANDS.items() if low <= ages.low and ages.high <= high]
    return min(holding)[1] if holding else [ages.low, ages.high]
