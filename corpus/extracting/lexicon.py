"""The words that the rules go by, read from data files: closed word classes, and cues with what they take."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.extracting.wordlists import read_lexicon

_VOWELS = "aeiou"
_UNINFLECTED = {"adjectives": "adjective", "phrases": "phrase"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word (or a word and the `tail` of words after it) that can report what somebody says or thinks.

    `takes`: for each kind of complement, how sure it is that the cue then attributes something, from 0 to 1.
    `weight`: how many times likelier than other cues it attributes something with any other complement.
    `flags`: `clausal` (a bare clause may follow), `sentential` (what follows is always one),
    `addressee` (a noun phrase may stand before the content),
    `raises` (its subject belongs to the content), `hedged`, `denied` (what the claimant does with the content).
    """

    lemma: str
    kind: str
    cue_class: str
    tail: tuple[str, ...]
    takes: Mapping[str, float]
    weight: float
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Form:
    """One inflected form: which it is (`base`, `present`, `past`, `gerund`, `noun`, …) and the cues it can begin.

    Cues with a longer tail come first.
    """

    shape: str
    cues: tuple[Cue, ...]


Forms = Mapping[str, Form]


@functools.cache
def word_classes() -> dict[str, str]:
    """The one-letter class of each word of a closed class, lower case."""
    return {word: tag for tag, words in read_lexicon("words").items() for word in words.split()}


@functools.cache
def word_group(name: str) -> frozenset[str]:
    """The words of a group that a rule asks for, lower case."""
    return frozenset(str(read_lexicon("word_groups")[name]).split())


@functools.cache
def cue_forms() -> dict[str, Forms]:
    """Every form that can begin a cue, lower case, with its readings by shape."""
    grouped: dict[str, dict[str, list[Cue]]] = {}
    for kind, entries in read_lexicon("cues").items():
        for key, entry in entries.items():
            cue = _cue(kind, key, entry)
            for form, shape in _inflect(cue.lemma, kind, entry):
                grouped.setdefault(form, {}).setdefault(shape, []).append(cue)
    return {form: {shape: _form(shape, cues) for shape, cues in shapes.items()} for form, shapes in grouped.items()}


def _form(shape: str, cues: list[Cue]) -> Form:
    return Form(shape, tuple(sorted(cues, key=lambda cue: -len(cue.tail))))


def _cue(kind: str, key: str, entry: Mapping[str, Any]) -> Cue:
    lemma, *tail = key.split()
    flags = frozenset(str(entry.get("flags", "")).split())
    return Cue(lemma, kind, entry["class"], tuple(tail), entry.get("takes", {}), float(entry.get("weight", 1)), flags)


def _inflect(lemma: str, kind: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The forms of a lemma: regular ones by rule, irregular ones as the entry gives them."""
    if kind in _UNINFLECTED:
        yield lemma, _UNINFLECTED[kind]
        return
    if kind == "nouns":
        yield lemma, "noun"
        yield str(entry.get("plural", _with_s(lemma))), "noun"
        return
    for spelling in (lemma, lemma.replace("ize", "ise")) if lemma.endswith("ize") else (lemma,):
        yield from _verb_forms(spelling, entry)


def _verb_forms(lemma: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield lemma, "base"
    yield str(entry.get("present", _with_s(lemma))), "present"
    stem = lemma + lemma[-1] if entry.get("doubles") else lemma
    past = str(entry.get("past", _with_ed(stem)))
    if past != lemma:
        yield past, "past"
    participle = str(entry.get("participle", past))
    if participle not in (past, lemma):
        yield participle, "participle"
    yield str(entry.get("gerund", _with_ing(stem))), "gerund"


def _with_s(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    return lemma[:-1] + "ies" if _ends_in_consonant_y(lemma) else lemma + "s"


def _with_ed(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    return stem[:-1] + "ied" if _ends_in_consonant_y(stem) else stem + "ed"


def _with_ing(stem: str) -> str:
    if stem.endswith("e") and not stem.endswith(("ee", "ye", "oe")):
        return stem[:-1] + "ing"
    return stem + "ing"


def _ends_in_consonant_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in _VOWELS
