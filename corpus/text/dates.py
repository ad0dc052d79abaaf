"""Dates as the texts and the registers give them, kept at the precision they have."""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass

from corpus.text.published import read_published

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class InvalidDateError(ValueError):
    """The words are no date in the Extended Date/Time Format (EDTF)."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """A date in EDTF (`2024-01`, `2023-10-23/2023-10-24`) with its first and last day."""

    edtf: str
    first: datetime.date
    last: datetime.date


@functools.lru_cache(maxsize=4096)
def parse_edtf(words: str) -> DateRange:
    """Read an EDTF date or interval. Raises `InvalidDateError` where it is none, or runs backwards."""
    if _is_day(words):
        day = datetime.date.fromisoformat(words)
        return DateRange(words, day, day)
    if ".." in words or words.startswith("/") or words.endswith("/"):
        raise InvalidDateError(words)  # open ends have no last day, the library invents one
    import edtf  # a tenth of a second to import, some milliseconds for each date

    try:
        parsed = edtf.parse_edtf(words)
        first = datetime.date(*parsed.lower_strict()[:3])
        last = datetime.date(*parsed.upper_strict()[:3])
    except (edtf.EDTFParseException, ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise InvalidDateError(words) from error
    if last < first or words != words.strip():
        raise InvalidDateError(words)
    return DateRange(words, first, last)


def read_date(words: str) -> str | None:
    """The EDTF form of words that are wholly a date, in any language `corpus.text.published` reads.

    The precision stays: a month without a day gives `2024-01`. A day of the week, a time of day, a time zone and a
    label go with it and are dropped. None where the words are no date, an ambiguous one (`6/2/24`), one that
    contradicts itself, or one without a year; `read_published` tells these apart.
    """
    read = read_published(words)
    return read.edtf if read else None


def _is_day(words: str) -> bool:
    if not _DAY.fullmatch(words):
        return False
    try:
        datetime.date.fromisoformat(words)
    except ValueError:
        return False
    return True
