"""The ledger: what became of every byte of a seed, and the way back.

The entries of a seed tile its bytes from the first to the last. `kept`: the article's slice, encoded,
is these bytes. `rewritten`: these bytes stand as other characters in the article. `dropped`: these
bytes stand in no article. The bytes of what was rewritten or dropped are kept in the entry.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from corpus.text.normalising import NormalisedText
from corpus.text.spans import Span

Action = Literal["kept", "rewritten", "dropped"]


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A run of a seed's bytes and where it went.

    `byte_start`, `byte_end`: bytes of the seed. `span`: code points of the article's text, None where dropped.
    `raw`: the bytes themselves, None where kept.
    """

    byte_start: int
    byte_end: int
    action: Action
    reason: str | None
    raw: bytes | None
    article: int | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of the decoded text and the stretch of the normalised text that it became."""

    source: Span
    result: Span
    reason: str | None


def account(normalised: NormalisedText, articles: Sequence[Span], data: bytes) -> list[LedgerEntry]:
    """The ledger of a seed whose `articles` are ascending, disjoint spans of the normalised text."""
    pieces = list(_cut(_runs(normalised), articles))
    ends = normalised.source.byte_offsets(run.source.end for run, _ in pieces)
    entries: list[LedgerEntry] = []
    byte = 0
    for (run, article), end in zip(pieces, ends, strict=True):
        span = None if article is None else run.result.shifted(-articles[article].start)
        entries.append(_entry(Span(byte, end), run, article, span, data))
        byte = end
    return list(_merged(entries))


def _runs(normalised: NormalisedText) -> Iterator[_Run]:
    at = result = 0
    for edit in normalised.edits:
        if at < edit.start:
            width = edit.start - at
            yield _Run(Span(at, edit.start), Span(result, result + width), None)
            result += width
        width = len(edit.replacement)
        yield _Run(Span(edit.start, edit.end), Span(result, result + width), edit.reason)
        result += width
        at = edit.end
    if at < len(normalised.source.text):
        rest = len(normalised.source.text) - at
        yield _Run(Span(at, at + rest), Span(result, result + rest), None)


def _cut(runs: Iterable[_Run], articles: Sequence[Span]) -> Iterator[tuple[_Run, int | None]]:
    """Cut kept runs at article boundaries, and say of each piece which article it belongs to."""
    starts = [span.start for span in articles]
    bounds = sorted({edge for span in articles for edge in (span.start, span.end)})
    for run in runs:
        if run.reason is not None:
            yield run, _article_at(run.result, starts, articles)
            continue
        inner = bounds[bisect_right(bounds, run.result.start) : bisect_left(bounds, run.result.end)]
        for left, right in pairwise([run.result.start, *inner, run.result.end]):
            moved = run.source.start - run.result.start
            piece = _Run(Span(left + moved, right + moved), Span(left, right), None)
            yield piece, _article_at(piece.result, starts, articles)


def _article_at(result: Span, starts: Sequence[int], articles: Sequence[Span]) -> int | None:
    index = bisect_right(starts, result.start) - 1
    if index < 0 or not len(result) or not result.within(articles[index]):
        return None
    return index


def _entry(raw: Span, run: _Run, article: int | None, span: Span | None, data: bytes) -> LedgerEntry:
    if article is None:
        reason = run.reason or "outside_articles"
        return LedgerEntry(raw.start, raw.end, "dropped", reason, data[raw.start : raw.end], None, None)
    if run.reason is None:
        return LedgerEntry(raw.start, raw.end, "kept", None, None, article, span)
    return LedgerEntry(raw.start, raw.end, "rewritten", run.reason, data[raw.start : raw.end], article, span)


def _merged(entries: Iterable[LedgerEntry]) -> Iterator[LedgerEntry]:
    """Join neighbours that were dropped for the same reason; leave out runs of no bytes."""
    last: LedgerEntry | None = None
    for entry in entries:
        if entry.byte_start == entry.byte_end:
            continue
        if last and last.action == entry.action == "dropped" and last.reason == entry.reason:
            last = replace(last, byte_end=entry.byte_end, raw=(last.raw or b"") + (entry.raw or b""))
            continue
        if last:
            yield last
        last = entry
    if last:
        yield last


def rebuild(entries: Iterable[LedgerEntry], texts: Mapping[int, str], encoding: str) -> bytes:
    """The seed's bytes again, from its ledger and its articles' texts alone."""
    pieces = []
    for entry in entries:
        if entry.action == "kept" and entry.article is not None and entry.span is not None:
            pieces.append(entry.span.of(texts[entry.article]).encode(encoding))
        else:
            pieces.append(entry.raw or b"")
    return b"".join(pieces)


class RawPositions:
    """Where the code points of one article stand in the seed's bytes."""

    def __init__(self, entries: Iterable[LedgerEntry], text: str, encoding: str) -> None:
        placed = [(entry.span, entry) for entry in entries if entry.span is not None]
        self._spans = [span for span, _ in placed]
        self._entries = [entry for _, entry in placed]
        self._starts = [span.start for span in self._spans]
        self._text = text
        self._encoding = encoding

    def bytes_of(self, span: Span) -> Span:
        """The bytes from the first to the last code point of a span that is not empty."""
        first = bisect_right(self._starts, span.start) - 1
        last = bisect_right(self._starts, span.end - 1) - 1
        start = self._entries[first].byte_start + self._width(first, span.start)
        entry = self._entries[last]
        end = entry.byte_end
        if entry.action == "kept":
            end = entry.byte_start + self._width(last, span.end)
        return Span(start, end)

    def _width(self, index: int, position: int) -> int:
        """Bytes from the start of a kept entry to a code point position inside it; 0 for others."""
        if self._entries[index].action != "kept":
            return 0
        return len(self._text[self._spans[index].start : position].encode(self._encoding))
