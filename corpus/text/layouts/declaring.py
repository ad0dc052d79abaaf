"""What a curator declared about the starts of articles, laid over what a layout read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.text.anchors import folded
from corpus.text.layouts import article as single
from corpus.text.layouts.readings import ArticleLines, LayoutReading, Piece


def with_declared_starts(
    reading: LayoutReading, lines: Sequence[str], begins: Sequence[str], no_starts: Sequence[str]
) -> LayoutReading:
    """The reading of a digest in which lines that begin with declared words start an article, and others never do."""
    wanted, refused = tuple(map(folded, begins)), tuple(map(folded, no_starts))
    found = {article.first: article for article in reading.articles}
    known = {_first_words(article, lines) for article in reading.articles}
    added = {i for i, line in enumerate(lines) if wanted and folded(line).startswith(wanted) and line not in known}
    starts = [i for i in sorted(added | set(found)) if not (refused and folded(lines[i]).startswith(refused))]
    if starts == sorted(found):
        return reading
    articles = [_article(found, lines, start, after) for start, after in pairwise([*starts, len(lines)])]
    return replace(reading, articles=tuple(articles))


def _first_words(article: ArticleLines, lines: Sequence[str]) -> str:
    piece = (*article.title, *article.byline, *article.body)[0]
    return lines[piece.line]


def _article(found: dict[int, ArticleLines], lines: Sequence[str], start: int, after: int) -> ArticleLines:
    """The article from `start` to the next one: as it was read, or read by itself where its bounds are new."""
    inside = [article for first, article in found.items() if start <= first < after]
    if start in found and len(inside) == 1 and found[start].end <= after:
        return found[start]
    end = max((min(article.end, after) for article in inside), default=after)
    (article,) = single.read(lines[start:end]).articles
    return _shifted(article, start)


def _shifted(article: ArticleLines, by: int) -> ArticleLines:
    def moved(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        return tuple(replace(piece, line=piece.line + by) for piece in pieces)

    return replace(
        article,
        first=article.first + by,
        end=article.end + by,
        title=moved(article.title),
        byline=moved(article.byline),
        body=moved(article.body),
    )
