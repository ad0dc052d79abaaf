"""Noun phrases beside a cue: who says it. Patterns read the tags, leftwards ones the tags in reverse."""

from __future__ import annotations

import re

from corpus.extracting.lexicon import word_group
from corpus.extracting.tokens import Tokens

_BASE = r"[D#RX]{0,3}(?:[wN#Xeg.\-]{0,6}[Nw#])"
_BASE_REVERSED = r"(?:[NwX#](?:[wXN#eg.\-R]{0,6}))D{0,2}"
_LINK = r"(?:[oP]|T(?=[DN]))"
_LINK_REVERSED = r"(?:[oP]|(?<=[DN])T)"
_ASIDE_REVERSED = r"(?:\)[^()]{1,12}\()?"
_NAMES_REVERSED = r"N{1,4}C(?:N{1,4})D?"
_PHRASES_REVERSED = rf"{_BASE_REVERSED}(?:{_LINK_REVERSED}{_BASE_REVERSED}){{0,2}}"
_PHRASE_REVERSED = rf"{_ASIDE_REVERSED}(?:H|q|t(?=[,wN])|{_NAMES_REVERSED}|{_PHRASES_REVERSED}|D)"
_BEFORE = re.compile(_PHRASE_REVERSED)
_BEFORE_APPOSITION = re.compile(rf",[^;:Q()]{{1,40}}?,({_PHRASE_REVERSED})")
# A day with its preposition counts as an adverb (`the mayor on Sunday said`).
_SKIPPED = re.compile(r"[Rbamd]{0,6}(?:(?<=R)P)?(?:,R{1,2},)?[Rbamd]{0,4}")
_SKIPPED_INFINITIVE = re.compile(r"R{0,2}T[NwevgRP]{1,3}[Rbamd]{0,5}")
_AFTER = re.compile(rf"(?:H|h|{_BASE}(?:(?:{_LINK}|C(?=N)){_BASE}){{0,3}})")
_SUBJECT = re.compile(rf"[CBRx]{{0,2}},?(?:[PSoegTyD#w][^,Q;:]{{0,40}},)?[CBR]?(H|{_BASE}(?:{_LINK}{_BASE}){{0,2}})")
_Range = tuple[int, int]


class SourceFinder:
    """Finds sources in the tokens of one text. A range is a half-open pair of token indices."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._tags = tokens.tags
        self._reversed = tokens.tags[::-1]
        self._length = len(tokens.tags)

    def before(self, cue: int, low: int, *, infinitive: bool = False) -> _Range | None:
        """The subject that ends right before the verb group of `cue`, not before the token `low`."""
        at = self._length - self.group_start(cue, infinitive=infinitive)
        limit = self._length - low
        found = _BEFORE.match(self._reversed, at, limit)
        if found:
            start = self._length - found.end()
            return None if found[0] == "D" and not self._stands_alone(start) else (start, self._length - at)
        if self._reversed[at : at + 1] == "," and (found := _BEFORE_APPOSITION.match(self._reversed, at, limit)):
            return self._length - found.end(1), self._length - found.start(1)
        return None

    def group_start(self, cue: int, *, infinitive: bool = False) -> int:
        """The first token of the cue's verb group: its adverbs, auxiliaries and, of an infinitive, governing verb."""
        at = self._length - cue
        skipped = (_SKIPPED_INFINITIVE if infinitive else _SKIPPED).match(self._reversed, at)
        return self._length - (skipped.end() if skipped else at)

    def after(self, index: int, high: int) -> _Range | None:
        """The noun phrase that begins at the token `index`."""
        found = _AFTER.match(self._tags, index, high)
        return found.span() if found else None

    def subject(self, low: int, high: int) -> _Range | None:
        """The first noun phrase of a sentence, after what leads it in."""
        found = _SUBJECT.match(self._tags, low, high)
        return found.span(1) if found else None

    def _stands_alone(self, index: int) -> bool:
        """Whether a determiner can be a subject by itself (`others say`)."""
        return self._tokens.word(index) in word_group("alone")
