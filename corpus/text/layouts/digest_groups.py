"""The lines of a digest, each looked at once, and the groups of lines that make up a header around a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.text.layouts.date_words import DateWords
from corpus.text.layouts.header_lines import HeaderLine, Strength, read_header_line
from corpus.text.layouts.line_shapes import (
    asks,
    ends_in_credit,
    is_aside,
    is_body_like,
    is_counter,
    is_rule,
    is_title_like,
    number_before,
)

_MOST_LINES = 4
_TITLE_LABEL = re.compile(
    r"(?:title|headline|titre|titel|überschrift|título|titolo) ?: ?(?=\S)|(?:hl|headline)- ", re.IGNORECASE
)
_MAIL = re.compile(
    r"(?:from|to|cc|sent|subject|date|reply-to|von|an|gesendet|betreff|de|à|objet|envoyé) ?: ", re.IGNORECASE
)
_LEAST_MAIL_LINES = 3


class Page:
    """The lines of a text and what each looks like."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.rules = [is_rule(line) or is_counter(line) for line in lines]
        self.headers = [None if rule else read_header_line(line) for line, rule in zip(lines, self.rules, strict=True)]
        self.bodies = [is_body_like(line) for line in lines]
        self.in_mail = _mail_lines(lines)
        self.counted = _counted_lines(lines)

    def __len__(self) -> int:
        return len(self.lines)

    def dated(self, index: int) -> HeaderLine | None:
        """The header with a date that a line is."""
        header = self.header(index)
        return header if header and header.dates else None

    def header(self, index: int) -> HeaderLine | None:
        """What a line states as a header; None outside the text, and for the head of an e-mail."""
        return self.headers[index] if 0 <= index < len(self.lines) and not self.in_mail[index] else None

    def side(self, index: int) -> HeaderLine | None:
        """A line without a date that only a header has: `By …`, `Source: …`, a page, an address."""
        header = self.header(index)
        is_side = header and not header.dates and ("N" not in header.signature or set("BS") & set(header.signature))
        return header if is_side else None

    def name(self, index: int) -> str | None:
        """The name that a line is as a whole."""
        header = self.header(index)
        return header.names[0] if header and header.signature == "N" else None

    def is_title(self, index: int) -> bool:
        """Whether a line can be a headline."""
        if not 0 <= index < len(self.lines) or self.rules[index] or self.dated(index) or self.side(index):
            return False
        line = self.lines[index]
        if self.bodies[index] and not asks(line):
            return False
        return is_title_like(line) and not ends_in_credit(line)

    def is_body(self, index: int) -> bool:
        """Whether a line is running text."""
        return 0 <= index < len(self.lines) and self.bodies[index] and not self.dated(index)

    def ends(self, index: int) -> bool:
        """Whether an article can end at a line: it is neither headline nor byline, or stands before the text."""
        if 0 <= index < len(self.lines) and is_aside(self.lines[index]):
            return True
        side = self.side(index)
        return (not self.is_title(index) or self.bodies[index]) and not (side and "B" in side.signature)

    def is_set_off(self, index: int) -> bool:
        """Whether a rule or a counter stands right above a line, or the line opens with the next number of a count."""
        return index in self.counted or (0 < index < len(self.lines) and self.rules[index - 1])

    def title_label(self, index: int) -> re.Match[str] | None:
        """The label of a line `Title: …`."""
        return _TITLE_LABEL.match(self.lines[index]) if 0 <= index < len(self.lines) else None


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring lines `[start, end)` that are one header; `labelled_title`: the line of them that is `Title: …`."""

    start: int
    end: int
    names: tuple[str, ...]
    authors: tuple[str, ...]
    outlet: str | None
    date: DateWords
    signature: str
    strength: Strength
    labelled_title: int | None

    @property
    def is_bare(self) -> bool:
        """Whether the header states a date and no name."""
        return not (self.names or self.authors or self.outlet)


def find_groups(page: Page) -> Iterator[Group]:
    """The groups of header lines around every line with a date, in order."""
    at = 0
    for index in range(len(page)):
        if index < at or not page.dated(index):
            continue
        start = _widened(page, index, -1, at)
        at = _widened(page, index, 1, len(page)) + 1
        yield _group(page, start, at)


def _widened(page: Page, index: int, step: int, limit: int) -> int:
    """The last line, upwards or downwards from `index`, that belongs to its header; `limit`: the first that cannot."""
    for _ in range(_MOST_LINES):
        there = index + step
        if not 0 <= there < len(page) or (step < 0 and there < limit):
            break
        if page.title_label(there):
            return there if step < 0 or _closes_header(page, there) else index
        if not (page.side(there) or _is_second_date(page, index, there)):
            break
        index = there
    return index


def _closes_header(page: Page, index: int) -> bool:
    """Whether a line `Title: …` below a date is that header's last line, not the next header's first."""
    return not (page.side(index + 1) or page.dated(index + 1))


def _is_second_date(page: Page, index: int, there: int) -> bool:
    """Two lines with dates belong together where one has nothing but a date: `Published …`, `Updated …`."""
    one, other = page.dated(index), page.dated(there)
    return bool(other and (other.is_bare or (one and one.is_bare and there > index)))


def _group(page: Page, start: int, end: int) -> Group:
    headers = [header for index in range(start, end) if (header := page.header(index)) and not page.title_label(index)]
    dates = [date for header in headers for date in header.dates]
    best = max((header.strength for header in headers if header.dates), key=("weak", "medium", "strong").index)
    signature = "/".join(header.signature for header in headers)
    names = tuple(name for header in headers for name in header.names)
    authors = tuple(author for header in headers for author in header.authors)
    outlet = next((header.outlet for header in headers if header.outlet), None)
    label = next((index for index in range(start, end) if page.title_label(index)), None)
    is_spread = len(headers) > 1 and (authors or outlet)
    return Group(start, end, names, authors, outlet, dates[0], signature, "strong" if is_spread else best, label)


def outlets_of(groups: Iterable[Group]) -> frozenset[str]:
    """The names in headers of a sure shape: where one stands alone beside a date, that is a header, too."""
    sure = [group for group in groups if group.strength == "strong"]
    return frozenset(name for group in sure for name in (*group.names, group.outlet) if name)


def _counted_lines(lines: Sequence[str]) -> frozenset[int]:
    """The lines that open with a number which is one more than that of the line before with a number: `3. `, `4. `."""
    numbered = [(index, number[0]) for index, line in enumerate(lines) if (number := number_before(line))]
    return frozenset(
        index
        for (earlier, one), (later, other) in pairwise(numbered)
        if other == one + 1 and later - earlier > 1
        for index in (earlier, later)
    )


def _mail_lines(lines: Sequence[str]) -> list[bool]:
    """Which lines are the head of an e-mail: three neighbours or more of the kind `From: …`, `Sent: …`."""
    marked = [False] * len(lines)
    run: list[int] = []
    for index, line in enumerate((*lines, "")):
        if _MAIL.match(line) and (run or line[:5].lower() in ("from:", "von: ", "de : ", "de: ")):
            run.append(index)
            continue
        if len(run) >= _LEAST_MAIL_LINES:
            for one in run:
                marked[one] = True
        run = []
    return marked
