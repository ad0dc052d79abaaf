"""From a collection as read to what the tables hold: every seed segmented, every mark located."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.agreement import with_agreement
from corpus.annotating import ClaimLocator, Known
from corpus.findings import Finding
from corpus.records import Article, Claim, SegmentedSeed
from corpus.seeds.declarations import ClaimMark, Source
from corpus.seeds.reading import Collection, SeedFolder
from corpus.segmenting import SeedSegmenter

_BACKED = {"country": "country", "owner": "ownership", "state_relation": "state_relation"}
# Findings that only follow from a register that could not be read.
_FOLLOWING = {
    "sources.toml": ("source-unknown",),
    "perspectives.toml": ("perspective-missing",),
    "vocabulary.toml": ("term-unknown",),
}


@dataclass(frozen=True)
class Prepared:
    """A collection's seeds and claims, located; `passes`: the marks of each annotation pass."""

    collection: Collection
    seeds: tuple[SegmentedSeed, ...]
    claims: tuple[Claim, ...]
    passes: dict[str, list[Claim]] = field(default_factory=dict)


def prepare(collection: Collection) -> tuple[Prepared, list[Finding]]:
    """Segment all seeds and locate all marks; all that is wrong comes with it."""
    findings = [*_register_findings(collection), *_article_id_findings(collection.seeds)]
    source_ids = {name: source.id for source in collection.sources for name in (source.name, *source.names)}
    known = _known(collection)
    seeds: list[SegmentedSeed] = []
    claims: list[Claim] = []
    passes: dict[str, list[Claim]] = {}
    for folder in collection.seeds:
        segmenter = SeedSegmenter(folder, source_ids)
        seed = segmenter.segment()
        findings += segmenter.findings
        if seed is None:
            continue
        seeds.append(seed)
        claims += _located(folder, "claims.jsonl", folder.marks, seed.articles, known, findings)
        for name, marks in folder.passes.items():
            located = _located(folder, f"passes/{name}.jsonl", marks, seed.articles, known, findings)
            passes.setdefault(name, []).extend(located)
    following = {code for name in collection.unread for code in _FOLLOWING.get(name, ())}
    kept = [finding for finding in findings if finding.code not in following]
    return Prepared(collection, tuple(seeds), tuple(with_agreement(claims, passes)), passes), kept


def _located(
    folder: SeedFolder,
    file: str,
    marks: Sequence[tuple[int, ClaimMark]],
    articles: Sequence[Article],
    known: Known,
    findings: list[Finding],
) -> list[Claim]:
    by_id = {article.article_id: article for article in articles}
    locator = ClaimLocator(f"{folder.folder}/{file}", by_id, known)
    located = locator.locate(marks)
    findings += locator.findings
    return located


def _known(collection: Collection) -> Known:
    def ids(file: str, values: Iterator[str]) -> frozenset[str] | None:
        return None if file in collection.unread else frozenset(values)

    return Known(
        actors=ids("actors.toml", (actor.id for actor in collection.actors)),
        quantities=ids("quantities.toml", (quantity.id for quantity in collection.quantities)),
        topics=ids("vocabulary.toml", iter(collection.terms_of("topic"))),
    )


def _article_id_findings(seeds: Sequence[SeedFolder]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for seed in seeds:
        file = f"{seed.folder}/source.toml"
        for index, article in enumerate(seed.declaration.article):
            if article.id in seen:
                line = seed.lines.get(("article", index, "id"))
                expected = f"an id unlike that of {seen[article.id]}"
                yield Finding(file, line, "id-duplicate", article.id, expected, article.id)
            seen.setdefault(article.id, file)


def _register_findings(collection: Collection) -> Iterator[Finding]:
    """What is wrong in the registers: terms of no list, sources of no entry, facts of no citation."""
    source_ids = {source.id for source in collection.sources}
    cited = {(s.source, s.aspect) for s in collection.statements if s.basis == "cited"}
    for source in collection.sources:
        yield from _terms(collection, "sources.toml", source.id, ("source_kind", source.kind))
        yield from _terms(collection, "sources.toml", source.id, ("rights_status", source.rights_status))
        for role in source.roles:
            yield from _terms(collection, "sources.toml", source.id, ("source_role", role))
        yield from _unbacked(source, cited)
    for statement in collection.statements:
        yield from _terms(collection, "perspectives.toml", statement.id, ("aspect", statement.aspect))
        yield from _sources("perspectives.toml", statement.id, statement.source, source_ids)
    for actor in collection.actors:
        yield from _terms(collection, "actors.toml", actor.id, ("actor_kind", actor.kind))
        yield from _sources("actors.toml", actor.id, actor.source, source_ids)
    for seed in collection.seeds:
        file = f"{seed.seed_id}/source.toml"
        declared = seed.declaration
        facts = [declared.compiler, *(article.outlet for article in declared.article)]
        for fact in facts:
            yield from _sources(file, seed.seed_id, fact.id if fact else None, source_ids)


def _terms(collection: Collection, file: str, record: str, term: tuple[str, str]) -> Iterator[Finding]:
    name, value = term
    allowed = collection.terms_of(name)
    if value not in allowed:
        yield Finding(f"seeds/{file}", None, "term-unknown", record, f"{name}: one of {', '.join(allowed)}", value)


def _sources(file: str, record: str, source: str | None, known: set[str]) -> Iterator[Finding]:
    if source is not None and source not in known:
        yield Finding(f"seeds/{file}", None, "source-unknown", record, "an id of sources.toml", source)


def _unbacked(source: Source, cited: set[tuple[str, str]]) -> Iterator[Finding]:
    for key, aspect in _BACKED.items():
        value = getattr(source, key)
        if value is not None and (source.id, aspect) not in cited:
            expected = f"a cited statement with aspect {aspect} in perspectives.toml"
            yield Finding("seeds/sources.toml", None, "perspective-missing", source.id, expected, f"{key} = {value}")
