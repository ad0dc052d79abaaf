"""Files of bulk seeds, wherever they lie: fetched, held against their checksum, unpacked, and read record by record.

Nothing of a file is parsed before its checksum is known to be right.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from corpus.findings import Finding
from corpus.forms import FORMS
from corpus.forms.documents import Fault, Fields
from corpus.forms.limits import MIB, RATIO
from corpus.forms.records import documents_of
from corpus.scaling.shards import Item
from corpus.seeds.bulk import BulkFile
from corpus.seeds.toml_lines import line_of

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_CHUNK = MIB
_UNPACKED_AT_LEAST = 64 * MIB


class UnpackedTooLargeError(ValueError):
    """A packed file grows beyond what texts grow."""


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a file, as a stream that can be taken back to its start and to no other place.

    Raises `UnpackedTooLargeError` where they are more than 200 times the packed ones, `OSError` or `ValueError` where
    the packing is damaged.
    """

    def __init__(self, path: Path, unpack: Callable[[BinaryIO], BinaryIO]) -> None:
        super().__init__()
        self._path = path
        self._unpack = unpack
        self._most = max(path.stat().st_size * RATIO, _UNPACKED_AT_LEAST)
        self._read = 0
        self._stream: BinaryIO | None = None
        self._packed: BinaryIO | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes, as many as fit."""
        if self._stream is None:
            self._packed = self._path.open("rb")
            self._stream = self._unpack(self._packed)
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        self._read += len(piece)
        if self._read > self._most:
            msg = f"more than {self._most:,} bytes unpacked"
            raise UnpackedTooLargeError(msg)
        return len(piece)

    def seekable(self) -> bool:
        """To its start."""
        return True

    def tell(self) -> int:
        """How many bytes were read."""
        return self._read

    def seek(self, target: int, whence: int = io.SEEK_SET, /) -> int:
        """Go back to the start. Raises `io.UnsupportedOperation` for any other place."""
        if (target, whence) != (0, io.SEEK_SET):
            raise io.UnsupportedOperation
        for stream in (self._stream, self._packed):
            if stream is not None:
                stream.close()
        self._stream, self._packed, self._read = None, None, 0
        return 0

    def close(self) -> None:
        """Let go of the file."""
        self.seek(0)
        super().close()


@contextlib.contextmanager
def local_copy(file: BulkFile, scratch: Path, findings: list[Finding], *, only_local: bool) -> Iterator[Path | None]:
    """The file on this disk, its bytes the declared ones; None with a finding where it is not there or not these.

    What lies elsewhere is fetched into the folder `scratch` and removed afterwards. `only_local`: refuse whatever is
    not in the seed's own folder.
    """
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(file.address)
    except (ValueError, ImportError) as error:
        findings.append(_missing(file, f"an address that fsspec knows ({error})"))
        yield None
        return
    is_local = "file" in (system.protocol if isinstance(system.protocol, tuple) else (system.protocol,))
    if only_local and not (is_local and _is_inside(Path(path), file)):
        findings.append(_missing(file, "a file in the seed's own folder: no other address is read here"))
        yield None
        return
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        copy = Path(path) if is_local else Path(folder) / "part"
        try:
            if not is_local:
                with system.open(path, "rb") as source, copy.open("wb") as target:
                    shutil.copyfileobj(source, target, _CHUNK)
            found = _sha256(copy)
        except OSError as error:
            findings.append(_missing(file, f"a file there ({type(error).__name__})"))
            yield None
            return
        if found != file.declaration.sha256:
            findings.append(_finding(file, "seed-checksum", file.declaration.sha256, found))
            yield None
            return
        yield copy


def read_items(path: Path, file: BulkFile) -> Iterator[Item]:
    """The records of a file on this disk, in order: documents, and a fault for each that cannot be read.

    A fault of no record says why reading the file ends before its end, or does not begin.
    """
    declaration = file.declaration
    assert declaration.fields is not None
    fields = Fields(**asdict(declaration.fields))
    encoding = None if declaration.form == "parquet" else declaration.encoding
    how = FORMS[declaration.form].records
    assert how is not None
    try:
        with opened(path) as stream:
            yield from documents_of(how(stream, fields, encoding), fields)
    except UnpackedTooLargeError as error:
        yield Fault("container-too-large", None, f"at most {RATIO} times its packed size", str(error))
    except (OSError, ValueError, EOFError) as error:
        yield Fault("container-unreadable", None, "a whole file", str(error)[:200])


def records_in(path: Path, form: str) -> int | None:
    """How many records a file holds, or None where only reading it all would tell. Blank lines count as well."""
    if form == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        with contextlib.suppress(pa.ArrowException, OSError, ValueError):
            return int(pq.read_metadata(path).num_rows)
    if form != "jsonl" or _packing(path) is not None:
        return None
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))


def opened(path: Path) -> BinaryIO:
    """The bytes of a file, unpacked; of a packed one a stream that can only be taken back to its start."""
    unpack = _packing(path)
    return io.BufferedReader(Unpacked(path, unpack), _CHUNK) if unpack else path.open("rb")


def _packing(path: Path) -> Callable[[BinaryIO], BinaryIO] | None:
    """What unpacks a file, by its first bytes."""
    with path.open("rb") as file:
        head = file.read(4)
    return _gunzip if head.startswith(_GZIP) else _unzstd if head == _ZSTD else None


def _gunzip(packed: BinaryIO) -> BinaryIO:
    stream: Any = gzip.GzipFile(fileobj=packed)
    return cast("BinaryIO", stream)


def _unzstd(packed: BinaryIO) -> BinaryIO:
    import pyarrow as pa

    stream: BinaryIO = pa.CompressedInputStream(packed, "zstd")
    return stream


def _is_inside(path: Path, file: BulkFile) -> bool:
    folder = Path(file.address.removesuffix(file.declaration.file)).resolve()
    return folder.name == Path(file.folder).name and path.resolve().is_relative_to(folder)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _missing(file: BulkFile, expected: str) -> Finding:
    return replace(_finding(file, "file-missing", expected, file.declaration.file), record=file.seed_id)


def _finding(file: BulkFile, code: str, expected: str, found: str) -> Finding:
    return Finding(f"{file.folder}/source.toml", line_of(file.lines, ("sha256",)), code, file.seed_id, expected, found)
