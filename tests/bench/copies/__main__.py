"""`make bench-copies`: recall by family, false matches by tier, relations and speed, beside the well-known ways.

Writes `docs/copies-bench.md` with `--write`. `--every N`: one in N of all edited copies; `--distractors N`: random
ones.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from lastlook.matching.copies import Finder, Match
from lastlook.matching.fingerprint import fingerprint
from tests.bench.copies import peers, world
from tests.bench.copies.table import Outcome, Speed, table

PAGE = Path(__file__).parents[3] / "docs" / "copies-bench.md"
SLOW_PEERS_EVERY = 40  # queries; crop-resistant hashes and plain ORB take too long for all of them


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--split", choices=("calibration", "test"), default="test")
    parser.add_argument("--every", type=int, default=4)
    parser.add_argument("--distractors", type=int, default=5000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    run = Run(options.split)
    for number, query in enumerate(world.queries(run.found, options.every)):
        run.ask_copy(number, query)
        if number % 500 == 0:
            print(f"{number} queries", flush=True)
    for number, distractor in enumerate(world.distractors(run.found, options.distractors, options.split)):
        run.ask_other(number, distractor)
        if number % 1000 == 0:
            print(f"{number} distractors", flush=True)
    page = table(run.result())
    print(page)
    if options.write:
        PAGE.write_text(page, encoding="utf-8")


class Run:
    """One run: what is looked for, made ready by us and by the peers, and what came out so far."""

    def __init__(self, split: world.Split) -> None:
        self.found = world.originals(split)
        self.looked_for = [*self.found, *world.things()]
        data = [one.data for one in self.looked_for]
        started = time.perf_counter()
        sisters = [fingerprint(each) for each in world.sisters(self.found)]
        self.finder = Finder([fingerprint(each) for each in data], sisters)
        self.ready = time.perf_counter() - started
        self.pdq, self.phash = peers.Pdq(data), peers.Perceptual(data)
        self.slow: dict[str, peers.Peer] = {
            "crop-resistant hash": peers.CropResistant(data),
            "plain ORB and RANSAC": peers.PlainOrb(data),
        }
        digest = world.manifest_digest(self.found)
        self.outcome = Outcome(split=split, digest=digest, originals=len(self.looked_for))
        self.ours_ms: list[float] = []
        self.pdq_ms: list[float] = []
        self.scores: dict[str, list[tuple[str, int]]] = defaultdict(list)  # family, distance to the right original
        self.others: dict[str, list[int]] = defaultdict(list)  # distances of what is no copy

    def ask_copy(self, number: int, query: world.Query) -> None:
        begun = time.perf_counter()
        matches = self.finder.find(query.data)
        self.ours_ms.append((time.perf_counter() - begun) * 1e3)
        begun = time.perf_counter()
        plain, turned = self.pdq.distances(self.pdq.hash(query.data))
        self.pdq_ms.append((time.perf_counter() - begun) * 1e3)
        family, right = query.edit.family, query.original
        self.scores["PDQ"].append((family, int(plain[right])))
        self.scores["PDQ in eight orientations"].append((family, int(turned[right])))
        self.scores["pHash 16x16"].append((family, int(self.phash.distances(query.data)[right])))
        if number % SLOW_PEERS_EVERY == 0:
            for name, peer in self.slow.items():
                self.scores[name].append((family, int(peer.distances(query.data)[right])))
        _add(self.outcome, query, matches, self.looked_for)

    def ask_other(self, number: int, distractor: world.Distractor) -> None:
        begun = time.perf_counter()
        matches = self.finder.find(distractor.data)
        if distractor.tier == "random":
            self.outcome.distractor_ms.append((time.perf_counter() - begun) * 1e3)
            plain, turned = self.pdq.distances(self.pdq.hash(distractor.data))
            self.others["PDQ"].append(int(plain.min()))
            self.others["PDQ in eight orientations"].append(int(turned.min()))
            self.others["pHash 16x16"].append(int(self.phash.distances(distractor.data).min()))
            if number % (4 * SLOW_PEERS_EVERY) == 0:
                for name, peer in self.slow.items():
                    self.others[name].append(int(peer.distances(distractor.data).min()))
        copies = [match for match in matches if match.copy]
        self.outcome.negatives[distractor.tier].append(_judged(copies))
        if copies:
            told = [(self.looked_for[m.original].name, m.relation, m.score, m.review, m.discounted) for m in copies]
            print("NOT A COPY", distractor.tier, distractor.name, told, flush=True)

    def result(self) -> Outcome:
        for name, scores in self.scores.items():
            self.outcome.peers[name] = _at_best(scores, self.others[name])
        self.outcome.peers["PDQ at 31"] = _recall(self.scores["PDQ"], 31)
        ours, theirs = float(np.mean(self.ours_ms)), float(np.mean(self.pdq_ms))
        self.outcome.speed = Speed(ours, float(np.median(self.ours_ms)), theirs, self.ready)
        return self.outcome


def _add(outcome: Outcome, query: world.Query, matches: tuple[Match, ...], looked_for: list[world.Original]) -> None:
    right = [match for match in matches if match.original == query.original and match.copy]
    outcome.hits[query.edit.family].append((query.edit.strength, bool(right), bool(right) and not right[0].review))
    if right:
        outcome.relations[tuple(sorted(query.edit.relation))][right[0].relation] += 1
    else:
        outcome.missed.append(f"{query.edit.name}: {looked_for[query.original].name}")
    others = [match for match in matches if match.original != query.original and match.copy]
    outcome.negatives["another original than the one edited"].append(_judged(others))
    if others:
        print("ANOTHER", query.edit.name, looked_for[query.original].name,
              [(looked_for[m.original].name, m.relation, m.score, m.review) for m in others], flush=True)  # fmt: skip


def _judged(copies: Iterable[Match]) -> str:
    called = list(copies)
    return "" if not called else "review" if all(match.review for match in called) else "copy"


def _at_best(scores: list[tuple[str, int]], others: list[int]) -> tuple[int, float, float]:
    """Threshold at which no random distractor matches, and recall there: macro over families, and of the worst one."""
    return _recall(scores, min(others) - 1)


def _recall(scores: list[tuple[str, int]], threshold: int) -> tuple[int, float, float]:
    by_family: dict[str, list[bool]] = defaultdict(list)
    for family, score in scores:
        by_family[family].append(score <= threshold)
    shares = [float(np.mean(hits)) for hits in by_family.values()]
    return threshold, float(np.mean(shares)), min(shares)


if __name__ == "__main__":
    main()
