"""The files of a published dataset: Parquet tables, checksums, the manifest."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.errors import MissingDatasetError
from corpus.findings import Finding
from corpus.names import CHECKSUMS, MANIFEST
from corpus.tables.shapes import arrow_schema

_ROWS_PER_GROUP = 50_000
_CHUNK = 2**20


def table_file(name: str, index: int = 0, count: int = 1) -> str:
    """Where a table, or one of its `count` shards, stands in the dataset, with forward slashes."""
    return f"data/{name}/train-{index:05}-of-{count:05}.parquet"


def table_files(folder: Path, name: str) -> list[Path]:
    """The files of a table, in the order of its rows; a shard in which it has none has no file."""
    return sorted((folder / "data" / name).glob("train-*-of-*.parquet"))


def shard_of(path: Path) -> int:
    """Which shard of the dataset a table's file belongs to, from 0."""
    return int(path.name.removeprefix("train-").partition("-")[0])


def write_table(sink: Path | BinaryIO, table: pa.Table) -> None:
    """Write a table so that the same rows give the same bytes with the same version of pyarrow.

    The rows are brought into one chunk first: the writer splits pages at chunk boundaries.
    """
    pq.write_table(
        table.combine_chunks(),
        sink,
        row_group_size=_ROWS_PER_GROUP,
        compression="zstd",
        compression_level=3,
        version="2.6",
        data_page_version="1.0",
        use_dictionary=True,
        write_statistics=True,
        write_page_index=True,
        write_page_checksum=True,
    )


def read_table(path: Path, name: str) -> pa.Table:
    """Read one table, page checksums checked. Raises `pyarrow.ArrowException` or `OSError` for a damaged file."""
    table = pq.read_table(path, page_checksum_verification=True)
    known = arrow_schema(name)
    return table.replace_schema_metadata(known.metadata) if table.column_names == known.names else table


def read_tables(folder: Path, findings: list[Finding]) -> dict[str, pa.Table]:
    """The tables that the manifest lists, each whole; what is missing or damaged is a finding."""
    tables = {}
    for name, files in listed_files(folder).items():
        pieces = [piece for file in files if (piece := _read(folder, file, name, findings)) is not None]
        if len(pieces) == len(files):
            tables[name] = pa.concat_tables(pieces)
    return tables


def read_shard(folder: Path, index: int, findings: list[Finding]) -> dict[str, pa.Table]:
    """The tables of one shard of the dataset, from 0; what is missing or damaged is a finding."""
    tables = {}
    for name, files in listed_files(folder).items():
        for file in files:
            if shard_of(Path(file)) == index and (table := _read(folder, file, name, findings)) is not None:
                tables[name] = table
    return tables


def count_shards(folder: Path) -> int:
    """How many shards the files of the dataset are numbered for."""
    return 1 + max((shard_of(Path(file)) for files in listed_files(folder).values() for file in files), default=0)


def listed_files(folder: Path) -> dict[str, list[str]]:
    """The files of each table, as the manifest lists them. Raises `MissingDatasetError`.

    A name that is no place of a table's file, which only a stranger's manifest holds, is left out.
    """
    listed = {}
    for name, entry in read_manifest(folder)["tables"].items():
        files = entry.get("files", [entry.get("file")])
        pattern = re.compile(rf"data/{re.escape(name)}/train-[0-9]{{5,9}}-of-[0-9]{{5,9}}\.parquet")
        listed[name] = [file for file in files if isinstance(file, str) and pattern.fullmatch(file)]
    return listed


def _read(folder: Path, file: str, name: str, findings: list[Finding]) -> pa.Table | None:
    try:
        return read_table(folder / file, name)
    except FileNotFoundError:
        findings.append(Finding(file, None, "table-missing", name, "a Parquet file", "none"))
    except (pa.ArrowException, OSError, KeyError) as error:
        findings.append(Finding(file, None, "table-unreadable", name, "a Parquet file", str(error)))
    return None


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a dataset. Raises `MissingDatasetError` where there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise MissingDatasetError(folder) from error
    tables = manifest.get("tables") if isinstance(manifest, dict) else None
    if not isinstance(tables, dict) or not all(isinstance(entry, dict) for entry in tables.values()):
        raise MissingDatasetError(folder)
    return dict(manifest)


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write JSON that a person can read and that is the same every time."""
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8", newline="\n")


def files_under(folder: Path) -> list[str]:
    """Every file below the folder, sorted, with forward slashes; links are listed and not followed."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_checksums(folder: Path) -> None:
    """Write the checksums of all other files, as `sha256sum` writes and checks them."""
    lines = [f"{sha256_of(folder / name)}  {name}\n" for name in files_under(folder) if name != CHECKSUMS]
    (folder / CHECKSUMS).write_text("".join(lines), "utf-8", newline="\n")


def differing_files(left: Path, right: Path) -> Iterator[tuple[str, str]]:
    """The files in which two folders differ, each with how."""
    on_left, on_right = set(files_under(left)), set(files_under(right))
    for name in sorted(on_left | on_right):
        if name not in on_right:
            yield name, "missing"
        elif name not in on_left:
            yield name, "extra"
        elif not _same_bytes(left / name, right / name):
            yield name, "different"


def _same_bytes(left: Path, right: Path) -> bool:
    if right.is_symlink() or not right.is_file() or left.stat().st_size != right.stat().st_size:
        return False
    with left.open("rb") as one, right.open("rb") as other:
        while piece := one.read(_CHUNK):
            if piece != other.read(_CHUNK):
                return False
    return True
