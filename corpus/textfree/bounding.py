"""The ledger's bytes in a text-free release: those between two kept runs stay where they are short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from corpus.textfree.words import words_of
from schemas.release import LONGEST_BYTES, LONGEST_DROPPED, MOST_BYTES

Row = dict[str, Any]


def bounded(rows: Iterable[Row], encodings: dict[str, str]) -> Iterator[str | None]:
    """`raw_hex` of each ledger row, None where it is withheld.

    Bytes without a letter or digit stay. Words stay where the rows between two kept ones have at most
    `LONGEST_DROPPED` of them in `LONGEST_BYTES` code points, and the seed, or its record, `MOST_BYTES` in all.
    `encodings`: of each seed.
    """
    for (seed, record, _), document in groupby(rows, lambda row: (row["seed_id"], row["raw_record"], row["raw_field"])):
        encoding = "utf-8" if record is not None else encodings.get(seed, "utf-8")
        left = MOST_BYTES
        for kept, group in groupby(document, lambda row: row["action"] == "kept"):
            if kept:
                yield from (None for _ in group)
                continue
            run = list(group)
            used, values = _bounded(run, encoding, left)
            left -= used
            yield from values


def _bounded(rows: list[Row], encoding: str, left: int) -> tuple[int, list[str | None]]:
    """The values of rows that follow each other, and how many code points of text they publish."""
    texts = [_decoded(row["raw_hex"], encoding) for row in rows]
    words = [len(words_of(text)) for text in texts]
    length = sum(len(text) for text, count in zip(texts, words, strict=True) if count)
    if sum(words) <= LONGEST_DROPPED and length <= min(LONGEST_BYTES, left):
        return length, [row["raw_hex"] for row in rows]
    return 0, [None if count else row["raw_hex"] for row, count in zip(rows, words, strict=True)]


def _decoded(raw: str | None, encoding: str) -> str:
    try:
        return bytes.fromhex(raw or "").decode(encoding, "replace")
    except (LookupError, ValueError):
        return "word " * 100  # of bytes that cannot be judged nothing is published
