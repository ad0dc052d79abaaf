"""A built dataset in Python: its tables, and whether it is right and whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from corpus.errors import DamagedTableError, TextFreeError, UnknownTableError
from corpus.exchanging import repair
from corpus.findings import Finding
from schemas import TABLES
from schemas.release import TEXT_FREE_TABLES

if TYPE_CHECKING:
    import datasets
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Form = Literal["polars", "arrow", "pandas", "datasets"]


@overload
def load(name: str = ..., dist: Path | str = ..., *, as_: Literal["polars"] = ...) -> pl.DataFrame: ...
@overload
def load(name: str = ..., dist: Path | str = ..., *, as_: Literal["arrow"]) -> pa.Table: ...
@overload
def load(name: str = ..., dist: Path | str = ..., *, as_: Literal["pandas"]) -> pd.DataFrame: ...
@overload
def load(name: str = ..., dist: Path | str = ..., *, as_: Literal["datasets"]) -> datasets.Dataset: ...
def load(name: str = "articles", dist: Path | str = "dist", *, as_: Form = "polars") -> Any:
    """A table of the dataset in the folder `dist`.

    >>> import corpus
    >>> claims = corpus.load("claims")
    >>> sorted(claims["voice"].unique())
    ['author', 'reported']
    >>> corpus.load("articles", as_="arrow").num_rows
    14

    A table that has no rows is not published: for it an empty frame with the declared columns is given.
    Of a text-free release, a table lacks the columns that hold the texts, and the tables of digests can be named, too.
    Raises `UnknownTableError` for a name that is no table, `MissingDatasetError` where there is no dataset,
    `DamagedTableError` where the table's file cannot be read.
    """
    import pyarrow as pa

    from corpus.tables.files import read_manifest, read_table, table_file
    from corpus.tables.shapes import arrow_schema

    if name not in (*TABLES, *TEXT_FREE_TABLES):
        raise UnknownTableError(name, TABLES)
    folder = Path(dist)
    repair(folder)
    if name not in read_manifest(folder)["tables"]:
        return _converted(arrow_schema(name).empty_table(), as_)
    path = folder / table_file(name)
    try:
        return _converted(read_table(path, name), as_)
    except (pa.ArrowException, OSError) as error:
        raise DamagedTableError(path, str(error)) from error


def _converted(table: pa.Table, form: Form) -> Any:
    if form == "arrow":
        return table
    if form == "pandas":
        return table.to_pandas()
    if form == "datasets":
        import datasets

        return datasets.Dataset(table)
    if form == "polars":
        import polars as pl

        return pl.from_arrow(table)
    msg = f"as_ is polars, arrow, pandas or datasets, not {form!r}"
    raise ValueError(msg)


def require_texts(dist: Path) -> None:
    """Raise `TextFreeError` where `dist` is a release without texts, `MissingDatasetError` where it is no dataset."""
    from corpus.names import MARK, NONE
    from corpus.tables.files import read_manifest

    repair(dist)
    if read_manifest(dist).get(MARK) == NONE:
        raise TextFreeError(dist, "has no texts: put them back with `corpus hydrate`, and name the result")


def validate(place: Path | str = "seeds") -> list[Finding]:
    """Everything that is wrong with a folder of seeds, or with a built dataset by itself; empty if nothing is.

    >>> import corpus
    >>> corpus.validate("seeds")
    []

    Raises `MissingSeedsError` where the place is neither.
    """
    from corpus.building import validate_seeds
    from corpus.names import MANIFEST
    from corpus.validating import validate_dataset

    folder = Path(place)
    repair(folder)
    return validate_dataset(folder) if (folder / MANIFEST).exists() else validate_seeds(folder)


def verify(dist: Path | str = "dist") -> list[Finding]:
    """Files of a built dataset that were changed, removed or added; empty if it is whole.

    >>> import corpus
    >>> corpus.verify("dist")
    []

    Raises `MissingDatasetError` where there is no dataset.
    """
    from corpus.tables.verifying import verify as verify_files

    folder = Path(dist)
    repair(folder)
    return verify_files(folder)
