"""Documents with marks, from the rows of tables, JSON Lines or brat standoff."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableMarksError
from corpus.findings import Finding, has_errors
from corpus.interchange.faults import Faults
from corpus.interchange.files import Texts
from corpus.interchange.registry import Reading, format_named
from corpus.interchange.rows import claim_marks
from corpus.text.spans import Span

LABELS = ("voice", "attribution", "modality", "certainty", "topic", "cue_class")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Mark:
    """A marked stretch of a text: its spans (several where it is discontinuous), labels, and the rule that made it."""

    spans: tuple[Span, ...]
    labels: Mapping[str, str | None] = field(default_factory=dict)
    rule: str | None = None


@dataclass(frozen=True)
class Document:
    """A text with its marks; `text` is None where the format carries none."""

    document_id: str
    text: str | None
    marks: tuple[Mark, ...]


def documents_of(articles: Iterable[Row], marks: Iterable[Row]) -> dict[str, Document]:
    """Documents by id, from rows of `articles` and rows of `claims` or of a table with its columns."""
    texts = {row["article_id"]: row["text"] for row in articles}
    return _grouped(((row["article_id"], _row_mark(row)) for row in marks), texts)


def read_documents(place: Path, texts: Mapping[str, str] | None = None) -> dict[str, Document]:
    """Documents by id, from a `.jsonl` file or a folder of brat files.

    JSON Lines holds either one document a line (`id`, `text`, `attributions` with `content` spans) or one mark
    a line under the names of the columns of `claims`. Offsets are code points. `texts`: by id, for brat files that have
    none beside them. Raises `UnreadableMarksError` where the place is neither, or a mark does not fit its text.
    """
    if place.is_file():
        return _from_jsonl(place)
    if place.is_dir() and any(place.glob("**/*.ann")):
        return _from_brat(place, texts or {})
    raise UnreadableMarksError(place, "neither a built dataset, nor JSON Lines, nor a folder of brat files")


def _from_jsonl(file: Path) -> dict[str, Document]:
    marks: list[tuple[str, Mark]] = []
    texts: dict[str, str] = {}
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if "attributions" in row:
                texts[row["id"]] = row.get("text") or texts.get(row["id"], "")
                marks += [(row["id"], _attribution_mark(entry)) for entry in row["attributions"]]
            else:
                marks.append((row["article_id"], _row_mark(row)))
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableMarksError(file, f"line {number}: {error!r}") from error
    return _grouped(iter(marks), texts)


def _from_brat(folder: Path, texts: Mapping[str, str]) -> dict[str, Document]:
    findings: list[Finding] = []
    documents = {}
    for read in format_named("brat").read(Reading(folder, Faults(findings), Texts(texts))):
        own = read.document_id.rpartition("/")[2]
        documents[own] = Document(own, read.text, tuple(Mark(mark.fragments) for mark in claim_marks(read)))
    if has_errors(findings):
        first = findings[0]
        raise UnreadableMarksError(folder, f"{first.place}: expected {first.expected}, found {first.found}")
    return documents


def _row_mark(row: Row) -> Mark:
    labels = {name: row.get(name) for name in LABELS}
    return Mark((Span(row["char_start"], row["char_end"]),), labels, row.get("rule"))


def _attribution_mark(entry: Row) -> Mark:
    spans = tuple(Span(start, end) for start, end in entry["content"])
    return Mark(spans, {"voice": "reported"}, entry.get("rule"))


def _grouped(marks: Iterator[tuple[str, Mark]], texts: Mapping[str, str]) -> dict[str, Document]:
    grouped: dict[str, list[Mark]] = {document_id: [] for document_id in texts}
    for document_id, mark in marks:
        grouped.setdefault(document_id, []).append(mark)
    return {key: Document(key, texts.get(key) or None, tuple(found)) for key, found in grouped.items()}
