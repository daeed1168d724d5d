from __future__ import annotations

import functools
import io
from typing import Any

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("cv2")

from PIL import Image, ImageOps  # noqa: E402

from lastlook.errors import LastlookError  # noqa: E402
from lastlook.matching.copies import Finder, Match, likeness  # noqa: E402
from lastlook.matching.fingerprint import dumped, fingerprint, loaded  # noqa: E402
from tests.bench.copies import edits  # noqa: E402
from tests.bench.copies.creatives import Campaign  # noqa: E402
from tests.world.pictures import a_file, a_picture  # noqa: E402

SIZE = (900, 640)
PICTURE = a_picture(1, SIZE)
ORIGINAL = a_file(PICTURE, quality=92)


@functools.cache
def finder() -> Finder:
    return Finder([fingerprint(ORIGINAL), *(fingerprint(a_file(a_picture(seed, SIZE))) for seed in (2, 3, 4))])


def copies(data: bytes) -> list[tuple[int, str]]:
    return [(match.original, match.relation) for match in finder().find(data) if match.copy]


def edited(change: Any, strength: float) -> bytes:
    made = change(PICTURE, strength, np.random.default_rng(5))
    return made if isinstance(made, bytes) else edits.encoded(made)


@pytest.mark.parametrize(
    ("change", "strength", "relation"),
    [
        (edits.jpeg, 20, "re_encoded"),
        (edits.resize, 0.25, "re_encoded"),
        (edits.cmyk, 80, "re_encoded"),
        (edits.crop, 0.5, "crop"),
        (edits.crop, 0.9, "crop"),
        (edits.mirror, 1, "mirrored"),
        (edits.hue, 120, "recoloured"),
        (edits.invert, 1, "recoloured"),
        (edits.text, 3, "overlaid"),
        (edits.sticker, 0.2, "overlaid"),
        (edits.border, 0.1, "contains"),
        (edits.caption, 0.2, "contains"),
        (edits.phone, 0.5, "contains"),
        (edits.desktop, 0.4, "contains"),
        (edits.collage, 2, "contains"),
        (edits.collage, 3, "contains"),
        (edits.inset, 0.15, "contains"),
        (edits.perspective, 0.1, "rephotographed"),
        (edits.chain_share, 1, "contains"),
        (edits.chain_meme, 1, "mirrored"),
    ],
)
def test_a_copy_is_found_and_called_what_it_is(change: Any, strength: float, relation: str) -> None:
    assert copies(edited(change, strength)) == [(0, relation)]


def test_the_same_file_is_exact() -> None:
    match = finder().find(ORIGINAL)[0]
    assert match == Match(
        0,
        "exact",
        False,
        1.0,
        1.0,
        1.0,
        (0, 0, *SIZE),
        ((0.0, 0.0), (900.0, 0.0), (900.0, 640.0), (0.0, 640.0)),
        False,
        0.0,
        0,
    )


def test_a_copy_in_a_later_frame_of_an_animation_is_found_with_its_frame() -> None:
    match = finder().find(edits.container(PICTURE, 3, np.random.default_rng(1)))[0]
    assert (match.original, match.copy, match.view) == (0, True, 1)


def test_where_a_copy_lies_is_told_in_pixels_of_the_item() -> None:
    whole = Image.new("RGB", (1600, 1000), (240, 240, 240))
    whole.paste(PICTURE, (500, 200))
    left, top, width, height = finder().find(a_file(whole))[0].box
    assert (abs(left - 500) < 8, abs(top - 200) < 8, abs(width - 900) < 14, abs(height - 640) < 14) == (True,) * 4


@pytest.mark.parametrize("seed", range(50, 62))
def test_another_picture_is_no_copy(seed: int) -> None:
    assert copies(a_file(a_picture(seed, SIZE))) == []


def test_mirroring_twice_gives_what_was_said_of_the_picture() -> None:
    twice = a_file(ImageOps.mirror(ImageOps.mirror(PICTURE)), quality=92)
    assert finder().find(twice) == finder().find(ORIGINAL)


def test_the_order_of_originals_changes_no_answer() -> None:
    prints = [fingerprint(ORIGINAL), *(fingerprint(a_file(a_picture(seed, SIZE))) for seed in (2, 3, 4))]
    order = [2, 0, 3, 1]
    turned = Finder([prints[each] for each in order])
    for change, strength in ((edits.crop, 0.5), (edits.collage, 2), (edits.text, 2)):
        data = edited(change, strength)
        ours = {(match.original, match.relation, match.box) for match in finder().find(data)}
        theirs = {(order[match.original], match.relation, match.box) for match in turned.find(data)}
        assert theirs == ours


def test_a_fingerprint_reads_back_as_it_was_written_and_finds_the_same() -> None:
    one = fingerprint(ORIGINAL)
    assert loaded(dumped(one)) == one
    assert Finder([loaded(dumped(one))]).find(edited(edits.crop, 0.3)) == Finder([one]).find(edited(edits.crop, 0.3))


def test_a_fingerprint_made_by_another_algorithm_is_refused() -> None:
    import msgspec

    other = msgspec.structs.replace(fingerprint(ORIGINAL), algorithm="other")
    with pytest.raises(LastlookError, match="made by other"):
        loaded(dumped(other))
    with pytest.raises(LastlookError, match="made by other"):
        Finder([other])


class TestSisters:
    campaign = Campaign(4)
    withdrawn = edits.encoded(campaign.picture(0, size=4))
    sister = edits.encoded(campaign.picture(1, size=4, line=1))
    registered = edits.encoded(campaign.picture(2, size=4, line=2))

    def test_a_sister_of_a_withdrawn_picture_is_no_copy_of_it(self) -> None:
        finder = Finder([fingerprint(self.withdrawn)], [fingerprint(self.registered)])
        assert [match.relation for match in finder.find(self.sister) if match.copy] == []

    def test_what_sisters_share_is_shown_as_not_counted(self) -> None:
        finder = Finder([fingerprint(self.withdrawn)], [fingerprint(self.registered)])
        shares = [match for match in finder.find(self.registered) if not match.copy]
        assert [match.relation for match in shares] == ["shares_element"]
        assert shares[0].discounted > 0.5

    def test_a_logo_on_another_picture_is_no_copy(self) -> None:
        finder = Finder([fingerprint(self.withdrawn)])
        assert [match for match in finder.find(edits.encoded(self.campaign.logo_elsewhere(1))) if match.copy] == []

    def test_a_copy_of_a_registered_sister_is_no_copy_of_the_withdrawn_one(self) -> None:
        finder = Finder([fingerprint(self.withdrawn)], [fingerprint(self.sister)])
        data = edits.encoded(edits.crop(Image.open(io.BytesIO(self.sister)), 0.1, np.random.default_rng(1)))
        assert [match.relation for match in finder.find(data) if match.copy] == []


class TestLikeness:
    """A new asset against withdrawn ones: what the gate asks."""

    withdrawn = tuple(fingerprint(a_file(a_picture(seed, SIZE))) for seed in (9, 1))

    @pytest.mark.parametrize(
        ("change", "strength", "relation"),
        [(edits.crop, 0.4, "crop"), (edits.phone, 0.5, "contains"), (edits.collage, 2, "contains")],
    )
    def test_what_is_holds_or_derives_from_a_withdrawn_one_is_told(
        self, change: Any, strength: float, relation: str
    ) -> None:
        match = likeness(edited(change, strength), self.withdrawn)
        assert match is not None
        assert (match.original, match.relation, match.review) == (1, relation, False)

    def test_anything_else_is_none(self) -> None:
        assert likeness(a_file(a_picture(77, SIZE)), self.withdrawn) is None
        assert likeness(ORIGINAL, []) is None

    def test_what_cannot_be_read_is_an_error_and_never_none(self) -> None:
        with pytest.raises(LastlookError):
            likeness(ORIGINAL[:2000], self.withdrawn)


class TestPlainPictures:
    """Flat colour and soft gradients are normal in advertising, and have nothing to hold on to."""

    def test_the_same_soft_gradient_is_for_a_person_to_look_at_or_surer(self) -> None:
        along = np.linspace(40, 220, 640).astype(np.uint8)
        gradient = Image.fromarray(np.repeat(along[None], 400, axis=0)).convert("RGB")
        found = Finder([fingerprint(a_file(gradient, "PNG"))]).find(a_file(gradient, quality=80))
        assert [(match.original, match.relation) for match in found] == [(0, "re_encoded")]

    def test_another_flat_colour_is_not_the_same_picture(self) -> None:
        flat = Finder([fingerprint(a_file(Image.new("RGB", (400, 300), (200, 30, 30)), "PNG"))])
        assert flat.find(a_file(Image.new("RGB", (400, 300), (30, 30, 200)), "PNG")) == ()
        same = flat.find(a_file(Image.new("RGB", (400, 300), (200, 30, 30)), quality=70))
        assert [(match.relation, match.review) for match in same] == [("re_encoded", True)]
