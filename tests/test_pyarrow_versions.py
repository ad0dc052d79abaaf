"""The oldest and the newest supported pyarrow: the same content, and each reads what the other wrote."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import corpus
from schemas import TABLES

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-oldest.lock"
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
WithOldest = Callable[..., subprocess.CompletedProcess[str]]


def oldest_version() -> str:
    """The version that the lock names."""
    return LOCK.read_text("utf-8").split("\n", 1)[0].partition("==")[2].removesuffix(" \\")


@pytest.fixture(scope="module")
def with_oldest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WithOldest]:
    """Run Python with the oldest pyarrow before the installed one."""
    folder = tmp_path_factory.mktemp("oldest") / "packages"
    command = [*PIP, "install", "--quiet", "--no-compile", "--no-deps", "--require-hashes", "--target", folder]
    done = subprocess.run([*command, "-r", LOCK], capture_output=True, text=True, check=False)
    if done.returncode != 0 and os.environ.get("CI") != "true":
        pytest.skip(f"the oldest pyarrow cannot be installed: {done.stderr[-500:]}")
    assert done.returncode == 0, done.stderr
    path = os.pathsep.join([str(folder), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": path}
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    yield run
    shutil.rmtree(folder)  # it is large, and pytest keeps the folders of several runs


@pytest.fixture(scope="module")
def built_with_oldest(with_oldest: WithOldest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset as the oldest pyarrow writes it."""
    dist = tmp_path_factory.mktemp("built-with-oldest") / "dist"
    done = with_oldest("-m", "corpus", "build", "--seeds", ROOT / "seeds", "--dist", dist)
    assert done.returncode == 0, done.stderr
    return dist


def created_by(dist: Path) -> set[str]:
    """What the files say that wrote them."""
    return {pq.read_metadata(path).created_by for path in dist.glob("data/*/*.parquet")}


def test_lock_has_the_lower_bound() -> None:
    """The lock for this test names the oldest version that the project admits, pinned by hash, and no index."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (bound,) = (line.partition(">=")[2] for line in project["dependencies"] if line.startswith("pyarrow"))
    assert oldest_version().startswith(bound)
    assert oldest_version().removeprefix(bound).strip(".0") == ""
    lines = LOCK.read_text("utf-8").rstrip("\n").split("\n")
    assert all(line.lstrip().startswith("--hash=sha256:") for line in lines[1:])


def test_it_is_the_oldest_that_runs(with_oldest: WithOldest) -> None:
    """The runs of this file use the oldest version, and the tests another."""
    done = with_oldest("-c", "import pyarrow; print(pyarrow.__version__)")
    assert done.stdout.strip() == oldest_version() != pa.__version__


def test_same_content(built: Path, built_with_oldest: Path) -> None:
    """Both versions give the same digest of every table and of the dataset, though not the same bytes."""
    manifests = [json.loads((dist / "manifest.json").read_text("utf-8")) for dist in (built, built_with_oldest)]
    assert manifests[0]["digest"] == manifests[1]["digest"]
    assert manifests[0]["tables"] == manifests[1]["tables"]
    assert created_by(built) != created_by(built_with_oldest)


def test_same_pages(built: Path, built_with_oldest: Path) -> None:
    """The pages are the same to the byte, since no fact on them depends on the version."""
    for name in ("README.md", "DATASHEET.md", "LICENSE.md"):
        assert (built / name).read_bytes() == (built_with_oldest / name).read_bytes(), name


def test_newest_reads_what_the_oldest_wrote(built: Path, built_with_oldest: Path) -> None:
    """The dataset of the oldest version is right, whole and row by row the same for the newest."""
    assert corpus.verify(built_with_oldest) == corpus.validate(built_with_oldest) == []
    for table in TABLES:
        rows = corpus.load(table, built_with_oldest, as_="arrow")
        assert rows.equals(corpus.load(table, built, as_="arrow"), check_metadata=True), table


def test_oldest_reads_what_the_newest_wrote(with_oldest: WithOldest, built: Path) -> None:
    """The dataset of the newest version is right and whole for the oldest."""
    for command in ("verify", "validate"):
        done = with_oldest("-m", "corpus", command, built)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
