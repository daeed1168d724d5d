"""Workers side by side. One that ends or hangs costs the file it had, said so, and is replaced by a new one."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from lastlook.finding.rows import Found, Unread

SECONDS_FOR_ONE = 90.0
TOOK_TOO_LONG = f"Looking at it took longer than {SECONDS_FOR_ONE:.0f} seconds."
ENDED = "The process that looked at it was ended, most likely for want of memory."

Answer = tuple[Found, ...] | Unread


class _Worker:
    def __init__(self, context: Any, target: Callable[..., None], arguments: tuple[object, ...]) -> None:
        ours, theirs = context.Pipe()
        self.connection: Connection = ours
        self.process: BaseProcess = context.Process(target=target, args=(theirs, *arguments), daemon=True)
        self.process.start()
        theirs.close()
        self.item: str | None = None
        self.since = 0.0

    def give(self, item: str) -> None:
        self.item, self.since = item, time.monotonic()
        self.connection.send(item)

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


def answers(
    items: Iterable[str], target: Callable[..., None], arguments: tuple[object, ...], at_once: int
) -> Iterator[tuple[str, Answer]]:
    """Each item with its answer, in the order in which they are done."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    waiting = iter(items)
    workers = [_Worker(context, target, arguments) for _ in range(max(at_once, 1))]
    try:
        for worker in list(workers):
            _next(worker, waiting)
        while busy := [worker for worker in workers if worker.item is not None]:
            ready = wait([worker.connection for worker in busy], timeout=1.0)
            for number, worker in enumerate(workers):
                if worker.item is None:
                    continue
                late = time.monotonic() - worker.since > SECONDS_FOR_ONE
                if worker.connection not in ready and not late:
                    continue
                item = worker.item
                answer = _answer(worker) if worker.connection in ready else Unread(item, TOOK_TOO_LONG)
                if answer is None or worker.connection not in ready:
                    worker.end()
                    worker = workers[number] = _Worker(context, target, arguments)  # noqa: PLW2901 - its successor
                worker.item = None
                yield item, answer if answer is not None else Unread(item, ENDED)
                _next(worker, waiting)
    finally:
        for worker in workers:
            worker.end()


def _next(worker: _Worker, waiting: Iterator[str]) -> None:
    item = next(waiting, None)
    if item is not None:
        worker.give(item)


def _answer(worker: _Worker) -> Answer | None:
    try:
        answer: Answer = worker.connection.recv()
    except (EOFError, OSError):
        return None
    return answer
