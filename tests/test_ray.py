"""Bulk seeds on a Ray cluster that the tests start: the same bytes as one process gives, also when a node is lost."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.building import build
from corpus.scaling.streaming import BulkSettings
from tests.bulk_seeds import article, lay_bulk
from tests.test_scaling import contents, entries

os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # or else Ray takes the machine's address instead of loopback
if not os.environ.get("CI"):
    pytest.importorskip("ray", reason="the extra `ray` is not installed")
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Ray leaves sockets and logs open when it ends
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
ARTICLES = [article(number) for number in range(1, 201)]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process makes of the articles."""
    place = tmp_path_factory.mktemp("alone")
    return build(lay_bulk(place, ARTICLES), place / "dist", lock=None, bulk=BulkSettings(workers=1)).folder


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A cluster of a head that does no work and two nodes of one core, on this machine's loopback."""
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    made.add_node(num_cpus=1)
    made.add_node(num_cpus=1)
    yield made
    made.shutdown()


def test_two_nodes_give_the_same_bytes(cluster: Any, alone: Path, tmp_path: Path) -> None:
    """Every file is the one that a single process makes."""
    settings = BulkSettings(engine="ray", address=cluster.address)
    report = build(lay_bulk(tmp_path, ARTICLES), tmp_path / "dist", lock=None, bulk=settings)
    assert contents(report.folder) == contents(alone)


def test_a_lost_node_changes_nothing(cluster: Any, alone: Path, tmp_path: Path) -> None:
    """A node is killed in the middle of the work, and what it was doing is done again: the bytes are the same."""
    lost = threading.Event()

    def lose() -> None:
        while not entries(tmp_path / ".dist.shards"):
            time.sleep(0.02)
        cluster.remove_node(sorted(cluster.worker_nodes, key=str)[0], allow_graceful=False)
        lost.set()

    thread = threading.Thread(target=lose)
    thread.start()
    settings = BulkSettings(engine="ray", address=cluster.address)
    report = build(lay_bulk(tmp_path, ARTICLES, width=8), tmp_path / "dist", lock=None, bulk=settings)
    thread.join(timeout=60)
    assert lost.is_set()
    other = build(lay_bulk(tmp_path, ARTICLES, width=8), tmp_path / "other", lock=None, bulk=BulkSettings(workers=1))
    assert contents(report.folder) == contents(other.folder)
