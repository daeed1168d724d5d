"""`lastlook explain RULE`: the rule's page."""

from __future__ import annotations

import argparse
import sys

from lastlook.cli.options import add_packs, report
from lastlook.errors import LastlookError
from lastlook.packs import read_library
from lastlook.reading.nearest import did_you_mean
from lastlook.reports.plain import plain
from lastlook.reports.rule_page import rule_page


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "explain",
        help="print a rule's page",
        description="What a rule flags, why, what clears it, what it cannot see, and where it is written.",
        allow_abbrev=False,
    )
    parser.add_argument("rule", metavar="RULE", help="a rule id, such as house-pairing")
    add_packs(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    library = read_library(options.pack, with_examples=True)
    rule = library.rule(options.rule)
    if rule is None:
        known = [each.id for each in library.rules]
        raise LastlookError(f"There is no rule `{options.rule}`.", remedy=did_you_mean(options.rule, known))
    sys.stdout.write(plain(rule_page(rule), keep_lines=True))
    return report(library.problems)
