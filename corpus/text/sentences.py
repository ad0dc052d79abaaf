"""Sentence boundaries by rule: a candidate mark, then the reasons why it may be none."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from importlib import resources

from corpus.text.spans import Span

# A closing mark with its quotes and brackets, the space, and what opens the next sentence.
_CANDIDATE = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"”’')\]]*) (?=(?P<open>[\"“‘'(\[]*)(?P<next>\w))")
_INITIAL = re.compile(r"(?:^|[\s(“\"])(?:[A-Z]\.)*[A-Z]$")
_LAST_WORD = re.compile(r"[\w.’'-]+$")
_LONGEST_WORD = 40


def split_sentences(text: str, start: int = 0) -> list[Span]:
    """The sentences of one paragraph from code point `start` on, trimmed; they do not overlap.

    Offsets are code points of `text`. A closing quotation mark or bracket stays with its sentence.
    """
    spans: list[Span] = []
    for end, following in (*_boundaries(text, start), (len(text), len(text))):
        if start < end:
            spans.append(Span(start, end))
        start = following
    return spans


def _boundaries(text: str, start: int) -> Iterator[tuple[int, int]]:
    for match in _CANDIDATE.finditer(text, start):
        if _ends_sentence(text, match):
            yield match.end("close"), match.end()


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = match["next"]
    if not (following.isupper() or following.isdigit() or match["open"] or _has_no_case(following)):
        return False
    if match["mark"] in ("…", "...") and not match["close"]:
        return following.isupper()
    if match["mark"] != "." or match["close"]:
        return not (match["close"] and following.islower())
    before = text[max(0, match.start() - _LONGEST_WORD) : match.start()]
    if _INITIAL.search(before):
        return False
    word = _LAST_WORD.search(before)
    return word is None or word[0].lower() not in _abbreviations()


def _has_no_case(character: str) -> bool:
    return character.isalpha() and character.lower() == character.upper()


@functools.cache
def _abbreviations() -> frozenset[str]:
    """Words that carry a full stop inside a sentence, lower case, without the stop."""
    listed = resources.files("corpus.text").joinpath("abbreviations.txt").read_text("utf-8")
    return frozenset(line.strip() for line in listed.splitlines() if line.strip() and not line.startswith("#"))
