"""What the corpus holds, counted and not judged. Each counted table is an SQL query that anyone can run.

The queries stand in `corpus/tables/queries/`: the first comment line is the table's title, the second says
how to read it. They use the tables' own names, so that DuckDB runs them on the Parquet files as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus.tables.querying import from_files, limited_connection
from corpus.tables.shapes import arrow_schema, columns
from schemas import KNOWN_TABLES, OCCASIONAL_TABLES, TABLES

QUERIES = (
    "dates_and_outlets",
    "claims_by_outlet",
    "topics_by_outlet",
    "speakers_by_kind",
    "speakers_by_outlet",
    "said_without_attribution",
    "naming_by_outlet",
    "figures_compared",
    "shared_quotations",
    "divergences",
    "claims_by_agreement",
)


@dataclass(frozen=True)
class CountedTable:
    """A table of counts: its title, how to read it, the query that gives it, and the rows."""

    name: str
    title: str
    note: str
    sql: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Facts:
    """The counted facts that the pages use.

    `curated`: over how many articles the counted tables go, where they are not all.
    """

    numbers: Mapping[str, int | str]
    rows: Mapping[str, int]
    tables: tuple[CountedTable, ...]
    curated: int | None = None

    def lookup(self, path: str) -> int | str | None:
        """A fact by its path, as pages name it: `rows.claims` or `words`; None for one that there is not."""
        first, _, rest = path.partition(".")
        return self.rows.get(rest) if first == "rows" and rest else self.numbers.get(path)


def read_query(name: str) -> tuple[str, str, str]:
    """Title, note and SQL of a query."""
    text = resources.files("corpus.tables").joinpath("queries").joinpath(f"{name}.sql").read_text("utf-8")
    title, note, sql = text.split("\n", 2)
    return title.removeprefix("-- "), note.removeprefix("-- "), sql.strip()


def count_facts(
    tables: Mapping[str, pa.Table], rows: Mapping[str, int] | None = None, articles: Sequence[Path] = ()
) -> Facts:
    """All facts, from the tables alone; tables that are not there count as empty.

    Of a corpus with bulk seeds `tables` are the curated part, over which the counted tables go; `rows` are those of
    the whole, and `articles` the files of all other articles, so that the numbers are of the whole, too.
    """
    with limited_connection() as connection:
        for name in TABLES:
            connection.register(name, tables.get(name, arrow_schema(name).empty_table()))
        counted = tuple(_counted(connection, name) for name in QUERIES)
        if articles:
            connection.register("curated", tables.get("articles", arrow_schema("articles").empty_table()))
            connection.unregister("articles")
            connection.execute(f"CREATE VIEW articles AS FROM curated UNION ALL BY NAME {from_files(articles)}")
        numbers = _numbers(connection)
    rows = rows or {name: table.num_rows for name, table in tables.items()}
    shown = [name for name in KNOWN_TABLES if name in rows or name not in OCCASIONAL_TABLES]
    rows = {name: rows.get(name, 0) for name in shown}
    third_party = sum(column.third_party for name in TABLES for column in columns(name))
    curated = tables["articles"].num_rows if "articles" in tables else 0
    return Facts(
        {**numbers, "third_party_columns": third_party}, rows, counted, None if curated == rows["articles"] else curated
    )


def _counted(connection: Any, name: str) -> CountedTable:
    title, note, sql = read_query(name)
    result = connection.execute(sql)
    names = tuple(column[0] for column in result.description)
    return CountedTable(name, title, note, sql, names, tuple(result.fetchall()))


_NUMBERS = """
SELECT (SELECT sum(word_count) FROM articles)::BIGINT AS words,
       (SELECT min(published_from)::VARCHAR FROM articles) AS first_day,
       (SELECT max(published_to)::VARCHAR FROM articles) AS last_day,
       (SELECT count(DISTINCT source_id) FROM articles) AS outlets,
       (SELECT count(*) FROM articles WHERE source_id IS NULL) AS unattributed_outlets,
       (SELECT count(*) FROM articles WHERE source_basis <> 'stated') AS outlet_not_stated,
       (SELECT count(*) FROM perspectives WHERE basis = 'cited') AS statements_cited,
       (SELECT count(*) FROM perspectives WHERE basis = 'none_found') AS statements_none_found,
       (SELECT count(DISTINCT pass_id) FROM claim_passes) AS passes,
       (SELECT sum(bytes) FROM seeds)::BIGINT AS seed_bytes
"""


def _numbers(connection: Any) -> dict[str, int | str]:
    result = connection.execute(_NUMBERS)
    names = [column[0] for column in result.description]
    return dict(zip(names, result.fetchone(), strict=True))
