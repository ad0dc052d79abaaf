"""A text as tokens with a one-letter tag each, so that a sentence's shape is a string that patterns can read.

Tokens are the words of the text (see `words`; tags in `frames`), with two exceptions. A quotation of speech is one
token with the tag `Q`: what stands inside it is content, never a frame. An apostrophe behind a word belongs to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.extracting.frames import NO_FORMS
from corpus.extracting.lexicon import Forms
from corpus.extracting.quotations import Quotation
from corpus.extracting.vocabulary import Entry, entries
from corpus.extracting.words import Words
from corpus.text.spans import Span

# What joins words to one token: an apostrophe at the end, a comma without a space.
_JOINT = re.compile(r"['’,](?:(?<=\w['’])(?!\w)|(?<=\w,)(?=\w)(?!(?<=\d,)\d))")
_Run = tuple[int, int, Entry]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: where each begins (a code point), their tags, and which of them may begin a cue.

    `marks` holds `!` for each token that may begin a cue, `.` for the others.
    """

    text: str
    starts: Sequence[int]
    rows: Sequence[Entry]
    tags: str
    marks: str

    def end(self, index: int) -> int:
        """The code point after a token, the space behind it left out."""
        return self.starts[index] + self.rows[index][1]

    def word(self, index: int) -> str:
        """A token in lower case, with straight apostrophes; empty for a quotation."""
        return self.rows[index][4]

    def words(self, first: int, end: int) -> tuple[str, ...]:
        """The words of the tokens from `first` up to `end`."""
        return tuple([row[4] for row in self.rows[first:end]])

    def forms(self, index: int) -> Forms:
        """The cue forms of a token, by shape."""
        return self.rows[index][5]

    def span(self, first: int, last: int) -> Span:
        """From the first token to the last one, this included."""
        return Span(self.starts[first], self.starts[last] + self.rows[last][1])


def tokenise(words: Words, quotations: Sequence[Quotation]) -> Tokens:
    """The tokens of a text; each quotation of speech is one of them."""
    rows: list[Entry] = []
    starts: list[int] = []
    tags: list[str] = []
    marks: list[str] = []
    at = 0
    for first, end, row in _runs(words, quotations):
        rows += words.entries[at:first]
        starts += words.starts[at:first]
        rows.append(row)
        starts.append(words.starts[first])
        tags += (words.frames[at:first], row[0][2])
        marks += (words.cues[at:first], row[0][3])
        at = end
    rows += words.entries[at:]
    starts += words.starts[at:-1]
    tags.append(words.frames[at:])
    marks.append(words.cues[at:])
    return Tokens(words.text, starts, rows, "".join(tags), "".join(marks))


def _runs(words: Words, quotations: Sequence[Quotation]) -> Iterator[_Run]:
    """The words that are one token together: first and end, and what is known of the token."""
    end = 0
    for quotation in quotations:
        if quotation.is_speech:
            outer = quotation.outer
            yield from _joined(words, end, outer.start)
            first, end = bisect_left(words.starts, outer.start), outer.end
            yield first, bisect_left(words.starts, end), ("..Q.", len(outer), "", (), "", NO_FORMS)
    yield from _joined(words, end, len(words.text))


def _joined(words: Words, low: int, high: int) -> Iterator[_Run]:
    """The words between two code points that an apostrophe or a comma joins."""
    text, starts = words.text, words.starts
    first = last = -1
    for joint in _JOINT.finditer(text, low, high):
        at = bisect_left(starts, joint.start())
        if at - 1 != last:
            if first >= 0:
                yield first, last + 1, entries[text[starts[first] : words.end(last)]]
            first = at - 1
        last = at + (joint[0] == ",")
    if first >= 0:
        yield first, last + 1, entries[text[starts[first] : words.end(last)]]
