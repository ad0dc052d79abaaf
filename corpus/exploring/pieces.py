"""Paragraphs cut at the edges of what is marked in them, so that each piece is one element of the page."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from corpus.exploring.library import Row

# Format characters that shape letters and steer nothing.
_SHAPING = frozenset("\u200c\u200d\u00ad")
_ROLES = ("claimant", "cue", "via")


@dataclass(frozen=True, slots=True)
class Bit:
    """Some characters of a paragraph. `code`: `U+202E` where they are one character that a page cannot show.

    `marks`: names of what they are part of (`figure`, `cue`, `claimant`, `via`); `of`: numbers of the claims whose
    claimant, cue or relay they are, so that these can be shown together.
    """

    text: str
    code: str | None
    marks: str
    of: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of bits inside one claim, or outside all: `number` counts the claims of the article from 1, else 0.

    `is_first`: whether the claim has no piece before it.
    """

    number: int
    bits: tuple[Bit, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    """A half-open range of code points of the article. `number`: of the claim that it is part of; 0 for a figure."""

    start: int
    end: int
    role: str
    number: int


def pieces_of(
    text: str, paragraphs: Sequence[Row], claims: Sequence[Row], figures: Sequence[Row]
) -> list[tuple[Piece, ...]]:
    """The pieces of each paragraph of an article, in order.

    `claims`: all claims of the article, in order; where two overlap (which a valid dataset has not), the earlier one
    has the common words. Takes time in proportion to the text and to how many marks lie upon one another.
    """
    buckets = _by_paragraph(paragraphs, [*_marks(claims), *_figures(figures)])
    seen: set[int] = set()
    return [
        tuple(_pieces(text, paragraph["char_start"], paragraph["char_end"], marks, seen))
        for paragraph, marks in zip(paragraphs, buckets, strict=True)
    ]


def visible(text: str) -> list[tuple[str, str | None]]:
    """Text as runs that a page can show, and single characters that it cannot, these with their code."""
    if text.isprintable():
        return [(text, None)]
    runs: list[tuple[str, str | None]] = []
    for is_odd, group in groupby(text, key=_is_odd):
        if is_odd:
            runs += [(character, f"U+{ord(character):04X}") for character in group]
        else:
            runs.append(("".join(group), None))
    return runs


def _is_odd(character: str) -> bool:
    """Whether a character is invisible and may steer what is around it, or may not stand in a page at all."""
    if character.isprintable() or character in _SHAPING or character in "\n\t":
        return False
    return unicodedata.category(character) not in ("Zs", "Co", "Cn") or ord(character) & 0xFFFE == 0xFFFE


def _marks(claims: Sequence[Row]) -> Iterator[_Mark]:
    for number, claim in enumerate(claims, 1):
        yield from _mark(claim["char_start"], claim["char_end"], "claim", number)
        for role in _ROLES:
            yield from _mark(claim[f"{role}_start"], claim[f"{role}_end"], role, number)


def _figures(figures: Sequence[Row]) -> Iterator[_Mark]:
    for figure in figures:
        yield from _mark(figure["char_start"], figure["char_end"], "figure", 0)


def _mark(start: int | None, end: int | None, role: str, number: int) -> Iterator[_Mark]:
    if start is not None and end is not None and start < end:
        yield _Mark(start, end, role, number)


def _by_paragraph(paragraphs: Sequence[Row], marks: Sequence[_Mark]) -> list[list[_Mark]]:
    starts = [paragraph["char_start"] for paragraph in paragraphs]
    buckets: list[list[_Mark]] = [[] for _ in paragraphs]
    for mark in marks:
        at = max(bisect_right(starts, mark.start) - 1, 0)
        while at < len(starts) and starts[at] < mark.end:
            buckets[at].append(mark)
            at += 1
    return buckets


def _pieces(text: str, start: int, end: int, marks: Sequence[_Mark], seen: set[int]) -> Iterator[Piece]:
    edges = {start, end, *(mark.start for mark in marks), *(mark.end for mark in marks)}
    inner = sorted(edge for edge in edges if start <= edge <= end)
    waiting = sorted(marks, key=lambda mark: mark.start, reverse=True)
    open_marks: list[_Mark] = []
    found: list[tuple[int, tuple[Bit, ...]]] = []
    for one, two in pairwise(inner):
        while waiting and waiting[-1].start <= one:
            open_marks.append(waiting.pop())
        open_marks = [mark for mark in open_marks if mark.end > one]
        owners = (mark.number for mark in open_marks if mark.role == "claim")
        found.append((min(owners, default=0), _bits(text[one:two], open_marks)))
    for number, run in groupby(found, key=lambda pair: pair[0]):
        yield Piece(number, tuple(bit for _, bits in run for bit in bits), number not in seen)
        seen.add(number)


def _bits(text: str, marks: Sequence[_Mark]) -> tuple[Bit, ...]:
    parts = [mark for mark in marks if mark.role != "claim"]
    names = " ".join(dict.fromkeys(mark.role for mark in parts))
    numbers = " ".join(str(n) for n in dict.fromkeys(mark.number for mark in parts) if n)
    return tuple(Bit(run, code, names, numbers) for run, code in visible(text))
