"""Equal work inside datatrove: this project's sentences and claims of each article; to Parquet."""

from __future__ import annotations

import pyarrow as pa
from datatrove.data import Document, DocumentsPipeline
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import ParquetWriter

from benchmarks.peers import arguments
from benchmarks.peers.rows import COLUMNS, marked

_SCHEMA = pa.schema([("text", pa.string()), ("id", pa.string()), *COLUMNS])


class Marking(PipelineStep):
    """Gives each document its sentences and claims as metadata."""

    type = "marking"
    name = "marking"

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """The documents, marked."""
        for document in data:
            yield Document(text=document.text, id=document.id, metadata=marked(document.text))


if __name__ == "__main__":
    given = arguments()
    LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(given.news)),
            Marking(),
            ParquetWriter(str(given.out), compression="zstd", expand_metadata=True, schema=_SCHEMA),
        ],
        tasks=given.workers,
        workers=given.workers,
        logging_dir=str(given.out.with_name(f"{given.out.name}-logs")),
    ).run()
