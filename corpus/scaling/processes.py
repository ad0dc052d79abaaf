"""A worker process, and the two ends of the pipe to it.

Not the standard library's pools: their processes run the caller's main module again, which a script or a notebook
must be written for, and one process that dies takes the tasks of all others with it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import traceback
from typing import BinaryIO

from corpus.scaling.shards import Shard, ShardTask

# One thread each: the processes share the cores among them. Read when the libraries are loaded.
_SINGLE_THREADED = {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}


class WorkerEndedError(RuntimeError):
    """The process has ended without a result."""


class WorkFailedError(RuntimeError):
    """The work raised an error; its traceback is in the text."""


class WorkerProcess:
    """A process that makes shards one by one, begun with the first task and again after it has ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._is_over = False

    def done(self, task: ShardTask) -> Shard:
        """The task's shard. Raises `WorkerEndedError`, `WorkFailedError`."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump(task, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            answer = pickle.load(process.stdout)  # noqa: S301 - from our own process, through a pipe of our own
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            _ended(process)
            raise WorkerEndedError(str(process.returncode)) from error
        if isinstance(answer, str):
            raise WorkFailedError(answer)
        assert isinstance(answer, Shard)
        return answer

    def end(self) -> None:
        """End the process; what it was doing is lost."""
        with self._lock:
            self._is_over = True
            if self._process is not None:
                _ended(self._process)

    def _running(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._is_over:
                msg = "no more work is wanted"
                raise WorkFailedError(msg)
            if self._process is None or self._process.poll() is not None:
                if self._process is not None:
                    _ended(self._process)
                # Where this process found the package, the other finds it, too.
                environment = {**_SINGLE_THREADED, **os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
                command = [sys.executable, "-m", "corpus.scaling.processes"]
                pipe = subprocess.PIPE
                self._process = subprocess.Popen(  # noqa: S603 - this interpreter, and a module of our own
                    command, stdin=pipe, stdout=pipe, env=environment, start_new_session=True
                )
            return self._process


def _ended(process: subprocess.Popen[bytes]) -> None:
    """Kill the process, wait for its end and close the pipes to it."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):  # what was written and not sent
            if pipe is not None:
                pipe.close()


def work() -> None:
    """Make shards of the tasks that come in, until no more come."""
    from corpus.scaling.working import make_shard

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand among the answers
    while (task := _next_task(sys.stdin.buffer)) is not None:
        try:
            answer: Shard | str = make_shard(task)
        except Exception:
            answer = traceback.format_exc()
        try:
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
        except BrokenPipeError:
            os._exit(1)  # the build was killed: nobody waits for the answer, and nothing is to be said


def _next_task(tasks: BinaryIO) -> ShardTask | None:
    try:
        task: ShardTask = pickle.load(tasks)  # noqa: S301 - from the process that began this one
    except EOFError:
        return None
    return task


if __name__ == "__main__":
    work()
