"""Dates of publication as databases, digests and dumps write them, in EDTF at the precision they have.

A day of the week, a time of day, a time zone and labels (`Published:`, `Mis à jour le`) may stand with a date and are
dropped. The date is the date as written: no time zone moves it. Only a Unix time is no written date; it is taken in
UTC, and the day may be another where the text was published.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text.date_grammar import Parts, read_parts
from corpus.text.date_meaning import Meaning, meaning
from corpus.text.date_names import ENGLISH, NamesByWords, base_of, names
from corpus.text.date_numbers import iso_day, read_compact, read_stamp, readings, year_month
from corpus.text.date_tokens import Token, fold, tokens

LONGEST_DATE = 120  # code points
_MOST_TOKENS = 32
_LONGEST_TAG = 35
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:[Zz]|[+-]\d\d:?\d\d))?)?", re.ASCII
)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_ENGLISH = re.compile(
    rf"(?:({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? |(\d{{1,2}})(?:st|nd|rd|th)?[ -]({_MONTH})\.?(?:, | |-)"
    rf"|({_MONTH})\.?,? )((?:19|20)\d\d)",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date as read. `edtf`: the date, None where the words do not settle one; then a caller owes a finding.

    `is_ambiguous`: the words can mean several dates, or contradict themselves (a day of the week or a stated order
    that does not fit), or hold a number that may be no date. `readings`: every date they can mean, in EDTF; the date
    alone where it is settled. No date, not ambiguous, no readings: a day without a year (`23 October`).
    """

    edtf: str | None
    is_ambiguous: bool
    readings: tuple[str, ...]


INCOMPLETE = ReadDate(None, is_ambiguous=False, readings=())


def read_published(words: str, language: str | None = None, day_first: bool | None = None) -> ReadDate | None:
    """Read words that are wholly a date, at most `LONGEST_DATE` code points. None where they are no date.

    `language`: the tag of the language that the words are in (`fr`, `en-GB`). It settles which names are meant, and,
    where it has a region, whether 3/4/2024 is in March (CLDR); `en` alone does not. `day_first`: what the caller knows
    of that order; it comes before the language, and a date that does not fit it is ambiguous.

    Two-digit years are read where the order is plain and the year cannot be a day: 69 to 99 are of the 20th century,
    00 to 68 of the 21st. With two digits first, `25/3/24` can be 2024-03-25 and 2025-03-24, which is ambiguous;
    `2/25/24` and `25/12/99` are not. `5-Jan-24` is read as English writes it.
    """
    if not 4 <= len(words) <= LONGEST_DATE:
        return None
    tag = language if language and len(language) <= _LONGEST_TAG else None
    return _read(words, tag, day_first)


@functools.lru_cache(maxsize=4096)
def _read(words: str, language: str | None, day_first: bool | None) -> ReadDate | None:
    if match := _ISO.fullmatch(words):
        return _certain(iso_day(*map(int, match.groups())))
    if (language is None or base_of(language) == "en") and (match := _ENGLISH.fullmatch(words)):
        month_first, day, other_day, month_last, month_only, year = match.groups()
        name = ENGLISH.get(((month_first or month_last or month_only).lower(),))
        if name is not None:
            (month,) = name.months
            number = day or other_day
            return _certain(iso_day(int(year), month, int(number)) if number else year_month(int(year), month))
    return _read_folded(fold(words), language, day_first)


def _certain(edtf: str | None) -> ReadDate | None:
    return ReadDate(edtf, is_ambiguous=False, readings=(edtf,)) if edtf else None


def _read_folded(folded: str, language: str | None, day_first: bool | None) -> ReadDate | None:
    if stamp := read_stamp(folded):
        day, is_sure = stamp
        return _stated(Meaning((day,), is_sure))
    if compact := read_compact(folded):
        found, is_settled = readings(compact, None, None)
        return _stated(Meaning(found, is_settled)) if found else None
    parts = _parts(list(tokens(folded)), language)
    if parts is None:
        return None
    meant = meaning(parts, language, day_first)
    return _stated(meant) if meant else None


def _parts(found: list[Token], language: str | None) -> Parts | None:
    """The parts, with names of the language, else of English, else of all; None where a word has no meaning.

    Only names that the earlier ones lack load the later ones.
    """
    if len(found) > _MOST_TOKENS or not any(token.kind in ("number", "date") for token in found):
        return None
    for table in _tables(language):
        parts = read_parts(found, table)
        if "?" in parts.letters:
            return None
        if not parts.unknown:
            return parts
    return None


def _tables(language: str | None) -> Iterator[NamesByWords]:
    if language and base_of(language) != "en":
        yield names(language)  # first: `Jan` is June in Sesotho; English names that it lacks are known beside them
    yield {}
    yield names(None)


def _stated(meant: Meaning) -> ReadDate:
    if not meant.readings:
        return INCOMPLETE
    if meant.is_settled:
        return ReadDate(meant.readings[0], is_ambiguous=False, readings=meant.readings[:1])
    return ReadDate(None, is_ambiguous=True, readings=meant.readings)
