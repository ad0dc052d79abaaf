"""Labels of a claim by its words: modality, certainty, topic. The words are data (`lexicon/labels.toml`)."""

from __future__ import annotations

import functools
import re

from corpus.extracting.predicates import likely_verb
from corpus.extracting.tags import WORD, tag_string
from corpus.extracting.wordlists import alternatives, phrases, read_lexicon

# The month, which is no modal verb: beside a number, or after a preposition.
_MONTH = re.compile(
    r"\bMay(?= \d)|(?<=\d )May\b|(?<=\b[IiOo][nf] )May\b|(?<=\b[Bb]y )May\b|(?<=\b[Ss]ince )May\b|(?<=\b[Ll]ast )May\b"
)
_PREDICATE = 8
_JUDGED = 6
_GROUP = 3
_MOST_KNOWN = 200_000
_LONGEST_STEM = 16
_TOPIC_SHARE = 0.6
_PARTICIPLES = ("e", "g", "k", "n")
_POINTING = ("this", "these", "it", "that")
_OBLIGED = ("have", "has", "had")


def modality(words: str, voice: str) -> str:
    """`fact`, `evaluation`, `prediction` or `directive`, by the main predicate of the claim.

    A wish or an aim is a `directive` where somebody speaks of it himself (`voice` reported), else an `evaluation`.
    """
    words = _MONTH.sub("Maytime", words)
    found, tags = _words(words), tag_string(words)
    verb = likely_verb(tags, 0, len(tags))
    head = found[: max(verb, 0) + _PREDICATE + 1]
    finite = found[verb] if verb >= 0 else ""
    if by_modal := _by_modal(finite, found, verb, voice):
        return by_modal
    is_reported = voice == "reported"
    if _holds("directive", head):
        return "directive" if is_reported or finite in _OBLIGED else "evaluation"
    if _holds("wish", head):
        return "directive" if is_reported else "evaluation"
    if _holds("prediction", head):
        return "prediction"
    return "evaluation" if _is_judgement(found, tags, verb) else "fact"


def certainty(words: str) -> str:
    """`hedged` or `asserted` by the words of the claim; that a claim is `denied` only its cue can tell."""
    found = _words(_MONTH.sub("Maytime", words))
    lexicon = _listed("certainty", "hedged")
    if not lexicon.isdisjoint(found) or _holds("hedged_phrases", found):
        return "hedged"
    return "asserted"


def topic(words: str) -> str | None:
    """What the claim is about: the first topic of the scheme's order that its words tell; None where none does."""
    scores: dict[str, float] = {}
    for told in filter(None, map(_topics().__getitem__, _words(words))):
        for name, weight in told:
            scores[name] = scores.get(name, 0.0) + weight
    if not scores:
        return None
    least = max(1.0, _TOPIC_SHARE * max(scores.values()))
    return next((name for name in read_lexicon("labels")["topics"] if scores.get(name, 0.0) >= least), None)


@functools.lru_cache(maxsize=8)
def _words(words: str) -> list[str]:
    """The words and marks in lower case; the labels of one claim are asked for one after the other."""
    return WORD.findall(words.lower())


def _by_modal(finite: str, words: list[str], verb: int, voice: str) -> str | None:
    """The modality that a modal verb tells."""
    if finite in _listed("modality", "modal_directive"):
        return "directive"
    if finite in _listed("modality", "modal_prediction") or finite.endswith(("'ll", "’ll")):
        if voice == "author":
            return "prediction"
        is_vow = words[0] in ("we", "i", "our") or _holds("vow", words[verb : verb + _PREDICATE])
        return "directive" if is_vow else "prediction"
    return "evaluation" if finite in _listed("modality", "modal_evaluation") else None


def _is_judgement(words: list[str], tags: str, verb: int) -> bool:
    """Whether the predicate judges: its verb, or enough words of judgement near it.

    One such word is enough after a form of "be" without a participle, none after "this is" and the like.
    """
    start = max(verb, 0)
    predicate = words[start : start + _JUDGED]
    if not _listed("modality", "judging_verbs").isdisjoint(predicate[:_GROUP]):
        return True
    judged = sum(map(_judging().__getitem__, predicate))
    after = tags[verb + 1 : verb + 4].lstrip("R")
    if verb < 0 or predicate[0] not in _listed("modality", "copulas") or after.startswith(_PARTICIPLES):
        return judged > 1
    return judged + (words[0] in _POINTING) > 0


class _Stems(dict[str, tuple[tuple[str, float], ...]]):
    """For every word met so far, up to a bound, what the listed words and stems say of it: names with weights."""

    def __init__(self, listed: list[tuple[str, str, float]]) -> None:
        super().__init__()
        self._listed: dict[str, dict[str, float]] = {}
        for entry, name, weight in listed:
            self._listed.setdefault(entry, {})[name] = weight

    def __missing__(self, word: str) -> tuple[tuple[str, float], ...]:
        told: dict[str, float] = {}
        for size in range(2, min(len(word), _LONGEST_STEM) + 1):
            told |= self._listed.get(word[:size] + "*", {})
        told |= self._listed.get(word, {})
        found = tuple(told.items())
        if len(self) < _MOST_KNOWN:
            self[word] = found
        return found


@functools.cache
def _topics() -> _Stems:
    topics = read_lexicon("labels")["topics"]
    entries = ((entry.rsplit(":", 1), name) for name, words in topics.items() for entry in words.split())
    return _Stems([(word, name, float(weight)) for (word, weight), name in entries])


class _Judging(dict[str, bool]):
    """For every word met so far, up to a bound, whether it judges."""

    def __init__(self) -> None:
        super().__init__()
        words = read_lexicon("labels")["modality"]["evaluation"].split()
        self._stems = _Stems([(word, "evaluation", 1.0) for word in words])

    def __missing__(self, word: str) -> bool:
        found = bool(self._stems[word])
        if len(self) < _MOST_KNOWN:
            self[word] = found
        return found


@functools.cache
def _judging() -> _Judging:
    return _Judging()


@functools.cache
def _listed(table: str, name: str) -> frozenset[str]:
    return frozenset(read_lexicon("labels")[table][name].split())


def _holds(name: str, words: list[str]) -> bool:
    """Whether one of the phrases of a list stands in `words`."""
    triggers, pattern = _phrases(name)
    return not triggers.isdisjoint(words) and pattern.search(" ".join(words)) is not None


@functools.cache
def _phrases(name: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The longest word of each phrase, without which it cannot stand there, and a pattern for all phrases."""
    lexicon = read_lexicon("labels")
    listed = phrases({**lexicon["modality"], **lexicon["certainty"]}[name])
    return frozenset(max(p.split(), key=len) for p in listed), re.compile(rf"\b(?:{alternatives(listed)})\b")
