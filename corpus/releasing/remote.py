"""A place over the network, reached by fsspec."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError, MissingExtraError, UnreachableStoreError, UnsafeAddressError
from corpus.releasing.addresses import Address
from corpus.releasing.folders import FolderStore
from corpus.releasing.stores import Store

_BLOCK = 8 * 2**20
# Extras of this package by protocol; other protocols need a package that fsspec names.
_EXTRAS = {"s3": "s3", "s3a": "s3", "hf": "hub"}
_S3 = frozenset({"s3", "s3a"})
# Stores of objects have no folders: making one there would make a bucket.
_WITHOUT_FOLDERS = _S3 | {"gs", "gcs", "abfs", "az", "adl", "oci", "oss", "tos", "hf", "http", "https"}
_UNLISTED = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class RemoteStore:
    """Releases below `root` in a file system of fsspec."""

    files_system: Any
    protocol: str
    root: str
    address: str

    def exclusive(self) -> contextlib.nullcontext[None]:
        """Nothing: a store cannot be held. The record of a publication, made only if it is new, stands for it."""
        return contextlib.nullcontext()

    def size(self, name: str) -> int | None:
        """The size of a file."""
        with self._told():
            try:
                found = self.files_system.info(self._path(name))
            except (FileNotFoundError, NotADirectoryError):
                return None
            if found["type"] != "file":
                return None
            return int(found["size"]) if found.get("size") is not None else -1

    def files(self, folder: str) -> Mapping[str, int] | None:
        """The files below a folder; over HTTP None, since there is no listing that can be relied on."""
        if self.protocol in _UNLISTED:
            return None
        top = self._path(folder).rstrip("/")
        with self._told():
            try:
                found = self.files_system.find(top, detail=True)
            except FileNotFoundError:
                if self.protocol in _S3:  # there, that is a bucket that is missing, and no folder
                    raise
                return {}
        return {_below(str(path), top): int(about["size"] or 0) for path, about in found.items()}

    def folders(self) -> list[str]:
        """The folders at the address."""
        with self._told():
            try:
                found = self.files_system.ls(self.root, detail=True)
            except FileNotFoundError:
                return []
        names = (str(entry["name"]).rstrip("/") for entry in found if entry["type"] == "directory")
        return sorted(name.rpartition("/")[2] for name in names)

    def read(self, name: str, most: int) -> bytes | None:
        """The first bytes of a file, in one request: an object that is replaced meanwhile is the old or the new one."""
        with self._told():
            try:
                return self._piece(name, 0, most)
            except FileNotFoundError:
                return None

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, one request for some megabytes."""
        with self._told():
            start = 0
            while piece := self._piece(name, start, start + _BLOCK):
                yield piece
                start += len(piece)
                if len(piece) != _BLOCK or start == self.size(name):
                    return

    def _piece(self, name: str, start: int, end: int) -> bytes:
        try:
            return bytes(self.files_system.cat_file(self._path(name), start=start, end=end))
        except FileNotFoundError:
            raise
        except Exception:
            if self.size(name) == 0:  # a store that has no range of bytes in nothing
                return b""
            raise

    def send(self, source: Path, name: str) -> None:
        """Copy a file to the place; large ones in parts, where the store takes parts."""
        with self._told():
            self._make_folder(name)
            self.files_system.put_file(str(source), self._path(name))

    def write(self, name: str, content: bytes, *, new: bool = False) -> None:
        """Write an object, which stores of objects do in one step. On S3, `new` is asked of the store itself."""
        with self._told():
            self._make_folder(name)
            if new and self.size(name) is not None:
                raise FileExistsError(name)
            if new and self.protocol in _S3 and self._created(name, content):
                return
            self.files_system.pipe_file(self._path(name), content)

    def remove(self, name: str) -> None:
        """Remove a file."""
        with self._told():
            self.files_system.rm_file(self._path(name))

    def _created(self, name: str, content: bytes) -> bool:
        """Whether the store wrote it on condition that it is new; False where it knows no conditions."""
        try:
            self.files_system.pipe_file(self._path(name), content, mode="create")
        except NotImplementedError:
            return False
        except OSError as error:
            if error.errno != errno.ENOSYS:
                raise
            return False
        return True

    def _make_folder(self, name: str) -> None:
        if self.protocol not in _WITHOUT_FOLDERS:
            self.files_system.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)

    def _path(self, name: str) -> str:
        return f"{self.root}/{name}"

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Every library of a protocol raises errors of its own; all mean that the place failed."""
        try:
            yield
        except (FileExistsError, CorpusError):
            raise
        except Exception as error:
            raise UnreachableStoreError(self.address, str(error) or type(error).__name__) from error


def store_at(address: Address) -> Store:
    """The place that an address leads to; nothing is asked of it yet.

    Raises `MissingExtraError` where a package is missing, `UnsafeAddressError` for a protocol that there is not.
    """
    if address.folder is not None:
        return FolderStore(address.folder, address.text)
    files_system = file_system(address)
    root = str(files_system._strip_protocol(address.text)).rstrip("/")
    return RemoteStore(files_system, address.protocol, root, address.text)


def file_system(address: Address) -> Any:
    """The file system of fsspec for an address, which remembers no listings."""
    import fsspec

    options: dict[str, Any] = {"skip_instance_cache": True, "use_listings_cache": False}
    if address.protocol in _S3:
        options["max_concurrency"] = 2  # parts of 50 MB each are held in memory
    try:
        return fsspec.filesystem(address.protocol, **options)
    except ImportError as error:
        raise MissingExtraError(f"{address.protocol}://", _EXTRAS.get(address.protocol), str(error)) from error
    except ValueError as error:
        raise UnsafeAddressError(address.text, str(error)) from error
    except Exception as error:
        raise UnreachableStoreError(address.text, str(error) or type(error).__name__) from error


def _below(path: str, top: str) -> str:
    return path[len(top) + 1 :] if path.startswith(f"{top}/") else path
