"""The shape of `source.toml`: one file as obtained, and what is known of it and its articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from corpus.seeds.declarations import Declared, Id, Name, Sha256, Words
from corpus.text.paragraphs import Kind

FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}$")]
Basis = Literal["stated", "found", "inferred", "crawler", "unknown"]
Form = Literal["text", "html", "docx", "rtf", "json", "jsonl", "csv", "tsv", "xlsx", "parquet"]
Layout = Literal["article", "digest", "nexis", "lexis_advance", "factiva", "europresse", "records"]


@dataclass(frozen=True)
class SourceFact(Declared):
    """Which source, how that is known, and by what evidence."""

    id: Id
    basis: Basis
    evidence: Words


@dataclass(frozen=True)
class DateFact(Declared):
    """A date in EDTF, how it is known, and by what evidence."""

    edtf: Words
    basis: Basis
    evidence: Words


@dataclass(frozen=True)
class Locator(Declared):
    """Where a copy of the original was found."""

    address: Words
    basis: Basis


@dataclass(frozen=True)
class Drop(Declared):
    """Words of the file that are no part of the text, such as a crawler's mark."""

    exact: Words
    reason: Name
    evidence: Words
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class ParagraphKind(Declared):
    """A paragraph's kind where its shape does not tell it."""

    begins: Words
    kind: Kind


@dataclass(frozen=True)
class ArticleDeclaration(Declared):
    """An article of a seed: its id, given once, and what its text does not state.

    `no_claims`: the first words of paragraphs that were read for claims and hold none.
    """

    id: Id
    begins: Words
    outlet: SourceFact | None = None
    date: DateFact | None = None
    locator: Locator | None = None
    paragraph: tuple[ParagraphKind, ...] = ()
    no_claims: tuple[Words, ...] = ()


@dataclass(frozen=True)
class FieldNames(Declared):
    """Which field of a record holds what, in forms that have records; a dotted path leads into nested objects."""

    text: Words
    id: Words | None = None
    title: Words | None = None
    authors: Words | None = None
    outlet: Words | None = None
    published: Words | None = None
    language: Words | None = None
    locator: Words | None = None


@dataclass(frozen=True)
class SeedDeclaration(Declared):
    """`source.toml`: one file as obtained, and what is known of it.

    `form`: what kind of file it is; `encoding`: of its bytes, `binary` where the form has none. `layout`: how the text
    is divided into articles; `records` where each record is one. `lines`: whether each line is a paragraph, or
    paragraphs are hard-wrapped. `outlet`: of all articles that name none themselves.
    """

    file: FileName
    sha256: Sha256
    encoding: Words
    layout: Layout
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")]
    obtained: Words
    rights: Words
    form: Form = "text"
    lines: Literal["paragraphs", "wrapped"] = "paragraphs"
    encoding_basis: Words | None = None
    fields: FieldNames | None = None
    compiler: SourceFact | None = None
    outlet: SourceFact | None = None
    drop: tuple[Drop, ...] = ()
    no_starts: tuple[Words, ...] = ()
    article: tuple[ArticleDeclaration, ...] = ()
