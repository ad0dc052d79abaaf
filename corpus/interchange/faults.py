"""What does not fit in a file of annotations, collected as findings, and what a format could not carry."""

from __future__ import annotations

from collections import Counter

from corpus.findings import Finding
from corpus.terminal import shortened

_MOST = 10_000  # nobody mends more by hand, and each costs some hundred bytes


class Faults:
    """Findings about the files of one place; `file` is the one that is being read."""

    def __init__(self, findings: list[Finding], file: str = "") -> None:
        self.findings = findings
        self.file = file
        self._begins = len(findings)

    def add(self, code: str, record: str | None, expected: str, found: object, line: int | None = None) -> None:
        """Note a finding; `found` is shortened and shown without control characters. The first 10,000 are kept."""
        if len(self.findings) - self._begins < _MOST:
            words = found if isinstance(found, str) else repr(found)
            self.findings.append(
                Finding(self.file, line, code, record and shortened(record), expected, shortened(words))
            )


class Losses:
    """What could not be written in a format, counted."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, what: str, times: int = 1) -> None:
        """Note that something was left out, in words that go on after `not carried:`."""
        if times:
            self._counts[what] += times

    def sentences(self) -> list[str]:
        """What was left out, most often first."""
        return [f"{count:,} × {what}" for what, count in self._counts.most_common()]
