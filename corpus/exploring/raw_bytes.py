"""Which bytes of a seed a span of an article stands for, from the ledger."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.exploring.library import Row

_UTF_8 = frozenset(("utf-8", "utf8", "utf_8", "ascii", "us-ascii"))
Document = tuple[str, int | None, str | None]


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of the ledger that an article was made of, in the order of the bytes, dropped ones between them.

    `text`: the article. `encoding`: of the bytes, as Python names it.
    """

    rows: Sequence[Row]
    text: str | None
    encoding: str

    def byte_range(self, start: int, end: int) -> tuple[int, int] | None:
        """First byte and byte after the last of the code points `start` to `end`; None where it cannot be told."""
        rows = [row for row in self.rows if row["char_start"] is not None]
        first = next((row for row in rows if row["char_start"] <= start < row["char_end"]), None)
        last = next((row for row in reversed(rows) if row["char_start"] < end <= row["char_end"]), None)
        if first is None or last is None:
            return None
        one, two = self._byte_at(first, start, 0), self._byte_at(last, end, 1)
        return None if one is None or two is None else (one, two)

    def _byte_at(self, row: Row, at: int, side: int) -> int | None:
        if row["action"] != "kept":
            return int(row[("raw_byte_start", "raw_byte_end")[side]])
        if at == row["char_start"]:
            return int(row["raw_byte_start"])
        if self.text is None:
            return int(row["raw_byte_end"]) if at == row["char_end"] else None
        try:
            return int(row["raw_byte_start"]) + len(self.text[row["char_start"] : at].encode(self.encoding))
        except (LookupError, UnicodeError):
            return None

    def as_json(self) -> list[list[Any]]:
        """Each run as code points, bytes, action, reason and hexadecimal, for the page's script.

        The hexadecimal of a kept run is left out where the page can make it itself (UTF-8); elsewhere it is one
        group for each character, so that a part of the run can be shown.
        """
        places = ("char_start", "char_end", "raw_byte_start", "raw_byte_end", "action", "reason")
        return [[*(row[name] for name in places), self._hex(row)] for row in self.rows]

    def _hex(self, row: Row) -> str | None:
        if row["action"] != "kept":
            return str(row["raw_hex"] or "")
        if self.encoding.lower() in _UTF_8 or self.text is None:
            return None
        try:
            return " ".join(c.encode(self.encoding).hex() for c in self.text[row["char_start"] : row["char_end"]])
        except (LookupError, UnicodeError):
            return ""


def runs_of(article: Row, seed: Row | None, ledger: Mapping[Document, Sequence[Row]]) -> Runs:
    """The runs of one article. `ledger`: the rows of each document, in the order of their bytes."""
    rows = ledger.get((article["seed_id"], article["raw_record"], article["raw_field"]), ())
    first = bisect_left(rows, article["raw_byte_start"], key=lambda row: row["raw_byte_start"])
    last = bisect_left(rows, article["raw_byte_end"], key=lambda row: row["raw_byte_start"])
    own = [row for row in rows[first:last] if row["article_id"] in (None, article["article_id"])]
    encoding = str(seed["encoding"]) if seed else "utf-8"
    return Runs(own, article["text"], encoding)


def by_document(ledger: Sequence[Row]) -> dict[Document, list[Row]]:
    """The rows of the ledger by the text that they tile: the seed, or a field of one of its records."""
    documents: dict[Document, list[Row]] = {}
    for row in ledger:
        documents.setdefault((row["seed_id"], row["raw_record"], row["raw_field"]), []).append(row)
    return documents
