"""What happens to a picture on its way: families of edits, each in several strengths, seeded and repeatable.

An edit takes a picture in RGB, a strength, and a generator, and gives the bytes of the file that somebody would meet.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import msgspec
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Picture = Image.Image
Change = Callable[[Picture, float, Generator], Picture]
WORDS = [
    "last",
    "days",
    "winter",
    "sale",
    "new",
    "in",
    "store",
    "today",
    "only",
    "gifts",
    "for",
    "everyone",
    "half",
    "price",
    "join",
    "us",
    "tonight",
    "look",
    "closer",
]


class Edit(msgspec.Struct, frozen=True):
    """One family at one strength. `relation`: what a finder should call it, where that is a question."""

    family: str
    strength: float
    make: Callable[[Picture, float, Generator], bytes]
    relation: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.family}-{self.strength:g}"


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=max(size, 8))


def encoded(picture: Picture, kind: str = "JPEG", **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 85} if kind == "JPEG" and not how else how))
    return out.getvalue()


def words(rng: Generator, count: int) -> str:
    return " ".join(rng.choice(WORDS, count)).upper()


def colour(rng: Generator) -> tuple[int, int, int]:
    return tuple(int(value) for value in rng.integers(0, 256, 3))  # type: ignore[return-value]


def scaled(picture: Picture, factor: float) -> Picture:
    size = (max(int(picture.width * factor), 8), max(int(picture.height * factor), 8))
    return picture.resize(size, Image.Resampling.BICUBIC)


def scenery(size: tuple[int, int], rng: Generator) -> Picture:
    """Another picture: smooth colours, shapes and a little noise, as neighbours in a collage."""
    low = rng.integers(0, 256, (4, 5, 3)).astype(np.uint8)
    picture = Image.fromarray(low).resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(6, 30))):
        x, y = int(rng.integers(0, size[0])), int(rng.integers(0, size[1]))
        w, h = int(rng.integers(4, size[0] // 3 + 6)), int(rng.integers(4, size[1] // 3 + 6))
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape((x, y, x + w, y + h), fill=colour(rng))
    noise = rng.normal(0, 6, (size[1], size[0], 3))
    return Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))


# Recompression and size.


def jpeg(picture: Picture, quality: float, _: Generator) -> bytes:
    return encoded(picture, "JPEG", quality=int(quality))


def webp(picture: Picture, quality: float, _: Generator) -> bytes:
    return encoded(picture, "WEBP", quality=int(quality))


def avif(picture: Picture, quality: float, _: Generator) -> bytes:
    return encoded(picture, "AVIF", quality=int(quality), speed=10)


def platforms(picture: Picture, count: float, rng: Generator) -> bytes:
    """Up and down again, from one platform to the next: resized and compressed each time."""
    data = b""
    for _ in range(int(count)):
        picture = scaled(picture, float(rng.uniform(0.75, 0.95)))
        data = encoded(picture, "JPEG", quality=int(rng.integers(50, 80)))
        picture = Image.open(io.BytesIO(data)).convert("RGB")
    return data


def resize(picture: Picture, factor: float, _: Generator) -> Picture:
    return scaled(picture, factor)


def aspect(picture: Picture, factor: float, _: Generator) -> Picture:
    return picture.resize((max(int(picture.width * factor), 8), picture.height), Image.Resampling.BICUBIC)


# Cut and turned.


def crop(picture: Picture, share: float, rng: Generator) -> Picture:
    """`share` of the area is cut away, at any position."""
    side = (1 - share) ** 0.5
    w, h = int(picture.width * side), int(picture.height * side)
    x, y = int(rng.integers(0, picture.width - w + 1)), int(rng.integers(0, picture.height - h + 1))
    return picture.crop((x, y, x + w, y + h))


def story(picture: Picture, share: float, rng: Generator) -> Picture:
    """A strip as high as it was and `share` as wide."""
    w = int(picture.width * share)
    x = int(rng.integers(0, picture.width - w + 1))
    return picture.crop((x, 0, x + w, picture.height))


def rotate(picture: Picture, degrees: float, _: Generator) -> Picture:
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(0, 0, 0))


def turn(picture: Picture, degrees: float, _: Generator) -> Picture:
    return picture.rotate(degrees, expand=True)


def mirror(picture: Picture, _: float, __: Generator) -> Picture:
    return ImageOps.mirror(picture)


def perspective(picture: Picture, amount: float, rng: Generator) -> Picture:
    pixels = np.asarray(picture)
    h, w = pixels.shape[:2]
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    moved = corners + rng.uniform(-amount, amount, (4, 2)).astype(np.float32) * np.array([w, h], np.float32)
    moved -= moved.min(axis=0)
    size = tuple(int(value) for value in np.ceil(moved.max(axis=0)))
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return Image.fromarray(cv2.warpPerspective(pixels, matrix, size, flags=cv2.INTER_AREA, borderValue=(40, 40, 40)))


# Colours and sharpness.


def hue(picture: Picture, degrees: float, _: Generator) -> Picture:
    h, s, v = picture.convert("HSV").split()
    turned = h.point([int((value + degrees / 360 * 256) % 256) for value in range(256)])
    return Image.merge("HSV", (turned, s, v)).convert("RGB")


def saturation(picture: Picture, factor: float, _: Generator) -> Picture:
    return ImageEnhance.Color(picture).enhance(factor)


def gamma(picture: Picture, power: float, _: Generator) -> Picture:
    return picture.point([int(255 * (value / 255) ** power + 0.5) for value in range(256)] * 3)


def contrast(picture: Picture, factor: float, _: Generator) -> Picture:
    return ImageEnhance.Contrast(picture).enhance(factor)


def grey(picture: Picture, _: float, __: Generator) -> Picture:
    return picture.convert("L").convert("RGB")


def duotone(picture: Picture, _: float, rng: Generator) -> Picture:
    dark, light = rng.integers(0, 90, 3), rng.integers(165, 256, 3)
    return ImageOps.colorize(picture.convert("L"), tuple(map(int, dark)), tuple(map(int, light)))


def invert(picture: Picture, _: float, __: Generator) -> Picture:
    return ImageOps.invert(picture)


def blur(picture: Picture, radius: float, _: Generator) -> Picture:
    return picture.filter(ImageFilter.GaussianBlur(radius * max(picture.size) / 1000))


def sharpen(picture: Picture, amount: float, _: Generator) -> Picture:
    return picture.filter(ImageFilter.UnsharpMask(3, int(100 * amount), 0))


def noise(picture: Picture, sigma: float, rng: Generator) -> Picture:
    pixels = np.asarray(picture) + rng.normal(0, sigma, (picture.height, picture.width, 3))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def median(picture: Picture, size: float, _: Generator) -> Picture:
    return picture.filter(ImageFilter.MedianFilter(int(size)))


def halftone(picture: Picture, cell: float, _: Generator) -> Picture:
    """Printed in dots and scanned again."""
    pixels = np.asarray(picture.convert("L")).astype(np.float32)
    y, x = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
    screen = 127 + 64 * (np.sin((x + y) * np.pi / cell) + np.sin((x - y) * np.pi / cell))
    dots = np.where(pixels > screen, 245, 25).astype(np.uint8)
    return Image.fromarray(dots).filter(ImageFilter.GaussianBlur(cell / 3)).convert("RGB")


def cmyk(picture: Picture, quality: float, _: Generator) -> bytes:
    return encoded(picture.convert("CMYK"), "JPEG", quality=int(quality))


# Something over it, or around it.


def text(picture: Picture, lines: float, rng: Generator) -> Picture:
    shown = picture.copy()
    draw = ImageDraw.Draw(shown)
    size = picture.height // 8
    ink = (255, 255, 255) if rng.random() < 0.7 else (0, 0, 0)
    for number in range(int(lines)):
        y = int((number + 0.5) * picture.height / (lines + 0.5) - size / 2)
        draw.text((picture.width // 30, y), words(rng, 5), fill=ink, font=font(size), stroke_width=max(size // 20, 1),
                  stroke_fill=tuple(255 - value for value in ink))  # fmt: skip
    return shown


def sticker(picture: Picture, share: float, rng: Generator) -> Picture:
    shown = picture.copy()
    side = (share * picture.width * picture.height) ** 0.5
    w, h = int(min(side * 1.2, picture.width)), int(min(side / 1.2, picture.height))
    x, y = int(rng.integers(0, picture.width - w + 1)), int(rng.integers(0, picture.height - h + 1))
    patch = scenery((max(w, 2), max(h, 2)), rng)
    mask = Image.new("L", patch.size, 0)
    ImageDraw.Draw(mask).ellipse((0, 0, *patch.size), fill=255)
    shown.paste(patch, (x, y), mask if rng.random() < 0.5 else None)
    return shown


def watermark(picture: Picture, opacity: float, rng: Generator) -> Picture:
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    mark, step = words(rng, 2), max(picture.height // 6, 20)
    for row in range(0, picture.height, step):
        for column in range(-step, picture.width, step * 4):
            ink = (255, 255, 255, int(255 * opacity))
            draw.text((column + row % (2 * step), row), mark, fill=ink, font=font(step // 3))
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


def border(picture: Picture, share: float, rng: Generator) -> Picture:
    return ImageOps.expand(picture, int(share * min(picture.size)), colour(rng))


def letterbox(picture: Picture, ratio: float, rng: Generator) -> Picture:
    """Bars fill the picture up to so many times its width (or its height)."""
    ground = (0, 0, 0) if rng.random() < 0.7 else (255, 255, 255)
    wide = rng.random() < 0.5
    size = (int(picture.width * ratio), picture.height) if wide else (picture.width, int(picture.height * ratio))
    whole = Image.new("RGB", size, ground)
    whole.paste(picture, ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2))
    return whole


def blurred_bars(picture: Picture, ratio: float, _: Generator) -> Picture:
    """A wide picture made tall, as stories do it: above and below stands the same picture, enlarged and blurred."""
    size = (picture.width, int(picture.width * ratio))
    behind = ImageOps.fit(picture, size).filter(ImageFilter.GaussianBlur(picture.width / 30))
    inside = ImageOps.contain(picture, size)
    behind.paste(inside, ((size[0] - inside.width) // 2, (size[1] - inside.height) // 2))
    return behind


def caption(picture: Picture, share: float, rng: Generator) -> Picture:
    """A bar with words above the picture, or above and below."""
    bar = int(share * picture.height)
    both = rng.random() < 0.4
    whole = Image.new("RGB", (picture.width, picture.height + bar * (2 if both else 1)), (255, 255, 255))
    whole.paste(picture, (0, bar))
    draw = ImageDraw.Draw(whole)
    for top in (0, picture.height + bar)[: 2 if both else 1]:
        draw.text((bar // 6, top + bar // 6), words(rng, 6), fill=(0, 0, 0), font=font(int(bar * 0.5)))
    return whole


def phone(picture: Picture, share: float, rng: Generator) -> Picture:
    """A screenshot of a phone: status line, account, the picture over `share` of the height, counters, comments."""
    w = 540
    inside = picture.resize((w, max(int(w * picture.height / picture.width), 1)))
    h = max(int(inside.height / share), inside.height + 160)
    dark = rng.random() < 0.4
    whole = Image.new("RGB", (w, h), (18, 18, 18) if dark else (255, 255, 255))
    ink = (235, 235, 235) if dark else (20, 20, 20)
    top = 96 + int(rng.integers(0, max(h - inside.height - 150, 1)))
    whole.paste(inside, (0, top))
    draw = ImageDraw.Draw(whole)
    draw.text((16, 8), f"{rng.integers(10, 24)}:{rng.integers(10, 60)}", fill=ink, font=font(20))
    draw.rectangle((w - 52, 12, w - 20, 26), outline=ink, width=2)
    draw.ellipse((16, top - 52, 56, top - 12), fill=colour(rng))
    draw.text((70, top - 44), words(rng, 2).lower(), fill=ink, font=font(20))
    for number in range(3):
        x = 20 + number * 56
        draw.ellipse((x, top + inside.height + 12, x + 28, top + inside.height + 40), outline=ink, width=3)
    for number, y in enumerate(range(top + inside.height + 50, h - 20, 30)):
        draw.text((16, y), words(rng, 4 + number % 3).lower(), fill=ink, font=font(18))
    return whole


def desktop(picture: Picture, share: float, rng: Generator) -> Picture:
    """A screenshot of a browser: `share` of its width is the picture, beside columns of text."""
    w, h = 1280, 800
    inside = ImageOps.contain(picture, (int(w * share), int(h * 0.8)))
    whole = Image.new("RGB", (w, h), (250, 250, 250))
    draw = ImageDraw.Draw(whole)
    draw.rectangle((0, 0, w, 60), fill=(222, 225, 230))
    draw.rounded_rectangle((120, 14, w - 120, 46), 16, fill=(255, 255, 255))
    draw.text((140, 20), words(rng, 3).lower(), fill=(90, 90, 90), font=font(18))
    x, y = int(rng.integers(20, w - inside.width - 10)), int(rng.integers(70, h - inside.height - 10))
    for row in range(90, h - 20, 24):
        for column in range(20, w - 200, 320):
            draw.text((column, row), words(rng, 4).lower(), fill=(60, 60, 60), font=font(15))
    draw.rectangle((x - 8, y - 8, x + inside.width + 8, y + inside.height + 8), fill=(250, 250, 250))
    whole.paste(inside, (x, y))
    return whole


def collage(picture: Picture, side: float, rng: Generator) -> Picture:
    """`side` by `side` pictures with gutters; one of them is ours."""
    n, cell, gap = int(side), 960 // int(side), int(rng.choice([0, 6, 12]))
    size = (n * cell + (n + 1) * gap,) * 2
    whole = Image.new("RGB", size, (255, 255, 255) if rng.random() < 0.6 else (0, 0, 0))
    ours = int(rng.integers(0, n * n))
    for number in range(n * n):
        x, y = gap + (number % n) * (cell + gap), gap + (number // n) * (cell + gap)
        if number == ours:
            whole.paste(
                ImageOps.fit(picture, (cell, cell)) if rng.random() < 0.5 else _contained(picture, cell), (x, y)
            )
        else:
            whole.paste(scenery((cell, cell), rng), (x, y))
    return whole


def _contained(picture: Picture, cell: int) -> Picture:
    return ImageOps.pad(picture, (cell, cell), color=(255, 255, 255))


def pair(picture: Picture, _: float, rng: Generator) -> Picture:
    """Two pictures beside or above each other."""
    other = scenery(picture.size, rng)
    wide = rng.random() < 0.5
    size = (2 * picture.width, picture.height) if wide else (picture.width, 2 * picture.height)
    whole = Image.new("RGB", size)
    second = (picture.width, 0) if wide else (0, picture.height)
    ours, theirs = ((0, 0), second) if rng.random() < 0.5 else (second, (0, 0))
    whole.paste(picture, ours)
    whole.paste(other, theirs)
    return scaled(whole, min(1.0, 1280 / max(size)))


def inset(picture: Picture, share: float, rng: Generator) -> Picture:
    """Small in another picture: over `share` of its area."""
    whole = scenery((1000, 800), rng)
    side = share**0.5
    inside = ImageOps.contain(picture, (int(1000 * side), int(800 * side)))
    x, y = int(rng.integers(0, 1001 - inside.width)), int(rng.integers(0, 801 - inside.height))
    whole.paste(inside, (x, y))
    return whole


def blend(picture: Picture, share: float, rng: Generator) -> Picture:
    return Image.blend(picture, scenery(picture.size, rng), share)


def rephotograph(picture: Picture, amount: float, rng: Generator) -> bytes:
    """From a screen with a phone: perspective, glare, moiré, sensor noise, compression."""
    shown = perspective(scaled(picture, min(1.0, 1200 / max(picture.size))), 0.04 * amount, rng)
    pixels = np.asarray(shown).astype(np.float32)
    h, w = pixels.shape[:2]
    y, x = np.mgrid[:h, :w].astype(np.float32)
    glare = np.exp(-((x - w * rng.uniform()) ** 2 + (y - h * rng.uniform()) ** 2) / (0.06 * w * h))
    moire = np.sin(x * 0.9 + y * 0.07) * np.sin(y * 0.83)
    pixels = pixels * 0.9 + (60 * amount * glare + 6 * amount * moire)[..., None]
    pixels += rng.normal(0, 5 * amount, pixels.shape)
    photo = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6 * amount))
    return encoded(photo, "JPEG", quality=70)


def film(picture: Picture, length: float, _: Generator) -> bytes:
    """A frame of a film: motion blur along a line, even sizes, strong compression."""
    pixels = np.asarray(scaled(picture, min(1.0, 1280 / max(picture.size))))
    kernel = np.zeros((int(length), int(length)), np.float32)
    kernel[int(length) // 2] = 1 / int(length)
    return encoded(Image.fromarray(cv2.filter2D(pixels, -1, kernel)), "JPEG", quality=35)


# Containers: the same picture in a file of another kind.


def container(picture: Picture, kind: float, _: Generator) -> bytes:
    if kind == 0:  # stored on its side, with the tag that says so
        exif = Image.Exif()
        exif[0x0112] = 6
        return encoded(picture.rotate(90, expand=True), "JPEG", quality=85, exif=exif)
    if kind == 1:
        return encoded(picture.quantize(64), "PNG")
    if kind == 2:
        ground = Image.new("RGBA", (picture.width + 80, picture.height + 80), (0, 0, 0, 0))
        ground.paste(picture, (40, 40))
        return encoded(ground, "PNG")
    small = ImageOps.contain(picture, (480, 480))
    frames = [Image.new("RGB", small.size, (255, 255, 255)), small, ImageChops.invert(Image.new("RGB", small.size))]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=200)
    return out.getvalue()


# Chains.


def chain_share(picture: Picture, amount: float, rng: Generator) -> bytes:
    """Cropped, captioned, screenshotted, and sent on."""
    shown = crop(picture, 0.1 * amount, rng)
    shown = caption(shown, 0.18, rng)
    return platforms(phone(shown, 0.6, rng), 1, rng)


def chain_meme(picture: Picture, amount: float, rng: Generator) -> bytes:
    """Mirrored, recoloured, written over, framed."""
    shown = text(saturation(mirror(picture, 0, rng), 0.3, rng), amount, rng)
    return encoded(border(shown, 0.08, rng), "JPEG", quality=60)


def chain_collage(picture: Picture, amount: float, rng: Generator) -> bytes:
    """Cropped and darkened, then one of four or nine, then compressed."""
    shown = gamma(crop(picture, 0.2, rng), 1.5, rng)
    return encoded(collage(shown, 1 + amount, rng), "JPEG", quality=55)


def _as_jpeg(change: Change) -> Callable[[Picture, float, Generator], bytes]:
    return lambda picture, strength, rng: encoded(change(picture, strength, rng))


def _family(
    name: str,
    change: Change | Callable[[Picture, float, Generator], bytes],
    strengths: tuple[float, ...],
    *relations: str,
) -> list[Edit]:
    raw = change in (
        jpeg,
        webp,
        avif,
        platforms,
        cmyk,
        rephotograph,
        film,
        container,
        chain_share,
        chain_meme,
        chain_collage,
    )
    make = change if raw else _as_jpeg(change)  # type: ignore[arg-type]
    return [Edit(name, strength, make, frozenset(relations)) for strength in strengths]  # type: ignore[arg-type]


EDITS: tuple[Edit, ...] = tuple(
    edit
    for family in (
        _family("jpeg", jpeg, (80, 30, 10), "re_encoded"),
        _family("webp", webp, (70, 20), "re_encoded"),
        _family("avif", avif, (60, 25), "re_encoded"),
        _family("platforms", platforms, (1, 3), "re_encoded"),
        _family("resize", resize, (0.5, 0.25, 0.15, 1.5), "re_encoded"),
        _family("aspect", aspect, (0.75, 1.4), "re_encoded"),
        _family("crop", crop, (0.05, 0.2, 0.5, 0.75, 0.9), "crop"),
        _family("story", story, (0.5, 0.35), "crop"),
        _family("rotate", rotate, (2, 8, 25, 45), "contains", "re_encoded"),
        _family("turn", turn, (90, 180), "re_encoded"),
        _family("mirror", mirror, (1,), "mirrored"),
        _family("perspective", perspective, (0.04, 0.1), "rephotographed", "re_encoded", "contains"),
        _family("hue", hue, (40, 120), "recoloured"),
        _family("saturation", saturation, (0.3, 1.8), "recoloured", "re_encoded"),
        _family("gamma", gamma, (0.5, 2.0), "recoloured", "re_encoded"),
        _family("contrast", contrast, (0.5, 1.6), "recoloured", "re_encoded"),
        _family("grey", grey, (1,), "recoloured", "re_encoded"),
        _family("duotone", duotone, (1,), "recoloured"),
        _family("invert", invert, (1,), "recoloured"),
        _family("blur", blur, (2, 4), "re_encoded"),
        _family("sharpen", sharpen, (2,), "re_encoded"),
        _family("noise", noise, (15, 35), "re_encoded"),
        _family("median", median, (5, 9), "re_encoded"),
        _family("halftone", halftone, (3, 5), "re_encoded", "recoloured", "rephotographed"),
        _family("cmyk", cmyk, (80,), "re_encoded"),
        _family("text", text, (1, 3, 5), "overlaid"),
        _family("sticker", sticker, (0.05, 0.2, 0.4), "overlaid"),
        _family("watermark", watermark, (0.3, 0.6), "overlaid", "re_encoded"),
        _family("border", border, (0.05, 0.25), "contains"),
        _family("letterbox", letterbox, (1.3, 1.8), "contains"),
        _family("blurred bars", blurred_bars, (1.6,), "contains"),
        _family("caption", caption, (0.12, 0.3), "contains"),
        _family("phone", phone, (0.7, 0.4), "contains"),
        _family("desktop", desktop, (0.6, 0.35), "contains"),
        _family("pair", pair, (1,), "contains"),
        _family("collage", collage, (2, 3, 4), "contains"),
        _family("inset", inset, (0.3, 0.15, 0.08), "contains"),
        _family("blend", blend, (0.25, 0.45), "overlaid", "re_encoded", "recoloured"),
        _family("rephotograph", rephotograph, (1, 2), "rephotographed", "re_encoded", "contains", "recoloured"),
        _family("film", film, (5, 11), "re_encoded"),
        _family("container", container, (0, 1, 2, 3), "re_encoded", "exact", "contains"),
        _family("chain: shared on", chain_share, (1, 3), "contains", "crop"),
        _family("chain: meme", chain_meme, (1, 3), "mirrored"),
        _family("chain: collage", chain_collage, (1, 2), "contains"),
    )
    for edit in family
)
