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
├── UnknownFormatError      no format of annotations of that name
├── UnfitAnnotationsError   annotations that do not fit their texts, or files that are none
├── PlaceTakenError         what would be written stands there already
├── UnknownRevisionError    no such revision of git, or no such folder in it
├── WorkerLostError         a process that made a part of the dataset died, again and again
├── BuildInProgressError    another build holds the lock
├── PublicationRefusedError a dataset is not published as it is; carries the findings
├── PublicationInProgressError another publication holds the folder of releases
├── UnsafeAddressError      an address that nothing is published to or read from
├── UnsafeReasonError       a reason that cannot be recorded
├── ForeignPlaceError       an address that holds something else than releases of this dataset
├── OlderVersionError       a version that cannot follow a later one
├── MissingExtraError       a package that an address needs is not installed
├── UnreachableStoreError   a place over the network, or its disk, failed
├── UnknownReleaseError     no such version at an address
└── UnreadableReleaseError  a file of a release is not what it has to be
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from corpus.findings import Finding
from corpus.terminal import shortened


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


class UnknownFormatError(CorpusError, KeyError):
    """There is no format of annotations of that name, or none that can be written."""

    exit_status = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self._says = f"no format {name!r}; there are: {', '.join(known)}"
        super().__init__(self._says)

    def __str__(self) -> str:
        return self._says


class UnfitAnnotationsError(CorpusError, ValueError):
    """Annotations have findings; nothing was imported."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in findings if finding.level == "error"]
        first = "".join(f"; first {f.place}: {f.code}: expected {f.expected}, found {f.found}" for f in errors[:1])
        super().__init__(f"{len(errors)} error(s) found, nothing was imported{first}")


class PlaceTakenError(CorpusError, FileExistsError):
    """What would be written stands there already; it is not overwritten."""

    exit_status = 2

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} exists: it is not overwritten; name another place for --out")


class UnknownRevisionError(CorpusError, ValueError):
    """A revision is not there, has no such folder, or is written in a way that is not taken."""

    exit_status = 2

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place} cannot be compared: {why}")


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


class PublicationRefusedError(CorpusError, ValueError):
    """A dataset is not published as it is; no version was released."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"{len(findings)} finding(s); no version was released")


class PublicationInProgressError(CorpusError, RuntimeError):
    """Another publication to the same folder is running."""

    def __init__(self, address: str) -> None:
        super().__init__(f"another publication to {address} is running: wait until it has ended, then run again")


class UnsafeAddressError(CorpusError, ValueError):
    """Nothing is published to or read from such an address."""

    exit_status = 2

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"{shortened(address)} is not taken as an address: {why}")


class UnsafeReasonError(CorpusError, ValueError):
    """A reason that cannot be recorded."""

    exit_status = 2

    def __init__(self, longest: int) -> None:
        super().__init__(f"a reason is a line of up to {longest} printable characters, and not empty")


class ForeignPlaceError(CorpusError, FileExistsError):
    """The address holds something else than releases of this dataset."""

    exit_status = 2

    def __init__(self, address: str, what: str) -> None:
        super().__init__(f"{address} holds {what}: nothing is published there; name another address")


class OlderVersionError(CorpusError, ValueError):
    """A version cannot follow a later one, since the Hub's main branch would go back."""

    def __init__(self, version: str, later: str) -> None:
        super().__init__(f"version {later} is released: {version} would take the main branch back; give a later one")


class MissingExtraError(CorpusError, ImportError):
    """A package that an address needs is not installed."""

    exit_status = 2

    def __init__(self, needs: str, extra: str | None, why: str) -> None:
        install = f"pip install 'gaza-press-claims[{extra}]'" if extra else f"what is missing ({why})"
        super().__init__(f"{needs} needs {f'the extra {extra!r}' if extra else 'a package'}: install {install}")


class UnreachableStoreError(CorpusError, OSError):
    """A place over the network, or its disk, failed."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"{address} failed: {shortened(why, 400)}; mend it and run again: what is there is kept")


class UnknownReleaseError(CorpusError, KeyError):
    """There is no such version at an address."""

    exit_status = 2

    def __init__(self, address: str, version: str | None, known: Sequence[str]) -> None:
        asked = f"no version {version} at {address}" if version else f"no released version at {address}"
        self._says = f"{asked}; there are: {', '.join(known[-10:])}" if known else asked
        super().__init__(self._says)

    def __str__(self) -> str:
        return self._says


class UnreadableReleaseError(CorpusError, ValueError):
    """A file at an address is not what `corpus publish` writes, or not what the release says."""

    def __init__(self, address: str, name: str, why: str) -> None:
        super().__init__(f"{address}: {name} is not what was released ({why}): restore it, or name another address")
