"""`make bench-scan`: exact range search among 10,000 and 1,000,000 hashes; every answer is held against every bit."""

from __future__ import annotations

import time
from importlib.util import find_spec

import numpy as np

from lastlook.matching.scan import exhaustive, within_by_faiss, within_by_numpy
from tests.world.hashes import near, random_hashes


def main() -> None:
    ways = {"numpy": within_by_numpy} | ({"faiss": within_by_faiss} if find_spec("faiss") else {})
    for count in (10_000, 1_000_000):
        rng = np.random.default_rng(count)
        hashes = random_hashes(rng, count)
        asked = [hashes[int(place)].tobytes() for place in rng.integers(0, count, 24)]
        for number, one in enumerate(asked):  # neighbours at 0 to 23 bits and beyond, and duplicates
            hashes[rng.integers(0, count)] = near(rng, one, number)
            hashes[rng.integers(0, count)] = near(rng, one, 31)
            hashes[rng.integers(0, count)] = near(rng, one, 32)
            hashes[rng.integers(0, count)] = np.frombuffer(one, np.uint8)
        for name, way in ways.items():
            started = time.perf_counter()
            found = way(hashes, asked)
            passed = (time.perf_counter() - started) / len(asked) * 1e3
            for one, got in zip(asked, found, strict=True):
                want = exhaustive(hashes, one)
                assert (got.rows == want.rows).all()
                assert (got.bits == want.bits).all()
            print(f"{count:>9,} hashes, {name}: {passed:.2f} ms a query, identical to the exhaustive scan", flush=True)


if __name__ == "__main__":
    main()
