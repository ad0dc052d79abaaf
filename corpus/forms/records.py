"""Records of any form to documents: one way from values to text and facts, so that all forms give the same."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from corpus.forms.documents import NOTES, Document, Fault, Fields, short
from corpus.forms.fields import proposed, value_at
from corpus.forms.limits import RECORD_TEXT

_SAMPLE_RECORDS = 200
_SAMPLE_SIZE = 4 << 20
_MOST_FAULTS = 10_000
_BLANK = " \t\n\r\x0b\x0c\x85\xa0\u2028\u2029\u200b\ufeff\u00ad\u3000\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
_BLANK += "\u2007\u2008\u2009\u200a\u202f\u205f"


@dataclass(frozen=True, slots=True)
class Record:
    """A record as its form gives it. `number` from 1; `line` from 1 where the form has lines; `size`: of the record
    in bytes or code points, roughly, 0 where it is in memory anyway.
    """

    number: int
    values: Mapping[str, object]
    line: int | None = None
    size: int = 0


Source = Iterator[Record | Fault]


class Records(Protocol):
    """Read the records of a seekable file from its start. `fields` lets a form leave others unread."""

    def __call__(self, file: BinaryIO, fields: Fields, encoding: str | None) -> Source:
        """The records, and a fault for each that cannot be read."""
        ...


def chosen(source: Source, given: Fields) -> tuple[Fields, Iterator[Document | Fault]]:
    """The fields that are used, and the documents of `source`; what is to be said about the fields comes first."""
    head = list(_head(source))
    sample = [item.values for item in head if isinstance(item, Record)]
    if not sample:
        faults = [item for item in head if isinstance(item, Fault)]
        return given, iter([*faults, *_without_records(faults)])
    proposal = proposed(given, sample)
    if any(fault.code == "text-field-missing" for fault in proposal.faults):
        return proposal.fields, iter(proposal.faults)
    read = documents_of(itertools.chain(head, source), proposal.fields)
    return proposal.fields, itertools.chain(proposal.faults, read)


def _head(source: Source) -> Source:
    """The first records, as many as are needed to see which fields there are, bounded in number and size."""
    size = records = 0
    for item in itertools.islice(source, _MOST_FAULTS):
        yield item
        if isinstance(item, Record):
            size += item.size
            records += 1
        if size > _SAMPLE_SIZE or records == _SAMPLE_RECORDS:
            return


def _without_records(faults: Sequence[Fault]) -> Iterator[Fault]:
    if all(fault.code in NOTES for fault in faults):
        yield Fault("text-empty", None, "at least one record", "none")
    elif len(faults) == _MOST_FAULTS:
        yield Fault("container-unreadable", None, "records", f"{_MOST_FAULTS} at the start that cannot be read")


def documents_of(source: Source, fields: Fields) -> Iterator[Document | Fault]:
    """A document or a fault for each record; faults of the source pass through. `fields.text` must be given."""
    assert fields.text is not None
    for item in source:
        yield item if isinstance(item, Fault) else document(item, fields)


def document(record: Record, fields: Fields) -> Document | Fault:
    """The record's text and facts, or why there is none."""
    assert fields.text is not None
    try:
        text = written(value_at(record.values, fields.text), "\n")
        facts = dict(_facts(record.values, fields))
    except KeyError:
        found = short(", ".join(map(str, record.values)))
        return Fault("text-field-missing", record.number, f"a field {short(fields.text)}", found, record.line)
    except ValueError as error:
        return Fault("record-unreadable", record.number, "values that are words", short(error), record.line)
    for name, value in (("text", text), *facts.items()):
        fault = flaw(value, record.number, name, record.line)
        if fault is not None:
            return fault
    if len(text) > RECORD_TEXT:
        expected = f"a text of at most {RECORD_TEXT:,} characters"
        return Fault("container-too-large", record.number, expected, f"{len(text):,}", record.line)
    return blank(text, record.number, record.line) or Document(record.number, fields.text, text, facts)


def _facts(values: Mapping[str, object], fields: Fields) -> Iterator[tuple[str, str]]:
    for name, path in fields.named().items():
        if name == "text":
            continue
        try:
            stated = written(value_at(values, path), "; ").strip()
        except KeyError:
            continue
        if stated:
            yield name, stated


def blank(text: str, record: int | None, line: int | None = None) -> Fault | None:
    """A fault where `text` has nothing to read, be it of length 0 or of spaces and invisible characters."""
    if text.strip(_BLANK):
        return None
    return Fault("text-empty", record, "a text", "nothing" if not text else "spaces only", line)


def flaw(text: str, record: int | None, name: str, line: int | None = None) -> Fault | None:
    """A fault where `text` holds what no text does: U+0000, which cuts strings short elsewhere, or half a character."""
    if "\0" in text:
        found = f"U+0000 in {name} at code point {text.index(chr(0))}"
        return Fault("text-control", record, "no NUL characters", found, line)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        found = f"half of a surrogate pair in {name} at code point {error.start}"
        return Fault("text-undecodable", record, "whole characters", found, line)
    return None


def written(value: object, joint: str) -> str:
    """A value of a field as words: dates in ISO 8601, whole numbers without `.0`, lists joined by `joint`.

    A moment at midnight that names no time zone is a date: tables have no other way to say one. An object stands
    for its `name`. Raises `ValueError` for what cannot be said in words.
    """
    if value is None or value != value:  # noqa: PLR0124 - only NaN and "not a time" differ from themselves
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.tzinfo is None and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return _gathered(value, joint)


def _gathered(value: object, joint: str) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, Mapping):
        name = value.get("name")
        if isinstance(name, str):
            return name
        msg = "an object where words were expected"
        raise ValueError(msg)
    if isinstance(value, Sequence):
        if any(isinstance(part, list | tuple) for part in value):
            msg = "a list of lists"
            raise ValueError(msg)
        return joint.join(filter(None, (written(part, joint).strip() for part in value)))
    return str(value)
