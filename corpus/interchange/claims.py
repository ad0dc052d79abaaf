"""Annotated documents as lines of `claims.jsonl`, for a curator: words and what stands around them, not offsets."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.interchange.faults import Faults
from corpus.interchange.rows import CLAIM, FIGURE, PARTS, claim_marks
from corpus.interchange.values import AnnotatedDocument, Mark
from corpus.text.anchors import Anchor, FoldedText
from corpus.text.spans import Span

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NEEDED = {
    "voice": "TODO author or reported",
    "attribution": "TODO none, direct, mixed or indirect",
    "modality": "TODO fact, evaluation, prediction or directive",
    "certainty": "TODO asserted, hedged or denied",
}
_NUMBERS = {"value": "value", "value_low": "low", "value_high": "high"}
_FIGURE_NEEDED = ("comparator", "unit", "counted", "as_of_basis")
_FIGURE_OTHERS = {"quantity_id": "quantity", "place": "place", "as_of_from": "as_of_from", "as_of_to": "as_of_to"}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article that claims are made for."""

    article_id: str
    text: str


def claim_rows(document: AnnotatedDocument, article: ArticleText, faults: Faults, taken: set[str]) -> list[Json]:
    """A line for each claim of a document. `taken`: ids that are given, to which those of the lines are added.

    What a file does not say, as most know no voice or certainty, is `TODO` with the values to choose from. What cannot
    be a claim is a finding: words that are not in the article at that place, marks of several stretches, parts of
    words, values that are no numbers.
    """
    rows = _Rows(document, article, faults)
    found = []
    for mark in claim_marks(document):
        row = rows.claim(mark)
        if row is not None:
            found.append({"id": _new_id(mark, article.article_id, taken), **row})
    return found


def _new_id(mark: Mark, article_id: str, taken: set[str]) -> str:
    """The id that the mark carries, where it is one of this article's and not given yet; else a new one."""
    for own in (mark.attribute("claim_id"), mark.mark_id):
        if own and own not in taken and own.startswith(f"{article_id}-") and _ID.fullmatch(own):
            taken.add(own)
            return own
    number = len(taken) + 1
    while (made := f"{article_id}-i{number:03}") in taken:
        number += 1
    taken.add(made)
    return made


class _Rows:
    """The claims of one document."""

    def __init__(self, document: AnnotatedDocument, article: ArticleText, faults: Faults) -> None:
        self._document = document
        self._article = article
        self._faults = faults
        self._folded = FoldedText(article.text)
        marks = {mark.mark_id: mark for mark in document.marks}
        self._parts: dict[str, list[tuple[str, Mark]]] = {}
        for link in document.links:
            ends = [marks[target] for _, target in link.ends if target in marks]
            for end in ends[1:]:
                self._parts.setdefault(ends[0].mark_id, []).append((link.label, end))

    def claim(self, mark: Mark) -> Json | None:
        """A line without its id; None with a finding where the mark is no claim."""
        span = self._span(mark)
        anchor = None if span is None else self._folded.anchor(span)
        if span is None or anchor is None or not self._is_found(mark, span, anchor, None):
            return None
        said = dict(mark.attributes)
        row: Json = {"article": self._article.article_id, **_anchor(anchor)}
        row |= {name: said.get(name, blank) for name, blank in _NEEDED.items()}
        row |= self._sources(mark, span, said)
        figures = [self._figure(part, span) for _, part in self._of(mark, FIGURE, "figure")]
        row |= {"topic": said.get("topic"), "figures": [figure for figure in figures if figure]}
        row["note"] = " ".join(mark.notes)
        return _filled(row)

    def _of(self, mark: Mark, label: str, name: str) -> Iterator[tuple[str, Mark]]:
        """What a claim is linked to: marks with that label, or by a link that is called so."""
        for called, part in self._parts.get(mark.mark_id, ()):
            if part.label == label or (called.lower() == name and part.label != CLAIM):
                yield called, part

    def _sources(self, mark: Mark, span: Span, said: Mapping[str, str]) -> Json:
        row: Json = {"actor": said.get("actor_id"), "cue_class": said.get("cue_class")}
        row["via_actor"] = said.get("via_actor_id")
        for name, label in PARTS.items():
            for _, part in self._of(mark, label, name):
                words = self._part(part, span)
                if words is not None:
                    row[name] = words
        return row

    def _part(self, part: Mark, claim: Span) -> str | Json | None:
        span = self._span(part)
        if span is None:
            return None
        anchor = self._folded.anchor(span, nearest_to=claim)
        if not self._is_found(part, span, anchor, claim):
            return None
        found = _filled(_anchor(anchor))
        return anchor.exact if len(found) == 1 else found

    def _figure(self, part: Mark, claim: Span) -> Json | None:
        span = self._span(part)
        if span is None:
            return None
        anchor = self._folded.anchor(span, inside=claim)
        said = dict(part.attributes)
        row: Json = {**_anchor(anchor)}
        for column, name in _NUMBERS.items():
            if column in said and (column == "value" or said.get("comparator") == "range"):
                row[name] = self._number(part, column, said[column])
        row |= {name: said.get(name, f"TODO {name}") for name in _FIGURE_NEEDED}
        return _filled(row | {name: said.get(column) for column, name in _FIGURE_OTHERS.items()})

    def _number(self, part: Mark, column: str, words: str) -> float | int | None:
        try:
            value = float(words)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self._add("annotation-no-claim", part, f"a number for {column}", words)
            return None
        return int(value) if value.is_integer() else value

    def _span(self, mark: Mark) -> Span | None:
        """The one stretch of a mark, whose words stand in the article at the same place."""
        if len(mark.fragments) != 1 or not len(mark.fragments[0]):
            self._add("annotation-no-claim", mark, "one stretch of words", f"{len(mark.fragments)} fragment(s)")
            return None
        span = mark.fragments[0]
        words, there = span.of(self._document.text), span.of(self._article.text)
        if words != there:
            self._add("annotation-not-in-article", mark, f"the words {words[:60]!r}", there)
            return None
        return span

    def _is_found(self, mark: Mark, span: Span, anchor: Anchor, nearest_to: Span | None) -> bool:
        """Whether a curator's quotation of these words would be found at this place, and at no other."""
        near = self._folded.nearest(anchor, nearest_to) if nearest_to else self._folded.occurrences(anchor)
        if near != [span]:
            self._add("annotation-no-claim", mark, "whole words, found once with what stands around them", anchor.exact)
        return near == [span]

    def _add(self, code: str, mark: Mark, expected: str, found: str) -> None:
        self._faults.add(code, f"{self._document.document_id}: {mark.label} {mark.mark_id}", expected, found)


def _anchor(anchor: Anchor) -> Json:
    return {"exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}


def _filled(row: Json) -> Json:
    """A row without what is empty."""
    return {key: value for key, value in row.items() if value not in (None, "", [], {})}
