"""The pipeline: seeds to tables to a published folder. Read `build` to know it all."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.assembling import BulkRoad, assemble
from corpus.errors import InvalidCorpusError
from corpus.exchanging import exclusive, replace_folder
from corpus.findings import Finding, in_order
from corpus.names import CITATION, DATASHEET, ZENODO
from corpus.publishing import Publication, write_dataset
from corpus.scaling.caching import ShardCache
from corpus.scaling.progress import Progress
from corpus.scaling.streaming import BulkSettings
from corpus.tables.files import differing_files

# What stands a second time next to a dataset that lies beside its seeds: there people and services look for it.
BESIDE = (DATASHEET, CITATION, ZENODO)
STRICT = BulkSettings(is_strict=True)
_AS_USUAL = BulkSettings()


@dataclass(frozen=True)
class BuildReport:
    """What a build made. `refused`: records of bulk seeds that are in no table, by code; `rejects`: where they are
    listed. `seconds`: the whole; `stages`: of work in bulk seeds, over all workers. `peak_memory`: bytes, of the
    largest process. `explorer`: which page to open in a browser, or why there is none; empty where none was declared.
    """

    folder: Path
    version: str
    digest: str
    rows: Mapping[str, int]
    findings: tuple[Finding, ...]
    seconds: float
    refused: Mapping[str, int] = field(default_factory=dict)
    rejects: Path | None = None
    stages: Mapping[str, float] = field(default_factory=dict)
    peak_memory: int = 0
    explorer: str = ""


def build(
    seeds: Path | str = "seeds",
    dist: Path | str = "dist",
    *,
    lock: Path | str | None = "requirements.lock",
    progress: Progress = lambda _: None,
    bulk: BulkSettings = _AS_USUAL,
) -> BuildReport:
    """Build the dataset in `dist` from the folder `seeds`, all or nothing.

    `lock`: the lock file whose digest goes into the manifest. `progress` is told the name of each stage, and how far
    the bulk seeds are. `bulk`: how these are built, which does not change what is built. Their shards are kept in the
    folder `.dist.shards` beside `dist`, and records that are refused are listed in `dist.rejects.jsonl`.
    Raises `InvalidCorpusError` with all findings where something is wrong (`dist` stays as it was),
    `NotADatasetError` where `dist` holds something else, `WorkerLostError`, `MissingExtraError`,
    `BuildInProgressError` where another build of `dist` is running, `MissingSeedsError` where there are no seeds.
    """
    started = time.monotonic()
    seeds, dist = Path(seeds), Path(dist)
    if dist.is_symlink() or not dist.name:  # a link stays, what it leads to is replaced; `.` has a name elsewhere
        dist = dist.resolve()
    beside = _beside(seeds, dist)
    rejects = dist.with_name(f"{dist.name}.rejects.jsonl")
    with exclusive(dist):
        cache = ShardCache(dist.with_name(f".{dist.name}.shards"), is_fresh=bulk.is_fresh)
        made = assemble(seeds, _lock(lock), progress, BulkRoad(cache, bulk, rejects))
        progress("writing")
        replace_folder(dist, lambda folder: write_dataset(folder, made.publication))
        cache.remove_unused()
        if beside:
            for name in BESIDE:
                _write_beside(beside / name, made.publication.pages[name])
    publication = made.publication
    return BuildReport(
        dist,
        publication.dataset.version,
        publication.digest,
        publication.rows(),
        made.findings,
        time.monotonic() - started,
        made.bulk.refused,
        rejects if made.bulk.refused else None,
        made.bulk.seconds,
        _peak_memory(),
        made.explorer,
    )


def check(
    seeds: Path | str = "seeds",
    dist: Path | str = "dist",
    *,
    lock: Path | str | None = "requirements.lock",
    progress: Progress = lambda _: None,
    bulk: BulkSettings = _AS_USUAL,
) -> list[Finding]:
    """Build elsewhere, nothing taken from shards that were kept, and say to the byte in which files `dist` differs.

    Raises as `build` does.
    """
    seeds, dist = Path(seeds), Path(dist)
    with tempfile.TemporaryDirectory() as shards, tempfile.TemporaryDirectory() as folder:
        made = assemble(seeds, _lock(lock), progress, BulkRoad(ShardCache(Path(shards)), bulk))
        findings = [*made.findings]
        progress("writing")
        write_dataset(Path(folder), made.publication)
        progress("comparing")
        for name, how in differing_files(Path(folder), dist):
            code = {"missing": "dist-missing", "extra": "dist-extra"}.get(how, "dist-changed")
            findings.append(Finding(f"{dist.name}/{name}", None, code, None, "what the seeds give", how))
    findings += _stale_pages(seeds, dist, made.publication)
    return in_order(findings)


def validate_seeds(
    seeds: Path | str = "seeds", progress: Progress = lambda _: None, bulk: BulkSettings = STRICT
) -> list[Finding]:
    """Everything that a build would find, and nothing written. Records that it would refuse are errors here."""
    try:
        with tempfile.TemporaryDirectory() as shards:
            return list(assemble(Path(seeds), None, progress, BulkRoad(ShardCache(Path(shards)), bulk)).findings)
    except InvalidCorpusError as error:
        return list(error.findings)


def _lock(lock: Path | str | None) -> Path | None:
    return Path(lock) if lock else None


def _stale_pages(seeds: Path, dist: Path, publication: Publication) -> list[Finding]:
    """The pages beside a dataset that are not those of the dataset."""
    folder = _beside(seeds, dist)
    if folder is None:
        return []
    found = {name: (folder / name).read_bytes() if (folder / name).is_file() else b"" for name in BESIDE}
    return [
        Finding(name, None, "page-stale", None, f"the same as {dist.name}/{name}", "another text")
        for name in BESIDE
        if found[name] != publication.pages[name].encode()
    ]


def _peak_memory() -> int:
    """Bytes that the largest of this process and those it has waited for held at a time; 0 where nobody can tell."""
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _beside(seeds: Path, dist: Path) -> Path | None:
    """The folder in which some pages stand a second time: that of a dataset that lies beside its seeds."""
    return dist.parent if dist.parent.resolve() == seeds.resolve().parent else None


def _write_beside(path: Path, text: str) -> None:
    staged = path.with_name(f".{path.name}.new")
    staged.write_text(text, "utf-8", newline="\n")
    staged.replace(path)
