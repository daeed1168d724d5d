"""What every verb of a person does: find the house and the campaign, say in words what is signed, sign, and record."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lastlook.cli.options import moment
from lastlook.errors import LastlookError
from lastlook.reports.plain import plain
from lastlook_house.environment import house_folder, stated_time

if TYPE_CHECKING:  # what is heavy, and models, which can be imported only once a house is open
    from lastlook.clearance.clearing import Cleared, NotCleared
    from lastlook.clearance.history import History
    from lastlook.clearance.situation import Situation
    from lastlook_house.accounts.models import HandleRow
    from lastlook_house.campaigns.models import CampaignRow
    from lastlook_house.opening import House
    from lastlook_house.record.acting import Draft, Place


def add_house(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--house", type=Path, metavar="DIR", help="the house's folder (default: $LASTLOOK_HOUSE)")


def add_campaign(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("campaign", metavar="CAMPAIGN", help="the id in its campaign.yaml")
    add_house(parser)


def add_signing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--key", type=Path, required=True, metavar="FILE",
        help="your SSH key: the private key's file, or the public one if ssh-agent holds it",
    )  # fmt: skip
    parser.add_argument("--yes", action="store_true", help="sign without being asked once more")


def now() -> dt.datetime:
    """The command line's own clock, or the time that the environment states."""
    return stated_time(os.environ) or moment("now")


def opened(options: argparse.Namespace) -> House:
    from lastlook_house.opening import open_house

    return open_house(house_folder(os.environ, options.house), os.environ)


@dataclass(frozen=True)
class Desk:
    """A campaign as somebody finds it who is about to act: as it stands, and what the record holds."""

    place: Place
    situation: Situation
    history: History

    @property
    def campaign(self) -> CampaignRow:
        return self.place.campaign


def at_place(options: argparse.Namespace) -> Place:
    """The campaign that is named, at its stage, now."""
    house = opened(options)
    from lastlook_house.campaigns.selectors import campaign_named, stage_of
    from lastlook_house.record.acting import Place

    campaign = campaign_named(options.campaign)
    return Place(house, campaign, stage_of(house, campaign), now())


def at_desk(options: argparse.Namespace) -> Desk:
    """The same, with what it was judged to be and what the record holds."""
    house = opened(options)
    from lastlook_house.campaigns.selectors import campaign_named, history_now, situation_now
    from lastlook_house.record.acting import Place

    at = now()
    campaign = campaign_named(options.campaign)
    history = history_now(campaign)
    situation = situation_now(house, campaign, history, at.date())
    return Desk(Place(house, campaign, situation.stage, at), situation, history)


def tell_obstacles(outcome: Cleared | NotCleared, margin: str = "") -> None:
    """Print everything that stands in the way, one line each."""
    for obstacle in outcome.in_the_way:
        print(plain(f"{margin}{obstacle.code}: {obstacle.words} ({', '.join(obstacle.assets) or 'the campaign'})"))


Makes = Callable[[Desk, "HandleRow"], "Draft"]


def act(options: argparse.Namespace, makes: Makes) -> int:
    """One act of one person: made by `makes`, shown, signed with their key, recorded."""
    return act_each(options, lambda desk, who: [makes(desk, who)])


def act_each(options: argparse.Namespace, makes: Callable[[Desk, HandleRow], list[Draft]]) -> int:
    """Several acts of one person, each shown, signed and recorded by itself."""
    from lastlook.cli.ssh_signing import key_in, sign_with

    desk = at_desk(options)
    from lastlook_house.accounts.selectors import handle_of_key
    from lastlook_house.publishing.services import record_act
    from lastlook_house.review.words import said

    who = handle_of_key(desk.campaign, key_in(options.key))
    drafts = makes(desk, who)
    for draft in drafts:
        print(plain(said(draft, desk.history), keep_lines=True))
    if not options.yes and not _agreed(len(drafts)):
        print("Nothing was signed.")
        return 1
    for draft in drafts:
        armoured = sign_with(options.key, draft.act.namespace, draft.act.statement).armoured
        print(f"recorded {record_act(desk.place, draft, armoured, desk.situation)}")
    return 0


def _agreed(number: int) -> bool:
    if not sys.stdin.isatty():
        raise LastlookError("Nobody is there to be asked.", remedy="Read the statement, and pass --yes to sign it.")
    what = "this" if number == 1 else f"these {number} statements"
    return input(f"Sign {what}? [y/N] ").strip().lower() in ("y", "yes")
