"""`lastlook rules list|show|test|schema`: the rules in use, as data and as pages, and whether their examples hold."""

from __future__ import annotations

import argparse
import json
import sys

from lastlook.cli import explain
from lastlook.cli.options import add_packs, report
from lastlook.dossier.rule_examples import Trial, try_examples
from lastlook.dossier.schema import manifest_schema
from lastlook.errors import LastlookError
from lastlook.packs import Library, read_library
from lastlook.reports.plain import plain
from lastlook.rules.grammar import rule_schema
from lastlook.rules.rule import Rule

FAILED = 1


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("rules", help="list, show and test the rules in use", allow_abbrev=False)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="one line for each rule", allow_abbrev=False)
    listing.add_argument("--format", choices=("text", "json"), default="text")
    listing.set_defaults(run=run_list)
    show = verbs.add_parser("show", help="print a rule's page (the same as `explain`)", allow_abbrev=False)
    show.add_argument("rule", metavar="RULE")
    show.set_defaults(run=explain.run)
    test = verbs.add_parser("test", help="try every example of every rule", allow_abbrev=False)
    test.add_argument("rules", nargs="*", metavar="RULE", help="only these rules")
    test.set_defaults(run=run_test)
    for verb in (listing, show, test):
        add_packs(verb)
    schema = verbs.add_parser(
        "schema", help="print the JSON Schema of a rule file or of campaign.yaml", allow_abbrev=False
    )
    schema.add_argument("of", nargs="?", choices=("rule", "campaign"), default="rule", help="default: %(default)s")
    schema.set_defaults(run=run_schema)


def run_list(options: argparse.Namespace) -> int:
    library = read_library(options.pack)
    if options.format == "json":
        json.dump([_row(rule) for rule in library.rules], sys.stdout, indent=1, ensure_ascii=False)
        print()
    else:
        for pack in library.packs:
            where = ", ".join(sorted(pack.territories)) if pack.territories else "everywhere"
            print(plain(f"{pack.id} {pack.version} ({where}): {pack.title}"))
            for rule in pack.rules:
                print(f"  {rule.id:<25} {rule.effect:<9} {plain(rule.title)}")
    return report(library.problems)


def _row(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "pack": rule.pack,
        "clause": rule.clause,
        "title": rule.title,
        "effect": rule.effect,
        "scope": rule.scope,
        "confidence": rule.confidence,
        "digest": rule.digest,
    }


def run_test(options: argparse.Namespace) -> int:
    library = read_library(options.pack)
    trials = [trial for rule in _chosen(options.rules, library) for trial in try_examples(rule)]
    failed = [trial for trial in trials if not trial.holds]
    for trial in failed:
        print(_failure(trial))
    rules = len({trial.rule for trial in trials})
    print(f"{len(trials)} examples of {rules} rules: {len(trials) - len(failed)} as stated, {len(failed)} not.")
    return report(library.problems) or (FAILED if failed else 0)


def _chosen(wanted: list[str], library: Library) -> tuple[Rule, ...]:
    unknown = [rule_id for rule_id in wanted if library.rule(rule_id) is None]
    if unknown:
        raise LastlookError(f"There is no rule `{unknown[0]}`.", remedy="See `lastlook rules list`.")
    return tuple(rule for rule in library.rules if not wanted or rule.id in wanted)


def _failure(trial: Trial) -> str:
    told = f": {plain(trial.problem)}" if trial.problem else ""
    should = f"{trial.rule} should give `{trial.expected}` and gives `{trial.got}`"
    return f"{trial.source}: {should}{told}\n  {plain(trial.why)}"


def run_schema(options: argparse.Namespace) -> int:
    described = manifest_schema() if options.of == "campaign" else rule_schema(read_library().derived)
    json.dump(described, sys.stdout, indent=1, ensure_ascii=False)
    print()
    return 0
