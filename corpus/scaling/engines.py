"""Engines: where shards are made. One narrow door: hand in a task, ask for its shard.

`local`: processes of this machine. `ray`: tasks on a Ray cluster (`corpus.scaling.on_ray`).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol, TypeVar

from corpus.errors import WorkerLostError
from corpus.scaling.shards import MOST_ATTEMPTS, Shard, ShardTask

T = TypeVar("T")
U = TypeVar("U")
# One thread each: the processes share the cores among them. Read when the libraries are loaded.
_SINGLE_THREADED = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_NUM_THREADS": "1"}


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
    """Processes of this machine. Where one dies, by lack of memory or by a signal, what it was doing is done again."""

    def __init__(self, workers: int) -> None:
        self.slots = workers
        self._pool = self._new_pool()

    def submit(self, task: ShardTask) -> object:
        """Begin with a task as soon as a process is free."""
        return _Ticket(task, self._begun(task))

    def result(self, ticket: object) -> Shard:
        """The shard. A task that has brought down its process several times is given up."""
        assert isinstance(ticket, _Ticket)
        for _ in range(MOST_ATTEMPTS):
            try:
                return ticket.future.result()
            except BrokenProcessPool:  # every task that was under way has failed with it
                ticket.future = self._begun(ticket.task)
        raise WorkerLostError(ticket.task.shared.file.shown, ticket.task.records_before)

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _begun(self, task: ShardTask) -> Future[Shard]:
        from corpus.scaling.working import make_shard

        try:
            return self._pool.submit(make_shard, task)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = self._new_pool()
            return self._pool.submit(make_shard, task)

    def _new_pool(self) -> ProcessPoolExecutor:
        # Not by fork: other threads of this process may hold locks that the copy would wait for without end.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.slots, mp_context=context)


class _Ticket:
    def __init__(self, task: ShardTask, future: Future[Shard]) -> None:
        self.task = task
        self.future = future


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
    with _environment(_SINGLE_THREADED):
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


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Variables that processes started in the meantime inherit, where they are not set already."""
    missing = {name: value for name, value in values.items() if name not in os.environ}
    os.environ.update(missing)
    try:
        yield
    finally:
        for name in missing:
            del os.environ[name]
