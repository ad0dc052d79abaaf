"""Where a header's title stands: above the header or below it, with or without a line between.

Each way is an option that a group of header lines may or may not allow. Which one a digest uses, its groups
decide together: the option that most of them allow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.text.layouts.digest_groups import Group, Page, outlets_of
from corpus.text.layouts.line_shapes import is_aside, is_sentence, number_before
from corpus.text.layouts.names import is_outlet_like

SENTENCE = "sentence above"
_LONGEST_DECK = 400
_MOST_SIDE_LINES = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parts of a header stand, as lines: `title` and `header` (names and decks included), the text after."""

    option: str
    first: int
    title: tuple[int, ...]
    header: tuple[int, ...]
    body: int
    name: str | None = None

    def is_full(self, group: Group) -> bool:
        """Whether a byline, a name and a date stand in lines of their own, one below the other."""
        own_line = "/" in group.signature and bool(group.authors)
        has_byline = own_line or len(self.header) > group.end - group.start + 1
        return self.name is not None and has_byline and not group.names


class Option(Protocol):
    """A way to find a header's title; `loose`: whatever stands above the header."""

    def __call__(self, page: Page, group: Group, *, loose: bool = False) -> Place | None:
        """The place that the option gives a group."""


def _above(page: Page, group: Group, *, loose: bool = False) -> Place | None:
    """Title, header, text."""
    title = group.start - 1
    if page.is_title(title) and (loose or page.ends(title - 1)) and page.is_body(group.end):
        return _upward(group, "above", (title,), ())
    return None


def _above_name(page: Page, group: Group, *, loose: bool = False) -> Place | None:
    """Title, a name alone, header, text."""
    name = group.start - 1
    if not page.name(name) or not page.is_body(group.end):
        return None
    title = name - 1
    while name - title < _MOST_SIDE_LINES and page.side(title):
        title -= 1
    is_outlet = is_outlet_like(page.name(name) or "")
    is_title = page.is_title(title) or (is_outlet and title >= 0 and is_sentence(page.lines[title]))
    if is_title and (loose or page.ends(title - 1)):
        return _upward(group, "above name", (title,), tuple(range(title + 1, group.start)), page.name(name))
    return None


def _above_before_name(page: Page, group: Group, *, loose: bool = False) -> Place | None:
    """Title, header, a name alone, text."""
    title, name = group.start - 1, group.end
    if page.name(name) and page.is_title(title) and (loose or page.ends(title - 1)) and page.is_body(name + 1):
        return Place("above, name below", title, (title,), (*_lines(group), name), name + 1, page.name(name))
    return None


def _above_two(page: Page, group: Group, *, loose: bool = False) -> Place | None:
    """A title of two lines, header, text."""
    title = group.start - 1
    if title < 1 or number_before(page.lines[title]) or is_aside(page.lines[title - 1]):
        return None
    if all(map(page.is_title, (title, title - 1))) and (loose or page.ends(title - 2)) and page.is_body(group.end):
        return _upward(group, "two lines above", (title - 1, title), ())
    return None


def _above_deck(page: Page, group: Group, *, loose: bool = False) -> Place | None:
    """Title, a sentence below the title, header, text."""
    deck = group.start - 1
    if not (page.is_body(deck) and len(page.lines[deck]) <= _LONGEST_DECK and page.is_title(deck - 1)):
        return None
    if (loose or page.ends(deck - 2)) and page.is_body(group.end):
        return _upward(group, "above deck", (deck - 1,), (deck,))
    return None


def _above_sentence(page: Page, group: Group, *, loose: bool = False) -> Place | None:
    """A title that closes with a full stop, header, text."""
    title = group.start - 1
    is_followed = group.end < len(page) and not page.dated(group.end + 1)
    if title >= 0 and is_sentence(page.lines[title]) and (loose or page.ends(title - 1)) and is_followed:
        return _upward(group, SENTENCE, (title,), ())
    return None


def _below(page: Page, group: Group, *, loose: bool = False) -> Place | None:
    """Header, title, text."""
    if page.is_title(group.end) and (loose or page.ends(group.start - 1)):
        return _downward(page, group, "below", group.end, ())
    return None


def _below_after_name(page: Page, group: Group, *, loose: bool = False) -> Place | None:
    """A name alone, header, title, text."""
    name = group.start - 1
    if page.name(name) and (loose or page.ends(name - 1)) and page.is_title(group.end):
        return _downward(page, group, "below after name", group.end, (name,), page.name(name))
    return None


def _below_name(page: Page, group: Group, *, loose: bool = False) -> Place | None:
    """Header, a name alone, title, text."""
    name = group.end
    if page.name(name) and (loose or page.ends(group.start - 1)) and page.is_title(name + 1):
        return _downward(page, group, "below name", name + 1, (name,), page.name(name))
    return None


def _labelled(page: Page, group: Group, *, loose: bool = False) -> Place | None:
    """`Title: …` among the header's lines."""
    line = group.labelled_title
    if line is None or loose:
        return None
    header = tuple(index for index in _lines(group) if index != line)
    return Place("labelled", group.start, (line,), header, group.end)


OPTIONS: tuple[Option, ...] = (
    _labelled, _above, _above_name, _above_before_name, _above_two, _above_deck, _above_sentence,
    _below, _below_after_name, _below_name,
)  # fmt: skip


def loosely_above(page: Page, group: Group) -> Place | None:
    """Title and header, whatever stands around them: for headers whose shape is sure."""
    title = group.start - 1
    return _upward(group, "above", (title,), ()) if page.is_title(title) else None


def choose_places(page: Page, groups: Sequence[Group]) -> dict[int, Place]:
    """The place of each group (by its index) that has one, by the option that most groups of the text allow."""
    allowed = [[place for option in OPTIONS if (place := option(page, group))] for group in groups]
    counts = Counter(place.option for places in allowed for place in places)
    outlets = outlets_of(groups)
    chosen = {}
    for index, (group, places) in enumerate(zip(groups, allowed, strict=True)):
        if place := _best(page, group, places, counts, outlets):
            chosen[index] = place
    return chosen


def _best(
    page: Page, group: Group, places: Sequence[Place], counts: Counter[str], outlets: frozenset[str]
) -> Place | None:
    usual = max(counts, key=lambda option: counts[option], default="above")
    fit = [
        place
        for place in places
        if _is_usual(place, group, counts, usual) or _is_borne_out(page, place, usual, outlets)
    ]
    best = max(fit, key=lambda place: (_has_outlet_above(place, group), counts[place.option]), default=None)
    if best is None and counts[usual] > 1:
        loose = (place for option in OPTIONS if (place := option(page, group, loose=True)) and place.option == usual)
        best = next(loose, None)
    if best or usual.startswith("below") or (usual == "labelled" and counts[usual] > 1):
        return best
    above = loosely_above(page, group)
    if above is None and usual in ("above", SENTENCE) and group.strength == "strong" and not group.is_bare:
        return _above_sentence(page, group, loose=counts[usual] > 1)
    return above


def _is_usual(place: Place, group: Group, counts: Counter[str], usual: str) -> bool:
    """Plain options need few fellows; those that could as well be chance must be what most of the text allows."""
    count = counts[place.option]
    if place.option == "labelled":
        return True
    if place.option == "above":
        is_other_way = usual == "labelled" or usual.startswith("below")
        return (2 if is_other_way else 5) * count >= counts[usual]
    if place.option == SENTENCE and usual == "above":
        is_sure = group.strength == "strong" or (group.strength == "medium" and "NN" not in group.signature)
        return is_sure and counts[usual] >= 2 and not group.is_bare
    if place.name and is_outlet_like(place.name) and place.option in ("above name", "above, name below"):
        return count >= 2 or place.option == usual or (place.is_full(group) and usual.startswith("above"))
    if place.option == "above name" and place.is_full(group):
        return usual.startswith("above")
    return count >= 2 and count == counts[usual]


def _is_borne_out(page: Page, place: Place, usual: str, outlets: frozenset[str]) -> bool:
    """Whether a name alone is one that the text's other headers have, or its title is set off from what precedes it."""
    if place.option not in ("above name", "above, name below") or not usual.startswith("above"):
        return False
    return place.name in outlets or page.is_set_off(place.first)


def _has_outlet_above(place: Place, group: Group) -> bool:
    """A title above an outlet's name is the title, and not the name itself, where byline and date follow below."""
    is_outlet = place.option == "above name" and is_outlet_like(place.name or "")
    return is_outlet and place.is_full(group) and not group.outlet


def _lines(group: Group) -> tuple[int, ...]:
    return tuple(range(group.start, group.end))


def _upward(group: Group, option: str, title: tuple[int, ...], more: tuple[int, ...], name: str | None = None) -> Place:
    return Place(option, title[0], title, (*more, *_lines(group)), group.end, name)


def _downward(
    page: Page, group: Group, option: str, title: int, more: tuple[int, ...], name: str | None = None
) -> Place | None:
    """Below the title there may be lines of the header again, such as `By …`; running text must follow."""
    body = title + 1
    while body - title < _MOST_SIDE_LINES and page.side(body):
        body += 1
    header = sorted((*more, *_lines(group), *range(title + 1, body)))
    return Place(option, header[0], (title,), tuple(header), body, name) if page.is_body(body) else None
