"""The edges of a claim: leading conjunctions and discourse markers, marks and quotation marks left out."""

from __future__ import annotations

import functools
import re

from corpus.extracting.wordlists import alternatives, phrases, read_lexicon
from corpus.text.spans import Bounds

_EDGE = ' \t\u00a0\u202f,;:.…!?-–—―*•|"“”„‟«»‹›‘‚‛'
_LEFT_EDGE = _EDGE + "'’)]"
_MOST_MARKERS = 8
_LONGEST_WORD = 24


def trim(text: str, start: int, end: int) -> Bounds:
    """`text[start:end]` without what is no part of a claim at its edges; empty where nothing is left."""
    start, end = _without_edges(text, start, end)
    for _ in range(_MOST_MARKERS):
        if not _may_be_marker(text, start):
            break
        match = _leading().match(text, start, end)
        if not match or match.end() >= end:
            break
        start, end = _without_edges(text, match.end(), end)
    return min(start, end), end


def _may_be_marker(text: str, start: int) -> bool:
    """Whether a conjunction or marker begins like the first word here (most claims begin otherwise)."""
    first = text[start : start + _LONGEST_WORD].partition(" ")[0].lower()
    return first.rstrip(",") in _first_words() or first.endswith(("ly,", "ly"))


def _without_edges(text: str, start: int, end: int) -> Bounds:
    while start < end and text[start] in _LEFT_EDGE:
        start += 1
    while end > start and (text[end - 1] in _EDGE or (text[end - 1] in "'’" and not _is_possessive(text, end))):
        end -= 1
    return start, end


def _is_possessive(text: str, end: int) -> bool:
    """Whether the apostrophe before `end` belongs to a plural ("the farmers’")."""
    opening = text.rfind("‘", max(0, end - 200), end)
    return end >= 2 and text[end - 2] == "s" and opening < 0 and text[end - 1] == "’"


@functools.cache
def _first_words() -> frozenset[str]:
    lexicon = read_lexicon("clause_markers")
    listed = [*lexicon["conjunctions"], *lexicon["openers"], *phrases(lexicon["markers"]), "more", "most", "quite"]
    return frozenset(phrase.split()[0] for phrase in listed)


@functools.cache
def _leading() -> re.Pattern[str]:
    """A conjunction, a marker before a comma, or a sentence adverb before a comma."""
    lexicon = read_lexicon("clause_markers")
    conjunctions = alternatives(lexicon["conjunctions"])
    kept = alternatives(lexicon["kept_adverbs"].split())
    follows = alternatives(phrases(lexicon["no_conjunction_before"]))
    return re.compile(
        rf"(?!(?:{follows})\b)(?:(?:{conjunctions})(?=[\s,])"
        rf"|(?:{alternatives(lexicon['openers'])})\b(?!-)"
        rf"|(?:{alternatives(phrases(lexicon['markers']))})\s?,"
        rf"|(?!(?:{kept})\b)(?:more\s|most\s|quite\s)?\w{{2,16}}ly\s?,)",
        re.IGNORECASE,
    )
