"""`make bench-fingerprints`: how many JPEGs a second, decoding included, beside the common binding of PDQ."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import numpy as np
import pdqhash
from PIL import Image

from lastlook.matching.candidates import looked_at
from lastlook.matching.decoding import decoded
from lastlook.matching.pdq import pdq
from lastlook.matching.store import kept
from tests.bench.copies.edits import encoded, scenery

SIZES = ((640, 480), (1200, 750), (1920, 1440), (4000, 3000))
SECONDS = 4.0


def main() -> None:
    print("| JPEG | common binding | our PDQ | with panels and features | as a store keeps it |\n|---|---|---|---|---|")
    for size in SIZES:
        data = encoded(scenery(size, np.random.default_rng(7)), "JPEG", quality=85)
        ways: list[Callable[[bytes], object]] = [
            lambda data: pdqhash.compute(np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))),
            lambda data: pdq(decoded(data).luma),
            lambda data: looked_at(np.asarray(decoded(data).luma, np.uint8)),
            lambda data: kept("item", data),
        ]
        rates = [_rate(way, data) for way in ways]
        told = " | ".join(f"{rate:.1f}" + (f" (x{rate / rates[0]:.1f})" if n else "") for n, rate in enumerate(rates))
        print(f"| {size[0] * size[1] / 1e6:.1f} million pixels, {len(data) // 1024:,} kB | {told} |", flush=True)


def _rate(way: Callable[[bytes], object], data: bytes) -> float:
    way(data)
    times = 0
    started = time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        way(data)
        times += 1
    return times / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
