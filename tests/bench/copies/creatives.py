"""Advertisements by seeded code: flat grounds, large type, a logo, a pack shot; several of one campaign, in several
sizes.

No brand and no person is meant. What two pictures share is known by construction, which no collection of
photographs gives.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter

from tests.bench.copies.edits import Picture, colour, font, scenery, words

SIZES = ((1080, 1080), (1200, 628), (1080, 1350), (970, 600))


class Campaign(msgspec.Struct, frozen=True):
    """What the pictures of one campaign have in common: template, logo, colours."""

    seed: int

    def rng(self, *parts: int) -> Generator:
        return np.random.default_rng([self.seed, *parts])

    def picture(self, product: int, *, size: int = 0, line: int = 0) -> Picture:
        """The advertisement for one product. `size`: which format; `line`: which words."""
        width, height = SIZES[size % len(SIZES)]
        rng = self.rng(1)
        ground, band = colour(rng), colour(rng)
        style = int(rng.integers(0, 4))
        picture = Image.new("RGB", (width, height), ground)
        draw = ImageDraw.Draw(picture)
        if style == 1:
            picture = _gradient((width, height), ground, band)
        elif style == 2:
            draw.rectangle((0, int(height * 0.66), width, height), fill=band)
        elif style == 3:
            draw.polygon([(0, height), (width, height * 0.35), (width, height)], fill=band)
        side = int(min(width, height) * (0.5 + 0.12 * style / 3))
        pack = pack_shot(side, self.rng(2, product))
        left = int((width - side) * float(rng.uniform(0.3, 0.9)))
        picture.paste(pack, (left, int((height - side) * 0.55)), pack)
        _type(picture, words(self.rng(3, line, product), 2 + int(rng.integers(0, 2))), rng)
        mark = self.logo(int(min(width, height) * 0.16))
        corner = int(rng.integers(0, 4))
        place = ((20, 20), (width - mark.width - 20, 20), (20, height - mark.height - 20),
                 (width - mark.width - 20, height - mark.height - 20))[corner]  # fmt: skip
        picture.paste(mark, place, mark)
        return picture

    def logo(self, side: int) -> Picture:
        rng = self.rng(4)
        mark = Image.new("RGBA", (side, side), (0, 0, 0, 0))
        draw = ImageDraw.Draw(mark)
        draw.ellipse((0, 0, side - 1, side - 1), fill=(*colour(rng), 255))
        for _ in range(3):
            points = [(int(x * side), int(y * side)) for x, y in rng.uniform(0.2, 0.8, (3, 2))]
            draw.polygon(points, fill=(*colour(rng), 255))
        draw.text((side * 0.2, side * 0.38), words(rng, 1)[:5], fill=(255, 255, 255, 255), font=font(side // 5))
        return mark

    def logo_elsewhere(self, number: int) -> Picture:
        """The same logo on a picture that has nothing else of this campaign."""
        rng = self.rng(5, number)
        picture = scenery((1000, 800), rng)
        mark = self.logo(int(rng.integers(110, 220)))
        picture.paste(mark, (int(rng.integers(0, 800)), int(rng.integers(0, 600))), mark)
        return picture

    def pack_elsewhere(self, product: int, number: int) -> Picture:
        """The same pack shot, smaller, in another advertiser's picture."""
        rng = self.rng(6, number)
        picture = scenery((1000, 800), rng)
        pack = pack_shot(int(rng.integers(200, 320)), self.rng(2, product))
        picture.paste(pack, (int(rng.integers(0, 680)), int(rng.integers(0, 480))), pack)
        return picture


def pack_shot(side: int, rng: Generator) -> Picture:
    """A bottle, a box or a tin with a label, lit from one side, on a transparent ground with a soft shadow."""
    large = 640
    shown = Image.new("RGBA", (large, large), (0, 0, 0, 0))
    shadow = Image.new("L", (large, large), 0)
    ImageDraw.Draw(shadow).ellipse((130, 560, 540, 625), fill=120)
    shown.putalpha(shadow.filter(ImageFilter.GaussianBlur(14)))
    draw = ImageDraw.Draw(shown)
    kind, body, label = int(rng.integers(0, 3)), colour(rng), colour(rng)
    left, top = (230, 40) if kind == 0 else (150, 130) if kind == 1 else (180, 170)
    right = large - left
    if kind == 0:
        draw.rounded_rectangle((285, 10, 355, 140), 12, fill=(*colour(rng), 255))
        top = 120
    draw.rounded_rectangle((left, top, right, 600), 40 if kind != 1 else 4, fill=(*body, 255))
    draw.rectangle((left, 290, right, 500), fill=(*label, 255))
    for _ in range(int(rng.integers(3, 8))):
        x, y = int(rng.integers(left, right - 20)), int(rng.integers(300, 480))
        draw.ellipse(
            (x, y, min(x + int(rng.integers(8, 70)), right), y + int(rng.integers(8, 40))), fill=(*colour(rng), 255)
        )
    draw.text((left + 16, 330), words(rng, 1)[:8], fill=(255, 255, 255, 255), font=font(56))
    draw.text((left + 16, 410), words(rng, 2)[:14].lower(), fill=(20, 20, 20, 255), font=font(28))
    pixels = np.asarray(shown).astype(np.float32)
    light = (0.72 + 0.5 * np.exp(-(((np.arange(large) - left - 60) / 90) ** 2)))[None, :, None]
    grain = rng.normal(0, 4, (large, large, 1))
    pixels[..., :3] = np.clip(pixels[..., :3] * light + grain, 0, 255)
    return Image.fromarray(pixels.astype(np.uint8)).resize((side, side), Image.Resampling.LANCZOS)


def _gradient(size: tuple[int, int], one: tuple[int, int, int], other: tuple[int, int, int]) -> Picture:
    along = np.linspace(0, 1, size[1])[:, None, None]
    rows = np.array(one) * (1 - along) + np.array(other) * along
    return Image.fromarray(np.broadcast_to(rows, (size[1], size[0], 3)).astype(np.uint8))


def _type(picture: Picture, line: str, rng: Generator) -> None:
    draw = ImageDraw.Draw(picture)
    ink = (255, 255, 255) if rng.random() < 0.6 else (15, 15, 15)
    size = picture.height // 9
    top = int(picture.height * (0.06 if rng.random() < 0.5 else 0.78))
    for number, word in enumerate(line.split()):
        draw.text(
            (picture.width // 18, top + number * size if top < 200 else top - number * size),
            word,
            fill=ink,
            font=font(size),
        )
