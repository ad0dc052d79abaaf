r"""The content digest: what the rows say, whatever wrote the file.

Version 1. A value is written as a netstring of UTF-8 bytes (`<length>:<bytes>`); null as `-`.
Text is written as it is, an integer in decimal digits, a date in ISO 8601, a floating-point number as the shortest
decimal that reads back to it (`repr` in Python), a truth value as `true` or `false`, a list as the
concatenation of its items so written. Types are named `string`, `int64`, `float64`, `bool`, `date32`, `list<string>`.
A row is the concatenation of its values in the order of the columns; its digest is SHA-256.
A table's digest is SHA-256 over the line `1 <table> <column>:<type> …\n` and the digests of its rows, in order.
The dataset's digest is SHA-256 over the lines `<table> <digest>\n`, sorted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import polars as pl

VERSION = 1


class TableDigest:
    """The digest of a table's rows, taken in piece by piece. Chunks, encodings and metadata do not matter."""

    def __init__(self, name: str, schema: pa.Schema) -> None:
        columns = " ".join(f"{field.name}:{_type_name(field.type)}" for field in schema)
        self._digest = hashlib.sha256(f"{VERSION} {name} {columns}\n".encode())

    def add(self, rows: bytes) -> None:
        """Take in the digests of more rows, 32 bytes each."""
        self._digest.update(rows)

    def update(self, piece: pa.Table) -> None:
        """Take in more rows."""
        for row in row_digests(piece):
            self._digest.update(row)

    def hexdigest(self) -> str:
        """The digest so far, in hexadecimal."""
        return self._digest.hexdigest()


def table_digest(name: str, table: pa.Table) -> str:
    """The digest of a table's rows, in hexadecimal."""
    digest = TableDigest(name, table.schema)
    digest.update(table)
    return digest.hexdigest()


def row_digests(table: pa.Table) -> Iterator[bytes]:
    """The digest of each row, 32 bytes each."""
    import polars as pl

    for batch in table.combine_chunks().to_batches(max_chunksize=16_384):
        if not batch.num_columns:
            continue
        columns = [_column_written(column) for column in batch.columns]
        rows = pl.select(pl.concat_str(columns).cast(pl.Binary)).to_series()
        for row in rows:
            yield hashlib.sha256(row).digest()


def _column_written(column: pa.Array) -> pl.Series:
    """The values of a column, each as it is written in its row.

    Texts and integers are written column-wise, which is many times faster; of other types each distinct value is
    written once.
    """
    import polars as pl

    if _type_name(column.type) in ("string", "int64"):
        texts = pl.Series(column.cast(pa.large_string()))
        written = pl.select(pl.concat_str(texts.str.len_bytes().cast(pl.String), pl.lit(":"), texts)).to_series()
        return written.fill_null("-")
    if pa.types.is_nested(column.type):
        return pl.Series([_written(value).decode() for value in column.to_pylist()], dtype=pl.String)
    distinct = column.dictionary_encode()
    written = pa.array([_written(value).decode() for value in distinct.dictionary.to_pylist()], pa.large_string())
    return pl.Series(written.take(distinct.indices)).fill_null("-")


def dataset_digest(tables: Mapping[str, str]) -> str:
    """The digest of all tables, from the digest of each."""
    lines = "".join(f"{name} {digest}\n" for name, digest in sorted(tables.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _written(value: object) -> bytes:
    if value is None:
        return b"-"
    if isinstance(value, str):
        content = value.encode()
    elif isinstance(value, bool):
        content = b"true" if value else b"false"
    elif isinstance(value, list):
        content = b"".join(_written(item) for item in value)
    else:
        content = str(value).encode()
    return b"%d:%s" % (len(content), content)


def _type_name(type_: pa.DataType) -> str:
    """The type in words of our own, since Arrow's names may change."""
    if pa.types.is_dictionary(type_):
        return _type_name(type_.value_type)
    if pa.types.is_list(type_) or pa.types.is_large_list(type_):
        return f"list<{_type_name(type_.value_type)}>"
    if pa.types.is_string(type_) or pa.types.is_large_string(type_) or pa.types.is_string_view(type_):
        return "string"
    for matches, name in (
        (pa.types.is_int64, "int64"),
        (pa.types.is_float64, "float64"),
        (pa.types.is_boolean, "bool"),
        (pa.types.is_date32, "date32"),
    ):
        if matches(type_):
            return name
    msg = f"no canonical form for {type_}"
    raise TypeError(msg)
