"""The result of the bench as a page, failing families first."""

from __future__ import annotations

import math
import platform
from collections import Counter, defaultdict

import msgspec
import numpy as np


class Speed(msgspec.Struct, frozen=True):
    """Milliseconds for a queried picture, decoding included; seconds to make the originals ready."""

    mean_ms: float
    median_ms: float
    pdq_ms: float
    ready_s: float


class Outcome(msgspec.Struct):
    split: str
    digest: str
    originals: int
    hits: dict[str, list[tuple[float, bool, bool]]] = msgspec.field(default_factory=lambda: defaultdict(list))
    relations: dict[tuple[str, ...], Counter[str]] = msgspec.field(default_factory=lambda: defaultdict(Counter))
    negatives: dict[str, list[str]] = msgspec.field(default_factory=lambda: defaultdict(list))
    missed: list[str] = msgspec.field(default_factory=list)
    peers: dict[str, tuple[int, float, float]] = msgspec.field(default_factory=dict)
    distractor_ms: list[float] = msgspec.field(default_factory=list)
    speed: Speed | None = None


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)


def table(outcome: Outcome) -> str:
    """The whole page in Markdown."""
    parts = [_head(outcome), _families(outcome), _others(outcome), _peers(outcome), _time(outcome), _relations(outcome)]
    missed = ["## Missed", "", *(f"- {each}" for each in sorted(outcome.missed)), ""]
    return "\n".join(line for part in (*parts, missed) for line in part)


def _shares(outcome: Outcome, which: int) -> dict[str, float]:
    """By family: 1 for what was found, 2 for what was found and needs nobody to look."""
    return {family: float(np.mean([row[which] for row in rows])) for family, rows in outcome.hits.items()}


def _head(outcome: Outcome) -> list[str]:
    import cv2

    shares, sure = _shares(outcome, 1), _shares(outcome, 2)
    total = sum(len(rows) for rows in outcome.hits.values())
    worst = min(shares, key=lambda family: shares[family])
    made = f"OpenCV {cv2.__version__}, NumPy {np.__version__}, Python {platform.python_version()}, {platform.machine()}"
    split = f"Split `{outcome.split}` (manifest {outcome.digest[:16]})"
    what = f"{split}, {outcome.originals} originals, {total:,} edited copies"
    macro, certain = np.mean(list(shares.values())), np.mean(list(sure.values()))
    found = f"**Macro recall {macro:.4f}**; {certain:.4f} without those left to a person;"
    return [
        "# How many copies are found",
        "",
        "Written by `make bench-copies`; not to be edited. What the words mean: [copies.md](copies.md).",
        "",
        f"{what} in {len(shares)} families. {made}, one thread.",
        "",
        f"{found} worst family: {worst}, {shares[worst]:.3f}.",
        "",
    ]


def _families(outcome: Outcome) -> list[str]:
    shares, sure = _shares(outcome, 1), _shares(outcome, 2)
    lines = [
        "## Families, the hardest first",
        "",
        "| family | found | of | recall | 95 % | without review | by strength |",
        "|---|---|---|---|---|---|---|",
    ]
    for family in sorted(shares, key=lambda name: (shares[name], name)):
        rows = outcome.hits[family]
        hits = sum(hit for _, hit, _ in rows)
        low, high = wilson(hits, len(rows))
        strengths = sorted({strength for strength, *_ in rows})
        by = " · ".join(f"{s:g}: {np.mean([hit for at, hit, _ in rows if at == s]):.2f}" for s in strengths)
        numbers = f"{hits} | {len(rows)} | {shares[family]:.3f} | {low:.3f} to {high:.3f} | {sure[family]:.3f}"
        lines.append(f"| {family} | {numbers} | {by} |")
    return [*lines, ""]


def _others(outcome: Outcome) -> list[str]:
    lines = [
        "## What is no copy",
        "",
        "| tier | pictures | called a copy | for review | fewer than one in (rule of three) |",
        "|---|---|---|---|---|",
    ]
    for tier, judged in outcome.negatives.items():
        wrong = judged.count("copy")
        bound = "no bound" if wrong else f"{len(judged) / 3:,.0f}"
        lines.append(f"| {tier} | {len(judged):,} | {wrong} | {judged.count('review')} | {bound} |")
    return [*lines, ""]


def _peers(outcome: Outcome) -> list[str]:
    lines = [
        "## The well-known ways, same files, same run",
        "",
        "At the threshold at which no random distractor matches, but where a number is given.",
        "",
        "| way | threshold | macro recall | worst family |",
        "|---|---|---|---|",
    ]
    rows = [f"| {name} | {at} | {macro:.3f} | {worst:.3f} |" for name, (at, macro, worst) in outcome.peers.items()]
    return [*lines, *rows, ""]


def _time(outcome: Outcome) -> list[str]:
    if outcome.speed is None:
        return []
    speed = outcome.speed
    ours = (
        f"For one queried picture, decoding included: {speed.mean_ms:.1f} ms in the mean, {speed.median_ms:.1f} in the"
    )
    random = f"median; random distractors {np.mean(outcome.distractor_ms):.1f}. PDQ by the common binding on the same"
    ratio = f"files: {speed.pdq_ms:.1f} ms. **Ratio of the means {speed.mean_ms / speed.pdq_ms:.2f}.** Making the"
    return ["## Time", "", f"{ours} {random} {ratio} originals ready took {speed.ready_s:.1f} s.", ""]


def _relations(outcome: Outcome) -> list[str]:
    lines = ["## Relations", "", "| what the edit makes of it | what it was called |", "|---|---|"]
    for expected, called in sorted(outcome.relations.items()):
        told = ", ".join(f"{name} {count}" for name, count in called.most_common())
        lines.append(f"| {' or '.join(expected)} | {told} |")
    return [*lines, ""]
