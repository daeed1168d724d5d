"""Write the pictures: `python -m tools.drawings` or `python tools/drawings`, from the repository root."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples"
CAMPAIGNS = ("holiday-window", "spring-desk", "picnic")


def main() -> int:
    """Draw every picture, or only those whose path contains the given word."""
    parser = argparse.ArgumentParser(prog="python -m tools.drawings", description="Draw the example pictures.")
    parser.add_argument("word", nargs="?", default="", help="draw only pictures whose path contains this word")
    parser.add_argument("--out", type=Path, default=EXAMPLES, help="the folder that holds the campaigns")
    options = parser.parse_args()
    for campaign in CAMPAIGNS:
        pictures = importlib.import_module(f"tools.drawings.{campaign.replace('-', '_')}").PICTURES
        for name, draw in pictures.items():
            path = options.out / campaign / name
            if options.word in f"{campaign}/{name}":
                draw().save(path)
                print(f"{campaign}/{name}: {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
