"""Findings: what is wrong with an input, where, what was expected, what was there, and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from corpus.rules import RULES, Level
from corpus.terminal import printable, shortened

Format = Literal["text", "json", "github"]


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


def render(findings: Sequence[Finding], form: Format = "text") -> str:
    """All findings as text for people, JSON for programs, or GitHub's annotation commands."""
    return {"text": _as_text, "json": _as_json, "github": _as_github}[form](findings)


def _as_text(findings: Sequence[Finding]) -> str:
    blocks = []
    for finding in findings:
        record = f" [{shortened(finding.record)}]" if finding.record else ""
        blocks.append(
            f"{printable(finding.place)}: {finding.level} {finding.code}{record}\n"
            f"  expected: {printable(finding.expected)}\n"
            f"  found:    {printable(finding.found)}\n"
            f"  to do:    {finding.remedy}"
        )
    return "\n".join(blocks)


def _as_json(findings: Sequence[Finding]) -> str:
    rows = [asdict(finding) | {"level": finding.level, "remedy": finding.remedy} for finding in findings]
    return json.dumps(rows, ensure_ascii=True, indent=1)


def _as_github(findings: Sequence[Finding]) -> str:
    level = {"error": "error", "warning": "warning", "note": "notice"}
    lines = []
    for finding in findings:
        line = "" if finding.line is None else f",line={finding.line}"
        where = f"file={_escaped(finding.file, property_value=True)}{line},title={finding.code}"
        says = f"expected: {finding.expected}\nfound: {finding.found}\nto do: {finding.remedy}"
        lines.append(f"::{level[finding.level]} {where}::{_escaped(says)}")
    return "\n".join(lines)


def _escaped(words: str, *, property_value: bool = False) -> str:
    """Words made safe for a GitHub workflow command."""
    words = words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    words = printable(words)
    return words.replace(":", "%3A").replace(",", "%2C") if property_value else words
