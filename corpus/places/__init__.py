"""Where a built dataset may lie: in a folder, in a revision of git, at a published address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.places.addresses import dataset_at_address, is_address
from corpus.places.revisions import dataset_in_revision


@contextmanager
def dataset_at(place: str) -> Iterator[Path]:
    """The folder `place`, or the dataset at it written into a temporary folder for as long as the context lasts.

    `place`: a folder; `REVISION:FOLDER`, as git has it, where FOLDER leads from the top of the repository, or from
    here where it begins with `./`; or an address that fsspec reads (`https://…`, `s3://…`, `hf://…`). A folder of that
    name comes first. Of a dataset elsewhere the manifest, the card and the Parquet files are taken.
    Raises `MissingDatasetError`, `UnknownRevisionError`, `UnreadableAddressError`.
    """
    if Path(place).exists():
        yield Path(place)
    elif is_address(place):
        with dataset_at_address(place) as folder:
            yield folder
    elif ":" in place:
        with dataset_in_revision(place) as folder:
            yield folder
    else:
        yield Path(place)
