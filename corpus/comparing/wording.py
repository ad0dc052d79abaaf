"""What changed in a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from typing import Literal

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]*\s*")
# The time of a match grows with the square of the words and more. Longer stretches are matched sentence by sentence
# first; where even these are too many, they are given as replaced whole.
_MOST_TOKENS = 200
_MOST_SENTENCES = 400


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that both texts have, or one of them."""

    kind: Literal["same", "removed", "added"]
    words: str


def word_changes(old: str, new: str) -> list[Stretch]:
    """The stretches that lead from one text to the other; those of a kind and all in order give each text again."""
    return list(_joined(_changes(old, new)))


def _changes(old: str, new: str) -> Iterator[Stretch]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    yield Stretch("same", "".join(before[:start]))
    yield from _matched(before[start : len(before) - end], after[start : len(after) - end])
    yield Stretch("same", "".join(before[len(before) - end :]))


def _common(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _matched(before: list[str], after: list[str]) -> Iterator[Stretch]:
    if max(len(before), len(after)) <= _MOST_TOKENS:
        yield from _aligned(before, after)
        return
    sentences = [_SENTENCE.findall("".join(tokens)) for tokens in (before, after)]
    if max(map(len, sentences)) > _MOST_SENTENCES:
        yield from _replaced("".join(before), "".join(after))
        return
    for what, one, other in _blocks(*sentences):
        words = _TOKEN.findall(one), _TOKEN.findall(other)
        if what == "replace" and max(map(len, words)) <= _MOST_TOKENS:
            yield from _aligned(*words)
        else:
            yield from _replaced(one, other) if what != "equal" else [Stretch("same", one)]


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    for what, one, other in _blocks(before, after):
        yield from _replaced(one, other) if what != "equal" else [Stretch("same", one)]


def _blocks(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield what, "".join(before[a:b]), "".join(after[c:d])


def _replaced(old: str, new: str) -> list[Stretch]:
    return [Stretch("removed", old), Stretch("added", new)]


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Neighbours of a kind as one; empty ones left out."""
    for kind, group in groupby((stretch for stretch in stretches if stretch.words), lambda stretch: stretch.kind):
        yield Stretch(kind, "".join(stretch.words for stretch in group))
