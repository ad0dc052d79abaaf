"""Taking an article, a claim or a whole seed down.

All is tried in a copy of the seed first: the rest is read again and must be what it was. Only then files change, the
register first, so that an id is out of use before anything of it is gone.
"""

from __future__ import annotations

import datetime
import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.errors import CannotRemoveError, InvalidCorpusError, UnknownArticleError
from corpus.findings import Finding, has_errors
from corpus.preparing import Prepared, prepare
from corpus.records import SegmentedSeed
from corpus.removing.cutting import cuts, line_begins, still_there
from corpus.removing.editing import edit_declaration, edit_divergences, with_entries, without_lines
from corpus.seeds.declarations import Removal
from corpus.seeds.reading import SUGGESTIONS, Collection, SeedFolder, read_collection
from corpus.text.anchors import Anchor

REGISTER = "removed.toml"
_DIVERGENCES = "divergences.toml"
_MOST_MENTIONS = 100
_SAID = f"({REGISTER})"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be taken down: `record`, the id of an article, a claim or a seed; `reason` of the closed list."""

    record: str
    reason: Any
    note: str
    day: datetime.date


@dataclass(frozen=True, slots=True)
class TakenDown:
    """What was taken down. `files`: of the collection, changed or removed; `mentions`: places that still name an id."""

    entries: tuple[Removal, ...]
    files: tuple[str, ...]
    mentions: tuple[str, ...]


def take_down(request: Request, seeds: Path, *, dry_run: bool = False) -> TakenDown:
    """Take an article, a claim or a seed out of the collection and enter it, with all that goes with it.

    With an article go its claims, the marks of its passes and divergences about it, and, where the seed is plain text,
    its bytes. The only article of a seed goes with the seed.
    Raises `UnknownArticleError` for an id that the seeds do not have, `InvalidCorpusError` where the seed has errors,
    `CannotRemoveError` where the article cannot be cut out of its file. Nothing is changed then, or with `dry_run`.
    """
    collection, _ = read_collection(seeds)
    folder, kind = _holder(collection, request.record)
    with tempfile.TemporaryDirectory(prefix="corpus-") as temporary:
        trial = _Trial(seeds, folder, Path(temporary) / seeds.resolve().name)
        entries = trial.entries(request, kind)
        is_whole = entries[0].kind == "seed"
        if not is_whole:
            trial.take_out(request, kind)
        files = _changes(seeds, folder, entries)
        names = [*files, *([folder.seed_id] if is_whole else trial.changed())]
        if not dry_run:
            for name, text in files.items():
                _replace(seeds / name, text.encode())
            if is_whole:
                shutil.rmtree(seeds / folder.seed_id)
            else:
                trial.move_into(seeds)
    mentions = () if dry_run else tuple(_mentions(seeds, [entry.id for entry in entries]))
    return TakenDown(tuple(entries), tuple(names), mentions)


def _holder(collection: Collection, record: str) -> tuple[SeedFolder, str]:
    """The seed that holds what is named, and what it is."""
    known = []
    for seed in collection.seeds:
        articles = [article.id for article in seed.declaration.article]
        if record == seed.seed_id:
            return seed, "seed"
        if record in articles:
            return seed, "article"
        if any(mark.id == record for _, mark in seed.marks):
            return seed, "claim"
        if seed.declaration.layout == "records" and record.startswith(f"{seed.seed_id}-"):
            why = "it is a record of a dump, whose number is its id: take the whole seed down, or ask for a seed anew"
            raise CannotRemoveError(record, why)
        known += articles
    raise UnknownArticleError(record, known)


class _Trial:
    """A copy of one seed with the registers, in which the taking down is tried."""

    def __init__(self, seeds: Path, folder: SeedFolder, place: Path) -> None:
        self._folder = folder
        self._place = place
        place.mkdir()
        for path in seeds.glob("*.toml"):
            if path.name not in (REGISTER, _DIVERGENCES):
                shutil.copyfile(path, place / path.name)
        self._seed = Path(shutil.copytree(seeds / folder.seed_id, place / folder.seed_id))
        self._files = self._contents()
        self._prepared, self._findings = self._prepare()
        if has_errors(self._findings):
            raise InvalidCorpusError(self._findings)

    def entries(self, request: Request, kind: str) -> list[Removal]:
        """An entry for all that goes: what is asked for first, then what goes with it."""
        articles = self._own.articles
        if kind == "claim":
            return list(self._claim_entries(request, [request.record], None))
        whole = kind == "seed" or len(articles) == 1
        ids = [article.article_id for article in articles] if whole else [request.record]
        digest = self._folder.declaration.sha256
        base = Removal(request.record, "article", request.day, request.reason, request.note, digest)
        base = replace(base, seed=self._own.seed_id, seed_sha256=digest)
        found = [replace(base, id=self._own.seed_id, kind="seed")] if whole else []
        found += [replace(base, id=a.article_id, sha256=_sha256(a.text)) for a in articles if a.article_id in ids]
        claims = [claim.claim_id for claim in self._prepared.claims if claim.article.article_id in ids]
        return [*found, *self._claim_entries(request, claims, digest)]

    def take_out(self, request: Request, kind: str) -> None:
        """Change the copy. Raises `CannotRemoveError` where what stays would not stay as it is."""
        key = "article" if kind == "article" else "id"
        for path in self._mark_files(kind):
            kept = without_lines(path.read_bytes(), lambda row: row.get("mark", row).get(key) == request.record)
            if kept or path.name == "claims.jsonl":
                path.write_bytes(kept)
            else:
                path.unlink()
        if kind == "article":
            self._cut(request)
        elif not self._is_as_before(request.record):
            raise CannotRemoveError(request.record, "without it other marks would not be found as they were")

    def changed(self) -> list[str]:
        """The files of the seed that differ from what they were, as the collection names them."""
        now = self._contents()
        names = sorted(name for name in self._files.keys() | now.keys() if self._files.get(name) != now.get(name))
        return [f"{self._folder.seed_id}/{name}" for name in names]

    def move_into(self, seeds: Path) -> None:
        """Write what changed into the collection, file by file."""
        for name in self.changed():
            path = self._place / name
            if path.exists():
                _replace(seeds / name, path.read_bytes())
            else:
                (seeds / name).unlink()

    @property
    def _own(self) -> SegmentedSeed:
        return self._prepared.seeds[0]

    def _cut(self, request: Request) -> None:
        if self._folder.declaration.form != "text":
            why = f"its file is {self._folder.declaration.form}, of which no part can be cut out: take the seed down"
            raise CannotRemoveError(request.record, why)
        declaration = self._seed / "source.toml"
        text = declaration.read_text("utf-8")
        for data in cuts(self._folder.data, self._own, request.record):
            declaration.write_text(text, "utf-8", newline="\n")
            self._declare(declaration, data, request)
            if self._is_as_before(request.record):
                return
        why = "cut out in any way, the articles around it would not be read as they were: take the seed down"
        raise CannotRemoveError(request.record, why)

    def _declare(self, declaration: Path, data: bytes, request: Request) -> None:
        (self._seed / self._folder.declaration.file).write_bytes(data)
        said = f"On {request.day.isoformat()} the bytes of {request.record} were taken out of it {_SAID}."
        encoding = self._own.encoding

        def gone(key: str, entry: Any) -> bool:
            try:
                if key == "no_starts":
                    return not line_begins(data, encoding, str(entry))
                anchor = Anchor(entry["exact"], entry.get("prefix", ""), entry.get("suffix", ""))
                return not still_there(data, encoding, anchor)
            except ValueError:  # cut in this way it is no text: told when the rest is read
                return False

        edit_declaration(declaration, request.record, hashlib.sha256(data).hexdigest(), said, gone)

    def _is_as_before(self, record: str) -> bool:
        """Whether all that stays is read as it was, and nothing is wrong that was not before."""
        prepared, findings = self._prepare()
        known = {(finding.code, finding.record) for finding in self._findings}
        if any((finding.code, finding.record) not in known for finding in findings):
            return False
        return _contents(prepared, record) == _contents(self._prepared, record)

    def _prepare(self) -> tuple[Prepared, list[Finding]]:
        collection, findings = read_collection(self._place)
        prepared, more = prepare(collection)
        return prepared, [*findings, *more]

    def _claim_entries(self, request: Request, ids: Sequence[str], digest: str | None) -> Iterator[Removal]:
        for claim in self._prepared.claims:
            if claim.claim_id in ids:
                sha256 = _sha256(claim.span.of(claim.article.text))
                entry = Removal(claim.claim_id, "claim", request.day, request.reason, request.note, sha256)
                article = claim.article
                yield replace(entry, article=article.article_id, seed=article.seed_id, seed_sha256=digest)

    def _mark_files(self, kind: str) -> list[Path]:
        """The files whose marks go: of an article all, of a claim only that of the curated ones."""
        files = [self._seed / "claims.jsonl"]
        if kind == "article":
            files += [self._seed / SUGGESTIONS, *sorted((self._seed / "passes").glob("*.jsonl"))]
        return [path for path in files if path.exists()]

    def _contents(self) -> dict[str, bytes]:
        paths = (path for path in self._seed.rglob("*") if path.is_file())
        return {path.relative_to(self._seed).as_posix(): path.read_bytes() for path in paths}


def _contents(prepared: Prepared, without: str) -> tuple[Any, ...]:
    """The texts of articles, and the words and places of marks, but for one article or claim."""
    articles = [(a.article_id, a.text, a.title, a.published, a.outlet) for s in prepared.seeds for a in s.articles]
    claims = [*prepared.claims, *(mark for marks in prepared.passes.values() for mark in marks)]
    marks = [(claim.claim_id, claim.article.article_id, claim.span, claim.sentence_id) for claim in claims]
    return [row for row in articles if row[0] != without], [row for row in marks if without not in row[:2]]


def _changes(seeds: Path, folder: SeedFolder, entries: Sequence[Removal]) -> dict[str, str]:
    """The registers that change, with their new text."""
    register = seeds / REGISTER
    found = {REGISTER: with_entries(register.read_text("utf-8") if register.exists() else "", entries)}
    divergences = seeds / _DIVERGENCES
    if divergences.exists():
        before = divergences.read_text("utf-8")
        ids = {kind: [entry.id for entry in entries if entry.kind == kind] for kind in ("article", "claim")}
        after = edit_divergences(before, ids["article"], ids["claim"])
        if after != before:
            found[_DIVERGENCES] = after
    return found


def _mentions(seeds: Path, ids: Sequence[str]) -> Iterator[str]:
    """Places in registers and declarations that still name an id, for a person to look at; at most 100."""
    count = 0
    for path in sorted([*seeds.glob("*.toml"), *seeds.glob("*/source.toml")]):
        if path.name == REGISTER:
            continue
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
            if _SAID not in line and any(id_ in line for id_ in ids) and count < _MOST_MENTIONS:
                count += 1
                yield f"{path.relative_to(seeds.parent).as_posix()}:{number}"


def _replace(path: Path, data: bytes) -> None:
    """Put a file in its place whole."""
    staged = path.with_name(f".{path.name}.new")
    staged.write_bytes(data)
    staged.replace(path)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
