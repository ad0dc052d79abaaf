"""Do the descriptions agree: one version, one date, one title, one licence, the same authors?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.describing.reading import read_json, read_yaml
from corpus.describing.shapes import DAY, TEXT, VERSION, shown
from corpus.describing.zenodo import NO_OPEN_LICENCE
from corpus.findings import Finding
from corpus.names import CITATION, CROISSANT, DATA_PACKAGE, MANIFEST, ZENODO

_Read = Callable[[Path, str, list[Finding]], dict[str, Any] | None]
_FILES: dict[str, _Read] = {
    MANIFEST: read_json,
    CROISSANT: read_json,
    DATA_PACKAGE: read_json,
    CITATION: read_yaml,
    ZENODO: read_json,
}
# Which property of each file says it; of lists, what the members say it by. The manifest names no title or licence.
_SAID_BY: dict[str, dict[str, str]] = {
    "version": dict.fromkeys(_FILES, "version"),
    "date": {MANIFEST: "released", CROISSANT: "datePublished", CITATION: "date-released", ZENODO: "publication_date"},
    "title": {CROISSANT: "name", DATA_PACKAGE: "title", CITATION: "title", ZENODO: "title"},
    "authors": {
        CROISSANT: "creator.name",
        DATA_PACKAGE: "contributors.title",
        CITATION: "authors.name",
        ZENODO: "creators.name",
    },
    "licence": {
        CROISSANT: "license.identifier",
        DATA_PACKAGE: "licenses.name",
        CITATION: "license",
        ZENODO: "license",
    },
}

_KINDS = {"version": VERSION, "date": DAY, "title": TEXT}
_OPTIONAL = "license"  # of the two that name one licence: absent means that there is none with an identifier


def check_agreement(folder: Path) -> list[Finding]:
    """Where a description says something else than most of them; files that cannot be read say nothing here."""
    unread: list[Finding] = []
    read = {name: reader(folder, name, unread) for name, reader in _FILES.items()}
    files = {name: content for name, content in read.items() if content is not None}
    return [finding for about, places in _SAID_BY.items() for finding in _disagreeing(about, places, files)]


def _disagreeing(about: str, places: Mapping[str, str], files: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    said = {name: _said(about, files[name], place) for name, place in places.items() if name in files}
    counts = Counter(value for value in said.values() if value is not None)
    most = counts.most_common(1)[0][0] if counts else None
    for name, value in said.items():
        if most is not None and value is not None and value != most:
            yield Finding(name, None, "descriptions-disagree", about, most, value)


def _said(about: str, content: Mapping[str, Any], place: str) -> str | None:
    """What a description says, in the form in which all can be compared; None where it is not of its kind.

    That it is not is a finding of the description's own check.
    """
    first, _, second = place.partition(".")
    value = content.get(first)
    if second:
        if not isinstance(value, list):
            return None
        value = [item.get(second) if isinstance(item, Mapping) else None for item in value]
    if about == "licence":
        return _licence(value) if first in content or place == _OPTIONAL else None
    if about == "authors":
        return "; ".join(map(shown, value)) if isinstance(value, list) and all(map(TEXT.fits, value)) else None
    return shown(value) if _KINDS[about].fits(value) else None


def _licence(value: Any) -> str:
    """The first identifier of a licence, without regard to case; `none` where there is no open one."""
    identifiers = value if isinstance(value, list) else [value]
    first = next((shown(item).lower() for item in identifiers if item), NO_OPEN_LICENCE)
    return "none" if first == NO_OPEN_LICENCE else first
