"""Undoing hard wraps: line breaks that a fixed width put inside paragraphs.

The width is the one that explains the most breaks: a break is a wrap only where the line fits the width and the
next line's first word would not have fitted any more. A text whose breaks no one width explains is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.text.edits import Edit
from corpus.text.layouts.export_blocks import opening_date
from corpus.text.layouts.header_lines import HeaderLine, read_header_line
from corpus.text.layouts.labels import is_edition, is_length, is_running
from corpus.text.layouts.names import is_name

_NARROWEST, _WIDEST = 40, 140
_LEAST_WRAPS = 3
_LEAST_SHARE = 0.45
_MOST_LONGER = 0.05
_LEAST_IN_SMALL_LETTERS = 0.35
_DEEPEST_FIRST_LINE = 10
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_LIST_ITEM = re.compile(r"(?:[-*•·▪‣>]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\[\d{1,3}\]) ")
_LABEL = re.compile(r"[A-Z][A-Z -]{2,30}: ?|[A-Z]{2,3}$")
_RULE = re.compile(r"[-–—_=*#~ ]{3,}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line's words `[start, end)` in the text, and its indentation, in code points."""

    start: int
    end: int
    indent: int

    @property
    def width(self) -> int:
        return self.indent + self.end - self.start


def unwrap(text: str) -> Iterator[Edit]:
    """Replace the line breaks inside hard-wrapped paragraphs of decoded, not yet normalised text by a space.

    Offsets are code points of `text`. The breaks between paragraphs, centred lines, list items and verses stay,
    and so does a hyphen at a line's end. Yields nothing where the text is not hard-wrapped.
    """
    lines = list(_lines(text))
    base = _usual_indent(lines)
    breaks = [(one, other) for one, other in pairwise(lines) if _may_join(text, one, other, base)]
    width = _width(text, lines, breaks)
    if width is None:
        return
    written = [line for line in lines if line.end > line.start]
    below = {line.start: following for line, following in pairwise(written)}
    for one, other in breaks:
        if _explains(text, one, other, width) and not _is_header(text, other, below.get(other.start)):
            yield Edit(one.end, other.start, " ", "line_wrap")


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for end, following in [*(match.span() for match in _BREAK.finditer(text)), (len(text), len(text))]:
        words = text[at:end]
        indent = len(words) - len(words.lstrip())
        yield _Line(at + indent, max(at + indent, at + len(words.rstrip())), indent)
        at = following


def _usual_indent(lines: Sequence[_Line]) -> int:
    """The smallest indentation that one line in ten has: what is deeper opens a paragraph, or is centred."""
    counts = Counter(line.indent for line in lines if line.end > line.start)
    total = sum(counts.values())
    return min((indent for indent, count in counts.items() if 10 * count >= total), default=0)


def _may_join(text: str, one: _Line, other: _Line, base: int) -> bool:
    """Whether two lines can be of one paragraph: no blank line, no deeper indentation, no list, no header."""
    if one.start == one.end or other.start == other.end or one.width > _WIDEST or one.width < _NARROWEST / 2:
        return False
    if other.indent > base or other.indent > one.indent or one.indent - other.indent > _DEEPEST_FIRST_LINE:
        return False
    above, below = (text[line.start : min(line.end, line.start + _WIDEST)] for line in (one, other))
    if _LIST_ITEM.match(below) and (_LIST_ITEM.match(above) or above[-1] in ".!?:;"):
        return False  # a number or a dash may begin a line within a sentence, too
    return not (_LABEL.match(below) or _RULE.fullmatch(below) or _RULE.fullmatch(above))


def _first_word(text: str, line: _Line) -> int:
    """The length of a line's first word; none that counts is longer than the widest line."""
    words = text[line.start : min(line.end, line.start + _WIDEST + 1)]
    return len(words.split(maxsplit=1)[0])


def _width(text: str, lines: Sequence[_Line], breaks: Sequence[tuple[_Line, _Line]]) -> int | None:
    """The width that explains the most breaks, None where it explains too few or too many lines are longer."""
    starts = [0] * (_WIDEST + 2)
    for one, other in breaks:
        low, high = max(one.width, _NARROWEST), min(one.width + _first_word(text, other), _WIDEST)
        if low <= high:
            starts[low] += 1
            starts[high + 1] -= 1
    counts, running = [], 0
    for change in starts[: _WIDEST + 1]:
        running += change
        counts.append(running)
    best = max(counts)
    if best < _LEAST_WRAPS or best < _LEAST_SHARE * len(breaks):
        return None
    width = _WIDEST - counts[::-1].index(best)  # of equals the widest, so that no line is longer
    widths = [line.width for line in lines if line.end > line.start]
    if sum(one > width for one in widths) > _MOST_LONGER * len(widths):
        return None
    return width if _goes_on_in_small_letters(text, breaks, width) else None


def _goes_on_in_small_letters(text: str, breaks: Sequence[tuple[_Line, _Line]], width: int) -> bool:
    """Prose goes on in small letters after a wrap, verses and lists of names do not."""
    firsts = [text[other.start] for one, other in breaks if _explains(text, one, other, width)]
    cased = [mark for mark in firsts if mark.isupper() or mark.islower()]
    return sum(map(str.islower, cased)) >= _LEAST_IN_SMALL_LETTERS * len(cased)


def _explains(text: str, one: _Line, other: _Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted any more."""
    return one.width <= width < one.width + 1 + _first_word(text, other)


def _is_header(text: str, line: _Line, below: _Line | None) -> bool:
    """A date, byline, length or page is never joined to a title, nor is a name right above a date or length alone."""
    words = _words(text, line)
    header = read_header_line(words)
    if header and (header.dates or (header.authors and words[0].isupper())):
        return True
    if _is_date(words, header) or is_length(words) or is_running(words):
        return True
    under = _words(text, below) if below else ""
    return is_name(words.split(",")[0]) and (is_length(under) or _is_date(under))


def _is_date(words: str, header: HeaderLine | None = None) -> bool:
    """A date alone, or one with an edition behind it: `5 January 2024 Friday, Late Edition`."""
    header = header or read_header_line(words)
    if header and header.is_bare:
        return True
    date = opening_date(words)
    return date is not None and date.start == 0 and is_edition(words[date.end :].strip(" ,"))


def _words(text: str, line: _Line) -> str:
    """A line's words, as they are when normalised; of a longer one than any header only the first ones."""
    return " ".join(text[line.start : min(line.end, line.start + 3 * _WIDEST)].split())
