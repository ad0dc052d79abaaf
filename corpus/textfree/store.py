"""What hydration knows and has found, in a database file of its own, so that memory does not grow with the corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from corpus.textfree.folding import Patch

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE articles (position INTEGER PRIMARY KEY, article TEXT UNIQUE, seed TEXT, sha TEXT);
CREATE TABLE paragraphs (article TEXT, start INTEGER, finish INTEGER, paragraph TEXT, sha TEXT, folded BLOB,
                         length INTEGER, PRIMARY KEY (article, start, paragraph)) WITHOUT ROWID;
CREATE TABLE patches (paragraph TEXT, start INTEGER, finish INTEGER, original TEXT);
CREATE TABLE masks (place TEXT, row INTEGER, name TEXT, item INTEGER, at INTEGER, article TEXT, start INTEGER,
                    finish INTEGER);
CREATE TABLE wanted (folded BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE found (folded BLOB PRIMARY KEY, words TEXT, ways TEXT, file TEXT, line INTEGER) WITHOUT ROWID;
CREATE TABLE texts (article TEXT PRIMARY KEY, text TEXT);
CREATE TABLE hexes (row INTEGER PRIMARY KEY, hex TEXT);
CREATE TABLE lacking (seed TEXT PRIMARY KEY);
"""
_INDEXES = """
CREATE INDEX patches_of ON patches (paragraph);
CREATE INDEX masks_of ON masks (place, row);
"""


class KnownParagraph(NamedTuple):
    """A paragraph as the release describes it. `start`, `end`: code points of the article; `folded`: a digest."""

    start: int
    end: int
    paragraph_id: str
    sha256: str
    folded: bytes


class FoundWords(NamedTuple):
    """Words of a copy that have a wanted digest when folded. `ways`: the differences that were allowed for."""

    words: str
    ways: frozenset[str]
    file: str
    line: int


class Mark(NamedTuple):
    """A mark in a value: where it stands, and the words of an article that it stands for."""

    row: int
    column: str
    item: int | None
    at: int
    article_id: str
    start: int
    end: int


class Store:
    """The database of one hydration. `lengths`: the lengths of the wanted paragraphs, folded, in code points."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_TABLES)
        self._filter = bytearray(1 << 13)
        self.lengths: list[int] = []

    def close(self) -> None:
        """Close the database file."""
        self._db.close()

    def fill(
        self,
        articles: Iterable[tuple[str, str, str]],
        paragraphs: Iterable[tuple[str, int, int, str, str, bytes, int]],
        patches: Iterable[tuple[str, int, int, str]],
        masks: Iterable[tuple[str, int, str, int | None, int, str, int, int]],
    ) -> None:
        """Take in what the release says of its texts. Raises `sqlite3.Error` for rows that contradict each other."""
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO articles (article, seed, sha) VALUES (?, ?, ?)", articles)
        self._db.executemany("INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?, ?)", paragraphs)
        self._db.executemany("INSERT INTO patches VALUES (?, ?, ?, ?)", patches)
        self._db.executemany("INSERT INTO masks VALUES (?, ?, ?, ?, ?, ?, ?, ?)", masks)
        self._db.execute("COMMIT")
        self._db.executescript(_INDEXES)

    def articles(self, *, missing: bool = False) -> Iterator[tuple[str, str, str]]:
        """Id, seed and digest of each article, in order; only those without a text where `missing`."""
        only = "WHERE article NOT IN (SELECT article FROM texts)" if missing else ""
        yield from self._db.execute(f"SELECT article, seed, sha FROM articles {only} ORDER BY position")  # noqa: S608

    def sha256_of(self, article_id: str) -> str | None:
        """The digest of an article's text; None for no article."""
        row = self._db.execute("SELECT sha FROM articles WHERE article = ?", (article_id,)).fetchone()
        return row[0] if row else None

    def paragraphs(self, article_id: str) -> list[KnownParagraph]:
        """The paragraphs of an article, in order."""
        query = "SELECT start, finish, paragraph, sha, folded FROM paragraphs WHERE article = ? ORDER BY start"
        return [KnownParagraph(*row) for row in self._db.execute(query, (article_id,))]

    def patches(self, paragraph_id: str) -> list[Patch]:
        """What folding loses of a paragraph."""
        query = "SELECT start, finish, original FROM patches WHERE paragraph = ? ORDER BY start"
        return [Patch(*row) for row in self._db.execute(query, (paragraph_id,))]

    def marks(self, place: str, first: int, end: int) -> list[Mark]:
        """The marks in rows `[first, end)` of a table or page."""
        query = "SELECT row, name, item, at, article, start, finish FROM masks WHERE place = ? AND row >= ? AND row < ?"
        return [Mark(*row) for row in self._db.execute(query, (place, first, end))]

    def want_missing(self) -> int:
        """Take note of the paragraphs of the articles that have no text yet. Returns how many there are."""
        missing = "SELECT folded FROM paragraphs WHERE article NOT IN (SELECT article FROM texts)"
        self._db.execute(f"INSERT OR IGNORE INTO wanted {missing}")
        return self._learn_wanted()

    def want_unfound(self) -> int:
        """Want only the paragraphs that no copy had yet. Returns how many there are."""
        self._db.execute("DELETE FROM wanted WHERE folded IN (SELECT folded FROM found)")
        return self._learn_wanted()

    def _learn_wanted(self) -> int:
        """Lengths and filter of what is wanted."""
        query = "SELECT DISTINCT length FROM paragraphs WHERE folded IN (SELECT folded FROM wanted) ORDER BY length"
        self.lengths = [row[0] for row in self._db.execute(query)]
        (count,) = self._db.execute("SELECT count(*) FROM wanted").fetchone()
        self._filter = bytearray(1 << max(13, (2 * count).bit_length()))
        for (folded,) in self._db.execute("SELECT folded FROM wanted"):
            byte, bit = self._place(folded)
            self._filter[byte] |= bit
        return int(count)

    def is_wanted(self, folded: bytes) -> bool:
        """Whether a digest is one of a wanted paragraph. Most others are told without asking the database."""
        byte, bit = self._place(folded)
        if not self._filter[byte] & bit:
            return False
        return self._db.execute("SELECT 1 FROM wanted WHERE folded = ?", (folded,)).fetchone() is not None

    def _place(self, folded: bytes) -> tuple[int, int]:
        number = int.from_bytes(folded[:8], "big") % (8 * len(self._filter))
        return number >> 3, 1 << (number & 7)

    def put_found(self, folded: bytes, found: FoundWords) -> None:
        """Keep words of a copy, unless such as needed fewer allowances are there."""
        known = self.found(folded)
        if known is None or len(found.ways) < len(known.ways):
            values = (folded, found.words, "\n".join(sorted(found.ways)), found.file, found.line)
            self._db.execute("INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?, ?)", values)

    def found(self, folded: bytes) -> FoundWords | None:
        """The words of a copy with that digest; None where no copy has them."""
        query = "SELECT words, ways, file, line FROM found WHERE folded = ?"
        row = self._db.execute(query, (folded,)).fetchone()
        return FoundWords(row[0], frozenset(filter(None, row[1].split("\n"))), row[2], row[3]) if row else None

    def put_text(self, article_id: str, text: str) -> None:
        """Keep the exact text of an article, which the caller has checked by its digest."""
        self._db.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (article_id, text))

    def text(self, article_id: str | None) -> str | None:
        """The exact text of an article; None where it was not found."""
        row = self._db.execute("SELECT text FROM texts WHERE article = ?", (article_id,)).fetchone()
        return row[0] if row else None

    def put_hex(self, row: int, raw: bytes) -> None:
        """Keep the bytes of a row of the ledger, as the file as obtained has them."""
        self._db.execute("INSERT OR REPLACE INTO hexes VALUES (?, ?)", (row, raw.hex()))

    def hex(self, row: int) -> str | None:
        """The bytes of a row of the ledger, in hexadecimal; None where they were not found."""
        found = self._db.execute("SELECT hex FROM hexes WHERE row = ?", (row,)).fetchone()
        return found[0] if found else None

    def lack(self, seed_id: str) -> None:
        """Note that bytes of a seed are not to be had."""
        self._db.execute("INSERT OR IGNORE INTO lacking VALUES (?)", (seed_id,))

    def lacking(self) -> list[str]:
        """The seeds of which bytes are not to be had, in order."""
        return [row[0] for row in self._db.execute("SELECT seed FROM lacking ORDER BY seed")]

    def incomplete_seeds(self) -> set[str]:
        """The seeds of which bytes, or articles, are not to be had."""
        query = "SELECT DISTINCT seed FROM articles WHERE article NOT IN (SELECT article FROM texts)"
        return {row[0] for row in self._db.execute(query)} | set(self.lacking())
