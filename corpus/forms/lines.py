"""Lines of a file of any size, each decoded strictly, each of bounded length."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO

from corpus.forms.documents import Fault, short
from corpus.forms.encodings import detect_encoding, undecodable
from corpus.forms.limits import RECORD
from corpus.text.decoding import text_codec


class LineError(Exception):
    """A line that cannot be read; those after it can, unless `is_last`. `fault` names no record yet."""

    def __init__(self, fault: Fault, *, is_last: bool = False) -> None:
        super().__init__(fault.found)
        self.fault = fault
        self.is_last = is_last


class Lines:
    """An iterator over the lines of `file`, ends kept, that goes on after it has raised `LineError`.

    A line ends at a line feed only, so that a line of JSON or a quoted field may hold the other separators.
    `number`: of the line last given, from 1. `size`: bytes (UTF-16 and UTF-32: code points) since `begin` was
    called; when they pass 64 MiB, the line is refused, however many lines the record has.
    """

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._encoding = encoding
        self._wide: io.TextIOWrapper | None = None
        self.rewind()

    def rewind(self) -> None:
        """Begin with the first line, also after others were read."""
        self.close()
        self._file.seek(0)
        if self._encoding.replace("_", "-").lower().startswith(("utf-16", "utf-32")):
            self._wide = io.TextIOWrapper(self._file, self._encoding, newline="\n")
        self.number = 0
        self.size = 0

    def begin(self) -> None:
        """Say that a record begins with the next line."""
        self.size = 0

    def close(self) -> None:
        """Let go of the file without closing it."""
        if self._wide is not None:
            self._wide.detach()
            self._wide = None

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._read_wide() if self._wide is not None else self._read_bytes()
        if not line:
            raise StopIteration
        return line.removeprefix("\ufeff") if self.number == 1 else line

    def _read_wide(self) -> str:
        assert self._wide is not None
        wide = self._wide
        try:
            line = wide.readline(RECORD + 1)
            self._count(len(line), lambda: wide.readline(RECORD), line.endswith("\n"))
        except UnicodeDecodeError as error:
            fault = Fault("text-undecodable", None, f"bytes in {self._encoding}", error.reason, self.number + 1)
            raise LineError(fault, is_last=True) from error
        return line

    def _read_bytes(self) -> str:
        line = self._file.readline(RECORD + 1)
        self._count(len(line), lambda: self._file.readline(RECORD), line.endswith(b"\n"))
        try:
            return line.decode(self._encoding)
        except UnicodeDecodeError as error:
            found = line[error.start : error.start + 1]
            raise LineError(undecodable(self._encoding, error.start, found, line=self.number)) from error
        except (LookupError, ValueError) as error:
            fault = Fault("text-undecodable", None, "the name of a text encoding", self._encoding)
            raise LineError(fault, is_last=True) from error

    def _count(self, length: int, more: Callable[[], str | bytes], is_whole: bool) -> None:
        """Count the line; where the record is too long, read to the line's end and refuse it."""
        self.number += bool(length)
        self.size += length
        if self.size <= RECORD:
            return
        while length > RECORD and not is_whole:
            rest = more()
            is_whole = not rest or rest[-1:] in ("\n", b"\n")
        self.size = 0
        found = "a longer one, or a quotation mark that opens and is not closed"
        raise LineError(
            Fault("container-too-large", None, f"a record of at most {RECORD >> 20} MiB", found, self.number)
        )


def _named(file: BinaryIO, encoding: str) -> tuple[Lines | None, tuple[Fault, ...]]:
    try:
        text_codec(encoding)
    except LookupError:
        return None, (Fault("text-undecodable", None, "the name of a text encoding", short(encoding)),)
    return Lines(file, encoding), ()


def opened(file: BinaryIO, encoding: str | None) -> tuple[Lines | None, tuple[Fault, ...]]:
    """The lines of a file, in the `encoding` that is named or else detected; None where it has none.

    The faults say why there are none, or what is to be known about the encoding.
    """
    if encoding is not None:
        return _named(file, encoding)
    detection = detect_encoding(file)
    if detection.encoding is None:
        return None, detection.faults()
    return Lines(file, detection.encoding), detection.faults()
