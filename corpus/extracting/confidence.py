"""How sure an attribution is: a rate by its cue and complement, turned by its subject and by how its content begins."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from corpus.extracting.drafts import Draft, Page
from corpus.extracting.lexicon import word_group
from corpus.extracting.wordlists import read_lexicon

_Table = Mapping[tuple[str, ...], float]
_PASSIVE = "be "
_LAYOUT = "layout"
_CERTAIN = 0.99
# No subject and no opening lifts a rate below this one over a threshold that makes sense.
HOPELESS = 0.1
_DEFAULT_RATE = 0.2


def confidence(page: Page, draft: Draft) -> float:
    """The share of attributions of its kind that hold, from 0 to 1."""
    rates, subjects, openings = constructions()
    voice, rate, weight = voice_of(draft), None, 1.0
    if draft.reading:
        cue = draft.reading.cue
        rate, weight = cue.takes.get(frame_key(draft)), cue.weight
    if rate is None:
        rate = _turned(rates.get((voice, draft.frame, draft.rule), _DEFAULT_RATE), weight)
    if rate < HOPELESS:
        return rate
    factor = subjects.get((voice, subject_kind(page, draft)), 1.0)
    if draft.contents:
        factor *= openings.get((voice, draft.frame, page.tags[draft.contents[-1][0]]), 1.0)
    return _turned(rate, factor)


def voice_of(draft: Draft) -> str:
    """The voice of the cue; `layout` where there is none."""
    return draft.reading.voice if draft.reading else _LAYOUT


def frame_key(draft: Draft) -> str:
    """The name of a draft's complement in a lexicon entry; passive ones begin with `be`."""
    return _PASSIVE + draft.frame if voice_of(draft) == "pas" else draft.frame


def subject_kind(page: Page, draft: Draft) -> str:
    """What sort of words the source is."""
    if draft.source is None:
        return "none"
    first, last = draft.source[0], draft.source[1] - 1
    tag, word = page.tags[last], page.word(last)
    if page.tags[first] == "H":
        return "first_person" if word in word_group("first_person") else _pronoun(word)
    if not word_group("evidence").isdisjoint(page.tokens.words(first, last + 1)):
        return "evidence"
    if tag in "NX":
        return "name"
    if page.tags[first] in "qt":
        return "relative"
    if tag == "w":
        return "plural" if word.endswith("s") else "singular"
    return "other"


def _pronoun(word: str) -> str:
    return "empty" if word in word_group("empty") else "pronoun"


def _turned(rate: float, factor: float) -> float:
    """A probability whose odds are multiplied by `factor`."""
    rate = min(rate, _CERTAIN)
    odds = rate / (1 - rate) * factor
    return odds / (1 + odds)


@functools.cache
def constructions() -> tuple[_Table, _Table, _Table]:
    """Rates by voice, complement and rule; factors by voice and subject, and by voice, complement and first tag."""
    rates, subjects, openings = (
        {(voice, *key.rsplit(" ", 1)): float(figure) for voice, row in table.items() for key, figure in row.items()}
        for table in map(read_lexicon("constructions").__getitem__, ("rates", "subjects", "openings"))
    )
    return rates, subjects, openings
