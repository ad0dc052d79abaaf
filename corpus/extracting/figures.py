"""Figures: every number that counts or measures something, from its comparator to the noun that it counts."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.extracting.counted import Counted, counted_after
from corpus.extracting.nonfigures import is_no_figure
from corpus.extracting.numbers import Number, number_pattern, read_number
from corpus.extracting.vocabulary import NUMBER, marked_with
from corpus.extracting.wordlists import alternatives, phrases, read_lexicon
from corpus.extracting.words import Part, Words
from corpus.text.spans import Bounds, Span

_NUMBER = marked_with(NUMBER)
_BEFORE = 40
_LONGEST_NUMBER = 300
_MOST_DIGITS = 24
_RANGE = re.compile(r"\s?([-–—‑]|to|and)\s?(?=[$€£]?\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s[$€£]?$", re.IGNORECASE)
_RANGE_START = re.compile(r"\b(?:between|from)\s$", re.IGNORECASE)
_OPENING = "(“‘\"'"
_ARTICLES = ("a", "an", "the")
_CURRENCY_SIGN = re.compile(r"[$€£¥₪₹₽₺]\s?$")


class FoundFigure(NamedTuple):
    """A figure of a text. `value` is None for ranges and for "dozens"; `low` and `high` are the bounds, if there are.

    `unit` is normalised ("people", "km", "USD per day"), `counted` the text's own words for what is counted.
    """

    span: Span
    value: float | None
    low: float | None
    high: float | None
    comparator: str
    unit: str | None
    counted: str | None


class _Before(NamedTuple):
    """What stands before a number: where it begins, the comparator, the currency."""

    start: int
    comparator: str | None
    currency: str | None


def find_figures(words: Words, start: int, end: int, language: str = "en") -> list[FoundFigure]:
    """The figures of a text from `start` to `end`, in text order; one may hold another ("86 of the town’s 155 homes").

    `language` says which mark divides the decimals; number words are read as English ones.
    """
    part = words.part(start, end)
    found: list[FoundFigure] = []
    if not _NUMBER.search(part.marks):
        return found
    done = start
    for match in _matches(part, start, end):
        if match.start() < done or not _is_whole(words.text, match, (start, end)):
            continue
        number = read_number(match, language)
        if is_no_figure(words.text, number, (start, end)):
            continue
        figure, done = _figure(words, number, (start, end), language)
        if figure:
            found.append(figure)
    return found


def _matches(part: Part, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where numbers stand; only words that may hold one are read."""
    pattern = number_pattern()
    at = start
    for mark in _NUMBER.finditer(part.marks):
        place = mark.start()
        at, stop = max(at, part.start(place)), part.end(place)
        while at < stop:
            match = pattern.search(part.text, at, min(end, stop + _LONGEST_NUMBER))
            if not match or match.start() >= stop:
                break
            yield match
            at = match.end()


def _is_whole(text: str, match: re.Match[str], span: Bounds) -> bool:
    """Whether the match is no part of a word, a date, a version or a score."""
    start, end = match.span()
    before = text[start - 1] if start > span[0] else " "
    after = text[end] if end < span[1] else " "
    if before.isalnum() or after.isalpha() or before == "_" or (match["digits"] and end - start > _MOST_DIGITS):
        return False
    if after in "-–" and match["digits"] and text[end + 1 : end + 2].isdigit():
        upper = number_pattern().match(text, end + 1, span[1])
        return upper is not None and _ascends(match[0], upper[0])
    if before in "-‑–/.:,’'#@+" and start - 1 > span[0] and text[start - 2].isalnum():
        return before in "–," and not match["digits"]
    return not (after in "/:.," and end + 1 < span[1] and text[end + 1].isdigit())


def _ascends(low: str, high: str) -> bool:
    """Whether digits before and after a dash can be bounds."""
    return (len(low), low) < (len(high), high)


def _figure(words: Words, number: Number, span: Bounds, language: str) -> tuple[FoundFigure | None, int]:
    """The figure that a number makes, if it makes one, and where to read on."""
    text = words.text
    before = _read_before(text, number.start, span[0])
    second = _upper_bound(text, number, span, language)
    if second:
        after = counted_after(words, second, span[1], before.currency)
        return _range(text, before, number, second, after, span[0]), second.end
    after = counted_after(words, number, span[1], before.currency)
    comparator = after.comparator or before.comparator or "exact"
    if after.is_bare and number.is_word and number.value is not None and comparator == "exact":
        return None, number.end
    if number.value is None:
        comparator = "about"
    low, high = _bounds(number.value, comparator)
    covered = Span(before.start, after.end)
    return FoundFigure(covered, number.value, low, high, comparator, after.unit, after.noun), number.end


def _range(text: str, before: _Before, first: Number, second: Number, after: Counted, least: int) -> FoundFigure:
    start = before.start
    if match := _RANGE_START.search(text[max(least, start - 9) : start]):
        start -= len(match[0])
    high = second.value or 0.0
    low = min(_lower_value(first, second, text), high)
    return FoundFigure(Span(start, after.end), None, low, high, "range", after.unit, after.noun)


def _bounds(value: float | None, comparator: str) -> tuple[float | None, float | None]:
    low = value if comparator in ("exact", "at_least", "more_than") else None
    return low, value if comparator in ("exact", "at_most", "less_than") else None


def _lower_value(first: Number, second: Number, text: str) -> float:
    """The lower bound, with the scale of the upper one where it has none ("5 to 7 million")."""
    value = first.value or 0.0
    words = text[second.start : second.end].split()
    scale = float(read_lexicon("numbers")["scales"].get(words[-1].lower(), 1.0))
    return value * scale if value < scale <= (second.value or 0.0) else value


def _upper_bound(text: str, first: Number, span: Bounds, language: str) -> Number | None:
    """The upper bound of a range, if the number is the lower one."""
    joined = _RANGE.match(text, first.end, span[1])
    if not joined or first.value is None:
        return None
    if joined[1].lower() == "and" and not _BETWEEN.search(text[max(span[0], first.start - 12) : first.start]):
        return None
    at = joined.end() + (text[joined.end()] in "$€£")
    match = number_pattern().match(text, at, span[1])
    if not match or match["vague"] or match["half"] or text[match.end() : match.end() + 1].isalnum():
        return None
    second = read_number(match, language)
    return second if second.value is not None and second.value > first.value else None


def _read_before(text: str, start: int, least: int) -> _Before:
    """The comparators and the currency that stand right before a number."""
    currency = None
    if match := _CURRENCY_SIGN.search(text, max(least, start - 2), start) and _currency().search(
        text[max(least, start - 4) : start]
    ):
        currency = str(read_lexicon("numbers")["currencies"][match[1]])
        start -= len(match[0])
    comparator = None
    for _ in range(3):
        found = _comparator_before(text, start, least)
        if not found:
            break
        comparator = found[1] if comparator in (None, "about") else comparator
        start = found[0]
    if text[max(least, start - 5) : start].lower() == "many ":
        start -= 5
    return _Before(start, comparator, currency)


def _comparator_before(text: str, start: int, least: int) -> tuple[int, str] | None:
    """Where the comparator right before `start` begins, and its kind; an article may stand between them."""
    begin = max(least, start - _BEFORE)
    window = text[begin:start].lower().rstrip()
    *rest, last = window.rsplit(None, 1) or ("",)
    if rest and last in _ARTICLES:
        window = rest[0].rstrip()
        last = window.rsplit(None, 1)[-1]
    if last.lstrip(_OPENING) not in _last_words():
        return None
    words = window.split()
    for size in range(min(4, len(words)), 0, -1):
        phrase = " ".join(words[-size:]).lstrip(_OPENING)
        at = window.rfind(phrase)
        if at >= 0 and (kind := _comparator_kinds().get(phrase)):
            return begin + at, kind
    return None


@functools.cache
def _last_words() -> frozenset[str]:
    return frozenset(phrase.split()[-1] for phrase in _comparator_kinds())


@functools.cache
def _comparator_kinds() -> dict[str, str]:
    listed = read_lexicon("numbers")["comparators"]
    return {phrase: kind for kind, words in listed.items() for phrase in phrases(words)}


@functools.cache
def _currency() -> re.Pattern[str]:
    return re.compile(rf"({alternatives(read_lexicon('numbers')['currencies'])})\s?$")
