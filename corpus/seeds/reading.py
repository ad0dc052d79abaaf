"""Reading a folder of seeds: registers, seed folders, curated claims and annotation passes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import MissingSeedsError
from corpus.findings import Finding
from corpus.seeds.bulk import BulkFile, is_bulk, read_bulk
from corpus.seeds.declarations import (
    Actor,
    Answer,
    ClaimMark,
    Dataset,
    Declared,
    Divergence,
    Quantity,
    Removal,
    Source,
    Statement,
    Suggestion,
    Term,
)
from corpus.seeds.files import FolderReader
from corpus.seeds.source_declarations import SeedDeclaration
from corpus.seeds.toml_lines import Path as KeyPath

T = TypeVar("T")
SUGGESTIONS = "suggestions.jsonl"
Marks = tuple[tuple[int, ClaimMark], ...]


@dataclass(frozen=True)
class Register(Declared):
    """A register file: a list of entries under the name of what is listed."""

    source: tuple[Source, ...] = ()
    statement: tuple[Statement, ...] = ()
    actor: tuple[Actor, ...] = ()
    quantity: tuple[Quantity, ...] = ()
    term: tuple[Term, ...] = ()
    divergence: tuple[Divergence, ...] = ()
    removed: tuple[Removal, ...] = ()
    answer: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class SeedFolder:
    """One seed: its declaration, its bytes as obtained, and what was marked in it.

    `marks` and `passes` carry the line of each mark; `lines` the line of each key of source.toml.
    `marks_are_whole`: whether every line of claims.jsonl could be read.
    """

    seed_id: str
    folder: str
    declaration: SeedDeclaration
    data: bytes
    marks: Marks = ()
    marks_are_whole: bool = True
    passes: Mapping[str, Marks] = field(default_factory=dict)
    lines: Mapping[KeyPath, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self.data)


@dataclass(frozen=True)
class Collection:
    """All that a folder of seeds says, as read; nothing resolved yet.

    `dataset` is None and a file's name is in `unread` where that file has findings that leave it unread.
    `bulk`: the files of bulk seeds, not opened yet. `seeds_are_whole`: whether every seed could be read.
    `folder`: the name of the folder of seeds; `lines`: the line of each key, by register file.
    """

    dataset: Dataset | None
    sources: tuple[Source, ...]
    statements: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    quantities: tuple[Quantity, ...]
    terms: tuple[Term, ...]
    divergences: tuple[Divergence, ...]
    answers: tuple[Answer, ...]
    removals: tuple[Removal, ...]
    seeds: tuple[SeedFolder, ...]
    bulk: tuple[BulkFile, ...] = ()
    seeds_are_whole: bool = True
    folder: str = "seeds"
    unread: frozenset[str] = frozenset()
    lines: Mapping[str, Mapping[KeyPath, int]] = field(default_factory=dict)

    @property
    def marks_are_whole(self) -> bool:
        """Whether every curated mark of every seed could be read."""
        return self.seeds_are_whole and all(seed.marks_are_whole for seed in self.seeds)

    def terms_of(self, name: str) -> list[str]:
        """The closed list of that name."""
        return [term.term for term in self.terms if term.list == name]


REGISTERS = {
    "sources.toml": "source",
    "perspectives.toml": "statement",
    "actors.toml": "actor",
    "quantities.toml": "quantity",
    "vocabulary.toml": "term",
    "divergences.toml": "divergence",
    "removed.toml": "removed",
    "datasheet.toml": "answer",
}
_OPTIONAL = ("divergences.toml", "removed.toml")
_MOST_BYTES_OF_A_DUMP = 2**30  # it is held in memory


def read_collection(root: Path) -> tuple[Collection, list[Finding]]:
    """Read the seeds under `root`, with all that is wrong; what could not be read is left out.

    Raises `MissingSeedsError` where `root` holds no collection at all.
    """
    if not (root / "dataset.toml").is_file():
        raise MissingSeedsError(root)
    findings: list[Finding] = []
    lines: dict[str, Mapping[KeyPath, int]] = {}
    reader = FolderReader(root, findings)
    dataset = reader.read_toml(root / "dataset.toml", Dataset)
    registers: dict[str, tuple[Any, ...] | None] = {
        name: _read_register(reader, root / name, key, lines) for name, key in REGISTERS.items()
    }
    folders = sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
    read = [_read_seed(reader, path) for path in folders]
    _refuse_shared_ids(reader, folders, read)
    seeds = tuple(seed for seed in read if isinstance(seed, SeedFolder))
    unread = frozenset(name for name, entries in registers.items() if entries is None)
    collection = Collection(
        dataset[0] if dataset else None,
        sources=registers["sources.toml"] or (),
        statements=registers["perspectives.toml"] or (),
        actors=registers["actors.toml"] or (),
        quantities=registers["quantities.toml"] or (),
        terms=registers["vocabulary.toml"] or (),
        divergences=registers["divergences.toml"] or (),
        answers=registers["datasheet.toml"] or (),
        removals=registers["removed.toml"] or (),
        seeds=seeds,
        bulk=tuple(file for files in read if isinstance(files, tuple) for file in files),
        seeds_are_whole=None not in read,
        folder=reader.shown(root),
        unread=unread,
        lines=lines,
    )
    return collection, findings


def read_removals(root: Path) -> tuple[Removal, ...]:
    """What the register says was taken down; none where there is no register, or where it cannot be read."""
    return _read_register(FolderReader(root, []), root / "removed.toml", "removed", {}) or ()


def _read_register(
    reader: FolderReader, path: Path, key: str, all_lines: dict[str, Mapping[KeyPath, int]]
) -> tuple[Any, ...] | None:
    if path.name in _OPTIONAL and not path.exists():
        return ()
    read = reader.read_toml(path, Register)
    if read is None:
        return None
    register, lines = read
    all_lines[path.name] = lines
    entries: tuple[Any, ...] = getattr(register, key)
    for other in REGISTERS.values():
        if other != key and getattr(register, other):
            reader.add("key-unknown", path, lines.get((other, 0), 1), None, f"[[{key}]] only", f"[[{other}]]")
    _refuse_repeats(reader, path, ((entry, lines.get((key, i), 1)) for i, entry in enumerate(entries)))
    return entries


def _refuse_repeats(reader: FolderReader, path: Path, entries: Iterable[tuple[Any, int]]) -> None:
    seen: dict[str, int] = {}
    for entry, line in entries:
        entry_id = _identity(entry)
        if entry_id in seen:
            reader.add("id-duplicate", path, line, entry_id, f"an id unlike that of line {seen[entry_id]}", entry_id)
        seen.setdefault(entry_id, line)


def _identity(entry: Any) -> str:
    if isinstance(entry, Term):
        return f"{entry.list}/{entry.term}"
    return str(entry.question if isinstance(entry, Answer) else entry.id)


def _read_seed(reader: FolderReader, folder: Path) -> SeedFolder | tuple[BulkFile, ...] | None:
    """A seed with its bytes, or the files of a bulk seed, which are opened later."""
    parsed = reader.parse_toml(folder / "source.toml")
    if parsed is not None and is_bulk(parsed):
        return read_bulk(reader, folder, parsed)
    read = reader.shape_toml(folder / "source.toml", parsed, SeedDeclaration) if parsed else None
    if read is None:
        return None
    declaration, lines = read
    data = reader.read_bytes(folder / declaration.file, None if declaration.form == "text" else _MOST_BYTES_OF_A_DUMP)
    if data is None:
        return None
    found = hashlib.sha256(data).hexdigest()
    if found != declaration.sha256:
        reader.add(
            "seed-checksum",
            folder / "source.toml",
            lines.get(("sha256",)),
            folder.name,
            declaration.sha256,
            found,
        )
        return None
    before = len(reader.findings)
    marks = _read_marks(reader, folder / "claims.jsonl") if (folder / "claims.jsonl").exists() else ()
    whole = len(reader.findings) == before
    _note_suggestions(reader, folder)
    passes = {path.stem: _read_marks(reader, path) for path in sorted((folder / "passes").glob("*.jsonl"))}
    shown = reader.shown(folder)
    return SeedFolder(folder.name, shown, declaration, data, marks, whole, passes, lines)


def _refuse_shared_ids(
    reader: FolderReader, folders: Sequence[Path], read: Sequence[SeedFolder | tuple[BulkFile, ...] | None]
) -> None:
    """A part of a bulk seed may come to the id of another seed."""
    seen: dict[str, Path] = {}
    for folder, seed in zip(folders, read, strict=True):
        for seed_id in [file.seed_id for file in seed] if isinstance(seed, tuple) else [folder.name]:
            if seed_id in seen:
                place = folder / "source.toml"
                reader.add("id-duplicate", place, None, seed_id, f"ids unlike those of {seen[seed_id].name}", seed_id)
            seen.setdefault(seed_id, folder)


def _note_suggestions(reader: FolderReader, folder: Path) -> None:
    """A finding for each article whose suggestions are not settled yet."""
    path = folder / SUGGESTIONS
    if not path.exists():
        return
    first: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for line, suggestion in reader.read_jsonl(path, Suggestion):
        first.setdefault(suggestion.mark.article, line)
        counts[suggestion.mark.article] += 1
    for article, line in first.items():
        reader.add("suggestion-open", path, line, article, "none left", f"{counts[article]}")


def _read_marks(reader: FolderReader, path: Path) -> Marks:
    marks = reader.read_jsonl(path, ClaimMark)
    _refuse_repeats(reader, path, ((mark, line) for line, mark in marks))
    return tuple(marks)
