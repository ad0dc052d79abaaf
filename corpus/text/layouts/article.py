"""A single article: the whole text, with a title and a header at its top where it has them. It is never split."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.text.layouts.digest_groups import Group, Page, find_groups
from corpus.text.layouts.digest_judging import Candidate
from corpus.text.layouts.digest_options import OPTIONS, Place, loosely_above
from corpus.text.layouts.digest_roles import Roles
from corpus.text.layouts.line_shapes import is_sentence
from corpus.text.layouts.pieces import whole_lines
from corpus.text.layouts.readings import ArticleLines, Doubt, LayoutReading, Piece

_TOP = 12
_LATEST_HEADER = 5
_MOST_WORDS_OF_A_TITLE = 25
_CAPTION = re.compile(r"\b(?:image|photo(?:graph)?|picture|caption|source|credit|pictured)\b ?:", re.IGNORECASE)
_LATER_SURENESS = 0.6


def recognises(lines: Sequence[str]) -> float:
    """What any text is where no other layout is surer: 0.4; 0 for no lines."""
    return 0.4 if lines else 0.0


def read(lines: Sequence[str]) -> LayoutReading:
    """The one article; a title without a header below it is a doubt."""
    if not lines:
        return LayoutReading((), ())
    top = Page(lines[:_TOP])
    found = _header(top, len(lines))
    if found is None:
        return _without_header(lines, top)
    group, place = found
    authors, outlet = Roles([Candidate(group, place)]).of(Candidate(group, place))
    taken = {*place.title, *place.header}
    article = ArticleLines(
        first=0,
        end=len(lines),
        title=tuple(_title_piece(top, index) for index in place.title),
        byline=whole_lines(lines, place.header),
        body=whole_lines(lines, (index for index in range(len(lines)) if index not in taken)),
        authors=authors,
        outlet=outlet,
        date=group.date.edtf,
        date_words=group.date.words,
        language=None,
        shape=f"article, {place.option}: {group.signature}",
        sureness=0.9 if place.first == 0 else _LATER_SURENESS,
    )
    return LayoutReading((article,), ())


def _header(page: Page, length: int) -> tuple[Group, Place] | None:
    """The first header of the text's top that has a title with it."""
    for group in find_groups(page):
        if group.start > _LATEST_HEADER or group.end >= length:
            break
        places = [place for option in (*OPTIONS, loosely_above) if (place := option(page, group))]
        best = min(places, key=lambda place: place.first, default=None)
        if best and best.first <= 1:
            return group, best
    return None


def _title_piece(page: Page, index: int) -> Piece:
    label = page.title_label(index)
    return Piece(index, label.end() if label else 0, len(page.lines[index]))


def _without_header(lines: Sequence[str], page: Page) -> LayoutReading:
    """A short first line without a closing stop, above running text, is taken as title on weak grounds."""
    line = lines[0]
    is_title = page.is_title(0) and page.is_body(1) and len(line.split()) <= _MOST_WORDS_OF_A_TITLE
    is_title = is_title and not _CAPTION.search(line) and not is_sentence(line) and not page.header(0)
    title = whole_lines(lines, range(1)) if is_title else ()
    body = whole_lines(lines, range(len(title), len(lines)))
    article = ArticleLines(
        0, len(lines), title, (), body, (), None, None, None, None, "article without header", 0.5 if is_title else 0.4
    )
    return LayoutReading((article,), (Doubt(0, "a title without a header"),) if is_title else ())
