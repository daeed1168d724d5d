"""How much memory `lastlook check` takes for many pictures, and what a second run does again.

A campaign of 50 pictures and one of 500 are drawn, always the same, and checked by the real command, once as text and
once as a page. What 500 pictures may take is what 50 take, 64 MiB, and 20 kB for each picture more. Then one picture of
the 500 is changed and the page made again.

What is measured is VmHWM of the process itself, read by that process when it has answered. `ru_maxrss` would not do:
what `wait4` tells of a child is the largest of that child and the decoders it waited for, and what a process is told of
itself begins with the size of whoever started it. Decoders have a limit of their own (`dossier/decode.py`). VmHWM is
Linux's, and so is this.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
from PIL import Image, ImageChops

from lastlook.cli.options import COULD_NOT_READ
from lastlook.dossier.cache import SETTLED_NS

ON = ("--on", "2026-11-24")
SEED = 2026
WIDTH, HEIGHT = 1600, 1200  # pixels
FIXED_KB, PICTURE_KB = 64 << 10, 20_000 / 1024  # kB of 1,024 bytes, as the kernel counts

# The command as it is installed, which then says how large it grew and how many decoders it started.
MEASURED = """\
import json, pathlib, re, subprocess, sys
from lastlook.cli.main import main
started, run = [], subprocess.run
def counting(command, **options):
    started.extend(word for word in command if word == "lastlook.dossier.decode")
    return run(command, **options)
subprocess.run = counting
code = main(sys.argv[2:])
peak = re.search(r"^VmHWM:\\s+(\\d+) kB", pathlib.Path("/proc/self/status").read_text(), re.MULTILINE)
pathlib.Path(sys.argv[1]).write_text(json.dumps({"code": code, "peak_kb": int(peak[1]), "decoded": len(started)}))
"""

MANIFEST = """\
lastlook: 1
campaign: {{id: many-{number}, title: Many, brand: Maison Exemple, markets: [GB], shoot_country: GB,
  flight: {{from: 2027-03-01, until: 2027-05-31}}, stage: final}}
decisions:
  - {{right: casting, holder: p1}}
  - {{right: product, holder: p2}}
  - {{right: props, holder: p4}}
  - {{right: combination, holder: p6}}
plans:
  web: {{channel: website, media: owned, countries: [GB]}}
  poster: {{channel: outdoor_poster, media: paid, countries: [GB]}}
defaults: {{plans: [web, poster], disclosure: {{commercial_relationship: false}}}}
people:
  - {{id: talent-1, age: 9}}
  - {{id: talent-2, age: 34}}
  - {{id: talent-3, age_band: adult_25_plus}}
products:
  - {{id: coat, category: apparel, audience: general, styled_as: none}}
  - {{id: bag, category: accessory, audience: general, styled_as: none}}
"""
COLUMNS = ("id", "file", "people", "portrayal", "products", "props", "settings", "themes", "legible")


class Run(msgspec.Struct, frozen=True):
    """One run of the command: its exit code, its largest size in kB, the decoders it started, and how long it took."""

    code: int
    peak_kb: int
    decoded: int
    seconds: float


def draw(folder: Path, number: int) -> None:
    """A campaign of so many pictures: a soft ground and fine grain, so that thumbnails are as large as real ones."""
    folder.mkdir()
    chance = random.Random(SEED)
    ground, grain = (
        Image.frombytes("RGB", size, chance.randbytes(size[0] * size[1] * 3)).resize(
            (WIDTH, HEIGHT), Image.Resampling.BICUBIC
        )
        for size in ((40, 30), (640, 480))
    )
    drawn = Image.blend(ground, grain, 0.18)
    with (folder / "assets.csv").open("w", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow(COLUMNS)
        for count in range(1, number + 1):
            name = f"picture-{count:03}.jpg"
            shifted = ImageChops.offset(drawn, chance.randrange(WIDTH), chance.randrange(HEIGHT))
            shifted.save(folder / name, "JPEG", quality=88)
            people = chance.choice(("none", "talent-1", "talent-2", "talent-2; talent-3"))
            portrayal = "" if people == "none" else "none"
            props = chance.choice(("none", "food", "toy", "adult_themed_accessory", ""))
            products = chance.choice(("coat", "bag"))
            writer.writerow(
                [name[:-4], name, people, portrayal, products, props, "studio", "none", chance.choice(("none", ""))]
            )
    (folder / "campaign.yaml").write_text(MANIFEST.format(number=number))


def checked(folder: Path, *options: str, cache: Path) -> Run:
    """The command in a process of its own."""
    told = cache.with_suffix(".json")
    command = [sys.executable, "-c", MEASURED, str(told), "check", str(folder), *ON, *options]
    start = time.perf_counter()
    subprocess.run(command, check=True, env={**os.environ, "LASTLOOK_CACHE": str(cache)}, capture_output=True)
    return Run(seconds=time.perf_counter() - start, **json.loads(told.read_text()))


def within(what: str, few: Run, many: Run, more: int) -> bool:
    """Print what both took, and whether the difference is within its limit."""
    limit, took = FIXED_KB + PICTURE_KB * more, many.peak_kb - few.peak_kb
    word = "within" if took <= limit else "OVER"
    print(
        f"  {what:<12}{few.peak_kb / 1024:>8.1f} MiB{many.peak_kb / 1024:>8.1f} MiB"
        f"{took / 1024:>+10.1f} MiB{limit / 1024:>8.1f} MiB  {word}"
    )
    return took <= limit


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pictures", description=__doc__)
    parser.add_argument("--few", type=int, default=50)
    parser.add_argument("--many", type=int, default=500)
    options = parser.parse_args()
    few, many = options.few, options.many
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        folders = {number: root / f"many-{number}" for number in (few, many)}
        for number, folder in folders.items():
            draw(folder, number)
        time.sleep(1.1 * SETTLED_NS / 10**9)  # what was written a moment ago is not kept
        page = ("--format", "html", "--output", str(root / "page.html"))
        text = {number: checked(folder, cache=root / f"text-{number}") for number, folder in folders.items()}
        html = {number: checked(folder, *page, cache=root / f"html-{number}") for number, folder in folders.items()}
        size = (root / "page.html").stat().st_size
        again = checked(folders[many], *page, cache=root / f"html-{many}")
        with Image.open(folders[many] / "picture-001.jpg") as picture:
            ImageChops.offset(picture, 7).save(folders[many] / "picture-001.jpg", "JPEG", quality=88)
        changed = checked(folders[many], *page, cache=root / f"html-{many}")
    runs = (*text.values(), *html.values(), again, changed)
    print(f"Largest size of the process, {few} and {many} pictures of {WIDTH} by {HEIGHT}")
    print(f"  {'':<12}{few:>12}{many:>12}{'more':>14}{'limit':>12}")
    good = [
        within("as text", text[few], text[many], many - few),
        within("as a page", html[few], html[many], many - few),
    ]
    print(f"The page of {many} pictures has {size / 2**20:.1f} MiB")
    for what, run in (("first run", html[many]), ("nothing changed", again), ("one changed", changed)):
        share = run.seconds / html[many].seconds
        print(f"  {what:<18}{run.decoded:>4} decoded{run.seconds:>8.1f} s ({share:.2f} of the first)")
    good += [run.code != COULD_NOT_READ for run in runs]
    good += [html[many].decoded == many, again.decoded == 0, changed.decoded == 1]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
