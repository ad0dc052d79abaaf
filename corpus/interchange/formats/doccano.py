"""doccano: JSON Lines, a document a line.

doccano marks in the browser, whose strings are UTF-16 (its issue 2290); in projects that "count grapheme clusters as
one character" it counts these. A file neither says which nor gives the words of a mark. A text in which the units
differ is read in the first unit, of UTF-16, code points and graphemes, whose offsets cut no word and no character,
and that is a note; what this project writes says its unit itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.interchange.faults import Faults, Losses
from corpus.interchange.files import as_text, files_of, lines_of, offset_of, parsed_json, read_text, without_bom
from corpus.interchange.offsets import UNITS, Offsets, Unit
from corpus.interchange.placing import Stated, place
from corpus.interchange.registry import Format, Reading
from corpus.interchange.values import SOURCE, TARGET, AnnotatedDocument, Attributes, Link, Mark
from corpus.text.spans import Span

_TEXTS = ("text", "data", "column_data")
_LISTS = ("entities", "label", "labels", "spans", "column_label")
_IDS = ("article_id", "document_id", "id", "example_id")
_UNIT = "offset_unit"
_TRIED: tuple[Unit, ...] = ("utf-16", "code-points", "graphemes")
_OWN = {*_TEXTS, *_LISTS, *_IDS, _UNIT, "relations", "Comments"}


def read(reading: Reading) -> Iterator[AnnotatedDocument]:
    """A document for each line of `.jsonl` files, or for each object of a `.json` file."""
    for path in files_of(reading.place, (".jsonl", ".json"), reading.faults):
        text = read_text(path, reading.faults)
        for number, record in _records(without_bom(text or ""), reading.faults):
            document = _document(record, f"{path.stem}-{number}", number, path, reading)
            if document is not None:
                yield document


def _records(text: str, faults: Faults) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of JSON Lines with their lines; of JSON, an array or one object, with their numbers."""
    if text.lstrip()[:1] == "[" or (text.lstrip()[:2].strip() == "{" and "\n" in text.strip()):
        whole = _whole(text)
        if whole is not None:
            yield from enumerate(whole, 1)
            return
    for number, line in lines_of(text):
        if not line.strip():
            continue
        try:
            value = parsed_json(line)
        except ValueError as error:
            faults.add("annotation-unreadable", None, "a JSON object", str(error), number)
            continue
        if isinstance(value, dict):
            yield number, value
        else:
            faults.add("annotation-unreadable", None, "a JSON object", value, number)


def _whole(text: str) -> list[dict[str, Any]] | None:
    try:
        value = parsed_json(text)
    except ValueError:
        return None
    records = value if isinstance(value, list) else [value]
    return records if all(isinstance(record, dict) for record in records) else None


def _document(
    record: Mapping[str, Any], name: str, line: int, path: Path, reading: Reading
) -> AnnotatedDocument | None:
    faults = reading.faults
    own = next((record[key] for key in _IDS if isinstance(record.get(key), str | int)), name)
    document_id = str(own)
    text = next((record[key] for key in _TEXTS if isinstance(record.get(key), str)), None)
    if text is None:
        text = reading.texts.of(document_id, path, faults)
    if text is None:
        faults.add("annotation-text-missing", document_id, "a text", "none", line)
        return None
    labels, stated = _stated(record, line, faults)
    units = _units(record, text, stated, reading)
    if len(units) > 1 and stated and not all(Offsets(text, unit).is_plain for unit in units):
        expected = "a unit of offsets, by --offsets"
        faults.add("annotation-offsets-unsure", document_id, expected, f"taken for {units[0]}", line)
    placed = place([text], stated, units[:1], faults)
    marks = tuple(
        Mark(one.record, label, fragments)
        for label, one, fragments in zip(labels, stated, placed.places, strict=True)
        if fragments is not None
    )
    known = {one.record for one in stated}
    return AnnotatedDocument(document_id, text, marks, tuple(_links(record, known, line, faults)), _facts(record))


def _stated(record: Mapping[str, Any], line: int, faults: Faults) -> tuple[list[str], list[Stated]]:
    """Labels of marks, and where each is put: as triples or as objects."""
    items: list[Any] = next((record[key] for key in _LISTS if isinstance(record.get(key), list)), [])
    labels, stated = [], []
    for number, item in enumerate(items, 1):
        if isinstance(item, str) and not any(isinstance(other, list | dict) for other in items):
            continue  # labels of the whole document
        parts = _parts(item)
        if parts is None:
            faults.add("annotation-unreadable", str(number), "[start, end, label], or an object with them", item, line)
            continue
        start, end, label, own = parts
        labels.append(label)
        stated.append(Stated(str(number - 1) if own is None else str(own), ((start, end),), None, line))
    return labels, stated


def _parts(item: Any) -> tuple[Any, Any, str, Any] | None:
    if isinstance(item, list) and len(item) == 3 and isinstance(item[2], str):
        return item[0], item[1], item[2], None
    if not isinstance(item, dict) or not isinstance(item.get("label"), str):
        return None
    start, end = item.get("start_offset", item.get("start")), item.get("end_offset", item.get("end"))
    return start, end, item["label"], item.get("id")


def _units(record: Mapping[str, Any], text: str, stated: list[Stated], reading: Reading) -> tuple[Unit, ...]:
    """The unit that is known; where none is, those that may be, the likeliest first."""
    if reading.unit is not None:
        return (reading.unit,)
    if said := next((unit for unit in UNITS if unit == record.get(_UNIT)), None):
        return (said,)
    cut = {unit: _cuts(text, Offsets(text, unit), stated) for unit in _TRIED}
    return tuple(sorted(_TRIED, key=lambda unit: cut[unit]))


def _cuts(text: str, offsets: Offsets, stated: list[Stated]) -> int:
    """How many offsets stand in no place where a person would begin or end a mark."""
    count = 0
    for start, end in (pair for one in stated for pair in one.pairs):
        numbers = (offset_of(start), offset_of(end))
        places = [None if number is None else offsets.to_code_points(number) for number in numbers]
        first, last = places
        if first is None or last is None or first > last:
            count += 10
            continue
        span = Span(first, last)
        words = span.of(text)
        count += words != words.strip()
        count += sum(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (first, last))
    return count


def _links(record: Mapping[str, Any], known: set[str], line: int, faults: Faults) -> Iterator[Link]:
    relations = record.get("relations")
    for number, item in enumerate(relations if isinstance(relations, list) else ()):
        if not isinstance(item, dict):
            faults.add("annotation-unreadable", str(number), "a relation with from_id and to_id", item, line)
            continue
        ends = str(item.get("from_id")), str(item.get("to_id"))
        if not known.issuperset(ends):
            found = f"{ends[0]} to {ends[1]}"
            faults.add("annotation-reference-broken", str(item.get("id", number)), "ids of entities", found, line)
            continue
        label = str(item.get("type", item.get("label", "")))
        yield Link(f"r{item.get('id', number)}", label, ((SOURCE, ends[0]), (TARGET, ends[1])))


def _facts(record: Mapping[str, Any]) -> Attributes:
    """What a line says of its whole document: labels that are no marks, comments, and whatever else stands there."""
    labels = [(key, item) for key in _LISTS for item in _list(record.get(key)) if isinstance(item, str)]
    comments = [("comment", as_text(item)) for item in _list(record.get("Comments"))]
    others = [(key, as_text(value)) for key, value in record.items() if key not in _OWN and value is not None]
    return (*labels, *comments, *others)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def write(documents: Iterable[AnnotatedDocument], folder: Path, losses: Losses) -> None:
    """One file, a document a line, as projects with relations have it."""
    with (folder / "annotations.jsonl").open("x", encoding="utf-8", newline="") as file:
        for document in documents:
            file.write(json.dumps(_record(document, losses), ensure_ascii=False) + "\n")


def _record(document: AnnotatedDocument, losses: Losses) -> dict[str, Any]:
    offsets = Offsets(document.text, "utf-16")
    numbers: dict[str, int] = {}
    entities: list[dict[str, Any]] = []
    for mark in document.marks:
        numbers[mark.mark_id] = len(entities)
        losses.add("attributes of marks", len(mark.attributes))
        losses.add("notes of marks", len(mark.notes))
        losses.add("that fragments belong together", len(mark.fragments) > 1)
        for span in mark.fragments:
            start, end = offsets.from_code_points(span.start), offsets.from_code_points(span.end)
            entities.append({"id": len(entities), "start_offset": start, "end_offset": end, "label": mark.label})
    facts = dict(reversed([pair for pair in document.attributes if pair[0] not in _OWN]))
    losses.add("facts about a whole document that come twice", len(document.attributes) - len(facts))
    return {
        "article_id": document.document_id,
        "text": document.text,
        "entities": entities,
        "relations": list(_relations(document, numbers, losses)),
        _UNIT: "utf-16",
        **facts,
    }


def _relations(document: AnnotatedDocument, numbers: Mapping[str, int], losses: Losses) -> Iterator[dict[str, Any]]:
    for number, link in enumerate(document.links):
        targets = [numbers[target] for _, target in link.ends if target in numbers]
        if len(targets) != 2 or len(link.ends) != 2:
            losses.add("links that do not lead from one mark to one other")
            continue
        losses.add("roles, attributes and notes of links", not link.is_plain)
        yield {"id": number, "from_id": targets[0], "to_id": targets[1], "type": link.label}


FORMAT = Format(
    name="doccano",
    tool="doccano, sequence labelling and relations",
    offsets="UTF-16 code units; graphemes in projects that count these",
    carries="marks, labels, links between two marks, facts about a whole document",
    drops="attributes and notes of marks; that fragments of a mark belong together",
    read=read,
    write=write,
)
