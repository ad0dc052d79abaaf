"""Quotations by their marks: paired inside one paragraph, so that an unbalanced mark cannot swallow an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text.spans import Span

# Two straight apostrophes in a row are what some wires make of a double mark.
_MARK = re.compile(r"[“”„\"«»＂'](?:(?<!')|')")
_OPENING = "“„«"
# Marks that open in one language close in another: „so“, »so«.
_LOW_PAIRS = (("„", "“"), ("»", "«"))
_CLOSING = "”»"
_STOP = re.compile(r"[.!?…,;–—-]['’]?$")
_WORD = re.compile(r"\w+")
_FEWEST_WORDS_OF_SPEECH = 5
_LONGEST_UNCLOSED = 2000


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks; offsets are code points of the whole text.

    `outer` includes the marks, `inner` does not. `is_speech` is False for a word or phrase in scare quotes.
    `is_closed` is False where the paragraph ends before the closing mark. `continues` is True where the
    paragraph before ended inside the same quotation.
    """

    outer: Span
    inner: Span
    is_speech: bool
    is_closed: bool
    continues: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """The quotations of `text` (one paragraph per line), in order; none lies inside another."""
    found: list[Quotation] = []
    previous_end = 0
    for opening, closing, limit in _pairs(text):
        is_closed = closing is not None
        outer_end, inner_end = (closing.end(), closing.start()) if closing else (limit, limit)
        inner = Span(opening.end(), max(opening.end(), inner_end))
        continues = bool(found) and not found[-1].is_closed and not text[previous_end : opening.start()].strip()
        is_speech = continues or not is_closed or _is_speech(text, inner, outer_end)
        found.append(Quotation(Span(opening.start(), outer_end), inner, is_speech, is_closed, continues))
        previous_end = outer_end
    return found


def _pairs(text: str) -> Iterator[tuple[re.Match[str], re.Match[str] | None, int]]:
    """Each opening mark with its closing mark (None where the paragraph has none) and the end where it has none."""
    opening: re.Match[str] | None = None
    limit = -1
    for mark in _MARK.finditer(text):
        if mark.start() > limit:
            if opening is not None and (end := _unclosed_end(text, opening, limit)):
                yield opening, None, end
            opening = None
            limit = text.find("\n", mark.end())
            limit = len(text) if limit < 0 else limit
        if opening is None:
            opening = mark if _opens(text, mark) else None
        elif _closes(text, opening, mark):
            yield opening, mark, mark.end()
            opening = None
    if opening is not None and (end := _unclosed_end(text, opening, limit)):
        yield opening, None, end


def _unclosed_end(text: str, opening: re.Match[str], limit: int) -> int:
    """Where a quotation without a closing mark ends; 0 where its mark is taken for a slip.

    A quotation that opens its paragraph may go on in the next one. Elsewhere the mark counts for little.
    """
    start = opening.start()
    opens_paragraph = start == 0 or text[start - 1] == "\n"
    follows_cue = text[max(0, start - 2) : start] in (", ", ": ")
    return limit if (opens_paragraph or follows_cue) and limit - start <= _LONGEST_UNCLOSED else 0


def _opens(text: str, mark: re.Match[str]) -> bool:
    if mark[0] in _CLOSING:
        return False
    if mark[0] in _OPENING:
        return True
    following = text[mark.end() : mark.end() + 1]
    return bool(following) and not following.isspace()


def _closes(text: str, opening: re.Match[str], mark: re.Match[str]) -> bool:
    if (opening[0], mark[0]) in _LOW_PAIRS:
        return True
    if mark[0] in _OPENING:
        return False
    if mark[0] in _CLOSING:
        return True
    before, following = text[mark.start() - 1], text[mark.end() : mark.end() + 1]
    return not (before.isspace() and following.isalnum())


def _is_speech(text: str, inner: Span, outer_end: int) -> bool:
    words = inner.of(text)
    if _STOP.search(words[-2:]):
        return True
    count = sum(1 for _ in zip(_WORD.finditer(words), range(_FEWEST_WORDS_OF_SPEECH), strict=False))
    return count == _FEWEST_WORDS_OF_SPEECH and words[:1].isupper()
