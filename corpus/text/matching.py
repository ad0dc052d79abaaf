"""Matching spans of two sources one to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
_HALF = 0.5


def match_by_overlap(left: Sequence[T], right: Sequence[T], ratio: Callable[[T, T], float]) -> list[tuple[T, T, float]]:
    """Pairs that overlap by one half or more, each item in one pair, the largest overlap first.

    `ratio`: the overlap of two items, from 0 to 1 (intersection over union). Ties go to the earlier items.
    """
    candidates = [
        (-share, i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if (share := ratio(one, other)) >= _HALF
    ]
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs = []
    for share, i, j in sorted(candidates):
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((left[i], right[j], -share))
    return pairs
