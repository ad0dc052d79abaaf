"""The pipeline: seeds to tables to a published folder. Read `build` to know it all."""

from __future__ import annotations

import functools
import json
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from corpus.describing import responsible_ai
from corpus.describing.citation import render_citation
from corpus.describing.provenance import input_digests
from corpus.describing.writing import write_descriptions
from corpus.describing.zenodo import render_zenodo
from corpus.errors import InvalidCorpusError
from corpus.exchanging import exclusive, replace_folder
from corpus.findings import Finding, has_errors, in_order
from corpus.names import CITATION, ZENODO
from corpus.pages.card import render_card, render_licence
from corpus.pages.datasheet import check_facts, check_questions, render_datasheet
from corpus.preparing import Prepared, prepare
from corpus.publishing import Publication, digests_of, write_dataset
from corpus.seeds.declarations import Dataset
from corpus.seeds.reading import read_collection
from corpus.tables.facts import Facts, count_facts
from corpus.tables.files import differing_files
from corpus.tabulating import tabulate
from corpus.validating import validate_tables

DATASHEET = "DATASHEET.md"
# What stands a second time next to a dataset that lies beside its seeds: there people and services look for it.
BESIDE = (DATASHEET, CITATION, ZENODO)
Progress = Callable[[str], None]


@dataclass(frozen=True)
class BuildReport:
    """What a build made."""

    folder: Path
    version: str
    digest: str
    rows: Mapping[str, int]
    findings: tuple[Finding, ...]
    seconds: float


def build(
    seeds: Path | str = "seeds",
    dist: Path | str = "dist",
    *,
    lock: Path | str | None = "requirements.lock",
    progress: Progress = lambda _: None,
) -> BuildReport:
    """Build the dataset in `dist` from the folder `seeds`, all or nothing.

    `lock`: the lock file whose digest goes into the manifest. `progress` is told the name of each stage.
    Raises `InvalidCorpusError` with all findings where something is wrong (`dist` stays as it was),
    `NotADatasetError` where `dist` holds something else,
    `BuildInProgressError` where another build of `dist` is running, `MissingSeedsError` where there are no seeds.
    """
    started = time.monotonic()
    seeds, dist = Path(seeds), Path(dist)
    if dist.is_symlink() or not dist.name:  # a link stays, what it leads to is replaced; `.` has a name elsewhere
        dist = dist.resolve()
    beside = _beside(seeds, dist)
    with exclusive(dist):
        publication, findings = _publication(seeds, Path(lock) if lock else None, progress)
        progress("writing")
        replace_folder(dist, lambda folder: write_dataset(folder, publication))
        if beside:
            for name in BESIDE:
                _write_beside(beside / name, publication.pages[name])
    rows = {name: table.num_rows for name, table in publication.tables.items()}
    seconds = time.monotonic() - started
    return BuildReport(dist, publication.dataset.version, publication.digest, rows, tuple(findings), seconds)


def check(
    seeds: Path | str = "seeds",
    dist: Path | str = "dist",
    *,
    lock: Path | str | None = "requirements.lock",
    progress: Progress = lambda _: None,
) -> list[Finding]:
    """Build elsewhere and say, to the byte, in which files `dist` differs. Raises as `build` does."""
    seeds, dist = Path(seeds), Path(dist)
    publication, findings = _publication(seeds, Path(lock) if lock else None, progress)
    with tempfile.TemporaryDirectory() as folder:
        progress("writing")
        write_dataset(Path(folder), publication)
        progress("comparing")
        for name, how in differing_files(Path(folder), dist):
            code = {"missing": "dist-missing", "extra": "dist-extra"}.get(how, "dist-changed")
            findings.append(Finding(f"{dist.name}/{name}", None, code, None, "what the seeds give", how))
    if beside := _beside(seeds, dist):
        findings += _stale(beside, dist, publication)
    return in_order(findings)


def validate_seeds(seeds: Path | str = "seeds", progress: Progress = lambda _: None) -> list[Finding]:
    """Everything that a build would find, and nothing written."""
    try:
        return _publication(Path(seeds), None, progress)[1]
    except InvalidCorpusError as error:
        return list(error.findings)


def _publication(seeds: Path, lock: Path | None, progress: Progress) -> tuple[Publication, list[Finding]]:
    """The dataset in memory; raises `InvalidCorpusError` with every finding where there are errors."""
    progress("reading")
    collection, findings = read_collection(seeds)
    progress("segmenting and annotating")
    prepared, more = prepare(collection)
    findings += [*more, *check_questions(collection)]
    dataset = collection.dataset
    if dataset is None or has_errors(findings):
        raise InvalidCorpusError(in_order(findings))
    progress("tabulating")
    automatic = [mark for seed in prepared.seeds for article in seed.articles for mark in prepared.found_in(article)]
    tables = tabulate(collection, prepared.seeds, prepared.claims, prepared.passes, automatic)
    progress("validating")
    findings += validate_tables(tables)
    facts = count_facts(tables)
    facts = Facts(
        {**facts.numbers, "version": dataset.version, "released": str(dataset.released)},
        facts.rows,
        facts.tables,
    )
    findings += check_facts(collection, facts)
    if has_errors(findings):
        raise InvalidCorpusError(in_order(findings))
    progress("rendering")
    digests = digests_of(tables)
    pages = _pages(prepared, dataset, tables, facts, digests)
    describe = functools.partial(
        write_descriptions,
        dataset=dataset,
        responsible_ai=responsible_ai.fill(collection.answers, facts),
        inputs=input_digests(seeds, lock),
    )
    return Publication(dataset, tables, digests, pages, prepared.seeds, lock, describe), in_order(findings)


def _pages(
    prepared: Prepared,
    dataset: Dataset,
    tables: Mapping[str, pa.Table],
    facts: Facts,
    digests: Mapping[str, str],
) -> dict[str, str]:
    return {
        "README.md": render_card(dataset, facts, digests),
        "LICENSE.md": render_licence(dataset, digests),
        DATASHEET: render_datasheet(dataset, prepared.collection.answers, facts, tables),
        CITATION: render_citation(dataset),
        ZENODO: json.dumps(render_zenodo(dataset), indent=2, ensure_ascii=False) + "\n",
    }


def _beside(seeds: Path, dist: Path) -> Path | None:
    """The folder in which some pages stand a second time: that of a dataset that lies beside its seeds."""
    return dist.parent if dist.parent.resolve() == seeds.resolve().parent else None


def _stale(folder: Path, dist: Path, publication: Publication) -> list[Finding]:
    """The pages beside a dataset that are not those of the dataset."""
    expected = {name: publication.pages[name].encode() for name in BESIDE}
    found = {name: (folder / name).read_bytes() if (folder / name).is_file() else b"" for name in BESIDE}
    return [
        Finding(name, None, "page-stale", None, f"the same as {dist.name}/{name}", "another text")
        for name in BESIDE
        if found[name] != expected[name]
    ]


def _write_beside(path: Path, text: str) -> None:
    staged = path.with_name(f".{path.name}.new")
    staged.write_text(text, "utf-8", newline="\n")
    staged.replace(path)
