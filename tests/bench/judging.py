"""How many documents a second are judged: `judge(document) → verdict, engaged rules, missing facts`.

Measured in one process, in turns, so that whatever else the machine does meets all alike:

* with the flagship rules;
* with 1,000 added rules about products and markets that the documents say they do not have;
* the same rules, each evaluated for every picture and nothing remembered: what remembering is worth;
* the named peer: one hand-written Python function that answers the pairing question alone, on the same documents.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import time
from collections.abc import Callable, Iterator

from lastlook.campaigns import vocabulary as v
from lastlook.checking.applicability import applies, outings_of
from lastlook.checking.case import Case
from lastlook.checking.examination import Judgement, judge
from lastlook.checking.judge import Judge
from lastlook.facts.element import Element
from lastlook.facts.truth import FALSE
from lastlook.facts.values import NOT_KNOWN, Ages
from lastlook.rules.evaluation import compiled
from lastlook.rules.rule import Rule
from tests.bench.added import added_rules
from tests.world import a_campaign, an_asset
from tests.world.rules import bundled

ON = dt.date(2026, 11, 24)
SEED = 2026
ORDINARY = ("apparel", "footwear", "accessory", "toy", "homeware", "beauty", "food")
ABSENT = tuple(code for code in v.PRODUCT_CATEGORIES if code not in ORDINARY)
ELSEWHERE = (
    "AU",
    "AT",
    "BE",
    "BR",
    "CA",
    "CH",
    "CN",
    "CZ",
    "DK",
    "ES",
    "FI",
    "GR",
    "IE",
    "IN",
    "IT",
    "JP",
    "KR",
    "MX",
    "NL",
    "NO",
)


def documents(number: int) -> list[Case]:
    """Campaigns of one picture: ordinary products, people of all ages, one picture in ten with something unknown."""
    chance = random.Random(SEED)
    return [_document(chance) for _ in range(number)]


def _document(chance: random.Random) -> Case:
    people = [
        {
            "age": chance.randint(3, 70),
            "appears": chance.choice(("child_0_12", "young_18_24", "adult_25_plus", "adult_25_plus")),
            "prominence": chance.choice(v.PROMINENCE),
            "portrayal": "none",
        }
        for _ in range(chance.randint(0, 3))
    ]
    products = [
        {
            "category": chance.choice(ORDINARY),
            "audience": chance.choice(("general", "general", "adults")),
            "styled_as": "none",
        }
        for _ in range(chance.randint(1, 2))
    ]
    shows: dict[str, object] = {
        "people": people,
        "products": products,
        "props": chance.choice((["food"], ["toy", "animal"], ["adult_themed_accessory"], "none")),
        "settings": [chance.choice(v.SETTINGS)],
        "themes": "none",
        "legible": "none",
    }
    if chance.random() < 0.1:
        del shows[chance.choice(("people", "props", "legible", "themes"))]
    return a_campaign(an_asset(shows=shows))


def each_by_itself(rules: list[Rule]) -> Callable[[Case], int]:
    """The engaged and undecided rules of a document, every rule evaluated."""
    ready = [(rule, compiled(rule.condition)) for rule in rules if rule.scope == "asset"]

    def count(case: Case) -> int:
        found = 0
        for asset in case.assets:
            outings = outings_of(asset, case.campaign)
            for rule, evaluate in ready:
                if applies(rule.territories, rule.in_force, outings) is not FALSE:
                    found += evaluate(asset, asset, case.campaign) is not FALSE
        return found

    return count


def pairing_by_hand(case: Case) -> bool | None:
    """The peer: a child or somebody who seems one, with an adult-themed prop or product. None: cannot tell."""
    (asset,) = case.assets
    return _both(_some_young(asset), _adult_themed(asset))


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _some_young(asset: Element) -> bool | None:
    listing = asset.lists.get("people")
    if listing is None:
        return None
    found: bool | None = False if listing.complete else None
    for person in listing.members:
        for name in ("age", "appears"):
            fact = person.facts.get(name)
            if fact is None or fact.standing is NOT_KNOWN or not isinstance(fact.standing, Ages):
                found = None
            elif fact.standing.high < 18:
                return True
            elif fact.standing.low < 18:
                found = None
    return found


def _adult_themed(asset: Element) -> bool | None:
    props = asset.lists.get("props")
    themed = frozenset({"adult_themed_accessory", "restraint", "lingerie"})
    if props is not None and not props.codes.isdisjoint(themed):
        return True
    products = asset.lists.get("products")
    if props is None or products is None:
        return None
    return any(product.listing("styled_as").codes & themed for product in products.members)


def seconds(run: Callable[[Case], object], cases: list[Case]) -> float:
    start = time.perf_counter()
    for case in cases:
        run(case)
    return time.perf_counter() - start


def measured(runs: dict[str, Callable[[Case], object]], cases: list[Case], turns: int) -> Iterator[tuple[str, float]]:
    """Median documents a second of each run, the runs taking turns."""
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(turns):
        for name, run in runs.items():
            rates[name].append(len(cases) / seconds(run, cases))
    yield from ((name, statistics.median(found)) for name, found in rates.items())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.judging", description=__doc__)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--turns", type=int, default=7)
    options = parser.parse_args()
    cases = documents(options.documents)
    flagship = list(bundled().rules)
    many = flagship + added_rules(1_000, categories=ABSENT, markets=ELSEWHERE)
    markets = bundled().markets()
    few_judge, many_judge = Judge(flagship), Judge(many)

    def with_few(case: Case) -> Judgement:
        return judge(few_judge, markets, case, ON)

    def with_many(case: Case) -> Judgement:
        return judge(many_judge, markets, case, ON)

    assert [with_few(case) for case in cases] == [with_many(case) for case in cases], "the added rules say nothing"
    verdicts = [with_few(case).verdict.word for case in cases]
    runs: dict[str, Callable[[Case], object]] = {
        f"judge, {len(flagship)} rules": with_few,
        f"judge, {len(many)} rules": with_many,
        f"each of {len(many)} rules by itself": each_by_itself(many),
        "peer: the pairing rule alone, by hand": pairing_by_hand,
    }
    told = ", ".join(f"{verdicts.count(word)} {word}" for word in ("stopped", "undecided", "clear"))
    print(f"{len(cases)} documents ({told}), median of {options.turns} turns")
    rates = dict(measured(runs, cases, options.turns))
    for name, rate in rates.items():
        print(f"  {name:<42}{rate:>10,.0f} documents/s")
    few, lots, direct, peer = rates.values()
    print(f"  with 1,000 added rules a document takes {few / lots:.2f} times as long (aim: less than 2)")
    print(f"  each by itself, they take {few / direct:.1f} times as long (conditions alone, no missing facts)")
    print(f"  the peer answers one rule of {len(flagship)} in {few / peer:.3f} of the time")


if __name__ == "__main__":
    main()
