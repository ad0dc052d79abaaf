"""Findings as SARIF 2.1.0: what the specification demands, and nothing found can break out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.findings import Finding
from corpus.reports import render, summarise
from corpus.rules import RULES

FAULTS = Path(__file__).resolve().parent / "faults"
WORDS = st.text(st.characters() | st.sampled_from('\x1b\n\r\u2028\u202e%:,"\\{}[]()#?/'))
FINDINGS = st.builds(
    Finding,
    st.one_of(WORDS.filter(bool), st.sampled_from(["table:claims", "seeds/a b/source.toml"])),
    st.none() | st.integers(1, 10**6),
    st.sampled_from(list(RULES)),
    st.none() | WORDS,
    WORDS,
    WORDS,
)


def closed(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """The schema of an object that has these properties and no others, as SARIF's own objects are."""
    properties = required | optional
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


# The part of the specification that is used: section 3.13 (log), 3.14 (run), 3.19 (driver), 3.49 (rules),
# 3.27 (results), 3.28 (locations), 3.4 (files), 3.30 (regions), 3.33 (logical locations).
LEVEL = {"enum": ["none", "note", "warning", "error"]}
TEXT = {"type": "string", "minLength": 1}
MESSAGE = closed({"text": TEXT})
RULE = closed(
    {"id": TEXT},
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=closed({"level": LEVEL}),
)
FILE = closed({"uri": {"type": "string", "format": "uri-reference"}}, uriBaseId=TEXT)
LINE = {"type": "integer", "minimum": 1}
LOCATION = closed(
    {},
    physicalLocation=closed({"artifactLocation": FILE}, region=closed({"startLine": LINE})),
    logicalLocations={
        "type": "array",
        "minItems": 1,
        "items": closed({"name": TEXT}, fullyQualifiedName=TEXT, kind=TEXT),
    },
)
RESULT = closed(
    {"message": MESSAGE},
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    locations={"type": "array", "items": LOCATION},
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
    properties={"type": "object"},
)
RULES_OF_TOOL = {"type": "array", "items": RULE, "uniqueItems": True}
DRIVER = closed({"name": TEXT}, fullName=TEXT, version=TEXT, rules=RULES_OF_TOOL)
RUN = closed({"tool": closed({"driver": DRIVER}), "results": {"type": "array", "items": RESULT}})
LOG = closed(
    {"version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN, "minItems": 1}},
    **{"$schema": {"type": "string", "format": "uri"}},
)


def results(findings: list[Finding]) -> list[dict[str, Any]]:
    """The results of a log."""
    found: list[dict[str, Any]] = json.loads(render(findings, "sarif"))["runs"][0]["results"]
    return found


@settings(deadline=None)
@given(st.lists(FINDINGS, max_size=3))
def test_log_is_what_the_specification_demands(findings: list[Finding]) -> None:
    """A log has the objects and properties of the specification, each of its kind, in plain ASCII."""
    text = render(findings, "sarif")

    assert text.isascii()
    jsonschema.Draft202012Validator(LOG).validate(json.loads(text))


@settings(deadline=None)
@given(st.lists(FINDINGS, min_size=1, max_size=3))
def test_results_lead_to_rules_and_places(findings: list[Finding]) -> None:
    """Each result names its rule by id and index, its level, its line, and a file that reads back as it was."""
    run = json.loads(render(findings, "sarif"))["runs"][0]
    for finding, result in zip(findings, run["results"], strict=True):
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] == finding.code
        assert rule["defaultConfiguration"]["level"] == result["level"] == finding.level
        place = result["locations"][0]
        if finding.file.startswith("table:"):
            assert set(place) == {"logicalLocations"}
            continue
        uri = urlsplit(place["physicalLocation"]["artifactLocation"]["uri"])
        assert (uri.netloc, uri.query, uri.fragment) == ("", "", "")
        assert uri.scheme == ("file" if finding.file.startswith("/") else "")
        assert unquote(uri.path, errors="surrogatepass") == finding.file
        assert place["physicalLocation"].get("region", {}).get("startLine") == finding.line


@settings(deadline=None)
@given(FINDINGS)
def test_words_stay_words(finding: Finding) -> None:
    """No word of an input is a placeholder, a link or a control character in a message."""
    result = results([finding])[0]

    message = result["message"]["text"]
    shown = message + result.get("properties", {}).get("record", "")
    assert [c for c in shown if not c.isprintable() and c not in "\n\u200c\u200d"] == []
    assert not re.search(r"\]\(", message)
    assert not re.search(r"[{}]", message.replace("{{", "").replace("}}", ""))
    assert len(message.split("\n")) == 3


def test_rules_say_what_to_do() -> None:
    """Every rule is listed with what it demands and the remedy, also where nothing was found."""
    driver = json.loads(render([], "sarif"))["runs"][0]["tool"]["driver"]

    assert {rule["id"]: rule["help"]["text"] for rule in driver["rules"]} == {
        code: rule.remedy for code, rule in RULES.items()
    }
    assert all(rule["shortDescription"]["text"] == RULES[rule["id"]].says for rule in driver["rules"])


def test_fingerprints_follow_a_finding() -> None:
    """A fingerprint stays when a line moves, and tells apart what is found elsewhere or again."""
    one = Finding("seeds/a.toml", 3, "key-missing", "ferry-post", "a key kind", "none")
    others = [replace(one, line=9), replace(one, file="seeds/b.toml"), replace(one, record="x"), one]

    prints = [result["partialFingerprints"]["corpusFinding/v1"] for result in results([one, *others])]

    assert results([others[0]])[0]["partialFingerprints"]["corpusFinding/v1"] == prints[0]
    assert len(set(prints)) == 5


def test_table_is_a_logical_location() -> None:
    """A finding about a table names the table and pretends no file."""
    place = results([Finding("table:claims", None, "key-duplicate", "000-01-c1", "one row", "2")])[0]["locations"]
    assert place == [{"logicalLocations": [{"name": "claims", "fullyQualifiedName": "claims", "kind": "table"}]}]


@pytest.mark.parametrize("command", [["validate", "seeds"], ["verify", "dist"], ["build", "--check"]])
def test_command_gives_a_log_without_results(
    command: list[str], run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """Where nothing is wrong a command prints a whole log without errors, and nothing else on its output."""
    done = run(*command, "--format", "sarif")

    assert done.returncode == 0, done.stderr
    assert [r for r in json.loads(done.stdout)["runs"][0]["results"] if r["level"] == "error"] == []


def test_findings_are_counted_in_the_summary(
    tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """On GitHub, which shows ten annotations of a step, each code is counted in the summary; words stay out of it."""
    seeds = shutil.copytree(FAULTS / "base", tmp_path / "seeds")
    shutil.copytree(FAULTS / "claim-not-found--control-characters", seeds, dirs_exist_ok=True)
    page = tmp_path / "summary.md"
    environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(page)}

    run("validate", seeds, "--format", "text", env=environment)
    assert not page.exists()
    run("validate", seeds, "--format", "github", env=environment)

    assert "| error | `claim-not-found` | 1 | " in page.read_text("utf-8")
    assert page.read_text("utf-8").startswith("| level |")


@settings(deadline=None)
@given(st.lists(FINDINGS, max_size=5))
def test_summary_counts_every_finding(findings: list[Finding]) -> None:
    """The counts of the summary add up to all findings."""
    rows = [line.split("|") for line in summarise(findings).splitlines()[2:] if line]
    assert sum(int(row[3]) for row in rows) == len(findings)
