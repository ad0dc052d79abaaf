"""Shards: what goes out to a worker, and what comes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa

from corpus.findings import Finding
from corpus.forms.documents import Document, Fault
from corpus.seeds.bulk import BulkFile

MOST_ATTEMPTS = 4
"""How often a task is begun before it is given up, where the processes that work on it end without a result."""

LARGEST = 32_000_000
"""Code points after which no more records are taken in, so that texts like books do not fill the memory."""

Item = Document | Fault


@dataclass(frozen=True, slots=True)
class Shared:
    """What all shards of a file are made with.

    `source_ids`: sources by their names. `actor_ids`: actors by the forms that name one only. `topics`: the closed
    list. `registers`: the tables that rows of a shard may refer to. `batch`: articles that are held as Python values
    at a time.
    """

    file: BulkFile
    source_ids: Mapping[str, str]
    actor_ids: Mapping[str, str]
    topics: Sequence[str]
    registers: Mapping[str, pa.Table]
    batch: int


@dataclass(frozen=True, slots=True)
class ShardTask:
    """Records to make a shard of. `records_before`: how many records of the file come before them."""

    shared: Shared
    records_before: int
    items: tuple[Item, ...]

    @property
    def size(self) -> int:
        """Code points of all texts."""
        return sum(len(item.text) for item in self.items if isinstance(item, Document))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that is in no table, and why. `record`: from 1."""

    record: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of a table in one shard: a Parquet file's bytes, the digest of each row (32 bytes), their number."""

    parquet: bytes
    digests: bytes
    rows: int


@dataclass(frozen=True, slots=True)
class Shard:
    """What a worker made of a task.

    `articles`, `size`: of the articles that are in, and the code points of their texts. `remarks`: findings that keep
    nothing out. `breaches`: rows that break what `schemas` promises, which stop a build. `seconds`: of work, by stage.
    """

    tables: Mapping[str, TablePart]
    articles: int
    size: int
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[Finding, ...] = ()
    breaches: tuple[Finding, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


def cut(items: Iterable[Item], shared: Shared) -> Iterator[ShardTask]:
    """The shards of a file's records, in order: each takes as many numbers as is declared, in pieces if they are large.

    Faults that are of no record are of the whole file and do not belong here.
    """
    width = shared.file.records_per_shard
    gathered: list[Item] = []
    before = size = 0
    for item in items:
        number = item.record or 1
        if gathered and (number > before + width or size > LARGEST):
            yield ShardTask(shared, before, tuple(gathered))
            gathered, size = [], 0
        before = (number - 1) // width * width
        gathered.append(item)
        size += len(item.text) if isinstance(item, Document) else 0
    if gathered:
        yield ShardTask(shared, before, tuple(gathered))


def key_of(task: ShardTask, made_with: str) -> str:
    """A digest of all that the shard depends on. `made_with`: of the program, its settings and the registers."""
    digest = hashlib.sha256(made_with.encode())
    file = task.shared.file
    declared = replace(file.declaration, sha256="")  # of the whole file: what other records say does not matter here
    digest.update(repr((file.seed_id, file.folder, declared, task.records_before)).encode())
    for item in task.items:
        if isinstance(item, Document):
            facts = json.dumps(dict(item.facts), sort_keys=True)
            pieces = [str(item.record), item.field or "", facts, item.text]
        else:
            pieces = [repr(item)]
        for piece in pieces:
            data = piece.encode("utf-8", "surrogatepass")
            digest.update(b"%d:%b" % (len(data), data))
    return digest.hexdigest()
