"""The files that name a version: `dataset.toml`, the citation, the package, the changelog."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import tomlkit

from corpus.versioning.policy import Version
from corpus.versioning.telling import HEADING

CHANGELOG = "CHANGELOG.md"
_SECTION = re.compile(r"^## (?P<name>.+?)$", re.MULTILINE)
_VERSION = re.compile(r"\[?v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})\]?(?:\s|$)", re.ASCII)
_BLOCK = re.compile(rf"^{re.escape(HEADING)}\n.*?(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_CITED = {"version": re.compile(r"^version:.*$", re.MULTILINE), "day": re.compile(r"^date-released:.*$", re.MULTILINE)}


def with_version(
    seeds: Path, base: Version, version: Version, day: datetime.date, told: str
) -> dict[Path, tuple[str, str]]:
    """The files that change, each with its text before and after; comments and order of keys stay.

    In the folder of the seeds `dataset.toml`; beside it, where they are, `CITATION.cff`, `pyproject.toml` of a package
    of that name, and `CHANGELOG.md` with the section `told`, which replaces one that an earlier run wrote. A section of
    the changelog that is not released yet, because its version is above `base` or it is headed `Unreleased`, becomes
    that of the version.
    """
    beside = seeds.resolve().parent
    name = str(tomlkit.parse(_text(seeds / "dataset.toml"))["name"])
    edits: Mapping[Path, Callable[[str], str]] = {
        seeds / "dataset.toml": lambda text: _dataset(text, version, day),
        beside / "CITATION.cff": lambda text: _citation(text, version, day),
        beside / "pyproject.toml": lambda text: _package(text, name, version),
        beside / CHANGELOG: lambda text: _changelog(text, base, version, day, told),
    }
    found = {}
    for path, edit in edits.items():
        before = _text(path)
        if before or path.name == CHANGELOG:
            found[path] = (before, edit(before))
    return {path: texts for path, texts in found.items() if texts[0] != texts[1]}


def write(path: Path, text: str) -> None:
    """Put a file in its place whole."""
    staged = path.with_name(f".{path.name}.new")
    staged.write_text(text, "utf-8", newline="\n")
    staged.replace(path)


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def _dataset(text: str, version: Version, day: datetime.date) -> str:
    document = tomlkit.parse(text)
    document["version"], document["released"] = str(version), day
    return tomlkit.dumps(document)


def _package(text: str, name: str, version: Version) -> str:
    document = tomlkit.parse(text)
    project = document.get("project", {})
    if project.get("name") == name and "version" in project:
        project["version"] = str(version)
    return tomlkit.dumps(document)


def _citation(text: str, version: Version, day: datetime.date) -> str:
    text = _CITED["version"].sub(f"version: {version}", text, count=1)
    return _CITED["day"].sub(f"date-released: {day.isoformat()}", text, count=1)


def _changelog(text: str, base: Version, version: Version, day: datetime.date, told: str) -> str:
    heading = f"## {version} - {day.isoformat()}"
    text = text or "# Changelog\n"
    sections = list(_SECTION.finditer(text))
    own = next((match for match in sections if _is_open(match["name"], base)), None)
    if own is None:
        before = next((match.start() for match in sections), len(text))
        return f"{text[:before].rstrip()}\n\n{heading}\n\n{told}\n{text[before:]}".rstrip("\n") + "\n"
    end = next((match.start() for match in sections if match.start() > own.start()), len(text))
    body = _BLOCK.sub("", text[own.end() : end]).strip("\n")
    rest = f"{body}\n\n" if body else ""
    return f"{text[: own.start()]}{heading}\n\n{told}\n{rest}{text[end:]}".rstrip("\n") + "\n"


def _is_open(name: str, base: Version) -> bool:
    """Whether a section is of what is not released yet."""
    if name.strip("[] ").lower() == "unreleased":
        return True
    found = _VERSION.match(name)
    return found is not None and Version(int(found[1]), int(found[2]), int(found[3])) > base
