"""Files of the user's as they can be read: packed ones unpacked into a file without a name, up to a bound."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from corpus.forms.limits import MIB, STREAMED_FILE
from corpus.scaling.opening import opened


@contextmanager
def readable(path: Path) -> Iterator[tuple[BinaryIO, str]]:
    """The file, seekable, with the name that it has unpacked.

    Raises `OSError`, `EOFError` or `ValueError` where it cannot be opened, or its packing is damaged or swells.
    """
    with opened(path) as stream:
        if path.suffix.lower() not in (".gz", ".zst", ".zstd"):
            yield stream, path.name
            return
        with tempfile.TemporaryFile() as plain:
            while plain.tell() <= STREAMED_FILE and (piece := stream.read(MIB)):
                plain.write(piece)
            plain.seek(0)
            yield plain, path.stem


PACKING_ERRORS = (EOFError, ValueError)
"""What a damaged packing raises beside `OSError`."""
