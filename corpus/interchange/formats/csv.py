"""CSV: `marks.csv` and `links.csv` for spreadsheets, with the texts in `.txt` files beside them.

A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection"), and so does
one that has an apostrophe there: reading takes one off, so that every value comes back as it was.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from corpus.interchange.faults import Faults, Losses
from corpus.interchange.files import (
    MOST_BYTES,
    as_text,
    file_name,
    files_of,
    parsed_json,
    read_text,
    without_bom,
    write_text,
)
from corpus.interchange.placing import Stated, place
from corpus.interchange.registry import Format, Reading
from corpus.interchange.values import AnnotatedDocument, Attributes, Link, Mark

_MARKS = ("document_id", "mark_id", "label", "start", "end", "text", "attributes", "notes")
_LINKS = ("document_id", "link_id", "label", "ends", "attributes", "notes")
# What spreadsheets take for the beginning of a formula, full-width forms among them, or skip on the way to it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
Row = Mapping[str, str]


def defused(cell: str) -> str:
    """A cell that no spreadsheet computes."""
    return f"'{cell}" if cell.lstrip(" \xa0").startswith(_FORMULA) else cell


def restored(cell: str) -> str:
    """The cell that `defused` was given."""
    return cell.removeprefix("'")


def read(reading: Reading) -> Iterator[AnnotatedDocument]:
    """A document for each `document_id` of a table of marks; rows of a table of links beside it are joined to it."""
    for path in files_of(reading.place, (".csv",), reading.faults):
        if path.name == "links.csv":
            continue
        marks: dict[str, list[tuple[int, Row]]] = {}
        for line, row in _rows(path, _MARKS[:5], reading.faults):
            marks.setdefault(row["document_id"], []).append((line, row))
        links: dict[str, list[tuple[int, Row]]] = {}
        beside = path.with_name("links.csv")
        if path.name == "marks.csv" and beside.is_file() and not beside.is_symlink():
            for line, row in _rows(beside, _LINKS[:4], reading.faults):
                links.setdefault(row["document_id"], []).append((line, row))
        reading.faults.file = path.name
        for document_id in dict.fromkeys([*marks, *links]):
            yield from _documents(document_id, marks.get(document_id, []), links.get(document_id, []), path, reading)


def _rows(path: Path, needed: Sequence[str], faults: Faults) -> Iterator[tuple[int, Row]]:
    """The rows of a table with their lines. A table without the needed columns, or with broken quotes, is a finding."""
    text = read_text(path, faults)
    faults.file = path.name
    if text is None:
        return
    csv.field_size_limit(MOST_BYTES)  # of the whole process: the library has no other
    reader = csv.reader(io.StringIO(without_bom(text), newline=""), strict=True)
    header: list[str] = []
    try:
        header = [restored(cell) for cell in next(reader, [])]
        if missing := [name for name in needed if name not in header]:
            faults.add("annotation-unreadable", None, f"a column {missing[0]}", ", ".join(header) or "no header", 1)
            return
        for row in reader:
            if len(row) == len(header):
                yield reader.line_num, dict(zip(header, map(restored, row), strict=True))
            elif row:
                expected = f"{len(header)} cells, as in the header"
                faults.add("annotation-unreadable", None, expected, f"{len(row)} cells", reader.line_num)
    except csv.Error as error:
        faults.add("annotation-unreadable", None, "CSV with its quotation marks closed", str(error), reader.line_num)


def _documents(
    document_id: str, marks: Sequence[tuple[int, Row]], links: Sequence[tuple[int, Row]], path: Path, reading: Reading
) -> Iterator[AnnotatedDocument]:
    text = reading.texts.of(document_id, path, reading.faults)
    if text is None:
        line = marks[0][0] if marks else None
        expected = f"the text in {file_name(document_id)}.txt"
        reading.faults.add("annotation-text-missing", document_id, expected, "no such file", line)
        return
    own = [(line, row) for line, row in marks if row["mark_id"] or row["start"]]
    whole = [(line, row) for line, row in marks if not (row["mark_id"] or row["start"])]
    stated = [Stated(row["mark_id"] or str(line), _pairs(row), row.get("text"), line) for line, row in own]
    placed = place([text], stated, (reading.unit or "code-points",), reading.faults)
    made = []
    for (line, row), one, fragments in zip(own, stated, placed.places, strict=True):
        attributes, notes = _said(row, line, reading.faults)
        if fragments is not None:
            made.append(Mark(one.record, row["label"], fragments, attributes, notes))
    known = {one.record for one in stated} | {row["link_id"] for _, row in links}
    facts = tuple(pair for line, row in whole for pair in _said(row, line, reading.faults)[0])
    found = tuple(link for line, row in links for link in _link(row, line, known, reading.faults))
    yield AnnotatedDocument(document_id, text, tuple(made), found, facts)


def _pairs(row: Row) -> tuple[tuple[Any, Any], ...]:
    starts, ends = row["start"].split(";"), row["end"].split(";")
    return tuple(zip(starts, ends, strict=True)) if len(starts) == len(ends) else ((row["start"], row["end"]),)


def _said(row: Row, line: int, faults: Faults) -> tuple[Attributes, tuple[str, ...]]:
    """Attributes and notes of a row, which are JSON: pairs of name and value, and strings."""
    values = []
    for name in ("attributes", "notes"):
        try:
            value = parsed_json(row.get(name) or "[]")
        except ValueError as error:
            value = str(error)
        if not isinstance(value, list):
            faults.add("annotation-unreadable", None, f"{name}: an array of JSON", value, line)
            value = []
        values.append(value)
    pairs = tuple((as_text(one[0]), as_text(one[1])) for one in values[0] if isinstance(one, list) and len(one) == 2)
    return pairs, tuple(as_text(one) for one in values[1])


def _link(row: Row, line: int, known: set[str], faults: Faults) -> Iterator[Link]:
    try:
        value = parsed_json(row["ends"] or "[]")
    except ValueError:
        value = None
    pairs = value if isinstance(value, list) and value else [None]
    ends = tuple((as_text(one[0]), as_text(one[1])) for one in pairs if isinstance(one, list) and len(one) == 2)
    if len(ends) != len(pairs) or not known.issuperset(target for _, target in ends):
        faults.add("annotation-reference-broken", row["link_id"], "roles with ids of marks", row["ends"], line)
        return
    yield Link(row["link_id"], row["label"], ends, *_said(row, line, faults))


def write(documents: Iterable[AnnotatedDocument], folder: Path, _: Losses) -> None:
    """A table of marks, a table of links, and a file for each text."""
    with ExitStack() as stack:
        marks, links = (_table(stack, folder / name) for name in ("marks.csv", "links.csv"))
        marks(_MARKS)
        links(_LINKS)
        for document in documents:
            write_text(folder / f"{file_name(document.document_id)}.txt", document.text)
            if document.attributes or not document.marks:
                marks((document.document_id, "", "", "", "", "", _json(document.attributes), "[]"))
            for mark in document.marks:
                start = ";".join(str(span.start) for span in mark.fragments)
                end = ";".join(str(span.end) for span in mark.fragments)
                words = mark.words(document.text)
                said = _json(mark.attributes), _json(mark.notes)
                marks((document.document_id, mark.mark_id, mark.label, start, end, words, *said))
            for link in document.links:
                said = _json(link.attributes), _json(link.notes)
                links((document.document_id, link.link_id, link.label, _json(link.ends), *said))


def _table(stack: ExitStack, path: Path) -> Any:
    """What writes a row into a new table; a byte-order mark tells spreadsheets that it is UTF-8."""
    file = stack.enter_context(path.open("x", encoding="utf-8-sig", newline=""))
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    return lambda row: writer.writerow([defused(cell) for cell in row])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


FORMAT = Format(
    name="csv",
    tool="spreadsheets, CSV",
    offsets="code points of the `.txt` file",
    carries="marks of several fragments, attributes, notes, links, facts about a whole document",
    drops="nothing",
    read=read,
    write=write,
)
