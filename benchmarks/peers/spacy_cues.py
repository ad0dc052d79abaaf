"""spaCy: a blank English pipeline with sentencizer and Matcher for the same cues, in several processes; to Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import spacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

from benchmarks.extraction import CUES
from benchmarks.peers import arguments

_SCHEMA = pa.schema([("id", pa.string()), ("sentence", pa.string()), ("cue", pa.string())])
_BATCH = 10_000


class CueMatcher:
    """A component that marks the cues, so that the processes of the pipeline look for them."""

    def __init__(self, pipeline: Language) -> None:
        self._matcher = Matcher(pipeline.vocab)
        self._matcher.add("cue", [[{"LOWER": cue}] for cue in CUES])

    def __call__(self, document: Doc) -> Doc:
        """The document with its cues as spans."""
        document.spans["cues"] = self._matcher(document, as_spans=True)
        return document


@Language.factory("cue_matcher")
def cue_matcher(nlp: Language, name: str) -> CueMatcher:
    """The component by its name, so that other processes can make it."""
    return CueMatcher(nlp)


def records(folder: Path) -> Iterator[tuple[str, str]]:
    """Text and id of each record."""
    for file in sorted(folder.glob("*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield record["text"], record["id"]


def rows(document: Doc, name: str) -> Iterator[dict[str, str | None]]:
    """A row for each sentence, with its first cue."""
    cues = list(document.spans["cues"])  # in the order of the text, as sentences are
    at = 0
    for sentence in document.sents:
        first = at
        while at < len(cues) and cues[at].start < sentence.end:
            at += 1
        yield {"id": name, "sentence": sentence.text, "cue": cues[first].text if first < at else None}


if __name__ == "__main__":
    given = arguments()
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("cue_matcher")
    waiting: list[dict[str, str | None]] = []
    with pq.ParquetWriter(given.out / "sentences.parquet", _SCHEMA, compression="zstd") as writer:
        for document, name in nlp.pipe(records(given.news), as_tuples=True, n_process=given.workers):
            waiting += rows(document, name)
            if len(waiting) >= _BATCH:
                writer.write_batch(pa.RecordBatch.from_pylist(waiting, _SCHEMA))
                waiting.clear()
        if waiting:
            writer.write_batch(pa.RecordBatch.from_pylist(waiting, _SCHEMA))
