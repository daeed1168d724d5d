"""`lastlook person|grant`: who is who in a campaign, and what they may do."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import get_args

from lastlook.campaigns.vocabulary import ANSWERING_ROLES, DECISION_RIGHTS
from lastlook.clearance.acts import Vouching
from lastlook.cli.options import day
from lastlook_house.cli.acting import add_campaign, at_place


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    person = commands.add_parser(
        "person", help="give somebody a handle in a campaign, and believe their key", allow_abbrev=False
    )
    add_campaign(person)
    person.add_argument("handle", metavar="HANDLE", help="what the record calls them: p1")
    person.add_argument("--name", required=True, help="kept beside the record, and can be erased")
    person.add_argument("--key", type=Path, metavar="FILE", help="their public SSH key; without one they cannot sign")
    person.add_argument(
        "--how",
        choices=get_args(Vouching),
        default="in_person",
        help="how you know that it is theirs (default: %(default)s)",
    )
    person.set_defaults(run=run_person)
    grant = commands.add_parser("grant", help="let somebody answer in a role or hold a right", allow_abbrev=False)
    add_campaign(grant)
    grant.add_argument("handle", metavar="HANDLE")
    grant.add_argument("--role", action="append", default=[], choices=ANSWERING_ROLES, help="may be repeated")
    grant.add_argument("--right", action="append", default=[], choices=DECISION_RIGHTS, help="may be repeated")
    grant.add_argument("--from", dest="first", type=day, required=True, metavar="DATE")
    grant.add_argument("--until", type=day, required=True, metavar="DATE")
    grant.add_argument("--authority", help="by what: a contract, an appointment; kept beside the record")
    grant.set_defaults(run=run_grant)


def run_person(options: argparse.Namespace) -> int:
    from lastlook.cli.ssh_signing import key_in

    place = at_place(options)
    from lastlook_house.accounts.services import register_person

    key = key_in(options.key) if options.key else None
    register_person(place, handle=options.handle, name=options.name, key=key, how=options.how)
    print(f"{options.handle} is registered in {place.campaign.ident}{'' if key else ', without a key'}.")
    return 0


def run_grant(options: argparse.Namespace) -> int:
    place = at_place(options)
    from lastlook_house.accounts.services import grant

    leaf = grant(
        place, handle=options.handle, roles=options.role, rights=options.right, first=options.first, last=options.until,
        authority=options.authority,
    )  # fmt: skip
    print(f"recorded {leaf}")
    return 0
