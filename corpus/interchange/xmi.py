"""The feature structures of a UIMA CAS in XMI, read as a stream of elements.

Source: OASIS, Unstructured Information Management Architecture 1.0, and the reference of Apache UIMA, "XMI CAS
serialization". Read without its type system, too: what is a reference is then told by the names that the tools use.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.interchange.faults import Faults
from corpus.interchange.files import MOST_BYTES

XMI = "http://www.omg.org/XMI"
_ID = f"{{{XMI}}}id"
_CAS = "uima.cas."
_NAMESPACE = re.compile(r"\{https?:///?([^{}]*?)(?:\.ecore)?\}(.+)")
_DESCRIBED = "{http://uima.apache.org/resourceSpecifier}"
_CHUNK = 1 << 16
_MOST_STRUCTURES = 2_000_000


@dataclass(slots=True)
class Structure:
    """A feature structure: its type with dots, and its features; of a list feature, the values in order."""

    structure_id: str
    type_name: str
    features: dict[str, str]
    lists: dict[str, list[str]] = field(default_factory=dict)
    line: int | None = None

    @property
    def label(self) -> str:
        """The type's own name."""
        return self.type_name.rpartition(".")[2]


@dataclass(slots=True)
class Cas:
    """What a file holds. `texts`: of each sofa, its name and text, by its id; None where it holds no text."""

    texts: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    structures: dict[str, Structure] = field(default_factory=dict)


class _RefusedError(Exception):
    """What a file has that is not read; its text says what."""


class _Target:
    """What the parser tells of each element, as it comes by."""

    def __init__(self) -> None:
        self.cas = Cas()
        self._depth = 0
        self._structure: Structure | None = None
        self._feature = ""
        self._words: list[str] = []

    def doctype(self, *_: object) -> None:
        raise _RefusedError("a document type, which can hold entities that swell")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and tag != f"{{{XMI}}}XMI":
            raise _RefusedError(f"the element {tag[:100]}")
        if self._depth == 2:
            self._begin(tag, attributes)
        elif self._depth == 3:
            self._feature, self._words = tag, []

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        match = _NAMESPACE.fullmatch(tag)
        type_name = f"{match[1].replace('/', '.')}.{match[2]}" if match else tag
        own = attributes.get(_ID, f"@{len(self.cas.structures)}")
        features = {name: value for name, value in attributes.items() if not name.startswith("{")}
        self._structure = Structure(own, type_name.lstrip("."), features)
        if self._structure.type_name == f"{_CAS}Sofa":
            self.cas.texts[own] = features.get("sofaID", own), features.get("sofaString")
        elif not self._structure.type_name.startswith((f"{_CAS}View", f"{_CAS}NULL")):
            self.cas.structures[own] = self._structure
            if len(self.cas.structures) > _MOST_STRUCTURES:
                raise _RefusedError(f"more than {_MOST_STRUCTURES:,} feature structures")

    def data(self, words: str) -> None:
        if self._depth == 3:
            self._words.append(words)

    def end(self, _: str) -> None:
        if self._depth == 3 and self._structure is not None:
            self._structure.lists.setdefault(self._feature, []).append("".join(self._words))
        self._depth -= 1

    def close(self) -> Cas:
        return self.cas


def read_cas(path: Path, faults: Faults) -> Cas | None:
    """The feature structures of a file; None with a finding for what is none or too large."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        faults.add("annotation-too-large", None, f"at most {MOST_BYTES:,} bytes", f"{size:,} bytes")
        return None
    try:
        return _parsed(path, _Target())  # type: ignore[no-any-return]
    except etree.XMLSyntaxError as error:
        faults.add("annotation-unreadable", None, "XMI", str(error), error.lineno)
    except (_RefusedError, etree.LxmlError, ValueError) as error:
        faults.add("annotation-unreadable", None, "XMI without a document type", str(error))
    return None


def _parsed(path: Path, target: Any) -> Any:
    """What a target makes of a file. Nothing is fetched, and no entity is declared without a document type."""
    parser = etree.XMLParser(
        target=target, resolve_entities="internal", load_dtd=False, no_network=True, huge_tree=False
    )
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            parser.feed(piece)
    return parser.close()


class _Types:
    """What the parser tells of a description of types: the features that hold references."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._words: list[str] = []
        self._names: dict[str, str] = {}
        self.references: set[str] = set()
        self.values: set[str] = set()

    def doctype(self, *_: object) -> None:
        raise _RefusedError("a document type")

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        self._path.append(tag.removeprefix(_DESCRIBED))
        self._words = []

    def data(self, words: str) -> None:
        self._words.append(words)

    def end(self, _: str) -> None:
        name = self._path.pop()
        parent = self._path[-1] if self._path else ""
        words = "".join(self._words).strip()
        self._words = []
        if name == "name":
            self._names[parent] = words
        elif name == "rangeTypeName":
            is_value = words.startswith(_CAS) and not words.startswith((f"{_CAS}FS", f"{_CAS}TOP"))
            (self.values if is_value else self.references).add(self._names.get("featureDescription", ""))

    def close(self) -> _Types:
        return self


def read_types(folder: Path) -> frozenset[str]:
    """The names of features that hold references, and nowhere a value, as a description of types beside says.

    A description is a file that ends in `.xml` and has `typesystem` in its name; without one, nothing is known.
    """
    for path in sorted(folder.glob("*.xml")):
        if "typesystem" not in path.name.lower() or not path.resolve().is_relative_to(folder.resolve()):
            continue
        if path.is_file() and path.stat().st_size <= MOST_BYTES:
            with contextlib.suppress(_RefusedError, etree.LxmlError, ValueError):
                found = _parsed(path, _Types())
                return frozenset(found.references - found.values)
    return frozenset()
