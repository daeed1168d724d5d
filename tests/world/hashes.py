"""Hashes of 256 bits, and neighbours of a hash at a given distance."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray


def random_hashes(rng: Generator, count: int) -> NDArray[np.uint8]:
    return rng.integers(0, 256, (count, 32), dtype=np.uint8)


def near(rng: Generator, hash_: bytes, bits: int) -> NDArray[np.uint8]:
    """The same hash with so many bits turned over."""
    single = np.unpackbits(np.frombuffer(hash_, np.uint8))
    single[rng.choice(256, bits, replace=False)] ^= 1
    return np.packbits(single)
