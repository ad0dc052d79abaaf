"""Which of the lines that look like headers are headers: by their fellows in the same text, and by what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.text.layouts.digest_groups import Group, Page, outlets_of
from corpus.text.layouts.digest_options import SENTENCE, Place
from corpus.text.layouts.line_shapes import is_masthead, is_related_label, is_single_link_label, number_before
from corpus.text.layouts.names import is_person_like
from corpus.text.layouts.readings import Doubt

_SURENESS = {"bare": 0.6, "weak": 0.7, "medium": 0.85, "strong": 0.95}
_STRENGTHS = tuple(_SURENESS)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A header with its place. `title`: where in the first title line the title stands, where that is not all of it."""

    group: Group
    place: Place
    title_part: tuple[int, int] | None = None
    header_part: tuple[int, int] | None = None
    sureness: float = 0.0
    why: str | None = None

    @property
    def first(self) -> int:
        """The first line of the article."""
        return self.place.first

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the header, of which one may be the outlet's."""
        more = (self.group.outlet, self.place.name)
        return (*self.group.names, *(name for name in more if name))

    @property
    def family(self) -> tuple[str, str, str]:
        """What makes two headers alike: where the title stands, what sets the parts apart, how much date there is."""
        precision = "year" if self.group.date.precision != "no year" else "no year"
        strength: str = self.group.strength
        if self.group.is_bare and self.place.name is None and self.place.option != "labelled":
            strength = "bare"
        if self.place.is_full(self.group):
            strength = "strong"
        elif strength == "weak" and not self.group.names and self.place.name:
            strength = "medium"
        return self.place.option, strength, precision


def judge(page: Page, candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Doubt]]:
    """The candidates that are headers, each with its sureness, and the doubts about the others."""
    doubts: list[Doubt] = []
    alone = list(_apart(candidates))
    counts = Counter(candidate.family for candidate in alone if page.is_body(candidate.place.body))
    outlets = outlets_of(candidate.group for candidate in alone)
    set_off = {candidate.first for candidate in alone if page.is_set_off(candidate.first)}
    kept = []
    for candidate in alone:
        is_borne_out = not outlets.isdisjoint(candidate.names) or (len(set_off) > 1 and candidate.first in set_off)
        why = None if is_borne_out else _doubt_by_fellows(candidate, counts, len(alone))
        why = why or _doubt_by_context(page, candidate, counts)
        if why:
            doubts.append(Doubt(candidate.group.start, why))
        else:
            kept.append(candidate)
    headers, more = _with_bodies(page, kept)
    headers, listed = _without_contents(page, headers, counts)
    rated = [_rated(candidate, counts, len(headers)) for candidate in headers]
    weak = [Doubt(candidate.first, candidate.why) for candidate in rated if candidate.why]
    return rated, sorted([*doubts, *more, *listed, *weak], key=lambda doubt: doubt.line)


def _apart(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Candidates whose lines no earlier one has taken."""
    at = 0
    for candidate in candidates:
        if candidate.first >= at:
            yield candidate
            at = candidate.place.body


def _doubt_by_fellows(candidate: Candidate, counts: Counter[tuple[str, str, str]], total: int) -> str | None:
    """A weak shape needs many like it, and few of another shape."""
    _, strength, precision = candidate.family
    count = counts[candidate.family]
    better = sum(n for family, n in counts.items() if _rank(family) > _rank(candidate.family))
    if precision == "no year":
        return None if count >= 3 and count > 2 * better else "a date without a year"
    if strength == "strong" or total == 1:
        return None
    if strength == "medium":
        return None if count >= 2 and 8 * count >= better else "a shape seen once"
    if strength == "bare":
        return None if count >= 3 and count > 8 * better else "a date alone"
    return None if count >= 2 and 2 * count >= better else "a shape seen once"


def _rank(family: tuple[str, str, str]) -> int:
    _, strength, precision = family
    return _STRENGTHS.index(strength) + (0 if precision == "no year" else len(_STRENGTHS))


def _doubt_by_context(page: Page, candidate: Candidate, counts: Counter[tuple[str, str, str]]) -> str | None:
    before = candidate.first - 1
    if before < 0 or page.rules[before]:
        return None
    line = page.lines[before]
    is_sure = candidate.family[1] == "strong" and not candidate.group.is_bare
    is_quoted = page.lines[candidate.place.title[0]][0] in '“"«„'
    if line.endswith(",") and is_person_like(page.lines[candidate.place.title[0]]):
        return "a signature"
    if line.endswith(":") and (is_quoted or counts[candidate.family] < 3 or (len(line) > 60 and not is_sure)):
        return "quoted in running text"
    return None


def _with_bodies(page: Page, candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Doubt]]:
    """A header without text below is an entry of a list, and so is the last entry of a list of links."""
    kept: list[Candidate] = []
    doubts: list[Doubt] = []
    links = 0  # how many entries more a list of links may have
    bounds = [*(candidate.first for candidate in candidates), len(page)]
    for candidate, end in zip(candidates, bounds[1:], strict=True):
        text = [i for i in range(candidate.place.body, end) if not page.rules[i] and not page.side(i)]
        links = max(links, _links_below(page, candidate.first - 1))
        has_body = any(page.is_body(i) for i in text)
        if not has_body and (not text or not kept or links):
            doubts.append(Doubt(candidate.group.start, "no text below"))
            links = max(0, links - 1)
        elif links:
            doubts.append(Doubt(candidate.group.start, "a link to another article"))
            links = 0
        else:
            kept.append(candidate if has_body else replace(candidate, why="little text below"))
    return kept, doubts


def _links_below(page: Page, index: int) -> int:
    """How many links a label announces: one (`Read more:`), or any number."""
    if index < 0 or not is_related_label(page.lines[index]):
        return 0
    return 1 if is_single_link_label(page.lines[index]) else len(page)


def _without_contents(
    page: Page, candidates: Sequence[Candidate], counts: Counter[tuple[str, str, str]]
) -> tuple[list[Candidate], list[Doubt]]:
    """Drop, from the start, the digest's own name and entries of its contents, whose titles come again."""
    titles = [_folded_title(page, candidate) for candidate in candidates]
    last = {title: index for index, title in enumerate(titles)}
    at = 0
    while at < len(candidates) and last[titles[at]] > at:
        at += 1
    if len(candidates) - at > 2 and _is_masthead(page, candidates[at], counts):
        at += 1
    dropped = [Doubt(candidate.group.start, "the digest's own head") for candidate in candidates[:at]]
    return list(candidates[at:]), dropped


def _is_masthead(page: Page, candidate: Candidate, counts: Counter[tuple[str, str, str]]) -> bool:
    title = page.lines[candidate.place.title[0]]
    return is_masthead(title) and (candidate.group.is_bare or counts[candidate.family] == 1)


def _folded_title(page: Page, candidate: Candidate) -> str:
    line = page.lines[candidate.place.title[0]]
    if candidate.title_part:
        line = line[slice(*candidate.title_part)]
    number = number_before(line)
    return line[number[1] if number else 0 :].casefold()


def _rated(candidate: Candidate, counts: Counter[tuple[str, str, str]], total: int) -> Candidate:
    sureness = _SURENESS[candidate.family[1]] - (0.15 if counts[candidate.family] == 1 and total > 2 else 0.0)
    why = candidate.why
    if candidate.place.option == SENTENCE and 3 * counts[candidate.family] < 2 * total:
        why = why or "a title that closes with a stop"
    if counts[candidate.family] == 1 and total >= 4 and candidate.family[1] != "strong":
        why = why or "a shape seen once"
    return replace(candidate, sureness=round(sureness - (0.2 if why else 0.0), 2), why=why)
