"""A digest: many articles one after the other, each with a title and a header that names outlet, author or date.

Headers are told by their shape, and by what the text's other headers look like. What stands before the first
article (the digest's own head, a list of contents) belongs to none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.text.layouts.digest_groups import Page, find_groups
from corpus.text.layouts.digest_judging import Candidate, judge
from corpus.text.layouts.digest_options import Place, choose_places
from corpus.text.layouts.digest_roles import Roles
from corpus.text.layouts.digest_titled import TitledLine, find_titled_lines
from corpus.text.layouts.line_shapes import is_related_label, marks_around, number_before
from corpus.text.layouts.pieces import whole_lines
from corpus.text.layouts.readings import ArticleLines, Doubt, LayoutReading, Piece

_LEAST_NUMBERED = 2


def recognises(lines: Sequence[str]) -> float:
    """How sure it is that `lines` are a digest, 0 to 1: 0 where fewer than two articles are found."""
    articles = read(lines).articles
    if len(articles) < 2:
        return 0.0
    return min(0.8, sum(article.sureness for article in articles) / len(articles))


def read(lines: Sequence[str]) -> LayoutReading:
    """The articles of a digest, and every line that looks like a header and was not taken as one."""
    page = Page(lines)
    possible, doubts = _candidates(page)
    candidates, more = judge(page, possible)
    doubts = sorted([*doubts, *more], key=lambda doubt: doubt.line)
    if not candidates:
        return LayoutReading((), tuple(doubts))
    roles = Roles(candidates)
    numbers = _title_numbers(page, candidates)
    bounds = [candidate.first for candidate in candidates] + [len(lines)]
    articles = tuple(
        _article(page, candidate, _trimmed_end(page, candidate, end), roles, numbers.get(start, 0))
        for candidate, (start, end) in zip(candidates, pairwise(bounds), strict=True)
    )
    return LayoutReading(articles, tuple(doubts))


def _candidates(page: Page) -> tuple[list[Candidate], list[Doubt]]:
    """Lines that are title and header at once, where the text has many of them; else groups of header lines."""
    groups = list(find_groups(page))
    places = choose_places(page, groups)
    grouped = [Candidate(groups[index], place) for index, place in places.items()]
    titled = find_titled_lines(page)
    if sum(page.is_body(candidate.place.body) for candidate in grouped) * 2 >= len(titled):
        without = (groups[index] for index in range(len(groups)) if index not in places)
        return grouped, [Doubt(group.start, "a header without a title") for group in without if not group.is_bare]
    return [_titled(index, line) for index, line in titled.items()], []


def _titled(index: int, line: TitledLine) -> Candidate:
    place = Place("one line", index, (index,), (index,), index + 1)
    return Candidate(line.group, place, line.title, line.header)


def _title_numbers(page: Page, candidates: Sequence[Candidate]) -> dict[int, int]:
    """How many code points the number before each title takes up, where titles are numbered upwards."""
    found = {}
    numbers = []
    for candidate in candidates:
        if number := number_before(page.lines[candidate.place.title[0]]):
            found[candidate.first] = number[1]
            numbers.append(number[0])
    rising = sum(one < other for one, other in pairwise(numbers))
    is_numbered = 2 * len(numbers) > len(candidates) and rising >= max(_LEAST_NUMBERED, len(numbers)) - 1
    return found if is_numbered else {}


def _trimmed_end(page: Page, candidate: Candidate, end: int) -> int:
    """The end without the rules that part two articles, and without the heading of a list of links."""
    while end > candidate.place.body and (page.rules[end - 1] or is_related_label(page.lines[end - 1])):
        end -= 1
    return end


def _article(page: Page, candidate: Candidate, end: int, roles: Roles, number: int) -> ArticleLines:
    authors, outlet = roles.of(candidate)
    date = candidate.group.date
    return ArticleLines(
        first=candidate.first,
        end=end,
        title=tuple(_title_pieces(page, candidate, number)),
        byline=tuple(_byline_pieces(page, candidate)),
        body=whole_lines(page.lines, range(candidate.place.body, end)),
        authors=authors,
        outlet=outlet,
        date=date.edtf,
        date_words=date.words,
        language=None,
        shape=f"{candidate.place.option}: {candidate.group.signature}",
        sureness=candidate.sureness,
    )


def _title_pieces(page: Page, candidate: Candidate, number: int) -> Iterator[Piece]:
    for index in candidate.place.title:
        line = page.lines[index]
        low, high = candidate.title_part or (0, len(line))
        if index == candidate.place.title[0]:
            low += number
        if label := page.title_label(index):
            low = label.end()
        start, end = marks_around(line[low:high])
        yield Piece(index, low + start, low + end)


def _byline_pieces(page: Page, candidate: Candidate) -> Iterator[Piece]:
    for index in candidate.place.header:
        start, end = candidate.header_part or (0, len(page.lines[index]))
        yield Piece(index, start, end)
