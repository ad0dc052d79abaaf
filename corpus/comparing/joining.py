"""The SQL by which two versions of a table are matched row by row, out of core, in DuckDB.

Rows are joined by their key. Short values are compared as they are. Of long texts the join holds a digest of 16 bytes,
so that it stays small whatever the texts' length. Digests of secret beginnings: collisions of MD5 can be made for
texts whose beginning is known, and the datasets may come from strangers; a secret of each run, put before every text,
leaves them nothing to prepare.
"""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import polars as pl

MEMORY = "1GB"
_MOST_THREADS = 4  # each holds row groups of its own
_LONG = 32  # bytes of a value, on average: longer ones are digested
_SAMPLE = 1_000
_GLOB = re.compile(r"([*?\[])")


@dataclass(frozen=True, slots=True)
class Side:
    """A table as one of the datasets has it: its files in order (none: no rows), and its columns with their types."""

    files: tuple[Path, ...]
    schema: pl.Schema

    @property
    def source(self) -> str:
        """The rows, in SQL. Names of files are literal: no character in them is a pattern."""
        if not self.files:
            return "(SELECT 0 AS file_index, 0 AS file_row_number WHERE false)"
        names = ", ".join(_quoted(_GLOB.sub(r"[\1]", str(file.absolute())), "'") for file in self.files)
        return f"read_parquet([{names}], hive_partitioning = false)"


@dataclass(frozen=True, slots=True)
class Match:
    """How rows of two sides are matched: by the columns `key`; `values` are compared, `digested` by digest.

    `repeats`: whether rows may share a key. Those are matched in their order: they must neither be lost nor multiply,
    as in a plain join those of a damaged or hostile table would.
    """

    old: Side
    new: Side
    key: tuple[str, ...]
    values: tuple[str, ...]
    digested: frozenset[str]
    repeats: bool

    def differing(self, secret: str) -> str:
        """SQL that gives every row that is on one side only or differs.

        Columns: `k0`… the key; `old_file`, `old_row`, `new_file`, `new_row` its places, null where it is not; `d0`…
        whether each value differs.
        """
        on = [f"o.k{i} IS NOT DISTINCT FROM n.k{i}" for i in range(len(self.key))]
        on += ["o.occurrence = n.occurrence"] if self.repeats or not self.key else []
        keys = [f"CASE WHEN o.row IS NULL THEN n.k{i} ELSE o.k{i} END AS k{i}" for i in range(len(self.key))]
        flags = [f"o.v{i} IS DISTINCT FROM n.v{i} AS d{i}" for i in range(len(self.values))]
        places = ["o.file AS old_file", "o.row AS old_row", "n.file AS new_file", "n.row AS new_row"]
        differs = " OR ".join(["old_row IS NULL", "new_row IS NULL", *(f"d{i}" for i in range(len(flags)))])
        old, new = (self._rows(side, secret) for side in (self.old, self.new))
        return (
            f"SELECT * FROM (SELECT {', '.join([*keys, *places, *flags])} "
            f"FROM ({old}) o FULL JOIN ({new}) n ON {' AND '.join(on)}) WHERE {differs}"
        )

    def _rows(self, side: Side, secret: str) -> str:
        if not side.files:
            return self._no_rows(side)
        parts = [f"{column(name)} AS k{i}" for i, name in enumerate(self.key)]
        parts += [f"{self._compared(name, secret)} AS v{i}" for i, name in enumerate(self.values)]
        parts += ["file_index AS file", "file_row_number AS row"]
        if self.repeats or not self.key:
            within = f"PARTITION BY {', '.join(map(column, self.key))} " if self.key else ""
            parts.append(f"row_number() OVER ({within}ORDER BY file_index, file_row_number) AS occurrence")
        return f"SELECT {', '.join(parts)} FROM {side.source}"

    def _no_rows(self, side: Side) -> str:
        other = self.new if side is self.old else self.old
        if other.files:
            return f"SELECT * FROM ({self._rows(other, '')}) WHERE false"
        return "SELECT 0 AS file, 0 AS row WHERE false"

    def _compared(self, name: str, secret: str) -> str:
        return f"md5_number('{secret}' || {column(name)})" if name in self.digested else column(name)


@contextmanager
def connected() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with bounded memory; what does not fit goes into a temporary folder. It loads no extension."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "temp_directory": folder,
            "preserve_insertion_order": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        with duckdb.connect(config=config) as connection:
            connection.execute(f"SET threads = least({_MOST_THREADS}, current_setting('threads'))")
            yield connection


def a_secret() -> str:
    """A secret that nobody who made a dataset can know."""
    return secrets.token_hex(16)


def digested(sides: Sequence[Side], names: Sequence[str]) -> frozenset[str]:
    """The columns of text whose values are long: more than 32 bytes on average, in the first thousand rows."""
    import polars as pl

    found: set[str] = set()
    for side in sides:
        texts = [name for name in names if side.schema[name] == pl.String]
        if side.files and texts:
            places = [pl.nth(side.schema.names().index(name)) for name in texts]
            first = pl.scan_parquet(side.files[0], glob=False, hive_partitioning=False).head(_SAMPLE)
            lengths = first.select(place.str.len_bytes().mean() for place in places).collect().row(0)
            found |= {name for name, length in zip(texts, lengths, strict=True) if (length or 0) > _LONG}
    return frozenset(found)


def column(name: str) -> str:
    """A column's name in SQL."""
    return _quoted(name, '"')


def _quoted(words: str, mark: str) -> str:
    return f"{mark}{words.replace(mark, 2 * mark)}{mark}"
