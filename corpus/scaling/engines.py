"""Engines: where shards are made. One narrow door: hand in a task, ask for its shard.

`local`: processes of this machine. `ray`: tasks on a Ray cluster (`corpus.scaling.on_ray`).
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar

from corpus.errors import WorkerLostError
from corpus.scaling.processes import WorkerEndedError, WorkerProcess
from corpus.scaling.shards import MOST_ATTEMPTS, Shard, ShardTask

T = TypeVar("T")
U = TypeVar("U")


class Engine(Protocol):
    """Makes shards of tasks, several at a time. `slots`: how many at a time."""

    slots: int

    def submit(self, task: ShardTask) -> object:
        """Begin with a task; what is given is for `result`."""
        ...

    def result(self, ticket: object) -> Shard:
        """The shard of a task, when it is made. Raises `WorkerLostError`, and whatever the work raised."""
        ...


class InProcess:
    """No other process: for one worker, and to look into with a debugger."""

    slots = 1

    def submit(self, task: ShardTask) -> object:
        """The task itself: the work is done when its result is asked for."""
        return task

    def result(self, ticket: object) -> Shard:
        """The shard, made now."""
        from corpus.scaling.working import make_shard

        assert isinstance(ticket, ShardTask)
        return make_shard(ticket)


class LocalProcesses:
    """Processes of this machine, each begun when it is first needed. Where one dies, by lack of memory or by a signal,
    what it was doing is done again by another.
    """

    def __init__(self, workers: int) -> None:
        self.slots = workers
        self._threads = ThreadPoolExecutor(workers, initializer=self._begin_thread)
        self._own = threading.local()
        self._workers: list[WorkerProcess] = []

    def submit(self, task: ShardTask) -> object:
        """Begin with a task as soon as a process is free."""
        return self._threads.submit(self._done, task)

    def result(self, ticket: object) -> Shard:
        """The shard. A task that has brought down its process several times is given up."""
        assert isinstance(ticket, Future)
        shard: Shard = ticket.result()
        return shard

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _begin_thread(self) -> None:
        self._own.worker = WorkerProcess()
        self._workers.append(self._own.worker)

    def _done(self, task: ShardTask) -> Shard:
        worker: WorkerProcess = self._own.worker
        for _ in range(MOST_ATTEMPTS):
            with contextlib.suppress(WorkerEndedError):
                return worker.done(task)
        raise WorkerLostError(task.shared.file.shown, task.records_before)


@contextlib.contextmanager
def opened_engine(name: str, workers: int | None, address: str | None = None) -> Iterator[Engine]:
    """The engine of that name, `local` or `ray`; `workers`: None for one for each core.

    Raises `MissingExtraError` where Ray is not installed.
    """
    if name == "ray":
        from corpus.scaling.on_ray import ray_tasks

        with ray_tasks(workers, address) as engine:
            yield engine
        return
    count = workers or _cores()
    if count == 1:
        yield InProcess()
        return
    processes = LocalProcesses(count)
    try:
        yield processes
    finally:
        processes.close()


def in_order(tasks: Iterable[T], begin: Callable[[T], Callable[[], U]], ahead: int) -> Iterator[tuple[T, U]]:
    """Each task with its result, in the order of the tasks; at most `ahead` are under way.

    `begin` starts a task and gives what waits for its result.
    """
    waiting: deque[tuple[T, Callable[[], U]]] = deque()
    for task in tasks:
        waiting.append((task, begin(task)))
        if len(waiting) >= ahead:
            first, wait = waiting.popleft()
            yield first, wait()
    while waiting:
        first, wait = waiting.popleft()
        yield first, wait()


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
