"""Factiva's documents with two-letter codes before each field, on the field's line or on a line of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.text.layouts.date_words import find_dates
from corpus.text.layouts.export_blocks import Draft, finished
from corpus.text.layouts.labels import is_running
from corpus.text.layouts.readings import ArticleLines, Piece

_CODES = "CLM SE HD CR BY WC PD ET SN SC NGC GC ED PG VOL LA CY LP TD ART RF CT CO TKR IN NS RE IPC IPD PUB AN".split()
_CODE = re.compile(rf"(?P<code>{'|'.join(sorted(_CODES, key=len, reverse=True))})(?: (?=\S)|$)")
_OPENING = ("CLM", "SE", "HD")
_TEXT = ("LP", "TD")
_TAIL = frozenset(_CODES[_CODES.index("ART") :])
_LENGTH = re.compile(r"WC(?: [\d.,  ]{1,8} ?\S{3,10})?$")
_NEAR = 12
_FIELD_OF_TAIL = re.compile(r"[A-Z]{2,3}$|RF|AN [A-Z]|[A-Z]{2,3} (?:\S{1,12} ?[:|]|.{1,200}[:|])")


def count_headers(lines: Sequence[str]) -> int:
    """How many headers with codes there are: `HD` with `WC` or `PD` not far below."""
    return sum(1 for index, line in enumerate(lines) if _opens(line, "HD") and _goes_on(lines, index))


def articles(lines: Sequence[str], start: int, end: int) -> Iterator[ArticleLines]:
    """The documents with codes in `[start, end)`."""
    heads = [index for index in range(start, end) if _opens(lines[index], "HD") and _goes_on(lines, index)]
    firsts = [_first(lines, index, low) for index, low in zip(heads, [start, *heads[:-1]], strict=True)]
    for first, stop in zip(firsts, [*firsts[1:], end], strict=True):
        yield _article(lines, first, stop)


def _opens(line: str, code: str) -> bool:
    return line.startswith(code) and (len(line) == len(code) or line[len(code)] == " ")


def _goes_on(lines: Sequence[str], index: int) -> bool:
    near = lines[index + 1 : index + 1 + _NEAR]
    return any(_LENGTH.match(line) or (_opens(line, "PD") and not _opens(line, "PDF")) for line in near)


def _first(lines: Sequence[str], head: int, low: int) -> int:
    """`SE` or `CLM` above `HD`, with the lines that continue them."""
    for index in range(head - 1, max(low, head - 5) - 1, -1):
        code = _code(lines[index])
        if code in _OPENING and code != "HD":
            above = index - 1
            return above if above >= low and _code(lines[above]) == "CLM" else index
        if code:
            break
    return head


def _code(line: str) -> str | None:
    match = _CODE.match(line)
    return match["code"] if match else None


def _fields(lines: Sequence[str], first: int, end: int) -> Iterator[tuple[str, Piece]]:
    """Each line's words with the code that they belong to."""
    code = ""
    for index in range(first, end):
        line = lines[index]
        start = 0
        if (match := _CODE.match(line)) and _is_next(code, match["code"], line):
            code, start = match["code"], match.end()
        if start < len(line) and not is_running(line):
            yield code, Piece(index, start, len(line))


def _is_next(before: str, code: str, line: str) -> bool:
    """Within the text only codes of the closing fields count, and only where they look like fields."""
    if before in _TEXT:
        return code == "TD" != before or (code in _TAIL and bool(_FIELD_OF_TAIL.match(line)))
    return (code in _TAIL) == (before in _TAIL) and code != before


def _article(lines: Sequence[str], first: int, end: int) -> ArticleLines:
    draft = Draft(first, end, shape="factiva with codes", sureness=0.97)
    fields = list(_fields(lines, first, end))
    draft.title = [piece for code, piece in fields if code == "HD"]
    draft.byline = [piece for code, piece in fields if code == "BY"]
    draft.authors = _joined(lines, fields, "BY")
    draft.outlet = _joined(lines, fields, "SN")
    draft.language = _joined(lines, fields, "LA")
    dates = find_dates(_joined(lines, fields, "PD") or "")
    draft.date = dates[0] if dates else None
    article = finished(lines, draft)
    body = tuple(piece for code, piece in fields if code in _TEXT)
    return replace(article, body=body)


def _joined(lines: Sequence[str], fields: Sequence[tuple[str, Piece]], wanted: str) -> str | None:
    words = " ".join(lines[piece.line][piece.start : piece.end] for code, piece in fields if code == wanted)
    return words or None
