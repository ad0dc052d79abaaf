"""The base of all errors."""

from __future__ import annotations


class CorpusError(Exception):
    """Base of all errors that this package raises on purpose; its text says what to do."""

    exit_status = 1
