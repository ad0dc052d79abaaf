"""The differences between two datasets, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Presence = Literal["both", "added", "removed"]


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row that is in one dataset only. `key`: the values that name it; `words`: what a person knows it by."""

    key: tuple[Any, ...]
    words: str | None


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value before and after, as Python has it (text, number, date, list, None)."""

    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that is in both datasets with different values."""

    key: tuple[Any, ...]
    values: tuple[ChangedValue, ...]


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """A column that came, went or changed its type; a type is None where the column is not there."""

    column: str
    old_type: str | None
    new_type: str | None


@dataclass(frozen=True, slots=True)
class TableDifference:
    """How a table differs. All rows are counted; `*_rows` name the first of them in the order of their keys.

    `changes`: how many rows changed in each column that changed. `key`: the columns that rows were matched by.
    `presence`: whether both datasets have the table, or it was added or removed.
    """

    table: str
    key: tuple[str, ...]
    old_count: int
    new_count: int
    added: int = 0
    removed: int = 0
    changed: int = 0
    columns: tuple[ColumnChange, ...] = ()
    changes: Mapping[str, int] | None = None
    added_rows: tuple[NamedRow, ...] = ()
    removed_rows: tuple[NamedRow, ...] = ()
    changed_rows: tuple[ChangedRow, ...] = ()
    presence: Presence = "both"

    @property
    def is_different(self) -> bool:
        """Whether a row or a column differs; the order of rows does not count."""
        return bool(self.added or self.removed or self.changed or self.columns or self.presence != "both")


@dataclass(frozen=True, slots=True)
class DatasetDifference:
    """How two datasets differ. `old_version`, `new_version`: as their manifests say."""

    old_version: str
    new_version: str
    tables: tuple[TableDifference, ...]

    @property
    def is_different(self) -> bool:
        """Whether any table differs, or the version."""
        return self.old_version != self.new_version or any(table.is_different for table in self.tables)
