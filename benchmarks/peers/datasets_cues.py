"""Hugging Face `datasets`: sentences by one regular expression, and the first cue in each by another; to Parquet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from datasets import load_dataset

from benchmarks.extraction import CUES, SENT
from benchmarks.peers import arguments

_CUE = re.compile(rf"\b(?:{'|'.join(CUES)})\b")


def sentences(text: str) -> Iterator[str]:
    """The sentences of each line."""
    for line in text.split("\n"):
        at = 0
        for end in SENT.finditer(line):
            yield line[at : end.end()]
            at = end.end()
        yield line[at:]


def marked(batch: dict[str, list[str]]) -> dict[str, list[str | None]]:
    """A row for each sentence."""
    rows: dict[str, list[str | None]] = {"id": [], "sentence": [], "cue": []}
    for name, text in zip(batch["id"], batch["text"], strict=True):
        for sentence in sentences(text):
            cue = _CUE.search(sentence)
            rows["id"].append(name)
            rows["sentence"].append(sentence)
            rows["cue"].append(cue[0] if cue else None)
    return rows


if __name__ == "__main__":
    given = arguments()
    files = sorted(map(str, given.news.glob("*.jsonl")))
    news = load_dataset("json", data_files=files, split="train", num_proc=given.workers)
    found = news.map(marked, batched=True, num_proc=given.workers, remove_columns=news.column_names)
    found.to_parquet(given.out / "sentences.parquet")
