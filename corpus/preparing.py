"""From a collection as read to what the tables hold: every seed segmented, every mark located."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.agreement import with_agreement
from corpus.annotating import ClaimLocator, Known
from corpus.coverage import unmarked_paragraphs
from corpus.examining import Examiner, undocumented_outlets
from corpus.findings import Finding
from corpus.marking import forms_of_one, mark_article
from corpus.records import Article, AutomaticClaim, Claim, SegmentedSeed
from corpus.seeds.declarations import ClaimMark
from corpus.seeds.reading import Collection, SeedFolder
from corpus.seeds.references import check_records, check_references
from corpus.segmenting import SeedSegmenter

# Findings that only follow from a register that could not be read.
_FOLLOWING = {
    "sources.toml": ("source-unknown",),
    "perspectives.toml": ("perspective-missing", "outlet-undocumented"),
    "vocabulary.toml": ("term-unknown",),
}


@dataclass(frozen=True)
class Prepared:
    """A collection's seeds and claims, located; `passes`: the marks of each annotation pass."""

    collection: Collection
    seeds: tuple[SegmentedSeed, ...]
    claims: tuple[Claim, ...]
    passes: dict[str, list[Claim]] = field(default_factory=dict)

    def found_in(self, article: Article) -> list[AutomaticClaim]:
        """The claims that the rules find in an article, with this corpus's actors and topics."""
        return mark_article(article, self.actor_ids, self.topics)

    @functools.cached_property
    def actor_ids(self) -> dict[str, str]:
        """Actors by the forms that name one only."""
        return forms_of_one([(actor.id, (actor.name, *actor.variants)) for actor in self.collection.actors])

    @functools.cached_property
    def topics(self) -> list[str]:
        """The closed list of topics."""
        return self.collection.terms_of("topic")


def source_ids(collection: Collection) -> dict[str, str]:
    """The id of each source by the names under which bylines give it."""
    return {name: source.id for source in collection.sources for name in (source.name, *source.names)}


def prepare(collection: Collection) -> tuple[Prepared, list[Finding]]:
    """Segment all seeds and locate all marks; all that is wrong comes with it."""
    unfitting = list(check_references(collection))
    findings = [*unfitting]
    known, examiner, outlets_by_name = _known(collection), Examiner(), source_ids(collection)
    seeds: list[SegmentedSeed] = []
    claims: list[Claim] = []
    passes: dict[str, list[Claim]] = {}
    for folder in collection.seeds:
        segmenter = SeedSegmenter(folder, outlets_by_name)
        seed = segmenter.segment()
        findings += segmenter.findings
        if seed is None:
            continue
        seeds.append(seed)
        findings += check_records(folder, (article.article_id for article in seed.articles), collection.removals)
        findings += examiner.examine(folder, seed.articles)
        curated = _located(folder, "claims.jsonl", folder.marks, seed.articles, known, findings)
        if folder.marks_are_whole and len(curated) == len(folder.marks) and not segmenter.findings:
            findings += unmarked_paragraphs(folder, seed.articles, curated)
        claims += curated
        for name, marks in folder.passes.items():
            located = _located(folder, f"passes/{name}.jsonl", marks, seed.articles, known, findings)
            passes.setdefault(name, []).extend(located)
    if not unfitting:  # else an outlet may have been resolved wrongly
        outlets = {article.outlet.value for seed in seeds for article in seed.articles}
        findings += undocumented_outlets(collection, outlets)
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
    times = Counter(article.article_id for article in articles)  # an id given twice is a finding, and names none
    by_id = {article.article_id: article for article in articles if times[article.article_id] == 1}
    declared = {article.id for article in folder.declaration.article} | set(by_id)
    locator = ClaimLocator(f"{folder.folder}/{file}", by_id, known, declared)
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
