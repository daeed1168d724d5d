"""`lastlook clear|withdraw|render|receipt|bundle|erase|witness`, and `gate` by the house's own record."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from lastlook.clearance.acts import Ground
from lastlook.cli.options import sha256_in, write_bytes_whole
from lastlook.errors import LastlookError
from lastlook.reports.plain import plain
from lastlook_house.cli.acting import (
    Desk,
    act,
    add_campaign,
    add_house,
    add_signing,
    at_desk,
    now,
    opened,
    tell_obstacles,
)

if TYPE_CHECKING:
    from lastlook_house.accounts.models import HandleRow
    from lastlook_house.record.acting import Draft


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    clear = commands.add_parser(
        "clear", help="sign a clearance of what may go, or say what stands in the way", allow_abbrev=False
    )
    add_campaign(clear)
    clear.add_argument("--output", type=Path, metavar="DIR", help="write clearance.dsse and its proofs here")
    clear.add_argument("--all-or-nothing", action="store_true", help="issue nothing where some pictures have to wait")
    clear.set_defaults(run=run_clear)
    withdraw = commands.add_parser("withdraw", help="take pictures back, whatever cleared them", allow_abbrev=False)
    add_campaign(withdraw)
    withdraw.add_argument("files", nargs="+", type=Path, metavar="FILE")
    withdraw.add_argument("--reason", required=True, help="kept beside the record, and can be erased")
    add_signing(withdraw)
    withdraw.set_defaults(run=run_withdraw)
    render = commands.add_parser("render", help="record that one file was made from another", allow_abbrev=False)
    add_campaign(render)
    render.add_argument("parent", type=Path, metavar="PARENT")
    render.add_argument("child", type=Path, metavar="CHILD")
    render.add_argument("--recipe", required=True, help="how: “1080 px wide, sRGB, JPEG 85”")
    render.set_defaults(run=run_render)
    receipt = commands.add_parser(
        "receipt", help="what the record says in one person's name, for them to keep", allow_abbrev=False
    )
    add_campaign(receipt)
    receipt.add_argument("handle", nargs="?", metavar="HANDLE")
    receipt.add_argument("--seal", action="store_true", help="seal the record first: every right, every handle")
    receipt.add_argument("--output", type=Path, metavar="FILE")
    receipt.set_defaults(run=run_receipt)
    bundle = commands.add_parser("bundle", help="the whole record of a campaign in one file", allow_abbrev=False)
    add_campaign(bundle)
    bundle.add_argument("--output", type=Path, required=True, metavar="FILE")
    bundle.set_defaults(run=run_bundle)
    report = commands.add_parser(
        "report", help="a page on who decided, who looked and who answered, per picture", allow_abbrev=False
    )
    add_campaign(report)
    report.add_argument("--output", type=Path, required=True, metavar="FILE")
    report.set_defaults(run=run_report)
    erase = commands.add_parser("erase", help="destroy what the record keeps of a person", allow_abbrev=False)
    add_campaign(erase)
    erase.add_argument("handle", metavar="HANDLE")
    erase.add_argument("--ground", choices=get_args(Ground), default="request")
    erase.add_argument("--yes", action="store_true", help="it cannot be undone; do it all the same")
    erase.set_defaults(run=run_erase)
    witness = commands.add_parser("witness", help="exchange checkpoints with a witness", allow_abbrev=False)
    add_house(witness)
    witness.add_argument("--give", type=Path, metavar="FILE", help="write the newest checkpoint here, to be cosigned")
    witness.add_argument("--since", type=int, metavar="SIZE", help="with a proof from the size the witness knows")
    witness.add_argument("--take", type=Path, metavar="FILE", help="read a cosigned checkpoint")
    witness.add_argument("--key", metavar="VKEY", help="the witness's key")
    witness.set_defaults(run=run_witness)

    gate = commands.choices["gate"]
    add_house(gate)
    gate.set_defaults(run=run_gate)


def run_gate(options: argparse.Namespace) -> int:
    """By files where a clearance is named, else by the house's own record."""
    from lastlook.cli import gate as by_files

    if options.clearance is not None:
        return by_files.run(options)
    house = opened(options)
    from lastlook_house.publishing.selectors import gate_of_house

    outcome = gate_of_house(house, by_files.wanted(options), options.at or now())
    return by_files.told(outcome, str(options.file))


def run_clear(options: argparse.Namespace) -> int:
    """Exit 0 if everything was cleared, 3 if only a part, 1 if nothing."""
    from lastlook.clearance.clearing import Cleared
    from lastlook.cli.verify import HOUSE_PROOF, PROOF

    desk = at_desk(options)
    from lastlook_house.publishing.selectors import outcome_of, proofs_of

    outcome = outcome_of(desk.campaign, desk.situation, desk.history)
    tell_obstacles(outcome)
    if not isinstance(outcome, Cleared) or (outcome.waiting and options.all_or_nothing):
        print("Nothing was cleared.")
        return 1
    from lastlook_house.publishing.services import issue_clearance

    row = issue_clearance(desk.place, outcome)
    print(plain(f"Cleared: {outcome.words} ({outcome.until_because})"))
    if options.output is not None:
        proofs = proofs_of(desk.place.house, desk.campaign, row.entry)
        options.output.mkdir(parents=True, exist_ok=True)
        for name, data in (
            ("clearance.dsse", bytes(row.envelope)),
            (f"clearance.dsse{PROOF}", proofs.campaign),
            (f"clearance.dsse{HOUSE_PROOF}", proofs.house),
        ):
            write_bytes_whole(options.output / name, [data])
    return 3 if outcome.waiting else 0


def run_withdraw(options: argparse.Namespace) -> int:
    pictures = tuple(dict.fromkeys(sha256_in(file) for file in options.files))

    def makes(desk: Desk, who: HandleRow) -> Draft:
        from lastlook_house.publishing.services import withdraw

        return withdraw(desk.place, who, pictures, options.reason)

    return act(options, makes)


def run_render(options: argparse.Namespace) -> int:
    desk = at_desk(options)
    from lastlook_house.publishing.services import record_rendition

    leaf = record_rendition(
        desk.place, parent=sha256_in(options.parent), child=sha256_in(options.child), recipe=options.recipe
    )
    print(f"recorded {leaf}")
    return 0


def run_receipt(options: argparse.Namespace) -> int:
    desk = at_desk(options)
    from lastlook_house.publishing.selectors import receipt
    from lastlook_house.publishing.services import seal

    if options.seal:
        seal(desk.place, desk.history, [asset.asset for asset in desk.situation.assets])
        print("The record is sealed.")
    if options.handle is None:
        if not options.seal:
            raise LastlookError("Whose receipt?", remedy="Name a handle, or pass --seal to seal the record.")
        return 0
    if options.output is None:
        raise LastlookError("A receipt is a file.", remedy="Pass --output FILE.")
    write_bytes_whole(options.output, [receipt(desk.place.house, desk.campaign, options.handle).as_bytes])
    print(plain(f"The receipt of {options.handle} is in {options.output}."))
    return 0


def run_bundle(options: argparse.Namespace) -> int:
    house = opened(options)
    from lastlook_house.campaigns.selectors import campaign_named
    from lastlook_house.publishing.selectors import bundle

    made = bundle(house, campaign_named(options.campaign))
    write_bytes_whole(options.output, [made.as_bytes])
    print(plain(f"{len(made.entries)} entries of {made.campaign} are in {options.output}."))
    return 0


def run_report(options: argparse.Namespace) -> int:
    desk = at_desk(options)
    from lastlook_house.publishing.accountability import accountability
    from lastlook_house.publishing.selectors import outcome_of
    from lastlook_house.record.selectors import disclosures_of

    outcome = outcome_of(desk.campaign, desk.situation, desk.history)
    page = accountability(
        desk.situation, desk.history, outcome, disclosures_of(desk.place.log), desk.campaign.ident
    )  # fmt: skip
    write_bytes_whole(options.output, [page.encode()])
    print(plain(f"The report is in {options.output}."))
    return 0


def run_erase(options: argparse.Namespace) -> int:
    if not options.yes:
        raise LastlookError("What is erased is gone for good.", remedy="Pass --yes if that is meant.")
    desk = at_desk(options)
    from lastlook_house.publishing.services import erase_person

    number = erase_person(desk.place, options.handle, options.ground)
    print(f"{number} values are destroyed, and the record says so.")
    return 0


def run_witness(options: argparse.Namespace) -> int:
    house = opened(options)
    from lastlook.evidence.notes import read_vkey
    from lastlook_house.publishing.services import add_cosignature
    from lastlook_house.record.selectors import checkpoint_of, consistency_of, size_of
    from lastlook_house.record.services import house_log

    if options.give is not None:
        log = house_log(house)
        note, size = checkpoint_of(log), size_of(log)
        if note is None:
            raise LastlookError("Nothing is in the record yet.", remedy="Import a campaign first.")
        if options.since is not None and not 1 <= options.since <= size:
            raise LastlookError(f"The log has {size} entries.", remedy="Ask the witness which size it knows.")
        write_bytes_whole(options.give, [note])
        print(plain(f"The checkpoint of size {size} is in {options.give}."))
        if options.since is not None:
            from lastlook.evidence.signing import to_base64

            for each in consistency_of(log, options.since, size):
                print(to_base64(each))
    if options.take is not None:
        if not options.key:
            raise LastlookError("Whose cosignature is it?", remedy="Pass --key with the witness's key.")
        size = add_cosignature(house.origin, options.take.read_bytes(), read_vkey(options.key))
        print(f"The cosignature over size {size} is kept.")
    if options.give is None and options.take is None:
        raise LastlookError("Nothing was asked.", remedy="Pass --give FILE or --take FILE.")
    return 0
