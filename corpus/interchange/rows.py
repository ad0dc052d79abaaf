"""Rows of the tables of a dataset as annotated documents.

A claim, its claimant, cue and relay, and its figures are marks; links lead from the claim to the others. Labels and
ids are attributes, under the names of the columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus.interchange.values import SOURCE, TARGET, AnnotatedDocument, Attributes, Link, Mark
from corpus.text.spans import Span

CLAIM, FIGURE = "Claim", "Figure"
PARTS = {"claimant": "Claimant", "cue": "Cue", "via": "Via"}
"""The columns of what belongs to a claim, with the labels of their marks."""
CLAIM_COLUMNS = (
    *("claim_id", "voice", "attribution", "modality", "certainty", "topic", "cue_class", "actor_id", "via_actor_id"),
    *("agreement", "rule", "confidence"),
)
FIGURE_COLUMNS = (
    *("value", "value_low", "value_high", "comparator", "unit", "quantity_id", "counted", "place"),
    *("as_of_from", "as_of_to", "as_of_basis"),
)
Row = Mapping[str, Any]


def document_of(article: Row, claims: Iterable[Row], figures: Iterable[Row]) -> AnnotatedDocument:
    """An article as a document, from its row of `articles` and its rows of a table of claims and one of figures.

    Words that belong to several claims, such as a cue, are one mark.
    """
    marks: dict[str, Mark] = {}
    links: list[Link] = []
    for row in claims:
        claim = Mark(row["claim_id"], CLAIM, (_span(row, "char"),), _attributes(row, CLAIM_COLUMNS))
        marks[claim.mark_id] = claim
        for name, label in PARTS.items():
            if row[f"{name}_start"] is not None:
                span = _span(row, name)
                part = Mark(f"{article['article_id']}-{name}-{span.start}-{span.end}", label, (span,))
                marks.setdefault(part.mark_id, part)
                links.append(_link(claim.mark_id, name, part.mark_id))
    for row in figures:
        mark = Mark(row["figure_id"], FIGURE, (_span(row, "char"),), _attributes(row, FIGURE_COLUMNS))
        marks[mark.mark_id] = mark
        links.append(_link(row["claim_id"], "figure", mark.mark_id))
    return AnnotatedDocument(article["article_id"], article["text"], _in_order(marks.values()), tuple(links))


def _in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks by their place, the longer first, as one reads them."""
    return tuple(sorted(marks, key=lambda mark: (mark.fragments[0].start, -mark.fragments[-1].end, mark.mark_id)))


def _span(row: Row, name: str) -> Span:
    return Span(row[f"{name}_start"], row[f"{name}_end"])


def _link(claim_id: str, name: str, target: str) -> Link:
    return Link(f"{claim_id}-{name}-{target}", name, ((SOURCE, claim_id), (TARGET, target)))


def _attributes(row: Row, columns: Sequence[str]) -> Attributes:
    return tuple((name, _value(row[name])) for name in columns if row.get(name) is not None)


def _value(value: Any) -> str:
    """A value in words: a whole number without its decimal point, a day as 2024-01-31."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def claim_marks(document: AnnotatedDocument) -> list[Mark]:
    """The marks that are claims: those with the label `Claim` or `Content`; where none has it, all."""
    wanted = [mark for mark in document.marks if mark.label in (CLAIM, "Content")]
    return wanted or list(document.marks)
