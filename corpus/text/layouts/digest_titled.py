"""Headers of one line that hold the title, too: `Title (Outlet, 9 January 2024)`, `Title | Outlet | 9 January 2024`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from corpus.text.layouts.digest_groups import Group, Page
from corpus.text.layouts.header_lines import HeaderLine, read_header_line
from corpus.text.layouts.line_shapes import is_title_like, number_before

_LONGEST = 300
_LEAST_WORDS = 3
_LEAST_FELLOWS = 3
_IN_BRACKETS = re.compile(r"(?P<title>[^()\[\]]{10,250}) [(\[](?P<header>[^()\[\]]{6,120})[)\]]")
_MARK = re.compile(r" ?\|+ ?| [–—-] | ?[·•] ?|: ")


@dataclass(frozen=True, slots=True)
class TitledLine:
    """A line that is title and header: where the title stands in it, the header, and the name of its form."""

    title: tuple[int, int]
    header: tuple[int, int]
    group: Group
    form: str


def find_titled_lines(page: Page) -> dict[int, TitledLine]:
    """The lines of this kind, of the one form that running text follows three times or more."""
    found: dict[int, TitledLine] = {}
    for index, line in enumerate(page.lines):
        if page.rules[index] or page.in_mail[index] or len(line) > _LONGEST or not any(map(str.isdigit, line)):
            continue
        if page.bodies[index] and not line.endswith(")"):
            continue
        if titled := _read(line, index):
            found[index] = titled
    counts = Counter(titled.form for index, titled in found.items() if page.is_body(index + 1))
    if not counts or max(counts.values()) < _LEAST_FELLOWS:
        return {}
    usual = max(counts, key=lambda form: counts[form])
    return {index: titled for index, titled in found.items() if titled.form == usual}


def _read(line: str, index: int) -> TitledLine | None:
    if match := _IN_BRACKETS.fullmatch(line):
        return _checked(line, index, match.span("title"), match.span("header"), "brackets")
    marks = list(_MARK.finditer(line))[:6]
    for mark in marks:
        if titled := _checked(
            line, index, (0, mark.start()), (mark.end(), len(line)), f"title {mark[0].strip()} header"
        ):
            return titled
    for mark in reversed(marks):
        if titled := _checked(
            line, index, (mark.end(), len(line)), (0, mark.start()), f"header {mark[0].strip()} title"
        ):
            return titled
    return None


def _checked(line: str, index: int, title: tuple[int, int], header: tuple[int, int], form: str) -> TitledLine | None:
    words = line[slice(*title)]
    number = number_before(words)
    bare = words[number[1] :] if number else words
    if bare.count(" ") < _LEAST_WORDS - 1 or not is_title_like(words):
        return None
    read = read_header_line(line[slice(*header)])
    if read is None or not read.dates or read.is_bare:
        return None
    return TitledLine(title, header, _group(read, index), form)


def _group(read: HeaderLine, index: int) -> Group:
    return Group(
        index, index + 1, read.names, read.authors, read.outlet, read.dates[0], read.signature, read.strength, None
    )
