"""Do tables keep what `schemas` promises? Columns, types, values and keys of each table by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandera.errors
import polars as pl
import pyarrow as pa
from pandera.api.polars.container import DataFrameSchema
from pandera.config import ValidationDepth, get_config_context

from corpus.findings import Finding
from corpus.tables.shapes import columns, key_of, model, text_free_columns
from corpus.terminal import shortened

MOST_PER_RULE = 200
_OF_TEXT = ("only_kept_has_no_bytes",)  # of bytes that a text-free release may withhold
_SHAPE_CHECKS = ("column_in_dataframe", "column_in_schema", "column_ordered", "dtype", "wrong_dtype")


def as_frame(table: pa.Table) -> pl.DataFrame:
    """An Arrow table as a Polars frame, eagerly: pandera checks a lazy frame's schema only."""
    frame = pl.from_arrow(table)
    if not isinstance(frame, pl.DataFrame):
        msg = "a table gives a frame"
        raise TypeError(msg)
    return frame


def validation_is_off() -> Finding | None:
    """A finding where the environment has silently switched pandera's checks off."""
    context = get_config_context()
    depths = (None, ValidationDepth.SCHEMA_AND_DATA)
    if context.validation_enabled and context.validation_depth in depths:
        return None
    found = f"enabled {context.validation_enabled}, depth {context.validation_depth}"
    return Finding("environment", None, "validation-disabled", None, "pandera checks schema and data", found)


def validate_table(name: str, frame: pl.DataFrame, *, text: bool = True) -> list[Finding]:
    """The breaches of one table's own rules, each with the key of its row.

    `text`: whether the table is that of a full dataset; a text-free release lacks columns, and rules about them.
    """
    try:
        (_full_schema if text else _text_free_schema)(name).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        return list(_breaches(name, frame, error.failure_cases))
    return []


def _full_schema(name: str) -> DataFrameSchema:
    return model(name).to_schema()


def _text_free_schema(name: str) -> DataFrameSchema:
    left_out = {column.name for column in columns(name)} - {column.name for column in text_free_columns(name)}
    schema = model(name).to_schema().remove_columns(sorted(left_out))
    schema.checks = [check for check in schema.checks if check.name not in _OF_TEXT]
    return schema


def _breaches(name: str, frame: pl.DataFrame, cases: pl.DataFrame) -> Iterator[Finding]:
    says = {check: (rule.__doc__ or "").strip() for check, rule in _row_rules(name).items()}
    counts: dict[tuple[str, str], int] = {}
    for case in cases.iter_rows(named=True):
        rule = (str(case["column"]), str(case["check"]))
        counts[rule] = counts.get(rule, 0) + 1
        if counts[rule] <= MOST_PER_RULE:
            yield _breach(name, frame, case, says)


def _breach(name: str, frame: pl.DataFrame, case: Mapping[str, Any], says: Mapping[str, str]) -> Finding:
    check, column, index = str(case["check"]), str(case["column"]), case["index"]
    file, record = f"table:{name}", None if index is None else _record(name, frame, int(index))
    if check.startswith(_SHAPE_CHECKS):
        expected = ", ".join(f"{c.name} {c.type}" for c in columns(name))
        return Finding(file, None, "column-mismatch", column, expected, shortened(str(case["failure_case"])))
    if check in says:
        return Finding(file, None, "rule-broken", record, says[check], f"a row that breaks {check}")
    code = "key-duplicate" if check == "field_uniqueness" else "value-forbidden"
    found = f"{column} = {shortened(str(case['failure_case']))}"
    return Finding(file, None, code, record, f"{column}: {check}", found)


def _row_rules(name: str) -> dict[str, Any]:
    """The row rules that a table's model declares or inherits, by name."""
    declared = (item for base in model(name).__mro__ for item in vars(base).items())
    return {rule: value for rule, value in declared if hasattr(value, "__dataframe_check_config__")}


def _record(name: str, frame: pl.DataFrame, index: int) -> str:
    key = key_of(name)
    if key is None or key not in frame.columns:
        return f"row {index}"
    return str(frame[key][index])
