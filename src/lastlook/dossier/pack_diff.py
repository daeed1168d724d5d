"""What two versions of a pack tell differently: rules that came, went or changed, and campaigns judged otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from lastlook.checking.case import Case
from lastlook.checking.judge import Judge
from lastlook.dossier.folder import read_folder
from lastlook.dossier.rule_examples import cases_of, day_of
from lastlook.facts.truth import TRUE
from lastlook.packs import Pack
from lastlook.rules.rule import Rule

_PARTS = {  # parts of a rule that change what it does, and what each is called
    "effect": "effect", "condition": "when", "scope": "scope", "in_force": "in_force", "document": "document",
    "answered_by": "answered_by", "waivable_by": "waivable_by", "territories": "territories", "profile": "profile",
    "confidence": "confidence", "safeguards_children": "safeguards_children",
}  # fmt: skip
WORDS_ALONE = ("words or examples",)


class Changed(msgspec.Struct, frozen=True):
    """A rule that both versions have. `parts`: what of it changed, as a rule file names it."""

    rule: str
    parts: tuple[str, ...]


class Judged(msgspec.Struct, frozen=True):
    """A campaign that the two versions judge differently: engaged rules of the one that the other does not engage so.

    A rule that cannot tell is left out: the examples of other rules say too little for most of them.
    """

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class PackDiff(msgspec.Struct, frozen=True):
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]
    judged: tuple[Judged, ...]
    campaigns: int  # how many were judged by both


def diff(before: Pack, after: Pack, folders: Sequence[Path] = ()) -> PackDiff:
    """`folders`: campaigns to judge by both, beside the examples of all their rules.

    Raises LastlookError for a folder that holds no campaign.
    """
    old, new = ({rule.id: rule for rule in pack.rules} for pack in (before, after))
    changed = [Changed(name, _parts(old[name], new[name])) for name in old if name in new]
    campaigns = [*_examples(before), *_examples(after), *((str(each), [read_folder(each)]) for each in folders)]
    seen: dict[str, Judged] = {}
    judges = Judge(list(before.rules)), Judge(list(after.rules))
    for name, cases in campaigns:
        one, other = (_told(judging, cases) for judging in judges)
        if one != other:
            seen.setdefault(name, Judged(name, tuple(sorted(one - other)), tuple(sorted(other - one))))
    return PackDiff(
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        changed=tuple(each for each in changed if each.parts),
        judged=tuple(seen.values()),
        campaigns=len({name for name, _ in campaigns}),
    )


def _parts(old: Rule, new: Rule) -> tuple[str, ...]:
    parts = tuple(called for name, called in _PARTS.items() if getattr(old, name) != getattr(new, name))
    return parts or (() if old.digest == new.digest else WORDS_ALONE)


def _examples(pack: Pack) -> Iterator[tuple[str, list[Case]]]:
    for rule in pack.rules:
        for kind, examples in (("flags", rule.flags), ("passes", rule.passes), ("cannot_tell", rule.cannot_tell)):
            for example in examples:
                cases = cases_of(example, rule)
                if not any(case.problems for case in cases):
                    yield f"{rule.id}, {kind}: {example.why}", cases


def _told(judging: Judge, cases: Sequence[Case]) -> set[str]:
    """Each rule that is engaged, with its effect."""
    outcomes = list(judging.concurrent_outcomes(cases))
    for case in cases:
        on = day_of(case)
        outcomes += judging.wider_outcomes(case, on)
        outcomes += [found for asset in case.assets for found in judging.asset_outcomes(asset, case, on)]
    return {f"{each.rule.id} ({each.rule.effect})" for each in outcomes if each.truth is TRUE}
