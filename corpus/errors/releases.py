"""Errors of releases, revisions and take-downs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.errors.base import CorpusError
from corpus.findings import Finding
from corpus.terminal import shortened


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


class UnreadableAddressError(CorpusError, OSError):
    """A dataset at an address cannot be reached or read."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"{address} cannot be read: {why}")


class OtherVersionError(CorpusError, ValueError):
    """The dataset at an address has another version than the one that was asked for."""

    exit_status = 2

    def __init__(self, address: str, found: str, wanted: str) -> None:
        super().__init__(
            f"{address} holds version {found}, not {wanted}: write {{version}} where the address has the version"
        )


class ReleaseRefusedError(CorpusError, RuntimeError):
    """A release would break a promise of the version policy, or there is nothing that it can be compared with."""


class CannotRemoveError(CorpusError, RuntimeError):
    """An article or a claim cannot be taken down in this way; nothing was changed."""

    exit_status = 2

    def __init__(self, record: str, why: str) -> None:
        super().__init__(f"{record} cannot be taken down in this way: {why}")


class UnknownRevisionError(CorpusError, ValueError):
    """A revision is not there, has no such folder, or is written in a way that is not taken."""

    exit_status = 2

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place} cannot be read: {why}")


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
