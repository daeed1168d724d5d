"""`lastlook new DIR`: from a folder of pictures to a campaign that can be filled in."""

from __future__ import annotations

import argparse
from pathlib import Path

from lastlook.cli.progress import progress
from lastlook.dossier.beginning import begin
from lastlook.dossier.pictures import picture_at
from lastlook.dossier.raising.outline import outline_of
from lastlook.dossier.sheets.form import Look
from lastlook.dossier.thumbnails import thumbnail_of
from lastlook.errors import LastlookError, Place
from lastlook.reports.plain import plain
from lastlook.reports.words import count


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "new",
        help="begin a campaign from a folder of pictures",
        description="Write campaign.yaml, assets.xlsx, assets.csv and private/ for the pictures in a folder. "
        "Run again it adds new pictures and keeps what was typed.",
        allow_abbrev=False,
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder of pictures")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    folder: Path = options.folder

    def look_at(file: str) -> Look:
        try:
            made = thumbnail_of(folder, picture_at(folder, file, where=Place(file)))
        except LastlookError:
            return Look()
        return Look(made if isinstance(made, bytes) else None, outline_of(folder / file, file))

    begun = begin(folder, look_at, told=progress("Pictures looked at"))
    print(f"{count(len(begun.added), 'picture')} added, {begun.known} there already.")
    for file in begun.written:
        print(f"  wrote {plain(file)}")
    print(f"Fill in campaign.yaml and assets.xlsx (or assets.csv), then: lastlook check {plain(str(folder))}")
    return 0
