"""The targets of Web Annotations: which text, and where in it, by quotation and by position.

Source: W3C, Web Annotation Data Model (Recommendation of 23 February 2017), sections 3 and 4.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from corpus.interchange.files import document_id_of

_LISTS = ("Composite", "List", "oa:Composite", "oa:List")
_CHARACTERS = re.compile(r"char=(\d{1,18}),(\d{1,18})", re.ASCII)  # RFC 5147, for plain text
_MOST_FOUND = 2


@dataclass(frozen=True, slots=True)
class Quote:
    """Words, with those right before and after them where that is needed."""

    exact: str
    prefix: str = ""
    suffix: str = ""

    def places(self, text: str) -> list[int]:
        """The code points at which the words begin, at most two: one is wanted."""
        words = self.prefix + self.exact + self.suffix
        found: list[int] = []
        at = text.find(words)
        while at >= 0 and len(found) < _MOST_FOUND:
            found.append(at + len(self.prefix))
            at = text.find(words, at + 1)
        return found


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch that a target speaks of: in which source, by which position and words; None where not said.

    `other`: the kind of a selector of something else, such as a part of a picture, where there is no other.
    """

    source: str
    position: tuple[Any, Any] | None = None
    quote: Quote | None = None
    other: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is its whole source."""
        return self.position is None and self.quote is None and self.other is None


def targets_of(annotation: Mapping[str, Any]) -> Iterator[list[Piece]]:
    """The targets of an annotation: several are several marks; the items of a composite are pieces of one."""
    target = annotation.get("target")
    for one in target if isinstance(target, list) else [target]:
        if isinstance(one, dict) and one.get("type") in _LISTS:
            items = one.get("items")
            yield [_piece(item) for item in (items if isinstance(items, list) else [])]
        else:
            yield [_piece(one)]


def _piece(target: Any) -> Piece:
    if isinstance(target, str):
        return Piece(target)
    if not isinstance(target, dict):
        return Piece("")
    source = target.get("source", target.get("id"))
    source = source.get("id") if isinstance(source, dict) else source
    position, quote, other = None, None, None
    for selector in _selectors(target.get("selector")):
        kind = str(selector.get("type", "")).removeprefix("oa:")
        if kind == "TextPositionSelector":
            position = (selector.get("start"), selector.get("end"))
        elif kind == "TextQuoteSelector":
            parts = [selector.get(key) for key in ("exact", "prefix", "suffix")]
            quote = Quote(*(part if isinstance(part, str) else "" for part in parts))
        elif match := _CHARACTERS.fullmatch(str(selector.get("value", ""))):
            position = match[1], match[2]
        elif kind != "Choice":
            other = kind or "a selector of no type"
    other = other if position is None and quote is None else None
    return Piece(source if isinstance(source, str) else "", position, quote, other)


def _selectors(selector: Any) -> Iterator[Mapping[str, Any]]:
    """A selector, its alternatives, and what refines it, to the innermost."""
    todo = deque([selector])
    while todo:
        one = todo.popleft()
        if isinstance(one, list):
            todo += one
        elif isinstance(one, dict):
            yield one
            todo += [one[key] for key in ("refinedBy", "items") if key in one]


def document_id_of_source(source: str) -> str:
    """The document that an address names: its last part, without `.txt` and what follows a `#`."""
    try:
        path = urlsplit(source).path
    except ValueError:
        path = source
    name = path.rstrip("/").rpartition("/")[2] or source
    return document_id_of(unquote(name).removesuffix(".txt"))
