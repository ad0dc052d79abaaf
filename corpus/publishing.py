"""Writing a dataset folder: tables, pages, manifest, checksums, in that order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus.names import CHECKSUMS, MANIFEST
from corpus.records import SegmentedSeed
from corpus.seeds.declarations import Dataset
from corpus.tables.digesting import VERSION, dataset_digest, table_digest
from corpus.tables.files import files_under, sha256_of, table_file, write_checksums, write_json, write_table

# Python's build tools write into `dist/` and hide all of it by a .gitignore, unless there is one already.
_GITIGNORE = "# The data is committed; what Python's build tools put here is not.\n*.whl\n*.tar.gz\n"


@dataclass(frozen=True)
class Publication:
    """All that a dataset folder is made of. `describe` writes descriptions into a folder that holds the rest."""

    dataset: Dataset
    tables: Mapping[str, pa.Table]
    digests: Mapping[str, str]
    pages: Mapping[str, str]
    seeds: Sequence[SegmentedSeed]
    lock: Path | None
    describe: Callable[[Path], None]

    @property
    def digest(self) -> str:
        """The content digest of all tables."""
        return dataset_digest(self.digests)


def digests_of(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """The content digest of each table."""
    return {name: table_digest(name, table) for name, table in tables.items()}


def write_dataset(folder: Path, publication: Publication) -> None:
    """Fill an empty folder with the dataset."""
    for name, table in publication.tables.items():
        write_table(folder, name, table)
    for name, text in publication.pages.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    (folder / ".gitignore").write_text(_GITIGNORE, "utf-8", newline="\n")
    publication.describe(folder)
    write_json(folder / MANIFEST, _manifest(folder, publication))
    write_checksums(folder)


def _manifest(folder: Path, publication: Publication) -> dict[str, Any]:
    """What the dataset is and what it was made from; nothing of the machine that made it but the lock's digest."""
    lock = publication.lock
    return {
        "name": publication.dataset.name,
        "version": publication.dataset.version,
        "released": publication.dataset.released.isoformat(),
        "digest_version": VERSION,
        "digest": publication.digest,
        "tables": {
            name: {"file": table_file(name), "rows": table.num_rows, "digest": publication.digests[name]}
            for name, table in publication.tables.items()
        },
        "seeds": {f"{seed.seed_id}/{seed.file}": seed.sha256 for seed in publication.seeds},
        "lock_sha256": hashlib.sha256(lock.read_bytes()).hexdigest() if lock and lock.is_file() else None,
        "files": {name: sha256_of(folder / name) for name in files_under(folder) if name not in (MANIFEST, CHECKSUMS)},
    }
