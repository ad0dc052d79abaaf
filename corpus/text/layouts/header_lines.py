"""One line as a header, told by its shape: names, labels and a date, set apart by marks.

`Outlet – January 9, 2024`, `By Author | Outlet | 9 Jan 2024`, `Published January 9, 2024 by Author`,
`Source: Outlet`, `(Outlet, 9.1.2024)`; also lines without a date that go with such a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.text.layouts.date_words import LONGEST_HEADER_LINE, TIME, DateWords, find_dates
from corpus.text.layouts.names import is_name, is_outlet_like

Strength = Literal["strong", "medium", "weak"]

_LONGEST = 200
_MOST_PARTS = 7
_LEAST_SPACES_OF_AN_EVENT = 4
_HOLE = "\ue000"  # stands for a date while the words around it are read
_STRONG = re.compile(r" ?\|+ ?| [–—-] | ?[·•●▪»] ?| ?:: ?| ?// ?| / ")
_WEAK = re.compile(r" ?[,;] ?| ?[()\[\]] ?")
_BY = re.compile(
    r"(?:(?:(?:story|words|text|article|analysis|opinion|written|posted|published|report) )?by|par|von|por|door|di"
    r"|(?:authors?|auteurs?|autor(?:en|in)?|byline|writer|journalist|text)(?: ?:|\(s\) ?:))(?: ?: ?| )(?=\S)",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:source|outlet|publication|published (?:in|by)|publisher|newspaper|paper|medium|media|journal|quelle|zeitung"
    r"|from|via|fuente|fonte|originally published (?:in|at|by|on)|first published (?:in|by))(?: ?: ?| )(?=\S)",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"(?:(?:last |first |originally |article |was )*(?:published|posted|updated|modified|publié|publiée"
    r"|mis(?:e)? à jour"
    r"|veröffentlicht|aktualisiert|erschienen|stand|publicado|actualizado|pubblicato|date|datum|fecha|data|dated|issued"
    r"|publication date|created|aired|issue of|edition of|issue|edition|pub\.?)? ?:? ?(?:on|le|am|el|vom|il|the|du|den"
    r"|of|at)? ?:?)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"published|posted|publi|veröff|erschienen|date|datum|fecha|pubblicato|issued|first|original", re.IGNORECASE
)
_CREDIT = re.compile(
    r"[(\[]?(?:(?:file|archive)(?: (?:photo|picture|image|pic)\w*)?(?= ?[–—:|/-])"
    r"|(?:photo(?:graph)?s?|images?|pictures?|video|illustration|graphic|screenshot|screengrab)"
    r"(?: credits?| courtesy)?(?: ?[:/]| by | from | of | courtesy |$))",
    re.IGNORECASE,
)
_FOR = re.compile(r" (?:(?:for|pour|für) (?=\S)|(?:of|in|at) (?=[A-Z]))")
_UPDATED = re.compile(r"updated|modified|mise? à jour|aktualisiert|actualizado|stand", re.IGNORECASE)
_BETWEEN_AUTHORS = re.compile(r",? (?:and|et|und|y|e) |, | & ")
_EXTRA = re.compile(
    rf"{TIME}|(?:p|pp|pg|page|pages|seite|s|página"
    rf"|pág)\.? ?[a-z]{{0,3}}\d{{1,4}}(?:[-–, ]{{1,2}}[a-z]{{0,2}}\d{{1,4}}){{0,4}}"
    r"|\d[\d.,]{0,6} (?:words|mots|wörter|palabras|parole)|\d{1,3}[ -]?min(?:ute)?s?\.?(?: read)?|length: .{1,20}"
    r"|https?://\S{1,250}|www\.\S{1,200}|(?:url|link|section|category|tags?|rubrik|rubrique|language) ?: ?.{1,200}"
    r"|(?:vol|no|nr|n°|issue)\.? ?\d{1,6}|online|print|web",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """What a line states as a header.

    `names`: plausible names without a label, as written; `authors`: behind `By`; `outlet`: behind a label.
    `signature`: its parts by kind (B by, S source, N name, D date, X other), `strength`: of what sets them apart.
    """

    dates: tuple[DateWords, ...]
    names: tuple[str, ...]
    authors: tuple[str, ...]
    outlet: str | None
    signature: str
    strength: Strength

    @property
    def date(self) -> DateWords | None:
        """The date of publication: the first that is not marked as an update."""
        return self.dates[0] if self.dates else None

    @property
    def is_bare(self) -> bool:
        """Whether the line has a date and no name."""
        return bool(self.dates) and not (self.names or self.authors or self.outlet)


def read_header_line(line: str) -> HeaderLine | None:
    """The header that `line` is, or None: every part of it must be a name, a label's words, a date or a page."""
    if not 0 < len(line) <= _LONGEST or _HOLE in line or line[0] in '-–—“"':
        return None  # a dash or a quotation mark opens a credit or a speech, not a header
    if _CREDIT.match(line):
        return None
    if _EXTRA.fullmatch(line):
        return HeaderLine((), (), (), None, "X", "weak")  # an address has marks in it that part other lines
    dates = find_dates(line)
    holed: list[str] = []
    at = 0
    for date in dates[:3]:
        holed += (line[at : date.start], _HOLE)
        at = date.end
    holed.append(line[at:])
    return _Parts(dates[:3]).read("".join(holed))


def split_authors(words: str) -> tuple[str, ...]:
    """The authors in the words behind `By`."""
    return tuple(name for name in (part.strip() for part in _BETWEEN_AUTHORS.split(words)) if name)


class _Parts:
    """The parts of one line, sorted by kind while it is read."""

    def __init__(self, dates: list[DateWords]) -> None:
        self._dates = iter(dates)
        self.stated: list[DateWords] = []
        self.updates: list[DateWords] = []
        self.names: list[str] = []
        self.authors: tuple[str, ...] = ()
        self.outlet: str | None = None
        self.signature = ""
        self.strength: Strength = "weak"

    def read(self, line: str) -> HeaderLine | None:
        parts = list(self._split(line))
        if len(parts) > _MOST_PARTS or not all(self._take(part) for part in parts) or not self.signature:
            return None
        if len(self.names) > 3 or self._is_event():
            return None
        self._find_outlet_behind_author()
        dates = (*self.stated, *self.updates)
        return HeaderLine(dates, tuple(self.names), self.authors, self.outlet, self.signature, self.strength)

    def _is_event(self) -> bool:
        """`5 January 2024 – Growers Meet in the Town Hall`: an entry of a list of events."""
        if not self.signature.startswith("DN"):
            return False
        return any(name.count(" ") >= _LEAST_SPACES_OF_AN_EVENT and not is_outlet_like(name) for name in self.names)

    def _split(self, line: str) -> Iterator[str]:
        """The parts; a comma parts names from each other too, but not the authors behind `By`."""
        strong = [part for part in (part.strip() for part in _STRONG.split(line)) if part]
        if len(strong) > 1:
            self.strength = "strong"
        for part in strong:
            if len(strong) > 1 and _BY.match(part) and _HOLE not in part:
                yield part
                continue
            weak = [found for found in (found.strip() for found in _WEAK.split(part)) if found]
            if len(weak) > 1 and self.strength == "weak":
                self.strength = "medium"
            yield from weak

    def _take(self, part: str) -> bool:
        if _HOLE in part:
            return self._take_dated(part)
        if len(part) <= LONGEST_HEADER_LINE and _EXTRA.fullmatch(part):
            self.signature += "X"
            return True
        if (match := _BY.match(part)) and not self.authors:
            return self._take_authors(part[match.end() :])
        if (match := _SOURCE.match(part)) and not self.outlet and is_name(part[match.end() :]):
            self.outlet = part[match.end() :]
            self.signature += "S"
            return True
        if not is_name(part) or (_DATE_WORDS.fullmatch(part) and part.islower()):
            return False
        self.names.append(part)
        self.signature += "N"
        return True

    def _take_authors(self, words: str) -> bool:
        names = split_authors(words.rstrip("."))
        if names and (match := _FOR.search(names[-1])) and not self.outlet:
            names = (*names[:-1], names[-1][: match.start()])
            self.outlet = words[words.rindex(match[0]) + len(match[0]) :]
        if not names or not all(is_name(name) for name in names):
            return False
        self.authors = names
        self.signature += "B"
        return True

    def _take_dated(self, part: str) -> bool:
        """A part with a date in it, and the words before and behind the date."""
        if part.count(_HOLE) > 1:
            return False
        before, _, after = (words.strip() for words in part.partition(_HOLE))
        date = next(self._dates)
        if before and _LABEL.match(before):
            self._raise()
        if before and not _DATE_WORDS.fullmatch(before) and not self._take_before(before):
            return False
        (self.updates if _UPDATED.search(before) else self.stated).append(date)
        self.signature += "D"
        return not after or bool(_EXTRA.fullmatch(after)) or self._take_behind(after)

    def _take_before(self, words: str) -> bool:
        """`Published by Outlet on …`, `Outlet …`: a name right before the date, without a mark between."""
        is_joined = re.search(r" (?:on|le|am|vom|el|of|published|posted|updated|date):?$", words, re.IGNORECASE)
        if is_joined:
            words = words[: is_joined.start()]
            self._raise()
        return self._take(words)

    def _raise(self) -> None:
        self.strength = "medium" if self.strength == "weak" else self.strength

    def _take_behind(self, words: str) -> bool:
        return bool(_BY.match(words) or _SOURCE.match(words)) and self._take(words)

    def _find_outlet_behind_author(self) -> None:
        """`By Ada Okafor, Harvest Daily`, `Published by Harvest Daily`: the outlet where no other name is."""
        if self.authors and not self.names and not self.outlet and is_outlet_like(self.authors[-1]):
            self.outlet = self.authors[-1]
            self.authors = self.authors[:-1]
