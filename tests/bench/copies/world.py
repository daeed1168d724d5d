"""What the bench looks for and where: originals, their edited copies, distractors in tiers. Split by source, and
seeded."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import Literal

import msgspec
import numpy as np
from PIL import Image

from tests.bench.copies.creatives import Campaign
from tests.bench.copies.edits import EDITS, Edit, crop, encoded, scenery
from tests.bench.copies.photographs import photographs, same_things, stamps

Split = Literal["calibration", "test"]
Tier = Literal[
    "random", "same template, other product", "same logo, other picture", "same pack shot, other picture",
    "same thing, other photograph", "copy of a registered sister",
]  # fmt: skip
LONGEST = 1024  # pixels of an original
ADVERTISEMENTS = {"calibration": range(1000, 1060), "test": range(200, 280)}  # seeds of campaigns
SISTERS = 2  # registered further pictures of each campaign


class Original(msgspec.Struct, frozen=True):
    name: str
    data: bytes
    seed: int = -1  # of its campaign, for an advertisement


class Query(msgspec.Struct, frozen=True):
    original: int
    edit: Edit
    data: bytes


class Distractor(msgspec.Struct, frozen=True):
    tier: Tier
    name: str
    data: bytes


def originals(split: Split) -> list[Original]:
    """Every other photograph, and the advertisements of this split."""
    found = []
    for number, (photograph, picture) in enumerate(photographs(LONGEST)):
        if (number % 2 == 0) == (split == "test"):
            found.append(Original(f"{photograph.package}/{photograph.path.stem}", encoded(picture, quality=90)))
    seeds = ADVERTISEMENTS[split]
    shown = (encoded(Campaign(seed).picture(0, size=seed), quality=92) for seed in seeds)
    return found + [Original(f"advertisement {seed}", data, seed) for seed, data in zip(seeds, shown, strict=True)]


def sisters(found: list[Original]) -> list[bytes]:
    """Further assets of the same campaigns that the house has registered."""
    seeds = [one.seed for one in found if one.seed >= 0]
    return [encoded(Campaign(seed).picture(1 + n, size=seed + n, line=1 + n)) for seed in seeds for n in range(SISTERS)]


def queries(found: list[Original], every: int) -> Iterator[Query]:
    """Each original in each edit; of all these one in `every`, spread evenly."""
    for number, one in enumerate(found):
        picture = Image.open(io.BytesIO(one.data)).convert("RGB")
        for which, edit in enumerate(EDITS):
            if (number * 31 + which) % every == 0:
                yield Query(number, edit, edit.make(picture, edit.strength, np.random.default_rng([77, number, which])))


def distractors(found: list[Original], count: int, split: Split) -> Iterator[Distractor]:
    """`count` random ones, of photographs, drawings, advertisements and sceneries; then the hard ones."""
    yield from _random(count, split)
    for one in found:
        if one.seed < 0:
            continue
        campaign = Campaign(one.seed)
        for product in (5, 6):
            yield Distractor(
                "same template, other product", one.name, encoded(campaign.picture(product, size=one.seed))
            )
        yield Distractor("same logo, other picture", one.name, encoded(campaign.logo_elsewhere(one.seed)))
        yield Distractor("same pack shot, other picture", one.name, encoded(campaign.pack_elsewhere(0, one.seed)))
        sister = campaign.picture(1, size=one.seed, line=1)
        for which in (5, 14, 40):
            edit = EDITS[which]
            rng = np.random.default_rng([9, one.seed, which])
            yield Distractor("copy of a registered sister", one.name, edit.make(sister, edit.strength, rng))
    for _, other in same_things():
        yield Distractor("same thing, other photograph", other.stem, other.read_bytes())


def things() -> list[Original]:
    """The first photographs of pairs that show one thing; they are looked for with the others."""
    return [Original(f"thing/{one.stem}", one.read_bytes()) for one, _ in same_things()]


def _random(count: int, split: Split) -> Iterator[Distractor]:
    made = 0
    for path in stamps():
        yield Distractor("random", path.stem, path.read_bytes())
        made += 1
    rng = np.random.default_rng(4)
    for number, (photograph, picture) in enumerate(photographs(LONGEST)):
        if (number % 2 == 0) != (split == "test"):  # of the other split
            for _ in range(10):
                yield Distractor(
                    "random", photograph.path.stem, encoded(crop(picture, float(rng.uniform(0.3, 0.9)), rng))
                )
                made += 1
    seed = 20_000
    while made < count:
        campaign = Campaign(seed)
        shown = campaign.picture(0, size=seed) if seed % 3 else scenery((900, 640), campaign.rng(9))
        yield Distractor("random", f"campaign {seed}", encoded(shown))
        seed, made = seed + 1, made + 1


def manifest_digest(found: list[Original]) -> str:
    """SHA-256 over what the split holds: a changed split gives another number in the table."""
    return hashlib.sha256("".join(hashlib.sha256(one.data).hexdigest() for one in found).encode()).hexdigest()
