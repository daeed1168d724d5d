"""`lastlook init|import|status`: a house, what is brought into it, and how it stands."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from lastlook.errors import LastlookError
from lastlook.reports.plain import plain
from lastlook_house.cli.acting import add_campaign, add_house, at_desk, now, opened, tell_obstacles
from lastlook_house.environment import house_folder


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser("init", help="found a house, which keeps the record", allow_abbrev=False)
    init.add_argument("--origin", metavar="NAME", help="the record's name for outsiders: house.example/record")
    init.add_argument("--upgrade", action="store_true", help="bring the database of a house up to this version")
    add_house(init)
    init.set_defaults(run=run_init)
    bring = commands.add_parser("import", help="bring a campaign folder into the house", allow_abbrev=False)
    bring.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    bring.add_argument(
        "--as", dest="by", default="house", metavar="HANDLE", help="who changed it; needed once people are registered"
    )
    add_house(bring)
    bring.set_defaults(run=run_import)
    status = commands.add_parser("status", help="who holds what, and what stands in the way", allow_abbrev=False)
    add_campaign(status)
    status.set_defaults(run=run_status)


def run_init(options: argparse.Namespace) -> int:
    from lastlook_house.opening import TRUST, found_house, upgrade_house

    folder = house_folder(os.environ, options.house)
    if options.upgrade:
        upgrade_house(folder, os.environ)
        print("The house is up to date.")
        return 0
    if not options.origin:
        raise LastlookError("The record needs a name.", remedy="Pass --origin house.example/record.")
    house = found_house(folder, options.origin, os.environ)
    print(f"A house was founded in {plain(str(folder))}.")
    print(plain(f"Give outsiders {house.folder / TRUST}: by it they can believe what this house signs."))
    return 0


def run_import(options: argparse.Namespace) -> int:
    house = opened(options)
    from lastlook_house.campaigns.services import import_folder

    for folder in options.folders:
        done = import_folder(house, folder, by=options.by, now=now())
        told = (
            f"version {done.version}, {done.pictures} pictures"
            if done.is_new
            else f"nothing new since version {done.version}"
        )
        print(plain(f"{done.campaign}: {told}"))
    return 0


def run_status(options: argparse.Namespace) -> int:
    """Exit 0 if everything could go, 1 if nothing, 3 if only a part."""
    desk = at_desk(options)
    from lastlook.clearance.clearing import Cleared
    from lastlook_house.publishing.selectors import outcome_of
    from lastlook_house.review.selectors import holdings_in_order

    print("WHO HOLDS WHAT")
    held = holdings_in_order(desk.situation, desk.history)
    for each in held:
        state = each.state.replace("_", " ")
        print(plain(f"  {each.asset}  {each.right}: {each.holder} ({state}; named by {each.named_by})"))
    if not held:
        print("  Nobody was named for anything.")
    outcome = outcome_of(desk.campaign, desk.situation, desk.history)
    print("WHAT STANDS IN THE WAY")
    tell_obstacles(outcome, margin="  ")
    if isinstance(outcome, Cleared):
        print(plain(outcome.words))
        return 3 if outcome.waiting else 0
    return 1
