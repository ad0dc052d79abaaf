"""The version policy of the data: which part of MAJOR.MINOR.PATCH a difference asks for.

MAJOR: an id of an article or of a curated claim is gone; a text of an article or the words of a curated claim changed;
a column or a table is gone, or a column's type changed. MINOR: whatever else changes a table. PATCH: pages, metadata,
and the notes of registers, which are words about an entry and no value of it.
Whether the meaning of a column or of a term changed cannot be told from its words: that is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.comparing.differences import ColumnChange, DatasetDifference, TableDifference
from corpus.errors import ReleaseRefusedError

Bump = Literal["patch", "minor", "major"]
BUMPS: tuple[Bump, ...] = ("patch", "minor", "major")
# Tables whose ids are cited, and whose words are what is cited.
CITED = ("articles", "claims")
_WORDS = "text"
_REGISTERS = ("actors", "sources", "perspectives", "quantities", "divergences", "vocabulary", "removed")
_NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version of the data; its text is MAJOR.MINOR.PATCH."""

    major: int
    minor: int
    patch: int

    @classmethod
    def read(cls, text: str) -> Version:
        """Raises `ReleaseRefusedError` where the text is no version."""
        parts = text.split(".")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
            message = f"{text!r} is no version MAJOR.MINOR.PATCH"
            raise ReleaseRefusedError(message)
        return cls(*map(int, parts))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def bumped(self, bump: Bump) -> Version:
        """The next version of that kind; below 1.0.0 as above it."""
        if bump == "major":
            return Version(self.major + 1, 0, 0)
        return Version(self.major, self.minor + 1, 0) if bump == "minor" else Version(*self._next_patch())

    def _next_patch(self) -> tuple[int, int, int]:
        return self.major, self.minor, self.patch + 1


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a version has to show, and what it asks for at least."""

    bump: Bump
    words: str


def changes_in(difference: DatasetDifference) -> list[Change]:
    """What the policy says of each difference between two datasets."""
    return [change for table in difference.tables for change in _of_table(table)]


def least_bump(changes: Sequence[Change]) -> Bump:
    """The greatest that any change asks for; `patch` where none does."""
    return max((change.bump for change in changes), key=BUMPS.index, default="patch")


def _of_table(table: TableDifference) -> Iterator[Change]:
    name = table.table
    if table.presence != "both":
        yield Change("major" if table.presence == "removed" else "minor", f"the table {name} was {table.presence}")
    yield from (_of_column(name, column) for column in table.columns)
    if table.added:
        yield Change("minor", f"{name}: {table.added:,} rows added")
    if table.removed:
        yield Change("major" if name in CITED else "minor", f"{name}: {table.removed:,} rows gone")
    for column, count in (table.changes or {}).items():
        yield Change(_of_value(name, column), f"{name}.{column}: {count:,} values changed")


def _of_column(table: str, change: ColumnChange) -> Change:
    where = f"the column {table}.{change.column}"
    if change.old_type is None:
        return Change("minor", f"{where} was added")
    if change.new_type is None:
        return Change("major", f"{where} was removed")
    return Change("major", f"{where} changed its type from {change.old_type} to {change.new_type}")


def _of_value(table: str, column: str) -> Bump:
    if table in CITED and column == _WORDS:
        return "major"
    return "patch" if table in _REGISTERS and column == _NOTE else "minor"
