"""How long a million recombined decisions take to be judged: `make bench-million FILE=…`.

Pictures are put together from the facts of decisions (people of one, products of another, the plan of a third; seeded)
and judged with every bundled pack in two processes; then with ten times the rules, the added ones about kinds of
product and markets that the pictures say they do not have. Only judging is timed: the making of the pictures is not.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec

from lastlook.checking.case import Case
from lastlook.checking.examination import judge
from lastlook.checking.judge import Judge
from lastlook.facts.element import Element
from lastlook.reading.kinds import Span
from lastlook.rules.rule import Rule
from tests.bench.rulings import Ruling, manifest_of, read_rulings, why_not_scored
from tests.world import read_rules
from tests.world.campaigns import case_of
from tests.world.rules import bundled

SEED = 2026
BATCH = 2_000
PROCESSES = 2
PARTS = ("people", "products", "props", "appeals", "themes")
ABSENT_CATEGORY, ABSENT_MARKETS = "app", ("BR", "JP", "KR", "MX", "IN", "CN", "CH", "NO")
TIMES = 10


def cases_in(file: Path) -> list[Case]:
    """One case for each decision that can be scored."""
    library = bundled()
    rulings = [ruling for ruling in read_rulings(file) if why_not_scored(ruling, library) is None]
    return [_case(ruling) for ruling in rulings]


def _case(ruling: Ruling) -> Case:
    facts = {**ruling.facts, "products": [p for p in ruling.facts.get("products", []) if p["category"] != "app"]}
    return case_of(manifest_of(ruling, facts))


def recombined(cases: list[Case], chance: random.Random) -> Case:
    """Lists of different decisions in the picture of one, which keeps its place and day."""
    base = chance.choice(cases)
    asset = base.assets[0]
    lists = dict(asset.lists)
    for part in PARTS:
        other = chance.choice(cases).assets[0].lists.get(part)
        if other is None:
            lists.pop(part, None)
        else:
            lists[part] = other
    facts = {
        **asset.facts,
        **{name: fact for name, fact in chance.choice(cases).assets[0].facts.items() if "." in name},
    }
    picture = msgspec.structs.replace(asset, lists=lists, facts=facts)
    return _with(base, picture)


def _with(case: Case, picture: Element) -> Case:
    listing = msgspec.structs.replace(case.campaign.listing("assets"), members=(picture,))
    campaign = msgspec.structs.replace(case.campaign, lists={**case.campaign.lists, "assets": listing})
    return msgspec.structs.replace(case, campaign=campaign, assets=(picture,))


def added_rules(number: int) -> list[Rule]:
    """Rules about a kind of product that no picture has, and about markets to which none goes."""
    rules: list[Rule] = []
    for count in range(number):
        since = {"in_force": {"from": f"{2000 + count % 25}-01-01"}, "id": f"added-{count}", "answered_by": ["legal"]}
        person = {"some": "people", "where": {"age": {"lt": 18 + count % 8}}}
        if count % 2:
            when: object = {"all": [{"some": "products", "where": {"category": ABSENT_CATEGORY}}, person]}
            territories = frozenset({"GB"})
        else:
            when, territories = person, frozenset({ABSENT_MARKETS[count // 2 % len(ABSENT_MARKETS)]})
        read, problems = read_rules({"when": when, "effect": "sign_off", **since}, territories=territories)
        assert not problems, problems
        rules += read
    return rules


class Share(msgspec.Struct, frozen=True):
    """What one process did. Seconds; memory at its peak in bytes; how many of each verdict."""

    seconds: float
    memory: int
    verdicts: dict[str, int]


def judged(file: Path, number: int, seed: int, times: int) -> Share:
    """Judge so many pictures; `times`: how many times the bundled rules there are in all."""
    cases, chance = cases_in(file), random.Random(seed)
    rules = list(bundled().rules)
    judging, markets = Judge(rules + added_rules(len(rules) * (times - 1))), bundled().markets()
    verdicts: dict[str, int] = {}
    seconds = 0.0
    for start in range(0, number, BATCH):
        batch = [recombined(cases, chance) for _ in range(min(BATCH, number - start))]
        days = [_day(case) for case in batch]
        begun = time.perf_counter()
        found = [judge(judging, markets, case, on).verdict.word for case, on in zip(batch, days, strict=True)]
        seconds += time.perf_counter() - begun
        for word in found:
            verdicts[word] = verdicts.get(word, 0) + 1
    return Share(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, verdicts)


def _day(case: Case) -> dt.date:
    flight = case.campaign.fact("flight").standing
    assert isinstance(flight, Span)
    return flight.first


def run(file: Path, number: int, times: int) -> tuple[float, int, dict[str, int]]:
    """The longest time of a process, the memory of all of them, and the verdicts."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        each = [number // PROCESSES] * PROCESSES
        shares = list(pool.map(judged, [file] * PROCESSES, each, range(SEED, SEED + PROCESSES), [times] * PROCESSES))
    verdicts = {
        word: sum(share.verdicts.get(word, 0) for share in shares) for word in ("stopped", "undecided", "clear")
    }
    return max(share.seconds for share in shares), sum(share.memory for share in shares), verdicts


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--pictures", type=int, default=1_000_000)
    options = parser.parse_args()
    rules = len(bundled().rules)
    decisions = len(cases_in(options.file))
    print(f"{options.pictures:,} pictures from the facts of {decisions} decisions, {PROCESSES} processes")
    base = None
    for times in (1, TIMES):
        seconds, memory, verdicts = run(options.file, options.pictures, times)
        base = base or seconds
        told = ", ".join(f"{count:,} {word}" for word, count in verdicts.items())
        print(
            f"  {rules * times:>6,} rules: {seconds:6.1f} s judging, {options.pictures / seconds:,.0f} pictures/s,"
            f" {memory >> 20} MiB, {seconds / base:.2f} times as long ({told})"
        )


if __name__ == "__main__":
    main()
