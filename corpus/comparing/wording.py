"""What changed in a text, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
# The time of a match grows with the square of the words and more: longer stretches are given as replaced whole.
_MOST_TOKENS = 200


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that both texts have, or one of them."""

    kind: Literal["same", "removed", "added"]
    words: str


def word_changes(old: str, new: str) -> list[Stretch]:
    """The stretches that lead from one text to the other; those of a kind and all in order give each text again."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    middle = _matched(before[start : len(before) - end], after[start : len(after) - end])
    head, tail = before[:start], before[len(before) - end :]
    stretches = [Stretch("same", "".join(head)), *middle, Stretch("same", "".join(tail))]
    return [stretch for stretch in stretches if stretch.words]


def _common(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _matched(before: list[str], after: list[str]) -> list[Stretch]:
    if max(len(before), len(after)) > _MOST_TOKENS:
        return [Stretch("removed", "".join(before)), Stretch("added", "".join(after))]
    stretches = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            stretches.append(Stretch("same", "".join(before[a:b])))
            continue
        stretches += [Stretch("removed", "".join(before[a:b])), Stretch("added", "".join(after[c:d]))]
    return stretches
