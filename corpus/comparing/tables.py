"""One table of two datasets, compared by joins over its Parquet files.

No row passes through Python but those that are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from corpus.comparing.differences import ChangedRow, ChangedValue, ColumnChange, NamedRow, TableDifference
from corpus.errors import DamagedTableError
from corpus.tables.shapes import key_of
from schemas import TABLES

# What names a row where no single column does.
_NATURAL_KEYS = {"ledger": ("seed_id", "raw_byte_start", "raw_byte_end")}
# What a person knows a row by; the first that a table has.
_WORDS = ("title", "name", "text", "statement", "article_reports", "means")
# A damaged file may also make the reader panic, which is no Exception.
_UNREADABLE = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)
_OCCURRENCE = "occurrence"
_LABEL = "label"


@dataclass(frozen=True, slots=True)
class _Side:
    """A table as one of the datasets has it."""

    frame: pl.LazyFrame
    schema: pl.Schema

    def column(self, name: str) -> pl.Expr:
        """A column by its place, since polars reads some names as patterns."""
        return pl.nth(self.schema.names().index(name))

    def words(self) -> pl.Expr:
        """What a person knows a row by."""
        name = next((name for name in _WORDS if self.schema.get(name) == pl.String), None)
        return (self.column(name) if name else pl.lit(None, pl.String)).alias(_LABEL)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Two sides, the columns that match their rows, and the columns that are compared."""

    old: _Side
    new: _Side
    key: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def matched(self) -> list[str]:
        """The columns to join by.

        Rows that share a key are matched in their order: a key that repeats must neither be lost nor multiply in a
        join, as those of a damaged or hostile table would.
        """
        return [f"key{place}" for place in range(len(self.key))] + [_OCCURRENCE]

    def prepared(self, side: _Side, prefix: str) -> pl.LazyFrame:
        """The side's rows under names of our own, with the occurrence of each key."""
        key = [side.column(name).alias(alias) for name, alias in zip(self.key, self.matched, strict=False)]
        values = [side.column(name).alias(f"{prefix}{place}") for place, name in enumerate(self.values)]
        number = pl.int_range(pl.len())
        names = self.matched[:-1]
        frame = side.frame.select(*key, *values, side.words())
        return frame.with_columns((number.over(names) if names else number).alias(_OCCURRENCE))


def compare_table(name: str, old: Sequence[Path], new: Sequence[Path], limit: int) -> TableDifference:
    """How the table differs between the Parquet files `old` and `new`; none where a dataset has no such rows.

    At most `limit` rows of a kind are named. A column whose type changed is told and its values are not compared.
    Raises `DamagedTableError` for a file that cannot be read. Checksums are not checked: `corpus verify` does that.
    """
    try:
        plan = _plan(name, old, new)
        return _compared(name, plan, limit)
    except _UNREADABLE as error:
        raise DamagedTableError((*new, *old)[0].parent, str(error)) from error


def count_rows(files: Sequence[Path]) -> int:
    """The rows of a table. Raises `DamagedTableError`."""
    try:
        return int(_scan(files).select(pl.len()).collect().item())
    except _UNREADABLE as error:
        raise DamagedTableError(files[0].parent, str(error)) from error


def _scan(files: Sequence[Path]) -> pl.LazyFrame:
    return pl.scan_parquet(list(files), glob=False, hive_partitioning=False)


def _plan(name: str, old: Sequence[Path], new: Sequence[Path]) -> _Plan:
    """A dataset that has no file of a table has no rows of it: its columns are taken to be those of the other."""
    frames = [_scan(files) if files else None for files in (old, new)]
    schemas = [frame.collect_schema() if frame is not None else None for frame in frames]
    sides = []
    for frame, schema, other in zip(frames, schemas, reversed(schemas), strict=True):
        known = schema or other or pl.Schema()
        sides.append(_Side(pl.LazyFrame(schema=known) if frame is None else frame, known))
    before, after = sides
    shared = [column for column, type_ in after.schema.items() if before.schema.get(column) == type_]
    key = _key(name, shared)
    return _Plan(before, after, key, tuple(column for column in shared if column not in key))


def _key(name: str, shared: Sequence[str]) -> tuple[str, ...]:
    """The declared key where both sides have it, else all columns that they share: such rows come and go whole."""
    declared = _NATURAL_KEYS.get(name) or (key_of(name) if name in TABLES else None)
    key = (declared,) if isinstance(declared, str) else declared
    return key if key and set(key) <= set(shared) else tuple(shared)


def _compared(name: str, plan: _Plan, limit: int) -> TableDifference:
    old, new = plan.prepared(plan.old, "old"), plan.prepared(plan.new, "new")
    on = plan.matched
    added = new.join(old, on=on, how="anti", nulls_equal=True).select(*on, _LABEL)
    removed = old.join(new, on=on, how="anti", nulls_equal=True).select(*on, _LABEL)
    differs = [pl.col(f"old{i}").ne_missing(pl.col(f"new{i}")).alias(f"differs{i}") for i in range(len(plan.values))]
    both = old.join(new.drop(_LABEL), on=on, how="inner", nulls_equal=True).with_columns(differs)
    changed = both.filter(pl.any_horizontal([pl.lit(False), *(f"differs{i}" for i in range(len(plan.values)))]))
    counts = [pl.len(), *(pl.col(f"differs{i}").sum() for i in range(len(plan.values)))]
    counted = [plan.old.frame.select(pl.len()), plan.new.frame.select(pl.len()), *_counted(added, removed)]
    first = [frame.sort(on).head(limit) for frame in (added, removed, changed)]
    results = pl.collect_all([*counted, changed.select(counts), *first], engine="streaming")
    old_count, new_count, came, went = (int(frame.item()) for frame in results[:4])
    changes, by_column = results[4].row(0)[0], results[4].row(0)[1:]
    return TableDifference(
        name,
        plan.key,
        old_count,
        new_count,
        came,
        went,
        changes,
        _column_changes(plan.old.schema, plan.new.schema),
        {column: count for column, count in zip(plan.values, by_column, strict=True) if count},
        _named(results[5], plan),
        _named(results[6], plan),
        _changed(results[7], plan),
    )


def _counted(*frames: pl.LazyFrame) -> list[pl.LazyFrame]:
    return [frame.select(pl.len()) for frame in frames]


def _column_changes(old: pl.Schema, new: pl.Schema) -> tuple[ColumnChange, ...]:
    names = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]
    return tuple(
        ColumnChange(name, *(str(side[name]) if name in side else None for side in (old, new))) for name in names
    )


def _named(rows: pl.DataFrame, plan: _Plan) -> tuple[NamedRow, ...]:
    return tuple(NamedRow(row[: len(plan.key)], row[-1]) for row in rows.rows())


def _changed(rows: pl.DataFrame, plan: _Plan) -> tuple[ChangedRow, ...]:
    found = []
    for row in rows.iter_rows(named=True):
        key = tuple(row[name] for name in plan.matched[:-1])
        values = tuple(
            ChangedValue(column, row[f"old{place}"], row[f"new{place}"])
            for place, column in enumerate(plan.values)
            if row[f"differs{place}"]
        )
        found.append(ChangedRow(key, values))
    return tuple(found)
