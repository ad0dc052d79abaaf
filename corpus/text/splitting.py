"""A seed's normalised text to its articles, found by the shape of their headers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.text.anchors import folded
from corpus.text.headers import Byline, could_be_title, read_byline
from corpus.text.spans import Span


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article of a seed: where it stands in the normalised text, and what its header states."""

    span: Span
    first_line: str
    title: str | None
    byline_text: str | None
    byline: Byline | None


def split_articles(text: str, *, digest: bool, begins: Sequence[str], no_starts: Sequence[str]) -> list[FoundArticle]:
    """The articles of `text` (one paragraph per line), in order.

    A digest is split at every title that a byline follows, and at every line that begins with one of
    the declared `begins`; lines that begin with one of `no_starts` never start an article. A text that is
    no digest is one article. What stands before the first article of a digest belongs to none.
    """
    lines = text.split("\n") if text else []
    starts = _starts(lines, begins, no_starts) if digest else ([0] if lines else [])
    positions = _line_positions(lines)
    found: list[FoundArticle] = []
    for start, end in pairwise([*starts, len(lines)]):
        span = Span(positions[start], positions[end - 1] + len(lines[end - 1]))
        found.append(_with_header(span, lines[start:end]))
    return found


def begins_with(line: str, words: str) -> bool:
    """Whether a line begins with the declared words, typographic quotes taken as straight ones."""
    return folded(line).startswith(folded(words))


def _starts(lines: Sequence[str], begins: Collection[str], no_starts: Collection[str]) -> list[int]:
    starts = set()
    for index, line in enumerate(lines):
        if any(begins_with(line, words) for words in begins):
            starts.add(index)
        elif index and read_byline(line) and could_be_title(lines[index - 1]):
            starts.add(index - 1)
    return sorted(i for i in starts if not any(begins_with(lines[i], words) for words in no_starts))


def _line_positions(lines: Sequence[str]) -> list[int]:
    positions, at = [], 0
    for line in lines:
        positions.append(at)
        at += len(line) + 1
    return positions


def _with_header(span: Span, lines: Sequence[str]) -> FoundArticle:
    byline = read_byline(lines[1]) if len(lines) > 1 and could_be_title(lines[0]) else None
    if byline is None:
        return FoundArticle(span, lines[0], None, None, None)
    return FoundArticle(span, lines[0], lines[0], lines[1], byline)
