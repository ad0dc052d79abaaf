"""Characters without width inside words: two words that look the same are then not the same."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.inspecting.suspicions import Suspicion, character_names
from corpus.text.spans import Span

_JOINERS = frozenset("\u034f\u200c\u200d")
_SPACE = "\u200b"
# Zero-width space, non-joiner, joiner, grapheme joiner, word joiner, invisible operators, deprecated format
# characters, Mongolian vowel separator, Hangul fillers, byte-order mark.
_RUN = re.compile("[\u034f\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0]++")
# Scripts that need joiners: the cursive and the Indic ones (UAX #31, section 2.3), Hebrew for the grapheme joiner.
_JOINING = """Adlam Arabic Balinese Bengali Devanagari Gujarati Gurmukhi Hebrew Javanese Kannada Khmer Malayalam Mandaic
Mongolian Myanmar Nko Oriya Phags_Pa Sinhala Syriac Tamil Telugu Thaana Tibetan""".split()
_UNSPACED = "Khmer Lao Myanmar Thai".split()
_MOST_MARKS = 4


def inspect_zero_width(text: str, language: str | None) -> Iterator[Suspicion]:
    """Each character without width inside a word, and each run of two or more anywhere (`zero-width-control`).

    A joiner is left alone after a letter of a script that needs it and inside an emoji, a zero-width space between
    letters of scripts that write no spaces, and any single one at the edge of a word.
    """
    del language
    if text.isascii():
        return
    for match in _RUN.finditer(text):
        run, span = match[0], Span(*match.span())
        if len(run) > 1 or (_in_word(text, span) and not _is_written(text, span)):
            yield Suspicion("zero-width-control", span, "only characters that are seen", character_names(run))


def _in_word(text: str, span: Span) -> bool:
    """Whether letters, marks or digits stand on both sides."""
    letter = _pattern(r"[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}]")
    return bool(span.start and letter.match(text, span.start - 1) and letter.match(text, span.end))


def _is_written(text: str, span: Span) -> bool:
    """Whether the writing system asks for the single character of the span."""
    at = span.start - 1
    if text[span.start] in _JOINERS and _pattern(r"\p{Extended_Pictographic}").match(text, span.end):
        return bool(_pattern(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F\u20E3]").match(text, at))
    while at > max(0, span.start - _MOST_MARKS) and _pattern(r"[\p{Mn}\uFE0F]").match(text, at):
        at -= 1
    scripts = _JOINING if text[span.start] in _JOINERS else _UNSPACED if text[span.start] == _SPACE else []
    return bool(scripts) and bool(_pattern(_one_of(scripts)).match(text, at))


def _one_of(scripts: Sequence[str]) -> str:
    """A pattern for a character of any of the scripts."""
    return "[" + "".join(rf"\p{{{script}}}" for script in scripts) + "]"


@functools.cache
def _pattern(source: str) -> Any:
    import regex

    return regex.compile(source)
