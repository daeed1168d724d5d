"""Broken files by the thousand: real ones that are cut off, overwritten, and spliced into one another.

LASTLOOK_CASES sets how many each reader is given; `make bench-hostile` takes 10,000.
"""

from __future__ import annotations

import contextlib
import os
import tracemalloc
from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from lastlook.errors import LastlookError

CASES = int(os.environ.get("LASTLOOK_CASES", "500"))
KEPT_AT_MOST = 96 << 20  # bytes
given_cases = settings(max_examples=CASES, deadline=2_000, suppress_health_check=list(HealthCheck))

NUMBERS = [b"\0", b"\xff", b"\0\0", b"\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\x01"]
NUMBERS += [b"\x01\0\0\0", b"\x08\0\0\0", b"<", b'"', b"\xff\xfe", b"]]>", b"<!DOCTYPE a>", b"\x1c\x02"]


def broken(seeds: tuple[bytes, ...], data: st.DataObject) -> bytes:
    """A seed that was cut off, overwritten, or spliced with another, up to six times."""
    case = data.draw(st.sampled_from(seeds))
    for way in data.draw(st.lists(st.sampled_from(["cut", "overwrite", "swap", "splice", "repeat"]), max_size=6)):
        at = data.draw(st.integers(0, len(case)))
        if way == "cut":
            case = case[:at]
        elif way == "overwrite":
            piece = data.draw(st.one_of(st.sampled_from(NUMBERS), st.binary(min_size=1, max_size=8)))
            case = case[:at] + piece + case[at + len(piece) :]
        elif way == "swap":
            other = data.draw(st.integers(0, len(case)))
            low, high = min(at, other), max(at, other)
            case = case[high:] + case[low:high] + case[:low] if data.draw(st.booleans()) else case[:low] + case[high:]
        elif way == "splice":
            other_seed = data.draw(st.sampled_from(seeds))
            start = data.draw(st.integers(0, len(other_seed)))
            case = case[:at] + other_seed[start : start + data.draw(st.integers(0, 2_000))] + case[at:]
        else:
            piece = case[at : at + data.draw(st.integers(1, 64))]
            case = case[:at] + piece * data.draw(st.integers(1, 50)) + case[at:]
    return case


def bounded(read: Callable[[bytes], object], case: bytes) -> None:
    tracemalloc.start()
    try:
        with contextlib.suppress(LastlookError):
            repr(read(case))
        assert tracemalloc.get_traced_memory()[1] < KEPT_AT_MOST
    finally:
        tracemalloc.stop()
