"""Half-open ranges of Unicode code points."""

from __future__ import annotations

from dataclasses import dataclass

# The same as a plain pair, for the rules that make very many of them.
Bounds = tuple[int, int]


@dataclass(frozen=True, order=True, slots=True, init=False)
class Span:
    """A half-open range `[start, end)` of code points in some text."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:  # written out: three times as fast as the generated one
        if not 0 <= start <= end:
            msg = f"a span needs 0 <= start <= end, got {start}..{end}"
            raise ValueError(msg)
        _set_start(self, start)
        _set_end(self, end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words that the span covers in `text`."""
        return text[self.start : self.end]

    def within(self, other: Span) -> bool:
        """Whether every code point of this span lies in `other`."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def gap(self, other: Span) -> int:
        """The number of code points between the two spans; 0 where they touch or overlap."""
        return max(self.start - other.end, other.start - self.end, 0)

    def shifted(self, by: int) -> Span:
        """The same range, `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def overlap_ratio(self, other: Span) -> float:
        """Intersection over union, in code points: 1.0 for equal spans, 0.0 for disjoint ones."""
        shared = max(0, min(self.end, other.end) - max(self.start, other.start))
        union = len(self) + len(other) - shared
        return shared / union if union else 1.0


_set_start, _set_end = Span.start.__set__, Span.end.__set__  # type: ignore[attr-defined,misc]
