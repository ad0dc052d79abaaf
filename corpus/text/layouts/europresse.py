"""The export of Europresse: outlet, `section, date, p. 5`, title, author, text, rights, `news·…`, a certificate.

Anchors: the document's number; where one is lost, the certificate's words, or the line with section, date and page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.text.layouts.date_words import DateWords, find_dates
from corpus.text.layouts.export_blocks import Draft, finished, whole
from corpus.text.layouts.labels import is_copyright, is_length, is_running
from corpus.text.layouts.line_shapes import asks, is_body_like
from corpus.text.layouts.names import is_name, is_outlet_like, is_person_like
from corpus.text.layouts.readings import ArticleLines, LayoutReading

_NUMBER = re.compile(
    r"(?:(?:numéro de|n° de|document) ?(?:document|number|no)\.? ?: ?)?news[·.•‧∙][\w·.•‧∙-]{8,60}", re.IGNORECASE
)
_CERTIFICATE = re.compile(
    r"(?:ce certificat est émis|this certificate is issued|certificat émis|date d['’]émission|issue date|date of issue"
    r"|le présent document (?:est|et)|this document is protected|tous droits réservés|all rights reserved"
    r"|.{0,80}\bdes fins de visualisation personnelle|l['’]utilisation de ce|news[·•])",
    re.IGNORECASE,
)
_COVER = re.compile(
    r"(?:sommaire|table des matières|documents? (?:sauvegardés?|saved|sélectionnés)|liste des documents"
    r"|contents|summary"
    r"|nombre de documents?|number of documents|dossier|créé le|created on|europresse|eureka"
    r"|\d{1,4} documents?)\b.{0,80}",
    re.IGNORECASE,
)
_ISSUE = re.compile(r",? (?:no|n°|nº|n)\.? ?\d[\w-]{0,12}$|,? #\d+$", re.IGNORECASE)
_ALSO = re.compile(
    r"(?:aussi paru dans|également paru dans|also published in|autre parution|other publication)\b", re.IGNORECASE
)
_TAIL = re.compile(r"(?:illustrations?|notes?|note)(?:\(s\))? ?:.{0,200}|(?:encadré|type) ?: .{0,60}", re.IGNORECASE)
_PAGE = re.compile(r"\bp{1,2}\. ?[A-Z]{0,5}\d{0,4}", re.IGNORECASE)
_MOST_HEAD_LINES = 10
_MOST_LINES_TO_DATE = 6
_LONGEST_TITLE = 250


def recognises(lines: Sequence[str]) -> float:
    """How sure it is that `lines` are such an export: document numbers, and the words of certificates."""
    numbers = sum(map(_is_number, lines))
    certificates = sum(bool(_CERTIFICATE.match(line)) for line in lines)
    if numbers:
        return 0.97
    return 0.6 if certificates > 1 and any(_dated_head(lines, i) for i in range(len(lines))) else 0.0


def read(lines: Sequence[str]) -> LayoutReading:
    """The documents of the export; contents and certificates belong to none."""
    articles: list[ArticleLines] = []
    for start, end in _blocks(lines):
        articles.append(_article(lines, start, end))
    return LayoutReading(tuple(articles), ())


def _is_number(line: str) -> bool:
    return len(line) <= 120 and bool(_NUMBER.fullmatch(line))


def _closes(line: str) -> bool:
    return len(line) <= 600 and (_is_number(line) or bool(_CERTIFICATE.match(line)))


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From behind one certificate to the next document's number and what goes with it."""
    at = _after_cover(lines)
    index = at
    while index < len(lines):
        if not _closes(lines[index]) and not (
            is_copyright(lines[index]) and index + 1 < len(lines) and _closes(lines[index + 1])
        ):
            index += 1
            continue
        end = index
        while index < len(lines) and (_closes(lines[index]) or is_copyright(lines[index]) or is_running(lines[index])):
            index += 1
        if end > at:
            yield at, index
        at = index
    if at < len(lines) and any(_dated_head(lines, i) for i in range(at, min(len(lines), at + _MOST_LINES_TO_DATE))):
        yield at, len(lines)


def _after_cover(lines: Sequence[str]) -> int:
    """The first line of the first document: the one before the line with section, date and page."""
    stop = next((index for index, line in enumerate(lines) if _closes(line)), len(lines))
    covers = [index for index, line in enumerate(lines[:stop]) if len(line) <= 100 and _COVER.match(line)]
    if not covers or covers[0] > 5:
        return 0
    if any(_dated_head(lines, index) for index in range(covers[0])):
        return 0
    heads = [index for index in range(covers[0] + 1, stop) if _dated_head(lines, index)]
    if not heads:
        return covers[-1] + 1
    bodies = [index for index in heads if any(map(is_body_like, lines[index + 1 : index + 6]))]
    first = (bodies or heads)[-1 if not bodies else 0] - 1
    while first > covers[0] + 1 and is_copyright(lines[first]):
        first -= 1
    is_title_above = first > covers[0] + 1 and lines[first - 1] in lines[covers[0] : first - 1]
    return max(first - 1 if is_title_above else first, 0)


def _dated_head(lines: Sequence[str], index: int) -> DateWords | None:
    """The date of a line `Section, Friday 5 January 2024, p. 5`."""
    line = lines[index]
    if len(line) > 160 or is_copyright(line) or line.lower().startswith(("date d", "issue date")):
        return None
    dates = find_dates(line)
    if not dates or dates[0].precision == "no year":
        return None
    before, after = line[: dates[0].start].strip(), line[dates[0].end :].strip(" ,-•|")
    is_head = not before or before.endswith((",", ";", "•", "|", "-", "–")) or is_name(before)
    return (
        dates[0]
        if is_head and (not after or _PAGE.match(after) or is_length(after) or len(after.split()) <= 4)
        else None
    )


def _article(lines: Sequence[str], first: int, end: int) -> ArticleLines:
    draft = Draft(first, end, shape="europresse")
    stop = min(end, first + _MOST_LINES_TO_DATE)
    dated = next((index for index in range(first, stop) if _dated_head(lines, index)), None)
    at = first
    if dated is not None:
        draft.date = _dated_head(lines, dated)
        at = dated + 1
    above = [i for i in range(first, at - 1) if not is_running(lines[i])] if dated is not None else []
    title = _read_outlet(lines, draft, above, dated)
    body = _read_title(lines, draft, title, at)
    tail = next((index for index in range(body, end) if _ends_text(lines, index)), end)
    bylines = {piece.line for piece in draft.byline}
    draft.body = [index for index in range(body, tail) if index not in bylines]
    return finished(lines, draft)


def _read_outlet(lines: Sequence[str], draft: Draft, above: list[int], dated: int | None) -> list[int]:
    """The outlet above the dated line, without its issue; what stands above it is the title."""
    numbered = next((index for index in above if _ISSUE.search(lines[index][:120])), None)
    outlet = numbered if numbered is not None else above[-1] if above else None
    if outlet is None and dated is not None:
        before = lines[dated][: draft.date.start if draft.date else 0].strip(" ,;-•|")
        draft.outlet = before or None
        return []
    if outlet is None:
        return []
    draft.outlet = _ISSUE.sub("", lines[outlet])
    return [index for index in above if index < outlet and not _ALSO.match(lines[index])]


def _read_title(lines: Sequence[str], draft: Draft, title: list[int], at: int) -> int:
    """Title and author; returns the first line of the text."""
    stop = min(draft.end, at + _MOST_HEAD_LINES)
    head = at
    while head < stop and not _is_below_head(lines, head, at):
        head += 1
    if head > at + 1 and (head == draft.end or _ends_text(lines, head)):
        head = at + 1  # no line of running text: only the first one is surely a title
    below = [i for i in range(at, head) if not (_ALSO.match(lines[i]) or is_copyright(lines[i]) or is_length(lines[i]))]
    if below and (title or len(below) > 1) and _is_author(lines[below[-1]]):
        author = below.pop()
        draft.authors = lines[author]
        draft.byline = [whole(lines, author)]
    if title:
        draft.title = [whole(lines, index) for index in title]
        return at if below else head
    draft.title = [whole(lines, index) for index in below[-1:]]
    return head if below or draft.byline else min(_with_sentence_title(lines, draft, at), draft.end)


def _is_below_head(lines: Sequence[str], index: int, at: int) -> bool:
    """Whether the head, which opens at `at`, is over at a line."""
    if _ends_text(lines, index) or (index > at and lines[index].endswith((".", ":"))):
        return True
    return _is_text(lines[index]) and not _opens(lines, index, at)


def _opens(lines: Sequence[str], index: int, at: int) -> bool:
    """Whether a line right below the date is a title that asks or cries."""
    return index == at and asks(lines[index]) and len(lines[index]) <= _LONGEST_TITLE


def _is_text(line: str) -> bool:
    return is_body_like(line) or (line.endswith(".") and " " in line)


def _with_sentence_title(lines: Sequence[str], draft: Draft, at: int) -> int:
    if at < draft.end:
        draft.title = [whole(lines, at)]
    return at + 1


def _is_author(line: str) -> bool:
    names = re.split(r" et | and |, | ; |;", line[:160])
    return all(is_person_like(name.strip()) for name in names) and not is_outlet_like(line)


def _ends_text(lines: Sequence[str], index: int) -> bool:
    line = lines[index]
    return (
        _closes(line) or (is_copyright(line) and len(line) < 200) or (len(line) < 300 and bool(_TAIL.fullmatch(line)))
    )
