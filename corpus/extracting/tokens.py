"""Words with a one-letter tag each, so that a sentence's shape is a string that patterns can read.

A quotation of speech is one token with the tag `Q`: what stands inside it is content, never a frame.
Tags of open classes: N capitalised, X possessive, e ends in -ed, g ends in -ing, R ends in -ly, v a cue's verb form,
w any other word. Punctuation stands for itself, as far as one letter does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.extracting.lexicon import Forms, cue_forms, word_classes
from corpus.extracting.quotations import Quotation
from corpus.text.spans import Span

# A token with the space after it, so that lengths add up to positions; most tokens are of the first sort.
_PIECE = re.compile(r"[A-Za-z]+ |\w+(?:['’.,‑-]\w+)*['’]?\s*|\S\s*|\s+")
_SPACE = re.compile(r"\s*")
_PUNCTUATION = {
    ".": ".", "!": ".", "?": ".", "…": ".", ",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")",
    "—": "-", "–": "-", "-": "-", "―": "-", "&": "C", "%": "w", "$": "#", "£": "#", "€": "#",
}  # fmt: skip
_MOST_REMEMBERED = 200_000
_NO_FORMS: Forms = {}


# What is known of a piece: its tag, its length without the space after it, its mark, its word, its cue forms.
_Row = tuple[str, int, str, str, Forms]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: where each begins (a code point), their tags, and which of them may begin a cue.

    `marks` holds `!` for each token that may begin a cue, `.` for the others.
    """

    text: str
    starts: Sequence[int]
    rows: Sequence[_Row]
    tags: str
    marks: str

    def end(self, index: int) -> int:
        """The code point after a token, the space behind it left out."""
        return self.starts[index] + self.rows[index][1]

    def word(self, index: int) -> str:
        """A token in lower case, with straight apostrophes; empty for a quotation."""
        return self.rows[index][3]

    def words(self, first: int, end: int) -> tuple[str, ...]:
        """The words of the tokens from `first` up to `end`."""
        return tuple([row[3] for row in self.rows[first:end]])

    def forms(self, index: int) -> Forms:
        """The cue forms of a token, by shape."""
        return self.rows[index][4]

    def span(self, first: int, last: int) -> Span:
        """From the first token to the last one, this included."""
        return Span(self.starts[first], self.starts[last] + self.rows[last][1])


class _Known(dict[str, _Row]):
    """The rows of all pieces seen, up to a limit."""

    def __missing__(self, piece: str) -> _Row:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        word = piece.rstrip()
        lower = word.lower().replace("’", "'")
        tag, forms = _read_word(word, lower) if word else ("_", _NO_FORMS)
        self[piece] = row = (tag, len(word), "!" if forms else ".", lower, forms)
        return row


_known = _Known()


def tokenise(text: str, quotations: Sequence[Quotation]) -> Tokens:
    """The tokens of `text`; each quotation of speech is one of them."""
    pieces: list[str] = []
    quoted: list[tuple[int, int, int]] = []
    at = 0
    for quotation in quotations:
        if quotation.is_speech:
            pieces += _PIECE.findall(text, at, quotation.outer.start)
            found = _SPACE.match(text, quotation.outer.end)
            at = found.end() if found else quotation.outer.end
            quoted.append((len(pieces), len(quotation.outer), at - quotation.outer.start))
            pieces.append("")
    pieces += _PIECE.findall(text, at)
    rows = list(map(_known.__getitem__, pieces))
    lengths = list(map(len, pieces))
    for index, length, spaced in quoted:
        rows[index] = ("Q", length, ".", "", _NO_FORMS)
        lengths[index] = spaced
    starts = list(accumulate(lengths, initial=0))
    starts.pop()
    return Tokens(text, starts, rows, "".join([row[0] for row in rows]), "".join([row[2] for row in rows]))


def _read_word(word: str, lower: str) -> tuple[str, Forms]:
    tag = word_classes().get(lower)
    if tag is None and lower.endswith("'"):
        lower = lower[:-1]
        tag = "X" if lower.endswith("s") else word_classes().get(lower)
    forms = cue_forms().get(lower, _NO_FORMS)
    if tag is None:
        tag = _open_class(word, lower, forms)
    return tag, forms


def _open_class(word: str, lower: str, forms: Forms) -> str:
    first = word[0]
    if not first.isalnum():
        return _PUNCTUATION.get(first, "x")
    if first.isdigit():
        return "#"
    if lower.endswith("'s"):
        return "X"
    if first.isupper():
        return "N"
    if "past" in forms and "noun" not in forms:
        return "v"
    if lower.endswith("ing") and len(lower) > 5:
        return "g"
    if lower.endswith("ed") and len(lower) > 4:
        return "e"
    return "R" if lower.endswith("ly") and len(lower) > 4 else "w"
