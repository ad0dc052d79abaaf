"""Do the files of `seeds/` fit each other? Terms of closed lists, sources, ids, facts that rest on statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.findings import Finding
from corpus.seeds.declarations import Removal, Source
from corpus.seeds.reading import Collection, SeedFolder
from corpus.seeds.toml_lines import Path, line_of

_BACKED = {"country": "country", "owner": "ownership", "state_relation": "state_relation"}


def check_references(collection: Collection) -> Iterator[Finding]:
    """What is wrong between the files: unknown terms and sources, facts without a statement, ids given twice."""
    checker = _Checker(collection)
    yield from checker.sources()
    yield from checker.statements()
    yield from checker.actors()
    yield from checker.seeds()
    yield from checker.divergences()
    yield from checker.marks()
    yield from checker.removals()


def check_records(seed: SeedFolder, ids: Iterable[str], removals: Iterable[Removal]) -> Iterator[Finding]:
    """Articles that are records of a dump, whose ids are their numbers, and that were taken down."""
    gone = {entry.id: entry for entry in removals}
    if seed.declaration.layout == "records" and gone:
        for article_id in ids:
            if article_id in gone:
                file = f"{seed.folder}/{seed.declaration.file}"
                yield _used_again(file, None, gone[article_id], "article")


def _used_again(file: str, line: int | None, entry: Removal, what: str) -> Finding:
    found = f"the id of {what} again; {entry.kind} {entry.id} was taken down on {entry.removed} ({entry.reason})"
    return Finding(file, line, "removed-id-used", entry.id, "an id that was not taken down", found)


class _Checker:
    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.source_ids = {source.id for source in collection.sources}
        self.cited = {(s.source, s.aspect) for s in collection.statements if s.basis == "cited"}

    def sources(self) -> Iterator[Finding]:
        holders: dict[str, str] = {}
        for index, source in enumerate(self.collection.sources):
            for name in {source.name, *source.names}:
                holder = holders.setdefault(name, source.id)
                if holder != source.id:
                    place = self._at("sources.toml", ("source", index, "names"))
                    yield Finding(*place, "name-shared", source.id, f"a name that {holder} has not", name)
        for index, source in enumerate(self.collection.sources):
            at: Path = ("source", index)
            yield from self._term("sources.toml", (*at, "kind"), source.id, "source_kind", source.kind)
            yield from self._term(
                "sources.toml", (*at, "rights_status"), source.id, "rights_status", source.rights_status
            )
            for role in source.roles:
                yield from self._term("sources.toml", (*at, "roles"), source.id, "source_role", role)
            yield from self._unbacked(source, index)

    def statements(self) -> Iterator[Finding]:
        for index, statement in enumerate(self.collection.statements):
            at: Path = ("statement", index)
            yield from self._term("perspectives.toml", (*at, "aspect"), statement.id, "aspect", statement.aspect)
            yield from self._source("perspectives.toml", (*at, "source"), statement.id, statement.source)

    def actors(self) -> Iterator[Finding]:
        for index, actor in enumerate(self.collection.actors):
            at: Path = ("actor", index)
            yield from self._term("actors.toml", (*at, "kind"), actor.id, "actor_kind", actor.kind)
            yield from self._source("actors.toml", (*at, "source"), actor.id, actor.source)

    def seeds(self) -> Iterator[Finding]:
        seen: dict[str, str] = {}
        for seed in self.collection.seeds:
            file = f"{seed.folder}/source.toml"
            if seed.declaration.compiler:
                yield from self._seed_source(seed, ("compiler", "id"), seed.seed_id, seed.declaration.compiler.id)
            for index, article in enumerate(seed.declaration.article):
                if article.outlet:
                    path: Path = ("article", index, "outlet", "id")
                    yield from self._seed_source(seed, path, article.id, article.outlet.id)
                if article.id in seen:
                    line = line_of(seed.lines, ("article", index, "id"))
                    expected = f"an id unlike that in {seen[article.id]}"
                    yield Finding(file, line, "id-duplicate", article.id, expected, article.id)
                seen.setdefault(article.id, file)

    def divergences(self) -> Iterator[Finding]:
        articles = {article.id for seed in self.collection.seeds for article in seed.declaration.article}
        claims = {mark.id: mark.article for seed in self.collection.seeds for _, mark in seed.marks}
        for index, divergence in enumerate(self.collection.divergences):
            for key, known, whole in (
                ("article", articles, self.collection.seeds_are_whole),
                ("claim", claims, self.collection.marks_are_whole),
            ):
                value = getattr(divergence, key)
                elsewhere = key == "claim" and claims.get(value) in articles - {divergence.article}
                strange = value not in known or (elsewhere and divergence.article in articles)
                if value is not None and whole and strange:
                    at = self._at("divergences.toml", ("divergence", index, key))
                    yield Finding(*at, "mark-unknown", divergence.id, f"the id of an {key} of the seeds", value)

    def marks(self) -> Iterator[Finding]:
        """Ids of claims, and of marks of passes, that another file has given already."""
        seen: dict[tuple[str, str], str] = {}
        for seed in self.collection.seeds:
            files = [("claims.jsonl", seed.marks), *((f"passes/{name}.jsonl", m) for name, m in seed.passes.items())]
            for name, marks in files:
                file, layer = f"{seed.folder}/{name}", name.split("/")[0]
                for line, mark in marks:
                    first = seen.setdefault((layer, mark.id), file)
                    if first != file:
                        yield Finding(file, line, "id-duplicate", mark.id, f"an id unlike that in {first}", mark.id)

    def removals(self) -> Iterator[Finding]:
        """Ids that were taken down and are used again. (Ids of records are checked where they are made.)"""
        gone = {entry.id: entry for entry in self.collection.removals}
        for seed in self.collection.seeds if gone else ():
            file = f"{seed.folder}/source.toml"
            if seed.seed_id in gone and gone[seed.seed_id].kind == "seed":
                yield _used_again(file, 1, gone[seed.seed_id], "seed")
            for index, article in enumerate(seed.declaration.article):
                if article.id in gone:
                    line = line_of(seed.lines, ("article", index, "id"))
                    yield _used_again(file, line, gone[article.id], "article")
            for line, mark in seed.marks:
                if mark.id in gone:
                    yield _used_again(f"{seed.folder}/claims.jsonl", line, gone[mark.id], "claim")

    def _at(self, file: str, path: Path) -> tuple[str, int]:
        return f"{self.collection.folder}/{file}", line_of(self.collection.lines.get(file, {}), path)

    def _term(self, file: str, path: Path, record: str, name: str, value: str) -> Iterator[Finding]:
        allowed = self.collection.terms_of(name)
        if value not in allowed:
            expected = f"{name}: one of {', '.join(allowed)}"
            yield Finding(*self._at(file, path), "term-unknown", record, expected, value)

    def _source(self, file: str, path: Path, record: str, source: str | None) -> Iterator[Finding]:
        if source is not None and source not in self.source_ids:
            yield Finding(*self._at(file, path), "source-unknown", record, "an id of sources.toml", source)

    def _seed_source(self, seed: SeedFolder, path: Path, record: str, source: str) -> Iterator[Finding]:
        if source not in self.source_ids:
            line = line_of(seed.lines, path)
            yield Finding(f"{seed.folder}/source.toml", line, "source-unknown", record, "an id of sources.toml", source)

    def _unbacked(self, source: Source, index: int) -> Iterator[Finding]:
        for key, aspect in _BACKED.items():
            value = getattr(source, key)
            if value is not None and (source.id, aspect) not in self.cited:
                expected = f"a cited statement with aspect {aspect} in perspectives.toml"
                at = self._at("sources.toml", ("source", index, key))
                yield Finding(*at, "perspective-missing", source.id, expected, f"{key} = {value}")
