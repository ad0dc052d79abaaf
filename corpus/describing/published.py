"""What there is to describe: the tables of a dataset folder, their files, and the columns that these really have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.tables.files import sha256_of
from corpus.tables.shapes import Column, columns, describe, key_of
from schemas import TABLES


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A Parquet file: its place in the folder with forward slashes, its bytes, its SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PublishedColumn:
    """A column as its file has it, with what `schemas` says of it; `references`: table and column."""

    name: str
    type: pa.DataType
    description: str
    declared: Column | None
    references: tuple[str, str] | None

    @property
    def item_type(self) -> pa.DataType:
        """The type of a value, or of a list's items."""
        return self.type.value_type if self.is_list else self.type

    @property
    def is_list(self) -> bool:
        """Whether a value is a list."""
        return bool(pa.types.is_list(self.type))


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table: what a row is, its files in order, its columns in order, the column that is its key."""

    name: str
    row: str
    files: tuple[PublishedFile, ...]
    columns: tuple[PublishedColumn, ...]
    key: str | None


def published_tables(folder: Path) -> tuple[PublishedTable, ...]:
    """The tables of a folder, in the order of `schemas.TABLES`; one that has no file is not among them.

    A column may be missing that `schemas` declares (a dataset may leave the texts out), and then so are its key and
    the references to it. The columns are those of a table's first file.
    Raises `pyarrow.ArrowException` or `OSError` where a file is no Parquet.
    """
    paths = {name: table_files(folder, name) for name in TABLES}
    shapes = {name: pq.read_schema(found[0]) for name, found in paths.items() if found}
    there = {(name, column) for name, shape in shapes.items() for column in shape.names}
    return tuple(_table(folder, name, paths[name], shape, there) for name, shape in shapes.items())


def table_files(folder: Path, name: str) -> list[Path]:
    """The Parquet files of a table, sorted; links are none."""
    return sorted(
        path for path in (folder / "data" / name).glob("*.parquet") if path.is_file() and not path.is_symlink()
    )


def _table(
    folder: Path, name: str, paths: Sequence[Path], shape: pa.Schema, there: set[tuple[str, str]]
) -> PublishedTable:
    declared = {column.name: column for column in columns(name)}
    key = key_of(name)
    return PublishedTable(
        name,
        describe(name),
        tuple(PublishedFile(p.relative_to(folder).as_posix(), p.stat().st_size, sha256_of(p)) for p in paths),
        tuple(_column(field, declared.get(field.name), there) for field in shape),
        key if (name, key) in there else None,
    )


def _column(field: pa.Field, declared: Column | None, there: set[tuple[str, str]]) -> PublishedColumn:
    if declared is None:
        return PublishedColumn(field.name, field.type, "", None, None)
    says = declared.description
    table, _, column = (declared.references or "").partition(".")
    if declared.references:
        says += f" Refers to `{declared.references}`."
    if declared.vocabulary:
        says += f" A term of the list `{declared.vocabulary}`."
    return PublishedColumn(
        field.name, field.type, says, declared, (table, column) if (table, column) in there else None
    )
