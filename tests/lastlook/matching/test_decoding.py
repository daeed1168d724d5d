from __future__ import annotations

import io
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("cv2")

from PIL import Image  # noqa: E402

from lastlook.errors import LastlookError  # noqa: E402
from lastlook.matching.decoding import colours, decoded  # noqa: E402
from lastlook.matching.pdq import distance, pdq  # noqa: E402
from tests.world.pictures import a_file, a_picture  # noqa: E402

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "pdq"


def hash_of(data: bytes) -> bytes:
    return pdq(decoded(data).luma).bits


PLAIN = hash_of(a_file(a_picture(), "PNG"))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stored_on_its_side_is_the_same_picture(orientation: int) -> None:
    back = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]  # fmt: skip
    picture = a_picture()
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = picture if back is None else picture.transpose(back)
    data = a_file(stored, "PNG", exif=exif)
    assert decoded(data).size == picture.size
    assert hash_of(data) == PLAIN


@pytest.mark.parametrize(
    ("data", "bits"),
    [
        (a_file(a_picture().convert("CMYK"), "JPEG", quality=95), 6),
        (a_file(a_picture().convert("CMYK"), "TIFF"), 2),
        (a_file(a_picture().quantize(256), "PNG"), 6),
        (a_file(a_picture().convert("L"), "PNG"), 0),
        (a_file(a_picture().convert("RGBA"), "PNG"), 0),
        (a_file(a_picture(), "WEBP", lossless=True), 0),
        (a_file(a_picture(), "JPEG", quality=95), 4),
    ],
    ids=["cmyk jpeg", "cmyk tiff", "palette", "grey", "opaque alpha", "webp", "jpeg"],
)
def test_the_container_does_not_change_the_hash_by_much(data: bytes, bits: int) -> None:
    assert distance(hash_of(data), PLAIN) <= bits


def test_one_bit_and_sixteen_bits_are_scaled_to_eight() -> None:
    grey = np.asarray(a_picture().convert("L"))
    sixteen = Image.fromarray(grey.astype(np.uint16) * 257)
    assert decoded(a_file(sixteen, "PNG")).luma.tolist() == grey.tolist()
    single = a_picture().convert("L").point(lambda value: 255 * (value > 127)).convert("1")
    assert set(np.unique(decoded(a_file(single, "PNG")).luma)) == {0, 255}


def test_what_can_be_seen_through_stands_on_white_and_is_also_seen_on_black() -> None:
    clear = Image.new("RGBA", (40, 30), (90, 10, 200, 0))  # a hidden colour, which must not count
    seen = decoded(a_file(clear, "PNG"))
    assert [int(view.min()) for view in seen.views] == [255, 0]
    assert colours(a_file(clear, "PNG"), 40).tolist() == np.full((30, 40, 3), 255).tolist()


def test_of_an_animation_the_first_frame_counts_and_others_are_further_views() -> None:
    frames = [Image.new("L", (60, 40), level) for level in range(0, 200, 10)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    levels = [int(view[0, 0]) for view in decoded(out.getvalue()).views]
    assert len(levels) == 8
    assert (levels[0], levels[-1]) == (0, 190)
    assert [int(colours(out.getvalue(), 60, view=view)[0, 0, 0]) for view in range(8)] == levels


def test_another_profile_is_converted_to_srgb() -> None:
    from PIL import ImageCms

    picture = a_picture()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert hash_of(a_file(picture, "PNG", icc_profile=srgb)) == PLAIN
    swapped = srgb.replace(b"rXYZ", b"----").replace(b"gXYZ", b"rXYZ").replace(b"----", b"gXYZ")
    odd = swapped.replace("sRGB".encode("utf-16-be"), "odd!".encode("utf-16-be"))  # red and green change places
    red, _, _ = colours(a_file(Image.new("RGB", (8, 8), (200, 0, 0)), "PNG", icc_profile=odd), 8)[0, 0]
    assert red < 100
    nonsense = a_file(picture, "PNG", icc_profile=b"no profile at all")
    assert hash_of(nonsense) == PLAIN


def test_a_large_jpeg_is_decoded_at_a_scale_that_keeps_a_thousand_pixels() -> None:
    data = a_file(a_picture(size=(2400, 1600)), "JPEG")
    small = decoded(data)
    assert (small.size, small.luma.shape) == ((2400, 1600), (800, 1200))
    assert decoded(data, full_size=True).luma.shape == (1600, 2400)
    assert distance(pdq(small.luma).bits, pdq(decoded(data, full_size=True).luma).bits) <= 8


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "It is empty."),
        (b"GIF89a", "It cannot be decoded: it is no picture, broken or incomplete."),
        (b"hello", "It cannot be decoded: it is no picture, broken or incomplete."),
        (a_file(a_picture(), "JPEG")[:3000], "It cannot be decoded: it is no picture, broken or incomplete."),
        (a_file(a_picture(), "PNG")[:3000], "It cannot be decoded: it is no picture, broken or incomplete."),
    ],
    ids=["empty", "cut header", "text", "cut jpeg", "cut png"],
)
def test_what_is_no_whole_picture_is_an_error_with_a_remedy(data: bytes, what: str) -> None:
    with pytest.raises(LastlookError) as caught:
        decoded(data)
    assert (caught.value.what, caught.value.remedy) == (what, "Save it again as JPEG, PNG, WEBP, TIFF.")


def test_a_picture_of_too_many_pixels_is_refused_by_its_header() -> None:
    bomb = a_file(Image.new("1", (20_000, 20_000)), "PNG")
    with pytest.raises(LastlookError, match="more than 300 million pixels"):
        decoded(bomb)


@pytest.mark.skipif(not VECTORS.is_dir(), reason="the published vectors are not on this machine")
@pytest.mark.parametrize("name", ["CMYK.jpg", "P.png", "1.png"])
def test_the_modes_of_one_published_photograph_look_alike(name: str) -> None:
    one, other = ((VECTORS / "modes" / each).read_bytes() for each in (name, "RGB.jpg"))
    assert distance(hash_of(one), hash_of(other)) <= 4
