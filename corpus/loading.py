"""A built dataset in Python: its tables, and whether it is right and whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from corpus.errors import DamagedTableError, UnknownTableError
from corpus.exchanging import repair
from corpus.findings import Finding
from schemas import TABLES

if TYPE_CHECKING:
    import datasets
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from corpus.scaling.progress import Progress
    from corpus.scaling.streaming import BulkSettings

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
    Raises `UnknownTableError` for a name that is no table, `MissingDatasetError` where there is no dataset,
    `DamagedTableError` where the table's file cannot be read.
    """
    import pyarrow as pa

    from corpus.tables.files import listed_files, read_table
    from corpus.tables.shapes import arrow_schema

    if name not in TABLES:
        raise UnknownTableError(name, TABLES)
    folder = Path(dist)
    repair(folder)
    tables = [arrow_schema(name).empty_table()]
    for file in listed_files(folder).get(name, ()):
        try:
            tables.append(read_table(folder / file, name))
        except (pa.ArrowException, OSError) as error:
            raise DamagedTableError(folder / file, str(error)) from error
    return _converted(pa.concat_tables(tables[-1:] if len(tables) == 2 else tables), as_)


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


def validate(
    place: Path | str = "seeds", *, progress: Progress = lambda _: None, bulk: BulkSettings | None = None
) -> list[Finding]:
    """Everything that is wrong with a folder of seeds, or with a built dataset by itself; empty if nothing is.

    >>> import corpus
    >>> corpus.validate("seeds")
    []

    `progress` and `bulk`: as in `build`. Raises `MissingSeedsError` where the place is neither.
    """
    from corpus.building import STRICT, validate_seeds
    from corpus.names import MANIFEST
    from corpus.validating import validate_dataset

    folder = Path(place)
    repair(folder)
    if (folder / MANIFEST).exists():
        return validate_dataset(folder)
    return validate_seeds(folder, progress, bulk or STRICT)


def verify(
    dist: Path | str = "dist", *, seeds: Path | str | None = None, lock: Path | str | None = "requirements.lock"
) -> list[Finding]:
    """Files of a built dataset that were changed, removed or added; empty if it is whole.

    >>> import corpus
    >>> corpus.verify("dist")
    []

    With `seeds`, its provenance is held against these seeds and the lock as well: each file that differs is named.
    Raises `MissingDatasetError` where there is no dataset, `MissingSeedsError` where `seeds` holds none.
    """
    from corpus.describing.provenance import verify_provenance
    from corpus.findings import in_order
    from corpus.tables.verifying import verify as verify_files

    folder = Path(dist)
    repair(folder)
    findings = verify_files(folder)
    if seeds is None:
        return findings
    told = {finding.file for finding in findings}
    more = verify_provenance(folder, Path(seeds), Path(lock) if lock else None)
    return in_order([*findings, *(finding for finding in more if finding.file not in told)])
