"""How a column is declared, once: type, rule, key, reference, and whether it carries third-party text.

The Arrow schema, the Hugging Face features, the validation and the column dictionaries of the pages are
derived from these declarations.
"""

from __future__ import annotations

from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData


def column(
    description: str,
    *,
    key: bool = False,
    references: str | None = None,
    vocabulary: str | None = None,
    third_party: bool = False,
    nullable: bool = False,
    **checks: Any,
) -> Any:
    """Declare a column.

    `key`: unique and never null. `references`: the `table.column` whose values it uses.
    `vocabulary`: the list in the table `vocabulary` whose terms it uses. `third_party`: whether it carries
    wording from the texts, which stays its publisher's. `checks`: pandera's built-in checks.
    """
    metadata = {"key": key, "references": references, "vocabulary": vocabulary, "third_party": third_party}
    return pa.Field(description=description, nullable=nullable, unique=key, metadata=metadata, **checks)


class Table(pa.DataFrameModel):
    """Base of all tables: exactly the declared columns, in their order, in their types."""

    class Config:
        """No column more, none less, none elsewhere, nothing converted in silence."""

        strict = True
        ordered = True
        coerce = False


class SpanTable(Table):
    """Base of the tables whose rows are spans of `articles.text`: columns `char_start` and `char_end`."""

    @pa.dataframe_check
    @classmethod
    def ranges_ascend(cls, data: PolarsData) -> pl.LazyFrame:
        """The range of code points is not empty; null where the row has no place."""
        return ascending(data, "char_start", "char_end")


def ascending(data: PolarsData, start: str, end: str) -> pl.LazyFrame:
    """Whether each row's half-open range has an end after its start; ranges that are null pass."""
    return data.lazyframe.select((pl.col(start) < pl.col(end)).fill_null(True))


def present(data: PolarsData, *names: str) -> list[str]:
    """Those of the named columns that the table has: a text-free release lacks some."""
    there = data.lazyframe.collect_schema().names()
    return [name for name in names if name in there]


def together(data: PolarsData, *names: str) -> pl.LazyFrame:
    """Whether in each row the named columns, of those that there are, are either all null or all given."""
    nulls = [pl.col(name).is_null() for name in present(data, *names)]
    return data.lazyframe.select(pl.all_horizontal(nulls) | ~pl.any_horizontal(nulls))
