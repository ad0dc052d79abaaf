"""Equal work inside Hugging Face `datasets`: this project's sentences and claims of each article; to Parquet."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from datasets import Features, load_dataset

from benchmarks.peers import arguments
from benchmarks.peers.rows import COLUMNS, marked


def mark(batch: dict[str, list[str]]) -> dict[str, list[Any]]:
    """A row for each article."""
    rows = [marked(text) for text in batch["text"]]
    return {"id": batch["id"], **{name: [row[name] for row in rows] for name in ("sentences", "claims")}}


if __name__ == "__main__":
    given = arguments()
    files = sorted(map(str, given.news.glob("*.jsonl")))
    news = load_dataset("json", data_files=files, split="train", num_proc=given.workers)
    shape = Features.from_arrow_schema(pa.schema([("id", pa.string()), *COLUMNS]))
    others = [name for name in news.column_names if name != "id"]
    found = news.map(mark, batched=True, num_proc=given.workers, remove_columns=others, features=shape)
    found.to_parquet(given.out / "claims.parquet")
