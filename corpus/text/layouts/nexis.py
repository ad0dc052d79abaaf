"""The classic export of Nexis: `3 of 120 DOCUMENTS`, outlet, date, title, labelled lines, text, labelled lines.

Anchors: the counting line; where one is lost, the labels that close a document and those that open the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.text.layouts.export_blocks import Draft, date_line, finished, whole
from corpus.text.layouts.labels import (
    is_appended,
    is_copyright,
    is_edition,
    is_length,
    is_running,
    is_upper_label,
    label_of,
)
from corpus.text.layouts.names import is_name
from corpus.text.layouts.readings import ArticleLines, LayoutReading, Piece

_OF = r"\d{1,6} ?(?:of|de|von|sur|di|van) ?\d{1,6}"
_THINGS = r"(?:documents?|stories|story|dokumente?n?|articles?|documentos?|documenti)"
_COUNTER = re.compile(rf"(?:level \d{{1,2}} ?- ?{_OF}(?: {_THINGS})?|{_OF} {_THINGS}|{_THINGS} {_OF})", re.IGNORECASE)
_HEAD_ROLES = frozenset(("title", "byline", "section", "length", "dateline", "highlight", "cast", "body"))
_MOST_HEAD_LINES = 40
_MOST_LINES_BEFORE_DATE = 8
_MOST_CONTINUED = 3
_LEAST_OF_A_LONG_NAME = 40
_STRONG_END = re.compile(
    r"(?:load-date|date-chargement|ladedatum|upload-datum|language|langue|sprache|publication-type|type-publication"
    r"|publikationstyp|zeitungs-code|journal-code|document-type) ?:",
    re.IGNORECASE,
)
_EDITION_END = re.compile(r"(?:edition|final|ausgabe|édition|every zone|cycle)$", re.IGNORECASE)
_FAULT = re.compile(r"we are sorry but there is an error in this document", re.IGNORECASE)


def recognises(lines: Sequence[str]) -> float:
    """How sure it is that `lines` are such an export: counting lines, and labels that go with them."""
    counters = sum(map(_is_counter, lines))
    lengths = sum(_is_length_label(line) for line in lines)
    ends = sum(bool(_STRONG_END.match(line)) for line in lines)
    if counters and (lengths or ends):
        return 0.97
    if counters:
        return 0.75 if any(label_of(line) for line in lines[:200]) else 0.45
    return 0.6 if lengths and ends and any(is_upper_label(line) for line in lines) else 0.0


def read(lines: Sequence[str]) -> LayoutReading:
    """The documents of the export; its cover and list of terms belong to none."""
    blocks = [part for block in _blocks(lines) for part in _split_lost(lines, *block)]
    articles = [_article(lines, start, end) for start, end in blocks if _has_text(lines, start, end)]
    return LayoutReading(tuple(articles), ())


def _is_counter(line: str) -> bool:
    return len(line) <= 60 and bool(_COUNTER.fullmatch(line))


def _is_length_label(line: str) -> bool:
    label = label_of(line)
    return bool(label and label[0] == "length" and is_length(line))


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    counters = [index for index, line in enumerate(lines) if _is_counter(line)]
    if not counters:
        yield 0, len(lines)
        return
    if any(map(_is_length_label, lines[: counters[0]])):
        yield 0, counters[0]
    for start, end in pairwise([*counters, len(lines)]):
        yield start + 1, end


def _has_text(lines: Sequence[str], start: int, end: int) -> bool:
    return any(not is_copyright(line) and not is_running(line) for line in lines[start:end])


def _split_lost(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a block where, after the labels that close a document, another header opens."""
    at = start
    closed: int | None = None
    opened = False
    for index in range(start, end):
        line = lines[index]
        if _STRONG_END.match(line):
            closed = index
        elif _is_length_label(line):
            if opened and closed is not None:
                cut = _after_closing(lines, closed, index)
                yield at, cut
                at = cut
            opened, closed = True, None
    yield at, end


def _after_closing(lines: Sequence[str], closed: int, opening: int) -> int:
    """The first line after what closes a document: labels, rights, and the lines that continue them."""
    at = closed
    for index in range(closed, opening):
        is_label = label_of(lines[index]) or is_upper_label(lines[index])
        if (is_label and (label_of(lines[index]) or ("",))[0] in ("end", "language")) or is_copyright(lines[index]):
            at = index
    return at + 1


def _article(lines: Sequence[str], start: int, end: int) -> ArticleLines:
    draft = Draft(start, end, shape="nexis")
    head = _labelled_head(lines, start, end)
    at = _read_top(lines, draft, head[0] if head else min(end, start + _MOST_LINES_BEFORE_DATE), bool(head))
    if head:
        at = _read_labels(lines, draft, head)
    low = _closing(lines, at, end)
    draft.body = range(at, low)
    for index in range(low, end):
        label = label_of(lines[index])
        if label and label[0] == "language":
            draft.language = lines[index][label[2] :].split(";")[0].strip() or None
    return finished(lines, draft)


def _labelled_head(lines: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """The labelled lines of the header, as a range; lines that continue a label stand among them."""
    first = last = None
    for index in range(start, min(end, start + _MOST_HEAD_LINES)):
        label = _head_label(lines[index])
        if label:
            first = index if first is None else first
            last = index
            if label[0] == "body":
                break
        elif last is not None and index - last > _MOST_CONTINUED:
            break
    return (first, last + 1) if first is not None and last is not None else None


def _head_label(line: str) -> tuple[str, str, int] | None:
    """The label of a header's line; who speaks in a show counts in capitals only, as its text says `Host: …`, too."""
    label = label_of(line)
    if label is None or label[0] not in _HEAD_ROLES or (label[0] == "cast" and not label[1].isupper()):
        return None
    return label


def _read_top(lines: Sequence[str], draft: Draft, stop: int, has_labels: bool) -> int:
    """Outlet, date, edition and title, as they stand before the labels; returns the line after them."""
    dated = date_line(lines, draft.first, stop)
    rest = [i for i in range(draft.first, stop) if not is_copyright(lines[i]) and not is_running(lines[i])]
    if dated:
        draft.date = dated[1]
        rest.remove(dated[0])
    before = [index for index in rest if dated and index < dated[0]]
    outlet = _outlet(lines, before) or rest[:1]
    draft.outlet = " ".join(lines[index] for index in outlet) or None
    title = [index for index in rest if index not in outlet and not is_appended(lines[index])]
    after = [index for index in title if not dated or index > dated[0]]
    while after and is_edition(lines[after[0]]) and (len(after) > 1 or _EDITION_END.search(lines[after[0]])):
        title.remove(after.pop(0))
    title = title if has_labels else title[:1]
    draft.title = [whole(lines, index) for index in title]
    return (title or ([dated[0]] if dated else [draft.first]))[-1] + 1


def _outlet(lines: Sequence[str], before: list[int]) -> list[int]:
    """The first line before the date, and what of a centred long name stands in the line below."""
    if len(before) > 1 and len(lines[before[0] - 1]) >= _LEAST_OF_A_LONG_NAME and is_copyright(lines[before[0] - 1]):
        before = before[1:]  # the line of rights goes on in it
    is_continued = len(before) > 1 and len(lines[before[0]]) >= _LEAST_OF_A_LONG_NAME and before[1] == before[0] + 1
    return before[:2] if is_continued and is_name(lines[before[1]]) else before[:1]


def _read_labels(lines: Sequence[str], draft: Draft, head: tuple[int, int]) -> int:
    """The labelled lines of the header; returns the first line of the text."""
    role = ""
    for index in range(*head):
        label = _head_label(lines[index])
        start = 0
        if label:
            role, start = label[0], label[2]
        if not is_running(lines[index]):
            _take(lines, draft, role, Piece(index, start, len(lines[index])), is_first=start > 0)
    last = label_of(lines[head[1] - 1])
    if last and last[0] == "body" and last[2] < len(lines[head[1] - 1]):
        return head[1] - 1
    if role == "title":
        return _continued_title(lines, draft, head[1])
    return head[1]


def _take(lines: Sequence[str], draft: Draft, role: str, piece: Piece, *, is_first: bool) -> None:
    words = lines[piece.line][piece.start : piece.end]
    if role == "title":
        if is_first:
            draft.title = []
        if words:
            draft.title.append(piece)
    elif role == "byline":
        draft.authors = f"{draft.authors} {words}" if draft.authors else words
        if words:
            draft.byline.append(piece)


def _continued_title(lines: Sequence[str], draft: Draft, at: int) -> int:
    """A label `HEADLINE:` with nothing behind it: the title is the next line."""
    if not draft.title and at < draft.end:
        draft.title = [whole(lines, at)]
        return at + 1
    return at


def _closing(lines: Sequence[str], start: int, end: int) -> int:
    """Where the labels that close a document start."""
    low = next((index for index in range(start, end) if _STRONG_END.match(lines[index])), end)
    if low == end:
        while low > start and (is_copyright(lines[low - 1]) or is_running(lines[low - 1]) or _closes(lines[low - 1])):
            low -= 1
    while low > start and (_closes(lines[low - 1]) or is_copyright(lines[low - 1])):
        low -= 1
    return low


def _closes(line: str) -> bool:
    label = label_of(line)
    return bool((label and label[0] == "end" and label[1].isupper()) or _FAULT.match(line))
