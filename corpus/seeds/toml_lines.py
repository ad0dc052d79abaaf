"""The line on which a key of a TOML file stands, for findings. (The standard parser does not tell.)"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

# A name takes the spaces around it and is trimmed later: spaces that two parts may share are tried in every division.
_TABLE = re.compile(r"\s*+\[(?P<array>\[)?(?P<name>[\w.\"' \t-]++)\]")
_KEY = re.compile(r"\s*+(?P<name>[\w.\"'-]++)\s*+=")
_LONGEST = 1_000  # code points of a line that are looked at: documented keys are short

Path = tuple[str | int, ...]


def key_lines(text: str) -> dict[Path, int]:
    """The first line, from 1, of each table and key, by its path: `("article", 2, "date", "edtf")`."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, whole in enumerate(text.split("\n"), 1):
        line = whole[:_LONGEST]
        if match := _TABLE.match(line):
            table = _resolved(_parts(match["name"]), counts, is_array=match["array"] is not None)
            lines.setdefault(table, number)
        elif match := _KEY.match(line):
            lines.setdefault((*table, *_parts(match["name"])), number)
    return lines


def line_of(lines: Mapping[Path, int], path: Sequence[str | int]) -> int:
    """The line of the path or, where it has none (a missing key), of what holds it; else 1."""
    for length in range(len(path), 0, -1):
        if (line := lines.get(tuple(path[:length]))) is not None:
            return line
    return 1


def _parts(name: str) -> list[str]:
    return [part.strip().strip("\"'") for part in name.split(".")]


def _resolved(parts: list[str], counts: dict[Path, int], *, is_array: bool) -> Path:
    path: Path = ()
    for part in parts[:-1]:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path] - 1)
    path = (*path, parts[-1])
    if not is_array:
        return (*path, counts[path] - 1) if path in counts else path
    counts[path] = counts.get(path, 0) + 1
    return (*path, counts[path] - 1)
