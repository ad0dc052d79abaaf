"""Parquet: one record a row, read in small batches and only the columns that are needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from corpus.forms.documents import Document, Fault, Fields, short
from corpus.forms.fields import proposed
from corpus.forms.limits import RECORD
from corpus.forms.records import Record, Source, chosen

# A value that is kept once in the file may stand in every row: memory is this many times the longest value.
_ROWS = 64
_STRING_LIMIT = 64 << 20
_CONTAINER_LIMIT = 1_000_000


def documents(file: BinaryIO, fields: Fields, encoding: str | None) -> Iterator[Document | Fault]:
    """A document for each row."""
    yield from chosen(records(file, fields, encoding), fields)[1]


def records(file: BinaryIO, fields: Fields, encoding: str | None) -> Source:
    """The rows. A file that is damaged inside gives the rows before the damage, then why."""
    import pyarrow as pa

    file.seek(0)
    try:
        yield from _rows(pa.PythonFile(file, "r"), fields)
    except (
        pa.ArrowException,
        OSError,
        MemoryError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        OverflowError,
    ) as error:
        yield Fault("container-unreadable", None, "a whole Parquet file", short(error) or type(error).__name__)


def _rows(source: Any, fields: Fields) -> Source:
    import pyarrow.parquet as pq

    table = pq.ParquetFile(
        source,
        pre_buffer=False,
        thrift_string_size_limit=_STRING_LIMIT,
        thrift_container_size_limit=_CONTAINER_LIMIT,
        arrow_extensions_enabled=False,
    )
    schema = table.schema_arrow
    twice = [name for name, count in Counter(schema.names).items() if count > 1]
    if twice:
        yield Fault("container-unreadable", None, "each column named once", f"{short(twice[0])} twice")
        return
    number = 0
    for batch in table.iter_batches(batch_size=_ROWS, columns=_needed(schema, fields), use_threads=False):
        columns = {name: _readable(column) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
        for row in range(batch.num_rows):
            number += 1
            yield _record(columns, row, number)


def _needed(schema: Any, fields: Fields) -> list[str]:
    """The columns that hold what is wanted; all where their names do not tell the text."""
    outline = [{field.name: _outline(field.type) for field in schema}]
    found = proposed(fields, outline).fields
    if found.text is None:
        return list(schema.names)
    paths = set(found.named().values())
    return [name for name in schema.names if any(path == name or path.startswith(f"{name}.") for path in paths)]


def _outline(kind: Any) -> object:
    """A value that stands for a column's type where names are looked at."""
    import pyarrow as pa

    return {field.name: None for field in kind} if pa.types.is_struct(kind) else None


def _readable(column: Any) -> Any:
    """Moments to microseconds: Python knows no smaller ones."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return column


def _record(columns: Mapping[str, Any], row: int, number: int) -> Record | Fault:
    values: dict[str, object] = {}
    for name, column in columns.items():
        try:
            values[name] = column[row].as_py()
        except UnicodeDecodeError as error:
            return Fault("text-undecodable", number, "UTF-8", f"byte {error.start} of {short(name)}")
        except (ValueError, TypeError, OverflowError, ArithmeticError, KeyError, ImportError) as error:
            return Fault("record-unreadable", number, f"a value in {short(name)}", short(error))
    size = sum(len(value) for value in values.values() if isinstance(value, str | bytes | list | dict))
    if size > RECORD:
        return Fault("container-too-large", number, f"a record of at most {RECORD >> 20} MiB", f"{size >> 20} MiB")
    return Record(number, values, None, size)
