"""Numbers that count and measure nothing: dates, years, ordinals, clock times, names, idioms."""

from __future__ import annotations

import functools
import re

from corpus.extracting.numbers import Number
from corpus.extracting.tags import tag_string
from corpus.extracting.wordlists import read_lexicon
from corpus.text.spans import Bounds

_REACH = 30
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_WORD = re.compile(r"[\w.’']+")
_NEXT = re.compile(r"[\s-]([\w.’']+)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_LIST_MARK = re.compile(r"[.)]\s[A-Z]")
_AGE = re.compile(r"[\s-]years?[\s-]old\b")
_PART_OF_DATE = re.compile(r"\d(?:st|nd|rd|th)?\s?[-–/]\s?$")
_BEFORE_YEAR = re.compile(r"(?:\w{3,9}\.? \d{1,2}|[a-z]), ?$")
_MONTH_AFTER = re.compile(r"\s?(?:de\s)?(\w+)")
_ONE_OF_OWN = re.compile(r"\sof\s(?:their|his|her|its|our|my|your|them|us)\b")
_HALF_OF = re.compile(r"\sof\b|\s(?:the|a|their|its)\s")
_SCORES = re.compile(r"\s(?:of|more)\b")
_PEOPLE = ("people", "men", "women", "children")


def is_no_figure(text: str, number: Number, span: Bounds) -> bool:
    """Whether the number is a date, a year, an ordinal, an age, a clock time, a name or an idiom."""
    before = text[max(span[0], number.start - _REACH) : number.start]
    after = text[number.end : min(span[1], number.end + _REACH)]
    words = _WORD.findall(before)
    last = words[-1] if words and before[-1:] in " \u00a0-“(‘" else ""
    following = _NEXT.match(after)
    next_word = following[1] if following else ""
    if number.is_word:
        return _is_idiom(text[number.start : number.end].lower(), last.lower(), next_word, after)
    return (
        _is_date(text, number, before, last, next_word)
        or bool(_ORDINAL.match(after) or _AGE.match(after) or last.lower() in ("aged", "age"))
        or (not before.strip() and _LIST_MARK.match(after) is not None)
        or before.endswith('="')
        or _is_name(before, last, next_word)
    )


def _is_date(text: str, number: Number, before: str, last: str, next_word: str) -> bool:
    months = _listed("months")
    following = next_word.lower().rstrip(".,")
    if following in months or (next_word == "de" and _month_follows(text, number.end)):
        return following != "may" or next_word == "May"
    if following in _listed("clock_after"):
        return True
    if last.lower().rstrip(".,") in months and last != "may":
        return True
    if _PART_OF_DATE.search(before) or (text[number.end : number.end + 1] in "/:" and _digit_at(text, number.end + 1)):
        return True
    return bool(_YEAR.fullmatch(text, number.start, number.end)) and _is_year(before, last, next_word)


def _is_year(before: str, last: str, next_word: str) -> bool:
    """Whether four digits are a year: after a preposition or a day, or not before what they would count."""
    if last.lower() in _listed("year_before") or not next_word or not next_word[0].islower():
        return True
    return bool(_BEFORE_YEAR.search(before)) or not (next_word.endswith("s") or next_word in _PEOPLE)


def _digit_at(text: str, at: int) -> bool:
    return text[at : at + 1].isdigit()


def _month_follows(text: str, end: int) -> bool:
    match = _MONTH_AFTER.match(text, end, end + 20)
    return bool(match and match[1].lower() in _listed("months"))


def _is_name(before: str, last: str, next_word: str) -> bool:
    """Whether the number is part of a name, or numbers a thing ("Channel 5", "page 3")."""
    if not last or before[-1:] not in " \u00a0":
        return False
    if last.lower().rstrip(".") in _listed("labels"):
        return True
    if not last[0].isupper() or before.rstrip()[: -len(last)].rstrip()[-1:] in ("", "."):
        return False
    counts = next_word[:1].islower() and tag_string(next_word)[:1] in tuple("NSwcge")
    return tag_string(last) == "U" and not counts


def _is_idiom(words: str, last: str, next_word: str, after: str) -> bool:
    """Whether number words stand for a pronoun or in a set phrase ("one another", "half the time")."""
    if words == "one":
        if _ONE_OF_OWN.match(after):
            return False
        if next_word.lower().rstrip(".") in _listed("one_after"):
            return True
        if last in _listed("one_before"):
            return last != "the"
        return not next_word or tag_string(next_word) in tuple("wvXMKRkB")
    if words == "half":
        return not _HALF_OF.match(after)
    return last in _listed("labels") or (words == "scores" and not _SCORES.match(after))


@functools.cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(read_lexicon("numbers")["not_figures"][name].split())
