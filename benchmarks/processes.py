"""Running a command to its end: wall time, processor time, and peak memory of it and all processes that it starts."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.15  # seconds between samples of memory
_MARK = "BENCHMARK_RUN"
_PSS = re.compile(r"^Pss: +(\d+) kB", re.MULTILINE)
_TAIL = 2000


class FailedRunError(Exception):
    """The command did not end well."""

    def __init__(self, command: Sequence[str], status: int, log: str) -> None:
        super().__init__(f"{' '.join(command)} ended with {status}:\n{log[-_TAIL:]}")


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took: wall time and processor time in seconds, `peak` in bytes."""

    seconds: float
    processor: float
    peak: int


def run(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Run:
    """Run a command; what it prints goes to `log`. Raises `FailedRunError`.

    Memory is the sum of the proportional set sizes (pages that n processes share count 1/n in each) of the process and
    its descendants, also those that left its process group: they are known by a variable in their environment.
    Processor time is that of the processes that were waited for, or what was last seen of each in a sample, whichever
    is more: the first misses what a daemon started, the second the last moments of each process.
    """
    mark = f"{_MARK}={uuid.uuid4().hex}"
    name, _, value = mark.partition("=")
    with log.open("wb") as out:
        started = time.perf_counter()
        with _Sampler(mark) as sampler:
            process = subprocess.Popen(command, stdout=out, stderr=out, env={**environment, name: value})
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise FailedRunError(command, process.returncode, log.read_text("utf-8", errors="replace"))
    return Run(seconds, max(usage.ru_utime + usage.ru_stime, sampler.processor()), sampler.peak)


class _Sampler:
    """Sums the memory of the processes with the mark, again and again, and keeps the largest sum."""

    def __init__(self, mark: str) -> None:
        self.peak = 0
        self._mark = mark.encode()
        self._ticks: dict[str, int] = {}
        self._others, self._marked = set(_numbers()), set[str]()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> _Sampler:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(INTERVAL):
            there = list(self._processes())
            self.peak = max(self.peak, sum(map(_memory, there)))
            self._ticks |= {number: max(_ticks(number), self._ticks.get(number, 0)) for number in there}

    def processor(self) -> float:
        """Seconds of processor time, as last seen of each process."""
        return sum(self._ticks.values()) / os.sysconf("SC_CLK_TCK")

    def _processes(self) -> Iterator[str]:
        for number in _numbers():
            if number in self._marked or (number not in self._others and self._has_mark(number)):
                self._marked.add(number)  # one without it is asked again: it may not have run its program yet
                yield number

    def _has_mark(self, number: str) -> bool:
        try:
            return self._mark in Path(f"/proc/{number}/environ").read_bytes().split(b"\0")
        except OSError:  # it has ended, or is another user's
            return False


def _numbers() -> list[str]:
    return [name for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208 - several times a second


def _memory(number: str) -> int:
    try:
        found = _PSS.search(Path(f"/proc/{number}/smaps_rollup").read_text("ascii"))
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def _ticks(number: str) -> int:
    """User and system time of a process; what stands before the name's closing bracket may hold anything."""
    try:
        fields = Path(f"/proc/{number}/stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])
