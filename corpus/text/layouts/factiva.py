"""The export of Factiva, with its two-letter codes (`HD Title`, `PD 5 January 2024`) or without them.

Anchors: `Document …` with the number that ends one; the codes' order; without codes `512 words` above a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.text.layouts import factiva_codes, factiva_plain
from corpus.text.layouts.export_blocks import finished, opening_date
from corpus.text.layouts.factiva_plain import Known
from corpus.text.layouts.labels import is_length, is_running
from corpus.text.layouts.readings import ArticleLines, LayoutReading

_NUMBER = re.compile(
    r"(?:an |accession (?:no|number)[.:]? )?(?:document|dokument|documento|documenti"
    r"|документ)e?:? [a-z0-9]{2,14}\d{8}[a-z0-9]{6,14}",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"(?:search summary|résumé de la recherche|suchzusammenfassung|suchübersicht|resumen de la búsqueda"
    r"|riepilogo ricerca)",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"(?:text|texte|date|source|author|company|subject|region|timestamp|results found)(?: |$)", re.IGNORECASE
)


def recognises(lines: Sequence[str]) -> float:
    """How sure it is that `lines` are such an export: document numbers, and codes or lengths with dates."""
    numbers = sum(map(_is_number, lines))
    coded = factiva_codes.count_headers(lines)
    if numbers:
        return 0.98
    if coded:
        return 0.9
    plain = sum(is_length(line) and factiva_plain.is_anchor(lines, index) for index, line in enumerate(lines))
    return 0.65 if plain else 0.0


def read(lines: Sequence[str]) -> LayoutReading:
    """The documents of the export; the list of contents before them and the search's summary belong to none."""
    known = Known(lines)
    articles: list[ArticleLines] = []
    for start, end in _blocks(lines):
        if factiva_codes.count_headers(lines[start:end]):
            articles += factiva_codes.articles(lines, start, end)
        else:
            articles += _plain(lines, start, end, known)
    return LayoutReading(tuple(articles), ())


def _is_number(line: str) -> bool:
    return len(line) <= 80 and bool(_NUMBER.fullmatch(line))


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From behind one document's number to behind the next, without what pages repeat."""
    ends = [index + 1 for index, line in enumerate(lines) if _is_number(line)]
    last = _summary(lines, ends[-1] if ends else 0)
    for start, end in pairwise([0, *ends, *([last] if last > (ends[-1] if ends else 0) else [])]):
        low = start
        while low < end and is_running(lines[low]):
            low += 1
        if low < end:
            yield low, end


def _summary(lines: Sequence[str], start: int) -> int:
    """Where the search's summary begins, else the end of the text."""
    for index in range(start, len(lines)):
        if len(lines[index]) <= 60 and _SUMMARY.fullmatch(lines[index]):
            return index
        if index - start < 2 and _TERMS.fullmatch(lines[index]):
            return index
    return len(lines)


def _plain(lines: Sequence[str], start: int, end: int, known: Known) -> Iterator[ArticleLines]:
    anchors = [index for index in range(start, end) if factiva_plain.is_anchor(lines, index)]
    if not anchors:
        if start and any(map(opening_date, lines[start : min(end, start + 12)])):
            yield finished(lines, factiva_plain.read(lines, start, end, None, known))
        return
    bounds = [known.first(lines, start, anchors[0], is_cover=start == 0)]
    bounds += [known.first(lines, one + 1, other, is_cover=True) for one, other in pairwise(anchors)]
    for (first, stop), anchor in zip(pairwise([*bounds, end]), anchors, strict=True):
        yield finished(lines, factiva_plain.read(lines, first, stop, anchor, known))
