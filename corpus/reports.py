"""Findings as text for people, JSON for programs, GitHub's annotation commands, or SARIF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Literal

from corpus.findings import Finding
from corpus.rules import RULES
from corpus.sarif import as_sarif
from corpus.terminal import printable, shortened

Format = Literal["text", "json", "github", "sarif"]


def render(findings: Sequence[Finding], form: Format = "text") -> str:
    """All findings as text for people, JSON for programs, GitHub's annotation commands, or SARIF."""
    return {"text": _as_text, "json": _as_json, "github": _as_github, "sarif": as_sarif}[form](findings)


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
