"""DuckDB over tables and files that may be larger than memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_MEMORY = "512MB"


@contextmanager
def limited_connection() -> Iterator[Any]:
    """A connection that keeps to 512 MB of memory and puts the rest on disk, in a folder that goes with it."""
    import duckdb

    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{_MEMORY}'")
        connection.execute(f"SET temp_directory = {quoted(scratch)}")
        yield connection


def from_files(files: Sequence[Path]) -> str:
    """A FROM clause over the Parquet files."""
    return f"FROM read_parquet([{', '.join(quoted(str(file)) for file in files)}])"


def distinct_values(files: Sequence[Path], column: str) -> set[str | None]:
    """The values of a column of text in Parquet files."""
    if not files:
        return set()
    with limited_connection() as connection:
        return {row[0] for row in connection.execute(f'SELECT DISTINCT "{column}" {from_files(files)}').fetchall()}


def quoted(words: str) -> str:
    """Words as an SQL string."""
    return "'" + words.replace("'", "''") + "'"
