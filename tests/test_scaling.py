"""Bulk seeds: the same rows whoever builds them and however, nothing done twice, nothing lost."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import corpus
from corpus.building import BuildReport, build, check, validate_seeds
from corpus.errors import InvalidCorpusError
from corpus.scaling.streaming import BulkSettings
from tests.bulk_seeds import article, lay_bulk, packed, written

Run = Callable[..., subprocess.CompletedProcess[str]]
ALONE = BulkSettings(workers=1)
ARTICLES = [article(number) for number in range(1, 101)]


def built(seeds: Path, name: str = "dist", settings: BulkSettings = ALONE) -> BuildReport:
    """A dataset built beside its seeds."""
    return build(seeds, seeds.parent / name, lock=None, bulk=settings)


def contents(folder: Path) -> dict[str, str]:
    """Every file with its checksum."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def move(seeds: Path, address: str) -> None:
    """Declare that the files lie somewhere else."""
    source = seeds / "news" / "source.toml"
    text = source.read_text("utf-8").replace("bulk = true", f'bulk = true\naddress = "{address}"')
    source.write_text(text, "utf-8")


def repin(seeds: Path, data: bytes) -> None:
    """Replace the seed's file, and its checksum."""
    source = seeds / "news" / "source.toml"
    lines = source.read_text("utf-8").split("\n")
    name = next(line for line in lines if line.startswith("file = ")).split('"')[1]
    (seeds / "news" / name).write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    lines = [f'sha256 = "{digest}"' if line.startswith("sha256") else line for line in lines]
    source.write_text("\n".join(lines), "utf-8")


def entries(folder: Path) -> dict[str, float]:
    """The shards that were kept, each with when it was made."""
    return {path.parent.name: path.stat().st_mtime_ns for path in folder.glob("*/*/entry.json")}


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """A hundred articles in seven shards, built by one process."""
    return built(lay_bulk(tmp_path_factory.mktemp("one"), ARTICLES))


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """The same seeds, to be changed."""
    return lay_bulk(tmp_path, ARTICLES)


def test_dataset_is_whole(one: BuildReport, tmp_path: Path) -> None:
    """It validates and verifies by itself, and every reader sees all rows, curated articles first."""
    assert corpus.validate(one.folder) == []
    assert corpus.verify(one.folder) == []
    articles = corpus.load("articles", one.folder)
    assert articles.height == one.rows["articles"] == 103
    assert articles["article_id"][-1] == "news-000100"
    files = sorted((one.folder / "data" / "articles").iterdir())
    assert [path.name for path in files] == [f"train-{n:05}-of-00008.parquet" for n in range(8)]
    sentences = duckdb.read_parquet(f"{one.folder}/data/sentences/*.parquet")
    assert sentences.aggregate("count(*), count(DISTINCT sentence_id)").fetchall() == [(one.rows["sentences"],) * 2]

    import datasets

    loaded = datasets.load_dataset(str(one.folder), "claims_automatic", cache_dir=str(tmp_path))["train"]
    assert loaded.num_rows == one.rows["claims_automatic"] > 200


def test_texts_and_ledger_are_those_of_the_records(one: BuildReport) -> None:
    """Each text is its record's, and the ledger gives the record's bytes again."""
    articles = corpus.load("articles", one.folder).filter(seed_id="news")
    ledger = corpus.load("ledger", one.folder).filter(seed_id="news").partition_by("raw_record", as_dict=True)
    for row in articles.iter_rows(named=True):
        pieces = [
            row["text"][run["char_start"] : run["char_end"]].encode()
            if run["action"] == "kept"
            else bytes.fromhex(run["raw_hex"])
            for run in ledger[(row["raw_record"],)].iter_rows(named=True)
        ]
        assert b"".join(pieces).decode() == ARTICLES[row["raw_record"] - 1]["text"]


@pytest.mark.parametrize("settings", [(1, 1), (1, 4096), (2, 64), (4, 7)], ids=str)
def test_neither_workers_nor_batches_change_a_byte(settings: tuple[int, int], one: BuildReport, seeds: Path) -> None:
    """However many processes share the work, and however large their bites, the folder is the same to the byte."""
    workers, batch = settings
    other = built(seeds, settings=BulkSettings(workers=workers, batch=batch))
    assert contents(other.folder) == contents(one.folder)


@pytest.mark.parametrize(
    ("form", "packing"), [("jsonl", "gzip"), ("jsonl", "zstd"), ("csv", ""), ("csv", "gzip"), ("parquet", "")]
)
def test_every_form_gives_the_same_rows(form: str, packing: str, one: BuildReport, tmp_path: Path) -> None:
    """Packed or not, JSON Lines, CSV or Parquet: the same texts, claims and figures."""
    other = built(lay_bulk(tmp_path, ARTICLES, form=form, packing=packing))
    assert other.refused == {}
    for table in ("articles", "sentences", "claims_automatic", "figures_automatic", "ledger"):
        assert corpus.load(table, other.folder).equals(corpus.load(table, one.folder))


def test_shard_size_changes_files_and_no_rows(one: BuildReport, tmp_path: Path) -> None:
    """The content digest does not know of files."""
    assert built(lay_bulk(tmp_path, ARTICLES, width=1_000)).digest == one.digest


def test_parts_are_seeds_of_their_own(tmp_path: Path) -> None:
    """Of several files each has an id of its own, and its records are counted for itself."""
    report = built(lay_bulk(tmp_path, ARTICLES, parts=3))
    articles = corpus.load("articles", report.folder)
    assert articles["seed_id"].unique().sort().to_list()[-3:] == ["news-part-0", "news-part-1", "news-part-2"]
    assert {"news-part-0-000001", "news-part-2-000032"} <= set(articles["article_id"])
    assert corpus.validate(report.folder) == []


def test_files_elsewhere_are_fetched(seeds: Path, one: BuildReport) -> None:
    """Files may lie at any address that fsspec knows, unless only local ones are wanted."""
    import fsspec

    system = fsspec.filesystem("memory")
    system.pipe("/bulk/news.jsonl", (seeds / "news" / "news.jsonl").read_bytes())
    (seeds / "news" / "news.jsonl").unlink()
    source = seeds / "news" / "source.toml"
    source.write_text(
        source.read_text("utf-8").replace("bulk = true", 'bulk = true\naddress = "memory://bulk"'), "utf-8"
    )

    assert built(seeds).digest == one.digest
    found = validate_seeds(seeds, bulk=BulkSettings(workers=1, only_local=True))
    assert [finding.code for finding in found] == ["file-missing"]


@pytest.mark.parametrize("address", ["../outside", "/etc", "nosuch://place", "memory://empty"])
def test_what_is_not_there_is_a_finding(address: str, seeds: Path) -> None:
    """An address that leads nowhere is an error with a place, and no traceback."""
    move(seeds, address)
    assert [(f.code, f.record) for f in validate_seeds(seeds)] == [("file-missing", "news")]


def test_refused_records_are_listed_and_stop_nothing(tmp_path: Path, run: Run) -> None:
    """Records that are wrong are left out, with their findings in a file; `--strict` and `validate` stop at them."""
    articles = [*ARTICLES[:20], {**ARTICLES[20], "text": ""}, {**ARTICLES[21], "text": "Pears\u0007 rose."}]
    seeds = lay_bulk(tmp_path, articles)
    repin(seeds, (seeds / "news" / "news.jsonl").read_bytes() + b"{\n" + written([ARTICLES[40]], "jsonl"))

    done = run("build", "--seeds", seeds, "--dist", tmp_path / "dist", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert "3 records refused" in done.stdout
    refused = [json.loads(line) for line in (tmp_path / "dist.rejects.jsonl").read_text("utf-8").splitlines()]
    assert [(entry["record"], entry["findings"][0]["code"]) for entry in refused] == [
        (21, "text-empty"),
        (22, "control-character"),
        (23, "record-unreadable"),
    ]
    assert corpus.load("articles", tmp_path / "dist")["article_id"].to_list()[-1] == "news-000024"
    before = contents(tmp_path / "dist")
    assert run("build", "--seeds", seeds, "--dist", tmp_path / "dist", "--strict").returncode == 1
    assert contents(tmp_path / "dist") == before
    codes = [finding.code for finding in validate_seeds(seeds)]
    assert sorted(codes) == ["control-character", "record-unreadable", "text-empty"]


def test_only_what_has_changed_is_made_again(seeds: Path) -> None:
    """After one article has changed, one shard of seven is made; the dataset is that of a fresh build."""
    built(seeds)
    cache = seeds.parent / ".dist.shards"
    before = entries(cache)
    changed = [*ARTICLES[:50], {**ARTICLES[50], "text": "Rents rose by 4 percent, the mayor said."}, *ARTICLES[51:]]
    lay_bulk(seeds.parent, changed)
    report = built(seeds)
    after = entries(cache)
    assert (len(before), len(after), len(before.items() & after.items())) == (7, 7, 6)
    assert contents(built(seeds, "other").folder) == contents(report.folder)

    assert built(seeds, settings=BulkSettings(workers=1, is_fresh=True)).digest == report.digest
    assert not entries(cache).items() & after.items()


def test_a_damaged_shard_is_made_again(seeds: Path) -> None:
    """Whatever happened to what was kept, the dataset is right."""
    report = built(seeds)
    files = sorted((seeds.parent / ".dist.shards").glob("*/*/*"))
    for number, path in enumerate(files):
        if number % 5 == 0:
            path.write_bytes(path.read_bytes()[:-1] + b"?")
        elif number % 7 == 0:
            path.unlink()
    before = contents(report.folder)
    assert contents(built(seeds).folder) == before


def test_check_trusts_no_kept_shard(seeds: Path) -> None:
    """A shard that was tampered with, checksums and all, may be built with; `--check` makes it anew and says so."""
    built(seeds)
    entry = next((seeds.parent / ".dist.shards").glob("*/*/entry.json"))
    claims = entry.parent / "sentences.parquet"
    other = next(path for path in entry.parent.parent.parent.glob("*/*/sentences.parquet") if path != claims)
    claims.write_bytes(other.read_bytes())
    values = json.loads(entry.read_text("utf-8"))
    values["files"]["sentences.parquet"] = hashlib.sha256(other.read_bytes()).hexdigest()
    entry.write_text(json.dumps(values), "utf-8")
    (seeds.parent / "dist" / "README.md").write_text("Old.")
    try:
        built(seeds)
    except InvalidCorpusError as error:  # keys that stand in two shards
        assert {finding.code for finding in error.findings} == {"key-duplicate"}
    assert {finding.code for finding in check(seeds, seeds.parent / "dist", lock=None, bulk=ALONE)} == {"dist-changed"}


def processes_below(pid: int) -> list[int]:
    """The worker processes of a process, by their parent."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(path.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the processes are found in /proc")
@pytest.mark.parametrize("whom", ["worker", "all"])
def test_killed_work_goes_on(whom: str, tmp_path: Path, one: BuildReport) -> None:
    """A worker that is killed is replaced; a build that is killed goes on where it stopped. The rows are the same."""
    seeds = lay_bulk(tmp_path, [article(number) for number in range(1, 401)])
    dist, cache = tmp_path / "dist", tmp_path / ".dist.shards"
    command = [
        sys.executable,
        "-m",
        "corpus",
        "build",
        "--seeds",
        seeds,
        "--dist",
        dist,
        "--workers",
        "2",
        "--lock",
        "no.lock",
    ]
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(entries(cache)) < 3 and process.poll() is None:
        time.sleep(0.02)
    assert process.poll() is None, "the build ended before it could be disturbed"
    os.kill(processes_below(process.pid)[0] if whom == "worker" else process.pid, signal.SIGKILL)
    status = process.wait(timeout=300)
    assert status == (0 if whom == "worker" else -signal.SIGKILL)
    if whom == "all":
        assert not dist.exists()
        kept = entries(cache)
        assert subprocess.run(list(map(str, command)), check=False, capture_output=True).returncode == 0
        assert kept.items() <= entries(cache).items()
    assert contents(dist) == contents(built(seeds, "other").folder)


def test_scripts_need_no_guard(seeds: Path, one: BuildReport, tmp_path: Path) -> None:
    """A script that builds at its top level is not run again by the processes that it starts."""
    script = tmp_path / "script.py"
    script.write_text(
        "from corpus import build\nfrom corpus.scaling.streaming import BulkSettings\n"
        f"print(build({str(seeds)!r}, {str(tmp_path / 'dist')!r}, lock=None, bulk=BulkSettings(workers=2)).digest)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [one.digest]


def test_bombs_are_refused(tmp_path: Path) -> None:
    """A packed file that swells without end is an error, in bounded memory."""
    seeds = lay_bulk(tmp_path, ARTICLES, packing="gzip")
    repin(seeds, packed(b" " * (200 << 20), "gzip"))
    assert "container-too-large" in {finding.code for finding in validate_seeds(seeds)}


def test_short_builds_say_nothing_on_the_way(seeds: Path, run: Run) -> None:
    """In a pipe progress comes now and then, and not at all for what ends at once."""
    done = run("build", "--seeds", seeds, "--dist", seeds.parent / "dist", "--workers", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "work in bulk seeds, over all processes: segment" in done.stdout
