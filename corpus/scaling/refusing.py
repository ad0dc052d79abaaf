"""What is said of a bulk seed: refused records one by one in a file, remarks counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TextIO

from corpus.findings import Finding
from corpus.rules import RULES
from corpus.scaling.shards import Refusal
from corpus.seeds.bulk import BulkFile


class RefusalsFile:
    """A file of JSON Lines, one line for each refused record; there is none where nothing was refused.

    `counts`: refused records by the code of their first error.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()
        self._file: TextIO | None = None

    def __enter__(self) -> RefusalsFile:
        if self.path is not None:
            self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, file: BulkFile, refusals: Iterable[Refusal]) -> None:
        """Note records of a file that are in no table."""
        for refusal in refusals:
            errors = [finding for finding in refusal.findings if finding.level == "error"]
            self.counts[errors[0].code] += 1
            if self.path is None:
                continue
            self._file = self._file or self.path.open("w", encoding="utf-8", newline="\n")
            line = {"seed_id": file.seed_id, "file": file.declaration.file, "record": refusal.record}
            found = [_as_json(finding) for finding in refusal.findings]
            self._file.write(json.dumps(line | {"findings": found}) + "\n")


class Remarks:
    """Findings that keep nothing out, counted: of each code and file one stands for all."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], Finding] = {}

    def add(self, findings: Iterable[Finding]) -> None:
        """Count findings."""
        for finding in findings:
            key = (finding.file, finding.code)
            self._counts[key] += 1
            self._first.setdefault(key, finding)

    def summed(self) -> Iterator[Finding]:
        """One finding for each file and code: the first, and how many more there are."""
        for key, first in self._first.items():
            more = self._counts[key] - 1
            yield replace(first, found=f"{first.found} (and {more:,} more of this file)") if more else first


def _as_json(finding: Finding) -> dict[str, str | None]:
    return {
        "code": finding.code,
        "level": finding.level,
        "article": finding.record,
        "expected": finding.expected,
        "found": finding.found,
        "remedy": RULES[finding.code].remedy,
    }
