"""Loading: `datasets`, DuckDB, Polars, pandas and `corpus.load` give the same rows, and never another dataset's."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import datasets
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import corpus
from corpus.errors import CorpusError, MissingDatasetError, UnknownTableError
from corpus.tables.facts import QUERIES, count_facts, read_query
from schemas import TABLES

ROOT = Path(__file__).resolve().parent.parent
Row = dict[str, Any]


def parquet(dist: Path, table: str) -> Path:
    return dist / "data" / table / "train-00000-of-00001.parquet"


def expected(dist: Path, table: str) -> list[Row]:
    """The rows as pyarrow reads them, which the others are compared with."""
    return pq.read_table(parquet(dist, table)).to_pylist()


def own_version(dist: Path) -> str:
    return str(json.loads((dist / "manifest.json").read_text("utf-8"))["version"])


def plain(value: Any) -> Any:
    """A value of pandas as Python has it: pandas knows neither null integers nor lists."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    return None if pd.isna(value) else value


def hugging_face(dist: Path, table: str | None, cache: Path, **options: Any) -> Any:
    return datasets.load_dataset(str(dist), *filter(None, [table]), split="train", cache_dir=str(cache), **options)


def with_evidence(tmp_path: Path, name: str, words: str) -> Path:
    """A copy of the seeds in which one piece of evidence reads otherwise, which changes one cell of `articles`."""
    seeds = Path(shutil.copytree(ROOT / "seeds", tmp_path / name))
    source = seeds / "003" / "source.toml"
    text = source.read_text("utf-8")
    assert text.count("The text names no outlet.") == 1
    source.write_text(text.replace("The text names no outlet.", words), "utf-8", newline="\n")
    return seeds


@pytest.fixture(scope="module")
def views(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Plain DuckDB with one view per Parquet file, named like its table."""
    with duckdb.connect() as connection:
        for path in sorted((built / "data").glob("*/*.parquet")):
            connection.read_parquet(str(path)).create_view(path.parent.name)
        yield connection


@pytest.mark.parametrize("table", TABLES)
def test_load_dataset(built: Path, tmp_path: Path, table: str) -> None:
    """`load_dataset` gives every table offline, with the version of the data and all rows."""
    dataset = hugging_face(built, table, tmp_path)
    assert str(dataset.info.version) == own_version(built)
    assert dataset.to_list() == expected(built, table)


@pytest.mark.parametrize("table", TABLES)
def test_load_dataset_streaming(built: Path, tmp_path: Path, table: str) -> None:
    """Streamed, every table has the same rows, and nothing is written into the cache."""
    dataset = hugging_face(built, table, tmp_path, streaming=True)
    assert list(dataset) == expected(built, table)
    assert not list(tmp_path.rglob("*.arrow"))


def test_configs_are_the_tables(built: Path, tmp_path: Path) -> None:
    """The names that `load_dataset` knows are the tables that were published, and the first is the default."""
    names = datasets.get_dataset_config_names(str(built))
    assert set(names) == {path.name for path in (built / "data").iterdir()} == set(TABLES)
    assert hugging_face(built, None, tmp_path).to_list() == expected(built, "articles")


@pytest.mark.parametrize("table", TABLES)
def test_features_are_declared_in_the_file(built: Path, tmp_path: Path, table: str) -> None:
    """The metadata of each file are those that `datasets` derives itself, and those of the loaded dataset."""
    schema = pq.read_schema(parquet(built, table))
    derived = datasets.Features.from_arrow_schema(schema.remove_metadata())
    assert json.loads(schema.metadata[b"huggingface"]) == json.loads(derived.arrow_schema.metadata[b"huggingface"])
    assert hugging_face(built, table, tmp_path, streaming=True).features == derived
    assert datasets.Dataset.from_parquet(str(parquet(built, table)), cache_dir=str(tmp_path)).features == derived


def test_features_of_articles(built: Path, tmp_path: Path) -> None:
    """Text, numbers, dates and lists arrive as what they are."""
    features = hugging_face(built, "articles", tmp_path).features
    assert features["title"] == datasets.Value("string")
    assert features["word_count"] == datasets.Value("int64")
    assert features["published_from"] == datasets.Value("date32")
    assert features["authors"] == datasets.List(datasets.Value("string"))


def test_rebuilt_elsewhere_is_not_mixed_up(built: Path, tmp_path: Path) -> None:
    """With one cache, a folder of the same name elsewhere gives its own rows and not those loaded before."""
    seeds = with_evidence(tmp_path, "seeds", "Another sentence.")
    other = corpus.build(seeds, tmp_path / "elsewhere" / built.name, lock=None).folder
    cache = tmp_path / "cache"
    for folder in (built, other, built):
        assert hugging_face(folder, "articles", cache).to_list() == expected(folder, "articles")
    assert expected(built, "articles") != expected(other, "articles")


def test_rebuilt_in_place_is_read_again(copied: Path, tmp_path: Path) -> None:
    """With one cache, a dataset built again in its place gives the new rows, even where no length has changed."""
    before = hugging_face(copied, "articles", tmp_path / "cache").to_list()
    corpus.build(with_evidence(tmp_path, "other", "The text nameS no outlet."), copied, lock=None)
    after = hugging_face(copied, "articles", tmp_path / "cache").to_list()
    assert before != after == expected(copied, "articles")


@pytest.mark.parametrize("table", TABLES)
def test_same_rows_everywhere(built: Path, table: str) -> None:
    """DuckDB, Polars and pandas read the same rows from a file, in the same order."""
    path, rows = parquet(built, table), expected(built, table)
    assert duckdb.read_parquet(str(path)).fetchall() == [tuple(row.values()) for row in rows]
    assert pl.read_parquet(path).to_dicts() == rows
    frame = pd.read_parquet(path)
    assert [{name: plain(value) for name, value in row.items()} for row in frame.to_dict("records")] == rows


@pytest.mark.parametrize("table", TABLES)
def test_names_of_columns_need_no_quotes(views: duckdb.DuckDBPyConnection, built: Path, table: str) -> None:
    """Every column can be selected, named and created in DuckDB without quotation marks."""
    columns = pq.read_schema(parquet(built, table)).names
    names = ", ".join(columns)
    assert views.view(table).project(names).order(names).columns == columns
    views.execute(f"CREATE OR REPLACE TEMP TABLE unquoted ({', '.join(f'{name} VARCHAR' for name in columns)})")


@pytest.mark.parametrize("table", TABLES)
def test_load_in_all_forms(built: Path, table: str) -> None:
    """`corpus.load` gives the same rows as a frame of Polars or pandas, a table of Arrow and a dataset."""
    rows = expected(built, table)
    assert corpus.load(table, built).to_dicts() == rows
    assert corpus.load(table, built, as_="polars").equals(corpus.load(table, str(built)))
    assert corpus.load(table, built, as_="arrow").to_pylist() == rows
    assert corpus.load(table, built, as_="datasets").to_list() == rows
    frame = corpus.load(table, built, as_="pandas")
    assert [{name: plain(value) for name, value in row.items()} for row in frame.to_dict("records")] == rows


def test_load_by_default(committed: Path) -> None:
    """Without arguments `corpus.load` gives the articles of the dataset in `dist`."""
    assert corpus.load().to_dicts() == expected(committed, "articles")


@pytest.fixture(scope="module")
def without_passes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of seeds that nobody annotated twice: its table `claim_passes` would be empty."""
    folder = tmp_path_factory.mktemp("without-passes")
    shutil.copytree(ROOT / "seeds", folder / "seeds", ignore=shutil.ignore_patterns("passes"))
    return corpus.build(folder / "seeds", folder / "dist", lock=None).folder


def test_empty_table_is_not_published(without_passes: Path, built: Path) -> None:
    """A table without rows has no file and no config, for no reader of Parquet bears one, and the rest is right."""
    assert "claim_passes" not in datasets.get_dataset_config_names(str(without_passes))
    assert not (without_passes / "data" / "claim_passes").exists()
    assert corpus.verify(without_passes) == corpus.validate(without_passes) == []
    assert {row["agreement"] for row in expected(without_passes, "claims")} == {None}
    assert len(expected(without_passes, "claims")) == len(expected(built, "claims"))


def test_empty_table_is_loaded_with_its_columns(without_passes: Path, built: Path) -> None:
    """A table that was not published is an empty one with the declared columns and types, in every form."""
    full = {form: corpus.load("claim_passes", built, as_=form) for form in ("polars", "arrow", "pandas", "datasets")}
    empty = {form: corpus.load("claim_passes", without_passes, as_=form) for form in full}
    assert [len(table) for table in empty.values()] == [0, 0, 0, 0]
    assert empty["polars"].schema == full["polars"].schema
    assert empty["arrow"].schema == full["arrow"].schema
    assert list(empty["pandas"].columns) == list(full["pandas"].columns)
    assert empty["datasets"].features == full["datasets"].features


def test_unknown_table(built: Path) -> None:
    """A name that is no table is an error that lists the tables, whatever it looks like."""
    for name in ("claim", "", "../articles", "Articles"):
        with pytest.raises(UnknownTableError, match="there are: articles, paragraphs"):
            corpus.load(name, built)


def test_unknown_form(built: Path) -> None:
    """A form that is none is an error that lists the forms."""
    with pytest.raises(ValueError, match="polars, arrow, pandas or datasets, not 'numpy'"):
        corpus.load("articles", built, as_="numpy")  # type: ignore[call-overload]


def test_no_dataset_to_load(tmp_path: Path) -> None:
    """Where there is no dataset, the error says what to do."""
    with pytest.raises(MissingDatasetError, match="corpus build"):
        corpus.load("articles", tmp_path)


def test_damaged_table_is_told_by_name(copied: Path) -> None:
    """A table whose file is cut short is an error that a person can mend, and names the file."""
    path = parquet(copied, "articles")
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises((CorpusError, OSError), match=path.name):
        corpus.load("articles", copied)


@pytest.mark.parametrize("name", QUERIES)
def test_documented_queries(views: duckdb.DuckDBPyConnection, built: Path, name: str) -> None:
    """Each counted query gives, in plain DuckDB on the Parquet files, the rows that the pages show."""
    tables = {table: pq.read_table(parquet(built, table)) for table in TABLES}
    counted = next(table for table in count_facts(tables).tables if table.name == name)
    result = views.execute(read_query(name)[2])
    assert tuple(column[0] for column in result.description) == counted.columns
    assert tuple(result.fetchall()) == counted.rows
    assert counted.rows


def test_types_are_those_that_every_reader_knows(built: Path) -> None:
    """The files use text, whole and broken numbers, truth values, days and lists of text, and no other type."""
    known = {pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32()}
    for table in TABLES:
        for field in pq.read_schema(parquet(built, table)):
            type_ = field.type.value_type if pa.types.is_list(field.type) else field.type
            assert type_ in known, (table, field.name)
