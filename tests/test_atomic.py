"""All or nothing: whatever interrupts a build, there is the old dataset or the new one, whole."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import corpus
from corpus.errors import InvalidCorpusError, MissingDatasetError
from corpus.exchanging import exclusive, replace_folder

ROOT = Path(__file__).resolve().parent.parent

# Puts the dataset `new` in the place of `dist` as a build does, and ends without any farewell at the point named.
DRIVER = """
import os, shutil, sys, tempfile
from pathlib import Path
from corpus import exchanging

road, point, new, dist = sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])

def reached(name):
    if point == name:
        os._exit(9)

def then(name, function):
    def wrapped(*arguments, **options):
        result = function(*arguments, **options)
        reached(name)
        return result
    return wrapped

def rename(one, other, really=Path.rename):
    really(one, other)
    reached("after first rename" if one == dist else "after second rename")

def rmtree(folder, really=shutil.rmtree, **options):
    for path in sorted(Path(folder).rglob("*.parquet"))[:6]:
        path.unlink()
        reached("amid removing")
    really(folder, **options)

def fill(folder):
    for number, path in enumerate(sorted(path for path in new.rglob("*") if path.is_file())):
        (folder / path.relative_to(new)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / path.relative_to(new))
        if number == 8:
            reached("amid filling")
    reached("after filling")

tempfile.mkdtemp = then("before filling", tempfile.mkdtemp)
exchanging._flush = then("before exchange", exchanging._flush)
exchanging._exchange = then("after exchange", exchanging._exchange if road == "exchange" else lambda *_: False)
shutil.rmtree, Path.rename = rmtree, rename
with exchanging.exclusive(dist):
    exchanging.replace_folder(dist, fill)
"""
# Runs a build that says each stage and goes on when it is told to.
STEPWISE = """
import sys, corpus
told = lambda stage: print(stage, flush=True) or sys.stdin.readline()
corpus.build(sys.argv[1], sys.argv[2], lock=None, progress=told)
"""
# Builds on a disk that has little more room than the old dataset takes.
FULL_DISK = """
mount -t tmpfs -o size="$(($(du -sk "$OLD" | cut -f1) + 160))k" tmpfs "$PLACE"
cp -r "$OLD" "$PLACE/dist"
"$@" || status=$?
diff -r "$OLD" "$PLACE/dist"
ls -A "$PLACE"
exit ${status:-0}
"""
# The superuser may write everywhere, unless it gives that up: prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE).
MODEST = "import ctypes, os, sys; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0); os.execv(sys.argv[1], sys.argv[1:])"
BUILD = [sys.executable, "-m", "corpus", "build", "--lock", str(ROOT / "requirements.lock")]


class Second(NamedTuple):
    """Seeds that differ a little from the real ones, the dataset built from them, and how long that took."""

    seeds: Path
    dist: Path
    seconds: float


def build(seeds: Path, dist: Path, *inside: str | Path, **variables: str | Path) -> subprocess.CompletedProcess[str]:
    """Build by the command, `inside` another one, in an environment with more `variables`."""
    command = [*inside, *BUILD, "--seeds", seeds, "--dist", dist]
    environment = {**os.environ, **variables, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def digest_of(dist: Path) -> str:
    """The digest of a dataset that is whole."""
    assert corpus.verify(dist) == []
    return str(json.loads((dist / "manifest.json").read_text("utf-8"))["digest"])


def beside(dist: Path) -> list[str]:
    return sorted(path.name for path in dist.parent.iterdir() if path != dist)


def replace(dist: Path, new: Path) -> None:
    """What a build does with the dataset that it made; it leaves nothing beside it but the lock."""
    with exclusive(dist):
        replace_folder(dist, lambda folder: shutil.copytree(new, folder, dirs_exist_ok=True))
    assert (digest_of(dist), beside(dist)) == (digest_of(new), [".dist.lock"])


@pytest.fixture(scope="module")
def second(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Second:
    folder = tmp_path_factory.mktemp("second")
    seeds = Path(shutil.copytree(ROOT / "seeds", folder / "seeds"))
    register = seeds / "vocabulary.toml"
    register.write_text(register.read_text("utf-8").replace("None of these.", "Nothing of these."), "utf-8")
    started = time.monotonic()
    assert build(seeds, folder / "made" / "dist").returncode == 0
    seconds = time.monotonic() - started
    assert digest_of(folder / "made" / "dist") != digest_of(built)
    return Second(seeds, folder / "made" / "dist", seconds)


def killed(second: Second, dist: Path, wait: Callable[[subprocess.Popen[bytes]], None]) -> None:
    """Start a build and kill it after `wait`: there is the old dataset or the new one."""
    before = digest_of(dist)
    command = [*BUILD, "--seeds", second.seeds, "--dist", dist]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait(process)
        process.kill()
    assert process.returncode in {0, -signal.SIGKILL}
    assert digest_of(dist) in {before, digest_of(second.dist)}


def test_killed_at_any_time(copied: Path, second: Second) -> None:
    """Builds killed at any time leave the old dataset or the new one, and the next build works and tidies up."""
    for share in (0.2, 0.4, 0.6, 0.8, 1.0):
        killed(second, copied, lambda _, delay=share * second.seconds: time.sleep(delay))
    assert corpus.build(second.seeds, copied, lock=None).digest == digest_of(copied)
    assert beside(copied) == [".dist.lock"]


@pytest.mark.parametrize("milliseconds", [0, 10, 25, 60, 120])
def test_killed_while_writing(copied: Path, second: Second, milliseconds: int) -> None:
    """A build killed while it writes, or puts what it wrote in its place, leaves the old dataset or the new one."""

    def wait(process: subprocess.Popen[bytes]) -> None:
        while process.poll() is None and not list(copied.parent.glob(".dist.building-*")):
            time.sleep(0.001)
        time.sleep(milliseconds / 1000)

    killed(second, copied, wait)
    replace(copied, second.dist)


@pytest.mark.parametrize(
    ("road", "point", "leaves"),
    [
        *(("exchange", f"{point} filling", "old") for point in ("before", "amid", "after")),
        ("exchange", "before exchange", "old"),
        ("exchange", "after exchange", "new"),
        ("exchange", "amid removing", "new"),
        ("renames", "after exchange", "old"),
        ("renames", "after first rename", "old"),
        ("renames", "after second rename", "new"),
        ("renames", "amid removing", "new"),
    ],
)
def test_ended_at_a_point(copied: Path, built: Path, second: Second, road: str, point: str, leaves: str) -> None:
    """Wherever the exchange of two datasets ends, with or without the help of the system, one of them is there."""
    command = [sys.executable, "-c", DRIVER, road, point, second.dist, copied]
    assert subprocess.run(command, check=False).returncode == 9
    assert digest_of(copied) == digest_of({"old": built, "new": second.dist}[leaves])
    replace(copied, second.dist)


def test_first_build_ended_early(tmp_path: Path, second: Second) -> None:
    """A first build that ends early leaves no dataset, rather than half of one."""
    dist = tmp_path / "dist"
    command = [sys.executable, "-c", DRIVER, "exchange", "amid filling", second.dist, dist]
    assert subprocess.run(command, check=False).returncode == 9
    with pytest.raises(MissingDatasetError):
        corpus.verify(dist)
    replace(dist, second.dist)


def test_reader_between_two_renames(copied: Path, second: Second) -> None:
    """Where the system cannot exchange folders, a reader between the two renames does not break the build."""
    pausing = DRIVER.replace("os._exit(9)", 'print("paused", flush=True) or sys.stdin.readline()')
    command = [sys.executable, "-c", pausing, "renames", "after first rename", second.dist, copied]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"paused\n"
        with contextlib.suppress(MissingDatasetError):  # for this moment there may be none
            corpus.load("articles", copied)
        _, complaint = process.communicate(b"\n")
    assert process.returncode == 0, complaint.decode()
    assert digest_of(copied) == digest_of(second.dist)


def refused(done: subprocess.CompletedProcess[str], words: str) -> None:
    """The command ended with status 1 and a message that has the words, and no traceback."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.startswith("corpus: ")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def namespace() -> list[str] | None:
    """How to mount a file system that only the test sees; None where neither of two ways is permitted."""
    for way in (["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"]):
        trial = [*way, "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"]
        if shutil.which("unshare") and subprocess.run(trial, capture_output=True, check=False).returncode == 0:
            return way
    return None


def test_full_disk(built: Path, second: Second, tmp_path: Path) -> None:
    """On a full disk a build ends with a message, the old dataset stays, and nothing is left beside it."""
    apart = namespace()
    if apart is None:
        pytest.skip("no file system may be mounted here; a limited size of files is tried in any case")
    inside = [*apart, "sh", "-eu", "-c", FULL_DISK, "sh"]
    done = build(second.seeds, tmp_path / "dist", *inside, OLD=built, PLACE=tmp_path)
    refused(done, "No space left")
    assert done.stdout.split() == [".dist.lock", "dist"]


def test_limited_size_of_files(copied: Path, second: Second) -> None:
    """Where a file cannot be written to its end, a build ends with a message and the old dataset stays."""
    before = digest_of(copied)
    refused(build(second.seeds, copied, "sh", "-c", 'ulimit -f 40; exec "$@"', "sh"), "File too large")
    assert (digest_of(copied), beside(copied)) == (before, [".dist.lock"])


@pytest.mark.parametrize("left", [[], [".dist.lock"]], ids=["never built here", "built here before"])
def test_folder_that_may_not_be_written(copied: Path, second: Second, left: list[str]) -> None:
    """Where the folder above may not be written, a build ends with a message and the old dataset stays."""
    for name in left:
        (copied.parent / name).touch()
    before = digest_of(copied)
    copied.parent.chmod(0o555)
    try:
        inside = [sys.executable, "-c", MODEST] if os.geteuid() == 0 else []
        refused(build(second.seeds, copied, *inside), "Permission denied")
    finally:
        copied.parent.chmod(0o755)
    assert (digest_of(copied), beside(copied)) == (before, left)


def test_two_builds_at_once(copied: Path, second: Second) -> None:
    """Of two builds of one dataset the first works, and the second ends and says why."""
    command = [sys.executable, "-c", STEPWISE, second.seeds, copied]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as first:
        assert first.stdout.readline() == b"reading\n"
        refused(build(second.seeds, copied), "another build of")
        _, complaint = first.communicate(b"\n" * 100)
    assert first.returncode == 0, complaint.decode()
    assert (digest_of(copied), beside(copied)) == (digest_of(second.dist), [".dist.lock"])


def test_bad_seed(copied: Path, second: Second, tmp_path: Path) -> None:
    """A build of seeds with an error leaves the old dataset, and nothing beside it."""
    before = digest_of(copied)
    seeds = Path(shutil.copytree(second.seeds, tmp_path / "bad"))
    with next((seeds / "003").glob("*.txt")).open("a") as file:
        file.write("One more sentence.\n")
    with pytest.raises(InvalidCorpusError, match="nothing was written"):
        corpus.build(seeds, copied, lock=None)
    assert (digest_of(copied), beside(copied)) == (before, [".dist.lock", "bad"])
