"""Pieces of lines: whole ones, and what stands behind a label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.text.layouts.readings import Piece


def whole_lines(lines: Sequence[str], indices: Iterable[int]) -> tuple[Piece, ...]:
    """The lines at `indices`, each a piece as a whole."""
    return tuple(Piece(index, 0, len(lines[index])) for index in indices)


def words_of(lines: Sequence[str], pieces: Iterable[Piece]) -> str:
    """The words of some pieces, one line each."""
    return "\n".join(lines[piece.line][piece.start : piece.end] for piece in pieces)
