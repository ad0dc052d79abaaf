"""Findings in words, in JSON and as GitHub's commands: complete, in order, and nothing found can break out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.findings import Finding, has_errors, in_order
from corpus.reports import render
from corpus.rules import RULES

FAULTS = Path(__file__).resolve().parent / "faults"
HOSTILE = {
    "escape": "\x1b[31mred\x1b[0m",
    "bell, null, backspace": "\x07\x00\x08",
    "C1 controls": "\x85\x9b31m",
    "newlines": "one\ntwo\r\nthree\rfour\u2028five\u2029six\x0bseven\x0ceight",
    "bidi": "\u202egnorw\u202c \u2066inner\u2069 \u200f\u061c",
    "invisible": "in\u200bvis\ufeffible\u00ad\u2060 \U000e0041",
    "command": "\n::error file=x,line=1::broken out",
    "command after escapes": "%0A::set-output name=x::y%0D%25",
    "stop": "\r\n::stop-commands::pause",
    "property": "a,line=9::b:c,title=%3A",
    "surrogate": "\ud800 alone",
    "JSON": '"}],\\"\n]',
}
COMMAND = re.compile(r"::(error|warning|notice) file=([^:,\r\n]*)(?:,line=(\d+))?,title=([a-z-]+)::(.*)")
WORDS = st.text(st.characters() | st.sampled_from('\x1b\n\r\u2028\u202e%:,"\\'))
FINDINGS = st.builds(
    Finding, WORDS, st.none() | st.integers(1, 10**6), st.sampled_from(list(RULES)), st.none() | WORDS, WORDS, WORDS
)


def hostile(words: str) -> Finding:
    """A finding with the words wherever words of an input may stand."""
    return Finding(words, 3, "claim-not-found", words, words, words)


def steers(output: str) -> list[str]:
    """The characters of an output that are neither shown nor a line feed (joiners of letters steer nothing)."""
    return [character for character in output if not character.isprintable() and character not in "\n\u200c\u200d"]


def unescaped(words: str) -> str:
    """What GitHub reads from the message of a command."""
    return words.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_found_words_do_not_break_out(form: str, words: str) -> None:
    """Whatever stands in an input, no control or bidirectional character reaches the output."""
    assert steers(render([hostile(words)], form)) == []


@settings(deadline=None)
@given(st.lists(FINDINGS, max_size=3))
def test_text_has_four_lines_for_each_finding(findings: list[Finding]) -> None:
    """In words a finding is four lines whatever it holds: the place, what was expected, what was found, what to do."""
    text = render(findings, "text")
    assert steers(text) == []
    lines = text.split("\n") if findings else []
    assert len(lines) == 4 * len(findings)
    for number, finding in enumerate(findings):
        place, *rest = lines[4 * number : 4 * number + 4]
        assert f": {finding.level} {finding.code}" in place
        assert [line[:12] for line in rest] == ["  expected: ", "  found:    ", "  to do:    "]


@settings(deadline=None)
@given(st.lists(FINDINGS, max_size=3))
def test_json_is_read_back(findings: list[Finding]) -> None:
    """As JSON every value comes back as it was, with level and remedy, in plain ASCII."""
    text = render(findings, "json")
    assert text.isascii()
    assert json.loads(text) == [asdict(f) | {"level": f.level, "remedy": f.remedy} for f in findings]


@settings(deadline=None)
@given(st.lists(FINDINGS, max_size=3))
def test_github_has_one_command_for_each_finding(findings: list[Finding]) -> None:
    """For GitHub a finding is one command on one line, with its level, line and code, whatever it holds."""
    lines = render(findings, "github").splitlines()
    assert len(lines) == len(findings)
    for line, finding in zip(lines, findings, strict=True):
        match = COMMAND.fullmatch(line)
        assert match
        level = {"note": "notice"}.get(finding.level, finding.level)
        assert match.group(1, 3, 4) == (level, finding.line and str(finding.line), finding.code)
        assert unescaped(match[5]).endswith(f"to do: {finding.remedy}")


def test_github_reads_percent_signs_as_they_are() -> None:
    """What looks like GitHub's own escapes comes out as the words that were found."""
    line = render([Finding("a.toml", 1, "value-invalid", None, "100%", "50%0A25%25")], "github")
    match = COMMAND.fullmatch(line)
    assert match
    assert unescaped(match[5]).split("\n")[:2] == ["expected: 100%", "found: 50%0A25%25"]


def test_text_as_people_read_it() -> None:
    """In words a finding opens with the place as editors read it."""
    assert render([Finding("seeds/sources.toml", 7, "key-missing", "ferry-post", "a key kind", "none")], "text") == (
        "seeds/sources.toml:7: error key-missing [ferry-post]\n"
        "  expected: a key kind\n"
        "  found:    none\n"
        f"  to do:    {RULES['key-missing'].remedy}"
    )


def test_places_without_line_or_record() -> None:
    """Where a place has no line or record, none is shown."""
    finding = Finding("table:claims", None, "reference-broken", None, "a row", "none")
    assert render([finding], "text").startswith("table:claims: error reference-broken\n")
    assert render([finding], "github").startswith("::error file=table%3Aclaims,title=reference-broken::expected: ")
    assert json.loads(render([finding], "json"))[0]["line"] is None


def test_no_findings() -> None:
    """Nothing found is nothing said, and an empty list in JSON."""
    assert (render([], "text"), render([], "github"), json.loads(render([], "json"))) == ("", "", [])


def test_only_errors_refuse() -> None:
    """A warning alone refuses no input, and GitHub shows it as one."""
    warning = Finding("seeds/000/source.toml", 1, "paragraph-unmarked", None, "a claim", "none")
    error = Finding("seeds/000/source.toml", 1, "seed-empty", None, "text", "none")
    assert (has_errors([]), has_errors([warning]), has_errors([warning, error])) == (False, False, True)
    assert render([warning], "github").startswith("::warning ")


def test_order() -> None:
    """Findings come by file, then by line as a number, a place without a line first, each once."""
    places = [("b", 1), ("a", 10), ("a", 9), ("a", None), ("b", 1)]
    found = in_order(Finding(file, line, "key-missing", None, "a key", "none") for file, line in places)
    assert [(finding.file, finding.line) for finding in found] == [("a", None), ("a", 9), ("a", 10), ("b", 1)]


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_command_prints_hostile_words_harmlessly(
    form: str, tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """`corpus validate` shows control characters of a claim as escapes, and no line of it is a command of its own."""
    seeds = shutil.copytree(FAULTS / "base", tmp_path / "seeds")
    shutil.copytree(FAULTS / "claim-not-found--control-characters", seeds, dirs_exist_ok=True)
    done = run("validate", seeds, "--format", form)
    assert (done.returncode, steers(done.stdout), steers(done.stderr)) == (1, [], [])
    commands = [line for line in done.stdout.splitlines() if line.strip().startswith("::")]
    assert len(commands) == (form == "github")
