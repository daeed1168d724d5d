"""`lastlook decide|told|confirm|dispute`: who holds which choice, and what they say of it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from lastlook.campaigns.vocabulary import DECISION_RIGHTS
from lastlook_house.cli.acting import Desk, act, act_each, add_campaign, add_signing

if TYPE_CHECKING:
    from lastlook_house.accounts.models import HandleRow
    from lastlook_house.record.acting import Draft

MEANINGS = ("decided", "executed_as_instructed")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    decide = commands.add_parser("decide", help="name who holds a choice", allow_abbrev=False)
    add_campaign(decide)
    decide.add_argument("--right", required=True, choices=DECISION_RIGHTS)
    decide.add_argument("--holder", required=True, metavar="HANDLE")
    decide.add_argument("--assets", default="all", metavar="ID,ID", help="which pictures (default: all)")
    decide.add_argument("--meaning", choices=MEANINGS, default=MEANINGS[0])
    decide.add_argument("--authority", help="by what: a contract, a brief; kept beside the record")
    add_signing(decide)
    decide.set_defaults(run=run_decide)
    for verb, told, run in (
        ("told", "say that the holder was told what stands in their name", run_told),
        ("confirm", "confirm what stands in your name, for the pictures as they are", run_confirm),
        ("dispute", "say that something that stands in your name was not yours", run_dispute),
    ):
        parser = commands.add_parser(verb, help=told, allow_abbrev=False)
        add_campaign(parser)
        parser.add_argument(
            "--right", action="append", default=[], choices=DECISION_RIGHTS, help="only these (default: all)"
        )
        if verb == "told":
            parser.add_argument("--holder", required=True, metavar="HANDLE")
        if verb == "dispute":
            parser.add_argument("--reason", help="kept beside the record, and can be erased")
        add_signing(parser)
        parser.set_defaults(run=run)


def assets_of(text: str) -> tuple[str, ...] | str:
    return "all" if text == "all" else tuple(part.strip() for part in text.split(",") if part.strip())


def run_decide(options: argparse.Namespace) -> int:
    def makes(desk: Desk, who: HandleRow) -> Draft:
        from lastlook_house.accounts.selectors import handle_row
        from lastlook_house.review.services import name_holder

        handle_row(desk.campaign, options.holder)
        return name_holder(
            desk.place, who.handle, right=options.right, holder=options.holder, assets=assets_of(options.assets),
            meaning=options.meaning, authority=options.authority,
        )  # fmt: skip

    return act(options, makes)


def run_told(options: argparse.Namespace) -> int:
    def makes(desk: Desk, who: HandleRow) -> list[Draft]:
        from lastlook_house.review.selectors import decisions_of
        from lastlook_house.review.services import tell_holder

        decisions = decisions_of(options.holder, desk.situation, desk.history, options.right)
        return [tell_holder(desk.place, who.handle, decision) for decision in decisions]

    return act_each(options, makes)


def run_confirm(options: argparse.Namespace) -> int:
    def makes(desk: Desk, who: HandleRow) -> list[Draft]:
        from lastlook_house.review.selectors import decisions_of
        from lastlook_house.review.services import confirm

        decisions = decisions_of(who.handle, desk.situation, desk.history, options.right)
        return [confirm(desk.place, who.person, who.handle, decision, desk.situation) for decision in decisions]

    return act_each(options, makes)


def run_dispute(options: argparse.Namespace) -> int:
    def makes(desk: Desk, who: HandleRow) -> list[Draft]:
        from lastlook_house.review.selectors import decisions_of
        from lastlook_house.review.services import dispute

        decisions = decisions_of(who.handle, desk.situation, desk.history, options.right)
        return [dispute(desk.place, who.person, who.handle, decision, options.reason) for decision in decisions]

    return act_each(options, makes)
