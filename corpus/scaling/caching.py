"""Shards that were made before, kept beside the dataset: what has not changed is not made again.

An entry's name is a digest of all that it depends on, so that none is ever out of date; an entry that was damaged
since is noticed by its checksums, and made anew. Entries that the last build did not use are removed after it.
"""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus.findings import Finding
from corpus.scaling.shards import Refusal, Shard

_ENTRY = "entry.json"


@dataclass(frozen=True, slots=True)
class StoredShard:
    """A shard on disk. `rows`: of each table that has any; the rest as in `Shard`."""

    folder: Path
    rows: Mapping[str, int]
    articles: int
    size: int
    refusals: tuple[Refusal, ...]
    remarks: tuple[Finding, ...]

    def parquet(self, table: str) -> Path:
        """The table's file."""
        return self.folder / f"{table}.parquet"

    def digests(self, table: str) -> Path:
        """The digests of the table's rows, 32 bytes each."""
        return self.folder / f"{table}.digests"


class ShardCache:
    """A folder of shards. `is_fresh`: do as if there were none."""

    def __init__(self, folder: Path, *, is_fresh: bool = False) -> None:
        self.folder = folder
        self._is_fresh = is_fresh
        self._used: set[str] = set()

    def find(self, key: str) -> StoredShard | None:
        """The shard of that key, if it is there and whole; a damaged one is removed."""
        self._used.add(key)
        folder = self._place(key)
        if self._is_fresh or not folder.is_dir():
            return None
        try:
            entry = json.loads((folder / _ENTRY).read_text("utf-8"))
            if all(_sha256(folder / name) == digest for name, digest in entry["files"].items()):
                return _stored(folder, entry)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        shutil.rmtree(folder, ignore_errors=True)
        return None

    def store(self, key: str, shard: Shard) -> StoredShard:
        """Keep a shard: whole or not at all, whenever the machine stops."""
        self._used.add(key)
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=".new-", dir=self.folder))
        for name, part in shard.tables.items():
            (staged / f"{name}.parquet").write_bytes(part.parquet)
            (staged / f"{name}.digests").write_bytes(part.digests)
        entry = _entry(shard, {path.name: _sha256(path) for path in sorted(staged.iterdir())})
        (staged / _ENTRY).write_text(json.dumps(entry), "utf-8")
        shutil.rmtree(place, ignore_errors=True)
        staged.rename(place)
        return _stored(place, entry)

    def forget(self, key: str) -> None:
        """Let the entry of that key go with those that were not used."""
        self._used.discard(key)

    def remove_unused(self) -> None:
        """Remove every entry that was neither found nor stored."""
        for path in self.folder.glob("*/*"):
            if f"{path.parent.name}{path.name}" not in self._used:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.folder.glob(".new-*"):
            shutil.rmtree(path, ignore_errors=True)

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]


def made_with(lock: Path | None, registers: Iterable[bytes]) -> str:
    """A digest of what every shard is made with: program, libraries, registers; never of times or places."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {unicodedata.unidata_version} {pa.__version__}\n".encode())
    digest.update(_program().encode())
    digest.update(lock.read_bytes() if lock and lock.is_file() else b"")
    for register in registers:
        digest.update(hashlib.sha256(register).digest())
    return digest.hexdigest()


@functools.cache
def _program() -> str:
    """A digest of every file of the program: a stage that changes makes every shard anew."""
    digest = hashlib.sha256()
    for package in ("corpus", "schemas"):
        _add_files(digest, resources.files(package), package)
    return digest.hexdigest()


def _add_files(digest: Any, place: Any, name: str) -> None:
    for entry in sorted(place.iterdir(), key=lambda entry: str(entry.name)):
        path = f"{name}/{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                _add_files(digest, entry, path)
            continue
        digest.update(path.encode() + b"\0" + hashlib.sha256(entry.read_bytes()).digest())


def _entry(shard: Shard, files: Mapping[str, str]) -> dict[str, Any]:
    return {
        "files": files,
        "rows": {name: part.rows for name, part in shard.tables.items()},
        "articles": shard.articles,
        "size": shard.size,
        "refusals": [asdict(refusal) for refusal in shard.refusals],
        "remarks": [asdict(remark) for remark in shard.remarks],
    }


def _stored(folder: Path, entry: Mapping[str, Any]) -> StoredShard:
    refusals = tuple(
        Refusal(refusal["record"], tuple(Finding(**finding) for finding in refusal["findings"]))
        for refusal in entry["refusals"]
    )
    remarks = tuple(Finding(**remark) for remark in entry["remarks"])
    return StoredShard(folder, dict(entry["rows"]), entry["articles"], entry["size"], refusals, remarks)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
