"""Offsets in the units that tools count in, and code points: there and back.

A code point beyond U+FFFF is two UTF-16 code units (Java, the browser) and four bytes of UTF-8. A grapheme is what
a reader takes for one character; it is found by the rules of Unicode's Standard Annex 29, as `regex` has them.
"""

from __future__ import annotations

import itertools
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Literal

import regex

Unit = Literal["code-points", "utf-16", "bytes", "graphemes"]
UNITS: tuple[Unit, ...] = ("code-points", "utf-16", "bytes", "graphemes")
_LAST_OF_ONE_UNIT = "\uffff"
_GRAPHEME = regex.compile(r"\X")


class Offsets:
    """Offsets into one text, in one unit. Memory: some bytes for each code point, only where the units differ."""

    def __init__(self, text: str, unit: Unit) -> None:
        self.unit = unit
        self.length = len(text)
        self._starts = _starts(text, unit)  # the offset before each code point, or None where it is its index
        self._step = 2 if unit == "graphemes" and self._starts is not None else 1

    @property
    def is_plain(self) -> bool:
        """Whether every offset of this text is the same number in code points."""
        return self._starts is None

    def to_code_points(self, offset: int) -> int | None:
        """The offset in code points; None beyond the text's end, before its start, or inside of a character."""
        if self._starts is None:
            return offset if 0 <= offset <= self.length else None
        at = bisect_left(self._starts, offset * self._step)
        return at if at < len(self._starts) and self._starts[at] == offset * self._step else None

    def from_code_points(self, position: int) -> int:
        """The offset of a position in code points. Raises `IndexError` beyond the text's end.

        A position inside of a grapheme is counted as before it.
        """
        return position if self._starts is None else self._starts[position] // self._step


def _starts(text: str, unit: Unit) -> Sequence[int] | None:
    if unit == "code-points" or text.isascii():
        return _of_graphemes(text) if unit == "graphemes" and "\r\n" in text else None
    if unit == "utf-16":
        if max(text) <= _LAST_OF_ONE_UNIT:
            return None
        return _counted(1 + (character > _LAST_OF_ONE_UNIT) for character in text)
    if unit == "bytes":
        return _counted(len(character.encode("utf-8", "surrogatepass")) for character in text)
    return _of_graphemes(text)


def _counted(sizes: Iterable[int]) -> Sequence[int]:
    return array("q", itertools.accumulate(sizes, initial=0))


def _of_graphemes(text: str) -> Sequence[int] | None:
    """For each code point how many graphemes come before it; those inside of one are given what no offset is."""
    starts = array("q")
    count = 0
    for match in _GRAPHEME.finditer(text):
        starts.append(2 * count)
        starts.extend([2 * count + 1] * (match.end() - match.start() - 1))
        count += 1
    if count == len(text):
        return None
    starts.append(2 * count)
    return starts
