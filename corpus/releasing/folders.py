"""A folder of this machine as a place of releases: every file appears there whole, and links are never followed."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from corpus.errors import PublicationInProgressError, UnreachableStoreError
from corpus.tables.files import files_under

_CHUNK = 2**20
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class FolderStore:
    """Releases in the folder `root`."""

    root: Path
    address: str

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the folder by a lock file. Raises `PublicationInProgressError`."""
        with self._told():
            self.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root / ".publishing.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise PublicationInProgressError(self.address) from error
        try:
            yield
        finally:
            lock.release()

    def size(self, name: str) -> int | None:
        """The size of a regular file; None for anything else."""
        try:
            found = self._path(name).lstat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_size if stat.S_ISREG(found.st_mode) else None

    def files(self, folder: str) -> Mapping[str, int]:
        """What stands below a folder, links and special files included."""
        with self._told():
            top = self._path(f"{folder}/-").parent
            return {name: (top / name).lstat().st_size for name in files_under(top)}

    def folders(self) -> list[str]:
        """The folders at the address."""
        with self._told():
            return sorted(path.name for path in self.root.iterdir() if path.is_dir()) if self.root.is_dir() else []

    def read(self, name: str, most: int) -> bytes | None:
        """The first bytes of a regular file; a file that takes its place meanwhile does not mix with it."""
        if self.size(name) is None:
            return None
        with self._told(), open(self._path(name), "rb", opener=_without_links) as file:
            return file.read(most)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a regular file."""
        with self._told(), open(self._path(name), "rb", opener=_without_links) as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    def send(self, source: Path, name: str) -> None:
        """Copy a file beside its place, flush it, and put it in its place in one step."""
        with self._told(), source.open("rb") as given, self._replacing(name) as (file, put):
            shutil.copyfileobj(given, file, _CHUNK)
            put(new=False)

    def write(self, name: str, content: bytes, *, new: bool = False) -> None:
        """Write a file beside its place, and put it there in one step."""
        with self._told(), self._replacing(name) as (file, put):
            file.write(content)
            put(new=new)

    def remove(self, name: str) -> None:
        """Remove a file or a link."""
        with self._told():
            self._path(name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def _replacing(self, name: str) -> Iterator[tuple[BinaryIO, _Put]]:
        target = self._path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        part.unlink(missing_ok=True)
        try:
            with part.open("xb") as file:
                yield file, _Put(file, part, target)
        finally:
            part.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        """Where a file stands. Raises `UnreachableStoreError` where a link leads its folder out of the place."""
        path = self.root / name
        try:
            inside = path.parent.resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError) as error:  # links in a circle
            raise UnreachableStoreError(self.address, str(error)) from error
        if not inside:
            raise UnreachableStoreError(self.address, f"{name} would stand outside, since a link leads there")
        return path

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (FileExistsError, UnreachableStoreError):
            raise
        except OSError as error:
            raise UnreachableStoreError(self.address, str(error)) from error


@dataclass(frozen=True, slots=True)
class _Put:
    """Puts a file that was written into its place."""

    file: BinaryIO
    part: Path
    target: Path

    def __call__(self, *, new: bool) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())
        if not new:
            self.part.replace(self.target)
            return
        try:
            os.link(self.part, self.target)  # unlike a rename, it fails where the name is taken
        except FileExistsError:
            raise
        except OSError:  # a file system without links; the lock holds other publications off
            if self.target.exists():
                raise FileExistsError(self.target) from None
            self.part.replace(self.target)


def _without_links(path: str, flags: int) -> int:
    return os.open(path, flags | _NO_LINK)
