"""What the text stages hand to the tables: frozen values with ids, spans and the facts that go with them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from corpus.text.ledger import LedgerEntry
from corpus.text.paragraphs import Kind
from corpus.text.spans import Span


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with how it is known and what shows it; the value is None where it is unknown."""

    value: str | None
    basis: str
    evidence: str | None


UNKNOWN = Fact(None, "unknown", None)


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication: EDTF, the first and last day that it allows, how it is known."""

    edtf: str | None
    first: datetime.date | None
    last: datetime.date | None
    basis: str
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of an article's text. `span`: code points of the article; `raw`: bytes of the seed."""

    paragraph_id: str
    position: int
    kind: Kind
    section: str | None
    span: Span
    raw: Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence. `span`: code points of the article."""

    sentence_id: str
    paragraph_id: str
    position: int
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read. `raw`: bytes of the seed, or, where it comes from a record, of that field's value in UTF-8.

    `record`: the record of the file, from 1 (0: the text that a container holds), None where the file is plain text;
    `field`: the field of the record.
    """

    article_id: str
    seed_id: str
    position: int
    text: str
    language: str
    rights: str
    title: str | None
    byline: str | None
    dateline: str | None
    authors: tuple[str, ...]
    outlet: Fact
    compiler: Fact
    published: Published
    locator: Fact
    raw: Span
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    record: int | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class SegmentedDocument:
    """A text of a seed: its articles, and the ledger of its bytes (`LedgerEntry.article` counts from 0 in them).

    `record` and `field` as in `Article`.
    """

    record: int | None
    field: str | None
    articles: tuple[Article, ...]
    ledger: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True)
class SegmentedSeed:
    """A seed and what its texts hold. `size`: bytes of the file; `encoding`: of the bytes that the ledger tiles."""

    seed_id: str
    file: str
    sha256: str
    size: int
    form: str
    encoding: str
    encoding_basis: str | None
    layout: str
    obtained: str
    documents: tuple[SegmentedDocument, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles of all its texts, in order."""
        return tuple(article for document in self.documents for article in document.articles)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number inside a claim. `span`: code points of the article; `low`, `high`: what its words allow."""

    figure_id: str
    span: Span
    value: float | None
    low: float | None
    high: float | None
    comparator: str
    unit: str
    quantity_id: str | None
    counted: str
    place: str | None
    as_of_from: datetime.date | None
    as_of_to: datetime.date | None
    as_of_basis: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim in its article. All spans are code points of the article's text."""

    claim_id: str
    article: Article
    paragraph_id: str
    sentence_id: str
    span: Span
    voice: str
    attribution: str
    claimant: Span | None
    actor_id: str | None
    cue: Span | None
    cue_class: str | None
    via: Span | None
    via_actor_id: str | None
    modality: str
    certainty: str
    topic: str | None
    figures: tuple[Figure, ...] = ()
    agreement: str | None = None


@dataclass(frozen=True, slots=True)
class AutomaticClaim:
    """A claim found by rule. `confidence`: how often the rule was right where it was measured (0 to 1)."""

    claim: Claim
    rule: str
    confidence: float
