"""Putting marks in their places: offsets are converted and checked against the words that a file gives with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.interchange.faults import Faults
from corpus.interchange.files import offset_of
from corpus.interchange.offsets import Offsets, Unit
from corpus.text.spans import Span

Fragments = tuple[Span, ...]
Fits = Callable[[str, Sequence[str]], bool]
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Stated:
    """Where a file puts a mark: pairs of offsets as they stand there, and the words, None where it gives none."""

    record: str
    pairs: tuple[tuple[Any, Any], ...]
    words: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """The text and unit that fit best, and the place of each mark; None for one that has none."""

    text: str
    unit: Unit
    places: tuple[Fragments | None, ...]


def same_words(words: str, slices: Sequence[str]) -> bool:
    """Whether the words are those of the slices, with a space between them."""
    return words == " ".join(slices)


def place(
    texts: Sequence[str], stated: Sequence[Stated], units: Sequence[Unit], faults: Faults, fits: Fits = same_words
) -> Placed:
    """Place marks in the first of `texts` and `units` in which all fit, or else the one in which most do.

    Each that does not fit is a finding. A unit other than the first one is a note: the words bear it out.
    """
    best: tuple[int, Placed] | None = None
    for text in texts:
        for offsets in _differing(text, units):
            places = tuple(_place(text, offsets, one, fits) for one in stated)
            found = sum(one is not None for one in places)
            if best is None or found > best[0]:
                best = found, Placed(text, offsets.unit, places)
            if found == len(stated):
                break
        if best is not None and best[0] == len(stated):
            break
    assert best is not None  # there is one text and one unit at least
    placed = best[1]
    if placed.unit != units[0]:
        faults.add("annotation-offsets-unsure", None, f"offsets in {units[0]}", f"offsets that fit in {placed.unit}")
    _tell(placed, stated, faults)
    return placed


def _differing(text: str, units: Sequence[Unit]) -> list[Offsets]:
    """The units in which an offset of this text may be another number."""
    found = [Offsets(text, unit) for unit in units]
    return [one for number, one in enumerate(found) if number == 0 or not one.is_plain]


def _place(text: str, offsets: Offsets, one: Stated, fits: Fits) -> Fragments | None:
    spans = [_span(offsets, pair) for pair in one.pairs]
    known = [span for span in spans if span is not None]
    if not spans or len(known) < len(spans):
        return None
    # Escapes make words longer than what they stand for, nothing makes them shorter; a slice may be a whole text.
    if one.words is not None and sum(map(len, known)) > len(one.words):
        return None
    if one.words is not None and not fits(one.words, [span.of(text) for span in known]):
        return None
    return tuple(sorted(known))


def _span(offsets: Offsets, pair: tuple[Any, Any]) -> Span | None:
    start, end = (offset_of(value) for value in pair)
    if start is None or end is None:
        return None
    start, end = offsets.to_code_points(start), offsets.to_code_points(end)
    return Span(start, end) if start is not None and end is not None and start <= end else None


def _tell(placed: Placed, stated: Sequence[Stated], faults: Faults) -> None:
    """A finding for each mark that has no place."""
    offsets = Offsets(placed.text, placed.unit)
    for one, fragments in zip(stated, placed.places, strict=True):
        if fragments is not None:
            continue
        spans = [_span(offsets, pair) for pair in one.pairs]
        known = [span for span in spans if span is not None]
        if not spans or len(known) < len(spans):
            expected = f"offsets from 0 to {offsets.from_code_points(offsets.length)} ({placed.unit}), start first"
            found = "; ".join(f"{start!r} to {end!r}"[:_SHOWN] for start, end in one.pairs) or "none"
            faults.add("annotation-outside", one.record, expected, found, one.line)
        else:
            slices = " … ".join(placed.text[span.start : min(span.end, span.start + _SHOWN)] for span in known[:_SHOWN])
            words = (one.words or "")[:_SHOWN]
            faults.add("annotation-text-differs", one.record, f"the words {words!r}", slices, one.line)
