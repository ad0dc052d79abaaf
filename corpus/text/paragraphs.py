"""The kinds of paragraph, told by their shape."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from corpus.text.anchors import begins_with
from corpus.text.spans import Span

Kind = Literal["title", "byline", "heading", "body", "caption", "credit", "bio", "notice"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_IMAGE = r"(?:featured image|image|photo(?:graph)?|picture|caption|pictured)"
_CAPTION_START = re.compile(rf"{_IMAGE}\s?:", re.IGNORECASE)
_CREDIT_LABEL = r"(?:source|credit|photo(?:graph)?(?: by| credit)?|image credit|image)"
_CREDIT = re.compile(rf"[\[(]?{_CREDIT_LABEL}\s?: [^.:]{{1,80}}\.?[\])]?", re.IGNORECASE)
_CREDIT_AT_END = re.compile(rf"[.!?”\"’)] {_CREDIT_LABEL}\s?: [^.:]{{1,80}}\.?$", re.IGNORECASE)
_NOTICE = re.compile(r"(?:(?:you can )?follow|subscribe|sign up|share this|read more|click here)\b", re.IGNORECASE)
_CLOSED = re.compile(r"[.!?…:;,][\"”’')\]]*$")
_DATELINE = re.compile(r"([A-Z][A-Z .,’'/-]{1,40}) [–—-] (?=\S)")
_LONGEST_CAPTION = 400
_MOST_WORDS_OF_A_HEADING = 12
_TAIL = 3


@dataclass(frozen=True, slots=True)
class FoundParagraph:
    """A line of an article's text: its span there, its kind, and the heading that it stands under."""

    span: Span
    kind: Kind
    section: str | None


@dataclass(frozen=True, slots=True)
class ArticleShape:
    """What telling the kinds needs to know of an article besides its text.

    `title_lines`, `byline_lines`: which of its lines, from 0, are the title and the rest of the header.
    `declared`: kinds that a curator declared, by the first words of the paragraph.
    """

    title_lines: Collection[int] = ()
    byline_lines: Collection[int] = ()
    authors: tuple[str, ...] = ()
    declared: Mapping[str, Kind] | None = None


def find_paragraphs(text: str, shape: ArticleShape) -> list[FoundParagraph]:
    """The paragraphs of an article's text, one per line."""
    lines = text.split("\n")
    found: list[FoundParagraph] = []
    section: str | None = None
    at = 0
    for line, kind in zip(lines, kinds_of_lines(lines, shape), strict=True):
        section = line if kind == "heading" else section
        found.append(FoundParagraph(Span(at, at + len(line)), kind, None if kind == "heading" else section))
        at += len(line) + 1
    return found


def kinds_of_lines(lines: Sequence[str], shape: ArticleShape) -> Iterator[Kind]:
    """The kind of each line of an article's text."""
    declared = (shape.declared or {}).items()
    for index, line in enumerate(lines):
        for words, kind in declared:
            if begins_with(line, words):
                yield kind
                break
        else:
            yield _kind(lines, index, shape)


def read_dateline(line: str) -> tuple[str, int] | None:
    """The place in capitals that opens a report (`DOHA – `), and the code points it takes up; else None."""
    match = _DATELINE.match(line)
    return (match[1], match.end()) if match else None


def _kind(lines: Sequence[str], index: int, shape: ArticleShape) -> Kind:
    line = lines[index]
    if index in shape.title_lines:
        return "title"
    if index in shape.byline_lines:
        return "byline"
    if not line:
        return "body"
    if ":" in line:  # without one there is neither a caption nor a credit
        if _is_caption(line):
            return "caption"
        if _CREDIT.fullmatch(line):
            return "credit"
    if index >= len(lines) - _TAIL:
        if any(re.match(rf"{re.escape(name)}(?:,| is | was | has )", line) for name in shape.authors):
            return "bio"
        if _NOTICE.match(line):
            return "notice"
    return "heading" if _is_heading(lines, index) else "body"


def _is_caption(line: str) -> bool:
    """A line that both describes a picture and credits it is a caption."""
    if len(line) > _LONGEST_CAPTION:
        return False
    if _CAPTION_START.match(line):
        return not _CREDIT.fullmatch(line)
    return bool(_CREDIT_AT_END.search(line))


def _is_heading(lines: Sequence[str], index: int) -> bool:
    """A short line without a closing mark (or a short question) that stands before a longer paragraph."""
    line = lines[index]
    if index in (0, len(lines) - 1) or len(lines[index + 1]) <= 2 * len(line):
        return False
    if not 0 < len(line.split()) <= _MOST_WORDS_OF_A_HEADING or line[0] in "“\"‘'–—-" or line[0].islower():
        return False
    closing = _CLOSED.search(line)
    return closing is None or closing[0] == "?"
