"""Errors of seeds, datasets and builds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from corpus.errors.base import CorpusError
from corpus.findings import Finding
from corpus.names import PROGRAM


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


class NotAnExplorerError(CorpusError, FileExistsError):
    """The file or folder that explorer pages would replace holds something else."""

    exit_status = 2

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} exists and holds no explorer: it is not replaced; name another place for --out")


class InsideDatasetError(CorpusError, ValueError):
    """Pages would be written into a finished dataset, whose checksums would no longer fit."""

    exit_status = 2

    def __init__(self, place: Path, dist: Path) -> None:
        super().__init__(
            f"{place} lies in the dataset {dist}, whose checksums would no longer fit: name a place outside it for "
            "--out; to have pages in the dataset, write `explorer = true` into its dataset.toml and build"
        )


class TooManyArticlesError(CorpusError, ValueError):
    """One page cannot hold so many articles."""

    exit_status = 2

    def __init__(self, count: int, most: int) -> None:
        super().__init__(f"{count:,} articles do not fit one page (most: {most:,}): name a folder for --out")


class DamagedTableError(CorpusError, OSError):
    """The file of a table cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} cannot be read ({why}): restore it, or build again")


class UnknownTableError(CorpusError, KeyError):
    """There is no table of that name."""

    exit_status = 2

    def __init__(self, name: str, known: Iterable[str], kind: str = "table") -> None:
        self._says = f"no {kind} called {name!r}; there are: {', '.join(known)}"
        super().__init__(self._says)

    def __str__(self) -> str:
        return self._says


class UnknownArticleError(CorpusError, KeyError):
    """There is no article, or claim, of that id."""

    exit_status = 2

    def __init__(self, article_id: str, known: Sequence[str]) -> None:
        near = sorted(get_close_matches(article_id, known, n=3))
        told = f"did you mean {', '.join(near)}?" if near else f"an id looks like {', '.join(known[:1])}"
        self._says = f"nothing here has the id {article_id!r}; {told}"
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


class BuildInProgressError(CorpusError, RuntimeError):
    """Another build of the same dataset is running."""

    def __init__(self, dist: Path) -> None:
        super().__init__(f"another build of {dist} is running: wait until it has ended, then build again")


class WorkerLostError(CorpusError, RuntimeError):
    """The processes that made a part of the dataset ended without a result, whenever it was tried."""

    def __init__(self, file: str, records_before: int) -> None:
        super().__init__(
            f"the process that worked on {file}, from record {records_before + 1}, ended each time: "
            "it may have lacked memory; try fewer workers (--workers 1)"
        )


class MissingExtraError(CorpusError, ImportError):
    """A package that an address or a page needs is not installed."""

    exit_status = 2

    def __init__(self, needs: str, extra: str | None, why: str) -> None:
        install = f"pip install '{PROGRAM}[{extra}]'" if extra else f"what is missing ({why})"
        super().__init__(f"{needs} needs {f'the extra {extra!r}' if extra else 'a package'}: install {install}")
