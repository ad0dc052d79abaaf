"""From seeds to all that a dataset folder is made of, with every finding on the way; nothing is published here."""

from __future__ import annotations

import functools
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from corpus.describing import responsible_ai
from corpus.describing.citation import render_citation
from corpus.describing.provenance import input_digests
from corpus.describing.writing import write_descriptions
from corpus.describing.zenodo import render_zenodo
from corpus.errors import InvalidCorpusError
from corpus.examining import undocumented_outlets
from corpus.exploring.charts import require_drawing
from corpus.exploring.registers import about_said
from corpus.exploring.standing import Standing
from corpus.findings import Finding, has_errors, in_order
from corpus.names import CITATION, DATASHEET, ZENODO
from corpus.pages.card import render_card, render_licence
from corpus.pages.datasheet import check_facts, check_questions, render_datasheet
from corpus.preparing import Prepared, prepare, source_ids
from corpus.publishing import Publication, digests_of, rows_of
from corpus.records import SegmentedSeed
from corpus.scaling.caching import ShardCache, StoredShard, made_with
from corpus.scaling.progress import Progress
from corpus.scaling.streaming import BulkSeeds, BulkSettings, Registers, build_bulk
from corpus.seeds.declarations import Dataset
from corpus.seeds.reading import Collection, read_collection
from corpus.tables.facts import Facts, count_facts
from corpus.tables.files import write_table
from corpus.tables.querying import distinct_values
from corpus.tables.shapes import key_of
from corpus.tables.uniqueness import repeated_keys
from corpus.tabulating import tabulate, tabulate_seeds
from corpus.validating import validate_tables
from schemas import KNOWN_TABLES

# Tables that name articles belong to a shard; the others are registers, which every shard may refer to.
_ARTICLE = "article_id"


@dataclass(frozen=True)
class BulkRoad:
    """Where and how bulk seeds are built. `rejects`: the file of refused records, None for none."""

    cache: ShardCache
    settings: BulkSettings
    rejects: Path | None = None


@dataclass(frozen=True)
class Assembled:
    """A dataset that could be published, and what is to be said of it. `explorer`: of its pages for reading."""

    publication: Publication
    findings: tuple[Finding, ...]
    bulk: BulkSeeds
    explorer: str


def assemble(seeds: Path, lock: Path | None, progress: Progress, road: BulkRoad) -> Assembled:
    """The dataset that the seeds give. Raises `InvalidCorpusError` with every finding where there are errors."""
    progress("reading")
    collection, findings = read_collection(seeds)
    progress("segmenting and annotating")
    prepared, more = prepare(collection)
    findings += [*more, *check_questions(collection)]
    dataset = collection.dataset
    if dataset is None or has_errors(findings):
        raise InvalidCorpusError(in_order(findings))
    if dataset.explorer:
        require_drawing("`explorer = true` in dataset.toml")
    progress("tabulating")
    tables = _curated_tables(prepared)
    registers = _registers(prepared, tables, lock)
    bulk = build_bulk(collection.bulk, registers, road.cache, road.settings, road.rejects, progress)
    if bulk.seeds:
        tables = _with_seeds(tables, (*prepared.seeds, *bulk.seeds))
    progress("validating")
    findings += [*bulk.findings, *validate_tables(tables), *_of_the_whole(collection, tables, bulk.shards, road.cache)]
    facts = _facts(dataset, tables, bulk.shards)
    findings += check_facts(collection, facts)
    if has_errors(findings):
        raise InvalidCorpusError(in_order(findings))
    progress("rendering")
    digests = digests_of(tables, bulk.shards)
    standing = Standing(dataset.explorer, facts.rows.get("articles", 0))
    pages = _pages(prepared, dataset, tables, facts, digests, standing.page)
    describe = functools.partial(
        write_descriptions,
        dataset=dataset,
        responsible_ai=responsible_ai.fill(collection.answers, facts),
        inputs=input_digests(seeds, lock),
    )
    files = (*prepared.seeds, *bulk.seeds)
    publication = Publication(dataset, tables, digests, pages, files, lock, describe, bulk.shards)
    if standing.name:
        about = about_said(publication.identity(), pages["README.md"], dataset.name)
        publication = replace(publication, explore=functools.partial(standing.write, about=about))
    return Assembled(publication, tuple(in_order(findings)), bulk, standing.told)


def _curated_tables(prepared: Prepared) -> dict[str, pa.Table]:
    """All tables of what is in memory."""
    automatic = [mark for seed in prepared.seeds for article in seed.articles for mark in prepared.found_in(article)]
    return tabulate(prepared.collection, prepared.seeds, prepared.claims, prepared.passes, automatic)


def _with_seeds(tables: Mapping[str, pa.Table], seeds: Sequence[SegmentedSeed]) -> dict[str, pa.Table]:
    """The tables, that of seeds replaced by one that has the files of bulk seeds, too."""
    known = {**tables, "seeds": tabulate_seeds(seeds)}
    return {name: known[name] for name in KNOWN_TABLES if name in known}


def _registers(prepared: Prepared, tables: Mapping[str, pa.Table], lock: Path | None) -> Registers:
    own = {name: table for name, table in tables.items() if _ARTICLE not in table.column_names and name != "seeds"}
    names = source_ids(prepared.collection)
    keys = {name: table[key].to_pylist() for name, table in own.items() if (key := key_of(name))}
    known = repr((sorted(names.items()), sorted(prepared.actor_ids.items()), prepared.topics, sorted(keys.items())))
    return Registers(names, prepared.actor_ids, prepared.topics, own, made_with(lock, [known.encode()]))


def _of_the_whole(
    collection: Collection, tables: Mapping[str, pa.Table], shards: tuple[StoredShard, ...], cache: ShardCache
) -> list[Finding]:
    """What only the whole of a corpus with bulk seeds can show, its tables never loaded."""
    if not shards:
        return []
    files = {name: [shard.parquet(name) for shard in shards if name in shard.rows] for name in rows_of({}, shards)}
    outlets = distinct_values(files.get("articles", []), "source_id")
    with tempfile.TemporaryDirectory(dir=cache.folder) as curated:
        for name in files.keys() & tables.keys():
            own = Path(curated) / f"{name}.parquet"
            write_table(own, tables[name])
            files[name].insert(0, own)
        return [*undocumented_outlets(collection, outlets), *repeated_keys(files)]


def _facts(dataset: Dataset, tables: Mapping[str, pa.Table], shards: tuple[StoredShard, ...]) -> Facts:
    articles = [shard.parquet("articles") for shard in shards if "articles" in shard.rows]
    facts = count_facts(tables, rows_of(tables, shards), articles)
    numbers = {**facts.numbers, "version": dataset.version, "released": str(dataset.released)}
    return Facts(numbers, facts.rows, facts.tables, facts.curated)


def _pages(
    prepared: Prepared,
    dataset: Dataset,
    tables: Mapping[str, pa.Table],
    facts: Facts,
    digests: Mapping[str, str],
    explorer: str | None,
) -> dict[str, str]:
    return {
        "README.md": render_card(dataset, facts, digests, explorer),
        "LICENSE.md": render_licence(dataset, digests),
        DATASHEET: render_datasheet(dataset, prepared.collection.answers, facts, tables),
        CITATION: render_citation(dataset),
        ZENODO: json.dumps(render_zenodo(dataset), indent=2, ensure_ascii=False) + "\n",
    }
