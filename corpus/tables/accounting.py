"""Does the ledger account for every byte? From the tables alone, each text seed is rebuilt and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from corpus.findings import Finding

Frames = Mapping[str, pl.DataFrame]
Row = dict[str, Any]


def check_ledger(frames: Frames) -> Iterator[Finding]:
    """Seeds whose ledger has gaps or overlaps, or does not give the seed's bytes again."""
    if not {"seeds", "ledger", "articles"} <= set(frames):
        return
    texts = dict(frames["articles"].select("article_id", "text").iter_rows())
    runs = frames["ledger"].partition_by("seed_id", as_dict=True, maintain_order=True)
    for seed in frames["seeds"].iter_rows(named=True):
        rows = list(runs[(seed["seed_id"],)].iter_rows(named=True)) if (seed["seed_id"],) in runs else []
        yield from _seed_findings(seed, rows, texts)


def rebuild_seed(seed: Row, rows: Sequence[Row], texts: Mapping[str, str]) -> bytes:
    """A seed's bytes, from its ledger rows in order and the texts of its articles."""
    pieces = []
    for row in rows:
        if row["action"] == "kept":
            piece = texts.get(row["article_id"], "")[row["char_start"] : row["char_end"]]
            pieces.append(piece.encode(seed["encoding"], "replace"))
        else:
            pieces.append(bytes.fromhex(row["raw_hex"] or ""))
    return b"".join(pieces)


def _seed_findings(seed: Row, rows: Sequence[Row], texts: Mapping[str, str]) -> Iterator[Finding]:
    at = 0
    for row in rows:
        if row["raw_byte_start"] != at:
            yield _finding(seed, f"a run that starts at byte {at}", f"byte {row['raw_byte_start']}")
        at = row["raw_byte_end"]
    if at != seed["bytes"]:
        yield _finding(seed, f"runs up to byte {seed['bytes']}", f"byte {at}")
    try:
        found = hashlib.sha256(rebuild_seed(seed, rows, texts)).hexdigest()
    except (ValueError, LookupError) as error:
        found = str(error)
    if found != seed["sha256"]:
        yield _finding(seed, f"bytes with sha256 {seed['sha256']}", found)


def _finding(seed: Row, expected: str, found: str) -> Finding:
    return Finding("table:ledger", None, "ledger-gap", seed["seed_id"], expected, found)
