"""A built dataset at an address that fsspec reads: a web server, an object store, a hub, an archive.

The manifest says which files there are; only names of ours become paths. Protocols that need a package of their own
(`s3`, `gs`, `hf` …) say which where it is not installed.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from corpus.errors import UnreadableAddressError
from corpus.names import MANIFEST

CARD = "README.md"
# Names of files come from a manifest that a stranger may have written.
FILE = re.compile(r"data/[a-z][a-z0-9_]{0,99}/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}\.parquet", re.ASCII)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*(?:::|://)", re.ASCII)
_CHUNK = 2**20
_MOST_OF_A_PAGE = 64 * 2**20
_MOST_BYTES = 256 * 2**30
_MOST_FILES = 100_000


def is_address(place: str) -> bool:
    """Whether the place begins as an address does: with a protocol."""
    return _ADDRESS.match(place) is not None


@contextmanager
def dataset_at_address(address: str, tables: Collection[str] | None = None) -> Iterator[Path]:
    """The dataset at an address, in a temporary folder: its manifest, card and Parquet files (of `tables`, if given).

    Raises `UnreadableAddressError` where it cannot be reached or read, or no dataset is there.
    """
    files, root = _told(address, partial(_file_system, address))
    with tempfile.TemporaryDirectory(prefix="corpus-") as temporary:
        folder = Path(temporary)
        fetching = _Fetching(files, root.rstrip("/"), folder)
        try:
            _told(address, partial(fetching.fetch, MANIFEST, _MOST_OF_A_PAGE))
        except FileNotFoundError as error:
            raise UnreadableAddressError(address, "no manifest.json is there, or the place is not reached") from error
        for name in _listed(folder / MANIFEST, address, tables):
            try:
                _told(address, partial(fetching.fetch, name, _MOST_BYTES))
            except FileNotFoundError as error:
                raise UnreadableAddressError(address, f"{name} is listed in the manifest and not there") from error
        yield folder


def _file_system(address: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    files, root = url_to_fs(address)
    return files, str(root)


def _told(address: str, act: Callable[[], Any]) -> Any:
    """What `act` gives; each kind of store raises errors of its own, of which only the words are of use."""
    try:
        return act()
    except FileNotFoundError:
        raise
    except Exception as error:
        raise UnreadableAddressError(address, str(error) or type(error).__name__) from error


class _Fetching:
    """Copies files of a dataset into a folder, as streams; together they are bounded."""

    def __init__(self, files: Any, root: str, folder: Path) -> None:
        self._files = files
        self._root = root
        self._folder = folder
        self._left = _MOST_BYTES

    def fetch(self, name: str, most: int) -> None:
        """Copy the file `name`; raises `ValueError` where it has more than `most` bytes, or all have too many."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._files.open(f"{self._root}/{name}", "rb") as source, path.open("wb") as target:
            copied = self._copy(source, target, min(most, self._left))
        self._left -= copied

    @staticmethod
    def _copy(source: BinaryIO, target: BinaryIO, most: int) -> int:
        copied = 0
        while piece := source.read(_CHUNK):
            copied += len(piece)
            if copied > most:
                msg = f"more than {most} bytes"
                raise ValueError(msg)
            target.write(piece)
        return copied


def _listed(manifest: Path, address: str, tables: Collection[str] | None) -> list[str]:
    """The card, where there is one, and the Parquet files that a manifest lists, each once."""
    try:
        files = json.loads(manifest.read_text("utf-8"))["files"]
        names = [str(name) for name in files]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableAddressError(address, "its manifest.json lists no files") from error
    found = [name for name in names if name == CARD or FILE.fullmatch(name)]
    if tables is not None:
        found = [name for name in found if name != CARD and name.split("/")[1] in tables]
    if len(found) > _MOST_FILES:
        raise UnreadableAddressError(address, f"{len(found)} files, at most {_MOST_FILES} are read")
    return sorted(set(found))
