"""Findings: what is wrong with an input, where, what was expected, what was there, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.rules import RULES, Level


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One thing that a person must look at.

    `file`: relative to where the command ran, or a table (`table:claims`). `line`: from 1, None where the
    place has no line. `record`: the key of the row or the id of the mark.
    """

    file: str
    line: int | None
    code: str
    record: str | None
    expected: str
    found: str

    @property
    def level(self) -> Level:
        """How much it matters: an error refuses the input."""
        return RULES[self.code].level

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return RULES[self.code].remedy

    @property
    def place(self) -> str:
        """File and line, as editors read them."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding refuses the input."""
    return any(finding.level == "error" for finding in findings)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings once each, by file and line."""
    return sorted(set(findings), key=lambda f: (f.file, f.line or 0, f.code, f.record or "", f.found))
