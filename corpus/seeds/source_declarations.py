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


PartName = Annotated[
    str, Field(pattern=r"^(?:[A-Za-z0-9_][A-Za-z0-9_.=-]{0,200}/){0,8}[A-Za-z0-9_][A-Za-z0-9_.=-]{0,200}$")
]


@dataclass(frozen=True)
class Part(Declared):
    """A file of a bulk seed that has several; `name`: below the seed's address."""

    name: PartName
    sha256: Sha256


@dataclass(frozen=True)
class BulkDeclaration(Declared):
    """`source.toml` of a bulk seed: files of records, each an article, which are read as a stream and marked by rule.

    One `file` beside this one, or a `part` for each of several. `address`: the folder that they lie in, on disk or
    any that fsspec knows, such as `s3://bucket/news`; without it the seed's own folder. Files may be packed with
    gzip or zstd. `outlet`: of all articles whose record names none. `records_per_shard`: how many records share a
    file of each table; 2048 are some 7 MB of news, a few seconds of work.
    """

    bulk: Literal[True]
    form: Literal["jsonl", "csv", "tsv", "parquet"]
    encoding: Words
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")]
    obtained: Words
    rights: Words
    fields: FieldNames
    file: PartName | None = None
    sha256: Sha256 | None = None
    part: tuple[Part, ...] = ()
    address: Words | None = None
    layout: Literal["records"] = "records"
    encoding_basis: Words | None = None
    compiler: SourceFact | None = None
    outlet: SourceFact | None = None
    records_per_shard: Annotated[int, Field(ge=1, le=1_000_000)] = 2048

    def parts(self) -> tuple[Part, ...]:
        """The files, whichever way they are declared."""
        return (Part(self.file, self.sha256), *self.part) if self.file and self.sha256 else self.part

    def of_part(self, part: Part) -> SeedDeclaration:
        """What is declared of one file, as of a seed of its own."""
        return SeedDeclaration(
            file=part.name,
            sha256=part.sha256,
            encoding=self.encoding,
            layout="records",
            language=self.language,
            obtained=self.obtained,
            rights=self.rights,
            form=self.form,
            encoding_basis=self.encoding_basis,
            fields=self.fields,
            compiler=self.compiler,
            outlet=self.outlet,
        )
