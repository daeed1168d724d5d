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
    import cv2

    shares = {family: float(np.mean([hit for _, hit, _ in rows])) for family, rows in outcome.hits.items()}
    total = sum(len(rows) for rows in outcome.hits.values())
    sure = {family: float(np.mean([certain for *_, certain in rows])) for family, rows in outcome.hits.items()}
    lines = [
        "# How many copies are found", "",
        "Written by `make bench-copies`; not to be edited. What the words mean: [copies.md](copies.md).", "",
        f"Split `{outcome.split}` (manifest {outcome.digest[:16]}), {outcome.originals} originals, {total:,} edited copies in "
        f"{len(shares)} families. OpenCV {cv2.__version__}, NumPy {np.__version__}, Python {platform.python_version()}, "
        f"{platform.machine()}, one thread.", "",
        f"**Macro recall {np.mean(list(shares.values())):.4f}** (without those left to a person: "
        f"{np.mean(list(sure.values())):.4f}); worst family {min(shares, key=lambda f: shares[f])} with {min(shares.values()):.3f}.", "",
        "## Families, the hardest first", "",
        "| family | found | of | recall | 95 % | without review | by strength |", "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for family in sorted(shares, key=lambda f: (shares[f], f)):
        rows = outcome.hits[family]
        hits = sum(hit for _, hit, _ in rows)
        low, high = wilson(hits, len(rows))
        strengths = sorted({strength for strength, *_ in rows})
        by = " · ".join(f"{s:g}: {np.mean([hit for at, hit, _ in rows if at == s]):.2f}" for s in strengths)
        lines.append(
            f"| {family} | {hits} | {len(rows)} | {shares[family]:.3f} | {low:.3f}–{high:.3f} | {sure[family]:.3f} | {by} |"
        )
    lines += ["", "## What is no copy", "", "| tier | pictures | called a copy | for review | one in, at most (rule of three) |",
              "|---|---|---|---|---|"]  # fmt: skip
    for tier, judged in outcome.negatives.items():
        wrong = judged.count("copy")
        bound = f"{len(judged) / 3:,.0f}" if not wrong else "–"
        lines.append(f"| {tier} | {len(judged):,} | {wrong} | {judged.count('review')} | {bound} |")
    lines += ["", "## The well-known ways, same files, same run", "",
              "Thresholds at which no random distractor matches, but where a number is given.", "",
              "| way | threshold | macro recall | worst family |", "|---|---|---|---|"]  # fmt: skip
    for name, (threshold, macro, worst) in outcome.peers.items():
        lines.append(f"| {name} | {threshold} | {macro:.3f} | {worst:.3f} |")
    if outcome.speed is not None:
        lines += ["", "## Time", "",
                  f"For one queried picture, decoding included: {outcome.speed.mean_ms:.1f} ms in the mean, "
                  f"{outcome.speed.median_ms:.1f} in the median; random distractors {np.mean(outcome.distractor_ms):.1f}. "
                  f"PDQ by the common binding on the same files: {outcome.speed.pdq_ms:.1f} ms. "
                  f"**Ratio of the means {outcome.speed.mean_ms / outcome.speed.pdq_ms:.2f}.** "
                  f"Making the originals ready took {outcome.speed.ready_s:.1f} s."]  # fmt: skip
    lines += ["", "## Relations", "", "| what the edit makes of it | what it was called |", "|---|---|"]
    for expected, called in sorted(outcome.relations.items()):
        lines.append(
            f"| {' or '.join(expected)} | {', '.join(f'{name} {count}' for name, count in called.most_common())} |"
        )
    lines += ["", "## Missed", "", *(f"- {each}" for each in sorted(outcome.missed)), ""]
    return "\n".join(lines)
