"""CSV and TSV: a header line, then one record a row; quoted fields may hold line breaks."""

from __future__ import annotations

import contextlib
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, BinaryIO

from corpus.forms.documents import Document, Fault, Fields, short
from corpus.forms.limits import RECORD
from corpus.forms.lines import LineError, Lines, opened
from corpus.forms.records import Record, Records, Source, chosen

DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 50
_SAMPLE_SIZE = 1 << 18


def csv_documents(file: BinaryIO, fields: Fields, encoding: str | None) -> Iterator[Document | Fault]:
    """A document for each row; the delimiter is the one of `, ; tab |` that parts the first rows alike."""
    yield from chosen(csv_records(file, fields, encoding), fields)[1]


def tsv_documents(file: BinaryIO, fields: Fields, encoding: str | None) -> Iterator[Document | Fault]:
    """A document for each row of a table whose fields are parted by tabs."""
    yield from chosen(tsv_records(file, fields, encoding), fields)[1]


def _read(file: BinaryIO, fields: Fields, encoding: str | None, *, delimiter: str | None) -> Source:
    """The rows of a file, read as a stream."""
    lines, faults = opened(file, encoding)
    yield from faults
    if lines is None:
        return
    try:
        if delimiter is None:
            delimiter = sniffed(lines) or ","
            lines.rewind()
        yield from _records(lines, delimiter)
    finally:
        lines.close()


csv_records: Records = partial(_read, delimiter=None)
tsv_records: Records = partial(_read, delimiter="\t")


def sniffed(lines: Iterator[str]) -> str | None:
    """The delimiter of a table, judged by its first rows; None where none parts the header into two fields or more.

    Counted are rows as wide as the header, then the header's width: prose has commas, but not the same number in
    every row.
    """
    sample: list[str] = []
    size = 0
    try:
        for line in islice(lines, _SAMPLE_ROWS * 20):
            sample.append(line)
            size += len(line)
            if size > _SAMPLE_SIZE:
                break
    except LineError:
        pass  # is reported when the rows are read
    scores = {delimiter: _score(sample, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0.0, 1) else None


def _score(sample: Sequence[str], delimiter: str) -> tuple[float, int]:
    rows: list[list[str]] = []
    reader = csv.reader(sample, delimiter=delimiter)
    with contextlib.suppress(csv.Error):
        rows.extend(row for row in islice(reader, _SAMPLE_ROWS) if row)
    if not rows or len(rows[0]) < 2:
        return 0.0, 0
    alike = Counter(len(row) for row in rows[1:])[len(rows[0])]
    return (alike + 1) / len(rows), len(rows[0])


def _records(lines: Lines, delimiter: str) -> Source:
    csv.field_size_limit(RECORD)  # of the whole process: the library has no other; fields are bounded by `Lines`, too
    # Strict: otherwise a quotation mark that is never closed swallows the rest of the file without a word.
    rows = _Rows(lines, csv.reader(lines, delimiter=delimiter, strict=True))
    header = rows.header()
    if isinstance(header, Fault):
        yield header
        return
    yield from rows.records(header)


class _Rows:
    """The rows of a table, with the lines that they begin at."""

    def __init__(self, lines: Lines, reader: Any) -> None:
        self._lines = lines
        self._reader = reader
        self._is_over = False
        self._number = 0
        self.begins = 0

    def _next(self) -> list[str] | Fault | None:
        """The next row that is not blank, a fault, or None at the end."""
        while not self._is_over:
            self._lines.begin()
            begins = self._lines.number + 1
            try:
                row: list[str] = next(self._reader)
            except StopIteration:
                break
            except LineError as error:
                self._is_over = error.is_last
                return error.fault
            except csv.Error as error:
                lines = self._lines.number - begins + 1
                found = f"{short(error)}, in {lines} line(s)"
                return Fault("record-unreadable", None, "a row with its quotation marks closed", found, begins)
            if any(cell.strip() for cell in row):
                self.begins = begins
                return row
        return None

    def header(self) -> list[str] | Fault:
        row = self._next()
        if row is None:
            return Fault("text-empty", None, "a table", "nothing")
        if isinstance(row, Fault):
            return replace(row, code="container-unreadable", expected="a header line")
        return checked_header([name.strip() for name in row])

    def records(self, header: list[str]) -> Source:
        while (row := self._next()) is not None:
            self._number += 1
            if isinstance(row, Fault):
                yield replace(row, record=self._number)
            elif len(row) != len(header):
                expected = f"{len(header)} fields, as in the header"
                yield Fault("record-unreadable", self._number, expected, f"{len(row)} fields", self.begins)
            else:
                yield Record(self._number, dict(zip(header, row, strict=True)), self.begins, self._lines.size)


def checked_header(names: list[str]) -> list[str] | Fault:
    """The names of a table's columns, or a fault where one is given twice; columns without a name may be several."""
    twice = next((name for name, count in Counter(names).items() if name and count > 1), None)
    if twice is not None:
        return Fault("container-unreadable", None, "each column named once", f"{short(twice)} twice", 1)
    return names
