"""The road of bulk seeds: file by file, shard by shard, never more in memory than what is under way."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from corpus.findings import Finding
from corpus.forms.documents import Fault
from corpus.records import SegmentedSeed
from corpus.scaling.caching import ShardCache, StoredShard
from corpus.scaling.engines import Engine, in_order, opened_engine
from corpus.scaling.opening import local_copy, read_items, records_in
from corpus.scaling.progress import Advance, Progress
from corpus.scaling.refusing import RefusalsFile, Remarks
from corpus.scaling.shards import Item, Shard, ShardTask, Shared, cut, key_of
from corpus.scaling.working import segmented_file
from corpus.seeds.bulk import BulkFile
from corpus.tabulating import tabulate_seeds

_MOST_FINDINGS = 10_000  # nobody reads more; the file of rejects has them all


@dataclass(frozen=True, slots=True)
class BulkSettings:
    """How bulk seeds are built; none of this changes what is built.

    `workers`: processes at a time, None for one for each core. `address`: of a Ray cluster. `batch`: articles that a
    worker holds as Python values at a time. `is_fresh`: make every shard anew. `is_strict`: a refused record is an
    error. `only_local`: read no file that is not in its seed's folder.
    """

    engine: str = "local"
    workers: int | None = None
    address: str | None = None
    batch: int = 256
    is_fresh: bool = False
    is_strict: bool = False
    only_local: bool = False


@dataclass(frozen=True, slots=True)
class Registers:
    """What the corpus knows that shards refer to. `tables`: without those that name articles, and without `seeds`."""

    source_ids: Mapping[str, str]
    actor_ids: Mapping[str, str]
    topics: Sequence[str]
    tables: Mapping[str, pa.Table]
    made_with: str


@dataclass(frozen=True, slots=True)
class BulkSeeds:
    """What became of the bulk seeds. `refused`: records, by the code of their first error."""

    seeds: tuple[SegmentedSeed, ...] = ()
    shards: tuple[StoredShard, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


def build_bulk(
    files: Sequence[BulkFile],
    registers: Registers,
    cache: ShardCache,
    settings: BulkSettings,
    rejects: Path | None,
    progress: Progress,
) -> BulkSeeds:
    """All shards of the bulk seeds, in order, those of the cache not made again.

    Refused records go into the file `rejects` where one is named. Raises `WorkerLostError`, `MissingExtraError`.
    """
    if not files:
        return BulkSeeds()
    cache.folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        road = _Road(registers, cache, settings, stack.enter_context(RefusalsFile(rejects)), progress)
        engine = stack.enter_context(opened_engine(settings.engine, settings.workers, settings.address))
        for file in files:
            road.go_through(file, engine)
    return road.result()


class _Road:
    """What is gathered on the way."""

    def __init__(
        self,
        registers: Registers,
        cache: ShardCache,
        settings: BulkSettings,
        refusals: RefusalsFile,
        progress: Progress,
    ) -> None:
        self._registers = registers
        self._cache = cache
        self._settings = settings
        self._refusals = refusals
        self._progress = progress
        self._remarks = Remarks()
        self._findings: list[Finding] = []
        self._seeds: list[SegmentedSeed] = []
        self._shards: list[StoredShard] = []
        self._seconds: Counter[str] = Counter()
        self._expected: int | None = 0
        self._articles = self._size = 0

    def go_through(self, file: BulkFile, engine: Engine) -> None:
        """Make the shards of a file."""
        scratch, only_local = self._cache.folder, self._settings.only_local
        with local_copy(file, scratch, self._findings, only_local=only_local) as path:
            if path is None:
                return
            known = records_in(path, file.declaration.form)
            self._expected = None if known is None or self._expected is None else self._expected + known
            encoding = "utf-8" if file.declaration.form == "parquet" else file.declaration.encoding
            seed = segmented_file(file, path.stat().st_size, encoding)
            self._seeds.append(seed)
            tasks = cut(self._items(path, file), self._shared(file, seed))
            for task, shard in in_order(tasks, lambda task: self._begun(task, engine), engine.slots + 2):
                self._take(task, shard)

    def result(self) -> BulkSeeds:
        """All of it."""
        findings = (*self._findings, *self._remarks.summed())
        counts = dict(sorted(self._refusals.counts.items()))
        return BulkSeeds(tuple(self._seeds), tuple(self._shards), findings, counts, dict(self._seconds))

    def _items(self, path: Path, file: BulkFile) -> Iterator[Item]:
        """The records; what is wrong with the file as a whole is a finding."""
        for item in read_items(path, file):
            if isinstance(item, Fault) and item.record is None:
                finding = Finding(file.shown, item.line, item.code, file.seed_id, item.expected, item.found)
                self._findings.append(finding)
            else:
                yield item

    def _shared(self, file: BulkFile, seed: SegmentedSeed) -> Shared:
        known = self._registers
        tables = {**known.tables, "seeds": tabulate_seeds([seed])}
        return Shared(file, known.source_ids, known.actor_ids, known.topics, tables, self._settings.batch)

    def _begun(self, task: ShardTask, engine: Engine) -> Callable[[], StoredShard]:
        """Begin with a task, unless its shard is there."""
        key = key_of(task, self._registers.made_with)
        found = self._cache.find(key)
        if found is not None:
            return lambda: found
        ticket = engine.submit(task)
        return lambda: self._kept(key, engine.result(ticket))

    def _kept(self, key: str, shard: Shard) -> StoredShard:
        """A shard that was just made, in the cache; one that breaks a promise is kept, too, and made anew next time."""
        self._seconds.update(shard.seconds)
        self._findings += shard.breaches
        stored = self._cache.store(key, shard)
        if shard.breaches:
            self._cache.forget(key)
        return stored

    def _take(self, task: ShardTask, shard: StoredShard) -> None:
        self._shards.append(shard)
        self._remarks.add(shard.remarks)
        self._refusals.add(task.shared.file, shard.refusals)
        if self._settings.is_strict and len(self._findings) < _MOST_FINDINGS:
            self._findings += itertools.chain.from_iterable(refusal.findings for refusal in shard.refusals)
        self._articles += shard.articles
        self._size += shard.size
        self._progress(Advance(self._articles, self._refusals.counts.total(), self._size, self._expected))
