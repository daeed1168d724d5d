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
from tests.bench.copies.edits import EDITS
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

    found = world.originals(options.split)
    looked_for = [*found, *world.things()]
    data = [one.data for one in looked_for]
    started = time.perf_counter()
    finder = Finder([fingerprint(each) for each in data], [fingerprint(each) for each in world.sisters(found)])
    ready = time.perf_counter() - started
    pdq, phash = peers.Pdq(data), peers.Perceptual(data)
    slow: dict[str, peers.Peer] = {
        "crop-resistant hash": peers.CropResistant(data),
        "plain ORB and RANSAC": peers.PlainOrb(data),
    }

    outcome = Outcome(split=options.split, digest=world.manifest_digest(found), originals=len(looked_for))
    ours_ms: list[float] = []
    pdq_ms: list[float] = []
    scores: dict[str, list[tuple[str, int]]] = defaultdict(list)  # peer: (family, distance to the right one)
    worst: dict[str, list[int]] = defaultdict(list)  # peer: distances of what is no copy
    for number, query in enumerate(world.queries(found, options.every)):
        begun = time.perf_counter()
        matches = finder.find(query.data)
        ours_ms.append((time.perf_counter() - begun) * 1e3)
        begun = time.perf_counter()
        hashed = pdq.hash(query.data)
        plain, turned = pdq.distances(hashed)
        pdq_ms.append((time.perf_counter() - begun) * 1e3)
        family = query.edit.family
        scores["PDQ"].append((family, int(plain[query.original])))
        scores["PDQ in eight orientations"].append((family, int(turned[query.original])))
        scores["pHash 16x16"].append((family, int(phash.distances(query.data)[query.original])))
        if number % SLOW_PEERS_EVERY == 0:
            for name, peer in slow.items():
                scores[name].append((family, int(peer.distances(query.data)[query.original])))
        _add(outcome, query, matches, looked_for)
        if number % 500 == 0:
            print(f"{number} queries", flush=True)
    for number, distractor in enumerate(world.distractors(found, options.distractors, options.split)):
        begun = time.perf_counter()
        matches = finder.find(distractor.data)
        if distractor.tier == "random":
            outcome.distractor_ms.append((time.perf_counter() - begun) * 1e3)
            plain, turned = pdq.distances(pdq.hash(distractor.data))
            worst["PDQ"].append(int(plain.min()))
            worst["PDQ in eight orientations"].append(int(turned.min()))
            worst["pHash 16x16"].append(int(phash.distances(distractor.data).min()))
            if number % (4 * SLOW_PEERS_EVERY) == 0:
                for name, peer in slow.items():
                    worst[name].append(int(peer.distances(distractor.data).min()))
        copies = [match for match in matches if match.copy]
        outcome.negatives[distractor.tier].append(_judged(copies))
        if copies:
            print("NOT A COPY", distractor.tier, distractor.name, [(looked_for[m.original].name, m.relation, m.score, m.review,
                  m.coverage_original, m.discounted) for m in copies], flush=True)  # fmt: skip
        if number % 1000 == 0:
            print(f"{number} distractors", flush=True)
    for name, all_scores in scores.items():
        outcome.peers[name] = _at_best(all_scores, worst[name])
    outcome.peers["PDQ at 31"] = _recall(scores["PDQ"], 31)
    outcome.speed = Speed(float(np.mean(ours_ms)), float(np.median(ours_ms)), float(np.mean(pdq_ms)), ready)
    page = table(outcome)
    print(page)
    if options.write:
        PAGE.write_text(page, encoding="utf-8")


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
    assert len({edit.family for edit in EDITS}) >= 30
    main()
