"""Shards as tasks of Ray: on a cluster by its address, or on one started on this machine.

Ray itself does again what a lost node was doing. Task and shard travel through its object store, so that nodes need
no common disk; they need this package, in the same version, and nothing of the corpus.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import Any

from corpus.errors import MissingExtraError, WorkerLostError
from corpus.scaling.shards import MOST_ATTEMPTS, Shard, ShardTask
from corpus.scaling.working import make_shard


class RayTasks:
    """Makes shards as Ray tasks, one core each."""

    def __init__(self, ray: Any, slots: int) -> None:
        self.slots = slots
        self._ray = ray
        self._make = ray.remote(num_cpus=1, max_retries=MOST_ATTEMPTS)(make_shard)

    def submit(self, task: ShardTask) -> object:
        """Begin with a task when a core of the cluster is free."""
        reference: object = self._make.remote(task)
        return reference

    def result(self, ticket: object) -> Shard:
        """The shard, brought here."""
        errors = self._ray.exceptions
        try:
            shard: Shard = self._ray.get(ticket)
        except (errors.WorkerCrashedError, errors.NodeDiedError, errors.ObjectLostError) as error:
            raise WorkerLostError(type(error).__name__, 0) from error
        return shard


@contextlib.contextmanager
def ray_tasks(workers: int | None, address: str | None) -> Iterator[RayTasks]:
    """An engine on the cluster at `address`, or on one of `workers` cores that is started here and ended afterwards."""
    try:
        import ray
    except ImportError as error:
        raise MissingExtraError("--engine ray", "ray", str(error)) from error
    started = not ray.is_initialized()
    if started:
        options = {"address": address} if address else {"num_cpus": workers, "include_dashboard": False}
        ray.init(logging_level=logging.ERROR, log_to_driver=False, **options)
    try:
        cores: Any = ray
        yield RayTasks(ray, workers or int(cores.cluster_resources().get("CPU", 1)))
    finally:
        if started:
            ray.shutdown()
