"""Collections with bulk seeds of invented articles, for tests."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

BASE = Path(__file__).parent / "faults" / "base"
_GOODS = ("pears", "plums", "apples", "cherries", "walnuts")
_SOURCE = """bulk = true
form = "{form}"
encoding = "utf-8"
language = "en"
obtained = "Invented."
rights = "Invented."
records_per_shard = {width}
{files}
[fields]
text = "text"
title = "headline"
published = "published"

[outlet]
id = "ferry-post"
basis = "inferred"
evidence = "As invented."
"""


def article(number: int) -> dict[str, str]:
    """An invented article, unlike its neighbours."""
    good, share = _GOODS[number % len(_GOODS)], number % 90 + 2
    text = (
        f"The {good} of valley {number} are early this year.\r\nAda Quill, who leads the co-operative, said that "
        f"prices\u00a0would fall by {share} percent. “We have never seen so many {good},” she told growers.\n\n"
        f"According to the harbour, {number:,} crates were shipped in June, more than in any year since 1990."
    )
    return {"headline": f"Early {good} {number}", "published": f"2024-04-{number % 28 + 1:02}", "text": text}


def lay_bulk(
    place: Path,
    articles: Sequence[dict[str, str]],
    *,
    form: str = "jsonl",
    packing: str = "",
    width: int = 16,
    parts: int = 0,
    folder: str = "news",
) -> Path:
    """A valid collection with a bulk seed of these articles, in one file or `parts` of them."""
    seeds = place / "seeds"
    if not seeds.exists():
        shutil.copytree(BASE, seeds)
    (seeds / folder).mkdir(exist_ok=True)
    size = -(-len(articles) // max(parts, 1))
    files = []
    for number in range(max(parts, 1)):
        data = packed(written(articles[number * size : (number + 1) * size], form), packing)
        ending = {"gzip": ".gz", "zstd": ".zst"}.get(packing, "")
        name = f"part-{number}.{form}{ending}" if parts else f"news.{form}{ending}"
        (seeds / folder / name).write_bytes(data)
        files.append((name, hashlib.sha256(data).hexdigest()))
    declared = "".join(f'\n[[part]]\nname = "{name}"\nsha256 = "{digest}"\n' for name, digest in files)
    if not parts:
        declared = f'file = "{files[0][0]}"\nsha256 = "{files[0][1]}"\n'
    source = _SOURCE.format(form=form, width=width, files=declared)
    (seeds / folder / "source.toml").write_text(source, "utf-8", newline="\n")
    return seeds


def written(articles: Sequence[dict[str, str]], form: str) -> bytes:
    """The bytes of a file of that form."""
    if form == "jsonl":
        return "".join(json.dumps(article) + "\n" for article in articles).encode()
    if form == "parquet":
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pylist(list(articles)), sink, row_group_size=7)
        return bytes(sink.getvalue())
    rows = ["headline,published,text"]
    rows += [",".join('"' + value.replace('"', '""') + '"' for value in article.values()) for article in articles]
    return "\r\n".join(rows).encode() + b"\r\n"


def packed(data: bytes, packing: str) -> bytes:
    """The bytes, packed."""
    if packing == "gzip":
        return gzip.compress(data, mtime=0)
    return bytes(pa.compress(data, codec="zstd", asbytes=True)) if packing == "zstd" else data
