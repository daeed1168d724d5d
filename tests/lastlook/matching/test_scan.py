from __future__ import annotations

from importlib.util import find_spec

import pytest

np = pytest.importorskip("numpy")

from lastlook.matching.scan import exhaustive, within, within_by_faiss, within_by_numpy  # noqa: E402
from tests.world.hashes import near, random_hashes  # noqa: E402

WAYS = [within, within_by_numpy, *([within_by_faiss] if find_spec("faiss") else [])]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("count", [0, 1, 2, 10_000])
@pytest.mark.parametrize("radius", [0, 7, 31, 40])
def test_every_way_gives_what_looking_at_every_bit_gives(way: object, count: int, radius: int) -> None:
    rng = np.random.default_rng(count)
    hashes = random_hashes(rng, count)
    asked = [rng.bytes(32) for _ in range(4)] + [each.tobytes() for each in hashes[:1]]
    for one in asked[:2] * (count > 2):
        for bits in (0, 0, 1, radius, radius + 1):  # planted: duplicates, and both sides of the edge
            hashes[rng.integers(0, count)] = near(rng, one, bits)
    found = way(hashes, asked, radius)  # type: ignore[operator]
    for one, got in zip(asked, found, strict=True):
        want = exhaustive(hashes, one, radius)
        assert (got.rows.tolist(), got.bits.tolist()) == (want.rows.tolist(), want.bits.tolist())


def test_a_row_is_found_wherever_it_stands_and_in_how_many_parts_the_rows_come() -> None:
    rng = np.random.default_rng(5)
    hashes = random_hashes(rng, 3000)
    asked = hashes[1234].tobytes()
    order = rng.permutation(3000)
    assert order[within(hashes[order], [asked])[0].rows].tolist() == [1234]
    for parts in (1, 7, 64):
        rows = [
            int(part[row])
            for part in np.array_split(np.arange(3000), parts)
            for row in within(hashes[part], [asked])[0].rows
        ]
        assert rows == [1234]
