"""Texts that are mostly page furniture: cookie notices, navigation, prompts to subscribe, share buttons, links.

The measure follows jusText: Pomikálek, "Removing Boilerplate and Duplicate Content from Web Corpora" (PhD thesis,
Masaryk University, 2011), which tells furniture from text by the length of a block and its density of stopwords. Its
published thresholds are the constants here. What a block's neighbours say is left out, since a whole text is judged.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.inspecting.lexicon import read_lexicon, stopwords_of
from corpus.inspecting.suspicions import Suspicion, primary_language

LENGTH_LOW = 70  # code points; jusText's: a shorter line says little by itself
LENGTH_HIGH = 200  # code points; jusText's: a longer line with a phrase of furniture is text about it
STOPWORDS_LOW = 0.30  # jusText's: running text has more
MOSTLY = 0.5
WORDS_NEEDED = 40
_LONGEST_SHOWN = 40
_WORD = re.compile(r"[\w'’-]+")
_STOP = re.compile(r"[.!?…:;؟۔。！？][\"'”’»)\]›」』]{0,3}$")
_UNSPACED = frozenset("ja km lo my th yue zh".split())
_Phrases = Mapping[str, Sequence[tuple[str, ...]]]


def inspect_boilerplate(text: str, language: str | None) -> Iterator[Suspicion]:
    """A text of WORDS_NEEDED words or more, of which more than MOSTLY stand in lines of furniture (`text-boilerplate`).

    A line is furniture if it is shorter than LENGTH_HIGH and holds a phrase of the lexicon, or if it ends without a
    stop and is shorter than LENGTH_LOW or has fewer than STOPWORDS_LOW of stopwords among its words. Stopwords are
    known for the languages of the lexicon; its phrases count in every language. Languages written without spaces are
    not judged.
    """
    if (primary := primary_language(language)) in _UNSPACED:
        return
    words_of_text, words_of_furniture, first = 0, 0, ""
    stopwords = stopwords_of(primary)
    lowered = text.lower().replace("’", "'").split("\n")
    for line, low in zip(text.split("\n"), lowered, strict=True):
        words = _WORD.findall(low)
        words_of_text += len(words)
        if words and _is_furniture(line, words, stopwords):
            words_of_furniture += len(words)
            first = first or line
    if words_of_text >= WORDS_NEEDED and words_of_furniture > MOSTLY * words_of_text:
        share = f"{words_of_furniture / words_of_text:.0%} of {words_of_text} words in lines such as"
        found = f"{share} '{first[:_LONGEST_SHOWN]}{'…' if len(first) > _LONGEST_SHOWN else ''}'"
        yield Suspicion("text-boilerplate", None, "mostly sentences", found)


def _is_furniture(line: str, words: Sequence[str], stopwords: frozenset[str]) -> bool:
    """Whether a line reads like a part of a page and not of an article."""
    if len(line) < LENGTH_HIGH and _has_phrase(words):
        return True
    if _STOP.search(line[-4:]):
        return False
    if len(line) < LENGTH_LOW:
        return True
    return bool(stopwords) and sum(map(stopwords.__contains__, words)) < STOPWORDS_LOW * len(words)


def _has_phrase(words: Sequence[str]) -> bool:
    """Whether a phrase of the lexicon stands among the words."""
    phrases = _phrases()
    return not phrases.keys().isdisjoint(words) and any(
        tuple(words[at : at + len(phrase)]) == phrase
        for at, word in enumerate(words)
        for phrase in phrases.get(word, ())
    )


@functools.cache
def _phrases() -> _Phrases:
    """The phrases of all languages, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in read_lexicon("boilerplate").values():
        for phrase in entry["phrases"].split(";"):
            words = tuple(_WORD.findall(phrase.lower()))
            found.setdefault(words[0], []).append(words)
    return found
