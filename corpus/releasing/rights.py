"""Whether a dataset holds wording of third parties, and what is known of the rights to it.

What counts is what stands in the Parquet files, not what a manifest says of them. A column that `schemas/` does not
declare may hold anything, so that it counts as wording too, as does any other file among the data, and so do pages for
reading, which show what the tables hold. Where a manifest
says that a dataset is without texts, the short values that such a release may keep are held against their bounds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus.errors import DamagedTableError
from corpus.findings import Finding
from corpus.names import MARK, NONE, is_explorer
from corpus.releasing.parcels import Parcel
from corpus.tables.shapes import columns, text_free_columns
from schemas import KNOWN_TABLES
from schemas.release import BYTES, LONGEST_DROPPED, LONGEST_RUN, LONGEST_TITLE, MASK, TEXT_FREE_TABLES, TITLES

_ROWS = 1024
_MOST = 5
_DATA = "data/"
_WORD = re.compile(r"[^\W_]+")


def columns_with_text(parcel: Parcel) -> list[str]:
    """The columns that hold wording of third parties (`claims.text`), or may, and pages; empty where none does.

    Every value of such columns is looked at, some rows at a time. Raises `DamagedTableError`.
    """
    found: dict[str, None] = {}
    is_text_free = parcel.values.get(MARK) == NONE
    for name in parcel.files:
        if name.startswith(_DATA):
            found |= dict.fromkeys(_texts_of(parcel, name, is_text_free=is_text_free))
        elif is_explorer(name):
            found[name] = None
    return list(found)


def rights_findings(parcel: Parcel, texts: Sequence[str]) -> list[Finding]:
    """What speaks against publishing these columns: what is known of the rights, by number of articles."""
    claimed = ", though the manifest says that it holds no text" if parcel.values.get(MARK) == NONE else ""
    more = f" and {len(texts) - _MOST} more" if len(texts) > _MOST else ""
    held = f"wording in {', '.join(texts[:_MOST])}{more}{claimed}"
    known = _rights(parcel).most_common(_MOST) or [("nothing is said of the rights", 0)]
    return [
        Finding(
            "data/articles",
            None,
            "rights-unknown",
            None,
            "a decision to publish the texts, with its reason",
            f"{held}; {f'{count} article(s): ' if count else ''}{rights}",
        )
        for rights, count in known
    ]


def _texts_of(parcel: Parcel, name: str, *, is_text_free: bool) -> Iterator[str]:
    path, table = parcel.folder / name, PurePosixPath(name).parts[1]
    if path.suffix != ".parquet":
        yield name
        return
    known = KNOWN_TABLES + TEXT_FREE_TABLES if is_text_free else KNOWN_TABLES
    own = {column.name for column in columns(table) if not column.third_party} if table in known else set()
    kept = {column.name for column in text_free_columns(table)} if is_text_free and table in known else set()
    try:
        with pq.ParquetFile(path) as file:
            for column in file.schema_arrow.names:
                holds = _unbounded(table, column) if column in kept else _is_something
                if column not in own and _any(file, column, holds):
                    yield f"{table}.{column}"
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DamagedTableError(path, str(error)) from error


def _any(file: pq.ParquetFile, column: str, holds: Callable[[pa.Array], bool]) -> bool:
    batches = file.iter_batches(batch_size=_ROWS, columns=[column])
    return any(holds(array) for batch in batches for array in batch.columns)


def _unbounded(table: str, column: str) -> Callable[[pa.Array], bool]:
    """What tells whether a value is longer than a release without texts keeps of that column."""
    if column in TITLES.get(table, ()):
        return lambda array: any(len(value) > LONGEST_TITLE for value in array.to_pylist() if value)
    if column in BYTES.get(table, ()):
        return lambda array: any(_words(_as_text(value)) > LONGEST_DROPPED for value in array.to_pylist() if value)
    return lambda array: any(
        _words(piece) > LONGEST_RUN for value in array.to_pylist() if value for piece in value.split(MASK)
    )


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _as_text(value: str) -> str:
    """Bytes in hexadecimal as text, as far as they are any."""
    try:
        return bytes.fromhex(value).decode("utf-8", "replace")
    except ValueError:
        return value


def _is_something(array: pa.Array) -> bool:
    """Whether any value is neither null nor an empty string."""
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        return bool(pc.any(pc.greater(pc.binary_length(array), 0)).as_py())
    return bool(array.null_count < len(array))


def _rights(parcel: Parcel) -> Counter[str]:
    """The words in which rights are known, with the number of articles of each."""
    counted: Counter[str] = Counter()
    for name in _parts(parcel.files, "articles"):
        try:
            with pq.ParquetFile(parcel.folder / name) as file:
                if "rights" in file.schema_arrow.names:
                    for batch in file.iter_batches(batch_size=_ROWS, columns=["rights"]):
                        counted.update(str(value) for value in batch.column(0).to_pylist() if value)
        except (pa.ArrowException, OSError) as error:
            raise DamagedTableError(parcel.folder / name, str(error)) from error
    return counted


def _parts(names: Iterable[str], table: str) -> list[str]:
    return sorted(name for name in names if name.startswith(f"{_DATA}{table}/") and name.endswith(".parquet"))
