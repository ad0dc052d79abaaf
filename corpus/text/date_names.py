"""Names of months and days of the week, and the order of a numeric date, in the world's languages.

English names are here, so that English dates need no table. All others are those of the Unicode Common Locale Data
Repository (CLDR), as the library `babel` gives them; its tables load at the first date that needs them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.text.date_tokens import words_of

if TYPE_CHECKING:
    from babel import Locale

# Languages with a daily press of their own. Not all of CLDR: names of three letters in some two hundred smaller
# languages mean other months (`jan` is June in Sesotho). A language that the caller states need not be among them.
_LANGUAGES = """
    af am ar ar_DZ ar_IQ ar_MA ar_MR ar_TN ar_SA az be bg bn bs ca cs cy da de de_AT el en en_AU en_CA eo es es_UY
    et eu fa fa_AF fi fil fr fr_CA ga gl gu he hi hr hu hy id is it it_CH ja ka kk km kn ko ky lo lt lv mk ml mn mr ms
    mt my nb ne nl nn or pa pl ps pt pt_PT ro ro_MD ru si sk sl sq sr sr_Latn sv sw ta te tg th tr uk ur uz vi yi zh
    zh_Hant
""".split()
_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MORE_WEEKDAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_LONGEST_TAG = 35
_LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Name:
    """What a word can mean: months from 1, days of the week from Monday, 0; neither for a part of the day (`PM`)."""

    months: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()


NamesByWords = Mapping[tuple[str, ...], Name]


def _english() -> Iterator[tuple[tuple[str, ...], Name]]:
    for number, name in enumerate(_MONTHS, 1):
        meaning = Name(months=frozenset((number,)))
        for length in (3, len(name)):
            yield (name[:length],), meaning
    yield ("sept",), Name(months=frozenset((9,)))
    for number, name in enumerate(_WEEKDAYS):
        meaning = Name(weekdays=frozenset((number,)))
        for length in (3, len(name)):
            yield (name[:length],), meaning
    for name, number in _MORE_WEEKDAYS.items():
        yield (name,), Name(weekdays=frozenset((number,)))


ENGLISH: NamesByWords = dict(_english())


@functools.lru_cache(maxsize=16)
def names(language: str | None) -> NamesByWords:
    """The names of a language (a tag such as `fr` or `fr-CA`), of all languages for None; empty where CLDR has none.

    Some tenths of a second for all languages, once; some milliseconds for one.
    """
    found: dict[tuple[str, ...], Name] = {}
    for locale in _locales(language):
        for word, name in _names_of(locale):
            if 0 < len(word) <= _LONGEST_NAME:
                known = found.get(word, Name())
                found[word] = Name(known.months | name.months, known.weekdays | name.weekdays)
    return found


def _locales(language: str | None) -> Iterator[Locale]:
    if language is None:
        tags: Iterable[str] = _LANGUAGES
    else:
        base = base_of(language)
        tags = [base, *(tag for tag in _LANGUAGES if tag.startswith(f"{base}_")), language]
    for tag in tags:
        if (locale := _locale(tag)) is not None:
            yield locale


def _names_of(locale: Locale) -> Iterator[tuple[tuple[str, ...], Name]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months.get(context, {}).get(width, {}).items():
                yield words_of(name), Name(months=frozenset((number,)))
            for number, name in locale.days.get(context, {}).get(width, {}).items():
                yield words_of(name), Name(weekdays=frozenset((number,)))
        for periods in locale.day_periods.get(context, {}).values():
            for period in ("am", "pm"):
                yield words_of(periods.get(period, "")), Name()


def base_of(language: str) -> str:
    """The language of a tag, without script and region."""
    return re.split("[-_]", language, maxsplit=1)[0].casefold()


@functools.lru_cache(maxsize=64)
def order(language: str, mark: str) -> str | None:
    """The order of day, month and year (`dmy`, `mdy`, `ymd`) in the numeric dates of a place, None where unsettled.

    A tag with a region (`en-GB`) has the order of its short dates in CLDR. Without one (`en`, `fr`) the order is open,
    but for dates with dots where every region of the language writes them with dots in one order (`de`, `ru`).
    """
    locale = _locale(language)
    if locale is None:
        return None
    if locale.territory:
        return _order(locale) if locale.territory.isalpha() else None
    if mark != ".":
        return None
    from babel.localedata import locale_identifiers

    regions = [_locale(tag) for tag in locale_identifiers() if tag.startswith(f"{locale.language}_")]
    orders = {_order(region) for region in regions if region}
    dotted = all("." in str(region.date_formats["short"].pattern) for region in (locale, *regions) if region)
    return orders.pop() if dotted and len(orders) == 1 else None


def _order(locale: Locale) -> str:
    pattern = re.sub("'[^']*'", "", str(locale.date_formats["short"].pattern)).casefold()
    return "".join(sorted("dmy", key=pattern.find))


def _locale(tag: str) -> Locale | None:
    """The locale of a tag, None where CLDR has none just so: one of another region would have another order."""
    if len(tag) > _LONGEST_TAG:
        return None
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return None
    asked = re.split("[-_]", tag)[1:]
    region = next((part.upper() for part in asked if len(part) == 2 or part.isdigit()), None)
    return locale if locale.territory == region else None
