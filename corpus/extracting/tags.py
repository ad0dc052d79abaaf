"""Words and their classes: a clause as a string with one letter for each of its words and marks.

Classes of words (lists: `lexicon/clause_words.toml`): P pronoun subject, Z pronoun with its verb, Q demonstrative,
D determiner, q quantity, N noun or adjective, S plural noun, U capitalised word, p possessive, 0 digits, R adverb,
I preposition, y by, T to, A and, O or, Y but, H that, W relative or question word, G subordinator, h subordinator or
preposition, a as.
Classes of verbs: X finite auxiliary, M modal, b be, K past form that is no participle, k past form that may be one,
e form in -ed, n participle, g form in -ing, v form in -s, w form in -s or plural noun, B base form, c base form or
noun.
Marks stand for themselves, quotation marks as ", dashes as -, square brackets as round ones, other marks as s.
"""

from __future__ import annotations

import functools
import re

from corpus.extracting.wordlists import read_lexicon

WORD = re.compile(r"\w+(?:[’'.‑-]\w+|(?<=\d),(?=\d)\w+)*|[^\w\s]")
_MARKS = {
    **dict.fromkeys("“”„‟«»‘’‚‛‹›\"'", '"'),
    **dict.fromkeys("–—―-", "-"),
    **dict.fromkeys(",;:?!()….", ""),
    "[": "(",
    "]": ")",
    "$": "D",
    "€": "D",
    "£": "D",
}


def tag_string(words: str) -> str:
    """The classes of the words and marks of a text."""
    return "".join(map(class_of, WORD.findall(words)))


def class_of(word: str) -> str:
    """The class of a word, or of a mark, that `WORD` matches."""
    if not (word[0].isalnum() or word[0] == "_"):
        return (_MARKS[word] or word) if word in _MARKS else "s"
    if word[0].isdigit():
        return "0"
    known = _known()
    if word.islower():
        return known.get(word) or _by_ending(word)
    lower = word.lower()
    if word.isupper() and len(word) > 1:
        return "p" if lower.endswith(("’s", "'s")) else "U"
    closed = known.get(lower, "U")
    if closed in _OF_ANY_CASE:
        return closed
    return "p" if lower.endswith(("’s", "'s")) else "U"


# A capitalised word of another class is taken for a name.
_OF_ANY_CASE = frozenset("PZQDqXMbRIyTAOYHWGha")


def _by_ending(word: str) -> str:
    if word.endswith(("’s", "'s")):
        return "p"
    if word.endswith("ly"):
        return "R"
    if word.endswith("ing") and len(word) > 4:
        return "g"
    if word.endswith("ed") and len(word) > 4:
        return "e"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return "S"
    return "N"


@functools.cache
def _known() -> dict[str, str]:
    """The class of every listed word, lower case."""
    lexicon = read_lexicon("clause_words")
    known: dict[str, str] = {}
    for stem in lexicon["verbs"]["nouns"].split():
        known |= {stem: "c", _third_person(stem): "w"}
    for entry in lexicon["verbs"]["plain"].split():
        stem = entry.rstrip("_")
        base, third = ("c", "w") if entry.endswith("_") else ("B", "v")
        known |= {stem: base, _third_person(stem): third}
    for name, tag in (("participle", "n"), ("either", "k"), ("finite", "K")):
        known |= dict.fromkeys(lexicon["past"][name].split(), tag)
    for tag, words in lexicon["classes"].items():
        known |= dict.fromkeys(words.split(), tag)
    return known


def _third_person(stem: str) -> str:
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return stem[:-1] + "ies"
    return stem + ("es" if stem.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
