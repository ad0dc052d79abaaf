"""Text that was decoded with the wrong encoding, and characters that were lost in decoding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from corpus.inspecting.suspicions import Suspicion, lines_with_starts
from corpus.text.spans import Span

_REPLACEMENTS = re.compile("\ufffd+")
_MOST_TRIES = 1_000
_REACH = 60  # code points on either side of a bad sequence that are mended with it
_CONTEXT = 12
# Typographic marks alone, among ASCII, are never mojibake to the heuristic, which takes its time to say so.
_UNUSUAL = re.compile("[^\x00-\x7f\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]")


def inspect_mojibake(text: str, language: str | None) -> Iterator[Suspicion]:
    """Each run of U+FFFD (`replacement-character`), and each word that ftfy would mend (`text-mojibake`).

    A sequence counts as mojibake where ftfy's heuristic of badness finds it and ftfy's repair of the words around it
    gives others; `expected` is what they would be. The repair is told and never made. After _MOST_TRIES bad sequences
    the text is not read on: it is mojibake all through.
    """
    del language
    if not _UNUSUAL.search(text):
        return
    for match in _REPLACEMENTS.finditer(text):
        before = text[max(0, match.start() - _CONTEXT) : match.start()]
        found = f"{len(match[0])} U+FFFD after '{before}'"
        yield Suspicion("replacement-character", Span(*match.span()), "the character that was lost here", found)
    yield from _misread(text)


def _misread(text: str) -> Iterator[Suspicion]:
    """The words that ftfy would mend."""
    from ftfy import fix_encoding
    from ftfy.badness import BADNESS_RE

    done = 0
    for match in islice(_matches_in(BADNESS_RE, text), _MOST_TRIES):
        if match.start() < done:
            continue
        words = _words_around(text, *match.span())
        mended = fix_encoding(words.of(text))
        if mended != words.of(text):
            done = words.end
            yield Suspicion("text-mojibake", words, mended, words.of(text))


def _matches_in(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches in lines with unusual characters, which all matches have; the heuristic takes its time."""
    for start, line in lines_with_starts(text):
        if _UNUSUAL.search(line):
            yield from pattern.finditer(text, max(0, start - 1), start + len(line) + 1)


def _words_around(text: str, start: int, end: int) -> Span:
    """The whole words that the range touches, _REACH code points to either side at most."""
    before = text[max(0, start - _REACH) : start]
    after = text[end : end + _REACH]
    left = start - len(before) + max(before.rfind(" "), before.rfind("\n")) + 1
    ends = [at for at in (after.find(" "), after.find("\n")) if at >= 0]
    return Span(left, end + min(ends, default=len(after)))
