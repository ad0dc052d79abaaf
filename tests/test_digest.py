"""The content digest: the same for the same rows whatever wrote them, another for any other rows."""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.tables.digesting import dataset_digest, row_digests, table_digest
from schemas import TABLES

SCHEMA = pa.schema(
    [
        ("words", pa.string()),
        ("count", pa.int64()),
        ("share", pa.float64()),
        ("sure", pa.bool_()),
        ("day", pa.date32()),
        ("names", pa.list_(pa.string())),
    ]
)
WORDS = st.text(st.characters(codec="utf-8"), max_size=5) | st.sampled_from(["", "-", "1:-", "0:", "2:0:", "null"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "words": st.none() | WORDS,
    "count": st.none() | st.integers(-(2**63), 2**63 - 1),
    "share": st.none() | st.floats(allow_nan=False),
    "sure": st.none() | st.booleans(),
    "day": st.none() | st.dates(),
    "names": st.none() | st.lists(st.none() | WORDS, max_size=3),
}
ROW = st.fixed_dictionaries(VALUES)
SAMPLE = [
    {"words": "a", "count": 1, "share": 0.1, "sure": True, "day": datetime.date(2024, 1, 9), "names": ["x", "y"]},
    {"words": "b", "count": 2, "share": 2.0, "sure": False, "day": None, "names": []},
]


def table_of(rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def digest_of(rows: list[dict[str, Any]]) -> str:
    return table_digest("things", table_of(rows))


def published(dist: Path, table: str) -> pa.Table:
    return pq.read_table(dist / "data" / table / "train-00000-of-00001.parquet")


def digests_given(dist: Path) -> dict[str, str]:
    manifest = json.loads((dist / "manifest.json").read_text("utf-8"))
    return {name: entry["digest"] for name, entry in manifest["tables"].items()}


def netstring(value: Any) -> bytes:
    """A value as the documentation of the digest says it is written; no code of this project."""
    if value is None:
        return b"-"
    if isinstance(value, list):
        content = b"".join(map(netstring, value))
    elif isinstance(value, bool):
        content = b"true" if value else b"false"
    elif isinstance(value, datetime.date):
        content = value.isoformat().encode()
    else:
        content = (value if isinstance(value, str) else repr(value)).encode("utf-8")
    return str(len(content)).encode() + b":" + content


def documented_digest(name: str, table: pa.Table) -> str:
    """The digest of a table as its documentation says; no code of this project."""
    types = {"double": "float64", "date32[day]": "date32", "list": "list<string>"}
    shown = [(field.name, "list" if pa.types.is_list(field.type) else str(field.type)) for field in table.schema]
    header = " ".join(f"{column}:{types.get(type_, type_)}" for column, type_ in shown)
    digest = hashlib.sha256(f"1 {name} {header}\n".encode())
    for row in table.to_pylist():
        digest.update(hashlib.sha256(b"".join(map(netstring, row.values()))).digest())
    return digest.hexdigest()


@pytest.mark.parametrize("name", TABLES)
def test_documentation_is_enough_to_digest_a_table(built: Path, name: str) -> None:
    """Whoever follows the documentation gets the digest that the manifest gives."""
    assert documented_digest(name, published(built, name)) == digests_given(built)[name]


def test_documentation_is_enough_to_digest_the_dataset(built: Path) -> None:
    """The digest of the dataset follows from those of its tables, in whatever order these are given."""
    given_by_manifest = digests_given(built)
    lines = sorted(f"{name} {digest}\n" for name, digest in given_by_manifest.items())
    expected = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert json.loads((built / "manifest.json").read_text("utf-8"))["digest"] == expected
    assert dataset_digest(dict(reversed(given_by_manifest.items()))) == expected


@pytest.mark.parametrize("name", TABLES)
def test_chunks_do_not_matter(built: Path, name: str) -> None:
    """A table in chunks of one row has the digest of the table in one."""
    table = published(built, name)
    pieces = pa.concat_tables([table.slice(at, 1) for at in range(table.num_rows)])
    assert pieces.column(0).num_chunks == table.num_rows
    assert table_digest(name, pieces) == table_digest(name, table.combine_chunks()) == digests_given(built)[name]


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(
    "options",
    [
        {"use_dictionary": False, "compression": "none"},
        {"use_dictionary": True, "row_group_size": 7, "data_page_version": "2.0"},
        {"store_schema": False, "use_byte_stream_split": False, "write_statistics": False},
    ],
    ids=["plain", "dictionaries", "no-schema"],
)
def test_parquet_of_pyarrow(built: Path, tmp_path: Path, name: str, options: dict[str, Any]) -> None:
    """Written again by pyarrow in another way, a table has the same digest."""
    pq.write_table(published(built, name), tmp_path / "again.parquet", **options)
    assert table_digest(name, pq.read_table(tmp_path / "again.parquet")) == digests_given(built)[name]


@pytest.mark.parametrize("name", TABLES)
def test_parquet_of_polars(built: Path, tmp_path: Path, name: str) -> None:
    """Written again by polars, a table has the same digest."""
    pl.from_arrow(published(built, name)).write_parquet(tmp_path / "again.parquet")
    assert table_digest(name, pq.read_table(tmp_path / "again.parquet")) == digests_given(built)[name]


@pytest.mark.parametrize("name", ["articles", "claims"])
def test_dictionaries_of_arrow_do_not_matter(built: Path, tmp_path: Path, name: str) -> None:
    """A table whose text columns are read as dictionaries has the same digest."""
    table = published(built, name)
    texts = [field.name for field in table.schema if field.type == pa.string()]
    pq.write_table(table, tmp_path / "again.parquet", store_schema=False)
    read = pq.read_table(tmp_path / "again.parquet", read_dictionary=texts)
    assert all(pa.types.is_dictionary(read.schema.field(text).type) for text in texts)
    assert table_digest(name, read) == digests_given(built)[name]


def test_metadata_does_not_matter() -> None:
    """Metadata of schema and fields are not content."""
    table = table_of(SAMPLE)
    assert table_digest("things", table.replace_schema_metadata({"written": "today"})) == digest_of(SAMPLE)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *(("words", value) for value in (None, "", "A", "a ", "-")),
        *(("count", value) for value in (None, 0, -1, 10)),
        *(("share", value) for value in (None, 0.0, 0.1 + 2**-56, float("inf"))),
        *(("sure", value) for value in (None, False)),
        *(("day", value) for value in (None, datetime.date(2024, 1, 10))),
        *(("names", value) for value in (None, [], ["xy"], ["y", "x"], ["x", "y", ""], ["x", None], ["1:x1:y"])),
    ],
)
def test_any_other_value_gives_another_digest(column: str, value: Any) -> None:
    """One value changed in one row changes the digest."""
    assert digest_of([{**SAMPLE[0], column: value}, SAMPLE[1]]) != digest_of(SAMPLE)


@pytest.mark.parametrize("name", TABLES)
def test_any_changed_column_of_a_table_gives_another_digest(built: Path, name: str) -> None:
    """Whichever column of a real table is replaced by nulls, or by nothing where it was null, the digest changes."""
    table = published(built, name)
    for at, field in enumerate(table.schema):
        if table.column(at).null_count < table.num_rows:
            other = table.set_column(at, field, pa.nulls(table.num_rows, field.type))
            assert table_digest(name, other) != digests_given(built)[name], field.name


def test_order_of_rows_matters() -> None:
    """The same rows in another order are other content."""
    assert digest_of(SAMPLE[::-1]) != digest_of(SAMPLE)


def test_rows_are_counted() -> None:
    """A row left out or given twice is other content."""
    assert len({digest_of(rows) for rows in ([], SAMPLE[:1], SAMPLE, [*SAMPLE, SAMPLE[1]])}) == 4


def test_names_and_types_matter() -> None:
    """The same values under another name, in another order, in another type or in another table are other content."""
    table = table_of(SAMPLE)
    others = [
        table.rename_columns(["text", *table.column_names[1:]]),
        table.select(table.column_names[::-1]),
        table.drop_columns("names"),
        table.set_column(1, "count", table.column("count").cast(pa.float64())),
    ]
    digests = {table_digest("things", other) for other in [table, *others]} | {table_digest("other", table)}
    assert len(digests) == 6


def test_unknown_type_is_refused() -> None:
    """A type that the digest has no form for is an error, not a digest that depends on the version of Arrow."""
    with pytest.raises(TypeError, match="no canonical form for time64"):
        table_digest("things", pa.table({"at": pa.array([1], pa.time64("us"))}))


@settings(deadline=None)
@given(row=ROW, column=st.sampled_from(SCHEMA.names), data=st.data())
def test_rows_have_one_digest_only_if_they_are_equal(row: dict[str, Any], column: str, data: st.DataObject) -> None:
    """With another value in one column, a row has the same digest exactly if both values print the same."""
    value = data.draw(VALUES[column])
    first, second = row_digests(table_of([row, {**row, column: value}]))
    assert (first == second) == (repr(value) == repr(row[column]))


@settings(deadline=None)
@given(one=VALUES["names"], other=VALUES["names"])
def test_lists_do_not_collide(one: list[str | None] | None, other: list[str | None] | None) -> None:
    """No two lists have the same digest, whatever separators and lengths their items imitate."""
    rows = [{"names": names} for names in (one, other)]
    first, second = row_digests(pa.Table.from_pylist(rows, schema=pa.schema([("names", pa.list_(pa.string()))])))
    assert (first == second) == (one == other)


@settings(deadline=None)
@given(one=st.tuples(VALUES["words"], VALUES["words"]), other=st.tuples(VALUES["words"], VALUES["words"]))
def test_neighbours_do_not_collide(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> None:
    """Where one value ends and the next begins is part of what is digested."""
    rows = [dict(zip(("left", "right"), pair, strict=True)) for pair in (one, other)]
    schema = pa.schema([("left", pa.string()), ("right", pa.string())])
    first, second = row_digests(pa.Table.from_pylist(rows, schema=schema))
    assert (first == second) == (one == other)


@settings(deadline=None)
@given(rows=st.lists(ROW, max_size=6), at=st.integers(0, 6))
def test_chunks_of_any_rows_do_not_matter(rows: list[dict[str, Any]], at: int) -> None:
    """Wherever a table is cut into chunks, its digest is that of the whole, and the documented one."""
    table = table_of(rows)
    cut = pa.concat_tables([table.slice(0, at), table.slice(at)])
    assert table_digest("things", cut) == digest_of(rows) == documented_digest("things", table)
