"""`.zenodo.json`: what Zenodo asks of a deposit. It reads nothing else where this file is in a repository."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from corpus.describing.reading import read_json
from corpus.describing.shapes import DAY, TEXT, VERSION, Each, findings_of
from corpus.describing.wording import full_description, named_licence, scopes
from corpus.findings import Finding
from corpus.names import ZENODO
from corpus.seeds.declarations import Dataset

# Without a licence Zenodo takes one itself, and for data an open one.
NO_OPEN_LICENCE = "other-closed"
_SHAPE: dict[str, Any] = {
    "upload_type": "dataset",
    "title": TEXT,
    "version": VERSION,
    "publication_date": DAY,
    "creators": Each({"name": TEXT}),
    "description": TEXT,
    "license": TEXT,
    "notes": TEXT.optional,
    "keywords": Each(TEXT, needed=False),
}


def render_zenodo(dataset: Dataset) -> dict[str, Any]:
    """The deposit's metadata; `description` is HTML, as Zenodo has it."""
    licence = named_licence(dataset)
    return {
        "upload_type": "dataset",
        "title": dataset.title,
        "version": dataset.version,
        "publication_date": dataset.released.isoformat(),
        "creators": [{"name": name} for name in dataset.creators],
        "description": "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in full_description(dataset)),
        "license": licence.identifier.lower() if licence and licence.identifier else NO_OPEN_LICENCE,
        **({"notes": html.escape(scopes(dataset), quote=False)} if scopes(dataset) else {}),
        **({"keywords": list(dataset.keywords)} if dataset.keywords else {}),
    }


def check_zenodo(folder: Path) -> list[Finding]:
    """What is wrong with the deposit's metadata of a published folder."""
    findings: list[Finding] = []
    found = read_json(folder, ZENODO, findings)
    return findings if found is None else findings_of(ZENODO, _SHAPE, found)
