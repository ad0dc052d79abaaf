"""The shapes of the tables, derived from `schemas`: Arrow types, Hugging Face features, column dictionaries."""

from __future__ import annotations

import datetime
import functools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_type_hints

import pyarrow as pa

from corpus.errors import UnknownTableError
from schemas import KNOWN_TABLES, models
from schemas.release import BYTES, MASKED, TEXT_FREE_TABLES, TITLES

if TYPE_CHECKING:
    from schemas.columns import Table

_TYPES: dict[object, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime.date: pa.date32(),
    list[str]: pa.list_(pa.string()),
}
_FEATURES: dict[pa.DataType, dict[str, Any]] = {
    pa.string(): {"dtype": "string", "_type": "Value"},
    pa.int64(): {"dtype": "int64", "_type": "Value"},
    pa.float64(): {"dtype": "float64", "_type": "Value"},
    pa.bool_(): {"dtype": "bool", "_type": "Value"},
    pa.date32(): {"dtype": "date32", "_type": "Value"},
    pa.list_(pa.string()): {"feature": {"dtype": "string", "_type": "Value"}, "_type": "List"},
}


_TYPE_NAMES: dict[pa.DataType, str] = {
    pa.string(): "text",
    pa.int64(): "integer",
    pa.float64(): "number",
    pa.bool_(): "truth value",
    pa.date32(): "date",
    pa.list_(pa.string()): "list of texts",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its model declares it. `allowed`: its closed list, where it has one."""

    name: str
    type: pa.DataType
    description: str
    nullable: bool
    key: bool
    references: str | None
    vocabulary: str | None
    third_party: bool
    allowed: tuple[str, ...] = ()

    @property
    def type_name(self) -> str:
        """The type in plain words."""
        return _TYPE_NAMES[self.type]


@functools.cache
def columns(table: str) -> tuple[Column, ...]:
    """The declared columns of a table, in order. Raises `UnknownTableError`."""
    declaring = model(table)
    schema = declaring.to_schema()
    hints = get_type_hints(declaring)
    return tuple(
        Column(
            name,
            _TYPES[hints[name]],
            str(declared.description),
            bool(declared.nullable),
            **declared.metadata,
            allowed=tuple(v for check in declared.checks for v in check.statistics.get("allowed_values", ())),
        )
        for name, declared in schema.columns.items()
    )


@functools.cache
def text_free_columns(table: str) -> tuple[Column, ...]:
    """The columns that the table has in a text-free release. Raises `UnknownTableError`."""
    kept = {name for group in (MASKED, TITLES, BYTES) for name in group.get(table, ())}
    return tuple(column for column in columns(table) if not column.third_party or column.name in kept)


@functools.cache
def arrow_schema(table: str, *, text: bool = True) -> pa.Schema:
    """The Arrow schema of a table, with the metadata from which `datasets` takes its features.

    `text`: whether with the columns that a text-free release leaves out.
    """
    shown = columns(table) if text else text_free_columns(table)
    fields = [pa.field(column.name, column.type) for column in shown]
    features = {column.name: _FEATURES[column.type] for column in shown}
    metadata = json.dumps({"info": {"features": features}}, separators=(",", ":"))
    return pa.schema(fields, metadata={"huggingface": metadata})


def key_of(table: str) -> str | None:
    """The column that names a row of the table; None where no single column does."""
    return next((column.name for column in columns(table) if column.key), None)


def describe(table: str) -> str:
    """What a row of the table is: the first line of its model's docstring."""
    return (model(table).__doc__ or "").strip().splitlines()[0]


def model(table: str) -> type[Table]:
    """The model of a table, of those of a text-free release, too. Raises `UnknownTableError`."""
    if table in KNOWN_TABLES:
        return models()[table]
    if table not in TEXT_FREE_TABLES:
        raise UnknownTableError(table, KNOWN_TABLES)
    from schemas.text_free import text_free_models

    return text_free_models()[table]
