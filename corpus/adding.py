"""Adding a file to a collection of seeds: a folder of its own, all that was detected written down with its basis."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.declaring import Known, declaration_text
from corpus.errors import InvalidCorpusError, MissingSeedsError, SeedExistsError
from corpus.findings import Finding, in_order
from corpus.forms import Fields
from corpus.inspecting.language import detect_language
from corpus.preparing import prepare
from corpus.reading import ReadFile, articles
from corpus.seeds.reading import read_collection, read_removals
from corpus.suggesting import suggest_all
from corpus.terminal import shortened

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
_SEED_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAKEN_NAMES = ("source.toml", "claims.jsonl", "suggestions.jsonl")
_LONGEST_NAME = 120
_MOST_TEXTS_FOR_LANGUAGE = 20


@dataclass(frozen=True, slots=True)
class Addition:
    """A seed that was added. `doubts`: about how the file was read; `to_do`: what the folder still lacks."""

    folder: Path
    seed_id: str
    read: ReadFile
    suggestions: int
    are_suggestions_wanted: bool
    doubts: tuple[Finding, ...]
    to_do: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the contributor says about the file; None: told by the content, or left as a blank."""

    seed_id: str | None = None
    form: str | None = None
    layout: str | None = None
    encoding: str | None = None
    fields: Fields | None = None
    known: Known = field(default_factory=Known)


def add(file: Path, seeds: Path, wanted: Wanted | None = None, *, with_suggestions: bool = True) -> Addition:
    """Make a seed of a file: its bytes copied exactly, `source.toml` filled in or left blank, claims suggested.

    Nothing that is there is changed. Raises `InvalidCorpusError` where the file cannot be read or a seed holds the
    same bytes (nothing is written then), `SeedExistsError` where the id is taken, `MissingSeedsError` where `seeds`
    is no collection, `NotAFileError` for a folder, a pipe or a device, `OSError` where the file cannot be opened.
    """
    wanted = wanted or Wanted()
    if not (seeds / "dataset.toml").is_file():
        raise MissingSeedsError(seeds)
    read = articles(file, form=wanted.form, layout=wanted.layout, encoding=wanted.encoding, fields=wanted.fields)
    digest = _sha256(file)
    refused = [finding for finding in read.findings if finding.level == "error"]
    if twin := _seed_of(digest, seeds):
        refused.append(Finding(file.name, None, "text-duplicate", None, "bytes that no seed has", f"those of {twin}"))
    if refused:
        raise InvalidCorpusError(in_order(refused))
    seed_id = wanted.seed_id or _next_id(seeds)
    if not _SEED_ID.fullmatch(seed_id):
        raise SeedExistsError(seeds / seed_id, "ids are of lower-case letters and digits, joined by hyphens")
    name, ids = _safe_name(file.name), article_ids(seed_id, len(read.articles))
    _lay(file, seeds / seed_id, name, declaration_text(ids, name, digest, read, wanted.known, _language(read, wanted)))
    suggestions = _suggestions(read, ids, seeds) if with_suggestions else 0
    own = f"{seeds.resolve().name}/{seed_id}/"
    left = [finding for finding in _remaining(seeds, read, own) if finding.file.startswith(own)]
    wants = with_suggestions and read.layout != "records"
    return Addition(seeds / seed_id, seed_id, read, suggestions, wants, read.findings, tuple(left))


def article_ids(seed_id: str, count: int) -> list[str]:
    """The ids of the articles of a seed, by number: at least two digits, all as long."""
    width = max(2, len(str(count)))
    return [f"{seed_id}-{number:0{width}}" for number in range(1, count + 1)]


def _remaining(seeds: Path, read: ReadFile, folder: str) -> list[Finding]:
    """What is wrong with the seeds before anything is marked by rule or tabulated.

    A dump is not gone through a second time: of its records only the outlets are compared with the register.
    """
    collection, findings = read_collection(seeds)
    if read.layout != "records":
        return in_order([*findings, *prepare(collection)[1]])
    known = {name for source in collection.sources for name in (source.name, *source.names)}
    for name in sorted({article.outlet for article in read.articles if article.outlet} - known):
        expected = "a source of this name in sources.toml"
        findings.append(Finding(f"{folder}source.toml", None, "source-unknown", None, expected, shortened(name)))
    return in_order(findings)


def _language(read: ReadFile, wanted: Wanted) -> tuple[str, str]:
    """The language of the file's texts, and how it is known."""
    if wanted.known.language:
        return wanted.known.language, "as given"
    found = detect_language("\n".join(article.text for article in read.articles[:_MOST_TEXTS_FOR_LANGUAGE]))
    return (found[0], f"detected, sureness {found[1]:.2f}") if found else ("und", "too little text to tell")


def _suggestions(read: ReadFile, ids: Sequence[str], seeds: Path) -> int:
    """Suggest claims where people will review them: for texts, not for dumps of records. How many there are."""
    if read.layout == "records":
        return 0
    try:
        written = suggest_all(ids, seeds)
    except InvalidCorpusError:  # what is wrong elsewhere is told by validating
        return 0
    return sum(count for _, count in written)


def _lay(file: Path, folder: Path, name: str, declaration: str) -> None:
    """Make the folder whole, beside its place, and move it there: never over something that is there."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".adding-") as beside:
        staged = Path(beside) / "seed"
        staged.mkdir()
        shutil.copyfile(file, staged / name)
        (staged / "source.toml").write_text(declaration, "utf-8", newline="\n")
        try:
            folder.mkdir()
        except FileExistsError:
            raise SeedExistsError(folder, "choose another --id") from None
        staged.replace(folder)


def _safe_name(name: str) -> str:
    """A name that every file system takes, as like the given one as can be."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    safe = _UNSAFE.sub("_", plain).strip(".-") or "text"
    safe = safe if len(safe) <= _LONGEST_NAME else safe[-_LONGEST_NAME:].lstrip(".-")
    return f"text_{safe}" if safe in _TAKEN_NAMES else safe


def _next_id(seeds: Path) -> str:
    """The number after the highest that a seed has, in three digits or more."""
    taken = [path.name for path in seeds.iterdir() if path.is_dir()]
    taken += [entry.seed or entry.id for entry in read_removals(seeds)]  # an id is never used again
    numbers = [int(name) for name in taken if name.isdecimal()]
    return f"{max(numbers, default=-1) + 1:03}"


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _seed_of(digest: str, seeds: Path) -> str | None:
    """The seed that pins these bytes already."""
    for declaration in sorted(seeds.glob("*/source.toml")):
        if declaration.is_file() and f'"{digest}"' in declaration.read_text("utf-8", "replace"):
            return declaration.parent.name
    return None
