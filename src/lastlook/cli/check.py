"""`lastlook check DIR…`: what stands in the way, who held the choice behind it, who must answer, what clears it."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from lastlook.campaigns.vocabulary import STAGES
from lastlook.checking.result import Results
from lastlook.cli.options import add_packs, day, today, write_whole
from lastlook.dossier.check import check_folders
from lastlook.packs import read_library
from lastlook.reports.as_json import as_json
from lastlook.reports.as_letters import as_letters
from lastlook.reports.as_text import NO_PAINT, Paint, as_text
from lastlook.rules.rule import PROFILES

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
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: %(default)s")
    parser.add_argument(
        "--questions",
        choices=("markdown", "email"),
        help="print what has to be asked, one letter for each person, instead of the answer",
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write the answer to this file, whole or not at all"
    )
    parser.add_argument(
        "--with-personal-data", action="store_true", help="exact ages in JSON, where it gives age bands otherwise"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    library = read_library(options.pack)
    results = check_folders(
        options.folders,
        library,
        on=options.on or today(),
        stage=options.stage,
        profile=options.profile,
    )
    text = _written(results, options)
    if options.output is None:
        sys.stdout.write(text)
    else:
        write_whole(options.output, text)
        print(f"{as_text(results, width=WIDEST).splitlines()[-1]}\nThe answer is in {options.output}.", file=sys.stderr)
    return results.exit_code


def _written(results: Results, options: argparse.Namespace) -> str:
    if options.questions is not None:
        return as_letters(results, options.questions)
    if options.format == "json":
        return as_json(results, with_personal_data=options.with_personal_data)
    on_terminal = options.output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    columns = min(max(shutil.get_terminal_size((WIDEST, 40)).columns, NARROWEST), WIDEST)
    return as_text(results, width=columns, paint=Paint.for_terminal() if on_terminal else NO_PAINT)
