"""What publishing needs of a place: few verbs, the same for a folder and for a store over the network."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from corpus.errors import UnreadableReleaseError

Progress = Callable[[str], None]


class Store(Protocol):
    """A place that holds files by name. Every method raises `UnreachableStoreError` where the place fails."""

    @property
    def address(self) -> str:
        """The address as shown to people."""

    def exclusive(self) -> AbstractContextManager[object]:
        """Hold the place for one publication, where it can be held."""

    def size(self, name: str) -> int | None:
        """The size of a file in bytes; None where there is no file of that name."""

    def files(self, folder: str) -> Mapping[str, int] | None:
        """The files below a folder by their names from there, with their sizes; None where none can be listed."""

    def folders(self) -> list[str]:
        """The names of the folders at the address."""

    def read(self, name: str, most: int) -> bytes | None:
        """The first bytes of a file, at most so many, as they stood at one moment; None where there is no such file."""

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, piece by piece."""

    def send(self, source: Path, name: str) -> None:
        """Copy a file of this machine to the place."""

    def write(self, name: str, content: bytes, *, new: bool = False) -> None:
        """Write a small file in one step. `new`: raises `FileExistsError` where there is one of that name."""

    def remove(self, name: str) -> None:
        """Remove a file."""


def read(store: Store, name: str, most: int) -> bytes | None:
    """The content of a small file, None where there is none. Raises `UnreadableReleaseError` over `most` bytes."""
    content = store.read(name, most + 1)
    if content is not None and len(content) > most:
        raise UnreadableReleaseError(store.address, name, f"it is larger than {most} bytes")
    return content


def sha256_at(store: Store, name: str) -> str:
    """SHA-256 of a file at the place, read back piece by piece, in hexadecimal."""
    digest = hashlib.sha256()
    for chunk in store.chunks(name):
        digest.update(chunk)
    return digest.hexdigest()
