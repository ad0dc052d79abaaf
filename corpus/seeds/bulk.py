"""Bulk seeds as declared: which files, where they lie, and under which id the articles of each go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.seeds.files import FolderReader, ParsedToml
from corpus.seeds.source_declarations import BulkDeclaration, SeedDeclaration
from corpus.seeds.toml_lines import Path as KeyPath
from corpus.seeds.toml_lines import line_of

_ENDINGS = re.compile(r"(?:\.(?:jsonl|ndjson|json|csv|tsv|parquet|gz|zst|zstd))+$", re.IGNORECASE)
_NOT_OF_IDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class BulkFile:
    """A file of records, not opened yet. `seed_id`: its own, under which the tables know it.

    `address`: where it is, for fsspec. `folder`: the seed's, as findings name it. `declaration`: of this file alone.
    """

    seed_id: str
    folder: str
    address: str
    declaration: SeedDeclaration
    lines: Mapping[KeyPath, int]
    records_per_shard: int

    @property
    def shown(self) -> str:
        """The file as findings name it."""
        return f"{self.folder}/{self.declaration.file}"


def is_bulk(parsed: ParsedToml) -> bool:
    """Whether a `source.toml` declares a bulk seed."""
    return parsed.values.get("bulk") is not None


def read_bulk(reader: FolderReader, folder: Path, parsed: ParsedToml) -> tuple[BulkFile, ...] | None:
    """The files of a bulk seed, in the order of their names; None with findings where the declaration is wrong.

    A seed of one file gives it its own id; of several, each has the seed's id and its own name without endings.
    """
    path = folder / "source.toml"
    read = reader.shape_toml(path, parsed, BulkDeclaration)
    if read is None:
        return None
    declaration, lines = read
    before = len(reader.findings)
    for line, expected, found in _problems(declaration, lines):
        reader.add("bulk-files", path, line, folder.name, expected, found)
    if len(reader.findings) > before:
        return None
    base = declaration.address or str(folder)
    files = [
        BulkFile(
            _seed_id(folder.name, part.name, is_one=bool(declaration.file)),
            reader.shown(folder),
            f"{base.rstrip('/')}/{part.name}",
            declaration.of_part(part),
            lines,
            declaration.records_per_shard,
        )
        for part in sorted(declaration.parts(), key=lambda part: part.name)
    ]
    return tuple(files)


def _seed_id(folder: str, name: str, *, is_one: bool) -> str:
    stem = _NOT_OF_IDS.sub("-", _ENDINGS.sub("", name).lower()).strip("-")
    return folder if is_one else f"{folder}-{stem}"


def _problems(declaration: BulkDeclaration, lines: Mapping[KeyPath, int]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the files as declared: line, expected, found."""
    parts = declaration.parts()
    if (declaration.file is None) != (declaration.sha256 is None):
        yield line_of(lines, ("file",)), "both of file and sha256", "one of them"
    elif not parts:
        yield 1, "a file with its sha256, or a [[part]] for each of several", "neither"
    elif declaration.file and declaration.part:
        yield line_of(lines, ("part", 0)), "a file, or parts", "both"
    seen: dict[str, str] = {}
    for index, part in enumerate(declaration.part):
        own = _seed_id("", part.name, is_one=False)
        if own in seen:
            yield line_of(lines, ("part", index)), f"a name that makes another id than {seen[own]}", part.name
        seen.setdefault(own, part.name)
