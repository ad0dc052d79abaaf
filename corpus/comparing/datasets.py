"""Two built datasets, compared table by table."""

from __future__ import annotations

import filecmp
import re
from collections.abc import Sequence
from pathlib import Path

from corpus.comparing.differences import DatasetDifference, TableDifference
from corpus.comparing.tables import compare_table, count_rows
from corpus.errors import DamagedTableError
from corpus.tables.files import read_manifest
from schemas import KNOWN_TABLES

# The manifest may come from a stranger: its names become paths.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,99}")


def compare(old: Path, new: Path, limit: int = 20) -> DatasetDifference:
    """How the dataset in the folder `new` differs from the one in `old`; at most `limit` rows named of each kind.

    The Parquet files are compared, not what the manifests say of them. Raises `MissingDatasetError`,
    `DamagedTableError`.
    """
    before, after = table_files(old), table_files(new)
    names = sorted(before.keys() | after.keys(), key=_place)
    tables = tuple(_compared(name, before.get(name, ()), after.get(name, ()), limit) for name in names)
    return DatasetDifference(_version(old), _version(new), tables)


def _compared(name: str, old: Sequence[Path], new: Sequence[Path], limit: int) -> TableDifference:
    """Files that are the same to the byte are not decoded: most tables of most additions to a large corpus."""
    if len(old) == len(new) and all(filecmp.cmp(*pair, shallow=False) for pair in zip(old, new, strict=True)):
        count = count_rows(new)
        return TableDifference(name, (), count, count)
    return compare_table(name, old, new, limit)


def table_files(folder: Path) -> dict[str, tuple[Path, ...]]:
    """The Parquet files of each table that the manifest lists. Raises `MissingDatasetError`, `DamagedTableError`."""
    found = {}
    for name in read_manifest(folder)["tables"]:
        place = folder / "data" / name
        if not _NAME.fullmatch(name):
            raise DamagedTableError(folder, f"the manifest lists {name!r}, which is no name of a table")
        found[name] = tuple(sorted(place.glob("*.parquet")))
        if not found[name]:
            raise DamagedTableError(place, "no Parquet file is there")
    return found


def _version(folder: Path) -> str:
    return str(read_manifest(folder).get("version", ""))


def _place(name: str) -> tuple[int, str]:
    return (KNOWN_TABLES.index(name) if name in KNOWN_TABLES else len(KNOWN_TABLES), name)
