"""The dataset card (`README.md` of a built dataset) and the licence page.

The YAML at the head of the card is what `load_dataset` reads. Every config carries the version and a digest:
without them `datasets` serves an older copy from its cache after the files have changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from corpus.pages.rendering import render
from corpus.seeds.declarations import Dataset
from corpus.tables.facts import Facts
from corpus.tables.shapes import columns, describe

_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)


def render_card(dataset: Dataset, facts: Facts, digests: Mapping[str, str], explorer: str | None = None) -> str:
    """The card as Markdown, its YAML first. `digests`: the content digest of each published table. `explorer`: the
    page beside the card that is to be opened in a browser.
    """
    head = yaml.safe_dump(_head(dataset, facts, digests), sort_keys=False, allow_unicode=True, width=1000)
    body = render("card.md.j2", dataset=dataset, facts=facts, tables=_dictionaries(digests), explorer=explorer)
    return f"---\n{head}---\n{body}"


def render_licence(dataset: Dataset, digests: Mapping[str, str]) -> str:
    """The licence page: which columns are whose."""
    return render("licence.md.j2", dataset=dataset, tables=_dictionaries(digests))


def _dictionaries(digests: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"name": name, "row": describe(name), "columns": columns(name)} for name in digests]


def _head(dataset: Dataset, facts: Facts, digests: Mapping[str, str]) -> dict[str, Any]:
    return {
        "pretty_name": dataset.title,
        "language": list(dataset.languages),
        "license": "other",
        "license_name": "texts-of-their-publishers",
        "license_link": "LICENSE.md",
        "annotations_creators": list(dataset.annotations_creators),
        "language_creators": ["found"],
        "source_datasets": ["original"],
        "task_categories": ["token-classification", "text-classification"],
        "size_categories": [next((name for most, name in _SIZES if facts.rows["articles"] < most), "n>10M")],
        "tags": list(dataset.keywords),
        "configs": [_config(dataset, name, digest) for name, digest in digests.items()],
    }


def _config(dataset: Dataset, name: str, digest: str) -> dict[str, Any]:
    default = {"default": True} if name == "articles" else {}
    files = [{"split": "train", "path": f"data/{name}/*.parquet"}]
    return {
        "config_name": name,
        **default,
        "version": dataset.version,
        "description": f"content sha256:{digest}",
        "data_files": files,
    }
