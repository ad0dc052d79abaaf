"""Changes to the files of a collection: entries taken out, others and their comments left as they stand."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import tomlkit

from corpus.seeds.declarations import Removal

_HEAD = (
    "# What was taken down. An id that stands here is never used again, and no entry is ever removed.\n"
    "# `corpus remove` writes the entries; no note repeats a word of what went.\n"
)


def without_lines(data: bytes, drop: Callable[[dict[str, Any]], bool]) -> bytes:
    """JSON Lines without the objects that `drop` picks; the other lines keep their bytes."""
    kept = [line for line in data.split(b"\n") if not line.strip() or not drop(json.loads(line))]
    return b"\n".join(kept) if any(line.strip() for line in kept) else b""


def edit_declaration(path: Path, article_id: str, sha256: str, said: str, gone: Callable[[str, Any], bool]) -> None:
    """Take an article out of `source.toml`, pin the new digest, and say in `obtained` what was done.

    `gone`: whether what a key declares about the text (`drop`, `no_starts`) is in it no more.
    """
    document = tomlkit.parse(path.read_text("utf-8"))
    _drop_entries(document, "article", lambda entry: bool(entry["id"] == article_id))
    _drop_entries(document, "drop", lambda entry: gone("drop", entry))
    if "no_starts" in document:
        starts: Any = document["no_starts"]
        for place in reversed([n for n, words in enumerate(starts) if gone("no_starts", words)]):
            del starts[place]
    document["sha256"] = sha256
    document["obtained"] = f"{document['obtained']} {said}"
    path.write_text(tomlkit.dumps(document), "utf-8", newline="\n")


def edit_divergences(text: str, articles: Sequence[str], claims: Sequence[str]) -> str:
    """The register without the entries on these articles; those on these claims are of the article alone."""
    document = tomlkit.parse(text)
    _drop_entries(document, "divergence", lambda entry: entry.get("article") in articles)
    for entry in document.get("divergence", ()):
        if entry.get("claim") in claims:
            del entry["claim"]
    return tomlkit.dumps(document)


def with_entries(text: str, entries: Sequence[Removal]) -> str:
    """The register of what was taken down, with more entries at its end."""
    lines = [text.rstrip("\n") if text.strip() else _HEAD.rstrip("\n")]
    for entry in entries:
        table = tomlkit.table()
        for key, value in asdict(entry).items():
            if value is not None:
                table.add(key, value)
        document = tomlkit.document()
        document.add("removed", tomlkit.aot())
        document["removed"].append(table)
        lines.append("\n" + tomlkit.dumps(document).strip())
    return "\n".join(lines) + "\n"


def _drop_entries(document: Any, key: str, drop: Callable[[Any], bool]) -> None:
    entries = document.get(key, [])
    for place in reversed([number for number, entry in enumerate(entries) if drop(entry)]):
        del entries[place]
    if key in document and not entries:
        del document[key]
