"""JSON Lines: one object a line; a line that is wrong does not keep the others out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from corpus.forms.documents import Document, Fault, Fields, short
from corpus.forms.json_values import kind_of, parsed
from corpus.forms.lines import LineError, Lines, opened
from corpus.forms.records import Record, Source, chosen


def documents(file: BinaryIO, fields: Fields, encoding: str | None) -> Iterator[Document | Fault]:
    """A document for each line that is not blank."""
    yield from chosen(records(file, fields, encoding), fields)[1]


def records(file: BinaryIO, fields: Fields, encoding: str | None) -> Source:
    """The lines of a file, read as a stream; lines of at most 64 MiB."""
    lines, faults = opened(file, encoding)
    yield from faults
    if lines is None:
        return
    try:
        yield from _records(lines)
    finally:
        lines.close()


def _records(lines: Lines) -> Source:
    number = 0
    while True:
        lines.begin()
        try:
            line = next(lines, None)
        except LineError as error:
            number += 1
            yield replace(error.fault, record=number)
            if error.is_last:
                return
            continue
        if line is None:
            return
        if line.strip():
            number += 1
            yield _record(line, number, lines.number)


def _record(line: str, number: int, at: int) -> Record | Fault:
    try:
        value = parsed(line)
    except ValueError as error:
        return Fault("record-unreadable", number, "one JSON object", short(error), at)
    if isinstance(value, dict):
        return Record(number, value, at, len(line))
    return Fault("record-unreadable", number, "one JSON object", kind_of(value), at)
