"""A decoded text to its articles: normalised, split by a layout, freed of what an export added, every change kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from corpus.text.decoding import DecodedText
from corpus.text.edits import Edit
from corpus.text.layouts import LAYOUTS, detect_layout
from corpus.text.layouts.declaring import with_declared_starts
from corpus.text.layouts.readings import ArticleLines, LayoutReading, Piece
from corpus.text.limits import MOST_LINES, TextTooLargeError
from corpus.text.normalising import NormalisedText, renormalise
from corpus.text.spans import Span
from corpus.text.wrapping import unwrap

METADATA = "export_metadata"


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article: its code points in the normalised text, and what its header states.

    `title_lines`, `byline_lines`: which of its lines, from 0, are the title and the rest of the header. `outlet`,
    `date_words`: as written; `date`: EDTF, None where the words are no date or an ambiguous one. `shape`: the kind of
    header; `sureness` (0 to 1): how much speaks for it.
    """

    span: Span
    title_lines: tuple[int, ...] = ()
    byline_lines: tuple[int, ...] = ()
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    date: str | None = None
    date_words: str | None = None
    language: str | None = None
    shape: str = "text"
    sureness: float = 1.0

    def title(self, text: str) -> str | None:
        """The title's lines, joined by spaces; None where there is none."""
        lines = self.lines(text)
        return " ".join(lines[index] for index in self.title_lines) or None

    def byline(self, text: str) -> str | None:
        """The other lines of the header; None where there are none."""
        lines = self.lines(text)
        return "\n".join(lines[index] for index in self.byline_lines) or None

    def lines(self, text: str) -> list[str]:
        """The article's lines, of the text that holds it."""
        return self.span.of(text).split("\n")


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text with its articles, ascending and apart. `doubts`: lines that a person should look at, and why."""

    normalised: NormalisedText
    layout: str
    articles: tuple[FoundArticle, ...]
    doubts: tuple[tuple[str, str], ...]


def normalised_text(source: DecodedText, *, is_wrapped: bool) -> NormalisedText:
    """The text normalised; the line breaks inside hard-wrapped paragraphs are undone first where `is_wrapped`."""
    wraps = tuple(unwrap(source.text)) if is_wrapped else ()
    return renormalise(NormalisedText(source.text, source, ()), wraps)


def read_articles(
    normalised: NormalisedText,
    layout: str | None = None,
    begins: Sequence[str] = (),
    no_starts: Sequence[str] = (),
) -> ReadText:
    """The articles of a normalised text (one paragraph per line).

    `layout`: a name of `LAYOUTS`, or None to tell it by the text. In a digest, lines that begin with one of `begins`
    start an article, and lines that begin with one of `no_starts` never do.
    Raises `TextTooLargeError` for more lines than can be judged in bounded time.
    """
    if normalised.text.count("\n") >= MOST_LINES:
        raise TextTooLargeError(MOST_LINES, "lines")
    lines = normalised.text.split("\n") if normalised.text else []
    name = layout or detect_layout(lines)
    reading = LAYOUTS[name].read(lines) if lines else LayoutReading((), ())
    if name == "digest":
        reading = with_declared_starts(reading, lines, begins, no_starts)
    positions = _positions(lines)
    text = normalised.text
    reading = replace(reading, articles=tuple(article for article in reading.articles if _has_words(article)))
    edits = tuple(edit for a in reading.articles for edit in _without_metadata(text, a, lines, positions))
    moved = _Moved(edits)
    found = tuple(_found(article, positions, moved) for article in reading.articles)
    doubts = tuple((lines[doubt.line], doubt.why) for doubt in reading.doubts)
    return ReadText(renormalise(normalised, edits) if edits else normalised, name, found, doubts)


def whole_text(normalised: NormalisedText) -> ReadText:
    """The text as one article without a header, as where a record's other fields state what a header would."""
    article = FoundArticle(Span(0, len(normalised.text)), shape="record")
    return ReadText(normalised, "records", (article,) if normalised.text else (), ())


def raw_range(read: ReadText) -> Span:
    """The bytes of the source, from the first code point that stays to the last, of a text that is one article."""
    source, edits = read.normalised.source, read.normalised.edits
    start, end = 0, len(source.text)
    for edit in edits:
        if edit.start > start or edit.replacement:
            break
        start = edit.end
    for edit in reversed(edits):
        if edit.end < end or edit.replacement:
            break
        end = edit.start
    first, last = source.byte_offsets((start, end))
    return Span(first, last)


def _positions(lines: Sequence[str]) -> list[int]:
    positions, at = [], 0
    for line in lines:
        positions.append(at)
        at += len(line) + 1
    return positions


def _has_words(article: ArticleLines) -> bool:
    return bool(article.title or article.byline or article.body)


def _kept(article: ArticleLines, positions: Sequence[int]) -> list[Span]:
    """The pieces that stay, as code points of the normalised text; those that touch are one."""
    kept: list[Span] = []
    for piece in sorted({*article.title, *article.byline, *article.body}, key=lambda p: (p.line, p.start)):
        span = Span(positions[piece.line] + piece.start, positions[piece.line] + piece.end)
        if kept and span.start <= kept[-1].end:
            span = Span(kept.pop().start, span.end)
        kept.append(span)
    return kept


def _without_metadata(
    text: str, article: ArticleLines, lines: Sequence[str], positions: Sequence[int]
) -> Iterator[Edit]:
    """Edits that leave of an article's block its pieces, one per line."""
    kept = _kept(article, positions)
    start, end = positions[article.first], positions[article.end - 1] + len(lines[article.end - 1])
    yield from _cut(start, kept[0].start)
    for before, after in pairwise(kept):
        # One line feed of those between two pieces stays, so that it keeps its byte in the ledger.
        feed = text.find("\n", before.end, after.start)
        if feed < 0:  # title and byline on one line
            yield Edit(before.end, after.start, "\n", "header_line")
            continue
        yield from _cut(before.end, feed)
        yield from _cut(feed + 1, after.start)
    yield from _cut(kept[-1].end, end)


def _cut(start: int, end: int) -> Iterator[Edit]:
    if start < end:
        yield Edit(start, end, "", METADATA)


class _Moved:
    """Where positions of a text are after edits that only cut."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._ends = [edit.end for edit in edits]
        self._growth = [0, *accumulate(edit.growth for edit in edits)]

    def position(self, before: int) -> int:
        """The place of a position that no edit cuts away."""
        return before + self._growth[bisect_right(self._ends, before)]


def _found(article: ArticleLines, positions: Sequence[int], moved: _Moved) -> FoundArticle:
    kept = _kept(article, positions)
    starts = [span.start for span in kept]

    def lines_of(pieces: Sequence[Piece]) -> tuple[int, ...]:
        return tuple(bisect_right(starts, positions[piece.line] + piece.start) - 1 for piece in pieces)

    return FoundArticle(
        Span(moved.position(kept[0].start), moved.position(kept[-1].end)),
        lines_of(article.title),
        lines_of(article.byline),
        article.authors,
        article.outlet,
        article.date,
        article.date_words,
        article.language,
        article.shape,
        article.sureness,
    )
