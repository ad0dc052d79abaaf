"""Files as obtained: known by their size and SHA-256, and read by what the ledger says of their bytes."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from corpus.forms import Document, Fields, read
from corpus.text.edits import apply_edits
from corpus.text.normalising import drop_invisible
from corpus.textfree.folding import sha256
from corpus.textfree.pieces import Row, rows_of
from corpus.textfree.store import Store
from corpus.textfree.unpacking import readable

_COLUMNS = [
    "seed_id",
    "raw_record",
    "raw_field",
    "raw_byte_start",
    "raw_byte_end",
    "action",
    "raw_hex",
    "article_id",
    "char_start",
    "char_end",
]


def match_originals(seeds: Sequence[Row], files: Sequence[Path]) -> dict[str, Path]:
    """The file of each seed that is among `files` to the byte. Only files of a seed's size are read."""
    wanted: dict[int, dict[str, list[str]]] = {}
    for seed in seeds:
        wanted.setdefault(seed["bytes"], {}).setdefault(seed["sha256"], []).append(seed["seed_id"])
    found: dict[str, Path] = {}
    for path in files:
        try:
            digests = wanted.get(path.stat().st_size)
            if digests:
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                found |= dict.fromkeys(digests.get(digest, ()), path)
        except OSError:
            continue  # what cannot be opened is told where it is sought for words
    return found


def restore_from_originals(folder: Path, seeds: Mapping[str, Row], originals: Mapping[str, Path], store: Store) -> None:
    """Keep the texts of the articles, and the ledger's bytes that were withheld, of the seeds whose files are there.

    Seeds whose bytes are needed and not there are noted in the store. Raises `DamagedTableError`, and `OSError` where
    a file cannot be read.
    """
    rows = enumerate(rows_of(folder, "ledger", _COLUMNS))
    for seed_id, numbered in groupby(rows, lambda pair: pair[1]["seed_id"]):
        path = originals.get(seed_id)
        seed = seeds.get(seed_id)
        documents = _Documents(path, seed) if path and seed else None
        for place, group in groupby(numbered, lambda pair: (pair[1]["raw_record"], pair[1]["raw_field"])):
            data = documents.bytes_of(*place) if documents else None
            _take(seed_id, list(group), data, seed["encoding"] if seed and place[0] is None else "utf-8", store)


def _take(seed_id: str, rows: Sequence[tuple[int, Row]], data: bytes | None, encoding: str, store: Store) -> None:
    for number, row in rows:
        if row["action"] == "kept" or row["raw_hex"] is not None:
            continue
        raw = data[row["raw_byte_start"] : row["raw_byte_end"]] if data is not None else b""
        if len(raw) == row["raw_byte_end"] - row["raw_byte_start"]:
            store.put_hex(number, raw)
        else:
            store.lack(seed_id)
    if data is None:
        return
    of_articles: dict[str, list[Row]] = {}
    for _, row in rows:
        if row["article_id"] is not None:
            of_articles.setdefault(row["article_id"], []).append(row)
    for article_id, runs in of_articles.items():
        ends = {paragraph.end for paragraph in store.paragraphs(article_id)}
        text = _rebuilt(runs, data, encoding, ends)
        if text is not None and sha256(text) == store.sha256_of(article_id):
            store.put_text(article_id, text)


def _rebuilt(runs: Sequence[Row], data: bytes, encoding: str, ends: set[int]) -> str | None:
    """An article's text from the runs of its bytes; None where what a rewritten run became cannot be told."""
    parts, length = [], 0
    for run in runs:
        if run["char_start"] != length or run["char_end"] < length:
            return None
        try:
            words = data[run["raw_byte_start"] : run["raw_byte_end"]].decode(encoding)
        except (UnicodeError, LookupError):
            return None
        width = run["char_end"] - length
        if run["action"] != "kept":
            words = _rewritten(words, width, is_line_end=length in ends)
        if len(words) != width:
            return None
        parts.append(words)
        length += width
    return "".join(parts)


def _rewritten(words: str, width: int, *, is_line_end: bool) -> str:
    """What normalising made of words: their composed form, or the space or line end that stands for them."""
    composed = unicodedata.normalize("NFC", apply_edits(words, drop_invisible(words)))
    if len(composed) == width and composed.strip():
        return composed
    return "\n" if is_line_end else " "


class _Documents:
    """The texts of a file as obtained, one after another."""

    def __init__(self, path: Path, seed: Row) -> None:
        self._path = path
        self._seed = seed
        self._unpacked: Iterator[Document] | None = None
        self._last: Document | None = None

    def bytes_of(self, record: int | None, field: str | None) -> bytes | None:
        """The bytes that the ledger tiles: of the file, or of a record's text in UTF-8; None where there is none.

        Records are asked for in their order.
        """
        if record is None:
            return self._path.read_bytes()
        if self._unpacked is None:
            self._unpacked = self._documents(Fields(text=field) if field else Fields())
        while self._last is None or self._last.record < record:
            self._last = next(self._unpacked, None)
            if self._last is None:
                return None
        return self._last.text.encode("utf-8", "surrogatepass") if self._last.record == record else None

    def _documents(self, fields: Fields) -> Iterator[Document]:
        with readable(self._path) as (file, name):
            found = read(file, name, self._seed["form"], fields).documents
            yield from (item for item in found if isinstance(item, Document))
