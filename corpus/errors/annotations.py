"""Errors of marks and of what annotation tools write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.errors.base import CorpusError
from corpus.findings import Finding


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


class SuggestionsDecidedError(CorpusError, RuntimeError):
    """New suggestions would overwrite decisions that a curator has made."""

    def __init__(self, file: Path, decided: int, article_id: str) -> None:
        super().__init__(f"{file} holds {decided} decision(s) about {article_id}: settle them first (--settle)")
