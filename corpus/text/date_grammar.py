"""The order of the parts of a date in words, and what each order means.

The parts are letters: D one or two digits, Y a year of four, M a month, W a day of the week, S a season, T a time of
day, X a date of numbers; with the marks `-`, `/` and `>` (`to`) between them. What only goes with a date is no part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.text.date_names import ENGLISH, Name, NamesByWords
from corpus.text.date_numbers import FIRST_YEAR, LAST_YEAR, read_compact
from corpus.text.date_tokens import Token, fold

_LONGEST_NAME = 5
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_APPROXIMATE = frozenset("c ca circa approximately approx about".split())
_ZONES = frozenset(
    """
    z et est edt ct cst cdt mt mst mdt pt pst pdt ast adt nst ndt hst akst akdt gmt utc bst ist idt wet west cet cest
    eet eest msk мск trt sast wat cat eat gst pkt jst kst hkt sgt wib aest aedt acst acdt awst nzst nzdt brt art clt cot
    eastern central pacific mountain atlantic standard daylight local greenwich mean time coordinated universal
    """.split()
)
# Words that go with a date of publication and say nothing of the day: of CLDR's patterns, and of databases' labels.
_FILLERS = frozenset(
    word
    for group in (
        "the of on in published publication posted post updated update modified created printed print issued issue",
        "released release date dated load time originally original online web added noon midnight timestamp",
        "le du de la a au publie publiee mis mise jour ligne modifie cree paru parue parution poste er",
        "el del los publicado publicada publicacion actualizado actualizada fecha em data atualizado",
        "atualizada publicacao postado il pubblicato pubblicata aggiornato pubblicazione",
        "am vom den der veroffentlicht veroffentlichung erschienen aktualisiert stand erstellt datum die op",
        "gepubliceerd bijgewerkt publicerad uppdaterad publiceret opdateret publisert oppdatert",
        "yayın yayınlanma yayım tarihi tarih güncelleme güncellendi eklenme günü opublikowano dnia r roku",
        "d m gada dia ko e do dne tanggal pada lia den la",
        "дата публикации опубликовано обновлено от в г года год році року р опубліковано оновлено ж оны",
        "في يوم تاريخ النشر نشر بتاريخ آخر تحديث تم م عام سنة انتشار سال مؤرخ",
        "יום ה ב תאריך פורסם עודכן בתאריך δημοσιευτηκε ที่ วันที่ ค ศ",
        "年 발행일 입력 수정 등록 发布时间 发布于 发布日期 发表于 更新时间 發布時間 公開日 更新日 掲載日 配信 日期",
        "时间 ngay nam",
    )
    for token in group.split()
    for word in (fold(token),)
)
# Only with a time of day: `5 January 2015 hrs` has no year.
_OF_TIME = frozenset(map(fold, "h hr hrs hs hora horas heure heures uhr uur ore o ч час godz น".split()))
_BEFORE_TIME = frozenset(
    map(fold, "at um om kl klockan klokken las as alle saat pukul luc στις الساعة ساعت בשעה שעה เวลา".split())
)
_BEFORE_LABEL = frozenset("first last".split())  # `First of May` is a day
_LABELS = frozenset("published posted updated update modified created released printed issued".split())
# What can stand with a year that is the whole date; `the 2023 update` is none.
_WITH_YEAR = frozenset(
    map(
        fold,
        "in published publication date dated issued en publie publicado г год року рік р m gada م عام سنة 年".split(),
    )
)
_TIME_MARK = re.compile(r"[-/](?=T)|(?<=T)[-/]|^W-|-W$")


@dataclass(slots=True)
class Parts:
    """The parts of a date: `letters`, as told above; `values`, what each letter but a mark stands for, in order."""

    letters: str = ""
    values: list[object] = field(default_factory=list)
    weekdays: list[frozenset[int]] = field(default_factory=list)
    is_approximate: bool = False
    is_english: bool = True
    has_time: bool = False
    unknown: int = 0
    fillers: list[str] = field(default_factory=list)

    def add(self, letter: str, value: object) -> None:
        """Add a part with what it stands for."""
        self.letters += letter
        self.values.append(value)


def read_parts(tokens: Sequence[Token], names: NamesByWords) -> Parts:
    """The parts of tokens. `unknown`: how many words have no meaning in English nor in `names`."""
    parts = Parts()
    at = 0
    has_time = any(token.kind == "time" for token in tokens)
    while at < len(tokens):
        at += _take(tokens, at, names, parts, has_time)
    _tidy(parts)
    return parts


def _take(tokens: Sequence[Token], at: int, names: NamesByWords, parts: Parts, has_time: bool) -> int:
    """Take the part that begins at a token; the number of tokens that it takes up."""
    token = tokens[at]
    if token.kind == "word":
        return _take_word(tokens, at, names, parts, has_time)
    if token.kind == "number":
        _take_number(token.text, parts)
    elif token.kind == "date":
        parts.add("X", token.parts)
    elif token.kind == "time":
        parts.letters += "T"
    elif token.kind == "mark":
        is_of_label = not parts.letters and at > 0  # `LOAD-DATE`, `Published - `
        parts.letters += "" if is_of_label else token.text
    else:
        parts.letters += "?"
    return 1


def _take_number(digits: str, parts: Parts) -> None:
    if len(digits) <= 2:
        parts.add("D", digits)
    elif len(digits) == 4 and FIRST_YEAR <= int(digits) <= LAST_YEAR:
        parts.add("Y", int(digits))
    elif (compact := read_compact(digits)) is not None:
        parts.add("X", compact)
        parts.letters += "T" if len(digits) > 8 else ""
    else:
        parts.letters += "?"


def _take_word(tokens: Sequence[Token], at: int, names: NamesByWords, parts: Parts, has_time: bool) -> int:
    word = tokens[at].text
    english = ENGLISH.get((word,))
    if english is not None and not names:
        _take_name(english, parts, is_english=True)
        return 1
    for length in range(min(_LONGEST_NAME, len(tokens) - at), 0, -1) if names else ():
        found = _named(tuple(token.text for token in tokens[at : at + length]), names)
        if found is not None and (found.months or length > 1 or word not in _FILLERS | _OF_TIME):
            _take_name(found, parts, is_english=length == 1 and english is not None)
            return length
    if english is not None:
        _take_name(english, parts, is_english=True)
    elif word in _SEASONS:
        parts.add("S", _SEASONS[word])
    elif word == "to":
        parts.letters += ">"
    elif word in _APPROXIMATE:
        parts.is_approximate = True
    elif _goes_with_a_date(word, tokens[at + 1] if at + 1 < len(tokens) else None, has_time):
        parts.fillers.append(word)
    else:
        parts.unknown += 1
    return 1


def _goes_with_a_date(word: str, after: Token | None, has_time: bool) -> bool:
    if word in _BEFORE_TIME:
        return after is not None and after.kind in ("time", "word")
    if word in _BEFORE_LABEL:
        return after is not None and after.text in _LABELS
    return word in _FILLERS or (has_time and (word in _OF_TIME or word in _ZONES))


def _named(words: tuple[str, ...], names: NamesByWords) -> Name | None:
    """A name, also with the Hebrew or Catalan word for `of` or `in` written together with it."""
    if (found := names.get(words)) is not None or len(words[0]) < 4 or words[0][0] not in "בל":
        return found
    return names.get((words[0][1:], *words[1:]))


def _take_name(name: Name, parts: Parts, is_english: bool) -> None:
    parts.is_english &= is_english or not name.months
    if name.months:
        parts.add("M", name)
    elif name.weekdays:
        parts.letters += "W"
        parts.weekdays.append(name.weekdays)


def _tidy(parts: Parts) -> None:
    """Drop the times, the days of the week and the marks that go with them; join a month named twice."""
    if parts.letters.count("M") > 1:
        _settle_months(parts)
    if not _WITH_YEAR.issuperset(parts.fillers) and parts.letters == "Y":
        parts.letters = "?"
    letters = _TIME_MARK.sub("", parts.letters)
    parts.has_time = "T" in letters
    parts.letters = letters.replace("T", "").replace("W", "")


def _settle_months(parts: Parts) -> None:
    """Of two names of months, take the one that can be a day of the week as one; join two names of one month."""
    months = [value for value in parts.values if isinstance(value, Name)]
    double = [name for name in months if name.weekdays]
    if len(months) == 2 and len(double) == 1:
        at = next(at for at, value in enumerate(parts.values) if value is double[0])
        _replace(parts, at, "W")
        parts.weekdays.append(double[0].weekdays)
    elif len(months) == 2 and "M/M" in parts.letters and months[0].months & months[1].months:
        at = next(at for at, value in enumerate(parts.values) if value is months[0])
        parts.values[at] = Name(months[0].months & months[1].months)
        parts.letters = parts.letters.replace("M/M", "M")
        del parts.values[at + 1]


def _replace(parts: Parts, at: int, letter: str) -> None:
    """Turn the part at an index of the values into a letter without a value."""
    positions = [position for position, part in enumerate(parts.letters) if part in "DYMSX"]
    position = positions[at]
    parts.letters = parts.letters[:position] + letter + parts.letters[position + 1 :]
    del parts.values[at]
