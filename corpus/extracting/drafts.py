"""What the rules work on: a text's tokens, its sentences, and what has been found in them so far.

A range is a half-open pair of token indices.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.extracting.lexicon import Cue
from corpus.extracting.quotations import Quotation
from corpus.extracting.sources import SourceFinder
from corpus.extracting.tokens import Tokens, tokenise
from corpus.extracting.words import Words
from corpus.text.spans import Span

Range = tuple[int, int]
_STOPS = "._x"
_TITLE_SHARE = 0.6
_LONGEST_SENTENCE = 250


@dataclass(slots=True)
class Reading:
    """How a cue form is read where it stands.

    `voice`: `fin` (finite verb), `ing` (participle), `inf` (infinitive), `pas` (passive), `noun`, `adj`.
    `first` and `last` are its tokens, both included.
    """

    cue: Cue
    voice: str
    first: int
    last: int


@dataclass(slots=True)
class Draft:
    """An attribution in token indices. `frame` names the complement, `place` where the content stands to the cue."""

    reading: Reading | None
    frame: str
    rule: str
    place: str
    source: Range | None
    contents: list[Range]
    via: Range | None = None
    confidence: float = 0.0

    @property
    def end(self) -> int:
        """The token after the last one that belongs to the content left of the cue, or to the cue."""
        ends = [end for _, end in self.contents]
        if self.reading:
            ends.append(self.reading.last + 1)
        return max(ends, default=0)


@dataclass(slots=True)
class Sentence:
    """A sentence, a quotation of several sentences counting as one word.

    `end` leaves out the closing stop, `high` does not.
    """

    low: int
    end: int
    high: int
    paragraph: int
    drafts: list[Draft] = field(default_factory=list)


class Page:
    """A text made ready for the rules."""

    def __init__(self, words: Words, sentences: Sequence[Span], quotations: Sequence[Quotation]) -> None:
        self.text = words.text
        self.tokens: Tokens = tokenise(words, quotations)
        self.tags = self.tokens.tags
        self._rows = self.tokens.rows
        self.finder = SourceFinder(self.tokens)
        self.sentences = list(self._sentences(sentences))

    def word(self, index: int) -> str:
        """The word of a token in lower case; empty beyond the text."""
        return self._rows[index][4] if 0 <= index < len(self._rows) else ""

    def breaks_line(self, index: int) -> bool:
        """Whether a new paragraph begins with the token `index`."""
        return index == 0 or "\n" in self.text[self.tokens.end(index - 1) : self.tokens.starts[index]]

    def is_title(self, sentence: Sentence) -> bool:
        """Whether most words begin with a capital letter, as in a headline."""
        low, high = sentence.low, sentence.high
        capitals = self.tags.count("N", low, high) + self.tags.count("X", low, high)
        if capitals * 3 < high - low:
            return False
        words = sum(map(str.isalpha, self.tags[low:high]))
        return words > 2 and capitals >= _TITLE_SHARE * words

    def _sentences(self, sentences: Sequence[Span]) -> Iterator[Sentence]:
        if not self.tags:
            return
        bounds = self._bounds(sentences)
        paragraph = 0
        for low, high in zip(bounds, [*bounds[1:], len(self.tags)], strict=True):
            paragraph += self.breaks_line(low)
            end = low + len(self.tags[low:high].rstrip(_STOPS))
            yield Sentence(low, end, high, paragraph)

    def _bounds(self, sentences: Sequence[Span]) -> list[int]:
        """The tokens that sentences begin with; those that begin inside a quotation do not count.

        What is longer than any sentence is cut, so that reading it takes linear time.
        """
        starts = self.tokens.starts
        found = [bisect_left(starts, sentence.start) for sentence in sentences]
        bounds = [i for i, s in zip(found, sentences, strict=True) if i < len(starts) and starts[i] == s.start]
        if not bounds or bounds[0] != 0:
            bounds.insert(0, 0)
        pairs = zip(bounds, [*bounds[1:], len(self.tags)], strict=True)
        return [at for low, high in pairs for at in range(low, high, _LONGEST_SENTENCE)]
