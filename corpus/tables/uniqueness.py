"""Is every key given once, in all shards together? Out of core: keys of a large corpus do not fit in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from corpus.findings import Finding
from corpus.tables.querying import from_files, limited_connection
from corpus.tables.shapes import key_of
from corpus.tables.validating import MOST_PER_RULE


def repeated_keys(files: Mapping[str, Sequence[Path]]) -> Iterator[Finding]:
    """Keys that stand in several rows of the files of a table. A table of one file is checked with its own rules."""
    with limited_connection() as connection:
        for name, paths in files.items():
            key = key_of(name)
            if key is None or len(paths) < 2:
                continue
            sql = f'SELECT "{key}", count(*) {from_files(paths)} GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT ?'
            for value, times in connection.execute(sql, [MOST_PER_RULE]).fetchall():
                found = f"{key} = {value}, {times} times"
                yield Finding(f"table:{name}", None, "key-duplicate", value, f"{key}: field_uniqueness", found)
