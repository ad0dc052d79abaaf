"""Finding quoted words in a text again (a text quote selector: exact words, with what stands around them)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text.spans import Span

# One code point for one, so that positions stay.
_FOLDED = str.maketrans("“”„‟«»‘’‚‛‹›", "\"\"\"\"\"\"''''''")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a text, and the words right before and after them where these are needed to tell them apart."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def folded(text: str) -> str:
    """`text` with typographic quotation marks made straight; every code point keeps its place."""
    return text.translate(_FOLDED)


def begins_with(line: str, words: str) -> bool:
    """Whether a line begins with the declared words, typographic quotes taken as straight ones."""
    return folded(line).startswith(folded(words))


_CONTEXTS = (0, 20, 60, 200)


class FoldedText:
    """A text in which many anchors are sought."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = folded(text)

    def occurrences(self, anchor: Anchor, inside: Span | None = None) -> list[Span]:
        """Where the anchor's words stand as whole words, in ascending order, `inside` a span or anywhere."""
        return list(self._found(anchor, inside or Span(0, len(self.text))))

    def nearest(self, anchor: Anchor, to: Span) -> list[Span]:
        """The occurrence with the smallest gap to the span `to`; several where they are equally near."""
        found = self.occurrences(anchor)
        closest = min((span.gap(to) for span in found), default=0)
        return [span for span in found if span.gap(to) == closest]

    def anchor(self, span: Span, nearest_to: Span | None = None, inside: Span | None = None) -> Anchor:
        """The words of a span, with as much of what stands around them as is needed to find them again, if that helps.

        They are sought anywhere, nearest to another span, or `inside` of one.
        """
        for width in _CONTEXTS:
            prefix, suffix = self.text[max(0, span.start - width) : span.start], self.text[span.end : span.end + width]
            anchor = Anchor(span.of(self.text), prefix, suffix)
            found = self.occurrences(anchor, inside) if nearest_to is None else self.nearest(anchor, nearest_to)
            if found == [span]:
                break
        return anchor

    def _found(self, anchor: Anchor, inside: Span) -> Iterator[Span]:
        exact, prefix = folded(anchor.exact), folded(anchor.prefix)
        words = prefix + exact + folded(anchor.suffix)
        if not exact:
            return
        at = self._folded.find(words, max(0, inside.start - len(prefix)))
        while at >= 0:
            start = at + len(prefix)
            span = Span(start, start + len(exact))
            if span.start >= inside.end:
                return
            if span.within(inside) and self._is_whole(span):
                yield span
            at = self._folded.find(words, at + 1)

    def _is_whole(self, span: Span) -> bool:
        """Whether the span cuts no word in two."""
        text = self.text
        cut_before = span.start > 0 and text[span.start - 1].isalnum() and text[span.start].isalnum()
        cut_after = span.end < len(text) and text[span.end - 1].isalnum() and text[span.end].isalnum()
        return not (cut_before or cut_after)
