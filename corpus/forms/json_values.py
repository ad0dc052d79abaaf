"""JSON: an array of records, an object that holds one such array, or one record."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NoReturn

from corpus.forms.documents import Document, Fault, Fields, short
from corpus.forms.encodings import decoded, whole
from corpus.forms.fields import proposed, value_at
from corpus.forms.limits import WHOLE_JSON
from corpus.forms.records import Record, Source, chosen


def documents(file: BinaryIO, fields: Fields, encoding: str | None) -> Iterator[Document | Fault]:
    """A document for each record of the file."""
    yield from chosen(records(file, fields, encoding), fields)[1]


def records(file: BinaryIO, fields: Fields, encoding: str | None) -> Source:
    """The records of a file of at most 256 MiB, which is parsed as a whole."""
    data = whole(file, WHOLE_JSON)
    read = data if isinstance(data, Fault) else decoded(data, encoding)
    if isinstance(read, Fault):
        yield read
        return
    del data
    yield from read.notes
    if not read.text.strip():
        yield Fault("text-empty", None, "a JSON value", "nothing")
        return
    try:
        value = parsed(read.text)
    except ValueError as error:
        yield Fault("container-unreadable", None, "JSON", short(error), getattr(error, "lineno", None))
        return
    yield from _records(value, fields)


def parsed(text: str) -> Any:
    """The value that `text` states. Numbers stay the strings they are written as, so none is too large or rounded.

    Raises `ValueError` (`json.JSONDecodeError` with the line, where the syntax is wrong) for what is no JSON, a key
    given twice, NaN and Infinity, and values nested more deeply than Python can follow (some thousand levels).
    """
    try:
        return _DECODER.decode(text)
    except RecursionError:
        msg = "values nested too deeply"
        raise ValueError(msg) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = counts.most_common(1)[0][0]
        msg = f"the key {short(twice)} twice in one object"
        raise ValueError(msg)
    return found


def _constant(word: str) -> NoReturn:
    msg = f"{word}, which is no JSON number"
    raise ValueError(msg)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=_constant)


def _records(value: Any, fields: Fields) -> Source:
    items = _items(value, fields)
    if isinstance(items, Fault):
        yield items
        return
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield Record(number, item)
        else:
            yield Fault("record-unreadable", number, "an object", kind_of(item))


def _items(value: Any, fields: Fields) -> list[Any] | Fault:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return Fault("container-unreadable", None, "an array of objects, or an object", kind_of(value))
    if _is_record(value, fields):
        return [value]
    arrays = [name for name, held in value.items() if isinstance(held, list) and any(isinstance(i, dict) for i in held)]
    if len(arrays) > 1:
        found = f"arrays: {short(', '.join(arrays))}"
        return Fault("container-unreadable", None, "one array of records", found)
    return value[arrays[0]] if arrays else [value]


def _is_record(value: Mapping[str, object], fields: Fields) -> bool:
    """Whether the object has a text of its own, so that an array in it is a part of the record."""
    path = fields.text or proposed(Fields(), [{k: v for k, v in value.items() if not isinstance(v, list)}]).fields.text
    try:
        return path is not None and isinstance(value_at(value, path), str)
    except KeyError:
        return False


def kind_of(value: object) -> str:
    """What a parsed JSON value is, in JSON's words; numbers are kept as strings and count as such."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "an object"
    return "an array" if isinstance(value, list) else "a string or a number"
