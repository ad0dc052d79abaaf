"""Does the ledger account for every byte? From the tables alone, each text seed is rebuilt and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import polars as pl

from corpus.findings import Finding

Frames = Mapping[str, pl.DataFrame]
Row = dict[str, Any]
TEXT = "text"


def check_ledger(frames: Frames) -> Iterator[Finding]:
    """Seeds whose ledger has gaps or overlaps, or does not give the seed's bytes again.

    Of a container the bytes are not at hand: there each text is tiled without a gap, up to the last article's end.
    Of a text-free release only gaps and overlaps are sought.
    """
    if not {"seeds", "ledger", "articles"} <= set(frames):
        return
    has_text = "text" in frames["articles"].columns
    texts = dict(frames["articles"].select("article_id", "text").iter_rows()) if has_text else None
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


def _seed_findings(seed: Row, rows: Sequence[Row], texts: Mapping[str, str] | None) -> Iterator[Finding]:
    for place, document in groupby(rows, lambda row: (row["raw_record"], row["raw_field"])):
        yield from _document_findings(seed, place, list(document), texts)
    if seed["form"] != TEXT:
        return
    end = rows[-1]["raw_byte_end"] if rows else 0
    if end != seed["bytes"]:
        yield _finding(seed, f"runs up to byte {seed['bytes']}", f"byte {end}")
    if texts is None:
        return
    try:
        found = hashlib.sha256(rebuild_seed(seed, rows, texts)).hexdigest()
    except (ValueError, LookupError) as error:
        found = str(error)
    if found != seed["sha256"]:
        yield _finding(seed, f"bytes with sha256 {seed['sha256']}", found)


def _document_findings(
    seed: Row, place: tuple[int | None, str | None], rows: Sequence[Row], texts: Mapping[str, str] | None
) -> Iterator[Finding]:
    """Gaps between the runs of one text, and runs of a container that are not as long as their bytes."""
    where = "" if place[0] is None else f" of record {place[0]}, field {place[1]}"
    if (place[0] is None) != (seed["form"] == TEXT):
        yield _finding(seed, "a record for each run of a container, none for plain text", f"record {place[0]}")
    at = 0
    for row in rows:
        if row["raw_byte_start"] != at:
            yield _finding(seed, f"a run that starts at byte {at}{where}", f"byte {row['raw_byte_start']}")
        at = row["raw_byte_end"]
    if place[0] is not None and texts is not None:
        try:
            length = len(rebuild_seed(seed, rows, texts))
        except (ValueError, LookupError) as error:
            yield _finding(seed, f"bytes{where}", str(error))
            return
        if length != at:
            yield _finding(seed, f"{at} bytes{where}", f"{length} bytes")


def _finding(seed: Row, expected: str, found: str) -> Finding:
    return Finding("table:ledger", None, "ledger-gap", seed["seed_id"], expected, found)
