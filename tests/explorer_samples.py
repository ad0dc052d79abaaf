"""Datasets for the explorer's tests: one whose words attack a page, and one of many articles."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.tables.files import table_file
from corpus.tables.shapes import arrow_schema

ATTACKS = (
    "<script>document.title = 'ran'</script>",
    "</script><img src=x onerror=\"document.title = 'ran'\">",
    "<a href=\"javascript:document.title='ran'\">harvest</a> javascript:alert(1)",
    "rents \u202eesor\u202c and \u2066fell\u2069 \x00 \x1b[31m \u2028 end",
    "e" + "\u0301" * 10_000 + " stood in the ledger",
    "{{ 7 * 7 }} {% raw %} ${8 * 8} <!-- ]]> &amp; &lt;",
)
ODD_ID = "../../x\" onmouseover='y'> z"
HEBREW = "המועצה אמרה ששכר הדירה עלה ב-4 אחוזים."
_DAY = datetime.date(2024, 3, 5)


def write_tables(folder: Path, tables: dict[str, list[dict[str, Any]]]) -> Path:
    """A dataset folder with those rows; columns that a row does not give are null."""
    for name, rows in tables.items():
        schema = arrow_schema(name)
        table = pa.Table.from_pylist([{column: row.get(column) for column in schema.names} for row in rows], schema)
        path = folder / table_file(name)
        path.parent.mkdir(parents=True)
        pq.write_table(table, path)
    manifest = {"name": "ferry-claims", "version": "0.1.0", "tables": {name: {} for name in tables}}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def hostile_dataset(folder: Path) -> Path:
    """Two articles: one of attacks in every place where words stand, one in a script that is written right to left."""
    attacked = _article("001-01", ATTACKS, title=ATTACKS[0], source_id="x")
    hebrew = _article("002-01", (HEBREW,), title=None, source_id="x")
    odd = _article(ODD_ID, ("The mayor said that rents rose.",), title=None, source_id="x")
    tables: dict[str, list[dict[str, Any]]] = {}
    for part in (attacked, hebrew, odd):
        for name, rows in part.items():
            tables.setdefault(name, []).extend(rows)
    everything = " ".join(ATTACKS[:4])
    tables["sources"] = [{"source_id": "x", "name": everything, "kind": "<b>", "rights": everything, "roles": []}]
    tables["actors"] = [{"actor_id": "x", "name": everything, "kind": "<b>", "variants": [ATTACKS[0]]}]
    tables["quantities"] = [{"quantity_id": "x", "name": everything, "unit": everything, "note": everything}]
    tables["perspectives"] = [
        {
            "statement_id": "x-1",
            "source_id": "x",
            "aspect": "<i>",
            "asserted_by": everything,
            "statement": everything,
            "basis": "cited",
            "citation_title": everything,
            "citation_locator": "javascript:alert(1)",
            "seen": "page",
            "accessed": _DAY,
        }
    ]
    return write_tables(folder, tables)


def many_articles(folder: Path, count: int) -> Path:
    """A dataset of short articles with a claim and a figure each."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for number in range(count):
        place = f"{number:05d}"
        for name, rows in _article(f"{place}-01", (f"Rents in street {number} rose, the council said.",)).items():
            tables.setdefault(name, []).extend(rows)
    tables["sources"] = [{"source_id": "x", "name": "Ferry Post", "kind": "newspaper", "roles": []}]
    tables["actors"] = [{"actor_id": "x", "name": "the council", "kind": "state", "variants": ["council"]}]
    tables["quantities"] = [{"quantity_id": "x", "name": "rise of rents", "unit": "percent", "note": "Of the harbour."}]
    said = {
        "source_id": "x",
        "aspect": "owner",
        "asserted_by": "Ferry Post (self)",
        "statement": "It is owned by “us”.",
    }
    cited = {"basis": "cited", "citation_locator": "ferry-post.example/about", "seen": "page", "accessed": _DAY}
    tables["perspectives"] = [{"statement_id": "x-1", **said, **cited}]
    return write_tables(folder, tables)


def _article(
    article_id: str, lines: tuple[str, ...], title: str | None = "Rents", source_id: str = "x"
) -> dict[str, list[dict[str, Any]]]:
    text = "\n".join(lines)
    bounds, at = [], 0
    for line in lines:
        bounds.append((at, at + len(line)))
        at += len(line) + 1
    end = len(text.encode())
    article = {
        "article_id": article_id,
        "seed_id": article_id[:40],
        "position": 1,
        "source_id": source_id,
        "source_basis": "stated",
        "title": title,
        "authors": [lines[0]],
        "published": "2024-03-05",
        "published_from": _DAY,
        "published_to": _DAY,
        "date_basis": "stated",
        "language": "en",
        "text": text,
        "text_sha256": "0" * 64,
        "raw_byte_start": 0,
        "raw_byte_end": end,
        "rights": lines[0],
        "paragraph_count": len(lines),
        "word_count": len(text.split()),
        "claim_count": len(lines),
    }
    common = {"article_id": article_id, "source_id": source_id}
    paragraphs, claims, figures = [], [], []
    for number, (start, stop) in enumerate(bounds, 1):
        span = {"text": text[start:stop], "char_start": start, "char_end": stop}
        paragraph_id, claim_id = f"{article_id}-p{number:02d}", f"{article_id}-c{number:03d}"
        paragraphs.append({"paragraph_id": paragraph_id, "position": number, "kind": "body", **common, **span})
        claims.append(
            {"claim_id": claim_id, "paragraph_id": paragraph_id, **common, **span, **_LABELS, "claimant_text": lines[0]}
            | {"claimant_start": 0, "claimant_end": len(lines[0]), "published_from": _DAY, "actor_id": "x"}
        )
        figures.append(
            {"figure_id": f"{claim_id}-f1", "claim_id": claim_id, **common, **span, **_NUMBER, "counted": lines[0]}
        )
    ledger = {"seed_id": article_id[:40], "raw_byte_start": 0, "raw_byte_end": end, "action": "kept"}
    ledger |= {"article_id": article_id, "char_start": 0, "char_end": len(text)}
    seed = {"seed_id": article_id[:40], "file": lines[0], "bytes": end, "form": "text", "encoding": "utf-8"}
    return {
        "articles": [article],
        "paragraphs": paragraphs,
        "claims": claims,
        "figures": figures,
        "seeds": [seed | {"layout": "article", "sha256": "0" * 64, "obtained": lines[0]}],
        "ledger": [ledger],
    }


_LABELS = {
    "voice": "reported",
    "attribution": "indirect",
    "modality": "fact",
    "certainty": "asserted",
    "topic": "economy",
}
_NUMBER = {
    "value": 4.0,
    "value_low": 4.0,
    "value_high": None,
    "comparator": "at_least",
    "unit": "percent",
    "quantity_id": "x",
    "as_of_basis": "article_date",
}
