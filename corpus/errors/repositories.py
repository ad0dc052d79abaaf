"""Errors of new repositories."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.errors.base import CorpusError
from corpus.terminal import shortened


class FolderInUseError(CorpusError, FileExistsError):
    """A folder for a new repository holds something already; nothing was written."""

    exit_status = 2

    def __init__(self, folder: Path, others: Sequence[str]) -> None:
        named = ", ".join(map(shortened, others))
        super().__init__(
            f"{folder} is not empty ({named}): a new repository is written into an empty folder, or one that is not "
            "there yet; a .git or .venv may stand in it"
        )


class UnfitWishError(CorpusError, ValueError):
    """A title, a name or a language that a corpus cannot have."""

    exit_status = 2

    def __init__(self, option: str, found: str, expected: str) -> None:
        super().__init__(f"{option} {shortened(found)!r}: give {expected}")


class UnfitProgramError(CorpusError, ValueError):
    """What is given as the program is none."""

    exit_status = 2

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"--program {shortened(found)}: give {expected}")
