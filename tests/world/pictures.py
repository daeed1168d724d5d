"""Small pictures by seeded code, and the files they are kept in."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image


def a_picture(seed: int = 1, size: tuple[int, int] = (480, 360)) -> Image.Image:
    """Shapes, a soft ground and a little grain: enough texture to be found again."""
    rng = np.random.default_rng(seed)
    low = rng.integers(0, 256, (6, 8, 3)).astype(np.uint8)
    pixels = np.asarray(Image.fromarray(low).resize(size, Image.Resampling.BICUBIC)).astype(np.float64).copy()
    for _ in range(40):
        x, y = int(rng.integers(0, size[0] - 20)), int(rng.integers(0, size[1] - 20))
        w, h = (int(value) for value in rng.integers(8, 90, 2))
        pixels[y : y + h, x : x + w] = rng.integers(0, 256, 3)
    pixels += rng.normal(0, 4, pixels.shape)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def a_file(picture: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 90} if kind == "JPEG" and "quality" not in how else {}), **how)
    return out.getvalue()
