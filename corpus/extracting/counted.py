"""What a number counts: the unit or the noun after it."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from corpus.extracting.numbers import Number
from corpus.extracting.wordlists import any_case, phrases, read_lexicon
from corpus.extracting.words import Part, Words

_AFTER = 100
_MOST_WORDS = 7
_TIME = "day|week|month|year|hour|person|head|night|minute|second"
_PER = re.compile(rf"\s(?:per|a|an|each|every)\s({_TIME})\b|\s?/\s?({_TIME})\b")
_UNIT = re.compile(
    r"(?:[\s\u00a0]|-|[\s-]?(?=[%°]))?(square\s|cubic\s)?(per\scent\b|[^\W\d_]+[²³2]?(?:/h)?|%)(\spoints)?"
)
_HALF = re.compile(r"\s(?:of\s)?(?:(?:them|us|whom|which|this|that)\b|(?P<noun>(?:the|a|its|their)\s))")
_AND_NOUN = re.compile(r"\sand\s(\w+)")
_ENDS = frozenset("BXMKPZQDIyTAOYHWGhavb0.,;:?!()-s…")
_CLOSING = '”"’»'


class Counted(NamedTuple):
    """The words after a number: where they end, unit and noun, a comparator among them ("or more").

    `is_bare` where no words follow that the number could count.
    """

    end: int
    unit: str | None = None
    noun: str | None = None
    comparator: str | None = None
    is_bare: bool = False


def counted_after(words: Words, number: Number, limit: int, currency: str | None) -> Counted:
    """The unit or the counted noun after `number`, not beyond the code point `limit`."""
    text = words.text
    end, comparator = number.end, None
    limit = min(limit, end + _AFTER)
    if match := _trailing().match(text, end, limit):
        comparator, end = _kind(match), match.end()
    if currency:
        per = _PER.match(text, end, limit)
        unit = f"{currency} per {per[1] or per[2]}" if per else currency
        return Counted(per.end() if per else end, unit, None, comparator)
    if unit_found := _unit_after(text, end, limit):
        return _with_rest(text, *unit_found, comparator, limit)
    if number.is_word and text[number.start : number.end].lower() == "half":
        return _half(words, end, limit)
    return _noun_after(words, end, limit, comparator)


def _unit_after(text: str, end: int, limit: int) -> tuple[int, str] | None:
    match = _UNIT.match(text, end, limit)
    if not match:
        return None
    word = match[2].lower()
    unit = "percent" if word.startswith("per") and word.endswith("cent") else _units().get(word)
    if unit is None or (unit == "people" and not match[0][:1].isspace()):
        currency = read_lexicon("numbers")["currency_words"].get(word)
        return (match.end(2), currency) if currency else None
    if len(word) < 2 and word.isalpha() and match[2] not in ("m", "g"):
        return None
    if match[3] and unit == "percent":
        return match.end(), "percentage points"
    return match.end(2), f"{match[1].strip()} {unit}" if match[1] else unit


def _with_rest(text: str, end: int, unit: str, comparator: str | None, limit: int) -> Counted:
    """A unit, "or more" after it, and a noun of people that is coordinated ("soldiers and civilians")."""
    match = _trailing().match(text, end, limit)
    if match and not match[1].startswith(("-", "some", "odd")):
        return Counted(match.end(), unit, None, _kind(match))
    following = _AND_NOUN.match(text, end, limit)
    if unit == "people" and following and _units().get(following[1]) == unit:
        end = following.end()
    return Counted(end, unit, None, comparator)


def _half(words: Words, end: int, limit: int) -> Counted:
    match = _HALF.match(words.text, end, limit)
    if not match:
        return Counted(end, "percent")
    if match["noun"]:
        after = _noun_after(words, match.end() - 1, limit, None)
        return Counted(after.end, "percent", after.noun)
    return Counted(match.end(), "percent")


def _noun_after(words: Words, end: int, limit: int, comparator: str | None) -> Counted:
    text, part = words.text, words.part(end, limit)
    tags = part.tags
    if not tags:
        return Counted(end, comparator=comparator, is_bare=True)
    if text[end] in "-‑" and len(tags) > 1:
        return _compound(text, part, comparator)
    first = 0
    if part.word(0) == "of" and len(tags) > 1:
        if _word(text, part, 1) in ("whom", "which", "them", "us"):
            return Counted(part.end(1), "people", None, comparator)
        first = 2 if tags[1] in "DpqQ" else 1
    last = _last_noun(text, part, first, is_single=text[max(0, end - 3) : end].lower() == "one")
    if last < 0:
        return Counted(end, comparator=comparator, is_bare=tags[0] in '.,;:?!a)"-')
    return _noun_phrase(text, part, first, _coordinated(text, part, last), comparator)


def _noun_phrase(text: str, part: Part, first: int, last: int, comparator: str | None) -> Counted:
    start, end = part.start(first), part.end(last)
    noun = text[start:end]
    if text[end : end + 1] in tuple(_CLOSING) and any(mark in text[part.start(0) : end] for mark in '“"'):
        end += 1
    return Counted(end, _unit_of(_word(text, part, last)), noun, comparator)


def _unit_of(word: str) -> str:
    """The unit for a counted noun: a plural name ("Icelanders") is one of people, others are their own unit."""
    unit = _units().get(word.lower()) or read_lexicon("numbers")["currency_words"].get(word.lower())
    return unit or ("people" if word[:1].isupper() and word.endswith("s") else word.lower())


def _last_noun(text: str, part: Part, first: int, *, is_single: bool) -> int:
    """The place of the last word of the noun phrase that begins at `first`; -1 where none begins there."""
    last = -1
    for at in range(first, min(len(part.tags), first + _MOST_WORDS)):
        tag = _noun_tag(text, part, at, first)
        if tag in _ENDS or (last >= 0 and _begins_anew(text, part, last, tag, is_single=is_single)):
            break
        if tag != '"':
            last = at
        if tag in "Sw" and not _goes_on(text, part, at + 1):
            break
    return last


def _noun_tag(text: str, part: Part, at: int, first: int) -> str:
    """The class of a word inside a noun phrase: verbs that are nouns of people, too, and numbers in names are nouns."""
    tag = part.tags[at]
    if tag in "vB" and _word(text, part, at) in _units():
        return "S"
    if tag == "0" and (text[part.start(at)].isalpha() or (first and at <= first + 1)):
        return "N"
    return tag


def _begins_anew(text: str, part: Part, last: int, tag: str, *, is_single: bool) -> bool:
    """Whether a word after the noun at `last` begins another phrase: a participle, or a name after a plain noun."""
    before = part.tags[last]
    if tag == "U":
        return before in "Sw" or (is_single and before == "N")
    return tag in "gek" and (before in "Sw" or (before == "U" and text[part.end(last) - 1] == "s"))


def _goes_on(text: str, part: Part, at: int) -> bool:
    """Whether the noun phrase goes on after a word in -s: it was a name before its noun."""
    return text[part.start(at - 1)].isupper() and part.tags[at : at + 1] in tuple("NSw")


def _coordinated(text: str, part: Part, last: int) -> int:
    """The last word of "soldiers and civilians", where the first one is plural and the second ends the phrase."""
    tags = part.tags
    if _units().get(_word(text, part, last), "people") != "people":
        return last
    if tags[last : last + 3] in ("SAS", "SAw", "wAS") and tags[last + 3 : last + 4] not in tuple("NSwU"):
        return last + 2
    return last


def _compound(text: str, part: Part, comparator: str | None) -> Counted:
    """A number joined to its unit by a hyphen ("20-hour", "two-sided")."""
    noun = _word(text, part, 1).split("-")[0].lower()
    end = part.start(1) + len(noun)
    unit = _units().get(noun)
    return Counted(end, unit or noun + "s", None if unit else noun, comparator)


def _word(text: str, part: Part, at: int) -> str:
    """A word as the text writes it."""
    return text[part.start(at) : part.end(at)]


def _kind(match: re.Match[str]) -> str:
    return _trailing_kinds()[" ".join(match[1].lower().split())]


@functools.cache
def _units() -> dict[str, str]:
    return {word: unit for unit, words in read_lexicon("numbers")["units"].items() for word in words.split()}


@functools.cache
def _trailing_kinds() -> dict[str, str]:
    listed = read_lexicon("numbers")["trailing"]
    return {phrase: kind for kind, words in listed.items() for phrase in phrases(words)}


@functools.cache
def _trailing() -> re.Pattern[str]:
    return re.compile(rf"\s?({any_case(_trailing_kinds())})(?!\w)")
