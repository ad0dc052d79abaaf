"""Reproducible corpora of press articles with claim spans: what builds, checks and reads them.

>>> import corpus
>>> corpus.load("claims").height > 0
True

`load` gives a table of a built dataset, `build` makes a dataset from seeds, `validate` says what is wrong with
seeds or a dataset, `verify` whether a dataset's files are whole. `sentences` and `extract` work on any text,
`articles` reads those of any file, `read_annotations` what annotation tools write.
`articles` reads those of any file. `publish` releases a dataset at an address; `releases`, `open_release` and
`verify_release` read what is released there.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.annotations import read_annotations
    from corpus.building import BuildReport, build
    from corpus.extracting.claims import ExtractedClaim
    from corpus.extraction import extract, sentences
    from corpus.findings import Finding
    from corpus.forms import Fields
    from corpus.loading import load, validate, verify
    from corpus.reading import ReadArticle, ReadFile, articles
    from corpus.releasing.publish import PublishReport, publish
    from corpus.releasing.releases import Release, open_release, releases, verify_release

__all__ = [
    "BuildReport",
    "ExtractedClaim",
    "Fields",
    "Finding",
    "PublishReport",
    "ReadArticle",
    "ReadFile",
    "Release",
    "articles",
    "build",
    "extract",
    "load",
    "open_release",
    "publish",
    "read_annotations",
    "releases",
    "sentences",
    "validate",
    "verify",
    "verify_release",
]

# Where each public name lives: imported on first use, so that `import corpus` costs nothing.
_HOMES = {
    "BuildReport": "corpus.building",
    "ExtractedClaim": "corpus.extracting.claims",
    "Fields": "corpus.forms",
    "Finding": "corpus.findings",
    "PublishReport": "corpus.releasing.publish",
    "ReadArticle": "corpus.reading",
    "ReadFile": "corpus.reading",
    "Release": "corpus.releasing.releases",
    "articles": "corpus.reading",
    "build": "corpus.building",
    "extract": "corpus.extraction",
    "load": "corpus.loading",
    "read_annotations": "corpus.annotations",
    "open_release": "corpus.releasing.releases",
    "publish": "corpus.releasing.publish",
    "releases": "corpus.releasing.releases",
    "sentences": "corpus.extraction",
    "validate": "corpus.loading",
    "verify": "corpus.loading",
    "verify_release": "corpus.releasing.releases",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module 'corpus' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
