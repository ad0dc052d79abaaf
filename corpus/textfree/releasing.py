"""A built dataset to its text-free release: `without_text` leaves out, masks and bounds, and writes digests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus.errors import InvalidCorpusError, TextFreeError
from corpus.exchanging import exclusive, replace_folder
from corpus.findings import Finding, in_order
from corpus.names import MARK
from corpus.tables.files import read_manifest
from corpus.tables.shapes import Column, arrow_schema, text_free_columns
from corpus.terminal import shortened
from corpus.textfree.bounding import bounded
from corpus.textfree.covering import pages_of, write_covers
from corpus.textfree.folding import fold, folded_lines, sha256
from corpus.textfree.masking import Masked, Masker, mask_whole
from corpus.textfree.pieces import Row, TableWriter, pieces_of, rows_of, text_free_writer
from schemas.release import BYTES, LONGEST_RUN, LONGEST_TITLE, MASKED, TEXT_FREE_TABLES, TITLES

Progress = Callable[[str], None]
_MOST_FINDINGS = 200
_FOLLOWING = {"articles": ("article_digests",), "paragraphs": ("paragraph_digests", "patches")}


@dataclass(frozen=True, slots=True)
class ReleaseReport:
    """What was released. `largest_share`: of an article's words that stand in short quotations, from 0 to 1."""

    folder: Path
    digest: str
    full_digest: str
    rows: dict[str, int]
    largest_share: float


def without_text(full: Path, target: Path, progress: Progress = lambda _: None) -> ReleaseReport:
    """Write the text-free release of the dataset `full` into the folder `target`, all or nothing.

    Memory grows with the largest Parquet file and with the values that stay, not with the texts.
    Raises `MissingDatasetError` where there is no dataset, `TextFreeError` where it is no full one,
    `InvalidCorpusError` where words would stay beyond the bounds, `NotADatasetError` where `target` holds
    something else, `DamagedTableError` for a table that cannot be read.
    """
    manifest = read_manifest(full)
    if MARK in manifest:
        raise TextFreeError(full, "is no full dataset: name the one that has its texts")
    release = _Release(full, manifest["tables"], progress)
    release.survey()

    def fill(folder: Path) -> None:
        release.write(folder)
        if release.findings:
            raise InvalidCorpusError(in_order(release.findings))

    with exclusive(target):
        replace_folder(target, fill)
    written = read_manifest(target)
    rows = {name: int(entry["rows"]) for name, entry in written["tables"].items()}
    return ReleaseReport(target, written["digest"], written["full_digest"], rows, release.masker.largest_share)


class _Release:
    """One run: the values are surveyed, then every table is written without its texts."""

    def __init__(self, full: Path, tables: dict[str, Any], progress: Progress) -> None:
        self._full = full
        self._tables = tables
        self._progress = progress
        self.masker = Masker()
        self.findings: list[Finding] = []

    def survey(self) -> None:
        """Learn which words the values that stay have in common with the articles."""
        for name in self._tables:
            self._progress(f"reading {name}")
            for _, piece in pieces_of(self._full, name):
                for column in _guarded(name):
                    for value in _texts(piece[column.name]):
                        self.masker.note(value)
        for _, lines in pages_of(self._full):
            for line in lines:
                self.masker.note(line)
        self._progress("comparing with the articles")
        if "articles" in self._tables:
            for row in rows_of(self._full, "articles", ["article_id", "text", "title"]):
                self.masker.read(row["article_id"], row["text"], row["title"])

    def write(self, folder: Path) -> None:
        """Write tables, pages, manifest and checksums."""
        added = {name: text_free_writer(folder, name) for name in TEXT_FREE_TABLES}
        writers = {}
        for name in self._tables:
            self._progress(f"writing {name}")
            writers[name] = text_free_writer(folder, name)
            self._write_table(name, writers[name], added)
        pages = {name: self._page(name, lines, added["withheld"]) for name, lines in pages_of(self._full)}
        for writer in added.values():
            writer.close()
        entries = {name: writer.entry(self._tables[name]) for name, writer in writers.items()}
        entries |= {name: writer.entry() for name, writer in added.items() if writer.rows}
        write_covers(folder, self._full, entries, pages, self.masker.largest_share)

    def _write_table(self, name: str, writer: TableWriter, added: dict[str, TableWriter]) -> None:
        schema, first = arrow_schema(name, text=False), 0
        hexes = self._hexes() if name in BYTES else iter(())
        headings = _Headings()
        for file, piece in pieces_of(self._full, name):
            _digest(name, piece, added)
            for digests in _FOLLOWING.get(name, ()):  # in the same shard, so that it can be checked by itself
                added[digests].write_waiting(file)
            columns = {field.name: piece[field.name] for field in schema}
            masks = _Masks(name, first, added["withheld"])
            for column in _guarded(name):
                columns[column.name] = self._masked(masks, column, piece)
            for title in TITLES.get(name, ()):
                columns[title] = self._titles(masks, title, piece)
            for whole in MASKED.get(name, ()):
                columns[whole] = self._wholes(masks, whole, piece, headings)
            for raw in BYTES.get(name, ()):
                columns[raw] = pa.array(list(islice(hexes, piece.num_rows)), pa.string())
            writer.write(file, pa.table([columns[field.name] for field in schema], schema=schema))
            first += piece.num_rows

    def _hexes(self) -> Iterator[str | None]:
        named = ["seed_id", "raw_record", "raw_field", "action", "raw_hex"]
        seeds = rows_of(self._full, "seeds", ["seed_id", "encoding"]) if "seeds" in self._tables else iter(())
        encodings = {row["seed_id"]: row["encoding"] for row in seeds}
        return bounded(rows_of(self._full, "ledger", named), encodings)

    def _masked(self, masks: _Masks, column: Column, piece: pa.Table) -> pa.Array:
        """A column with long runs of words masked, item by item where its values are lists."""
        values: list[Any] = piece[column.name].to_pylist()
        for row, value in enumerate(values):
            if isinstance(value, str):
                values[row] = self._kept(masks, row, column.name, None, self.masker.mask(value))
            elif value is not None:
                found = (self.masker.mask(item) for item in value)
                values[row] = [self._kept(masks, row, column.name, at, item) for at, item in enumerate(found)]
        return pa.array(values, column.type)

    def _titles(self, masks: _Masks, column: str, piece: pa.Table) -> pa.Array:
        values = piece[column].to_pylist()
        for row, value in enumerate(values):
            if value is None or len(value) <= LONGEST_TITLE:
                continue
            masked = mask_whole(value, str(piece["article_id"][row]), str(piece["text"][row]))
            if masked is None:
                self._refuse(masks.place, str(piece["article_id"][row]), f"a title of {len(value)} code points")
            else:
                values[row] = self._kept(masks, row, column, None, masked)
        return pa.array(values, pa.string())

    def _wholes(self, masks: _Masks, column: str, piece: pa.Table, headings: _Headings) -> pa.Array:
        """A column whose values are lines of the article: every word of them is masked."""
        values = piece[column].to_pylist()
        ids, texts = piece["article_id"].to_pylist(), piece["text"]
        for row, value in enumerate(values):
            masked = None
            if masks.place == "paragraphs":
                masked = headings.mask(ids[row], value)
                headings.note(ids[row], str(texts[row]), int(piece["char_start"][row].as_py()))
            elif value is not None:
                masked = mask_whole(value, ids[row], str(texts[row]))
            if value is not None:
                values[row] = self._kept(masks, row, column, None, masked or self.masker.mask(value))
        return pa.array(values, pa.string())

    def _kept(self, masks: _Masks, row: int, column: str, item: int | None, masked: Masked) -> str:
        masks.add(row, column, item, masked)
        if masked.left is not None:
            self._refuse(masks.place, f"row {masks.first + row}, {column}", f'"{shortened(masked.left, 60)}"')
        return masked.text

    def _page(self, name: str, lines: Sequence[str], withheld: TableWriter) -> str:
        masks = _Masks(name, 0, withheld)
        kept = [self._kept(masks, row, "line", None, self.masker.mask(line)) for row, line in enumerate(lines)]
        return "\n".join(kept)

    def _refuse(self, place: str, record: str, found: str) -> None:
        expected = f"at most {LONGEST_RUN} words of an article in a row, titles of {LONGEST_TITLE} code points"
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(Finding(f"table:{place}", None, "words-published", record, expected, found))


class _Masks:
    """Notes in the table `withheld` what the marks of one table or page stand for."""

    def __init__(self, place: str, first: int, withheld: TableWriter) -> None:
        self.place = place
        self.first = first
        self._withheld = withheld

    def add(self, row: int, column: str, item: int | None, masked: Masked) -> None:
        for mark in masked.slices:
            self._withheld.add(
                {
                    "place": self.place,
                    "row": self.first + row,
                    "column_name": column,
                    "item": item,
                    "at": mark.at,
                    "article_id": mark.article_id,
                    "char_start": mark.start,
                    "char_end": mark.end,
                }
            )


class _Headings:
    """Where the paragraphs of the article at hand start: a paragraph's section is one before it."""

    def __init__(self) -> None:
        self._article = ""
        self._starts: dict[str, int] = {}

    def note(self, article_id: str, text: str, start: int) -> None:
        if article_id != self._article:
            self._article, self._starts = article_id, {}
        self._starts.setdefault(text, start)

    def mask(self, article_id: str, section: str | None) -> Masked | None:
        """The section masked; None where no earlier paragraph of the article is it."""
        if section is None or article_id != self._article or section not in self._starts:
            return None
        masked = mask_whole(section, article_id, section)
        start = self._starts[section]
        if masked is None:
            return None
        return Masked(masked.text, tuple(s._replace(start=s.start + start, end=s.end + start) for s in masked.slices))


def _guarded(name: str) -> list[Column]:
    """The columns of a table that may hold free words, beside those that are declared to carry the texts'."""
    free = (column for column in text_free_columns(name) if column.type_name in ("text", "list of texts"))
    bound = (c for c in free if not (c.third_party or c.key or c.references or c.vocabulary or c.allowed))
    return list(bound)


def _texts(column: pa.ChunkedArray) -> Iterator[str]:
    """The distinct texts of a column; the items of its lists."""
    flat = pa.compute.list_flatten(column) if pa.types.is_list(column.type) else column
    yield from (value for value in flat.unique().to_pylist() if value is not None)


def _digest(name: str, piece: pa.Table, added: dict[str, TableWriter]) -> None:
    """Write the digests of the articles or paragraphs of a piece, and what folding loses of paragraphs."""
    if name == "articles":
        for row in _rows(piece, "article_id", "text"):
            folded = folded_lines(row["text"])
            digest = {"folded_sha256": sha256(folded), "folded_length": len(folded)}
            added["article_digests"].add({"article_id": row["article_id"], **digest})
    if name != "paragraphs":
        return
    for row in _rows(piece, "paragraph_id", "text"):
        known, named = fold(row["text"]), {"paragraph_id": row["paragraph_id"]}
        digest = {"folded_sha256": sha256(known.text), "folded_length": len(known.text)}
        added["paragraph_digests"].add({**named, "text_sha256": sha256(row["text"]), **digest})
        for patch in known.patches():
            place = {"folded_start": patch.start, "folded_end": patch.end}
            added["patches"].add({**named, **place, "original": patch.original})


def _rows(piece: pa.Table, *columns: str) -> Iterator[Row]:
    for batch in piece.select(list(columns)).to_batches(max_chunksize=4096):
        yield from batch.to_pylist()
