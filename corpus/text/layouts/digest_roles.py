"""Which of a header's names is the outlet and which are authors: by their words, and by what comes again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.text.layouts.digest_judging import Candidate
from corpus.text.layouts.names import is_outlet_like, is_person_like

_LEAST_FOR_AUTHORS = 3


class Roles:
    """What the names of all headers of a text tell about each one."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._counts = Counter(name for candidate in candidates for name in _names(candidate))
        self._usual_places = Counter(map(_outlet_place, candidates))
        alone = [names[0] for candidate in candidates if len(names := _names(candidate)) == 1 and not _has(candidate)]
        persons = sum(is_person_like(name) for name in alone)
        self._alone_are_authors = persons == len(alone) >= _LEAST_FOR_AUTHORS and len(set(alone)) > len(alone) / 2

    def of(self, candidate: Candidate) -> tuple[tuple[str, ...], str | None]:
        """The authors and the outlet of a header."""
        group, names = candidate.group, _names(candidate)
        if group.outlet:
            return (group.authors or tuple(filter(is_person_like, names)), group.outlet)
        if not names:
            return group.authors, None
        if len(names) == 1 and self._alone_are_authors and not group.authors:
            return (names[0],), None
        outlet = max(names, key=lambda name: self._weight(name, names, group.signature))
        others = tuple(name for name in names if name != outlet and is_person_like(name))
        return (group.authors or others), outlet

    def _weight(self, name: str, names: Sequence[str], signature: str) -> tuple[bool, bool, int, int, int]:
        """An outlet's words first; then what is no person, what comes again, where outlets stand, what stands first."""
        usual = self._usual_places[signature, names.index(name)]
        return is_outlet_like(name), not is_person_like(name), self._counts[name], usual, -names.index(name)


def _outlet_place(candidate: Candidate) -> tuple[str, int] | None:
    """Where among a header's names the outlet stands, by the signature; None where its words do not tell."""
    names = _names(candidate)
    told = [place for place, name in enumerate(names) if is_outlet_like(name) or not is_person_like(name)]
    return (candidate.group.signature, told[0]) if len(told) == 1 < len(names) else None


def _names(candidate: Candidate) -> tuple[str, ...]:
    alone = candidate.place.name
    return (*candidate.group.names, alone) if alone else candidate.group.names


def _has(candidate: Candidate) -> bool:
    return bool(candidate.group.authors or candidate.group.outlet)
