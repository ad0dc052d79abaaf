"""Where in a line a date stands. What day it is, `corpus.text.dates` says.

Names of months and days in English, French, German, Spanish, Italian, Portuguese, Dutch and Turkish,
of months also in Russian and Arabic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text.dates import read_date

LONGEST_HEADER_LINE = 300
"""Code points; longer lines hold no header, and are never searched for a date."""

_MONTHS = frozenset(
    """
january jan february feb march mar april apr may june jun july jul august aug september sept sep october oct
november nov december dec
janvier janv février fevrier févr fevr fév mars avril avr mai juin juillet juil août aout septembre octobre novembre
décembre decembre déc
januar jänner februar märz mrz maerz juni juli oktober okt dezember dez
enero ene febrero marzo abril abr mayo junio julio agosto ago septiembre setiembre octubre noviembre diciembre dic
gennaio gen febbraio aprile maggio mag giugno giu luglio lug settembre set ottobre ott dicembre
janeiro fevereiro fev março maio junho julho setembro outubro out novembro dezembro
januari februari maart mrt mei augustus
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
يناير فبراير مارس أبريل ابريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
""".split()
)
_WEEKDAYS = frozenset(
    """
monday mon tuesday tues tue wednesday wed thursday thurs thur thu friday fri saturday sat sunday sun
lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonnabend
sonntag mo di mi do fr sa so lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì
venerdì sabato domenica segunda terça quarta quinta sexta maandag dinsdag woensdag
donderdag vrijdag zaterdag zondag
""".split()
)

_WORD = r"[^\W\d_]{2,12}"
_MONTH = rf"(?P<month>{_WORD})\b\.?"
_YEAR = r"(?:1[6-9]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"(?:st|nd|rd|th|er|\.|º|°|ª)?"
_OF = r"(?:de |del |of |d['’]|den )?"
_DAYS = (
    rf"{_MONTH} ?{_DAY}{_ORDINAL}(?:,? | ?, ?){_YEAR}",
    rf"{_DAY}{_ORDINAL}[ -]{_OF}{_MONTH}(?:,? |-){_OF}{_YEAR}",
    rf"{_YEAR}(?P<mark>[-/.])(?:0?[1-9]|1[0-2])(?P=mark){_DAY}",
    rf"{_DAY}(?P<mark>[/.-]){_DAY}(?P=mark)(?:{_YEAR}|\d\d)(?!\d)",
    rf"{_YEAR},? {_MONTH} {_DAY}",
    r"\d{4}年\d{1,2}月\d{1,2}日",
)
_WHOLE_MONTHS = (rf"{_MONTH},? {_OF}{_YEAR}",)
_WITHOUT_YEAR = (rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?(?![\d:])", rf"{_DAY}{_ORDINAL} {_OF}{_MONTH}")
_SHAPES = tuple(
    (re.compile(rf"(?<![\w.-])(?:{core})(?!\d|[^\W_T])", re.IGNORECASE), precision)
    for precision, cores in (("day", _DAYS), ("month", _WHOLE_MONTHS), ("no year", _WITHOUT_YEAR))
    for core in cores
)
_CLOCK = r"\d{1,2}(?:[:.h]\d\d(?:[:.]\d\d)?(?:\.\d{1,6})?(?: ?[ap]\.?m\b\.?)?|h| ?[ap]\.?m\b\.?| uhr)"
_ZONE = r"(?: ?\(?(?:(?:gmt|utc)(?: ?[+-]\d{1,2}(?::?\d\d)?)?|z|[a-z]{1,4}t|uhr|[ecmp]s?t|[+-]\d\d:?\d\d)\b\)?)"
TIME = rf"{_CLOCK}{_ZONE}?"
_BEFORE = re.compile(rf"(?<!\w)(?P<weekday>{_WORD})(?:-feira)?\.?,? (?:the |den |le )?$", re.IGNORECASE)
_WEEKDAY_AFTER = re.compile(rf",? \(?(?P<weekday>{_WORD})\b\)?", re.IGNORECASE)
_TIME_AFTER = re.compile(rf"(?:,? (?:at |à |um |a las |[-–|@] ?)?|t){TIME}(?!\w)", re.IGNORECASE)
_DATED = re.compile(r"\d(?:\d\d\d|[./-]\d)|\d年")
_WORDS = re.compile(r"[^\W\d_]+")
_LONGEST_WEEKDAY = 24


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date in a line: `start`, `end` in code points, weekday and time included.

    `core`: the words of the day alone; `precision`: `day`, `month` or `no year`.
    """

    start: int
    end: int
    words: str
    core: str
    precision: str

    @property
    def edtf(self) -> str | None:
        """The date in EDTF, None where the words cannot be read as one."""
        return read_date(self.core) or read_date(self.words)


def find_dates(line: str) -> list[DateWords]:
    """The dates in a line, in order; days are looked for first, then months, then days without a year."""
    if not _may_hold_date(line):
        return []
    found: list[DateWords] = []
    for shape, precision in _SHAPES:
        for date in _of_shape(line, shape, precision):
            if all(date.end <= other.start or other.end <= date.start for other in found):
                found.append(date)
    return sorted(found, key=lambda date: date.start)


def _may_hold_date(line: str) -> bool:
    """A look that costs little, as most lines hold none."""
    if len(line) > LONGEST_HEADER_LINE or not any(mark.isdigit() for mark in line):
        return False
    return bool(_DATED.search(line)) or not _MONTHS.isdisjoint(map(str.lower, _WORDS.findall(line)))


def _of_shape(line: str, shape: re.Pattern[str], precision: str) -> Iterator[DateWords]:
    for match in shape.finditer(line):
        if "month" in shape.groupindex and match["month"].lower() not in _MONTHS:
            continue
        start, end = _start_with_weekday(line, match.start()), _end_with_time(line, match.end())
        yield DateWords(start, end, line[start:end], match[0], precision)


def _start_with_weekday(line: str, start: int) -> int:
    low = max(0, start - _LONGEST_WEEKDAY)
    match = _BEFORE.search(line[low:start])
    return low + match.start() if match and match["weekday"].lower() in _WEEKDAYS else start


def _end_with_time(line: str, end: int) -> int:
    weekday = _WEEKDAY_AFTER.match(line, end)
    if weekday and weekday["weekday"].lower() in _WEEKDAYS:
        end = weekday.end()
    time = _TIME_AFTER.match(line, end)
    return time.end() if time else end
