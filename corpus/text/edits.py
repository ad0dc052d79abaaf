"""Edits that remember where they came from.

A change of text is a sorted tuple of disjoint `Edit`s over the text before the change.
Two changes that follow each other compose into one, so that the way from the decoded seed to the
normalised text is always one tuple of edits, however many steps were taken.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Edits = tuple["Edit", ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the code points `[start, end)` of the text before by `replacement`, for `reason`."""

    start: int
    end: int
    replacement: str
    reason: str

    @property
    def growth(self) -> int:
        """By how many code points the edit lengthens the text (negative: shortens it)."""
        return len(self.replacement) - (self.end - self.start)


def apply_edits(text: str, edits: Iterable[Edit], offset: int = 0) -> str:
    """`text` after `edits`; `offset` is subtracted from the edits' positions."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (text[at : edit.start - offset], edit.replacement)
        at = edit.end - offset
    pieces.append(text[at:])
    return "".join(pieces)


class _Placed(NamedTuple):
    """An edit of either change, placed in the text between the two changes."""

    start: int
    end: int
    is_second: bool
    edit: Edit


def _placed_first(first: Sequence[Edit]) -> Iterator[_Placed]:
    growth = 0
    for edit in first:
        start = edit.start + growth
        yield _Placed(start, start + len(edit.replacement), False, edit)
        growth += edit.growth


def _clusters(first: Sequence[Edit], second: Sequence[Edit]) -> Iterator[list[_Placed]]:
    """Group the edits that overlap in the middle text; edits that only touch stay apart."""
    placed_second = (_Placed(edit.start, edit.end, True, edit) for edit in second)
    cluster: list[_Placed] = []
    end = -1
    for item in heapq.merge(_placed_first(first), placed_second, key=lambda item: (item.start, item.end)):
        if cluster and item.start < end:
            cluster.append(item)
            end = max(end, item.end)
        else:
            if cluster:
                yield cluster
            cluster, end = [item], item.end
    if cluster:
        yield cluster


def compose(first: Edits, second: Edits, middle: str) -> Edits:
    """The edits that lead from before `first` to after `second`; `middle` is the text between them.

    Where both changes alter the same code points, one edit results that carries both reasons, joined by `+`.
    """
    if not first or not second:
        return first or second
    composed: list[Edit] = []
    growth = 0
    for cluster in _clusters(first, second):
        start = min(item.start for item in cluster)
        end = max(item.end for item in cluster)
        later = [item.edit for item in cluster if item.is_second]
        replacement = apply_edits(middle[start:end], later, offset=start)
        source_start = start - growth
        growth += sum(item.edit.growth for item in cluster if not item.is_second)
        reason = "+".join(dict.fromkeys(item.edit.reason for item in sorted(cluster, key=lambda i: i.is_second)))
        composed.append(Edit(source_start, end - growth, replacement, reason))
    return tuple(composed)
