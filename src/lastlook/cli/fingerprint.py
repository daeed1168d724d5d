"""`lastlook fingerprint FILE…`: what a picture looks like as a whole, in 256 bits that other tools know too."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

import msgspec

from lastlook.cli.options import needs_match, report
from lastlook.errors import LastlookError, Place, Problem
from lastlook.limits import MAX_FILE_BYTES


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "fingerprint",
        help="print the PDQ hash of pictures",
        description="One JSON object for each file. Hashes that were made in two ways are not comparable.",
        allow_abbrev=False,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a picture")
    parser.add_argument(
        "--full-size",
        action="store_true",
        help="decode every pixel, as the reference implementation of PDQ does; slower for large pictures",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    needs_match()
    from lastlook.matching.decoding import DECODER, decoded
    from lastlook.matching.pdq import pdq

    algorithm = "pdq;pillow/luma-601-exact/white/full" if options.full_size else f"pdq;{DECODER}"
    problems: list[Problem] = []
    for path in options.files:
        try:
            with path.open("rb") as stream:
                data = stream.read(MAX_FILE_BYTES + 1)
            found = pdq(decoded(data, full_size=options.full_size).luma)
        except OSError as error:
            problems.append(Problem(Place(str(path)), f"It cannot be opened: {error.strerror}.", "Check its name."))
            continue
        except LastlookError as error:
            problems.append(Problem(Place(str(path)), error.what, error.remedy))
            continue
        row = {
            "file": str(path), "sha256": hashlib.sha256(data).hexdigest(), "pdq": found.hex,
            "pdq_quality": found.quality, "algorithm": algorithm,
        }  # fmt: skip
        sys.stdout.write(msgspec.json.encode(row).decode() + "\n")
    return report(problems)
