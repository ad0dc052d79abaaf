"""What a description should say, held against what it says: every difference with its place.

What should stand there is a value like the one that was read: objects, lists and plain values that must be equal,
or a `Kind` where any value of a kind may stand, or `Each` where a list may have any number of members.
Objects in lists are matched by what names them (`@id`, `name` or `path`), the others by their place.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from corpus.findings import Finding
from corpus.terminal import shortened

_NAMING = ("@id", "name", "path")
_MOST_FINDINGS = 1_000
_PROPERTY = "description-property"
# What a difference is about, by the property that it is found at; anything else is a matter of properties.
_CODES = {
    "sha256": "description-hash",
    "hash": "description-hash",
    "distribution": "description-file",
    "resources": "description-file",
    "contentUrl": "description-file",
    "contentSize": "description-file",
    "includes": "description-file",
    "path": "description-file",
    "recordSet": "description-column",
    "field": "description-column",
    "fields": "description-column",
    "dataType": "description-column",
    "isArray": "description-column",
    "column": "description-column",
    "type": "description-column",
    "key": "description-key",
    "references": "description-key",
    "primaryKey": "description-key",
    "foreignKeys": "description-key",
}
_WHOLE = ("key", "references", "primaryKey", "foreignKeys")  # told as one, not part by part


@dataclass(frozen=True, slots=True)
class Kind:
    """Any value that `fits`; `says` in words which. `needed`: whether the property may be left out."""

    says: str
    fits: Callable[[Any], bool]
    needed: bool = True

    @property
    def optional(self) -> Kind:
        """The same, for a property that may be left out."""
        return Kind(self.says, self.fits, needed=False)


@dataclass(frozen=True, slots=True)
class Each:
    """A list of one or more members, each of which is to be `like`."""

    like: Any
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a description differs: the place in it, the property that this is about, and both sides."""

    place: str
    about: str
    expected: str
    found: str


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


TEXT = Kind("a text", _is_text)
DAY = Kind("a day as 2024-01-31", _is_day)
VERSION = Kind(
    "a version as 1.2.3", lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d+\.\d+\.\d+", value))
)
SHA256 = Kind(
    "a SHA-256 in hexadecimal", lambda value: isinstance(value, str) and bool(re.fullmatch("[0-9a-f]{64}", value))
)
ADDRESS = Kind("an address", lambda value: isinstance(value, str) and bool(re.fullmatch(r"https?://\S+", value)))


def findings_of(file: str, expected: Any, found: Any, *, of_tables: bool = False) -> list[Finding]:
    """A finding for each difference between what `file` should say and what it says; a thousand at most.

    `of_tables`: whether the file speaks of tables, so that a difference can be one of their files, columns or keys.
    """
    findings = []
    for difference in differences(expected, found):
        code = _CODES.get(difference.about, _PROPERTY) if of_tables else _PROPERTY
        findings.append(Finding(file, None, code, difference.place, difference.expected, difference.found))
        if len(findings) == _MOST_FINDINGS:
            break
    return findings


def differences(expected: Any, found: Any, place: str = "", about: str = "") -> Iterator[Difference]:
    """Every difference, each told once: a misspelt property is not told a second time as a missing one."""
    if isinstance(expected, Kind):
        if not expected.fits(found):
            yield Difference(place, about, expected.says, shown(found))
    elif isinstance(expected, Each):
        yield from _in_each(expected, found, place, about)
    elif about in _WHOLE and expected != found:
        yield Difference(place, about, shown(expected), shown(found))
    elif isinstance(expected, Mapping) and isinstance(found, Mapping):
        yield from _in_object(expected, found, place)
    elif _is_list(expected) and _is_list(found):
        yield from _in_list(expected, found, place, about)
    elif type(expected) is not type(found) or expected != found:  # true is not 1
        yield Difference(place, about, shown(expected), shown(found))


def _in_each(expected: Each, found: Any, place: str, about: str) -> Iterator[Difference]:
    if not _is_list(found) or not found:
        yield Difference(place, about, "a list of one or more", shown(found))
        return
    for number, item in enumerate(found):
        yield from differences(expected.like, item, f"{place}[{number}]", about)


def _in_object(expected: Mapping[str, Any], found: Mapping[str, Any], place: str) -> Iterator[Difference]:
    missing = [name for name in expected if name not in found]
    for name in found.keys() - expected.keys():
        near = get_close_matches(str(name)[:100], missing, n=1)
        missing = [other for other in missing if other not in near]
        says = f"perhaps {near[0]}" if near else "no such property"
        yield Difference(_inside(place, name), _about(name), says, f"the property {shown(name)}")
    for name in missing:
        if getattr(expected[name], "needed", True):
            says = getattr(expected[name], "says", None) or shown(expected[name])
            yield Difference(_inside(place, name), _about(name), says, "none")
    for name, value in expected.items():
        if name in found:
            yield from differences(value, found[name], _inside(place, name), name)


def _in_list(expected: Sequence[Any], found: Sequence[Any], place: str, about: str) -> Iterator[Difference]:
    there, wanted = _by_name(found), _by_name(expected)
    for name, item in wanted.items():
        if name in there:
            yield from differences(item, there[name], f"{place}[{shown(name)}]", about)
        else:
            yield Difference(f"{place}[{shown(name)}]", about, shown(item), "none")
    for name in there.keys() - wanted.keys():
        yield Difference(f"{place}[{shown(name)}]", about, "none", shown(there[name]))
    if there.keys() == wanted.keys() and list(there) != list(wanted):
        yield Difference(place, about, f"the order {shown(list(wanted))}", shown(list(there)))


def _by_name(items: Sequence[Any]) -> dict[str, Any]:
    """Items by what names them, repeats and those without a name by their place."""
    named: dict[str, Any] = {}
    for number, item in enumerate(items):
        names = [item[key] for key in _NAMING if isinstance(item.get(key), str)] if isinstance(item, Mapping) else []
        name = next(iter(names), str(number))
        named[name if name not in named else f"{name}, again at {number}"] = item
    return named


def _about(name: str) -> str:
    """What is wrong where a property is gone or too much: mostly that; with a key or a list it is the key, the type."""
    return name if name in (*_WHOLE, "isArray") else ""


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _inside(place: str, name: Any) -> str:
    return f"{place}.{shown(name)}" if place else shown(name)


def shown(value: Any) -> str:
    """A value in few words, safe to print; of what lies inside lists and objects at most the names."""
    if isinstance(value, Mapping):
        names = [value[key] for key in _NAMING if isinstance(value.get(key), str)]
        value = next(iter(names), None) or f"an object with {', '.join(map(str, list(value)[:5])) or 'nothing'}"
    elif _is_list(value):
        value = f"[{', '.join(shown(item) for item in value[:3])}{', …' if len(value) > 3 else ''}]"
    return shortened(value if isinstance(value, str) else repr(value))
