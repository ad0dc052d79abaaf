"""Factiva's documents without codes: section, title, `By …`, `512 words`, date, time, outlet, code, language, text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.text.layouts.date_words import TIME
from corpus.text.layouts.export_blocks import Draft, opening_date, whole
from corpus.text.layouts.labels import is_copyright, is_length, is_running
from corpus.text.layouts.line_shapes import asks, is_body_like
from corpus.text.layouts.names import is_outlet_like, is_person_like

_LANGUAGES = frozenset(
    """english anglais englisch inglés inglese french français francés französisch francese german deutsch allemand
    alemán tedesco spanish español espagnol spanisch spagnolo italian italiano italien italienisch portuguese português
    portugais portugiesisch dutch nederlands néerlandais niederländisch russian russe russisch русский arabic arabe
    arabisch العربية turkish turc türkisch türkçe japanese japonais japanisch chinese chinois polish polonais polnisch
    swedish suédois schwedisch danish norwegian finnish greek hebrew korean indonesian malay thai
    catalan czech""".split()
)
_BY = re.compile(r"(?:by|par|von|por|di|door|text:)(?: |:|$)", re.IGNORECASE)
_LISTED = re.compile(r", \d[\d.,]{0,8} \w{3,8}(?:, .{1,80})?, \(\w{4,20}\)$")  # `Outlet, date, 512 words, (English)`
_MAIL = re.compile(r"(?:from|sent|to|cc|subject|date|reply-to): ", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:ap|afp|dpa|pa|upi|ansa|efe|reuters?|bloomberg|xinhua|tass|(?:the )?associated press|agence france-presse"
    r"|press association|special to .{3,60}|from .{3,40} correspondents?)",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|chief|staff|contributor)s?\b| in ", re.IGNORECASE
)
_SECTION = re.compile(
    r"(?:[a-z]|[a-z. ]{0,14}news|(?:world|international|foreign|national|business|politics|opinion|comment|letters"
    r"|features|sports?|arts|front page|middle east|europe|africa|asia|americas|economy|finance|review|main)\b.{0,30}"
    r"|.{0,30}\b(?:desk|section|sect\w?|pages?)\b.{0,20})",
    re.IGNORECASE,
)
_SOURCE_CODE = re.compile(r"[A-Z0-9]{2,8}")
_TIME = re.compile(TIME, re.IGNORECASE)
_CONTENTS = re.compile(r".{1,300}?(?:\.{3,}|(?:\. ){3,}|…+) ?\d{1,5}|.{3,300} \d{1,4}")
_LEAD = re.compile(r"(?:\.{3,}|(?:\. ){3,}|…+)? ?\d{1,5}$")
_NUMBERED = re.compile(r"\d{1,4}[.)] ")
_MOST_HEAD_LINES = 14
_MOST_LINES_ABOVE = 5
_MOST_WORDS_OF_A_SECTION = 5


def is_anchor(lines: Sequence[str], index: int) -> bool:
    """`512 words` with a line below, or two, that opens with a date."""
    line = lines[index]
    return is_length(line) and line[0].isdigit() and any(map(opening_date, lines[index + 1 : index + 3]))


class Known:
    """The titles that the list of contents before the documents names."""

    def __init__(self, lines: Sequence[str]) -> None:
        stop = next((i for i, line in enumerate(lines) if is_length(line) and is_anchor(lines, i)), 0)
        self._titles = {_folded(line) for line in lines[:stop] if _CONTENTS.fullmatch(line[:400])}
        self._has_leads = bool(self._titles)

    def names(self, line: str) -> bool:
        """Whether a line is a title of the list."""
        return len(line) < 400 and self._has_leads and _plainly(line) in self._titles

    def first(self, lines: Sequence[str], start: int, anchor: int, *, is_cover: bool) -> int:
        """The first line of the document whose length stands at `anchor`; `start`: where the one before ends."""
        if not is_cover:
            return start
        low = anchor
        while low > max(start, anchor - _MOST_LINES_ABOVE) and self._belongs(lines, low - 1, anchor):
            low -= 1
        titles = [index for index in range(low, anchor) if self.names(lines[index])]
        if titles:
            above = titles[0] - 1
            is_section = above >= low and len(lines[above].split()) <= _MOST_WORDS_OF_A_SECTION
            return above if is_section else titles[0]
        return min(low, max(start, anchor - 1))

    @staticmethod
    def _belongs(lines: Sequence[str], index: int, anchor: int) -> bool:
        line = lines[index]
        if is_running(line) or is_length(line) or _LISTED.search(line[-120:]) or _MAIL.match(line):
            return False
        if _CONTENTS.fullmatch(line[:400]) and _LEAD.search(line[-12:]):
            return False
        return not is_body_like(line) or asks(line) or index == anchor - 1


def _folded(line: str) -> str:
    line = _LEAD.sub("", line)
    number = _NUMBERED.match(line)
    return _plainly(line[number.end() if number else 0 :])


def _plainly(line: str) -> str:
    return "".join(filter(str.isalnum, line.casefold()))


def read(lines: Sequence[str], first: int, end: int, anchor: int | None, known: Known) -> Draft:
    """One document; `anchor`: the line of its length, where it has one."""
    draft = Draft(first, end, shape="factiva", sureness=0.95 if anchor is not None else 0.7)
    stop = min(end, first + _MOST_HEAD_LINES)
    dated = next((i for i in range(first, stop) if opening_date(lines[i]) and (anchor is None or i > anchor)), None)
    top = anchor if anchor is not None else dated if dated is not None else first + 1
    _read_top(lines, draft, [i for i in range(first, top) if not is_running(lines[i])], known)
    at = top if dated is None else dated + 1
    draft.date = opening_date(lines[dated]) if dated is not None else None
    body = _read_source(lines, draft, at)
    last = end - 1 if end > body and lines[end - 1].lower().startswith(("document", "dokument")) else end
    draft.body = range(body, last)
    return draft


def _read_top(lines: Sequence[str], draft: Draft, top: list[int], known: Known) -> None:
    """Section, title and byline above the length."""
    listed = next((place for place, index in enumerate(top) if known.names(lines[index])), None)
    if listed is not None:
        top = top[listed:]
    while len(top) > 1 and _CREDIT.fullmatch(lines[top[-1]][:80]):
        top.pop()
    byline = [index for index in top[1:] if _BY.match(lines[index])][:1]
    if byline:
        top = [index for index in top if index < byline[0]]
    elif len(top) > 1 and _is_author(lines, top, is_listed=listed is not None):
        byline = [top.pop()]
    if len(top) > 1 and listed is None and _is_section(lines[top[0]], lines[top[1]]):
        top = top[1:]
    draft.title = [whole(lines, index) for index in top]
    draft.byline = [whole(lines, index) for index in byline]
    draft.authors = lines[byline[0]] if byline else None


def _is_author(lines: Sequence[str], top: Sequence[int], *, is_listed: bool) -> bool:
    """A name alone below the title, no longer than the title."""
    title, last = lines[top[-2]], lines[top[-1]]
    name = last.split(";")[0].split(",")[0].strip()
    post = last[len(name) :]
    if not is_person_like(name) or is_outlet_like(name) or (is_outlet_like(last) and not _POST.search(post)):
        return False
    return is_listed or len(top) > 2 or bool(_POST.search(post)) or not _SECTION.fullmatch(title[:60])


def _is_section(line: str, title: str) -> bool:
    words = len(line.split())
    return words <= _MOST_WORDS_OF_A_SECTION and (words <= 3 or words < len(title.split())) and line[-1] not in "?!:,-"


def _read_source(lines: Sequence[str], draft: Draft, at: int) -> int:
    """Time, outlet, code, pages, language and rights below the date; returns the first line of the text."""
    while at < draft.end and (_TIME.fullmatch(lines[at][:60]) or is_running(lines[at])):
        at += 1
    if at < draft.end:
        draft.outlet = lines[at]
    stop = min(draft.end, at + _MOST_HEAD_LINES)
    language = next((i for i in range(at + 1, stop) if lines[i].lower() in _LANGUAGES), None)
    if language is not None:
        draft.language = lines[language]
        return _after_rights(lines, language + 1, draft.end)
    rights = next((i for i in range(at + 1, stop) if is_copyright(lines[i])), None)
    if rights is not None:
        return _after_rights(lines, rights, draft.end)
    body = at + 1
    while body < stop and (_SOURCE_CODE.fullmatch(lines[body]) or lines[body].isdigit()):
        body += 1
    return min(body, draft.end)


def _after_rights(lines: Sequence[str], at: int, end: int) -> int:
    while at < end and (is_copyright(lines[at]) or is_running(lines[at])):
        at += 1
    return at
