"""The pages, manifest and checksums of a hydrated dataset: those of the full one again, or those of a partial one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import DamagedTableError
from corpus.exploring.registers import about_said
from corpus.exploring.standing import Standing
from corpus.names import CHECKSUMS, MANIFEST, MARK, PARTIAL, is_explorer
from corpus.tables.digesting import dataset_digest
from corpus.tables.files import files_under, sha256_of, write_checksums, write_json
from corpus.textfree.covering import CARD, DESCRIPTIONS, carried_pages, config_of, split_head
from corpus.textfree.restoring import TableRestorer
from corpus.textfree.store import Store

PARTIAL_NOTICE = (
    "> **Partial.** The texts of this dataset were put back from copies, and some copies were missing: the rows of"
    " those articles are not here. Counts on the pages are those of the full dataset."
)


def write_pages(
    folder: Path, target: Path, entries: Mapping[str, Any], store: Store, restorer: TableRestorer, *, partial: bool
) -> str:
    """Write what a dataset has beside its tables, and return its content digest.

    `folder`: the text-free release, whose pages are unmasked; `entries`: what the manifest says of each table.
    Raises `DamagedTableError` where a page is not what was released.
    """
    full: dict[str, Any] = {}
    for name, page in carried_pages(folder):
        text = _unmasked(name, page, store, restorer)
        if name == MANIFEST:
            full = _parsed(folder, text)
            continue
        if partial and name in DESCRIPTIONS:
            continue
        if name == CARD and partial:
            text = _partial_card(text, entries, str(full.get("version")))
        (target / name).write_text(text, "utf-8", newline="\n")
    if not partial:
        _write_explorer(target, full, int(entries["articles"]["rows"]) if "articles" in entries else 0)
    digest = dataset_digest({name: str(entry["digest"]) for name, entry in entries.items()})
    marks = {MARK: PARTIAL, "full_digest": full.get("digest")} if partial else {}
    tables = {name: entries[name] for name in [*full.get("tables", ()), *entries] if name in entries}
    files = {name: sha256_of(target / name) for name in files_under(target) if name not in (MANIFEST, CHECKSUMS)}
    changed = {"digest": digest, **marks, "tables": tables, "files": files}
    write_json(target / MANIFEST, {**full, **changed})
    write_checksums(target)
    return digest


def _write_explorer(target: Path, full: Mapping[str, Any], articles: int) -> None:
    """The pages for reading, where the full dataset has any: drawn again, since no release carries them."""
    files = full.get("files")
    is_wanted = isinstance(files, dict) and any(map(is_explorer, files))
    card = (target / CARD).read_text("utf-8") if (target / CARD).is_file() else ""
    Standing(is_wanted, articles).write(target, about_said(full, card, target.name))


def _unmasked(name: str, page: str, store: Store, restorer: TableRestorer) -> str:
    lines = page.split("\n")
    by_line: dict[int, list[Any]] = {}
    for mark in store.marks(name, 0, len(lines)):
        by_line.setdefault(mark.row, []).append(mark)
    for row, marks in by_line.items():
        try:
            lines[row] = restorer.unmask(lines[row], marks)
        except ValueError as error:
            raise DamagedTableError(Path(name), str(error)) from error
    return "\n".join(lines)


def _parsed(folder: Path, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise DamagedTableError(folder / "full" / MANIFEST, str(error)) from error
    return value if isinstance(value, dict) else {}


def _partial_card(page: str, entries: Mapping[str, Any], version: str) -> str:
    """The full dataset's card with the tables that are there, and a notice."""
    head, body = split_head(page)
    head["configs"] = [config_of(name, version, str(entry["digest"])) for name, entry in entries.items()]
    says = yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=1000)
    return f"---\n{says}---\n\n{PARTIAL_NOTICE}\n{body}"
