"""Tables of a text-free release with their texts again, file by file."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus.errors import DamagedTableError
from corpus.tables.shapes import arrow_schema, columns, text_free_columns
from corpus.textfree.masking import unmask
from corpus.textfree.pieces import TableWriter, pieces_of
from corpus.textfree.store import Mark, Store
from schemas.release import BYTES

_LEDGER = "ledger"


class TableRestorer:
    """Restores the tables of one release. `partial`: rows of articles that have no text are left out."""

    def __init__(self, folder: Path, store: Store, *, partial: bool) -> None:
        self._folder = folder
        self._store = store
        self._partial = partial
        self._text = functools.lru_cache(maxsize=8)(store.text)  # rows of an article follow each other
        self._incomplete = store.incomplete_seeds() if partial else set()

    def restore(self, name: str, target: Path) -> TableWriter:
        """Write a table into the folder `target`.

        Raises `DamagedTableError` where the table, or what is known of its masks, is not what was released.
        """
        writer, first = TableWriter(target, name, arrow_schema(name)), 0
        for file, piece in pieces_of(self._folder, name):
            if piece.schema != arrow_schema(name, text=False):
                raise DamagedTableError(self._folder / "data" / name / file, "its columns are not those of a release")
            table = self._piece(name, piece, first)
            if table.num_rows:  # a shard in which a table has no rows has no file of it
                writer.write(file, table)
            first += piece.num_rows
        return writer

    def _piece(self, name: str, piece: pa.Table, first: int) -> pa.Table:
        schema = arrow_schema(name)
        known = {column: piece[column] for column in piece.column_names}
        for column in BYTES.get(name, ()):
            known[column] = self._hexes(piece, column, first)
        marks: dict[str, list[Mark]] = {}
        for mark in self._store.marks(name, first, first + piece.num_rows):
            marks.setdefault(mark.column, []).append(mark)
        for column, of_column in marks.items():
            known[column] = self._unmasked(name, known, of_column, first)
        for column in left_out(name):
            known[column] = self._sliced(piece, name, column)
        try:
            table = pa.table([known[field.name] for field in schema], schema=schema)
        except (KeyError, pa.ArrowException) as error:
            raise DamagedTableError(self._folder / "data" / name, str(error)) from error
        return table.filter(pa.array(self._complete(name, piece))) if self._partial else table

    def _sliced(self, piece: pa.Table, name: str, column: str) -> pa.Array:
        """A column that was left out: the article's text, or the slice of it that the offsets name."""
        ids = piece["article_id"].to_pylist()
        offsets = offsets_of(name, column)
        if offsets is None:
            return pa.array([self._text(article_id) for article_id in ids], pa.string())
        starts, ends = (piece[offset].to_pylist() for offset in offsets)
        values = [self._slice(*place) for place in zip(ids, starts, ends, strict=True)]
        return pa.array(values, pa.string())

    def _slice(self, article_id: str | None, start: int | None, end: int | None) -> str | None:
        text = self._text(article_id)
        return None if text is None or start is None or end is None else text[max(start, 0) : max(end, 0)]

    def _unmasked(self, name: str, known: dict[str, Any], marks: Sequence[Mark], first: int) -> pa.Array:
        column = marks[0].column
        if column not in known:
            raise DamagedTableError(self._folder / "data" / "withheld", f"{name} has no column {column}")
        values = known[column].to_pylist()
        by_value: dict[tuple[int, int | None], list[Mark]] = {}
        for mark in marks:
            by_value.setdefault((mark.row - first, mark.item), []).append(mark)
        try:
            for (row, item), of_value in by_value.items():
                if item is None:
                    values[row] = self.unmask(values[row], of_value)
                else:
                    values[row][item] = self.unmask(values[row][item], of_value)
        except (ValueError, TypeError, IndexError) as error:
            raise DamagedTableError(self._folder / "data" / "withheld", f"{name}.{column}: {error}") from error
        return pa.array(values, known[column].type)

    def unmask(self, value: str, marks: Sequence[Mark]) -> str:
        """A value with its words again; marks for words of an article that has no text stay. Raises `ValueError`."""
        slices = ((mark.at, self._slice(mark.article_id, mark.start, mark.end)) for mark in marks)
        return unmask(value, [(at, words) for at, words in slices if words is not None])

    def _hexes(self, piece: pa.Table, column: str, first: int) -> pa.Array:
        values, actions = piece[column].to_pylist(), piece["action"].to_pylist()
        for row, (value, action) in enumerate(zip(values, actions, strict=True)):
            if value is None and action != "kept":
                values[row] = self._store.hex(first + row)
        return pa.array(values, pa.string())

    def _complete(self, name: str, piece: pa.Table) -> list[bool]:
        """Of each row, whether a partial dataset has it."""
        if name == _LEDGER:
            return [seed_id not in self._incomplete for seed_id in piece["seed_id"].to_pylist()]
        if "article_id" not in piece.column_names:
            return [True] * piece.num_rows
        return [self._text(article_id) is not None for article_id in piece["article_id"].to_pylist()]


def left_out(name: str) -> list[str]:
    """The columns that a text-free release of a table lacks."""
    kept = {column.name for column in text_free_columns(name)}
    return [column.name for column in columns(name) if column.name not in kept]


def offsets_of(name: str, column: str) -> tuple[str, str] | None:
    """The columns with the offsets, in code points of the article, of a column that is left out; None: all of it."""
    if name == "articles" and column == "text":
        return None
    stem = "char" if column == "text" else column.removesuffix("_text")
    return f"{stem}_start", f"{stem}_end"
