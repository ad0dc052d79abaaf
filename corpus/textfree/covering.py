"""The pages of a text-free release: its own card, the full dataset's pages, manifest and checksums."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from corpus.names import (
    CHECKSUMS,
    CITATION,
    CROISSANT,
    DATA_PACKAGE,
    MANIFEST,
    MARK,
    NONE,
    PROVENANCE,
    ZENODO,
)
from corpus.pages.rendering import render
from corpus.tables.digesting import dataset_digest
from corpus.tables.files import files_under, sha256_of, write_checksums, write_json
from corpus.tables.shapes import describe, text_free_columns
from schemas import release

CARD = "README.md"
DESCRIPTIONS = (CROISSANT, DATA_PACKAGE, CITATION, ZENODO, PROVENANCE)
"""What describes the full dataset to programs: its release carries them below `full/`, a partial one has none."""
# Where each page of the full dataset stands in the text-free one. Other files are not carried over.
PLACES = {
    MANIFEST: f"full/{MANIFEST}",
    CARD: f"full/{CARD}",
    "LICENSE.md": "LICENSE.md",
    "DATASHEET.md": "DATASHEET.md",
    ".gitignore": ".gitignore",
    **{name: f"full/{name}" for name in DESCRIPTIONS},
}
_NOTED = ("LICENSE.md", "DATASHEET.md")
NOTICE = (
    "> **Text-free release.** The texts are left out here, and so are most words of theirs in the tables. What stays:"
    f" titles of at most {release.LONGEST_TITLE} code points, and quotations of at most {release.LONGEST_RUN} words,"
    f" of an article no more than {release.LARGEST_SHARE:.0%} of its words. Longer ones are masked as"
    f" `{release.MASK}`. This page is otherwise that of the full dataset; README.md says how to put the texts back."
)


def with_notice(page: str) -> str:
    """A page with the notice below its first line."""
    head, _, rest = page.partition("\n")
    return f"{head}\n\n{NOTICE}\n{rest}"


def without_notice(page: str) -> str:
    """The page again that `with_notice` was given."""
    return page.replace(f"\n\n{NOTICE}\n", "\n", 1)


def pages_of(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The pages of a full dataset that its text-free release carries, each by its lines."""
    for name in PLACES:
        path = folder / name
        if path.is_file() and not path.is_symlink():
            yield name, path.read_bytes().decode("utf-8", "replace").split("\n")


def carried_pages(folder: Path) -> Iterator[tuple[str, str]]:
    """The pages of the full dataset that a text-free release carries, as they were but for what is masked."""
    for name, place in PLACES.items():
        path = folder / place
        if path.is_file() and not path.is_symlink():
            text = path.read_bytes().decode("utf-8", "replace")
            yield name, without_notice(text) if name in _NOTED else text


def write_covers(
    folder: Path, full: Path, entries: Mapping[str, Any], pages: Mapping[str, str], largest_share: float
) -> None:
    """Write the pages, the card, the manifest and the checksums into a folder that has its tables.

    `pages`: the full dataset's, masked. `entries`: what the manifest says of each table.
    """
    (folder / "full").mkdir()
    for name, text in pages.items():
        path = folder / PLACES[name]
        path.write_text(with_notice(text) if name in _NOTED else text, "utf-8", newline="\n")
    manifest = json.loads((full / MANIFEST).read_text("utf-8"))
    (folder / CARD).write_text(_card(manifest, entries, pages.get(CARD, ""), largest_share), "utf-8", newline="\n")
    write_json(folder / MANIFEST, _manifest(folder, manifest, entries, largest_share))
    write_checksums(folder)


def _manifest(
    folder: Path, full: Mapping[str, Any], entries: Mapping[str, Any], largest_share: float
) -> dict[str, Any]:
    own = ("digest", "tables", "files", "seeds")
    kept = {key: value for key, value in full.items() if isinstance(value, str | int) and key not in own}
    return {
        **kept,
        "digest": dataset_digest({name: str(entry["digest"]) for name, entry in entries.items()}),
        MARK: NONE,
        "full_digest": full.get("digest"),
        "bounds": _bounds(largest_share),
        "tables": dict(entries),
        "seeds": full.get("seeds"),
        "files": {name: sha256_of(folder / name) for name in files_under(folder) if name not in (MANIFEST, CHECKSUMS)},
    }


def _bounds(largest_share: float) -> dict[str, Any]:
    """The bounds that were kept. `share_found`: the largest share of an article's words in short runs, rounded."""
    return {
        "title_code_points": release.LONGEST_TITLE,
        "words_in_a_row": release.LONGEST_RUN,
        "share": release.LARGEST_SHARE,
        "share_found": round(largest_share, 3),
    }


def _card(manifest: Mapping[str, Any], entries: Mapping[str, Any], page: str, largest_share: float) -> str:
    """The card as Markdown, its YAML first; what it takes over of the full dataset's card is already masked."""
    head, _ = split_head(page)
    head["configs"] = [
        config_of(name, str(manifest.get("version")), entry["digest"]) for name, entry in entries.items()
    ]
    says = yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=1000)
    tables = [
        {"name": name, "row": describe(name), "columns": text_free_columns(name), "rows": entry["rows"]}
        for name, entry in entries.items()
    ]
    body = render(
        "text_free.md.j2",
        name=str(head.get("pretty_name", manifest.get("name"))),
        version=str(manifest.get("version", "")),
        full_digest=str(manifest.get("digest")),
        tables=tables,
        masked={(table, column) for table, names in release.MASKED.items() for column in names},
        notices=[line for line in page.split("\n") if line.startswith("> **")],
        bounds=_bounds(largest_share),
        release=release,
    )
    return f"---\n{says}---\n{body}"


def split_head(page: str) -> tuple[dict[str, Any], str]:
    """The YAML at the head of a card, but for its configs, and what follows it."""
    parts = page.split("---\n", 2)
    if len(parts) < 3 or parts[0]:
        return {}, page
    try:
        head = yaml.safe_load(parts[1])
    except yaml.YAMLError:
        head = {}
    known = {key: value for key, value in head.items() if key != "configs"} if isinstance(head, dict) else {}
    return known, parts[2]


def config_of(name: str, version: str, digest: str) -> dict[str, Any]:
    """What `load_dataset` reads of a table in the card."""
    return {
        "config_name": name,
        **({"default": True} if name == "articles" else {}),
        "version": version,
        "description": f"content sha256:{digest}",
        "data_files": [{"split": "train", "path": f"data/{name}/*.parquet"}],
    }
