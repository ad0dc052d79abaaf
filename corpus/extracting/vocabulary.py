"""What the rules know of a word, looked up once: its classes, what it tells of a claim, its topics, cues it can be."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from corpus.extracting.frames import frame_of
from corpus.extracting.lexicon import Forms
from corpus.extracting.tags import class_of
from corpus.extracting.wordlists import phrases, read_lexicon

# What a word may tell. The sum of its flags is the code point of its mark, so that patterns can read the marks.
DIRECTIVE, WISH, PREDICTION, HEDGE, JUDGEMENT, JUDGING_VERB, TOPIC, NUMBER = (1 << bit for bit in range(8))
_MOST_REMEMBERED = 200_000
_LONGEST_REMEMBERED = 60
_LONGEST_STEM = 16
_LETTERS = re.compile(r"[a-z]+")
# The words that phrases are told by: without its longest word no phrase stands there.
_PHRASES = (
    (DIRECTIVE, "modality", "directive"),
    (WISH, "modality", "wish"),
    (PREDICTION, "modality", "prediction"),
    (HEDGE, "certainty", "hedged_phrases"),
)


# What is known of a word, as a plain tuple, which is read soonest:
# 0 four letters: its class in clauses (see `tags`), its mark, its class in frames (see `frames`), "!" where it may
# begin a cue, else "."; 1 its length in code points; 2 its lower case; 3 its topics with weights; 4 its lower case
# with straight apostrophes; 5 the forms of cues that it can be.
Entry = tuple[str, int, str, tuple[tuple[str, float], ...], str, Forms]


class _Entries(dict[str, Entry]):
    """The entries of the pieces of text met so far, up to a limit; a piece may have white space behind its word."""

    def __missing__(self, piece: str) -> Entry:
        word = piece.rstrip()
        entry = _entry(word)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        if len(piece) <= _LONGEST_REMEMBERED:
            self[piece] = entry
        return entry


entries = _Entries()
# The letters of words, each combination once: there are few, and what many words share is soonest at hand.
_shared: dict[str, str] = {}


def marked_with(flags: int) -> re.Pattern[str]:
    """A pattern for the marks of words that have one of the `flags`."""
    return re.compile(f"[{''.join(re.escape(chr(code)) for code in range(256) if code & flags)}]")


def _entry(word: str) -> Entry:
    lower = word.lower()
    topics = _topics().of(lower)
    mark = _telling().get(lower, 0) | (TOPIC if topics else 0) | (JUDGEMENT if _judgements().of(lower) else 0)
    if any(map(str.isdigit, word)) or not _number_words().isdisjoint(_LETTERS.findall(lower)):
        mark |= NUMBER
    plain = lower.replace("’", "'")
    frame, forms = frame_of(word, plain)
    letters = class_of(word) + chr(mark) + frame + ("!" if forms else ".")
    return (_shared.setdefault(letters, letters), len(word), lower, topics, plain, forms)


@functools.cache
def _telling() -> dict[str, int]:
    """The flags of the words that phrases are told by, of hedges and of judging verbs."""
    lexicon = read_lexicon("labels")
    flags = dict.fromkeys(lexicon["modality"]["judging_verbs"].split(), JUDGING_VERB)
    listed = [(HEDGE, lexicon["certainty"]["hedged"].split())]
    listed += [(flag, map(longest_word, phrases(lexicon[table][name]))) for flag, table, name in _PHRASES]
    for flag, words in listed:
        for word in words:
            flags[word] = flags.get(word, 0) | flag
    return flags


def longest_word(phrase: str) -> str:
    """The longest word of a phrase, the first of several."""
    return max(phrase.split(), key=len)


class _Stems:
    """Listed words and stems (with an asterisk), and what they say of a word: names with weights."""

    def __init__(self, listed: Iterable[tuple[str, str, float]]) -> None:
        self._listed: dict[str, dict[str, float]] = {}
        for entry, name, weight in listed:
            self._listed.setdefault(entry, {})[name] = weight

    def of(self, word: str) -> tuple[tuple[str, float], ...]:
        """The names that a word in lower case tells, with their weights."""
        told: dict[str, float] = {}
        for size in range(2, min(len(word), _LONGEST_STEM) + 1):
            told |= self._listed.get(word[:size] + "*", {})
        told |= self._listed.get(word, {})
        return tuple(told.items())


@functools.cache
def _topics() -> _Stems:
    topics = read_lexicon("labels")["topics"]
    listed = ((entry.rsplit(":", 1), name) for name, words in topics.items() for entry in words.split())
    return _Stems((word, name, float(weight)) for (word, weight), name in listed)


@functools.cache
def _judgements() -> _Stems:
    words = read_lexicon("labels")["modality"]["evaluation"].split()
    return _Stems((word, "evaluation", 1.0) for word in words)


@functools.cache
def _number_words() -> frozenset[str]:
    lexicon = read_lexicon("numbers")
    return frozenset([*lexicon["words"], *lexicon["scales"], *lexicon["vague"]["words"], "tens", "half"])
