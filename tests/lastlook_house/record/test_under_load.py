"""Two hundred writers at once, and writers that are killed: no acknowledged entry is lost, and there is no fork."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connections

from lastlook.evidence.checkpoints import read_checkpoint
from lastlook.evidence.log import Frontier
from lastlook.evidence.merkle import leaf_hash
from lastlook_house.campaigns.models import CampaignRow
from lastlook_house.opening import House
from lastlook_house.record.models import CheckpointRow, LogRow
from lastlook_house.record.selectors import entries_of
from lastlook_house.record.services import house_log, open_log

WRITERS, EACH = 200, 3
SEED = 2026

# Writers, each a process of its own: each appends entries one after the other, and says each once it is acknowledged.
CROWD = """
import os, sys
from pathlib import Path
from lastlook_house.opening import open_house
folder, name, writers, each, *campaigns = sys.argv[1:]
house = open_house(Path(folder), os.environ)
from django.db import connections
from lastlook_house.record.models import LogRow
from lastlook_house.record.services import append
logs = {campaign: LogRow.objects.get(campaign__ident=campaign) for campaign in campaigns}
connections.close_all()
begin, begun = os.pipe()
for writer in range(int(writers)):
    if os.fork():
        continue
    os.close(begun)
    os.read(begin, 1)
    log = logs[campaigns[writer % len(campaigns)]]
    for number in range(int(each)):
        entry = f"{name}-{writer}:{number}".encode()
        append(house, log, [entry])
        os.write(1, entry + b"\\n")
    os._exit(0)
os.close(begun)
failed = sum(os.waitstatus_to_exitcode(os.wait()[1]) != 0 for _ in range(int(writers)))
sys.exit(min(failed, 255))
"""


def start(house: House, campaigns: list[str], name: str, *, writers: int, each: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", CROWD, str(house.folder), name, str(writers), str(each), *campaigns]
    return subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)


def campaigns(house: House, number: int) -> list[str]:
    names = [f"campaign-{each}" for each in range(number)]
    for name in names:
        open_log(house, CampaignRow.objects.create(ident=name, salt=b"s" * 32))
    house_log(house)
    connections.close_all()
    return names


def check_whole(log: LogRow) -> None:
    """Every checkpoint of a log is that of its own first entries: there was never another."""
    roots = {0: Frontier().root}
    frontier = Frontier()
    for entry in entries_of(log):
        frontier, _ = frontier.append(leaf_hash(entry))
        roots[frontier.size] = frontier.root
    notes = CheckpointRow.objects.filter(log=log).values_list("size", "note")
    for size, note in notes:
        checkpoint, _ = read_checkpoint(bytes(note))
        assert (checkpoint.size, checkpoint.root) == (size, roots[size])
    assert max((size for size, _ in notes), default=0) == frontier.size


def check_house(house: House, acknowledged: Counter[bytes], names: list[str]) -> None:
    written: Counter[bytes] = Counter()
    for name in names:
        log = LogRow.objects.get(campaign__ident=name)
        check_whole(log)
        written.update(entries_of(log))
    assert set(acknowledged) <= set(written), "an acknowledged entry is lost"
    assert max(written.values(), default=1) == 1, "an entry was written twice"
    outer = house_log(house)
    check_whole(outer)
    notes = CheckpointRow.objects.filter(log__campaign__isnull=False).values_list("note", flat=True)
    assert Counter(entries_of(outer)) == Counter(read_checkpoint(bytes(note))[1].text.encode() for note in notes)


def test_two_hundred_writers_at_once(house: House) -> None:
    names = campaigns(house, 4)
    crowd = start(house, names, "w", writers=WRITERS, each=EACH)
    told, _ = crowd.communicate(timeout=600)
    assert crowd.returncode == 0
    acknowledged = Counter(told.split())
    assert (len(acknowledged), max(acknowledged.values())) == (WRITERS * EACH, 1)
    check_house(house, acknowledged, names)


@pytest.mark.parametrize("kills", [int(os.environ.get("LASTLOOK_KILLS", "10"))])
def test_writers_killed_at_random(house: House, kills: int) -> None:
    names, chance = campaigns(house, 2), random.Random(SEED)
    acknowledged: Counter[bytes] = Counter()
    for number in range(kills):
        crowd = start(house, names, f"k{number}", writers=2, each=10_000)
        assert crowd.stdout is not None
        first = crowd.stdout.readline()  # they write; from here on they may be hit anywhere
        time.sleep(chance.random() * 0.2)
        os.killpg(crowd.pid, signal.SIGKILL)
        rest, _ = crowd.communicate()
        acknowledged.update(line for line in (first + rest).split(b"\n")[:-1] if line)
    assert len(acknowledged) >= kills
    check_house(house, acknowledged, names)
