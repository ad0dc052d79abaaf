"""The export of Lexis Advance and Nexis Uni: title, outlet, date, rights, `Length: …`, `Body`, text, `End of Document`.

Anchors: the line that ends a document; where one is lost, `Body` below `Length: …` or below a line of rights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.text.layouts.export_blocks import Draft, date_line, finished, opening_date, whole
from corpus.text.layouts.labels import is_copyright, is_edition, is_length, is_running, label_of
from corpus.text.layouts.line_shapes import marks_around, number_before
from corpus.text.layouts.readings import ArticleLines, LayoutReading, Piece

_END = re.compile(
    r"(?:end of (?:the )?document|fin (?:du|de) document|ende des dokument(?:e)?s|dokumentende|fin del documento"
    r"|fine del documento|einde van (?:het )?document)\.?",
    re.IGNORECASE,
)
_BODY = re.compile(r"(?:body|corps|text|texte|volltext|cuerpo|corpo|textkörper|body text) ?:?", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:graphic|classification|classement|klassifizierung|notes?|correction|correction-date|illustrations?|grafik"
    r"|graphique|clasificación|photo|graphic\(s\)) ?:?",
    re.IGNORECASE,
)
_TAIL_LABEL = re.compile(
    r"(?:load-date|date-chargement|ladedatum|date de chargement|publication-type|type de publication|publikationstyp"
    r"|journal code|document-type) ?:",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"[\w -]{3,30}: ?.{2,}\(\d\d%\)", re.DOTALL)
_COVER = re.compile(
    r"(?:user name|nom d['’]utilisateur|benutzername|date and time|date et heure|datum und uhrzeit|job number"
    r"|numéro de (?:travail|tâche)|auftragsnummer|client/matter|search terms|termes de recherche"
    r"|suchbegriffe|search type"
    r"|narrowed by|content type|timeline|documents? \(\d|dokumente \(\d|source ?:|language ?:|sent to|send to|terms ?:"
    r"|download request|time of request|project id|location by publication|publication type ?:|natural language"
    r"|email|news$|[|] ?about lexisnexis|about lexisnexis|privacy policy|narrowed|search within|sources ?:|-none-)",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r"(?:link to (?:image|pdf|original).{0,40}|bookmark|highlight this|view original.{0,40})", re.IGNORECASE
)
_MOST_HEAD_LINES = 40
_MOST_TITLE_LINES = 4
_LONGEST_TITLE = 400


def recognises(lines: Sequence[str]) -> float:
    """How sure it is that `lines` are such an export: lines that end a document, and `Body` below `Length: …`."""
    ends = sum(map(_is_end, lines))
    bodies = sum(map(_is_body, lines))
    lengths = sum(is_length(line) and label_of(line) is not None for line in lines)
    tails = sum(bool(_TAIL_LABEL.match(line)) for line in lines)
    if ends and (bodies or lengths or tails):
        return 0.96
    if bodies and lengths:
        return 0.8
    return 0.5 if ends else 0.0


def read(lines: Sequence[str]) -> LayoutReading:
    """The documents of the export; its cover, with the list of them, belongs to none."""
    titles = _listed_titles(lines)
    articles: list[ArticleLines] = []
    for start, end in _blocks(lines):
        for low, high in _split_lost(lines, start, end):
            if (first := _first(lines, low, high, titles)) is not None:
                articles.append(_article(lines, first, high))
    return LayoutReading(tuple(articles), ())


def _is_end(line: str) -> bool:
    return len(line) <= 40 and bool(_END.fullmatch(line))


def _is_body(line: str) -> bool:
    return len(line) <= 14 and bool(_BODY.fullmatch(line))


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    ends = [index for index, line in enumerate(lines) if _is_end(line)]
    for start, end in pairwise([-1, *ends, len(lines)]):
        yield start + 1, end


def _listed_titles(lines: Sequence[str]) -> frozenset[str]:
    """The titles of the cover's numbered list, without their numbers, letters only."""
    stop = next((index for index, line in enumerate(lines) if _is_end(line) or _is_body(line)), 0)
    return frozenset(_folded(line) for line in lines[:stop] if number_before(line))


def _folded(line: str) -> str:
    number = number_before(line)
    return "".join(filter(str.isalnum, line[number[1] if number else 0 :].casefold()))


def _split_lost(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a block where, after the labels that close a document, another `Length: …` or `Body` opens the next."""
    at, closed, opened = start, None, False
    for index in range(start, end):
        if _TAIL_LABEL.match(lines[index]):
            closed = index
        elif _is_body(lines[index]) or (is_length(lines[index]) and label_of(lines[index])):
            if opened and closed is not None:
                yield at, closed + 1
                at = closed + 1
            opened, closed = True, None
    yield at, end


def _first(lines: Sequence[str], start: int, end: int, titles: frozenset[str]) -> int | None:
    """The line of the title: after the cover and what a page repeats; None where the block holds no document."""
    anchor = next((i for i in range(start, end) if _is_anchor(lines[i])), None)
    if anchor is None:
        if start == 0 or not any(map(opening_date, lines[start : min(end, start + _MOST_HEAD_LINES)])):
            return None
        anchor = min(end, start + 1)
    first = start
    for index in range(start, anchor):
        if is_running(lines[index]) or _is_cover(lines[index], has_list=start == 0 and len(titles) > 1):
            first = index + 1
    known = [i for i in range(start, anchor) if _folded(lines[i]) in titles and not number_before(lines[i])]
    return known[0] if known and start == 0 else min(first, anchor)


def _is_anchor(line: str) -> bool:
    label = label_of(line)
    return _is_body(line) or is_copyright(line) or bool(is_length(line) and label)


def _is_cover(line: str, *, has_list: bool) -> bool:
    return bool(_COVER.match(line)) or (has_list and number_before(line) is not None) or "lexisnexis |" in line.lower()


def _article(lines: Sequence[str], first: int, end: int) -> ArticleLines:
    draft = Draft(first, end, shape="lexis advance")
    body = _body_start(lines, first, end)
    _read_head(lines, draft, body)
    tail = _tail_start(lines, body, end)
    draft.body = [index for index in range(body, tail) if not _is_repeated(lines, index, first)]
    for index in range(tail, end):
        label = label_of(lines[index])
        if label and label[0] == "language":
            draft.language = lines[index][label[2] :].split(";")[0].strip() or None
    return finished(lines, draft)


def _is_repeated(lines: Sequence[str], index: int, first: int) -> bool:
    """A button's words, or the title again at the head of a page."""
    if is_running(lines[index - 1]) and len(lines[index]) < _LONGEST_TITLE:
        return _folded(lines[index]) == _folded(lines[first])
    return bool(_PROMPT.fullmatch(lines[index][:60]))


def _body_start(lines: Sequence[str], first: int, end: int) -> int:
    """The first line of the text: after `Body`, else after the last line of the header's kind."""
    stop = min(end, first + _MOST_HEAD_LINES)
    for index in range(first, stop):
        if _is_body(lines[index]):
            return index + 1
    head = [i for i in range(first + 1, stop) if _is_head(lines[i])]
    last = first
    for index in head:
        if index - last > _MOST_TITLE_LINES:
            break
        last = index
    return last + 1


def _is_head(line: str) -> bool:
    label = label_of(line)
    is_labelled = bool(label and label[0] in {"byline", "section", "length", "dateline", "highlight"})
    return is_labelled or is_copyright(line) or opening_date(line) is not None


def _read_head(lines: Sequence[str], draft: Draft, body: int) -> None:
    """Title, outlet, date and byline from the lines before the text."""
    first = draft.first
    dated = date_line(lines, first + 1, body)
    rights = next((i for i in range(first + 1, body) if is_copyright(lines[i]) or is_length(lines[i])), body)
    if dated and dated[0] < rights + 3:
        draft.date, stop = dated[1], dated[0]
    else:
        stop = rights
    above = [i for i in range(first, min(stop, rights)) if not is_running(lines[i]) and not _is_edition_only(lines[i])]
    if len(above) > 1:
        draft.outlet = lines[above.pop()]
    draft.title = [_unmarked(lines, index) for index in _without_copies(lines, above)]
    for index in range(stop, body):
        label = label_of(lines[index])
        if label and label[0] == "byline":
            draft.authors = lines[index][label[2] :]
            draft.byline = [whole(lines, index, label[2])]


def _unmarked(lines: Sequence[str], index: int) -> Piece:
    """A line without the signs of emphasis that a conversion puts around it."""
    return Piece(index, *marks_around(lines[index]))


def _is_edition_only(line: str) -> bool:
    """A line that names an edition and nothing else."""
    return is_edition(line) and len(line.split()) <= 4 and line.lower().endswith(("edition", "final"))


def _without_copies(lines: Sequence[str], title: list[int]) -> list[int]:
    """The title without the copy that the head of a page makes of it."""
    for index, one in enumerate(title[1:], 1):
        if _folded(lines[one]) == _folded(lines[title[0]]):
            return title[index:]
    return title


def _tail_start(lines: Sequence[str], body: int, end: int) -> int:
    """Where the classification and the other closing labels start."""
    for index in range(body, end):
        line = lines[index]
        if _TAIL_LABEL.match(line) or (len(line) <= 24 and _TAIL.fullmatch(line)) or _is_subject(line):
            return index
    return end


def _is_subject(line: str) -> bool:
    label = label_of(line)
    return bool(label and label[0] in {"end", "language"} and (label[0] == "language" or _SUBJECT.match(line[:400])))
