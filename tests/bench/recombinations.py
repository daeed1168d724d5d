"""How long a million recombined decisions take to be judged: `make bench-million FILE=…`.

Pictures are put together from the facts of decisions (people of one, products of another, the plan of a third; seeded)
and judged with every bundled pack in two processes; then with ten times the rules, the added ones about kinds of
product and markets that the pictures say they do not have. Only judging is timed: the making of the pictures is not.
Where other programs want the same processors, the clock tells of them too; the time of a processor does not.
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
from tests.bench.added import added_rules
from tests.bench.rulings import Ruling, manifest_of, read_rulings, why_not_scored
from tests.world.campaigns import case_of
from tests.world.rules import bundled

SEED = 2026
BATCH = 2_000
PROCESSES = 2
PARTS = ("people", "products", "props", "appeals", "themes")
ABSENT_CATEGORIES, ABSENT_MARKETS = ("app",), ("BR", "JP", "KR", "MX", "IN", "CN", "CH", "NO")
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


class Share(msgspec.Struct, frozen=True):
    """What one process did. Seconds by the clock and of a processor; memory at its peak in bytes; verdicts."""

    seconds: float
    busy: float
    memory: int
    verdicts: dict[str, int]


def judged(file: Path, number: int, seed: int, times: int) -> Share:
    """Judge so many pictures; `times`: how many times the bundled rules there are in all."""
    cases, chance = cases_in(file), random.Random(seed)
    rules = list(bundled().rules)
    more = added_rules(len(rules) * (times - 1), categories=ABSENT_CATEGORIES, markets=ABSENT_MARKETS)
    judging, markets = Judge(rules + more), bundled().markets()
    verdicts: dict[str, int] = {}
    seconds = busy = 0.0
    for start in range(0, number, BATCH):
        batch = [recombined(cases, chance) for _ in range(min(BATCH, number - start))]
        days = [_day(case) for case in batch]
        begun, begun_busy = time.perf_counter(), time.process_time()
        found = [judge(judging, markets, case, on).verdict.word for case, on in zip(batch, days, strict=True)]
        seconds += time.perf_counter() - begun
        busy += time.process_time() - begun_busy
        for word in found:
            verdicts[word] = verdicts.get(word, 0) + 1
    return Share(seconds, busy, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, verdicts)


def _day(case: Case) -> dt.date:
    flight = case.campaign.fact("flight").standing
    assert isinstance(flight, Span)
    return flight.first


def run(file: Path, number: int, times: int) -> Share:
    """The longest times of a process, the memory of all of them, and the verdicts."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        each = [number // PROCESSES] * PROCESSES
        shares = list(pool.map(judged, [file] * PROCESSES, each, range(SEED, SEED + PROCESSES), [times] * PROCESSES))
    verdicts = {
        word: sum(share.verdicts.get(word, 0) for share in shares) for word in ("stopped", "undecided", "clear")
    }
    return Share(
        max(share.seconds for share in shares),
        max(share.busy for share in shares),
        sum(share.memory for share in shares),
        verdicts,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--pictures", type=int, default=1_000_000)
    options = parser.parse_args()
    rules = len(bundled().rules)
    decisions = len(cases_in(options.file))
    print(f"{options.pictures:,} pictures from the facts of {decisions} decisions, {PROCESSES} processes")
    first = None
    for times in (1, TIMES):
        share = run(options.file, options.pictures, times)
        first = first or share
        told = ", ".join(f"{count:,} {word}" for word, count in share.verdicts.items())
        print(
            f"  {rules * times:>6,} rules: {share.seconds:6.1f} s judging ({share.busy:.1f} s of a processor in each"
            f" process), {options.pictures / share.seconds:,.0f} pictures/s, {share.memory >> 20} MiB,"
            f" {share.seconds / first.seconds:.2f} times as long ({share.busy / first.busy:.2f} times of a processor)"
            f"\n          {told}",
            flush=True,
        )


if __name__ == "__main__":
    main()
