"""What the layouts of database exports share: the parts of one document's header, and the article made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.text.layouts.date_words import DateWords, find_dates
from corpus.text.layouts.header_lines import split_authors
from corpus.text.layouts.labels import is_copyright, is_running
from corpus.text.layouts.pieces import whole_lines
from corpus.text.layouts.readings import ArticleLines, Piece

_BY = re.compile(r"(?:by|par|von|por|door|di|byline:)(?: ?: ?| )", re.IGNORECASE)
_PLACE_OF_OUTLET = re.compile(r" \([^()]{2,40}\)$")


@dataclass(slots=True)
class Draft:
    """An article while its block is read; the fields are those of `ArticleLines`."""

    first: int
    end: int
    title: list[Piece] = field(default_factory=list)
    byline: list[Piece] = field(default_factory=list)
    body: Iterable[int] = ()
    authors: str | None = None
    outlet: str | None = None
    date: DateWords | None = None
    language: str | None = None
    shape: str = ""
    sureness: float = 0.95


def finished(lines: Sequence[str], draft: Draft) -> ArticleLines:
    """The article of a draft; page numbers within its body are no part of it."""
    body = (index for index in draft.body if not is_running(lines[index]))
    return ArticleLines(
        first=draft.first,
        end=draft.end,
        title=tuple(draft.title),
        byline=tuple(draft.byline),
        body=whole_lines(lines, body),
        authors=authors_of(draft.authors) if draft.authors else (),
        outlet=draft.outlet,
        date=draft.date.edtf if draft.date else None,
        date_words=draft.date.words if draft.date else None,
        language=draft.language,
        shape=draft.shape,
        sureness=draft.sureness if draft.title and draft.date else draft.sureness - 0.25,
    )


def authors_of(words: str) -> tuple[str, ...]:
    """The authors in a byline's words, `By` left out."""
    match = _BY.match(words)
    words = words[match.end() if match else 0 :].strip(" .;")
    return tuple(name for part in words.split(";") for name in split_authors(part.strip()))


def opening_date(line: str) -> DateWords | None:
    """The date that a line opens with (a weekday before it counts), where little else stands in the line."""
    if len(line) > 120:
        return None
    dates = find_dates(line)
    return dates[0] if dates and dates[0].start <= 2 and dates[0].precision != "no year" else None


def date_line(lines: Sequence[str], start: int, end: int) -> tuple[int, DateWords] | None:
    """The first line of `[start, end)` that opens with a date."""
    for index in range(start, end):
        if not is_copyright(lines[index]) and (date := opening_date(lines[index])):
            return index, date
    return None


def whole(lines: Sequence[str], index: int, start: int = 0) -> Piece:
    """A line from `start` on."""
    return Piece(index, min(start, len(lines[index])), len(lines[index]))
