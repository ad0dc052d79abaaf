"""Label Studio: JSON, an array of tasks.

Present versions count code points ("Should calculate offsets by code points in text", in the tests of its editor);
older ones counted UTF-16 code units, as the browser does. The words that a region gives with its offsets tell which.
A CRLF counts as two characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.interchange.faults import Losses
from corpus.interchange.files import as_text, files_of, read_json
from corpus.interchange.offsets import Unit
from corpus.interchange.placing import Stated, place
from corpus.interchange.regions import Page, Region, regions_of, stated_of, texts_of
from corpus.interchange.registry import Format, Reading
from corpus.interchange.values import SOURCE, TARGET, AnnotatedDocument, Attributes, Link, Mark
from corpus.text.spans import Span

_UNITS: tuple[Unit, ...] = ("code-points", "utf-16")
_NAMES = ("article_id", "document_id")


def read(reading: Reading) -> Iterator[AnnotatedDocument]:
    """A document for each task, or for each text of it where regions speak of several."""
    for path in files_of(reading.place, (".json",), reading.faults):
        value = read_json(path, reading.faults)
        tasks = value if isinstance(value, list) else [] if value is None else [value]
        for number, task in enumerate(tasks, 1):
            if isinstance(task, dict):
                yield from _documents(task, f"{path.stem}-{number}", path, reading)
            else:
                reading.faults.add("annotation-unreadable", str(number), "a task, which is an object", task)


def _documents(task: Mapping[str, Any], name: str, path: Path, reading: Reading) -> Iterator[AnnotatedDocument]:
    data = task.get("data", {k: v for k, v in task.items() if isinstance(v, str)})
    data = data if isinstance(data, dict) else {}
    given = [data.get(key) for key in _NAMES] + [task.get("id"), name]
    document_id = str(next(one for one in given if isinstance(one, str | int)))
    regions = list(regions_of(task, reading.faults))
    placed = [region for region in regions if region.has_place]
    names = list(dict.fromkeys(region.to_name for region in placed)) or [""]
    for text_name in names:
        own = [region for region in regions if region.to_name == text_name or not region.has_place]
        full = document_id if len(names) == 1 else f"{document_id}/{text_name}"
        document = _document(full, data, own, path, reading)
        if document is not None:
            yield document


def _document(
    document_id: str, data: Mapping[str, Any], regions: Sequence[Region], path: Path, reading: Reading
) -> AnnotatedDocument | None:
    placed = [region for region in regions if region.has_place]
    name = placed[0].to_name if placed else ""
    texts = texts_of(data, name)
    if not texts and (given := reading.texts.of(document_id, path, reading.faults)) is not None:
        texts = [given]
    if not texts:
        reading.faults.add("annotation-text-missing", document_id, "a text among the data of the task", "none")
        return None
    page = Page(texts[0]) if any(region.is_on_a_page for region in placed) else None
    stated = [_qualified(document_id, stated_of(region, page)) for region in placed]
    units = _UNITS if reading.unit is None else (reading.unit,)
    found = place([page.text, *texts] if page is not None else texts, stated, units, reading.faults)
    places = {region.region_id: one for region, one in zip(placed, found.places, strict=True) if one is not None}
    marks = tuple(_marks(places, placed))
    links = tuple(_links(document_id, regions, {region.region_id for region in placed}, reading))
    for region in regions:
        if not region.has_place and not region.answers and region.kind != "relation":
            reading.faults.add("annotation-not-kept", region.region_id, "a stretch of text", region.kind or "no type")
    return AnnotatedDocument(document_id, found.text, marks, links, _facts(data, regions, texts))


def _qualified(document_id: str, stated: Stated) -> Stated:
    return Stated(f"{document_id}/{stated.record}", stated.pairs, stated.words)


def _marks(places: Mapping[str, tuple[Span, ...]], regions: Sequence[Region]) -> Iterator[Mark]:
    """A mark for each label of a region, with the answers that all results of that region give."""
    results: dict[str, list[Region]] = {}
    for region in regions:
        results.setdefault(region.region_id, []).append(region)
    for region_id, fragments in places.items():
        own = results[region_id]
        labels = list(dict.fromkeys(label for region in own for label in region.labels))
        attributes = tuple(answer for region in own for answer in region.answers)
        notes = tuple(note for region in own for note in _notes(region))
        for number, label in enumerate(labels or [own[0].from_name or own[0].kind]):
            mark_id = region_id if number == 0 else f"{region_id}+{label}"
            yield Mark(mark_id, label, fragments, attributes, notes)


def _notes(region: Region) -> list[str]:
    meta = region.raw.get("meta")
    notes = meta.get("text") if isinstance(meta, dict) else None
    return [as_text(note) for note in notes] if isinstance(notes, list) else []


def _links(document_id: str, regions: Sequence[Region], known: set[str], reading: Reading) -> Iterator[Link]:
    for number, region in enumerate((one for one in regions if one.kind == "relation"), 1):
        ends = [str(region.raw.get(key)) for key in ("from_id", "to_id")]
        if region.raw.get("direction") == "left":
            ends.reverse()
        if not known.issuperset(ends):
            record, found = f"{document_id}/relation {number}", " to ".join(ends)
            reading.faults.add("annotation-reference-broken", record, "ids of regions", found)
            continue
        labels = region.raw.get("labels")
        for label in labels if isinstance(labels, list) and labels else [""]:
            yield Link(f"relation-{number}", str(label), ((SOURCE, ends[0]), (TARGET, ends[1])))


def _facts(data: Mapping[str, Any], regions: Sequence[Region], texts: Sequence[str]) -> Attributes:
    answers = [answer for region in regions if not region.has_place for answer in region.answers]
    skipped = {*_NAMES, "text"}
    others = [(k, as_text(v)) for k, v in data.items() if k not in skipped and v is not None and v not in texts]
    return (*others, *answers)


def write(documents: Iterable[AnnotatedDocument], folder: Path, losses: Losses) -> None:
    """`tasks.json`, and `labels.xml`, the labelling interface that a project needs to show them."""
    labels: dict[str, None] = {}
    names: dict[str, None] = {}
    with (folder / "tasks.json").open("x", encoding="utf-8", newline="") as file:
        file.write("[")
        for number, document in enumerate(documents):
            labels |= dict.fromkeys(mark.label for mark in document.marks)
            names |= dict.fromkeys(name for mark in document.marks for name, _ in mark.attributes)
            file.write(",\n" if number else "\n")
            json.dump(_task(document, losses), file, ensure_ascii=False)
        file.write("\n]\n")
    (folder / "labels.xml").write_text(_interface(list(labels), list(names)), "utf-8", newline="\n")


def _task(document: AnnotatedDocument, losses: Losses) -> dict[str, Any]:
    results = [result for mark in document.marks for result in _results(mark, document.text, losses)]
    regions = {mark.mark_id for mark in document.marks}
    for link in document.links:
        ends = [target for _, target in link.ends if target in regions]
        if len(ends) != 2 or len(link.ends) != 2:
            losses.add("links that do not lead from one mark to one other")
            continue
        losses.add("roles, attributes and notes of links", not link.is_plain)
        arrow = {"type": "relation", "from_id": ends[0], "to_id": ends[1], "direction": "right"}
        results.append({**arrow, "labels": [link.label]})
    data = dict(reversed([pair for pair in document.attributes if pair[0] not in (*_NAMES, "text")]))
    losses.add("facts about a whole document that come twice", len(document.attributes) - len(data))
    own = {"article_id": document.document_id, "text": document.text, **data}
    return {"data": own, "annotations": [{"result": results}]}


def _results(mark: Mark, text: str, losses: Losses) -> Iterator[dict[str, Any]]:
    """The results for a mark: its label, then each attribute, with the same id; one region for each fragment."""
    losses.add("that fragments belong together", len(mark.fragments) > 1)
    for number, span in enumerate(mark.fragments):
        region_id = mark.mark_id if number == 0 else f"{mark.mark_id}+{number}"
        where = {"start": span.start, "end": span.end}
        shared = {"id": region_id, "to_name": "text"}
        value = {**where, "text": span.of(text), "labels": [mark.label]}
        label = {**shared, "from_name": "label", "type": "labels", "value": value}
        yield label | ({"meta": {"text": list(mark.notes)}} if mark.notes else {})
        for name, held in mark.attributes:
            value = {**where, "text": [held]}
            yield {**shared, "from_name": name, "type": "textarea", "value": value}


def _interface(labels: Sequence[str], names: Sequence[str]) -> str:
    from xml.sax.saxutils import quoteattr

    lines = ["<View>", '  <Labels name="label" toName="text">']
    lines += [f"    <Label value={quoteattr(label)}/>" for label in labels]
    lines += ["  </Labels>", '  <Text name="text" value="$text"/>']
    lines += [f'  <TextArea name={quoteattr(name)} toName="text" perRegion="true"/>' for name in names]
    return "\n".join([*lines, "</View>", ""])


FORMAT = Format(
    name="label-studio",
    tool="Label Studio, JSON",
    offsets="code points; UTF-16 code units in older versions",
    carries="marks with several labels, attributes, notes, links between two marks, facts about a whole document",
    drops="that fragments of a mark belong together; roles of links; regions of pictures and sound",
    read=read,
    write=write,
)
