"""A built dataset in Python: its tables, and whether it is right and whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from corpus.errors import DamagedTableError, OtherVersionError, TextFreeError, UnknownTableError
from corpus.exchanging import repair
from corpus.findings import Finding
from corpus.places.addresses import dataset_at_address, is_address
from schemas import KNOWN_TABLES
from schemas.release import TEXT_FREE_TABLES

if TYPE_CHECKING:
    import datasets
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from corpus.scaling.progress import Progress
    from corpus.scaling.streaming import BulkSettings

Form = Literal["polars", "arrow", "pandas", "datasets"]


@overload
def load(
    name: str = ..., dist: Path | str = ..., *, as_: Literal["polars"] = ..., version: str | None = ...
) -> pl.DataFrame: ...
@overload
def load(name: str = ..., dist: Path | str = ..., *, as_: Literal["arrow"], version: str | None = ...) -> pa.Table: ...
@overload
def load(
    name: str = ..., dist: Path | str = ..., *, as_: Literal["pandas"], version: str | None = ...
) -> pd.DataFrame: ...
@overload
def load(
    name: str = ..., dist: Path | str = ..., *, as_: Literal["datasets"], version: str | None = ...
) -> datasets.Dataset: ...
def load(name: str = "articles", dist: Path | str = "dist", *, as_: Form = "polars", version: str | None = None) -> Any:
    """A table of the dataset in the folder `dist`, or at an address that fsspec reads (`https://…`, `hf://…`).

    >>> import corpus
    >>> claims = corpus.load("claims")
    >>> sorted(claims["voice"].unique())
    ['author', 'reported']
    >>> corpus.load("articles", as_="arrow").schema.field("published_from").type
    DataType(date32[day])

    A table that has no rows is not published: for it an empty frame with the declared columns is given.
    Of a text-free release, a table lacks the columns that hold the texts, and the tables of digests can be named, too.
    `version`: that of a release, as `"0.1.0"`. From a folder it is read from the git tag `v0.1.0` of the repository
    that the folder lies in; from an address from there, `{version}` in it being replaced. An older version has the
    columns that it had.

    Raises `UnknownTableError` for a name that is no table, `MissingDatasetError` where there is no dataset,
    `DamagedTableError` where the table's file cannot be read; with a version or an address `UnknownRevisionError`,
    `UnreadableAddressError` and `OtherVersionError`, too.
    """
    if version is not None or is_address(str(dist)):
        return _converted(_published(name, str(dist), version), as_)
    import pyarrow as pa

    from corpus.tables.files import listed_files, read_table
    from corpus.tables.shapes import arrow_schema

    if name not in (*KNOWN_TABLES, *TEXT_FREE_TABLES):
        raise UnknownTableError(name, KNOWN_TABLES)
    folder = Path(dist)
    repair(folder)
    tables = []
    for file in listed_files(folder).get(name, ()):
        try:
            tables.append(read_table(folder / file, name))
        except (pa.ArrowException, OSError) as error:
            raise DamagedTableError(folder / file, str(error)) from error
    return _converted(pa.concat_tables(tables) if tables else arrow_schema(name).empty_table(), as_)


def _published(name: str, dist: str, version: str | None) -> pa.Table:
    """A table of a release, in a git tag or at an address, with the columns that it has there."""
    from corpus.places.revisions import dataset_in_revision, place_in_tag

    if is_address(dist):
        address = dist.replace("{version}", version or "{version}")
        with dataset_at_address(address, tables=[name]) as folder:
            return _stored(folder, name, address, version)
    place = place_in_tag(Path(dist), str(version))
    with dataset_in_revision(place, repository=Path(dist).absolute().parent, tables=[name]) as folder:
        return _stored(folder, name, place, version)


def _stored(folder: Path, name: str, place: str, version: str | None) -> pa.Table:
    """A table as its files hold it. Raises `UnknownTableError` where that version has no rows of it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from corpus.tables.files import read_manifest

    manifest = read_manifest(folder)
    if version is not None and manifest.get("version") != version:
        raise OtherVersionError(place, str(manifest.get("version")), version)
    files = sorted(folder.glob(f"data/{name}/*.parquet")) if name in manifest["tables"] else []
    if not files:
        raise UnknownTableError(name, manifest["tables"])
    try:
        return pa.concat_tables([pq.read_table(file, page_checksum_verification=True) for file in files])
    except (pa.ArrowException, OSError) as error:
        raise DamagedTableError(Path(place), str(error)) from error


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
    from corpus.versioning.registering import unconfirmed

    folder = Path(place)
    repair(folder)
    if (folder / MANIFEST).exists():
        return validate_dataset(folder)
    return [*validate_seeds(folder, progress, bulk or STRICT), *unconfirmed(folder)]


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
