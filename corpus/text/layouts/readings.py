"""What a layout reads out of a text's lines."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line that stay in the article's text.

    `line`: index in the lines; `start`, `end`: code points in that line, half open.
    """

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArticleLines:
    """An article as a layout reads it.

    `first`, `end`: its block of lines, half open. `title`, `byline`, `body`: the pieces that stay, in text
    order (a title may take several lines; the byline is the header's lines that stay in the text). All other
    words of the block are metadata, and are dropped. What the header states: `authors`, `outlet` and
    `language` as written, `date` in EDTF (None where the words cannot be read), `date_words` as written.
    `shape`: name of the header's shape; `sureness`: 0 to 1.
    """

    first: int
    end: int
    title: tuple[Piece, ...]
    byline: tuple[Piece, ...]
    body: tuple[Piece, ...]
    authors: tuple[str, ...]
    outlet: str | None
    date: str | None
    date_words: str | None
    language: str | None
    shape: str
    sureness: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that a reviewer should look at: it looks like a header and was not taken as one, or was on weak grounds.

    `line`: index in the lines; `why`: short words.
    """

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class LayoutReading:
    """All articles of a text in order, their blocks disjoint, and what a reviewer should look at."""

    articles: tuple[ArticleLines, ...]
    doubts: tuple[Doubt, ...]
