"""Rules added to those in use, about kinds of product and markets that the documents of a bench do not have."""

from __future__ import annotations

import random
from collections.abc import Sequence

from lastlook.rules.rule import Rule
from tests.world import read_rules

SEED = 2026


def added_rules(number: int, *, categories: Sequence[str], markets: Sequence[str]) -> list[Rule]:
    """Half about one of these categories of product, half about one of these markets.

    Each has one of 25 in-force dates, as the rules of many codes together have.
    """
    chance = random.Random(SEED)
    rules: list[Rule] = []
    for count in range(number):
        since = {"in_force": {"from": f"{2000 + count % 25}-01-01"}, "id": f"added-{count}", "answered_by": ["legal"]}
        person = {"some": "people", "where": {"age": {"lt": 18 + count % 8}}}
        if count % 2:
            when: object = {"all": [{"some": "products", "where": {"category": chance.choice(categories)}}, person]}
            territories = frozenset({"GB"})
        else:
            when, territories = person, frozenset({markets[count // 2 % len(markets)]})
        read, problems = read_rules({"when": when, "effect": "sign_off", **since}, territories=territories)
        assert not problems, problems
        rules += read
    return rules
