"""How long a diff of two large datasets takes, as a multiple of reading both, and in how much memory.

Run: python -m benchmarks.diff [ROWS]. The tables are `claims` and `articles`, invented, with known edits.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from multiprocessing import Process
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from corpus.tables.shapes import arrow_schema

ROWS = 1_000_000
SHARDS = 8
EVERY = 10_000  # one row in so many is edited
WORDS = np.array("the rents in harbour town rose again this spring said council and tenants of ferry".split(), object)
LENGTH = {"claims": 25, "articles": 250}  # words of a text


def write(folder: Path, table: str, rows: int, *, edited: bool) -> None:
    """A dataset with one table, in shards; its texts do not repeat."""
    schema = arrow_schema(table)
    place = folder / "data" / table
    place.mkdir(parents=True)
    each = rows // SHARDS
    for shard in range(SHARDS):
        random = np.random.default_rng(shard)
        words = WORDS[random.integers(0, len(WORDS), (each, LENGTH[table]))]
        texts = [f"{' '.join(line)} {shard}-{number}" for number, line in enumerate(words)]
        if edited:
            texts[::EVERY] = [f"{text} (corrected)" for text in texts[::EVERY]]
        columns = [filled(field, shard * each, each, texts) for field in schema]
        path = place / f"train-{shard:05}-of-{SHARDS:05}.parquet"
        pq.write_table(pa.Table.from_arrays(columns, schema=schema), path, row_group_size=50_000, compression="zstd")
    (folder / "manifest.json").write_text(json.dumps({"version": "0.1.0", "tables": {table: {}}}), "utf-8")


def filled(field: pa.Field, first: int, rows: int, texts: list[str]) -> pa.Array:
    """A column's values: texts, ids, numbers that count on, or one word."""
    if field.name == "text":
        return pa.array(texts, field.type)
    numbers = range(first, first + rows)
    if field.name.endswith("_id"):
        return pa.array([f"{number:09}" for number in numbers], field.type)
    if field.type == pa.int64():
        return pa.array(numbers, field.type)
    return pa.array([None if field.type != pa.string() else field.name] * rows, field.type)


READ = """
import sys, pyarrow.parquet as pq
from pathlib import Path
for path in sorted(p for f in sys.argv[1:] for p in Path(f).glob("data/*/*.parquet")):
    for batch in pq.ParquetFile(path).iter_batches(50_000): batch.num_rows
"""


def measured(command: list[str]) -> tuple[float, int, str]:
    """Seconds, most memory in MB, and what was printed."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)  # of this process alone, unlike `resource.getrusage`
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return time.perf_counter() - started, usage.ru_maxrss // 1024, said


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    for table in LENGTH:
        with tempfile.TemporaryDirectory() as folder:
            old, new = Path(folder) / "old", Path(folder) / "new"
            for place, edited in ((old, False), (new, True)):
                # In a process of its own: what is measured later would begin with the memory of this one.
                writing = Process(target=write, args=(place, table, rows), kwargs={"edited": edited})
                writing.start()
                writing.join()
            size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet")) / 2**20
            read, read_memory, _ = measured([sys.executable, "-c", READ, str(old), str(new)])
            diff, memory, said = measured([sys.executable, "-m", "corpus", "diff", str(old), str(new), "--limit", "3"])
            print(f"{table}: {rows:,} rows against {rows:,}, {size:,.0f} MB in all; {said.splitlines()[0]}")
            print(f"  read both    {read:6.1f} s  {read_memory:6,} MB at most")
            print(f"  corpus diff  {diff:6.1f} s  {memory:6,} MB at most; {diff / read:.1f} times")


if __name__ == "__main__":
    main()
