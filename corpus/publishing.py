"""Writing a dataset folder: tables, pages, manifest, checksums, in that order."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus.names import CHECKSUMS, MANIFEST
from corpus.records import SegmentedSeed
from corpus.scaling.caching import StoredShard
from corpus.seeds.declarations import Dataset
from corpus.tables.digesting import VERSION, TableDigest, dataset_digest, row_digests
from corpus.tables.files import files_under, sha256_of, table_file, write_checksums, write_json, write_table
from corpus.tables.shapes import arrow_schema
from schemas import KNOWN_TABLES

# Python's build tools write into `dist/` and hide all of it by a .gitignore, unless there is one already.
_GITIGNORE = "# The data is committed; what Python's build tools put here is not.\n*.whl\n*.tar.gz\n"


@dataclass(frozen=True)
class Publication:
    """All that a dataset folder is made of. `tables`: registers and curated seeds; `shards`: of bulk seeds, on disk.

    `seeds`: every seed's file and checksum. `describe`: writes descriptions into a folder that holds the rest.
    `explore`: writes pages for reading into a folder that holds the tables; None for a dataset without them.
    """

    dataset: Dataset
    tables: Mapping[str, pa.Table]
    digests: Mapping[str, str]
    pages: Mapping[str, str]
    seeds: Sequence[SegmentedSeed]
    lock: Path | None
    describe: Callable[[Path], None]
    shards: Sequence[StoredShard] = ()
    explore: Callable[[Path], object] | None = None

    @property
    def digest(self) -> str:
        """The content digest of all tables."""
        return dataset_digest(self.digests)

    def identity(self) -> dict[str, Any]:
        """What the manifest says first: which dataset it is, and its content digest."""
        return {
            "name": self.dataset.name,
            "version": self.dataset.version,
            "released": self.dataset.released.isoformat(),
            "digest_version": VERSION,
            "digest": self.digest,
        }

    def rows(self) -> dict[str, int]:
        """The number of rows of each table."""
        return rows_of(self.tables, self.shards)


def rows_of(tables: Mapping[str, pa.Table], shards: Sequence[StoredShard]) -> dict[str, int]:
    """The number of rows of each table that has any, in the order of the tables."""
    rows = Counter({name: table.num_rows for name, table in tables.items()})
    for shard in shards:
        rows.update(shard.rows)
    return {name: rows[name] for name in KNOWN_TABLES if rows[name]}


def digests_of(tables: Mapping[str, pa.Table], shards: Sequence[StoredShard] = ()) -> dict[str, str]:
    """The content digest of each table."""
    digests = {}
    for name in rows_of(tables, shards):
        digest = TableDigest(name, arrow_schema(name))
        for rows in row_digests(tables[name]) if name in tables else ():
            digest.add(rows)
        for shard in shards:
            if name in shard.rows:
                digest.add(shard.digests(name).read_bytes())
        digests[name] = digest.hexdigest()
    return digests


def write_dataset(folder: Path, publication: Publication) -> None:
    """Fill an empty folder with the dataset."""
    files = _table_files(publication)
    for sources in files.values():
        for file, source in sources.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(source, Path):
                shutil.copyfile(source, path)
            else:
                write_table(path, source)
    for name, text in publication.pages.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    (folder / ".gitignore").write_text(_GITIGNORE, "utf-8", newline="\n")
    if publication.explore:
        publication.explore(folder)
    publication.describe(folder)
    write_json(folder / MANIFEST, _manifest(folder, publication, files))
    write_checksums(folder)


def _table_files(publication: Publication) -> dict[str, dict[str, pa.Table | Path]]:
    """The files of each table with what goes into them: the first shard from memory, the others as they were made."""
    shards, tables = publication.shards, publication.tables
    count = 1 + len(shards)
    files: dict[str, dict[str, pa.Table | Path]] = {}
    for name in publication.rows():
        own = files.setdefault(name, {})
        if name in tables:
            own[table_file(name, 0, count)] = tables[name]
        for index, shard in enumerate(shards, 1):
            if name in shard.rows:
                own[table_file(name, index, count)] = shard.parquet(name)
    return files


def _manifest(
    folder: Path, publication: Publication, tables: Mapping[str, Mapping[str, pa.Table | Path]]
) -> dict[str, Any]:
    """What the dataset is and what it was made from; nothing of the machine that made it but the lock's digest."""
    lock, rows = publication.lock, publication.rows()
    return {
        **publication.identity(),
        "tables": {
            name: {**_listed(list(files)), "rows": rows[name], "digest": publication.digests[name]}
            for name, files in tables.items()
        },
        "seeds": {f"{seed.seed_id}/{seed.file}": seed.sha256 for seed in publication.seeds},
        "lock_sha256": hashlib.sha256(lock.read_bytes()).hexdigest() if lock and lock.is_file() else None,
        "files": {name: sha256_of(folder / name) for name in files_under(folder) if name not in (MANIFEST, CHECKSUMS)},
    }


def _listed(files: Sequence[str]) -> dict[str, Any]:
    return {"file": files[0]} if len(files) == 1 else {"files": files}
