"""The bridge from the text stages to Arrow tables shaped by `schemas`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import pyarrow as pa

from corpus.records import Article, AutomaticClaim, Claim, SegmentedSeed
from corpus.seeds.reading import Collection
from corpus.tables.shapes import arrow_schema
from corpus.text.spans import Span
from schemas import KNOWN_TABLES

Row = dict[str, Any]


def tabulate(
    collection: Collection,
    seeds: Sequence[SegmentedSeed],
    claims: Sequence[Claim],
    passes: Mapping[str, Sequence[Claim]],
    automatic: Sequence[AutomaticClaim] = (),
) -> dict[str, pa.Table]:
    """All tables that have rows, by name, each in its declared shape; rows by seed and position."""
    rows: dict[str, Iterable[Row]] = {
        **_texts(seeds, Counter(claim.article.article_id for claim in claims), automatic),
        "claims": ({**_claim(claim), "agreement": claim.agreement} for claim in claims),
        "claim_passes": ({**_claim(mark), "pass_id": name} for name, marks in passes.items() for mark in marks),
        "figures": (row for claim in claims for row in _figures(claim)),
        "seeds": map(_seed, seeds),
        **_registers(collection),
    }
    return _tables(rows)


def tabulate_texts(seed: SegmentedSeed, automatic: Sequence[AutomaticClaim]) -> dict[str, pa.Table]:
    """The tables of a seed's articles alone, without those that have no rows: of a part of a bulk seed."""
    return _tables(_texts([seed], {}, automatic))


def tabulate_seeds(seeds: Sequence[SegmentedSeed]) -> pa.Table:
    """The table of seeds."""
    return as_table("seeds", list(map(_seed, seeds)))


def _texts(
    seeds: Sequence[SegmentedSeed], curated: Mapping[str, int], automatic: Sequence[AutomaticClaim]
) -> dict[str, Iterable[Row]]:
    """The rows that come from the texts. `curated`: how many curated claims an article has."""
    articles = [article for seed in seeds for article in seed.articles]
    return {
        "articles": _articles(articles, curated),
        "paragraphs": _paragraphs(articles),
        "sentences": _sentences(articles),
        "claims_automatic": ({**_claim(mark.claim), **_rule(mark)} for mark in automatic),
        "figures_automatic": ({**row, **_rule(mark)} for mark in automatic for row in _figures(mark.claim)),
        "ledger": _ledger(seeds),
    }


def _tables(rows: Mapping[str, Iterable[Row]]) -> dict[str, pa.Table]:
    tables = {name: as_table(name, list(given)) for name, given in rows.items()}
    return {name: tables[name] for name in KNOWN_TABLES if name in tables and tables[name].num_rows}


def as_table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Rows as the table `name`; a value of the wrong type or a missing column raises."""
    schema = arrow_schema(name)
    columns = [pa.array(list(map(itemgetter(field.name), rows)), field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _articles(articles: Sequence[Article], curated: Mapping[str, int]) -> Iterator[Row]:
    for article in articles:
        yield {
            "article_id": article.article_id,
            "seed_id": article.seed_id,
            "position": article.position,
            "source_id": article.outlet.value,
            "source_basis": article.outlet.basis,
            "source_evidence": article.outlet.evidence,
            "compiler_id": article.compiler.value,
            "compiler_basis": article.compiler.basis if article.compiler.value else None,
            "compiler_evidence": article.compiler.evidence,
            "title": article.title,
            "byline": article.byline,
            "dateline": article.dateline,
            "authors": list(article.authors),
            "published": article.published.edtf,
            "published_from": article.published.first,
            "published_to": article.published.last,
            "date_basis": article.published.basis,
            "date_evidence": article.published.evidence,
            "language": article.language,
            "text": article.text,
            "text_sha256": hashlib.sha256(article.text.encode()).hexdigest(),
            "raw_record": article.record,
            "raw_field": article.field,
            "raw_byte_start": article.raw.start,
            "raw_byte_end": article.raw.end,
            "original_locator": article.locator.value,
            "locator_basis": article.locator.basis if article.locator.value else None,
            "rights": article.rights,
            "paragraph_count": len(article.paragraphs),
            "sentence_count": len(article.sentences),
            "word_count": len(article.text.split()),
            "claim_count": curated.get(article.article_id, 0),
        }


def _paragraphs(articles: Iterable[Article]) -> Iterator[Row]:
    for article in articles:
        for paragraph in article.paragraphs:
            yield {
                "paragraph_id": paragraph.paragraph_id,
                "article_id": article.article_id,
                "position": paragraph.position,
                "kind": paragraph.kind,
                "section": paragraph.section,
                **_slice(article, paragraph.span),
                "raw_byte_start": paragraph.raw.start,
                "raw_byte_end": paragraph.raw.end,
            }


def _sentences(articles: Iterable[Article]) -> Iterator[Row]:
    for article in articles:
        for sentence in article.sentences:
            yield {
                "sentence_id": sentence.sentence_id,
                "paragraph_id": sentence.paragraph_id,
                "article_id": article.article_id,
                "position": sentence.position,
                **_slice(article, sentence.span),
            }


def _claim(claim: Claim) -> Row:
    return {
        "claim_id": claim.claim_id,
        "article_id": claim.article.article_id,
        "paragraph_id": claim.paragraph_id,
        "sentence_id": claim.sentence_id,
        "source_id": claim.article.outlet.value,
        "published_from": claim.article.published.first,
        **_slice(claim.article, claim.span),
        "voice": claim.voice,
        "attribution": claim.attribution,
        **_part("claimant", claim.article, claim.claimant),
        "actor_id": claim.actor_id,
        **_part("cue", claim.article, claim.cue),
        "cue_class": claim.cue_class,
        **_part("via", claim.article, claim.via),
        "via_actor_id": claim.via_actor_id,
        "modality": claim.modality,
        "certainty": claim.certainty,
        "topic": claim.topic,
    }


def _figures(claim: Claim) -> Iterator[Row]:
    for figure in claim.figures:
        yield {
            "figure_id": figure.figure_id,
            "claim_id": claim.claim_id,
            "article_id": claim.article.article_id,
            **_slice(claim.article, figure.span),
            "value": figure.value,
            "value_low": figure.low,
            "value_high": figure.high,
            "comparator": figure.comparator,
            "unit": figure.unit,
            "quantity_id": figure.quantity_id,
            "counted": figure.counted,
            "place": figure.place,
            "as_of_from": figure.as_of_from,
            "as_of_to": figure.as_of_to,
            "as_of_basis": figure.as_of_basis,
        }


def _rule(mark: AutomaticClaim) -> Row:
    return {"rule": mark.rule, "confidence": mark.confidence}


def _slice(article: Article, span: Span) -> Row:
    return {"text": span.of(article.text), "char_start": span.start, "char_end": span.end}


def _part(name: str, article: Article, span: Span | None) -> Row:
    return {
        f"{name}_text": span.of(article.text) if span else None,
        f"{name}_start": span.start if span else None,
        f"{name}_end": span.end if span else None,
    }


def _seed(seed: SegmentedSeed) -> Row:
    return {
        "seed_id": seed.seed_id,
        "file": seed.file,
        "sha256": seed.sha256,
        "bytes": seed.size,
        "form": seed.form,
        "encoding": seed.encoding,
        "encoding_basis": seed.encoding_basis,
        "layout": seed.layout,
        "obtained": seed.obtained,
    }


def _ledger(seeds: Iterable[SegmentedSeed]) -> Iterator[Row]:
    for seed, document in ((one, document) for one in seeds for document in one.documents):
        for entry in document.ledger:
            yield {
                "seed_id": seed.seed_id,
                "raw_record": document.record,
                "raw_field": document.field,
                "raw_byte_start": entry.byte_start,
                "raw_byte_end": entry.byte_end,
                "action": entry.action,
                "reason": entry.reason,
                "raw_hex": None if entry.raw is None else entry.raw.hex(),
                "article_id": None if entry.article is None else document.articles[entry.article].article_id,
                "char_start": entry.span.start if entry.span else None,
                "char_end": entry.span.end if entry.span else None,
            }


def _registers(collection: Collection) -> dict[str, list[Row]]:
    """The registers: their keys are the columns, but for the ids, which are named after the table there."""
    return {
        "actors": [_renamed(entry, id="actor_id", source="source_id") for entry in collection.actors],
        "sources": [_renamed(entry, id="source_id") for entry in collection.sources],
        "perspectives": [_renamed(entry, id="statement_id", source="source_id") for entry in collection.statements],
        "quantities": [_renamed(entry, id="quantity_id") for entry in collection.quantities],
        "divergences": [
            _renamed(entry, id="divergence_id", article="article_id", claim="claim_id")
            for entry in collection.divergences
        ],
        "removed": [
            _renamed(entry, id="removed_id", article="article_id", seed="seed_id") for entry in collection.removals
        ],
        "vocabulary": [{"term_id": f"{entry.list}/{entry.term}", **vars(entry)} for entry in collection.terms],
    }


def _renamed(entry: object, **names: str) -> Row:
    return {names.get(key, key): list(v) if isinstance(v, tuple) else v for key, v in vars(entry).items()}
