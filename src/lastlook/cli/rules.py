"""`lastlook rules list|show|test|diff|schema`: rules as data and as pages, tried, and compared with another version."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from lastlook.cli import explain
from lastlook.cli.options import add_packs, report
from lastlook.dossier.rule_examples import Trial, try_examples
from lastlook.dossier.schema import manifest_schema
from lastlook.errors import LastlookError
from lastlook.packs import Library, bundled_pack_folders, read_library, read_packs
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
    differ = verbs.add_parser("diff", help="what two versions of a pack tell differently", allow_abbrev=False)
    differ.add_argument("before", metavar="PACK", help="a pack's folder, or the id of a bundled one")
    differ.add_argument("after", metavar="PACK", help="the other version")
    differ.add_argument(
        "--campaign", type=Path, action="append", default=[], metavar="DIR",
        help="judge this campaign by both as well (may be repeated)",
    )  # fmt: skip
    differ.set_defaults(run=run_diff)
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
    library = read_library(options.pack, with_examples=True)
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
        report(library.problems)  # it may be in a file that could not be read
        raise LastlookError(f"There is no rule `{unknown[0]}`.", remedy="See `lastlook rules list`.")
    return tuple(rule for rule in library.rules if not wanted or rule.id in wanted)


def _failure(trial: Trial) -> str:
    told = f": {plain(trial.problem)}" if trial.problem else ""
    should = f"{trial.rule} should give `{trial.expected}` and gives `{trial.got}`"
    return f"{trial.source}: {should}{told}\n  {plain(trial.why)}"


def run_diff(options: argparse.Namespace) -> int:
    from lastlook.dossier.pack_diff import diff

    libraries = [read_packs([_pack_folder(name)]) for name in (options.before, options.after)]
    for library in libraries:
        if library.problems or not library.packs:
            return report(library.problems)
    before, after = (library.packs[0] for library in libraries)
    found = diff(before, after, options.campaign)
    for pack in (before, after):
        print(plain(f"{pack.id} {pack.version}: {len(pack.rules)} rules, digest {pack.digest}"))
    for word, names in (("added", found.added), ("removed", found.removed)):
        for name in names:
            print(f"  {word:<9} {name}")
    for changed in found.changed:
        print(f"  changed   {changed.rule}: {', '.join(changed.parts)}")
    print(f"\n{len(found.judged)} of {found.campaigns} campaigns would be judged differently.")
    for judged in found.judged:
        print(f"  {plain(judged.name)}")
        for word, told in (("no longer", judged.before), ("now", judged.after)):
            if told:
                print(f"    {word:<9} {', '.join(told)}")
    return 0


def _pack_folder(name: str) -> Path:
    """A folder of that name, else the bundled pack of that id."""
    bundled = {folder.name: folder for folder in bundled_pack_folders()}
    folder = Path(name)
    if folder.is_dir() or name not in bundled:
        return folder
    return bundled[name]


def run_schema(options: argparse.Namespace) -> int:
    described = manifest_schema() if options.of == "campaign" else rule_schema(read_library().every_derived)
    json.dump(described, sys.stdout, indent=1, ensure_ascii=False)
    print()
    return 0
