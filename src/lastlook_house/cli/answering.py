"""`lastlook review|sign|veto|stage`: who looked, and who answered."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from lastlook.campaigns.vocabulary import ANSWERING_ROLES
from lastlook.errors import LastlookError
from lastlook_house.cli.acting import Desk, act, act_each, add_campaign, add_signing
from lastlook_house.cli.deciding import assets_of

if TYPE_CHECKING:
    from lastlook_house.accounts.models import HandleRow
    from lastlook_house.record.acting import Draft


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    review = commands.add_parser(
        "review", help="say that facts are as they are stated, having looked", allow_abbrev=False
    )
    add_campaign(review)
    review.add_argument(
        "--fact", action="append", metavar="FACT", help="only these (default: all that wait for a look)"
    )
    add_signing(review)
    review.set_defaults(run=run_review)
    sign = commands.add_parser("sign", help="answer what waits for you in a role", allow_abbrev=False)
    add_campaign(sign)
    sign.add_argument("findings", nargs="*", metavar="FINDING", help="ids or rules (default: all that wait)")
    sign.add_argument("--role", required=True, action="append", choices=ANSWERING_ROLES, help="may be repeated")
    sign.add_argument("--dissent", action="store_true", help="you looked and do not approve")
    sign.add_argument("--reason", help="kept beside the record, and can be erased")
    add_signing(sign)
    sign.set_defaults(run=run_sign)
    veto = commands.add_parser("veto", help="stop pictures; one veto is enough", allow_abbrev=False)
    add_campaign(veto)
    veto.add_argument("--assets", default="all", metavar="ID,ID", help="which pictures (default: all)")
    veto.add_argument("--lift", action="store_true", help="take your veto back")
    veto.add_argument("--reason", help="kept beside the record, and can be erased")
    add_signing(veto)
    veto.set_defaults(run=run_veto)
    stage = commands.add_parser("stage", help="say that a stage's look took place, or did not", allow_abbrev=False)
    add_campaign(stage)
    stage.add_argument("held", choices=("held", "not-held"))
    stage.add_argument("--reason", help="kept beside the record, and can be erased")
    add_signing(stage)
    stage.set_defaults(run=run_stage)


def run_review(options: argparse.Namespace) -> int:
    def makes(desk: Desk, who: HandleRow) -> Draft:
        from lastlook_house.review.services import review

        waiting = {each.fact for each in desk.situation.unlooked}
        unknown = set(options.fact or ()) - waiting
        if unknown:
            known = ", ".join(sorted(waiting)) or "nothing"
            raise LastlookError(f"`{min(unknown)}` does not wait for a look.", remedy=f"What waits: {known}.")
        return review(desk.place, who.person, who.handle, desk.situation, options.fact)

    return act(options, makes)


def run_sign(options: argparse.Namespace) -> int:
    def makes(desk: Desk, who: HandleRow) -> list[Draft]:
        from lastlook_house.review.selectors import waiting_for
        from lastlook_house.review.services import answer

        wanted = set(options.findings)
        waiting = [
            (demand, role)
            for demand, role in waiting_for(options.role, desk.situation, desk.history)
            if not wanted or wanted & {demand.id, demand.rule}
        ]
        if not waiting:
            raise LastlookError("Nothing waits for that.", remedy="See what does with `lastlook status`.")
        meaning = "dissented" if options.dissent else "approved"
        return [
            answer(desk.place, who.person, who.handle, demand, role=role, meaning=meaning, reason=options.reason)
            for demand, role in waiting
        ]

    return act_each(options, makes)


def run_veto(options: argparse.Namespace) -> int:
    def makes(desk: Desk, who: HandleRow) -> Draft:
        from lastlook_house.review.selectors import veto_of
        from lastlook_house.review.services import lift_veto, veto

        if options.lift:
            return lift_veto(desk.place, who.person, who.handle, veto_of(who.handle, desk.history))
        return veto(desk.place, who.person, who.handle, assets_of(options.assets), options.reason)

    return act(options, makes)


def run_stage(options: argparse.Namespace) -> int:
    def makes(desk: Desk, who: HandleRow) -> Draft:
        from lastlook_house.review.services import hold_stage

        return hold_stage(desk.place, who.person, who.handle, held=options.held == "held", reason=options.reason)

    return act(options, makes)
