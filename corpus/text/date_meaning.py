"""What the parts of a written date mean: a day, a month, a year, a season, or an interval of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from corpus.text.date_grammar import Parts
from corpus.text.date_names import Name
from corpus.text.date_numbers import full_year, iso_day, readings, year_month

_SINGLE = frozenset("MDY DMY YMD YDM MY YM Y SY YS".split())
_SINGLE_WITH_MARKS = frozenset("D-M-Y D/M/Y M-D-Y M/D/Y Y-M-D Y/M/D D-MY M-Y M/Y Y-M Y/M".split())
_TWO_DIGIT_YEAR = frozenset("DMD D-M-D D/M/D MDD".split())
_NUMERIC_MONTH = frozenset("Y-D Y/D D/Y D-Y".split())
_INTERVALS = frozenset("MD:DY D:DMY MD:MDY DM:DMY MDY:MDY DMY:DMY YMD:YMD M:MY MY:MY".split())
_INCOMPLETE = re.compile(r"[MD/>-]{2,9}")
_YEARS_OF_A_SPAN = range(2001, 2012)  # `2008-09` is a month, or a span of two years
_DAY_OF_EDTF = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Meaning:
    """`readings`: every date in EDTF that parts can mean, none where they lack the year. `is_settled`: one is meant."""

    readings: tuple[str, ...]
    is_settled: bool


@dataclass(frozen=True, slots=True)
class _Point:
    """One end of an interval, or a date: the year, the month and the day as far as they are said."""

    year: int | None
    months: tuple[int, ...]
    day: int | None

    def edtf(self, year: int, month: int) -> str | None:
        return year_month(year, month) if self.day is None else iso_day(year, month, self.day)


def meaning(parts: Parts, language: str | None, day_first: bool | None) -> Meaning | None:
    """What parts mean, None where they are no date, or one that no calendar has."""
    found = _meaning(parts, language, day_first)
    if found is None or not found.readings:
        return found
    is_day = all(_DAY_OF_EDTF.match(reading) for reading in found.readings)
    if not is_day and (parts.has_time or parts.weekdays):
        return None  # a time of day without a day: the rest is no date
    return _approximate(_on_weekdays(found, parts), parts)


def _meaning(parts: Parts, language: str | None, day_first: bool | None) -> Meaning | None:
    letters, values = parts.letters, parts.values
    if letters == "X":
        return _some(*readings(_numbers(values[0]), language, day_first))
    if letters in ("X-X", "X/X", "X>X"):
        return _numeric_interval(values, language, day_first)
    if letters in _SINGLE or letters in _SINGLE_WITH_MARKS:
        return _single(letters, values)
    if letters in _TWO_DIGIT_YEAR:
        return _two_digit_year(letters, values, parts.is_english)
    if letters in _NUMERIC_MONTH:
        return _numeric_month(letters, values)
    if letters.startswith("SY") and len(letters) == 4:
        return _long_winter(values)
    if (halves := re.fullmatch(r"([A-Z]+)[-/>]([A-Z]+)", letters)) and ":".join(halves.groups()) in _INTERVALS:
        return _interval(halves[1], halves[2], values)
    is_incomplete = _INCOMPLETE.fullmatch(letters) and "M" in letters and "D" in letters
    return Meaning((), is_settled=False) if is_incomplete else None


def _some(found: tuple[str, ...], is_settled: bool) -> Meaning | None:
    return Meaning(found, is_settled) if found else None


def _numbers(value: object) -> tuple[str, ...]:
    assert isinstance(value, tuple)
    return value


def _point(letters: str, values: Sequence[object]) -> _Point:
    year: int | None = None
    day: int | None = None
    months: tuple[int, ...] = ()
    for letter, value in zip((letter for letter in letters if letter.isalpha()), values, strict=True):
        if letter == "M" and isinstance(value, Name):
            months = tuple(sorted(value.months))
        elif letter == "D":
            day = int(str(value))
        elif letter == "Y":
            year = int(str(value))
    return _Point(year, months, day)


def _single(letters: str, values: Sequence[object]) -> Meaning | None:
    if "S" in letters:
        season, year = values if letters == "SY" else reversed(values)
        return Meaning((f"{year}-{season}",), is_settled=True)
    point = _point(letters, values)
    assert point.year is not None
    if not point.months:
        return Meaning((str(point.year),), is_settled=True)
    found = tuple(edtf for month in point.months if (edtf := point.edtf(point.year, month)))
    return _some(found, len(found) == 1)


def _two_digit_year(letters: str, values: Sequence[object], is_english: bool) -> Meaning | None:
    """`5-Jan-24`: the order of English dates; in other languages the year may come first. `Jan 5 24` may be an hour."""
    *_, year = values
    first = values[0] if letters.startswith("D") else values[1]
    month = values[1] if letters.startswith("D") else values[0]
    if len(str(year)) != 2 or not isinstance(month, Name):
        return None
    days = (iso_day(full_year(str(year)), number, int(str(first))) for number in sorted(month.months))
    found = tuple(day for day in days if day)
    is_plain = letters.startswith("D") or int(str(year)) > 31
    return _some(found, is_english and is_plain and len(found) == 1)


def _numeric_month(letters: str, values: Sequence[object]) -> Meaning | None:
    """`2024-03` and `03/2024`; `3/2024` can be a number of an issue, `2008-09` a span of years."""
    year, digits = values if letters.startswith("Y") else reversed(values)
    assert isinstance(year, int)
    if len(str(digits)) == 1 and "-" in letters:
        return None
    found = year_month(year, int(str(digits)))
    if found is None:
        return None
    if letters == "Y-D" and year + 1 in _YEARS_OF_A_SPAN and int(str(digits)) == (year + 1) % 100:
        return Meaning((found, f"{year}/{year + 1}"), is_settled=False)
    return Meaning((found,), is_settled=len(str(digits)) == 2 or letters == "Y/D")


def _long_winter(values: Sequence[object]) -> Meaning | None:
    """`Winter 2023/24`: a season of two years, for which EDTF has no code."""
    season, year, last = values
    assert isinstance(year, int)
    if str(last) not in (str(year + 1), f"{(year + 1) % 100:02}"):
        return None
    return Meaning((f"{year}-{season}", f"{year + 1}-{season}"), is_settled=False)


def _interval(left: str, right: str, values: Sequence[object]) -> Meaning | None:
    first, last = _point(left, values[: len(left)]), _point(right, values[len(left) :])
    assert last.year is not None
    months = list(product(first.months, last.months)) or [(month, month) for month in first.months or last.months]
    forwards = list(_spans(first, last, months, first.year or last.year))
    if forwards or first.year is not None:
        return _some(tuple(forwards), len(forwards) == 1)
    return _some(tuple(_spans(first, last, months, last.year - 1)), is_settled=False)  # `December 30 - January 2, 2024`


def _spans(first: _Point, last: _Point, months: list[tuple[int, int]], year: int) -> Iterator[str]:
    assert last.year is not None
    for month, last_month in months:
        span = _span(first.edtf(year, month), last.edtf(last.year, last_month))
        if span is not None:
            yield span


def _span(first: str | None, last: str | None) -> str | None:
    if first is None or last is None or len(first) != len(last) or first > last:
        return None
    return first if first == last else f"{first}/{last}"


def _numeric_interval(values: Sequence[object], language: str | None, day_first: bool | None) -> Meaning | None:
    firsts, is_first_settled = readings(_numbers(values[0]), language, day_first)
    lasts, is_last_settled = readings(_numbers(values[1]), language, day_first)
    spans = tuple(span for first, last in product(firsts, lasts) if (span := _span(first, last)))
    return _some(spans, is_first_settled and is_last_settled)


def _on_weekdays(found: Meaning, parts: Parts) -> Meaning:
    """The reading that falls on the stated day of the week; where none does, the date or the day is wrong: a doubt."""
    if not parts.weekdays:
        return found
    fitting = tuple(reading for reading in found.readings if _fits(reading, parts.weekdays))
    if not fitting:
        return Meaning(found.readings, is_settled=False)
    if len(found.readings) == 1:
        return found
    return Meaning(fitting, is_settled=len(fitting) == 1)


def _fits(reading: str, weekdays: Sequence[frozenset[int]]) -> bool:
    days = [datetime.date.fromisoformat(day).weekday() for day in reading.split("/")]
    if len(days) == len(weekdays):
        return all(day in names for day, names in zip(days, weekdays, strict=True))
    return all(any(day in names for day in days) for names in weekdays)


def _approximate(found: Meaning, parts: Parts) -> Meaning | None:
    if not parts.is_approximate:
        return found
    if any("/" in reading for reading in found.readings):
        return None
    return Meaning(tuple(f"{reading}~" for reading in found.readings), found.is_settled)
