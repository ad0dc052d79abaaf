"""Dates of numbers alone: every calendar date that they can mean."""

from __future__ import annotations

import datetime
import re

from corpus.text.date_names import base_of, order

FIRST_YEAR, LAST_YEAR = 1600, 2199  # other calendars count otherwise: Buddhist 2567, Islamic 1445, Persian 1402
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:t?\d{6}z?)?", re.ASCII)
_STAMP = re.compile(r"\d{10}(?:\d{3})?", re.ASCII)
_LAST_SURE_STAMP = 2_000_000_000  # May 2033; telephone numbers with an area code begin here
_LAST_STAMP = 4_102_444_800  # 2100
_PIVOT = 69  # 69 to 99 are of the 20th century, 00 to 68 of the 21st, as POSIX has it
_OTHER_CALENDARS = frozenset("am ckb dz fa ja lo mzn ne ps th ti".split())  # two digits may be a year of another era


def iso_day(year: int, month: int, day: int) -> str | None:
    """The EDTF form of a day, None where the calendar has no such day."""
    try:
        return datetime.date(year, month, day).isoformat() if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def full_year(digits: str) -> int:
    """The year that two digits mean, by the century that POSIX gives them; four digits as they are."""
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= _PIVOT else 2000)


def read_compact(folded: str) -> tuple[str, ...] | None:
    """Year, month, day and the mark `年` of `20240105`, with or without a time of day; None for other words."""
    match = _COMPACT.fullmatch(folded)
    return (*match.groups(), "年") if match else None


def read_stamp(folded: str) -> tuple[str, bool] | None:
    """The day in UTC of a Unix time in seconds or milliseconds, and whether it is sure to be one."""
    if not _STAMP.fullmatch(folded):
        return None
    seconds = int(folded[:10])
    if not 10**9 <= seconds < _LAST_STAMP:
        return None
    day = datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    return day, len(folded) > 10 or seconds < _LAST_SURE_STAMP


def readings(parts: tuple[str, ...], language: str | None, day_first: bool | None) -> tuple[tuple[str, ...], bool]:
    """The days (or the month) that three numbers and their mark can mean, and whether the order of one is settled.

    Four digits first are the year, then month and day. Else the day and the month are in either order, and two digits
    first can also be the year: `25/03/24` can be of 2024 and of 2025, and `24. 1. 5.` a date or a number of a section.
    `day_first` settles the order, and says that the year is last; `language` does where its region has one order.
    What is said by `day_first` and does not fit is a doubt.
    """
    first, second, third, mark = parts
    if len(first) == 4:
        found = _year_first(first, second, third)
        return ((found,) if found else ()), True
    if len(third) == 3 or len(first) > 2:
        return (), True
    orders = _orders(first, second, third)
    days = tuple(sorted(set(orders.values())))
    if len(third) <= 2 and language and base_of(language) in _OTHER_CALENDARS:
        return days, False
    if day_first is not None:
        stated = "dmy" if day_first else "mdy"
        return ((orders[stated],), True) if stated in orders else (days, not days)
    local = order(language, mark) if language else None
    return ((orders[local],), True) if local in orders else (days, len(days) <= 1 < len(third))


def _orders(first: str, second: str, third: str) -> dict[str, str]:
    a, b = int(first), int(second)
    found: dict[str, str | None] = {}
    if len(third) > 1:
        found = {"dmy": iso_day(full_year(third), b, a), "mdy": iso_day(full_year(third), a, b)}
    if len(first) == 2 and len(third) <= 2:
        found["ymd"] = iso_day(full_year(first), b, int(third))
    return {name: day for name, day in found.items() if day is not None}


def _year_first(year: str, month: str, day: str) -> str | None:
    if day == "":
        return year_month(int(year), int(month))
    return iso_day(int(year), int(month), int(day)) if len(day) <= 2 else None


def year_month(year: int, month: int) -> str | None:
    """The EDTF form of a month, None where the year has no such month."""
    return f"{year}-{month:02}" if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 else None
