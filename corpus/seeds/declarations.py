"""The shapes of the files in `seeds/`: frozen dataclasses, which pydantic reads strictly.

A key that is not declared here is a finding, and so is a missing key without a default.
None means: not known, and nobody guesses.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field

Words = Annotated[str, Field(min_length=1, max_length=20_000)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=100)]
Address = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=2_000)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=100)]

STRICT: ConfigDict = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


class Declared:
    """Base of what is declared in a file: read strictly, unknown keys refused."""

    __pydantic_config__: ClassVar[Any] = STRICT


# dataset.toml


@dataclass(frozen=True)
class Licence(Declared):
    """What may be done with a part of the dataset. `identifier`: of the SPDX list; of the licences that have one, the
    first is named where only one can be. `covers_data`: false for a licence of something else, such as the program.
    """

    applies_to: Words
    name: Words
    identifier: Words | None = None
    address: Address | None = None
    covers_data: bool = True


@dataclass(frozen=True)
class Dataset(Declared):
    """`dataset.toml`: what the dataset is called, who makes it, and how it may be used. `address`: its web page.

    `explorer`: whether the dataset holds pages for reading it in a browser. `rules_notice`: what to know of the claims
    found by rule in this corpus.
    """

    name: Id
    title: Words
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    released: datetime.date
    summary: Words
    description: Words
    content_warning: Words
    rights_notice: Words
    marks_notice: Words
    splitting_advice: Words
    creators: tuple[Words, ...]
    annotations_creators: tuple[Words, ...]
    languages: tuple[Words, ...]
    keywords: tuple[Words, ...]
    not_for: tuple[Words, ...]
    licences: tuple[Licence, ...]
    address: Address | None = None
    explorer: bool = False
    rules_notice: Words | None = None


# the registers


@dataclass(frozen=True)
class Source(Declared):
    """A medium: the outlet of a text, its compiler, or one that a text cites."""

    id: Id
    name: Words
    kind: Words
    roles: tuple[Words, ...]
    rights: Words
    rights_status: Words
    names: tuple[Words, ...] = ()
    country: Words | None = None
    owner: Words | None = None
    state_relation: Words | None = None


@dataclass(frozen=True)
class Statement(Declared):
    """What somebody says of an organisation's perspective; never what this project thinks of it."""

    id: Id
    source: Id
    aspect: Words
    statement: Words
    basis: Literal["cited", "none_found"]
    asserted_by: Words | None = None
    citation_title: Words | None = None
    citation_locator: Words | None = None
    seen: Literal["page", "excerpt"] | None = None
    accessed: datetime.date | None = None
    note: Words | None = None


@dataclass(frozen=True)
class Actor(Declared):
    """Someone who speaks or is spoken of."""

    id: Id
    name: Words
    kind: Words
    variants: tuple[Words, ...] = ()
    variants_ambiguous: tuple[Words, ...] = ()
    wikidata: Annotated[str, Field(pattern=r"^Q\d+$")] | None = None
    source: Id | None = None
    affiliation: Words | None = None
    note: Words | None = None


@dataclass(frozen=True)
class Quantity(Declared):
    """What makes figures comparable: the same thing counted, in the same unit."""

    id: Id
    name: Words
    unit: Words
    note: Words | None = None


@dataclass(frozen=True)
class Divergence(Declared):
    """What an article says and what another report says, side by side; neither is said to be right."""

    id: Id
    article: Id
    article_reports: Words
    other: Words
    other_reports: Words
    locator: Words
    claim: Id | None = None
    seen: Literal["page", "excerpt"] | None = None
    accessed: datetime.date | None = None
    note: Words | None = None


@dataclass(frozen=True)
class Term(Declared):
    """A word of a closed list."""

    list: Name
    term: Words
    means: Words


@dataclass(frozen=True)
class Removal(Declared):
    """What was taken down: an id that is never used again, when and why, and the SHA-256 of what went.

    `sha256`: of an article's or a claim's text in UTF-8, of a seed's file. `article`, `seed`: where it stood.
    `seed_sha256`: of the seed's file before, where its bytes were taken out. `note` repeats no word of what went.
    """

    id: Id
    kind: Literal["article", "claim", "seed"]
    removed: datetime.date
    reason: Literal["rights_request", "privacy", "duplicate", "error_in_source", "error_in_marking", "other"]
    note: Words
    sha256: Sha256
    article: Id | None = None
    seed: Id | None = None
    seed_sha256: Sha256 | None = None


# claims.jsonl


@dataclass(frozen=True)
class Quotation(Declared):
    """Words of an article, with what stands right before and after where that is needed."""

    exact: Words
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class FigureMark(Declared):
    """A number inside a claim, made comparable."""

    exact: Words
    comparator: Words
    unit: Words
    counted: Words
    as_of_basis: Words
    value: float | None = None
    low: float | None = None
    high: float | None = None
    quantity: Id | None = None
    place: Words | None = None
    as_of_from: str | None = None
    as_of_to: str | None = None
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class ClaimMark(Declared):
    """A claim as a person or a pass marked it, anchored by its own words."""

    id: Id
    article: Id
    exact: Words
    voice: Words
    attribution: Words
    modality: Words
    certainty: Words
    topic: Words | None = None
    prefix: str = ""
    suffix: str = ""
    claimant: Words | Quotation | None = None
    actor: Id | None = None
    cue: Words | Quotation | None = None
    cue_class: Words | None = None
    via: Words | Quotation | None = None
    via_actor: Id | None = None
    figures: tuple[FigureMark, ...] = ()
    note: Words | None = None


# suggestions.jsonl


@dataclass(frozen=True)
class Suggestion(Declared):
    """A suggested mark and what the curator decided about it."""

    decision: Literal["open", "accept", "drop"]
    rule: str
    confidence: float
    mark: ClaimMark


# datasheet.toml


@dataclass(frozen=True)
class Answer(Declared):
    """An answer of the datasheet. `text` may use counted facts: `{{ facts.rows.articles }}`."""

    question: Words
    status: Literal["answered", "not_applicable", "unknown"]
    text: Words
