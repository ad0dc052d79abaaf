"""The shape of an article's header in a digest: a title line, then a byline that ends in a date.

Seen shapes: `Outlet – January 9, 2024`, `Outlet | January 9, 2024`, `By Author | Outlet | January 2024`,
`By Author | January 9, 2024`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text.dates import read_date

_SEPARATOR = re.compile(r" ?\| ?| [–—-] ")
_BY = re.compile(r"[Bb]y ")
_BETWEEN_AUTHORS = re.compile(r", (?:and )?| and | & ")
_TO_THE_MONTH = re.compile(r"\d{4}-(?:0\d|1[0-2])")  # a bare year or a season after a dash is often part of a title
_SENTENCE_END = re.compile(r"[.!?:;,][\"”’)]*$")
_LONGEST_BYLINE = 160
_LONGEST_TITLE = 250
_MOST_WORDS_OF_A_NAME = 8


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline states: authors as written, the outlet's name as written, the date in EDTF."""

    authors: tuple[str, ...]
    outlet: str | None
    date: str


def read_byline(line: str) -> Byline | None:
    """The byline that `line` is, or None: names and a date, set apart by `|` or a spaced dash."""
    if len(line) > _LONGEST_BYLINE:
        return None
    *names, last = (part.strip() for part in _SEPARATOR.split(line))
    date = read_date(last)
    if (
        date is None
        or not _TO_THE_MONTH.match(date)
        or not 1 <= len(names) <= 2
        or not all(_is_name(name) for name in names)
    ):
        return None
    authors: tuple[str, ...] = ()
    if match := _BY.match(names[0]):
        authors = tuple(_BETWEEN_AUTHORS.split(names.pop(0)[match.end() :]))
    if len(names) > 1:
        return None
    return Byline(authors, names[0] if names else None, date)


def could_be_title(line: str) -> bool:
    """Whether the line before a byline can be the title that goes with it."""
    return 0 < len(line) <= _LONGEST_TITLE and read_byline(line) is None


def _is_name(words: str) -> bool:
    return 0 < len(words.split()) <= _MOST_WORDS_OF_A_NAME and not _SENTENCE_END.search(words)
