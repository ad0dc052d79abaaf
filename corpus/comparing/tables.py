"""One table of two datasets, compared row by row over its Parquet files, in bounded memory.

Only the rows that differ and are named are decoded whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

from corpus.comparing.differences import (
    ChangedRow,
    ChangedValue,
    ColumnChange,
    NamedRow,
    Presence,
    TableDifference,
)
from corpus.comparing.joining import Match, Side, a_secret, column, connected, digested
from corpus.errors import DamagedTableError
from corpus.tables.shapes import key_of
from schemas import KNOWN_TABLES

# What names a row where no single column does.
_NATURAL_KEYS = {"ledger": ("seed_id", "raw_byte_start", "raw_byte_end")}
# What a person knows a row by; the first that a table has.
_WORDS = ("title", "name", "text", "statement", "article_reports", "means")
# A damaged file may also make a reader panic, which is no Exception.
_UNREADABLE = (pl.exceptions.PolarsError, pl.exceptions.PanicException, duckdb.Error, pa.ArrowException, OSError)
_PLACES = ("file_index", "file_row_number")


def compare_table(name: str, old: Sequence[Path], new: Sequence[Path], limit: int) -> TableDifference:
    """How the table differs between the Parquet files `old` and `new`; none where a dataset has no such rows.

    At most `limit` rows of a kind are named. A column whose type changed is told and its values are not compared.
    Raises `DamagedTableError` for a file that cannot be read. Checksums are not checked: `corpus verify` does that.
    """
    with _told((*new, *old)), connected() as connection:
        comparison = _Comparison(connection, _match(connection, name, old, new))
        return comparison.difference(name, limit)


def gone(name: str, old: Sequence[Path], new: Sequence[Path], *names: str) -> Iterator[tuple[Any, ...]]:
    """The columns `names` of the rows of the table that only the old dataset has, in the order of their keys.

    Raises `DamagedTableError`.
    """
    if not old:
        return
    with _told((*new, *old)), connected() as connection:
        comparison = _Comparison(connection, _match(connection, name, old, new, with_values=False))
        yield from comparison.only_old(names)


def values_of(files: Sequence[Path], *names: str) -> Iterator[tuple[Any, ...]]:
    """The columns `names` of a table, row by row; nothing where there are no files. Raises `DamagedTableError`."""
    if not files:
        return
    with _told(files), connected() as connection:
        columns = ", ".join(map(column, names))
        found = connection.execute(f"SELECT {columns} FROM {Side(tuple(files), pl.Schema()).source}")
        while rows := found.fetchmany(10_000):
            yield from rows


def count_rows(files: Sequence[Path]) -> int:
    """The rows of a table. Raises `DamagedTableError`."""
    with _told(files):
        return int(_scan(files).select(pl.len()).collect().item())


@contextmanager
def _told(files: Sequence[Path]) -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as error:
        raise DamagedTableError(files[0].parent, str(error).split("\n", 1)[0]) from error


def _scan(files: Sequence[Path]) -> pl.LazyFrame:
    return pl.scan_parquet(list(files), glob=False, hive_partitioning=False)


def _schema(files: Sequence[Path]) -> pl.Schema:
    """The columns of a table's files. Raises `OSError` where the files differ, or names differ in case alone."""
    schemas = [_scan([file]).collect_schema() for file in files]
    if any(schema != schemas[0] for schema in schemas):
        msg = "its files have different columns"
        raise OSError(msg)
    if len({name.lower() for name in schemas[0]}) < len(schemas[0]):
        msg = "names of columns differ in case only"
        raise OSError(msg)
    return schemas[0]


def _match(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    old: Sequence[Path],
    new: Sequence[Path],
    *,
    with_values: bool = True,
) -> Match:
    """A dataset that has no file of a table has no rows of it: its columns are taken to be those of the other."""
    schemas = [_schema(files) if files else None for files in (old, new)]
    known = [schema or other or pl.Schema() for schema, other in zip(schemas, reversed(schemas), strict=True)]
    sides = Side(tuple(old), known[0]), Side(tuple(new), known[1])
    shared = [column_ for column_, type_ in known[1].items() if known[0].get(column_) == type_]
    key = _key(name, shared)
    values = [column_ for column_ in shared if column_ not in key] if with_values else []
    repeats = any(_repeats(connection, side, key) for side in sides)
    return Match(sides[0], sides[1], key, tuple(values), digested(sides, values), repeats)


def _key(name: str, shared: Sequence[str]) -> tuple[str, ...]:
    """The declared key where both sides have it, else all columns that they share: such rows come and go whole."""
    declared = _NATURAL_KEYS.get(name) or (key_of(name) if name in KNOWN_TABLES else None)
    key = (declared,) if isinstance(declared, str) else declared
    return key if key and set(key) <= set(shared) else tuple(shared)


def _repeats(connection: duckdb.DuckDBPyConnection, side: Side, key: Sequence[str]) -> bool:
    """Whether rows share a key, or may: then their order counts, which takes longer and is as right."""
    if not side.files or not key:
        return False
    of_key = f"hash({', '.join(map(column, key))})"
    return bool(_one(connection, f"SELECT count(DISTINCT {of_key}) < count(*) FROM {side.source}")[0])


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row


class _Comparison:
    """The rows that differ, kept in a table of the connection; a side is `old` or `new`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, match: Match) -> None:
        self._connection = connection
        self._match = match
        connection.execute(f"CREATE TEMP TABLE differing AS {match.differing(a_secret())}")

    def difference(self, name: str, limit: int) -> TableDifference:
        """The counts, and the first `limit` rows of each kind."""
        match = self._match
        changed = "old_row IS NOT NULL AND new_row IS NOT NULL"
        flags = [f"count(*) FILTER (d{i} AND {changed})" for i in range(len(match.values))]
        kinds = [f"count(*) FILTER ({where})" for where in ("old_row IS NULL", "new_row IS NULL", changed)]
        came, went, both, *by_column = _one(self._connection, f"SELECT {', '.join([*kinds, *flags])} FROM differing")
        return TableDifference(
            name,
            match.key,
            self._count(match.old),
            self._count(match.new),
            came,
            went,
            both,
            _column_changes(match.old.schema, match.new.schema),
            {value: count for value, count in zip(match.values, by_column, strict=True) if count},
            self._named("new", "old_row IS NULL", limit if came else 0),
            self._named("old", "new_row IS NULL", limit if went else 0),
            self._changed(changed, limit if both else 0),
            _presence(match),
        )

    def only_old(self, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The columns `names` of the rows that only the old side has."""
        known = self._match.old.schema
        found = self._connection.execute(
            f"SELECT {', '.join(f's.{column(n)}' if n in known else 'NULL' for n in names)} "
            f"FROM differing w JOIN {self._match.old.source} s "
            "ON s.file_index = w.old_file AND s.file_row_number = w.old_row "
            f"WHERE w.new_row IS NULL ORDER BY {self._order('w.')}"
        )
        while rows := found.fetchmany(10_000):
            yield from rows

    def _count(self, side: Side) -> int:
        return int(_one(self._connection, f"SELECT count(*) FROM {side.source}")[0])

    def _order(self, prefix: str = "") -> str:
        order = [f"{prefix}k{i} NULLS FIRST" for i in range(len(self._match.key))]
        return ", ".join([*order, *(f"{prefix}{side}_{part}" for side in ("old", "new") for part in ("file", "row"))])

    def _first(self, where: str, limit: int) -> list[tuple[Any, ...]]:
        """The first rows of a kind: their places on both sides, then the key, then what differs."""
        keys = [f"k{i}" for i in range(len(self._match.key))]
        flags = [f"d{i}" for i in range(len(self._match.values))]
        columns = ", ".join(["old_file", "old_row", "new_file", "new_row", *keys, *flags])
        sql = f"SELECT {columns} FROM differing WHERE {where} ORDER BY {self._order()} LIMIT {limit}"
        return self._connection.execute(sql).fetchall() if limit else []

    def _rows_at(
        self, side: Side, places: Sequence[tuple[int, int]], names: Sequence[str]
    ) -> dict[tuple[int, int], tuple[Any, ...]]:
        """The columns `names` of the rows at the places: number of the file, number of the row in it, from 0."""
        wanted = ", ".join(f"({int(file)}, {int(row)})" for file, row in places)
        if not wanted or not names:
            return {}
        found = self._connection.execute(
            f"SELECT {', '.join([*_PLACES, *map(column, names)])} FROM {side.source} "
            f"SEMI JOIN (VALUES {wanted}) w(f, r) ON file_index = f AND file_row_number = r"
        )
        return {row[:2]: row[2:] for row in found.fetchall()}

    def _named(self, side_name: str, where: str, limit: int) -> tuple[NamedRow, ...]:
        side, at = (self._match.new, 2) if side_name == "new" else (self._match.old, 0)
        rows = self._first(where, limit)
        label = next((name for name in _WORDS if side.schema.get(name) == pl.String), None)
        labels = self._rows_at(side, [row[at : at + 2] for row in rows], [label] if label else [])
        width = 4 + len(self._match.key)
        return tuple(NamedRow(row[4:width], labels.get(row[at : at + 2], (None,))[0]) for row in rows)

    def _changed(self, where: str, limit: int) -> tuple[ChangedRow, ...]:
        match, rows = self._match, self._first(where, limit)
        old = self._rows_at(match.old, [row[:2] for row in rows], match.values)
        new = self._rows_at(match.new, [row[2:4] for row in rows], match.values)
        found, width = [], 4 + len(match.key)
        for row in rows:
            before, after = old[row[:2]], new[row[2:4]]
            values = tuple(
                ChangedValue(value, before[place], after[place])
                for place, value in enumerate(match.values)
                if row[width + place]
            )
            found.append(ChangedRow(row[4:width], values))
        return tuple(found)


def _presence(match: Match) -> Presence:
    if match.old.files and match.new.files:
        return "both"
    return "added" if match.new.files else "removed"


def _column_changes(old: pl.Schema, new: pl.Schema) -> tuple[ColumnChange, ...]:
    names = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]
    return tuple(
        ColumnChange(name, *(str(side[name]) if name in side else None for side in (old, new))) for name in names
    )
