"""What a full stop after a word means: the end of a sentence, an abbreviation, an initial or the label of an item."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import NamedTuple

_NEVER = "never ends"
_NUMBER = "ends unless a number follows"
_OPENER = "ends if an opener follows"
_GOES_ON = "ends unless it goes on"

_NEXT_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# A letter or digit, and what is no space, opening mark or dash: gershayim and vowel points belong to a word.
_LAST_WORD = re.compile(r"[^\W_][^\s(\[{“‘«„—–/-]*$")
_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")
_ITEM = re.compile(r"\d{1,3}|[IVX]{1,3}|[ivx]{1,2}|iii|[^\W\d_]")
_AFTER_LOWER_CASE = re.compile(r"(?:^|\s)[a-z][\w'’-]*\s$")
_BEFORE_ITEM = " \t\u00a0•⁃●▪◦*-–·([\"'“‘"
_SYMBOLS = "$€£¥₪₺₹#@•●▪"
_LONGEST_WORD = 40
_MOST_BEFORE_ITEM = 4
_MOST_DIGITS_OF_ITEM = 2
_FEWEST_SPACES = 3  # of the shortest sentence that is taken to end in a time of day
_WINDOW = 60  # code points in which they are looked for


@dataclass(frozen=True, slots=True)
class Words:
    """What a language's list says: `kinds` of abbreviations, and the words that tell how a text goes on.

    `tails`: the last three characters of every abbreviation, in lower case; any other end is that of a plain word.
    """

    kinds: Mapping[str, str]
    tails: frozenset[str]
    openers: frozenset[str]
    continuing: frozenset[str]
    speech: frozenset[str]
    names_with_a_mark: frozenset[str]
    suffixes: frozenset[str]
    lower_case_opens: bool
    has_ordinals: bool
    letters_end: bool
    ellipsis_goes_on: bool

    def kind(self, word: str) -> str | None:
        """What a stop after the abbreviation does; None where the word is none. `EST` is not `est.`."""
        kind = self.kinds.get(word)
        if kind is None and ("." in word or not word.isupper()):
            return self.kinds.get(word.lower())
        return kind


class Mark(NamedTuple):
    """The mark at `at` in a text, of the sentence from `start` on.

    The next word begins at `following`, the line ends at `end`.
    """

    text: str
    start: int
    at: int
    following: int
    end: int

    def next_character(self) -> str:
        """The first character of the next word."""
        return self.text[self.following]

    def word_before(self) -> str:
        """The word that touches the mark, of at most 40 code points; empty where there is none."""
        floor = max(self.start, self.at - _LONGEST_WORD)
        word = self.text[self.text.rfind(" ", floor, self.at) + 1 or floor : self.at]
        if word.isalnum():
            return word
        last = _LAST_WORD.search(word)
        return last[0] if last else ""

    def next_word(self) -> str:
        """The next word in lower case, `it` of `It's`; empty where no letter or digit follows."""
        found = _NEXT_WORD.match(self.text, self.following, min(self.end, self.following + _LONGEST_WORD))
        return found[0].lower() if found else ""

    def character(self, place: int) -> str:
        """The character at a place of the sentence or after it; empty outside."""
        return self.text[place] if self.start <= place < self.end else ""


def opens_sentence(character: str) -> bool:
    """Whether a sentence can begin so: with a capital, a letter without case, a digit or a symbol."""
    return (character.isalnum() and not character.islower()) or character in _SYMBOLS


def stop_ends(mark: Mark, words: Words) -> bool:
    """Whether a single full stop ends its sentence."""
    word = mark.word_before()
    begin = mark.at - len(word)
    if is_item(mark, word):
        return False
    kind = words.kind(word)
    if kind is not None:
        return _abbreviation_ends(mark, kind, words)
    if len(word) == 1 and word.isalpha():
        return _letter_ends(mark, word, begin, words)
    if _DOTTED.fullmatch(word):
        return _opener_follows(mark, words)
    if word.isdigit() and (len(word) <= _MOST_DIGITS_OF_ITEM or not mark.next_character().islower()):
        return _number_ends(mark, word, begin, words)
    if mark.next_character().islower():
        # Informal writing; a bracket or a quotation mark before the next word speaks against it.
        is_plain = len(word) > 1 and (word.islower() or word.isdigit())
        return words.lower_case_opens and is_plain and mark.text[mark.following - 1].isspace()
    return opens_sentence(mark.next_character())


def is_item(mark: Mark, word: str) -> bool:
    """Whether the word is the label of an item, or an initial, that begins the sentence: `1.`, `b.`, `IV.`."""
    begin = mark.at - len(word)
    if begin - mark.start > _MOST_BEFORE_ITEM or not _ITEM.fullmatch(word):
        return False
    return not mark.text[mark.start : begin].strip(_BEFORE_ITEM)


def _abbreviation_ends(mark: Mark, kind: str, words: Words) -> bool:
    character = mark.next_character()
    if kind == _NEVER or character.islower() or not opens_sentence(character):
        return False
    if kind == _OPENER:
        return _opener_follows(mark, words)
    if kind == _NUMBER:
        return not character.isdigit()
    next_word = mark.next_word()
    if character.isdigit() or next_word in words.continuing or _is_letter_with_stop(mark, next_word):
        return False
    return _has_enough_words(mark) or _opener_follows(mark, words)


def _letter_ends(mark: Mark, word: str, begin: int, words: Words) -> bool:
    """A capital before a name is an initial, before another word the end: `plan B. Then`."""
    character = mark.next_character()
    if character.islower():
        return False
    if word.lower() == word.upper():
        if words.letters_end:  # but of two initials in a row neither does
            return mark.character(begin - 2) != "." and not _is_letter_with_stop(mark, mark.next_word())
        return mark.character(begin - 2).isdigit()  # an era or a unit after a number
    if character.isdigit() or word.islower():
        return opens_sentence(character)
    if word == "I" and _AFTER_LOWER_CASE.search(mark.text, max(mark.start, begin - _LONGEST_WORD), begin):
        return True  # "you and I. Then"
    return _opener_follows(mark, words)


def _number_ends(mark: Mark, word: str, begin: int, words: Words) -> bool:
    """A short number after a colon is the label of an item; in some languages a stop makes it an ordinal."""
    is_short = len(word) <= _MOST_DIGITS_OF_ITEM
    if is_short and mark.text[max(mark.start, begin - 2) : begin] == ": ":
        return False
    if is_short and words.has_ordinals:
        return _opener_follows(mark, words)
    return opens_sentence(mark.next_character())


def _opener_follows(mark: Mark, words: Words) -> bool:
    """Whether the next word opens sentences, and is neither an initial nor a title early in the sentence."""
    word = mark.next_word()
    if word not in words.openers or mark.next_character().islower():
        return False
    if mark.character(mark.following + len(word)) != ".":
        return True
    return not _is_letter_with_stop(mark, word) and _has_enough_words(mark)


def _is_letter_with_stop(mark: Mark, next_word: str) -> bool:
    """Whether the next word is a letter with a stop: an initial, or the first of `E.T.`."""
    return len(next_word) == 1 and mark.character(mark.following + 1) == "."


def _has_enough_words(mark: Mark) -> bool:
    return mark.text.count(" ", max(mark.start, mark.at - _WINDOW), mark.at) >= _FEWEST_SPACES


@functools.cache
def words_of(language: str) -> Words:
    """The words of a language (`es`, `en-GB`); those of English where it has no list."""
    folder = resources.files("corpus.text").joinpath("abbreviations")
    file = folder.joinpath(f"{language.partition('-')[0].lower()}.txt")
    lists = _sections((file if file.is_file() else folder.joinpath("en.txt")).read_text("utf-8"))
    kinds = {word: kind for kind in (_NEVER, _NUMBER, _OPENER, _GOES_ON) for word in lists.get(kind, ())}
    return Words(
        kinds=kinds,
        tails=frozenset(word[-3:].lower() for word in (*kinds, "iii")),
        openers=lists.get("openers", frozenset()),
        continuing=lists.get("goes on", frozenset()),
        speech=lists.get("speech", frozenset()),
        names_with_a_mark=lists.get("names with a mark", frozenset()),
        suffixes=lists.get("suffixes", frozenset()),
        lower_case_opens="lower-case-opens" in lists.get("traits", ()),
        has_ordinals="ordinals" in lists.get("traits", ()),
        letters_end="letters-end" in lists.get("traits", ()),
        ellipsis_goes_on="ellipsis-goes-on" in lists.get("traits", ()),
    )


def _sections(listed: str) -> dict[str, frozenset[str]]:
    """The words of each section; those with `i` also as lower-casing the Turkish dotted capital writes them."""
    sections: dict[str, set[str]] = {}
    section: set[str] = set()
    for line in listed.splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            section.update(line.split())
            section.update("i\u0307" + word[1:] for word in line.split() if word.startswith("i"))
    return {name: frozenset(words) for name, words in sections.items()}
