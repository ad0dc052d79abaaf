"""W3C Web Annotation, as JSON-LD: a page of annotations for each text, which stands beside it in a `.txt` file.

Positions are code points, as the recommendation has it. Tools in the browser often write UTF-16 code units: the
quotation beside a position tells which. A quotation alone must be found in the text exactly once.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from corpus.interchange.faults import Faults, Losses
from corpus.interchange.files import (
    as_text,
    file_name,
    files_of,
    own_id,
    parsed_json,
    read_text,
    without_bom,
    write_text,
)
from corpus.interchange.offsets import Unit
from corpus.interchange.placing import Stated, place
from corpus.interchange.registry import Format, Reading
from corpus.interchange.selectors import Piece, document_id_of_source, targets_of
from corpus.interchange.values import AnnotatedDocument, Attributes, Link, Mark
from corpus.text.spans import Span

_UNITS: tuple[Unit, ...] = ("code-points", "utf-16")
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
_ROLE = "role"
Json = dict[str, Any]


def read(reading: Reading) -> Iterator[AnnotatedDocument]:
    """A document for each source that the annotations of a file speak of."""
    for path in files_of(reading.place, (".jsonld", ".json"), reading.faults):
        text = read_text(path, reading.faults)
        annotations = [] if text is None else list(_annotations(without_bom(text), reading.faults))
        yield from _documents(annotations, path, reading)


def _annotations(text: str, faults: Faults) -> Iterator[Json]:
    """The annotations of a page, a collection, an array, one alone, or one a line."""
    try:
        todo = deque([parsed_json(text)])
    except ValueError as error:
        try:
            todo = deque(parsed_json(line) for line in text.split("\n") if line.strip())
        except ValueError:
            faults.add("annotation-unreadable", None, "JSON-LD", str(error), getattr(error, "lineno", None))
            return
    while todo:
        one = todo.popleft()
        if isinstance(one, list):
            todo.extendleft(reversed(one))
        elif isinstance(one, dict) and "target" in one:
            yield one
        elif isinstance(one, dict):
            inner = [one[key] for key in ("items", "first", "@graph") if isinstance(one.get(key), list | dict)]
            todo.extendleft(reversed(inner))
        else:
            faults.add("annotation-unreadable", None, "an annotation, which is an object", one)


def _documents(annotations: Sequence[Json], path: Path, reading: Reading) -> Iterator[AnnotatedDocument]:
    links: list[tuple[str, Json]] = []
    pieces: dict[str, list[tuple[str, Json, list[Piece]]]] = {}
    for number, one in enumerate(annotations, 1):
        own = _plain_id(one.get("id")) or str(number)
        if one.get("motivation") == "linking":
            links.append((own, one))
            continue
        for count, target in enumerate(targets_of(one)):
            source = target[0].source if target else ""
            pieces.setdefault(source, []).append((own if count == 0 else f"{own}+{count}", one, target))
    owners: dict[str, list[tuple[str, Json]]] = {}
    homes = {own: source for source, found in pieces.items() for own, _, _ in found}
    for own, link in links:
        ends = _ends(link)
        home = homes.get(ends[0][1]) if ends else None
        if home is None or any(target not in homes for _, target in ends):
            reading.faults.add("annotation-reference-broken", own, "ids of annotations", [end for _, end in ends])
        else:
            owners.setdefault(home, []).append((own, link))
    text = None if pieces or links else reading.texts.of(own_id(path, reading.place), path, reading.faults)
    if text is not None:
        yield AnnotatedDocument(own_id(path, reading.place), text)
    for source, found in pieces.items():
        document = _document(source, found, owners.get(source, []), path, reading)
        if document is not None:
            yield document


def _document(
    source: str,
    found: Sequence[tuple[str, Json, list[Piece]]],
    links: Sequence[tuple[str, Json]],
    path: Path,
    reading: Reading,
) -> AnnotatedDocument | None:
    document_id = document_id_of_source(source)
    text = reading.texts.of(document_id, path, reading.faults)
    if text is None:
        for own, _, pieces in found:
            if any(piece.is_whole or piece.other for piece in pieces):
                reading.faults.add("annotation-not-kept", own, "a stretch of text", pieces[0].other or "a whole source")
                continue
            expected = f"the text of {source or 'its source'} in {file_name(document_id)}.txt"
            reading.faults.add("annotation-text-missing", own, expected, "no such file")
        return None
    places = _places(text, found, reading)
    marks = [mark for own, one, _ in found if own in places for mark in _marks(own, one, places[own])]
    made = [_link(own, one) for own, one in links]
    facts = [pair for _, one, pieces in found if all(piece.is_whole for piece in pieces) for pair in _facts(one)]
    return AnnotatedDocument(document_id, text, tuple(marks), tuple(made), tuple(facts))


def _places(text: str, found: Sequence[tuple[str, Json, list[Piece]]], reading: Reading) -> dict[str, tuple[Span, ...]]:
    """Where each annotation stands: by its positions, checked by its quotation, or by its quotation alone."""
    places: dict[str, tuple[Span, ...]] = {}
    stated: list[Stated] = []
    for own, _, pieces in found:
        if any(piece.position is not None for piece in pieces):
            words = [piece.quote.exact for piece in pieces if piece.quote]
            pairs = tuple(piece.position or (None, None) for piece in pieces)
            stated.append(Stated(own, pairs, " ".join(words) if len(words) == len(pieces) else None))
        elif kinds := [piece.other for piece in pieces if piece.other]:
            reading.faults.add("annotation-not-kept", own, "a stretch of text", kinds[0])
        elif not all(piece.is_whole for piece in pieces):
            spans = [_quoted(text, own, piece, reading.faults) for piece in pieces]
            known = sorted(span for span in spans if span is not None)
            places |= {own: tuple(known)} if len(known) == len(spans) else {}
    units = _UNITS if reading.unit is None else (reading.unit,)
    placed = place([text], stated, units, reading.faults)
    pairs_of = zip(stated, placed.places, strict=True)
    return places | {one.record: fragments for one, fragments in pairs_of if fragments is not None}


def _quoted(text: str, own: str, piece: Piece, faults: Faults) -> Span | None:
    if piece.quote is None or not piece.quote.exact:
        faults.add("annotation-outside", own, "a selector of text in each piece", "none")
        return None
    found = piece.quote.places(text)
    if len(found) != 1:
        times = "several times" if found else "not at all"
        faults.add("annotation-text-differs", own, f"the words {piece.quote.exact[:60]!r} once", times)
        return None
    return Span(found[0], found[0] + len(piece.quote.exact))


def _bodies(annotation: Json) -> Iterator[tuple[str, str]]:
    """The texts of the bodies, each with its purpose."""
    bodies = annotation.get("body", annotation.get("bodyValue"))
    for body in bodies if isinstance(bodies, list) else [bodies]:
        if isinstance(body, str):
            yield "commenting", body
        elif isinstance(body, dict):
            purpose = body.get("purpose", annotation.get("motivation", "commenting"))
            value = body.get("value", body.get("source", body.get("id", "")))
            yield str(purpose).removeprefix("oa:"), as_text(value)


def _marks(own: str, annotation: Json, fragments: tuple[Span, ...]) -> Iterator[Mark]:
    """A mark for each tag; one that has none is named after its motivation."""
    bodies = list(_bodies(annotation))
    labels = [value for purpose, value in bodies if purpose in ("tagging", "classifying")]
    facts = tuple(_pair(value) for purpose, value in bodies if purpose == "describing" and "=" in value)
    notes = [v for p, v in bodies if p not in ("tagging", "classifying") and not (p == "describing" and "=" in v)]
    for number, label in enumerate(labels or [as_text(annotation.get("motivation", "annotation"))]):
        yield Mark(own if number == 0 else f"{own}+{label}", label, fragments, facts, tuple(notes))


def _pair(value: str) -> tuple[str, str]:
    name, _, held = value.partition("=")
    return unquote(name), held


def _facts(annotation: Json) -> Iterator[tuple[str, str]]:
    for purpose, value in _bodies(annotation):
        yield _pair(value) if purpose == "describing" and "=" in value else (purpose, value)


def _ends(annotation: Json) -> list[tuple[str, str]]:
    """The roles and ids that a linking annotation leads from and to: its targets."""
    targets = annotation.get("target")
    ids = [one.get("source", one.get("id")) if isinstance(one, dict) else one for one in _list(targets)]
    roles = [held for name, held in (_pair(v) for p, v in _bodies(annotation) if p == "describing") if name == _ROLE]
    names = roles if len(roles) == len(ids) else [f"Arg{number}" for number in range(1, len(ids) + 1)]
    return [(role, _plain_id(one)) for role, one in zip(names, ids, strict=True)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _link(own: str, annotation: Json) -> Link:
    mark = next(_marks(own, annotation, ()))
    attributes = tuple((name, value) for name, value in mark.attributes if name != _ROLE)
    return Link(own, mark.label, tuple(_ends(annotation)), attributes, mark.notes)


def _plain_id(identifier: Any) -> str:
    """The id of an annotation: of an address within the file, what follows the `#`."""
    if not isinstance(identifier, str):
        return ""
    return unquote(identifier[1:]) if identifier.startswith("#") else identifier


def write(documents: Iterable[AnnotatedDocument], folder: Path, losses: Losses) -> None:
    """Two files for each document: its text, and a page of annotations that point into it."""
    for document in documents:
        name = file_name(document.document_id)
        write_text(folder / f"{name}.txt", document.text)
        page: Json = {"@context": _CONTEXT, "id": f"{quote(name)}.jsonld", "type": "AnnotationPage"}
        page["items"] = list(_items(document, f"{quote(name)}.txt", losses))
        write_text(folder / f"{name}.jsonld", json.dumps(page, ensure_ascii=False, indent=1) + "\n")


def _items(document: AnnotatedDocument, source: str, losses: Losses) -> Iterator[Json]:
    known = {mark.mark_id for mark in document.marks}
    if document.attributes:
        bodies = _described(document.attributes)
        yield {"id": "#", "type": "Annotation", "motivation": "describing", "body": bodies, "target": source}
    for mark in document.marks:
        yield _annotation(mark.mark_id, _said(mark.label, mark.attributes, mark.notes), _target(mark, document, source))
    for link in document.links:
        if any(target not in known for _, target in link.ends):
            losses.add("links that lead to other links")
            continue
        roles = tuple((_ROLE, role) for role, _ in link.ends)
        bodies = _said(link.label, (*roles, *link.attributes), link.notes)
        targets = [f"#{quote(target, safe='')}" for _, target in link.ends]
        yield _annotation(link.link_id, bodies, targets) | {"motivation": "linking"}


def _annotation(own: str, bodies: list[Json], target: Any) -> Json:
    head: Json = {"id": f"#{quote(own, safe='')}", "type": "Annotation", "motivation": "tagging"}
    return head | {"body": bodies, "target": target}


def _said(label: str, attributes: Attributes, notes: Sequence[str]) -> list[Json]:
    comments = [{"type": "TextualBody", "purpose": "commenting", "value": note} for note in notes]
    return [{"type": "TextualBody", "purpose": "tagging", "value": label}, *_described(attributes), *comments]


def _described(attributes: Attributes) -> list[Json]:
    values = [f"{quote(name, safe=' ')}={value}" for name, value in attributes]
    return [{"type": "TextualBody", "purpose": "describing", "value": value} for value in values]


def _target(mark: Mark, document: AnnotatedDocument, source: str) -> Json:
    pieces = [_piece(span, document.text, source) for span in mark.fragments]
    return pieces[0] if len(pieces) == 1 else {"type": "Composite", "items": pieces}


def _piece(span: Span, text: str, source: str) -> Json:
    quoted: Json = {"type": "TextQuoteSelector", "exact": span.of(text)}
    quoted["prefix"] = text[max(0, span.start - _AROUND) : span.start]
    quoted["suffix"] = text[span.end : span.end + _AROUND]
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"type": "SpecificResource", "source": source, "selector": [position, quoted]}


FORMAT = Format(
    name="web-annotation",
    tool="W3C Web Annotation, JSON-LD",
    offsets="code points",
    carries="marks of several fragments, attributes, notes, links, facts about a whole document",
    drops="links that lead to other links",
    read=read,
    write=write,
)
