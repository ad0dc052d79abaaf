"""Errors stop a run because a person must change an input or a call; findings (see `corpus.findings`) are reported.

CorpusError
├── InvalidCorpusError      the seeds or a dataset have findings of level error
├── MissingSeedsError       no collection of seeds at that place
├── MissingDatasetError     no built dataset at that place
├── NotADatasetError        the folder to build into holds something else
├── DamagedTableError       the file of a table cannot be read
├── UnknownTableError       no table of that name
├── UnknownArticleError     no article of that id
├── SeedExistsError         a seed of that id is there already, or the id is none
├── NotAFileError           a folder, a pipe or a device where a file is needed
├── SuggestionsDecidedError new suggestions would overwrite decisions
├── UnreadableMarksError    marks in a form that is not known, or broken
├── UnknownRevisionError    no such revision of git, or no such folder in it
├── MissingTextsError       no folder of copies at that place
├── TextFreeError           a dataset has its texts, or lacks them, where the other is needed
└── BuildInProgressError    another build holds the lock
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from corpus.findings import Finding


class CorpusError(Exception):
    """Base of all errors that this package raises on purpose; its text says what to do."""

    exit_status = 1


class InvalidCorpusError(CorpusError, ValueError):
    """The seeds or the dataset have findings; nothing was written."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = sum(finding.level == "error" for finding in findings)
        super().__init__(f"{errors} error(s) found; nothing was written")


class MissingSeedsError(CorpusError, FileNotFoundError):
    """There is no collection of seeds at that place."""

    exit_status = 2

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} holds no dataset.toml: name the folder of seeds, or run in the folder above it")


class MissingDatasetError(CorpusError, FileNotFoundError):
    """There is no built dataset at that place."""

    exit_status = 2

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} holds no manifest.json: name a built dataset, or run `corpus build` first")


class NotADatasetError(CorpusError, FileExistsError):
    """The folder that a build would replace holds something else."""

    exit_status = 2

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} exists and is no built dataset: it is not replaced; name another folder for --dist")


class DamagedTableError(CorpusError, OSError):
    """The file of a table cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be read ({why}): restore it, or build again")


class UnknownTableError(CorpusError, KeyError):
    """There is no table of that name."""

    exit_status = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self._says = f"no table called {name!r}; there are: {', '.join(known)}"
        super().__init__(self._says)

    def __str__(self) -> str:
        return self._says


class UnknownArticleError(CorpusError, KeyError):
    """There is no article of that id."""

    exit_status = 2

    def __init__(self, article_id: str, known: Sequence[str]) -> None:
        near = get_close_matches(article_id, known, n=3) or list(known[:3])
        self._says = f"no article {article_id!r}; did you mean {', '.join(near)}?"
        super().__init__(self._says)

    def __str__(self) -> str:
        return self._says


class SeedExistsError(CorpusError, FileExistsError):
    """A seed cannot be added at that place."""

    exit_status = 2

    def __init__(self, place: Path, remedy: str) -> None:
        super().__init__(f"no seed can be added at {place}: {remedy}")


class NotAFileError(CorpusError, OSError):
    """There is something at that place, but no file with an end."""

    exit_status = 2

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} is no file: name the file itself (of a folder, each of its files)")


class SuggestionsDecidedError(CorpusError, RuntimeError):
    """New suggestions would overwrite decisions that a curator has made."""

    def __init__(self, file: Path, decided: int, article_id: str) -> None:
        super().__init__(f"{file} holds {decided} decision(s) about {article_id}: settle them first (--settle)")


class UnreadableMarksError(CorpusError, ValueError):
    """Marks to evaluate are in a form that is not known, or broken."""

    exit_status = 2

    def __init__(self, place: Path, why: str) -> None:
        super().__init__(f"{place} cannot be read as marks: {why}")


class UnknownRevisionError(CorpusError, ValueError):
    """A revision is not there, has no such folder, or is written in a way that is not taken."""

    exit_status = 2

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place} cannot be compared: {why}")


class MissingTextsError(CorpusError, FileNotFoundError):
    """There is nothing at the place where copies of the texts should be."""

    exit_status = 2

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} does not exist: name the folder that holds your copies of the texts")


class TextFreeError(CorpusError, ValueError):
    """A dataset has its texts where one without is needed, or the other way round."""

    exit_status = 2

    def __init__(self, place: Path, why: str) -> None:
        super().__init__(f"{place} {why}")


class BuildInProgressError(CorpusError, RuntimeError):
    """Another build of the same dataset is running."""

    def __init__(self, dist: Path) -> None:
        super().__init__(f"another build of {dist} is running: wait until it has ended, then build again")
