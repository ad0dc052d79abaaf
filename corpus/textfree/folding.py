"""Folding: a text without the differences that copies of it usually have, and the patch that undoes it.

Quotation marks and apostrophes become straight, dashes and runs of them one hyphen, an ellipsis three dots. Spaces,
line ends, invisible characters and the normalisation form are the business of `corpus.text.normalising`, which comes
first. Nothing else is folded: no letter, no digit, no case.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import NamedTuple

from corpus.text.edits import Edit, Edits, apply_edits
from corpus.text.limits import TextTooLargeError

_DOUBLE, _SINGLE = "“”„‟«»〝〞〟″＂", "‘’‚‛‹›′ʼ`´＇"
_DASHES = "-‐‑‒–—―⁃−﹘﹣－"
_FOLDABLE = re.compile(f"([{_DOUBLE}])|([{_SINGLE}])|…|[{_DASHES[1:]}][{_DASHES}]*|-[{_DASHES}]+")
QUOTES, DASHES, DOTS = "quotation marks", "dashes", "ellipses"


class Patch(NamedTuple):
    """What stands in the exact text in the place `[start, end)` of the folded one, in code points."""

    start: int
    end: int
    original: str

    @property
    def kind(self) -> str:
        """What sort of character it is, in plain words."""
        if self.original[0] in _DASHES:
            return DASHES
        return DOTS if self.original[0] == "…" else QUOTES


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text: `apply_edits(source, edits) == text`."""

    text: str
    edits: Edits

    def patches(self) -> Iterator[Patch]:
        """What leads back to the text before."""
        growth = 0
        for edit in self.edits:
            start = edit.start + growth
            yield Patch(start, start + len(edit.replacement), edit.reason)
            growth += edit.growth


def fold(text: str, most: int | None = None) -> Folded:
    """Fold a normalised text. The reason of each edit is what stood there.

    Raises `TextTooLargeError` for more than `most` edits.
    """
    found = islice(_FOLDABLE.finditer(text), None if most is None else most + 1)
    edits = tuple(Edit(match.start(), match.end(), _plain(match), match[0]) for match in found)
    if most is not None and len(edits) > most:
        raise TextTooLargeError(most, "quotation marks, dashes and ellipses")
    return Folded(apply_edits(text, edits), edits)


def _plain(match: re.Match[str]) -> str:
    if match[1]:
        return '"'
    if match[2]:
        return "'"
    return "..." if match[0] == "…" else "-"


def unfold(folded: str, patches: Iterable[Patch]) -> str:
    """The text before folding. Raises `ValueError` for patches that overlap, or that lie outside the text."""
    edits, end = [], 0
    for patch in sorted(patches):
        if not end <= patch.start <= patch.end <= len(folded):
            msg = f"a patch at {patch.start}..{patch.end} of {len(folded)} code points"
            raise ValueError(msg)
        edits.append(Edit(patch.start, patch.end, patch.original, ""))
        end = patch.end
    return apply_edits(folded, edits)


def folded_lines(text: str) -> str:
    """A text of several paragraphs folded, its line ends as spaces."""
    return fold(text.replace("\n", " ")).text


def sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal; a lone surrogate, which no published text has, is taken as it is."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Positions:
    """Where positions of a text are in the text after edits, and the other way round."""

    def __init__(self, edits: Edits) -> None:
        self._starts = [edit.start for edit in edits]
        self._growths = [0, *accumulate(edit.growth for edit in edits)]
        self._results = [edit.start + before for edit, before in zip(edits, self._growths, strict=False)]

    def after(self, position: int) -> int:
        """The place in the new text of a position that no edit covers."""
        return position + self._growths[bisect_right(self._starts, position - 1)]

    def before(self, position: int) -> int:
        """The place in the old text of a position of the new one that lies inside no replacement."""
        return position - self._growths[bisect_right(self._results, position - 1)]
