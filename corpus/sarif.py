"""Findings in SARIF, the Static Analysis Results Interchange Format (OASIS, version 2.1.0).

Section numbers are those of the specification.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import quote

from corpus.findings import Finding
from corpus.names import PROGRAM
from corpus.rules import RULES
from corpus.terminal import printable

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TABLE = "table:"
_PLACES = {code: index for index, code in enumerate(RULES)}


def as_sarif(findings: Sequence[Finding]) -> str:
    """A log of one run in plain ASCII: every rule, and a result for each finding in the order given."""
    seen: Counter[str] = Counter()
    results = [_result(finding, seen) for finding in findings]
    run = {"tool": {"driver": _driver()}, "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=True, indent=1)


def _driver() -> dict[str, Any]:
    driver: dict[str, Any] = {"name": "corpus", "fullName": f"corpus ({PROGRAM})"}
    with contextlib.suppress(PackageNotFoundError):  # run from the source tree without being installed
        driver["version"] = version(PROGRAM)
    driver["rules"] = [
        {
            "id": code,
            "shortDescription": {"text": rule.says},
            "fullDescription": {"text": f"{rule.says} {rule.remedy}"},
            "help": {"text": rule.remedy},
            "defaultConfiguration": {"level": rule.level},
        }
        for code, rule in RULES.items()
    ]
    return driver


def _result(finding: Finding, seen: Counter[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": _PLACES[finding.code],
        "level": finding.level,
        "message": {"text": _message(finding)},
        "locations": [_location(finding)],
        "partialFingerprints": {"corpusFinding/v1": _fingerprint(finding, seen)},
    }
    if finding.record is not None:
        result["properties"] = {"record": printable(finding.record)}
    return result


def _message(finding: Finding) -> str:
    """The finding in words.

    Braces are doubled, since single ones hold placeholders (3.11.5), and what would read as an embedded link is
    broken by a space (3.11.6): an input must not put links into a report.
    """
    record = f"[{printable(finding.record)}] " if finding.record else ""
    words = f"{record}expected: {printable(finding.expected)}\nfound: {printable(finding.found)}"
    return f"{words}\nto do: {finding.remedy}".replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _location(finding: Finding) -> dict[str, Any]:
    """A table has no lines that a reader could open: it is a logical location (3.33), a file a physical one."""
    if finding.file.startswith(_TABLE):
        name = printable(finding.file.removeprefix(_TABLE))
        return {"logicalLocations": [{"name": name, "fullyQualifiedName": name, "kind": "table"}]}
    place: dict[str, Any] = {"artifactLocation": _artifact(finding.file)}
    if finding.line is not None:
        place["region"] = {"startLine": finding.line}
    return {"physicalLocation": place}


def _artifact(file: str) -> dict[str, str]:
    """The file as a URI reference (3.4.3); relative ones lead from the root of the sources, as viewers resolve them."""
    path = quote(file.encode("utf-8", "surrogatepass"), safe="/")  # also the colon, or `a:b` would name a scheme
    return {"uri": f"file://{path}"} if path.startswith("/") else {"uri": path, "uriBaseId": "%SRCROOT%"}


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """The same for the same finding wherever its line has moved (3.27.17), numbered where one is found repeatedly."""
    said = json.dumps([finding.code, finding.file, finding.record, finding.found])
    digest = hashlib.sha256(said.encode()).hexdigest()
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"
