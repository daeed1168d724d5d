"""`lastlook find ORIGINAL… --in FOLDER`: every copy of some pictures in a folder, and what could not be looked at."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from lastlook.cli.cache import cache_folder
from lastlook.cli.options import needs_match, write_whole
from lastlook.errors import LastlookError
from lastlook.finding.rows import Found, Unread
from lastlook.reports.plain import plain

EXIT_CODES = """\
exit codes:
  0  every file was looked at, and none is a copy
  1  a copy was found
  2  something could not be read: it is not cleared; the rest was looked at
  3  what was found is for a person to look at
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "find",
        help="find every copy of some pictures in a folder",
        description="Copies that were cropped, framed, written over, mirrored, recoloured, photographed again.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("originals", nargs="+", type=Path, metavar="ORIGINAL", help="a picture that is looked for")
    parser.add_argument(
        "--in", dest="folder", type=Path, required=True, metavar="FOLDER", help="where it is looked for"
    )
    parser.add_argument(
        "--known", type=Path, action="append", default=[], metavar="FILE",
        help="another asset of the house: what it shares with an original is no evidence (may be repeated)",
    )  # fmt: skip
    parser.add_argument("--format", choices=("jsonl", "table", "html"), default="table", help="default: %(default)s")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write the answer to this file, whole or not at all"
    )
    parser.add_argument("--at-once", type=int, default=0, metavar="N", help="processes (default: one for each core)")
    parser.add_argument("--start-over", action="store_true", help="do not go on where an earlier run was stopped")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    needs_match()
    from lastlook.finding.journal import Journal, journal_name
    from lastlook.finding.search import Searched, read_originals, search
    from lastlook.matching.copies import Finder

    originals, known = read_originals(options.originals), read_originals(options.known)
    path = cache_folder(os.environ) / journal_name(originals, known, options.folder)
    if options.start_over:
        path.unlink(missing_ok=True)
    names = _names(options.originals)
    finder = Finder(originals, known)
    searched: Searched = search(
        finder, names, options.folder, journal=Journal(path), at_once=options.at_once, told=_progress()
    )
    pieces = _pieces(options, names, searched.found, searched.unread, searched.items)
    if options.output is None:
        sys.stdout.writelines(pieces)
    else:
        write_whole(options.output, pieces)
    copies = [row for row in searched.found if row.copy]
    told = (
        f"{searched.items:,} files: {len({row.item for row in copies}):,} with a copy, "
        f"{len({row.item for row in copies if row.review}):,} of these to be looked at, "
        f"{len(searched.unread):,} not read and not cleared."
    )
    print(told, file=sys.stderr)
    return searched.exit_code


def _names(paths: list[Path]) -> list[str]:
    """Names of originals as they were given; two of one name would be one original in the answer."""
    names = [path.as_posix() for path in paths]
    if len(set(names)) < len(names):
        raise LastlookError("An original was named twice.", remedy="Name each once.")
    return names


def _pieces(
    options: argparse.Namespace, names: list[str], found: tuple[Found, ...], unread: tuple[Unread, ...], items: int
) -> Iterable[str]:
    if options.format == "jsonl":
        return _lines(found, unread)
    if options.format == "table":
        return _table(found, unread)
    from lastlook.finding.aligned import Shown, shown, size_of
    from lastlook.reports.gallery import gallery

    originals = dict(zip(names, options.originals, strict=True))

    def pictures(row: Found) -> Shown | None:
        item = options.folder / row.item
        return shown(originals[row.original], item, row, size_of(item))

    return gallery(names, found, unread, items, pictures)


def _lines(found: tuple[Found, ...], unread: tuple[Unread, ...]) -> Iterable[str]:
    rows: list[Found | Unread] = [*found, *unread]
    for row in sorted(rows, key=lambda row: row.item):
        yield msgspec.json.encode(row).decode() + "\n"


def _table(found: tuple[Found, ...], unread: tuple[Unread, ...]) -> Iterable[str]:
    widest = max([4, *(len(row.item) for row in found), *(len(row.item) for row in unread)])
    for row in found:
        mark = "review" if row.review else ""
        share = f"{row.coverage_original:4.0%} of it, {row.coverage_item:4.0%} of the item"
        yield (
            plain(f"{row.item:<{widest}}  {row.relation:<15} {mark:<7} {row.score:.2f}  {share}  {row.original}") + "\n"
        )
    for unread_row in unread:
        yield plain(f"{unread_row.item:<{widest}}  not read         {unread_row.error}") + "\n"


def _progress() -> Callable[[int, int], None]:
    from lastlook.dossier.pictures import nobody

    if not sys.stderr.isatty():
        return nobody
    started = time.monotonic()
    first: list[int] = []

    def told(done: int, of: int) -> None:
        first.append(done)
        passed = time.monotonic() - started
        rate = (done - first[0]) / passed if passed > 0 else 0.0
        left = f", about {(of - done) / rate:,.0f} s left" if rate > 0 and done < of else ""
        line = f"Looked at: {done:,} of {of:,}, {rate:,.0f} a second{left}"
        sys.stderr.write(f"\r{line:<72}" if done < of else f"\r{' ' * 72}\r")
        sys.stderr.flush()

    return told
