"""Reading one file of `seeds/` into the dataclasses that declare it, with every finding at once."""

from __future__ import annotations

import functools
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from corpus.findings import Finding
from corpus.seeds.blanks import open_blanks, without_blank_tables
from corpus.seeds.toml_lines import key_lines, line_of
from corpus.terminal import shortened

T = TypeVar("T")
LineOf = Callable[[Sequence[str | int]], int]
# The names that pydantic gives the branches of `Words | Quotation` stand in the path of a problem.
_BRANCHES = ("constrained-str", "Quotation")
_MOST_BYTES = 64 * 2**20
_MOST_BYTES_OF_TOML = 16 * 2**20  # the parser takes a second for some three megabytes
_MOST_FAULTS = 1_000  # of one file: nobody mends more by hand, and each costs a kilobyte
# A key of many parts takes the parser time that grows with the square of their number.
_LONG_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}""", re.ASCII)
_KINDS = {
    "missing": "key-missing",
    "unexpected_keyword_argument": "key-unknown",
    "extra_forbidden": "key-unknown",
    "json_invalid": "jsonl-syntax",
}


@dataclass(frozen=True, slots=True)
class ParsedToml:
    """A TOML file's values; `given`: the same as JSON, without tables that hold blanks; `lines`: of its keys."""

    values: Mapping[str, Any]
    given: str
    lines: Mapping[tuple[str | int, ...], int]


class FolderReader:
    """Reads the files of one folder of seeds; what is wrong collects in `findings`, by shown path."""

    def __init__(self, root: Path, findings: list[Finding]) -> None:
        self.root = root
        self.findings = findings

    def shown(self, path: Path) -> str:
        """The path as findings name it: with the folder of seeds, with forward slashes."""
        return (Path(self.root.resolve().name) / path.relative_to(self.root)).as_posix()

    def add(self, code: str, path: Path, line: int | None, record: str | None, expected: str, found: str) -> None:
        """Note a finding."""
        self.findings.append(Finding(self.shown(path), line, code, record, expected, found))

    def read_bytes(self, path: Path, most: int | None = None) -> bytes | None:
        """The bytes of a file of the folder, None with a finding where it is not there or is a link outwards.

        `most`: the bytes that it may have; a register or a file of marks has fewer than 64 MiB.
        """
        most = most or _MOST_BYTES
        if not path.is_file() or not path.resolve().is_relative_to(self.root.resolve()):
            self.add(
                "file-missing",
                path,
                None,
                None,
                f"a file {path.name} inside {self.shown(path.parent)}",
                "none",
            )
            return None
        if path.stat().st_size > most:
            self.add("file-too-large", path, None, None, f"at most {most} bytes", f"{path.stat().st_size} bytes")
            return None
        return path.read_bytes()

    def read_toml(self, path: Path, shape: type[T]) -> tuple[T, Mapping[tuple[str | int, ...], int]] | None:
        """A TOML file as `shape`, with the lines of its keys."""
        parsed = self.parse_toml(path)
        return self.shape_toml(path, parsed, shape) if parsed is not None else None

    def parse_toml(self, path: Path) -> ParsedToml | None:
        """The values of a TOML file, in no shape yet; its blanks are findings."""
        data = self.read_bytes(path, min(_MOST_BYTES, _MOST_BYTES_OF_TOML))
        if data is None:
            return None
        try:
            text = data.decode("utf-8")
            values = _parsed(text)
            blanks = list(open_blanks(values))
            values_given = json.dumps(without_blank_tables(values), default=str)
        except (ValueError, RecursionError) as error:  # also of whole numbers that are too long for Python
            self.add("toml-syntax", path, _line_in(error), None, "TOML 1.0 in UTF-8", shortened(str(error), 300))
            return None
        lines = key_lines(text)
        for at, blank in blanks:
            self.add("blank-open", path, line_of(lines, at), None, f"a value of {at[-1]}", shortened(blank))
        return ParsedToml(values, values_given, lines)

    def shape_toml(
        self, path: Path, parsed: ParsedToml, shape: type[T]
    ) -> tuple[T, Mapping[tuple[str | int, ...], int]] | None:
        """Parsed values as `shape`, with the lines of the keys."""
        value = self._shaped(path, shape, parsed.given, lambda at: line_of(parsed.lines, at))
        return None if value is None else (value, parsed.lines)

    def read_jsonl(self, path: Path, shape: type[T]) -> list[tuple[int, T]]:
        """The objects of a JSON Lines file as `shape`, each with its line from 1."""
        data = self.read_bytes(path)
        rows: list[tuple[int, T]] = []
        before = len(self.findings)
        for number, line in enumerate((data or b"").split(b"\n"), 1):
            if not line.strip():
                continue
            if len(self.findings) - before > _MOST_FAULTS:
                self.add("jsonl-syntax", path, number, None, "lines without faults", "more faults; not read from here")
                break
            value = self._shaped(path, shape, line, functools.partial(_constant, number))
            if value is not None:
                rows.append((number, value))
        return rows

    def _shaped(self, path: Path, shape: type[T], values: str | bytes, line: LineOf) -> T | None:
        """JSON as `shape`. (Read as JSON, arrays may be tuples and objects dataclasses, all else is strict.)"""
        try:
            return cast("T", _adapter(cast("Any", shape)).validate_json(values))
        except ValidationError as error:
            self.findings.extend(_problems(self.shown(path), shape, error, line))
            return None


def _parsed(text: str) -> dict[str, Any]:
    """The values of TOML. Raises `ValueError` or `RecursionError` for what is none, or made to be slow."""
    if _LONG_KEY.search(text):
        msg = "a key of more than 64 parts"
        raise ValueError(msg)
    return tomllib.loads(text)


@functools.cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _problems(file: str, shape: Any, error: ValidationError, line: LineOf) -> Iterator[Finding]:
    """One finding per fault: a misspelt key is not reported as missing as well."""
    problems = error.errors(include_url=False, include_context=False)[:_MOST_FAULTS]
    faults = [_Fault(problem, _known_keys(shape)) for problem in problems]
    misspelt = {(*fault.at[:-1], fault.meant) for fault in faults if fault.code == "key-unknown" and fault.meant}
    for fault in faults:
        if fault.is_other_branch or (fault.code == "key-missing" and fault.at in misspelt):
            continue
        yield Finding(file, line(fault.at), fault.code, None, fault.expected, fault.found)


class _Fault:
    """What pydantic found, in the words of a finding."""

    def __init__(self, problem: Any, known: Sequence[str]) -> None:
        self.at = tuple(part for part in problem["loc"] if part not in _BRANCHES)
        self.is_other_branch = _is_other_branch(problem)
        no_object = problem["type"] == "dataclass_type" and self.at == ()
        self.code = "jsonl-syntax" if no_object else _KINDS.get(problem["type"], "value-invalid")
        self.meant = ""
        name = ".".join(str(part) for part in self.at) or "the whole"
        self.expected, self.found = problem["msg"], shortened(f"{name} = {problem['input']!r}")
        if self.code == "key-missing":
            self.expected, self.found = f"a key {name}", "none"
        elif self.code == "key-unknown":
            self.meant = next(iter(get_close_matches(str(self.at[-1])[:100], known, n=1)), "")
            self.expected = f"one of the documented keys{', perhaps ' + self.meant if self.meant else ''}"
            self.found = shortened(name)


def _is_other_branch(problem: Any) -> bool:
    """Of `Words | Quotation` the branch is meant that fits the input; what fits neither is reported once."""
    if "constrained-str" in problem["loc"]:
        return isinstance(problem["input"], dict)
    return "Quotation" in problem["loc"] and problem["type"] == "dataclass_type"


@functools.cache
def _known_keys(shape: Any) -> Sequence[str]:
    schema = json.dumps(_adapter(shape).json_schema())
    found: set[str] = set()
    _collect_keys(json.loads(schema), found)
    return sorted(found)


def _collect_keys(node: object, found: set[str]) -> None:
    if isinstance(node, dict):
        found.update(node.get("properties", {}))
        for value in node.values():
            _collect_keys(value, found)
    elif isinstance(node, list):
        for value in node:
            _collect_keys(value, found)


def _constant(number: int, _: object) -> int:
    return number


def _line_in(error: Exception) -> int | None:
    line = getattr(error, "lineno", None)
    if line is None and "line " in str(error):
        digits = str(error).split("line ", 1)[1].split(",", 1)[0]
        line = int(digits) if digits.isdecimal() else None
    return line
