"""Openly licensed photographs from packages that anybody can install, with their licences. None shows a child.

Those of scikit-image come with `pip install`; the others are looked for where Debian's packages put them (apt-get
install gnome-backgrounds mate-backgrounds plasma-workspace-wallpapers ukui-wallpapers lomiri-wallpapers-16.04
opencv-doc tuxpaint-stamps-default), or below the folder that `LASTLOOK_PHOTOGRAPHS` names, one folder for each
package.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image

from lastlook.matching.pdq import dihedral, distance

SKIMAGE = ("brick", "chelsea", "coffee", "coins", "grass", "gravel", "hubble_deep_field", "moon", "rocket")
LICENCES = {
    "skimage": "as scikit-image's data/README.txt says for each: CC0, public domain, CC BY or BSD-3-Clause",
    "gnome-backgrounds": "CC BY-SA 3.0 and 4.0",
    "mate-backgrounds": "CC BY-SA, GPL 2+ and public domain, by file",
    "plasma-workspace-wallpapers": "CC BY-SA 4.0 and LGPL 3+, by file",
    "ukui-wallpapers": "CC BY-SA 4.0 and GPL 3, by file",
    "lomiri-wallpapers-16.04": "CC BY-SA 3.0",
    "opencv-doc": "Apache-2.0 and BSD-3-Clause",
    "tuxpaint-stamps-default": "GPL 2+ and public domain",
}
PLACES = {
    "gnome-backgrounds": "backgrounds/gnome",
    "mate-backgrounds": "backgrounds/mate",
    "plasma-workspace-wallpapers": "wallpapers",
    "ukui-wallpapers": "backgrounds",
    "lomiri-wallpapers-16.04": "backgrounds",
    "opencv-doc": "doc/opencv-doc/examples",
}
STAMPS = "tuxpaint/stamps"
OPENCV = ("apple", "baboon", "blox", "board", "building", "butterfly", "cards", "ela_original", "fruits", "gradient",
          "HappyFish", "home", "orange", "pca_test1", "plant", "rubberwhale1", "smarties", "squirrel_cls",
          "starry_night", "stuff")  # fmt: skip
# Two photographs of one thing: the second is no copy of the first.
SAME_THING = (
    ("aloeL", "aloeR"),
    ("leuvenA", "leuvenB"),
    ("left01", "left02"),
    ("left03", "right03"),
    ("left05", "left06"),
    ("right07", "right08"),
    ("Blender_Suzanne1", "Blender_Suzanne2"),
    ("box_in_scene", "box"),
    ("graf1", "graf3"),
    ("basketball1", "basketball2"),
    ("motorcycle_left", "motorcycle_right"),
)

ONE_PICTURE = 84  # bits of PDQ in any orientation: by day and by night, in blue and in green, is one picture


class Photograph(msgspec.Struct, frozen=True):
    """One file; the package it came with says under which licence."""

    path: Path
    package: str


def photographs(longest: int = 1280) -> Iterator[tuple[Photograph, Image.Image]]:
    """Each photograph once, in RGB, at most so many pixels a side, in the order of package and name.

    Of one picture in several sizes the largest counts; what looks the same as an earlier one is left out.
    """
    seen: list[bytes] = []
    for photograph in _files():
        try:
            with Image.open(photograph.path) as image:
                image.draft("RGB", (longest, longest))
                picture = image.convert("RGB")
        except OSError:
            continue
        if min(picture.size) < 256 or np.asarray(picture.convert("L")).std() < 4:
            continue
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        forms = dihedral(np.asarray(picture.convert("L")))
        if any(
            min(distance(form.bits, other), 256 - distance(form.bits, other)) <= ONE_PICTURE
            for form in forms
            for other in seen
        ):
            continue
        seen.append(forms[0].bits)
        yield photograph, picture


def _files() -> Iterator[Photograph]:
    spec = find_spec("skimage")
    if spec is not None and spec.origin is not None:
        folder = Path(spec.origin).parent / "data"
        for name in SKIMAGE:
            for path in sorted(folder.glob(f"{name}.*")):
                yield Photograph(path, "skimage")
    root = Path(os.environ.get("LASTLOOK_PHOTOGRAPHS", "/"))
    for package, place in PLACES.items():
        for base in (root / package, root):
            folders = [base / "usr/share" / place]
            paths = [path for folder in folders if folder.is_dir() for path in folder.rglob("*")]
            pictures = [path for path in paths if _picture(path)]
            if package == "opencv-doc":
                pictures = [path for path in pictures if path.stem in OPENCV and path.parent.name != "trimaps"]
            largest: dict[str, Path] = {}  # a wallpaper comes in several sizes, each in a file of one folder
            for path in sorted(pictures):
                key = (
                    path.parts[path.parts.index("wallpapers") + 1] if package.startswith("plasma") else path.as_posix()
                )
                largest[key] = max(largest.get(key, path), path, key=lambda path: path.stat().st_size)
            for path in largest.values():
                yield Photograph(path, package)
            if pictures:
                break


def same_things() -> Iterator[tuple[Path, Path]]:
    """Pairs of photographs of one thing, from other viewpoints or at other moments."""
    root = Path(os.environ.get("LASTLOOK_PHOTOGRAPHS", "/"))
    folders = [base / "usr/share" / PLACES["opencv-doc"] for base in (root / "opencv-doc", root)]
    spec = find_spec("skimage")
    if spec is not None and spec.origin is not None:
        folders.append(Path(spec.origin).parent / "data")
    paths = {path.stem: path for folder in folders if folder.is_dir() for path in folder.rglob("*.*") if _picture(path)}
    for one, other in SAME_THING:
        if one in paths and other in paths:
            yield paths[one], paths[other]


def stamps() -> Iterator[Path]:
    """Small pictures of plants, animals and things on a transparent ground."""
    root = Path(os.environ.get("LASTLOOK_PHOTOGRAPHS", "/"))
    for base in (root / "tuxpaint-stamps-default", root):
        folder = base / "usr/share" / STAMPS
        if folder.is_dir():
            yield from (path for path in sorted(folder.rglob("*.png")) if not {"people", "hobbies"} & set(path.parts))
            return


def _picture(path: Path) -> bool:
    return path.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp")
