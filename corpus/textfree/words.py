"""Words of a text, as the bounds of the text-free release count them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A character reference of a generated page is no word: `as_words` writes & as &amp;.
_WORD = re.compile(r"&(?:amp|lt|gt|quot|#\d+);|\w+")


class Word(NamedTuple):
    """A word, its case folded, and its code points `[start, end)` in the text."""

    letters: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Runs of letters, digits and underscores; marks between them divide words."""
    return [Word(m[0].casefold(), m.start(), m.end()) for m in _WORD.finditer(text) if m[0][0] != "&"]


def shingles(words: list[Word], length: int) -> Iterator[int]:
    """A hash of each run of `length` words, by its first word. Hashes differ from process to process."""
    letters = [word.letters for word in words]
    return map(hash, zip(*(letters[at:] for at in range(length)), strict=False))
