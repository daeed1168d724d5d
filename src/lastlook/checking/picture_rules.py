"""The asset-scope rules of all packs in use, made ready to be asked of a picture all at once.

A set of rules is a whole number, as in `rules/recall.py`. Its numbers are not those of the rules alone: of a document
rule with several subjects the rest of its condition has a number too, just before the rule's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from lastlook.checking.applicability import Applying, Outings, outings_of
from lastlook.checking.demands import Answer, Asked, DocumentRule
from lastlook.checking.result import Verdict
from lastlook.checking.weights import weight_of
from lastlook.facts.element import Element
from lastlook.facts.truth import TRUE, UNKNOWN, Truth
from lastlook.rules.conditions import AllOf, Condition, Some
from lastlook.rules.recall import Look, Recall
from lastlook.rules.rule import Rule


class Sight(msgspec.Struct, frozen=True):
    """One picture as the rules see it.

    possible   the rules that are not false here: their condition, and that they apply at all
    sure       those that are true; `applies` those whose territory and in-force time are surely met
    """

    look: Look
    outings: Outings
    possible: int
    sure: int
    applies: int

    def truth(self, number: int) -> Truth:
        """Of a rule that is possible."""
        return TRUE if self.sure >> number & 1 else UNKNOWN

    def applying(self, number: int) -> Truth:
        """Of a rule that is possible."""
        return TRUE if self.applies >> number & 1 else UNKNOWN


class PictureRules:
    """Rules by number, and `demands` the same for those that ask for a document.

    somes      of a document rule with several subjects: the number of the `some` that picks them
    stopping   the rules without a document that stop a picture they are true of; `advice` those that never do anything
    by_some    for each of those: its number, the name of its list, and the rules that pick their subjects by it
    of_one     those that ask for a document of one thing; `of_subjects` those that ask for one of each subject
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules: dict[int, Rule] = {}
        self.demands: dict[int, DocumentRule | None] = {}
        self.somes: dict[int, int] = {}
        conditions: list[Condition] = []
        somes: dict[Some, int] = {}
        for rule in rules:
            demand = None if rule.document is None else DocumentRule(rule, rule.document)
            if demand is not None and demand.split is not None:
                rest, some = demand.split
                conditions.append(AllOf(rest))
                self.somes[len(conditions)] = somes.setdefault(some, len(somes))
            self.rules[len(conditions)], self.demands[len(conditions)] = rule, demand
            conditions.append(rule.condition)
        self.recall = Recall(conditions, tuple(somes))
        rests = {number - 1: self.rules[number] for number in self.somes}  # asked where the rule is
        self._applying = Applying(self.rules | rests)
        self._every = sum(1 << number for number in self.rules)
        self.stopping = self._those(lambda rule: not rule.document and weight_of(rule.effect, TRUE) is Verdict.STOPPED)
        self.advice = self._those(lambda rule: rule.effect == "advise")
        self.by_some = tuple(
            (number, some.name, sum(1 << rule for rule, of in self.somes.items() if of == number))
            for some, number in somes.items()
        )
        self.of_subjects = sum(1 << number for number in self.somes)
        self.of_one = self._those(lambda rule: rule.document is not None) & ~self.of_subjects

    def _those(self, are: Callable[[Rule], bool]) -> int:
        return sum(1 << number for number, rule in self.rules.items() if are(rule))

    def see(self, asset: Element, campaign: Element) -> Sight:
        """What all rules come to for a picture, documents left aside."""
        outings = outings_of(asset, campaign)
        may_apply, applies = self._applying.to(outings)
        look = self.recall.look(asset, campaign, may_apply)
        return Sight(look, outings, look.possible & self._every, look.sure & applies & self._every, applies)

    def answers(self, demand: DocumentRule, number: int, asked: Asked, seen: Sight) -> Iterator[Answer]:
        """What a document rule that is possible comes to for a picture."""
        if demand.split is None:
            return demand.answers(asked, seen.truth(number), ())
        rest = TRUE if asked.applies is TRUE and seen.look.sure >> number - 1 & 1 else UNKNOWN
        return demand.answers(asked, rest, self.recall.members(self.somes[number], seen.look))
