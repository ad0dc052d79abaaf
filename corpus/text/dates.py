"""Dates as the texts and the registers give them, kept at the precision they have."""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_MONTH} (?P<day>\d{{1,2}}),? {_YEAR}",
        rf"(?P<day>\d{{1,2}}) {_MONTH},? {_YEAR}",
        rf"{_MONTH},? {_YEAR}",
    )
)


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
    """The EDTF form of an English calendar date (`January 24, 2024`, `January 2024`), None if it is none.

    The precision stays: a month without a day gives `2024-01`.
    """
    if _is_day(words):
        return words
    for shape in _SHAPES:
        if match := shape.fullmatch(words.strip()):
            return _edtf(match)
    return None


def _edtf(match: re.Match[str]) -> str | None:
    name = match["month"].lower()
    months = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name) or name == "sept"]
    if len(months) != 1 and name != "sept":
        return None
    month = 9 if name == "sept" else months[0]
    edtf = f"{match['year']}-{month:02}"
    day = match.groupdict().get("day")
    if day is None:
        return edtf
    edtf = f"{edtf}-{int(day):02}"
    return edtf if _is_day(edtf) else None


def _is_day(words: str) -> bool:
    if not _DAY.fullmatch(words):
        return False
    try:
        datetime.date.fromisoformat(words)
    except ValueError:
        return False
    return True
