"""A text-free release and a folder of copies to the full dataset again: `hydrate`."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DamagedTableError, InvalidCorpusError, MissingTextsError, TextFreeError
from corpus.exchanging import exclusive, replace_folder
from corpus.findings import Finding, has_errors, in_order
from corpus.names import MANIFEST, MARK, NONE
from corpus.tables.files import read_manifest
from corpus.textfree.assembling import Tally, assemble
from corpus.textfree.copies import Copies
from corpus.textfree.originals import match_originals, restore_from_originals
from corpus.textfree.pieces import rows_of
from corpus.textfree.republishing import write_pages
from corpus.textfree.restoring import TableRestorer
from corpus.textfree.scanning import Scanner
from corpus.textfree.store import Store
from schemas.release import TEXT_FREE_TABLES

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class HydrationReport:
    """What was put back. `folder`: None where nothing was written. `digest`: the content digest of what was written.

    `original`, `exact`, `tolerated`, `missing`: articles by how their text was found: in a file as obtained, in a copy
    that is the same, in one with differences that are allowed for, or in none. `ways`: how many articles needed which
    allowance.
    """

    folder: Path | None
    digest: str | None
    full_digest: str
    original: int
    exact: int
    tolerated: int
    missing: int
    ways: dict[str, int]
    findings: tuple[Finding, ...]


def hydrate(
    folder: Path, texts: Path, out: Path, *, partial: bool = False, progress: Progress = lambda _: None
) -> HydrationReport:
    """Put the texts back into the text-free release `folder`, from copies in `texts`, and write the dataset to `out`.

    All or nothing: where an article has no copy, or the file as obtained is needed and not there, nothing is written,
    unless `partial`; then the rows of the articles that matched are written, and the manifest says so.
    Raises `MissingDatasetError` and `TextFreeError` where there is no text-free release, `MissingTextsError` where
    there are no copies, `DamagedTableError` where a table is not what was released, `InvalidCorpusError` where the
    result has not the digest of the full dataset, `NotADatasetError` where `out` holds something else.
    """
    manifest = read_manifest(folder)
    if manifest.get(MARK) != NONE or not isinstance(manifest.get("full_digest"), str):
        raise TextFreeError(folder, "is no text-free release: there are no texts to put back")
    if not texts.exists():
        raise MissingTextsError(texts)
    with tempfile.TemporaryDirectory() as place:
        store = Store(Path(place) / "texts.sqlite")
        try:
            return _Hydration(folder, manifest, store, progress).run(texts, out, partial=partial)
        except sqlite3.Error as error:
            raise DamagedTableError(folder / "data", str(error)) from error
        finally:
            store.close()


class _Hydration:
    def __init__(self, folder: Path, manifest: dict[str, Any], store: Store, progress: Progress) -> None:
        self._folder = folder
        self._manifest = manifest
        self._tables: dict[str, Any] = manifest["tables"]
        self._store = store
        self._progress = progress

    def run(self, texts: Path, out: Path, *, partial: bool) -> HydrationReport:
        copies = Copies(texts)
        self._load()
        tally = self._match(copies, texts.name or str(texts))
        findings = [*copies.findings, *tally.findings, *self._lacking(texts)]
        complete = not has_errors(findings)
        if not complete and not (partial and tally.original + tally.exact + tally.tolerated):
            return self._report(None, None, tally, findings)
        with exclusive(out):
            replace_folder(out, lambda staged: self._write(staged, partial=not complete))
        return self._report(out, read_manifest(out)["digest"], tally, findings)

    def _load(self) -> None:
        self._progress("reading the release")
        self._store.fill(self._articles(), self._paragraphs(), self._patches(), self._masks())

    def _match(self, copies: Copies, name: str) -> Tally:
        self._progress("comparing files as obtained")
        seeds = list(self._rows("seeds", "seed_id", "sha256", "bytes", "form", "encoding"))
        originals = match_originals(seeds, copies.files)
        if "ledger" in self._tables:
            restore_from_originals(self._folder, {seed["seed_id"]: seed for seed in seeds}, originals, self._store)
        self._progress("seeking paragraphs in copies")
        wanted = self._store.want_missing()
        copies.seek(Scanner(self._store, wanted), self._store)
        return assemble(self._store, name)

    def _lacking(self, texts: Path) -> Iterator[Finding]:
        expected = "the file as obtained, for bytes that stand in no article"
        for seed_id in self._store.lacking():
            yield Finding(texts.name or str(texts), None, "bytes-missing", seed_id, expected, "no file with its sha256")

    def _write(self, staged: Path, *, partial: bool) -> None:
        restorer = TableRestorer(self._folder, self._store, partial=partial)
        entries = {}
        for name in self._tables:
            if name in TEXT_FREE_TABLES:
                continue
            self._progress(f"writing {name}")
            writer = restorer.restore(name, staged)
            if writer.rows:
                entries[name] = writer.entry(None if partial else self._tables[name])
        digest = write_pages(self._folder, staged, entries, self._store, restorer, partial=partial)
        if not partial and digest != self._manifest["full_digest"]:
            expected = f"the digest of the full dataset, {self._manifest['full_digest']}"
            raise InvalidCorpusError([Finding(MANIFEST, None, "digest-differs", "full_digest", expected, digest)])

    def _report(self, out: Path | None, digest: str | None, tally: Tally, findings: list[Finding]) -> HydrationReport:
        counts = tally.original, tally.exact, tally.tolerated, tally.missing
        full = str(self._manifest["full_digest"])
        return HydrationReport(out, digest, full, *counts, tally.ways, tuple(in_order(findings)))

    def _rows(self, name: str, *columns: str) -> Iterator[dict[str, Any]]:
        return rows_of(self._folder, name, list(columns)) if name in self._tables else iter(())

    def _articles(self) -> Iterator[tuple[str, str, str]]:
        for row in self._rows("articles", "article_id", "seed_id", "text_sha256"):
            yield row["article_id"], row["seed_id"], row["text_sha256"]

    def _paragraphs(self) -> Iterator[tuple[str, int, int, str, str, bytes, int]]:
        """The paragraphs with their digests: the rows of the two tables follow each other alike."""
        places = self._rows("paragraphs", "paragraph_id", "article_id", "char_start", "char_end")
        digests = self._rows("paragraph_digests", "paragraph_id", "text_sha256", "folded_sha256", "folded_length")
        try:
            for one, other in zip(places, digests, strict=True):
                if one["paragraph_id"] != other["paragraph_id"]:
                    raise ValueError(one["paragraph_id"])
                place = one["article_id"], one["char_start"], one["char_end"], one["paragraph_id"]
                yield *place, other["text_sha256"], bytes.fromhex(other["folded_sha256"]), other["folded_length"]
        except (ValueError, TypeError) as error:
            why = f"its rows are not those of paragraphs ({error})"
            raise DamagedTableError(self._folder / "data" / "paragraph_digests", why) from error

    def _patches(self) -> Iterator[tuple[str, int, int, str]]:
        for row in self._rows("patches", "paragraph_id", "folded_start", "folded_end", "original"):
            yield row["paragraph_id"], row["folded_start"], row["folded_end"], row["original"]

    def _masks(self) -> Iterator[tuple[str, int, str, int | None, int, str, int, int]]:
        names = ("place", "row", "column_name", "item", "at", "article_id", "char_start", "char_end")
        for row in self._rows("withheld", *names):
            yield tuple(row[name] for name in names)
