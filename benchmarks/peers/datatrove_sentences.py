"""datatrove's local executor: sentences by its own splitter for English, a document for each; to Parquet."""

from __future__ import annotations

from collections.abc import Iterator

from datatrove.data import Document, DocumentsPipeline
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import ParquetWriter
from datatrove.utils.text import split_into_sentences

from benchmarks.peers import arguments


class Sentences(PipelineStep):
    """Gives each sentence as a document of its own."""

    type = "sentences"
    name = "sentences"

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """The sentences of each document."""
        for document in data:
            for number, sentence in enumerate(split_into_sentences(document.text)):
                yield Document(text=sentence, id=f"{document.id}-{number}")


if __name__ == "__main__":
    given = arguments()
    LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(given.news)),
            Sentences(),
            ParquetWriter(str(given.out), compression="zstd"),
        ],
        tasks=given.workers,
        workers=given.workers,
        logging_dir=str(given.out.with_name(f"{given.out.name}-logs")),
    ).run()
