"""The regions of a Label Studio task: what is labelled, in which text, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import lxml.html
from lxml import etree

from corpus.interchange.faults import Faults
from corpus.interchange.files import as_text, offset_of
from corpus.interchange.placing import Stated

# A path as the editor writes one; no other expression of XPath is followed.
_PATH = re.compile(r"/?((?:/?[a-z][a-z0-9-]*\[\d{1,6}\])*)/?(?:text\(\)\[(\d{1,6})\])?")
_STEP = re.compile(r"([a-z][a-z0-9-]*)\[(\d{1,6})\]")
_MOST_TEXTS = 8
_ANSWERS = ("choices", "text", "rating", "number", "taxonomy", "datetime", "ranker", "pairwise")


@dataclass(frozen=True, slots=True)
class Region:
    """One result of a task. `region_id`: shared by all results that speak of the same stretch."""

    region_id: str
    kind: str
    value: Mapping[str, Any]
    to_name: str
    from_name: str
    raw: Mapping[str, Any]

    @property
    def has_place(self) -> bool:
        """Whether it says where it begins and ends."""
        return ("start" in self.value and "end" in self.value) or isinstance(self.value.get("globalOffsets"), dict)

    @property
    def is_on_a_page(self) -> bool:
        """Whether it speaks of what is visible of a page in HTML."""
        return "startOffset" in self.value or isinstance(self.value.get("globalOffsets"), dict)

    @property
    def labels(self) -> list[str]:
        """The labels that it gives the stretch."""
        lists = [held for key, held in self.value.items() if key.endswith("labels") and isinstance(held, list)]
        return [str(label) for held in lists for label in held]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What it says of the stretch or of the whole text, under the name of the control."""
        if self.labels or self.kind.endswith("labels"):
            return []
        found = [self.value[key] for key in _ANSWERS if key in self.value and not (key == "text" and self._is_quote)]
        return [(self.from_name or self.kind, as_text(one)) for held in found for one in _listed(held)]

    @property
    def _is_quote(self) -> bool:
        """Whether `text` repeats the words of the stretch, and is no answer."""
        return isinstance(self.value.get("text"), str) and self.kind != "textarea"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def regions_of(task: Mapping[str, Any], faults: Faults) -> Iterator[Region]:
    """The results of a task's annotations; of its predictions only where nobody has annotated it.

    Older versions call annotations completions; the short form of an export has lists of regions beside the data.
    """
    sets = [one for key in ("annotations", "completions") for one in _objects(task.get(key))]
    sets = [one for one in sets if not one.get("was_cancelled")] or _objects(task.get("predictions"))
    for number, one in enumerate(sets, 1):
        prefix = f"{number}:" if len(sets) > 1 else ""
        for place, result in enumerate(_listed(one.get("result", [])), 1):
            region = _region(result, f"{prefix}{place}", prefix)
            if region is None:
                faults.add("annotation-unreadable", f"result {place}", "an object with a type and a value", result)
            else:
                yield region
    if not sets and "data" not in task:
        yield from _short(task)


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _region(result: Any, number: str, prefix: str) -> Region | None:
    if not isinstance(result, dict) or not isinstance(result.get("value", {}), dict):
        return None
    own = prefix + str(result["id"]) if "id" in result else f"result-{number}"
    names = [str(result.get(key, "")) for key in ("type", "to_name", "from_name")]
    raw = (
        result if not prefix else {**result, **{k: f"{prefix}{result[k]}" for k in ("from_id", "to_id") if k in result}}
    )
    return Region(own, names[0], result.get("value", {}), names[1], names[2], raw)


def _short(task: Mapping[str, Any]) -> Iterator[Region]:
    for key, held in task.items():
        for number, value in enumerate(_objects(held), 1):
            if "start" in value and "end" in value:
                yield Region(f"{key}-{number}", "labels", value, "", key, {})


def texts_of(data: Mapping[str, Any], name: str) -> list[str]:
    """The texts of a task that regions may speak of, the likeliest first."""
    keys = [key for key in (name, "text", *data) if isinstance(data.get(key), str)]
    return [data[key] for key in dict.fromkeys(keys)][:_MOST_TEXTS]


class Page:
    """The text of a page's body as a reader sees it, and the places of its pieces. Nothing is fetched."""

    def __init__(self, markup: str) -> None:
        self._body: Any = None
        self._places: dict[tuple[Any, bool], int] = {}
        pieces: list[str] = []
        try:
            parser = lxml.html.HTMLParser(no_network=True, huge_tree=False)
            # In an element of its own, bare text is not put into a paragraph, which no path would name.
            is_whole = "<body" in markup.lower()
            page = lxml.html.document_fromstring(markup if is_whole else f"<div>{markup}</div>", parser=parser)
            self._body = page.find("body" if is_whole else "body/div")
        except (etree.LxmlError, ValueError, AssertionError):
            pass
        at = 0
        for piece in () if self._body is None else self._body.xpath(".//text()"):
            self._places[piece.getparent(), bool(piece.is_tail)] = at
            pieces.append(str(piece))
            at += len(piece)
        self.text = "".join(pieces)

    def along(self, path: str, offset: Any) -> int | str:
        """The place of an offset into the text at a path; the path itself where it leads nowhere."""
        match, within = _PATH.fullmatch(path), offset_of(offset)
        if self._body is None or match is None or within is None:
            return path
        steps = "".join(f"/{name}[{number}]" for name, number in _STEP.findall(match[1]))
        nodes: Sequence[Any] = self._body.xpath(f".{steps}/text()[{match[2] or 1}]")
        return self._places[nodes[0].getparent(), bool(nodes[0].is_tail)] + within if nodes else path


def stated_of(region: Region, page: Page | None) -> Stated:
    """Where a region says that it is. A path into a page is followed where there is no offset into all of it."""
    value = region.value
    words = value.get("text") if isinstance(value.get("text"), str) else None
    whole = value.get("globalOffsets")
    if isinstance(whole, dict):
        return Stated(region.region_id, ((whole.get("start"), whole.get("end")),), words)
    start, end = value.get("start"), value.get("end")
    if page is not None and "startOffset" in value and isinstance(start, str) and isinstance(end, str):
        start, end = page.along(start, value.get("startOffset")), page.along(end, value.get("endOffset"))
    return Stated(region.region_id, ((start, end),), words)
