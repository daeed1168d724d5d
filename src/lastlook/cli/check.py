"""`lastlook check DIR…`: what stands in the way, who held the choice behind it, who must answer, what clears it."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from lastlook.campaigns.vocabulary import STAGES
from lastlook.cli.cache import cache_for
from lastlook.cli.options import add_packs, day, today, write_whole
from lastlook.cli.progress import progress
from lastlook.dossier.cache import NO_CACHE, Cache
from lastlook.dossier.check import Checked, look_at_folders
from lastlook.dossier.folder import MANIFEST_NAME
from lastlook.dossier.pictures import SUFFIXES
from lastlook.dossier.sheets.folder import SHEETS
from lastlook.errors import LastlookError, Place
from lastlook.packs import Library, read_library
from lastlook.reports.as_json import as_json
from lastlook.reports.as_letters import as_letters
from lastlook.reports.as_text import NO_PAINT, Paint, as_text
from lastlook.rules.rule import PROFILES, Rule

MAX_ROOTS_BYTES = 4 << 20
NARROWEST, WIDEST = 60, 100  # columns; wider lines are harder to read


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "check",
        help="say what stands in the way of a campaign, and what clears it",
        description="Judge the campaigns in these folders by what their pictures show together.",
        allow_abbrev=False,
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="a folder that holds campaign.yaml")
    parser.add_argument("--on", type=day, metavar="DATE", help="the day of the check, YYYY-MM-DD (default: today)")
    parser.add_argument("--stage", choices=STAGES, help="judge as of this stage, whatever the campaign says")
    parser.add_argument("--profile", choices=PROFILES, default=PROFILES[0], help="which rules (default: %(default)s)")
    add_packs(parser)
    parser.add_argument(
        "--format", choices=("text", "json", "html", "sarif"), default="text", help="default: %(default)s"
    )
    parser.add_argument(
        "--questions",
        choices=("markdown", "email"),
        help="print what has to be asked, one letter for each person, instead of the answer",
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write the answer to this file, whole or not at all"
    )
    parser.add_argument(
        "--trusted-roots",
        type=Path,
        metavar="FILE",
        help="certificates (PEM) of whose Content Credentials are trusted (default: nobody's)",
    )
    parser.add_argument(
        "--with-personal-data",
        action="store_true",
        help="exact ages, and text of picture files that may name people, in JSON and HTML",
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="read and decode every picture again, and keep nothing of them"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    if options.output is not None:
        _not_an_input(options.output, options.folders)
    if options.trusted_roots is not None:
        _certificates(options.trusted_roots)
    cache = NO_CACHE if options.no_cache else cache_for(options.folders, os.environ)
    library = read_library(options.pack)
    checked = look_at_folders(
        options.folders,
        library,
        on=options.on or today(),
        stage=options.stage,
        profile=options.profile,
        roots=options.trusted_roots,
        told=progress("Pictures opened"),
        cache=cache,
    )
    if options.format == "html" and options.questions is None:
        checked, pieces = _page(checked, library, options, cache)
    else:
        pieces = [_text(checked, library, options)]
    results = checked.results
    if options.output is None:
        sys.stdout.writelines(pieces)
    else:
        write_whole(options.output, pieces)
        print(f"{as_text(results, width=WIDEST).splitlines()[-1]}\nThe answer is in {options.output}.", file=sys.stderr)
    return results.exit_code


def _text(checked: Checked, library: Library, options: argparse.Namespace) -> str:
    results = checked.results
    if options.questions is not None:
        return as_letters(results, options.questions)
    if options.format == "json":
        return as_json(results, with_personal_data=options.with_personal_data)
    if options.format == "sarif":
        from lastlook.reports.as_sarif import as_sarif

        return as_sarif(results, _rules_of(library), [_relative(folder) for folder in options.folders])
    on_terminal = options.output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    columns = min(max(shutil.get_terminal_size((WIDEST, 40)).columns, NARROWEST), WIDEST)
    return as_text(results, width=columns, paint=Paint.for_terminal() if on_terminal else NO_PAINT)


def _page(
    checked: Checked, library: Library, options: argparse.Namespace, cache: Cache
) -> tuple[Checked, Iterable[str]]:
    """The page, with a thumbnail of every picture that can be decoded; one that cannot is an error of its result."""
    from lastlook.dossier.thumbnails import not_decoded, thumbnails_of
    from lastlook.reports.as_html import Seen, as_html

    seen: list[Seen] = []
    for number, (folder, case) in enumerate(zip(options.folders, checked.cases, strict=True)):
        if case is None:
            seen.append(Seen())
            continue
        thumbnails = thumbnails_of(folder, case, told=progress("Thumbnails made"), cache=cache)
        seen.append(Seen(case, thumbnails.made, thumbnails.reasons))
        checked = checked.with_errors(number, not_decoded(case, thumbnails))
    page = as_html(checked.results, seen, _rules_of(library), with_personal_data=options.with_personal_data)
    return checked, page


def _rules_of(library: Library) -> dict[str, Rule]:
    return {rule.id: rule for rule in library.rules}


def _relative(folder: Path) -> str:
    """The folder as it was named, where that leads down from here; where it does not, it is nobody's business."""
    return "" if folder.is_absolute() or ".." in folder.parts else folder.as_posix()


def _certificates(path: Path) -> None:
    """Refuse what holds no certificate: with it nothing would be trusted, and nobody would know why."""
    remedy = "Name a file of certificates in PEM."
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_ROOTS_BYTES + 1)
    except OSError as error:
        raise LastlookError(f"It cannot be read: {error.strerror}.", remedy=remedy, where=Place(str(path))) from error
    if b"-----BEGIN CERTIFICATE-----" not in data or len(data) > MAX_ROOTS_BYTES:
        what = "It holds no certificates in PEM, or more than 4 MiB."
        raise LastlookError(what, remedy=remedy, where=Place(str(path)))


def _not_an_input(output: Path, folders: list[Path]) -> None:
    """Refuse to write the answer over what it is about."""
    is_input = output.name == MANIFEST_NAME or output.suffix.lower() in SUFFIXES or output.stem in SHEETS
    inside = any(output.resolve().is_relative_to(folder.resolve()) for folder in folders)
    if is_input and inside:
        raise LastlookError(
            "This name belongs to a part of the campaign.", remedy="Name another file.", where=Place(str(output))
        )
