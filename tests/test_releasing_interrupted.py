"""Publishing that is killed, and readers meanwhile: to a folder, and to an S3 server on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import fsspec
import polars as pl
import pyarrow.parquet as pq
import pytest
from test_releasing import sealed

import corpus
from corpus.errors import CorpusError, PublicationRefusedError, UnreachableStoreError

WHY = "The texts are invented."
BUCKET = "invented-notes"
SOURCES = "data/sources/train-00000-of-00001.parquet"
# Publishes to one address after the other, in a process each that kills itself at a further point; then goes on
# from there in another one. Points lie before and after whatever changes the place. Says each address first.
DRIVER = """
import os, pathlib, signal, sys
from corpus.releasing import folders, publish, remote
from corpus.tables.shapes import columns
from schemas import KNOWN_TABLES

list(map(columns, KNOWN_TABLES))  # what takes long is done once
dist, step, *addresses = sys.argv[1:]
passed = 0

def point(at):
    global passed
    passed += 1
    if passed == at:
        os.kill(os.getpid(), signal.SIGKILL)

def around(owner, name, at):
    really = getattr(owner, name)
    def wrapped(*arguments, **options):
        point(at)
        result = really(*arguments, **options)
        point(at)
        return result
    setattr(owner, name, wrapped)

def in_a_process(address, at):
    child = os.fork()
    if child == 0:
        for owner, name in PLACES:
            around(owner, name, at)
        publish.publish(address, dist, reason="The texts are invented.")
        os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])

if addresses[0].startswith("s3:"):
    PLACES = [(remote.RemoteStore, name) for name in ("send", "write", "remove")]
else:
    PLACES = [(os, "fsync"), (os, "link"), (pathlib.Path, "replace"), (folders.shutil, "copyfileobj")]
for number, address in enumerate(addresses):
    print(address, flush=True)
    first = in_a_process(address, 1 + number * int(step))
    print("ended", first, in_a_process(address, 0), flush=True)
"""


class Reader(threading.Thread):
    """Reads the latest version at an address again and again, all of it, as a user does."""

    def __init__(self, address: str, notes: dict[str, Path]) -> None:
        super().__init__()
        self.address = address
        self.seen: list[str] = []
        self.wrong: list[str] = []
        self._expected = {version: pq.read_table(dist / SOURCES) for version, dist in notes.items()}
        self._done = threading.Event()

    def run(self) -> None:
        pause = 0.15 if self.address.startswith("s3:") else 0.01  # the server shares the processors with the tests
        while not self._done.wait(pause):
            try:
                self.read()
            except CorpusError as error:
                self.wrong.append(str(error))

    def read(self) -> None:
        release = corpus.open_release(self.address)
        for name in release.files:
            release.read(name)
        if not release.table("sources").equals(self._expected[release.version]):
            self.wrong.append(f"another table in {release.version}")
        if release.version not in self.seen[-1:]:
            self.seen.append(release.version)

    def end(self) -> None:
        self._done.set()
        self.join()


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a bucket on a server of S3's protocol on loopback, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "invented",
        "AWS_SECRET_ACCESS_KEY": "invented",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }
    log = tmp_path_factory.mktemp("s3") / "log.txt"
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with pytest.MonkeyPatch.context() as patch, log.open("wb") as output:
        for name, value in settings.items():
            patch.setenv(name, value)
        with subprocess.Popen(command, stdout=output, stderr=output) as server:
            try:
                for _ in range(600):
                    with socket.socket() as trial:
                        if trial.connect_ex(("127.0.0.1", port)) == 0:
                            break
                    assert server.poll() is None, log.read_text()
                    time.sleep(0.1)
                fsspec.filesystem("s3", skip_instance_cache=True).mkdir(BUCKET)
                yield f"s3://{BUCKET}"
            finally:
                server.kill()


def killed_everywhere(addresses: list[str], step: int, notes: dict[str, Path]) -> None:
    """Kill publications of 0.2.0 to these addresses at further and further points while a reader reads there.

    Wherever it was killed, the version before or the new one is there, whole, and the next run ends whole. One after
    the last point is not killed, which shows that the points went through to the end.
    """
    command = [sys.executable, "-c", DRIVER, notes["0.2.0"], str(step), *addresses]
    ended = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as driver:
        assert driver.stdout
        for address in driver.stdout:
            reader = Reader(address.strip(), notes)
            reader.start()
            ended.append(driver.stdout.readline().split()[1:])
            reader.end()
            reader.read()
            assert reader.wrong == []
            assert reader.seen in (["0.1.0", "0.2.0"], ["0.2.0"])
            assert corpus.verify_release(address.strip()) == []
    killed = [first == str(int(signal.SIGKILL)) for first, _ in ended]
    assert all(second == "0" for _, second in ended)
    assert killed[-1] is False
    assert killed.count(True) >= 4


def test_killed_anywhere_in_a_folder(notes: dict[str, Path], tmp_path: Path) -> None:
    """A publication to a folder, killed at many points, leaves readers what was released; the next one ends whole."""
    corpus.publish(str(tmp_path / "first"), notes["0.1.0"], reason=WHY)
    places = [Path(shutil.copytree(tmp_path / "first", tmp_path / str(number))) for number in range(14)]
    killed_everywhere([str(place) for place in places], 17, notes)
    for place in places:
        assert not list(place.rglob("*.part"))


def test_killed_anywhere_on_s3(s3: str, notes: dict[str, Path], tmp_path: Path) -> None:
    """A publication to S3, killed at many points, leaves readers what was released; the next one ends whole."""
    corpus.publish(str(tmp_path / "first"), notes["0.1.0"], reason=WHY)
    places = [f"{s3}/killed/{number}" for number in range(6)]
    for place in places:
        fsspec.filesystem("s3").put(f"{tmp_path}/first/", f"{place}/", recursive=True)
    killed_everywhere(places, 15, notes)


@pytest.mark.parametrize("where", ["folder", "s3"])
def test_killed_at_any_time(where: str, notes: dict[str, Path], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The command itself, killed at any time, leaves the version before or the new one, and goes on where it ended."""
    place = str(tmp_path / "releases") if where == "folder" else f"{request.getfixturevalue('s3')}/any/time"
    corpus.publish(place, notes["0.1.0"], reason=WHY)
    command = [sys.executable, "-m", "corpus", "publish", place, "--dist", str(notes["0.2.0"]), "--with-text"]
    reader = Reader(place, notes)
    reader.start()
    for seconds in (1.2, 1.6):
        with subprocess.Popen([*command, "--reason", WHY], stdout=subprocess.DEVNULL) as process:
            time.sleep(seconds)
            process.kill()
        assert corpus.verify_release(place) == []
    corpus.publish(place, notes["0.2.0"], reason=WHY)
    reader.end()
    reader.read()
    assert (reader.wrong, reader.seen[-1]) == ([], "0.2.0")
    assert corpus.verify_release(place, "0.2.0") == []


def test_going_on_sends_only_what_is_missing(s3: str, notes: dict[str, Path]) -> None:
    """What is at the place with the right bytes is kept; what is cut short, or of the same size but other, is sent."""
    place, dist = f"{s3}/going/on", notes["0.1.0"]
    corpus.publish(place, dist, reason=WHY)
    files = fsspec.filesystem("s3", skip_instance_cache=True)
    page = (dist / "README.md").read_bytes()
    for name in ("latest.json", "0.1.0/manifest.json", "0.1.0/LICENSE.md"):
        files.rm_file(f"{place}/{name}")
    files.pipe_file(f"{place}/0.1.0/README.md", page.swapcase())
    files.pipe_file(f"{place}/0.1.0/{SOURCES}", (dist / SOURCES).read_bytes()[:-1])
    assert corpus.releases(place) == []
    done = corpus.publish(place, dist, reason=WHY)
    assert set(done.sent) == {"README.md", "LICENSE.md", SOURCES, "manifest.json"}
    assert corpus.verify_release(place) == []


def test_versions_on_s3(s3: str, notes: dict[str, Path], tmp_path: Path) -> None:
    """On S3, versions stand side by side, to the byte; the same again sends nothing; other content is refused."""
    place = f"{s3}/side/by/side"
    for version, dist in notes.items():
        assert not corpus.publish(place, dist, reason=WHY).kept
        assert corpus.verify_release(place, version) == []
    assert corpus.releases(place) == ["0.1.0", "0.2.0"]
    again = corpus.publish(place, notes["0.2.0"], reason=WHY)
    assert (again.was_released, again.sent) == (True, ())
    release = corpus.open_release(place, "0.1.0")
    for path in (path for path in notes["0.1.0"].rglob("*") if path.is_file()):
        assert release.read(str(path.relative_to(notes["0.1.0"]))) == path.read_bytes()
    changed = sealed(Path(shutil.copytree(notes["0.2.0"], tmp_path / "other")), released="2024-05-02")
    with pytest.raises(PublicationRefusedError) as refused:
        corpus.publish(place, changed, reason=WHY)
    assert {finding.code for finding in refused.value.findings} == {"release-differs"}
    assert corpus.verify_release(place, "0.2.0") == []


def test_two_contents_at_once_on_s3(s3: str, notes: dict[str, Path], tmp_path: Path) -> None:
    """Of two publications of a version with other contents at the same time, one at most releases it, and whole."""
    place = f"{s3}/two/at/once"
    changed = sealed(Path(shutil.copytree(notes["0.2.0"], tmp_path / "other")), released="2024-05-02")
    begun = threading.Barrier(2)
    ended = []

    def attempt(dist: Path) -> None:
        begun.wait()
        try:
            ended.append(corpus.publish(place, dist, reason=WHY).digest)
        except PublicationRefusedError as error:
            ended.append({finding.code for finding in error.findings})

    both = [threading.Thread(target=attempt, args=(dist,)) for dist in (notes["0.2.0"], changed)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert {"release-unfinished"} in ended or {"release-differs"} in ended
    assert corpus.verify_release(place, "0.2.0") == []


def test_other_readers_on_s3(s3: str, notes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands on S3 is read by Polars, and by DuckDB through fsspec, by patterns over the files of a table."""
    corpus.publish(f"{s3}/read", notes["0.1.0"], reason=WHY)
    expected = pq.read_table(notes["0.1.0"] / SOURCES).num_rows
    pattern = f"{s3}/read/0.1.0/data/sources/*.parquet"
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    assert pl.scan_parquet(pattern).collect().height == expected
    with duckdb.connect() as connection:
        connection.register_filesystem(fsspec.filesystem("s3"))
        assert connection.execute(f"SELECT count(*) FROM '{pattern}'").fetchone() == (expected,)  # noqa: S608


def test_a_bucket_that_is_missing(s3: str, notes: dict[str, Path]) -> None:
    """A bucket that is not there is told, and not made."""
    with pytest.raises(UnreachableStoreError, match="bucket does not exist"):
        corpus.publish("s3://no-such-bucket/place", notes["0.1.0"], reason=WHY)
    assert not fsspec.filesystem("s3", skip_instance_cache=True).exists("no-such-bucket")


def test_latest_is_met_whole(s3: str, notes: dict[str, Path]) -> None:
    """However often `latest.json` is switched, a reader meets the old one or the new one."""
    place = f"{s3}/switched"
    named = []
    for dist in notes.values():
        corpus.publish(place, dist, reason=WHY)
        named.append(fsspec.filesystem("s3").cat_file(f"{place}/latest.json"))
    over = threading.Event()

    def switch() -> None:
        files = fsspec.filesystem("s3", skip_instance_cache=True)
        for number in range(30):
            files.pipe_file(f"{place}/latest.json", named[number % 2])
        over.set()

    switching = threading.Thread(target=switch)
    switching.start()
    seen = set()
    while not over.is_set():
        seen.add(corpus.open_release(place).version)
    switching.join()
    assert seen == {"0.1.0", "0.2.0"}
