"""A built dataset as tables to ask in SQL; nothing is loaded before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.dataset as ds

from corpus.errors import DamagedTableError
from corpus.tables.shapes import arrow_schema, columns
from schemas import TABLES

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]
# Titles stay in a page without texts: a list of ids alone could not be read.
_TITLES = ("articles", "title")


@dataclass(frozen=True, slots=True)
class Library:
    """An open dataset. `has_text`: whether its articles' texts are there to be shown."""

    folder: Path
    connection: duckdb.DuckDBPyConnection
    has_text: bool

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows that a query gives, by column. Raises `DamagedTableError` where a file cannot be read."""
        import duckdb

        try:
            result = self.connection.execute(sql, list(values))
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        except (duckdb.Error, pa.ArrowException, OSError) as error:
            raise DamagedTableError(self.folder, str(error)) from error


@contextmanager
def open_library(folder: Path, *, with_text: bool = True) -> Iterator[Library]:
    """Open a dataset whose tables may each be several Parquet files.

    A column that a table lacks is null throughout. With `with_text` false every column that carries wording of the
    texts is null, except titles: no page can show what the query cannot give.
    A table without files is empty. Raises `DamagedTableError` where a file cannot be read.
    """
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name in TABLES:
            _register(connection, folder, name, with_text)
        library = Library(folder, connection, with_text)
        has_text = with_text and bool(library.rows("SELECT 1 FROM articles WHERE text <> '' LIMIT 1"))
        yield Library(folder, connection, has_text)


def _register(connection: duckdb.DuckDBPyConnection, folder: Path, name: str, with_text: bool) -> None:
    files = sorted(str(path) for path in (folder / "data" / name).glob("*.parquet"))
    schema = pa.schema(list(arrow_schema(name)))
    try:
        table = ds.dataset(files, schema=schema, format="parquet") if files else schema.empty_table()
    except (pa.ArrowException, OSError) as error:
        raise DamagedTableError(folder / "data" / name, str(error)) from error
    connection.register(f"stored_{name}", table)
    hidden = [c.name for c in columns(name) if c.third_party and not with_text and (name, c.name) != _TITLES]
    nulls = ", ".join(f'NULL::VARCHAR AS "{column}"' for column in hidden)
    replaced = f" REPLACE ({nulls})" if nulls else ""
    connection.execute(f'CREATE VIEW "{name}" AS SELECT *{replaced} FROM "stored_{name}"')  # noqa: S608 - declared names
