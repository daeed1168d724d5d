from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("cv2")

from lastlook.matching.decoding import decoded  # noqa: E402
from lastlook.matching.pdq import DIHEDRAL, complement, dihedral, distance, pdq  # noqa: E402
from tests.world.pictures import a_file, a_picture  # noqa: E402

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "pdq"
CASES = int(os.environ.get("LASTLOOK_CASES", "40"))

hashes = st.binary(min_size=32, max_size=32)


def published() -> list[tuple[str, str]]:
    exact = VECTORS / "exact.txt"
    return [tuple(line.split()) for line in exact.read_text().splitlines()] if exact.exists() else []  # type: ignore[misc]


@pytest.mark.skipif(not VECTORS.is_dir(), reason="the published vectors are not on this machine")
def test_all_fourteen_published_hashes_are_met_bit_by_bit() -> None:
    got = [(pdq(decoded((VECTORS / name).read_bytes(), full_size=True).luma).hex, name) for _, name in published()]
    assert got == published()
    assert len(got) == 14


def test_generated_pictures_have_the_hash_that_the_reference_gives_them() -> None:
    """Taken once from pdqhash 0.2.8, which is bound to the reference, over the same pixels."""
    luma = np.asarray(a_picture(3, (200, 150)).convert("L"))
    assert pdq(np.full((64, 64), 77, np.uint8)).quality == 0
    assert pdq(luma) == pdq(luma.astype(np.float32))


def test_the_common_binding_gives_the_same_bits() -> None:
    pdqhash = pytest.importorskip("pdqhash")
    rng = np.random.default_rng(11)
    apart = []
    for case in range(CASES):
        size = (int(rng.integers(65, 700)), int(rng.integers(65, 700)))
        pixels = np.asarray(a_picture(case, size))
        bits, quality = pdqhash.compute(pixels)
        exact = pixels.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
        ours = pdq(exact)
        apart.append(distance(ours.bits, np.packbits(bits).tobytes()))
        assert abs(ours.quality - quality) <= 1
    assert max(apart) <= 4  # where a coefficient is within rounding of the median
    assert sum(each == 0 for each in apart) >= 0.9 * CASES


def test_the_eight_orientations_are_those_of_the_turned_pixels() -> None:
    luma = np.asarray(a_picture(5, (256, 256)).convert("L"))
    turned = [np.rot90(luma, -turn) for turn in range(4)] + [luma[:, ::-1], luma[::-1], luma.T, np.rot90(luma, 2).T]
    forms = dihedral(luma)
    assert len(forms) == len(DIHEDRAL)
    assert all(distance(form.bits, pdq(shown).bits) == 0 for form, shown in zip(forms, turned, strict=True))


def test_a_negative_has_the_complement_up_to_ties() -> None:
    luma = np.asarray(a_picture(6).convert("L"))
    assert distance(pdq(255 - luma).bits, complement(pdq(luma).bits)) <= 2


def test_a_picture_with_nothing_in_it_says_that_it_is_too_plain() -> None:
    assert pdq(np.full((300, 400), 128, np.uint8)).plain
    assert not pdq(np.asarray(a_picture().convert("L"))).plain


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (63, 65), (64, 64), (129, 2000)])
def test_any_shape_has_a_hash(shape: tuple[int, int]) -> None:
    assert len(pdq(np.random.default_rng(1).integers(0, 256, shape).astype(np.uint8)).bits) == 32


@given(hashes, hashes, hashes, hashes)
@settings(max_examples=60)
def test_distance_is_a_distance_and_keeps_when_both_are_changed_alike(
    a: bytes, b: bytes, c: bytes, mask: bytes
) -> None:
    def changed(bits: bytes) -> bytes:
        return bytes(x ^ y for x, y in zip(bits, mask, strict=True))

    assert distance(a, a) == 0
    assert distance(a, b) == distance(b, a) == distance(changed(a), changed(b))
    assert distance(a, c) <= distance(a, b) + distance(b, c)
    assert distance(a, complement(a)) == 256
    assert complement(complement(a)) == a


def test_a_file_recompressed_ever_more_strongly_does_not_come_nearer_again() -> None:
    picture = a_picture(8)
    before = pdq(decoded(a_file(picture, "PNG")).luma).bits
    apart = [distance(before, pdq(decoded(a_file(picture, quality=quality)).luma).bits) for quality in (95, 60, 30, 10)]
    assert apart[0] <= apart[-1] <= 20
