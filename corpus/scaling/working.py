"""A shard from its records: one pure function, so that any engine may run it anywhere."""

from __future__ import annotations

import gc
import io
import itertools
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyarrow as pa

from corpus.examining import suspicions
from corpus.findings import Finding, has_errors
from corpus.forms.documents import Fault
from corpus.marking import mark_article
from corpus.records import AutomaticClaim, SegmentedDocument, SegmentedSeed
from corpus.scaling.shards import Item, Refusal, Shard, ShardTask, Shared, TablePart
from corpus.seeds.bulk import BulkFile
from corpus.seeds.reading import SeedFolder
from corpus.segmenting import SeedSegmenter
from corpus.tables.digesting import row_digests
from corpus.tables.files import write_table
from corpus.tabulating import tabulate_texts
from corpus.validating import validate_shard


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Hold back the search for circular garbage: a shard makes next to none, and the search takes a tenth of its time.

    It goes on as soon as the shard is made.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_collector_at_rest()
def make_shard(task: ShardTask) -> Shard:
    """The tables of a task's records, those that are refused left out, and whatever is to be said of them."""
    return _Work(task.shared).done(task.items)


def segmented_file(
    file: BulkFile, size: int, encoding: str, documents: Sequence[SegmentedDocument] = ()
) -> SegmentedSeed:
    """A file of a bulk seed as the tables know it. `size`: in bytes."""
    declared = file.declaration
    return SegmentedSeed(
        file.seed_id,
        declared.file,
        declared.sha256,
        size,
        declared.form,
        encoding,
        declared.encoding_basis,
        declared.layout,
        declared.obtained,
        tuple(documents),
    )


class _Work:
    """What is gathered while a shard is made."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        file = shared.file
        self._seed = SeedFolder(file.seed_id, file.folder, file.declaration, b"", lines=file.lines)
        self._refusals: list[Refusal] = []
        self._remarks: list[Finding] = []
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def done(self, items: Sequence[Item]) -> Shard:
        pieces: defaultdict[str, list[pa.Table]] = defaultdict(list)
        articles = size = 0
        for start in range(0, len(items), self._shared.batch):
            documents = list(self._documents(items[start : start + self._shared.batch]))
            kept = [article for document in documents for article in document.articles]
            articles += len(kept)
            size += sum(len(article.text) for article in kept)
            for name, table in self._tabulated(documents).items():
                pieces[name].append(table)
        tables = {name: pa.concat_tables(parts).combine_chunks() for name, parts in pieces.items()}
        with self._timed("validate"):
            breaches = validate_shard(tables, self._shared.registers) if tables else []
        with self._timed("write"):
            parts = {name: _part(table) for name, table in tables.items()}
        refused, remarks = tuple(self._refusals), tuple(self._remarks)
        return Shard(parts, articles, size, refused, remarks, tuple(breaches), dict(self._seconds))

    def _documents(self, items: Sequence[Item]) -> Iterator[SegmentedDocument]:
        """The records that are in, segmented; of the others, why they are not."""
        for item in items:
            if isinstance(item, Fault):
                self._refuse(item.record or 0, [self._finding(item)])
                continue
            segmenter = SeedSegmenter(self._seed, self._shared.source_ids)
            with self._timed("segment"):
                document = segmenter.segment_record(item)
            findings = segmenter.findings
            with self._timed("inspect"):
                if document is not None:
                    findings += itertools.chain.from_iterable(suspicions(self._seed, a) for a in document.articles)
            if document is None or has_errors(findings):
                self._refuse(item.record, findings)
            else:
                self._remarks += findings
                yield document

    def _tabulated(self, documents: Sequence[SegmentedDocument]) -> dict[str, pa.Table]:
        seed = segmented_file(self._shared.file, 0, "utf-8", documents)
        with self._timed("mark"):
            marks: list[AutomaticClaim] = []
            for article in seed.articles:
                marks += mark_article(article, self._shared.actor_ids, self._shared.topics)
        with self._timed("tabulate"):
            return tabulate_texts(seed, marks)

    def _refuse(self, record: int, findings: Sequence[Finding]) -> None:
        self._refusals.append(Refusal(record, tuple(findings)))

    def _finding(self, fault: Fault) -> Finding:
        record = None if fault.record is None else f"record {fault.record}"
        return Finding(self._shared.file.shown, fault.line, fault.code, record, fault.expected, fault.found)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self._seconds[stage] += time.perf_counter() - started


def _part(table: pa.Table) -> TablePart:
    sink = io.BytesIO()
    write_table(sink, table)
    return TablePart(sink.getvalue(), b"".join(row_digests(table)), table.num_rows)
