"""Findings as text for people, JSON for programs, GitHub's annotation commands, or SARIF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Literal

from corpus.findings import Finding
from corpus.rules import RULES
from corpus.sarif import as_sarif
from corpus.terminal import printable, shortened

Format = Literal["text", "json", "github", "sarif"]
_MOST_FOR_PEOPLE = 20
_MOST_FOR_PROGRAMS = 1_000


def render(findings: Sequence[Finding], form: Format = "text") -> str:
    """Findings as text for people, JSON for programs, GitHub's annotation commands, or SARIF.

    Of one code in one file the first are given, 20 as text and else 1,000, then one that counts the others: a dump may
    have a million.
    """
    findings = list(_first(findings, _MOST_FOR_PEOPLE if form == "text" else _MOST_FOR_PROGRAMS))
    return {"text": _as_text, "json": _as_json, "github": _as_github, "sarif": as_sarif}[form](findings)


def _first(findings: Sequence[Finding], most: int) -> Iterator[Finding]:
    counts: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        counts[finding.file, finding.code] += 1
        if counts[finding.file, finding.code] <= most:
            yield finding
    for (file, code), count in counts.items():
        if count > most:
            yield Finding(file, None, code, None, "none", f"{count - most:,} more of the same in this file")


def summarise(findings: Sequence[Finding]) -> str:
    """How often each rule is broken, as a table in Markdown; no words of an input are in it."""
    counts = Counter((finding.level, finding.code) for finding in findings)
    rows = [f"| {level} | `{code}` | {count} | {RULES[code].says} |" for (level, code), count in sorted(counts.items())]
    return "\n".join(["| level | code | findings | rule |", "|---|---|--:|---|", *rows, "", ""])


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
