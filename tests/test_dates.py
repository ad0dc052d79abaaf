"""Dates of publication as databases, digests and dumps write them."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text.dates import parse_edtf, read_date
from corpus.text.published import LONGEST_DATE, ReadDate, read_published

CASES = json.loads((Path(__file__).parent / "cases" / "dates.json").read_text("utf-8"))
LOCALES = (
    "ar_EG bg_BG ca_ES cs_CZ da_DK de_DE el_GR en_GB en_US es_MX et_EE fa_IR fi_FI fr_FR he_IL hi_IN hr_HR hu_HU id_ID "
    "it_IT ja_JP ko_KR lt_LT lv_LV nb_NO nl_NL pl_PL pt_BR ro_RO ru_RU sk_SK sl_SI sv_SE th_TH tr_TR uk_UA vi_VN zh_CN"
).split()
DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31))


@pytest.mark.parametrize(("words", "edtf"), CASES["settled"].items())
def test_dates_are_read(words: str, edtf: str) -> None:
    """Words that settle a date give it at their precision, in EDTF that the package reads; both readers agree."""
    read = read_published(words)

    assert read == ReadDate(edtf, is_ambiguous=False, readings=(edtf,))
    assert read_date(words) == edtf
    assert parse_edtf(edtf).edtf == edtf


@pytest.mark.parametrize(("words", "readings"), CASES["ambiguous"].items())
def test_ambiguous_dates_are_not_settled(words: str, readings: list[str]) -> None:
    """Words that can mean several dates, or contradict themselves, give every reading and no date."""
    assert read_published(words) == ReadDate(None, is_ambiguous=True, readings=tuple(readings))
    assert read_date(words) is None


@pytest.mark.parametrize("words", CASES["incomplete"])
def test_a_date_without_a_year_is_told_apart(words: str) -> None:
    """A day without a year is neither a date nor no date."""
    assert read_published(words) == ReadDate(None, is_ambiguous=False, readings=())
    assert read_date(words) is None


@pytest.mark.parametrize("words", CASES["none"])
def test_what_is_no_date_gives_none(words: str) -> None:
    """Other words with numbers, and days that no calendar has, are no dates."""
    assert read_published(words) is None


@pytest.mark.parametrize("case", CASES["told"], ids=lambda case: f"{case['words']} {case.get('language')}")
def test_what_the_caller_knows_settles(case: dict[str, Any]) -> None:
    """A region settles the order of a numeric date, a language the meaning of a name; what does not fit is a doubt."""
    read = read_published(case["words"], case.get("language"), case.get("day_first"))

    assert read is not None
    assert read.edtf == case["edtf"]
    assert read.is_ambiguous == (case["edtf"] is None)


@settings(max_examples=150, deadline=None)
@given(DAYS, st.sampled_from(LOCALES), st.sampled_from(("full", "long", "medium")))
def test_dates_of_all_languages_read_back(day: datetime.date, locale: str, width: Any) -> None:
    """A date as CLDR writes it in a language reads back to itself; without the language it is never another date."""
    words = format_date(day, width, locale=locale)

    assert read_published(words, locale) == ReadDate(day.isoformat(), is_ambiguous=False, readings=(day.isoformat(),))
    assert _never_another(read_published(words), day)


@settings(max_examples=150, deadline=None)
@given(DAYS, st.sampled_from(LOCALES))
def test_short_dates_are_never_another_date(day: datetime.date, locale: str) -> None:
    """A short date is read as the day it is, or left open with that day among the readings."""
    near = day.replace(year=1990 + day.year % 60, day=min(day.day, 28))  # two digits leave the century open

    assert _never_another(read_published(format_date(near, "short", locale=locale)), near)


def _never_another(read: ReadDate | None, day: datetime.date) -> bool:
    return read is not None and (
        read.edtf == day.isoformat() or (read.is_ambiguous and day.isoformat() in read.readings)
    )


SHAPES = (
    "%B %-d, %Y", "%b. %-d, %Y", "%b %-d, %Y", "%-d %B %Y", "%d %b %Y", "%A, %B %-d, %Y", "%A %d %B %Y", "%a %d %b %Y",
    "%B %-d, %Y, %A", "%B %-d, %Y %A %-I:%M %p EST", "%A, %B %-d, %Y at %-I:%M p.m. ET", "%-d %B %Y %H:%M GMT",
    "%a %d %b %Y %H.%M GMT", "%a, %d %b %Y %H:%M:%S +0000", "%d-%b-%Y", "%-d-%b-%y", "the %-dth of %B %Y", "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S+02:00", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.123456+0000", "%Y/%m/%d",
    "%Y%m%d", "%Y.%m.%d", "%Y%m%dT%H%M%SZ", "%Y%m%d%H%M%S", "Published: %b. %-d, %Y at 3:45 p.m.",
    "Updated 5:12 PM EDT, %a %B %-d, %Y", "Posted on %B %-d, %Y", "LOAD-DATE: %B %-d, %Y", "%a %b %d %H:%M:%S %Y",
    "%d.%m.%Y", "%d/%m/%Y", "%-m/%-d/%y", "%m/%d/%Y %-I:%M:%S %p", "%Y年%-m月%-d日",
)  # fmt: skip


def _written() -> list[tuple[str, datetime.date]]:
    days = [
        datetime.datetime(2023, 1, 5, 16, 30, tzinfo=datetime.UTC) + datetime.timedelta(days=97 * n) for n in range(13)
    ]
    found = [(day.strftime(shape), day.date()) for shape in SHAPES for day in days]
    for place in LOCALES:
        found += [(format_date(day, width, locale=place), day.date()) for day in days for width in ("full", "long")]
    return found


def test_most_dates_are_read_and_none_wrong() -> None:
    """Over the shapes of databases and languages all but one in twenty are read, none as another day.

    What is left is what nobody can tell without the place: 03/04/2024, 03.04.2024, the month that `listopad` is.
    """
    written = _written()
    read = [read_published(words) for words, _ in written]
    assert [words for (words, day), found in zip(written, read, strict=True) if not _never_another(found, day)] == []
    left = [words for (words, _), found in zip(written, read, strict=True) if found and found.edtf is None]
    assert [words for words in left if not set(words) <= set("0123456789/. :APM") and "listopada" not in words] == []
    assert len(left) <= 0.05 * len(written)


@given(st.text(max_size=60))
def test_any_words_are_read_or_not(words: str) -> None:
    """No words break the reader, and what it settles is EDTF."""
    read = read_published(words)

    assert read is None or all(parse_edtf(reading) for reading in read.readings)


@given(
    st.lists(st.sampled_from("5 12 24 2024 99 Jan mars - / . , : Fri to T Z 10:15 am the 日 年 月".split()), max_size=9)
)
def test_words_of_dates_in_any_order(pieces: list[str]) -> None:
    """Pieces of dates in any order give EDTF or none."""
    for words in ("".join(pieces), " ".join(pieces)):
        read = read_published(words)
        assert read is None or all(parse_edtf(reading) for reading in read.readings)


def test_english_dates_load_no_tables() -> None:
    """ISO and English dates, whatever stands with them, need neither babel nor another reader of dates."""
    words = ["2024-01-05", "Jan. 5, 2024", "Friday, January 5, 2024 at 4:30 p.m. ET", "20240105", "6/2/24"]
    code = (
        f"import sys; from corpus.text.dates import read_date; [read_date(w) for w in {words!r}]; print(*sys.modules)"
    )
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert not {"babel", "dateparser", "edtf"} & set(modules)


@pytest.mark.parametrize("unit", ["1-", "1 ", "listopad ", "1:1", "a.m. ", "٥", "2024年1", "(", "é" * 40])
def test_long_words_are_left_at_once(unit: str) -> None:
    """Words longer than any date are not looked into, and those of the longest take no time to notice."""
    read: Callable[[str], ReadDate | None] = read_published
    assert read(unit * 100_000) is None
    started = time.process_time()
    for number in range(100):
        read((unit * LONGEST_DATE)[: LONGEST_DATE - 3] + str(number))
    assert time.process_time() - started < 5
