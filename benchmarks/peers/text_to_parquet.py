"""The floor: the text of the records is read by Arrow's reader of JSON and written to Parquet, and nothing else."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pyarrow as pa
import pyarrow.json
import pyarrow.parquet as pq

from benchmarks.peers import arguments

_SCHEMA = pa.schema([("id", pa.string()), ("text", pa.string())])
_OPTIONS = pa.json.ParseOptions(explicit_schema=_SCHEMA, unexpected_field_behavior="ignore")


def convert(news: Path, parquet: Path) -> None:
    """One file to one file, as a stream."""
    with (
        pa.json.open_json(news, parse_options=_OPTIONS) as batches,
        pq.ParquetWriter(parquet, _SCHEMA, compression="zstd", compression_level=3) as writer,
    ):
        for batch in batches:
            writer.write_batch(batch)


if __name__ == "__main__":
    given = arguments()
    files = sorted(given.news.glob("*.jsonl"))
    with multiprocessing.Pool(given.workers) as pool:
        pool.starmap(convert, [(file, given.out / f"{file.stem}.parquet") for file in files])
