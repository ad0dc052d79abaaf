"""A text made ready for finding claims: its words, paragraphs, sentences with their clauses, and quotations."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from corpus.extracting.clauses import split_clauses
from corpus.extracting.quotations import Quotation
from corpus.extracting.words import Words
from corpus.text.spans import Bounds, Span


class Line(NamedTuple):
    """A paragraph in which claims are sought, and its kind."""

    span: Span
    kind: str


class Document:
    """A text with what is known of it before claims are sought; `starts` are those of its sentences."""

    __slots__ = ("_clauses", "lines", "quotations", "sentences", "starts", "text", "words")

    def __init__(
        self, text: str, lines: Sequence[Line], sentences: Sequence[Span], quotations: Sequence[Quotation]
    ) -> None:
        self.text, self.words = text, Words(text)
        self.lines, self.sentences, self.quotations = lines, sentences, quotations
        self.starts = [sentence.start for sentence in sentences]
        self._clauses: list[list[Bounds] | None] = [None] * len(sentences)

    def sentence_at(self, position: int) -> int:
        """The number of the sentence around a code point, or of the last one before it; -1 before the first."""
        return bisect_right(self.starts, position) - 1

    def clauses(self, number: int) -> list[Bounds]:
        """The clauses of a sentence."""
        clauses = self._clauses[number]
        if clauses is None:
            sentence = self.sentences[number]
            clauses = self._clauses[number] = split_clauses(self.words, sentence.start, sentence.end)
        return clauses
