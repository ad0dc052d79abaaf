"""The tables of a dataset folder, one Parquet file at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus.errors import DamagedTableError
from corpus.tables.digesting import TableDigest
from corpus.tables.files import read_table, write_table
from corpus.tables.shapes import arrow_schema

_ROWS_PER_FILE = 200_000
Row = dict[str, Any]


def files_of(folder: Path, name: str) -> list[Path]:
    """The Parquet files of a table, in order; links are left out."""
    return [path for path in sorted((folder / "data" / name).glob("*.parquet")) if not path.is_symlink()]


def pieces_of(folder: Path, name: str) -> Iterator[tuple[str, pa.Table]]:
    """Each file's name with its rows. Raises `DamagedTableError` for a file that cannot be read, or for none."""
    paths = files_of(folder, name)
    if not paths:
        raise DamagedTableError(folder / "data" / name, "there is no Parquet file")
    for path in paths:
        try:
            yield path.name, read_table(path, name)
        except (pa.ArrowException, OSError) as error:
            raise DamagedTableError(path, str(error)) from error


def rows_of(folder: Path, name: str, columns: list[str]) -> Iterator[Row]:
    """The rows of a table, with those columns, in order. Raises `DamagedTableError`."""
    for _, piece in pieces_of(folder, name):
        try:
            chosen = piece.select(columns)
        except KeyError as error:
            raise DamagedTableError(folder / "data" / name, str(error)) from error
        for batch in chosen.to_batches(max_chunksize=4096):
            yield from batch.to_pylist()


class TableWriter:
    """Writes a table file by file, and takes its digest.

    `is_numbered`: whether rows that are added are divided by their number; else `write_waiting` writes them.
    """

    def __init__(self, folder: Path, name: str, schema: pa.Schema, *, is_numbered: bool = True) -> None:
        self._is_numbered = is_numbered
        self._folder = folder / "data" / name
        self._schema = schema
        self._digest = TableDigest(name, schema)
        self._waiting: list[Row] = []
        self._parts = 0
        self.name = name
        self.rows = 0

    def write(self, file: str, table: pa.Table) -> None:
        """Write rows into a file of that name."""
        self._folder.mkdir(parents=True, exist_ok=True)
        write_table(self._folder / file, table)
        self._digest.update(table)
        self.rows += table.num_rows

    def add(self, row: Row) -> None:
        """Add a row to a table that is divided by number of rows; `close` names its files."""
        self._waiting.append(row)
        if self._is_numbered and len(self._waiting) >= _ROWS_PER_FILE:
            self._flush()

    def write_waiting(self, file: str) -> None:
        """Write what waits, if anything does, into a file of that name."""
        if self._waiting:
            self.write(file, self._taken())

    def close(self) -> None:
        """Write what waits; the files of a table that was added row by row get their names."""
        if self._waiting:
            self._flush()
        for number in range(self._parts):
            final = f"train-{number:05}-of-{self._parts:05}.parquet"
            (self._folder / f"part-{number:05}").rename(self._folder / final)

    def _flush(self) -> None:
        self.write(f"part-{self._parts:05}", self._taken())
        self._parts += 1

    def _taken(self) -> pa.Table:
        columns = [pa.array([row[field.name] for row in self._waiting], field.type) for field in self._schema]
        self._waiting = []
        return pa.Table.from_arrays(columns, schema=self._schema)

    def entry(self, like: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What the manifest says of the table; `like`: what another manifest says of where its files are."""
        files = [f"data/{self.name}/{path.name}" for path in sorted(self._folder.glob("*.parquet"))]
        where = {"file": files[0]} if len(files) == 1 else {"files": files}
        known = {key: like[key] for key in ("file", "files") if key in like} if like else where
        return {**known, "rows": self.rows, "digest": self._digest.hexdigest()}


def text_free_writer(folder: Path, name: str) -> TableWriter:
    """A writer of a table as a text-free release has it."""
    return TableWriter(folder, name, arrow_schema(name, text=False), is_numbered=name == "withheld")
