"""Writing `source.toml` for an addition: what was given or detected, with its basis; a blank for what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import tomlkit
from tomlkit.items import AoT, Table

from corpus.reading import ReadArticle, ReadFile
from corpus.seeds.blanks import BLANK

_BINARY = ("docx", "rtf", "xlsx", "parquet")
_LONGEST_BEGINS = 80
_OBTAINED = f"{BLANK}: who took the file from where, when and how; say so where nobody knows"
_RIGHTS = f"{BLANK}: what is known of the right to republish the text"
_BASIS = f"{BLANK}: stated, found or inferred"
_EVIDENCE = f"{BLANK}: what shows it"


@dataclass(frozen=True, slots=True)
class Known:
    """What the contributor gives: an outlet's id of sources.toml, a date in EDTF, a language tag."""

    outlet: str | None = None
    date: str | None = None
    language: str | None = None


def declaration_text(
    ids: Sequence[str], file: str, sha256: str, read: ReadFile, known: Known, language: tuple[str, str]
) -> str:
    """The text of `source.toml`. `ids`: of the articles; `language`: the tag and how it is known."""
    document = tomlkit.document()
    document["file"] = file
    document["sha256"] = sha256
    document["encoding"] = "binary" if read.form in _BINARY else read.encoding or "utf-8"
    if read.encoding_basis:
        document["encoding_basis"] = read.encoding_basis
    if read.form != "text":
        document["form"] = read.form
    document["layout"] = read.layout
    document["layout"].comment("told by the content" if read.layout != "records" else "each record is an article")
    if read.is_wrapped:
        document["lines"] = "wrapped"
    document["language"] = language[0]
    document["language"].comment(language[1])
    document["obtained"] = _OBTAINED
    document["rights"] = _RIGHTS
    if read.fields:
        document["fields"] = {name: value for name, value in asdict(read.fields).items() if value}
    if known.outlet:
        document["outlet"] = {"id": known.outlet, "basis": "inferred", "evidence": _EVIDENCE}
    if read.layout != "records":
        document["article"] = _articles(ids, read.articles, known)
    return tomlkit.dumps(document)


def _articles(ids: Sequence[str], articles: Sequence[ReadArticle], known: Known) -> AoT:
    tables = tomlkit.aot()
    for article_id, article in zip(ids, articles, strict=True):
        table = tomlkit.table()
        table["id"] = article_id
        table["begins"] = article.first_line[:_LONGEST_BEGINS].rstrip()
        for name, facts in _unstated(article, known):
            inner: Table = tomlkit.table()
            inner.update(facts)
            table[name] = inner
        tables.append(table)
    return tables


def _unstated(article: ReadArticle, known: Known) -> Iterator[tuple[str, dict[str, str]]]:
    """What the header does not state: as the contributor gave it, or a blank."""
    if article.outlet is None and known.outlet is None:
        yield "outlet", {"id": f"{BLANK}: an id of sources.toml", "basis": _BASIS, "evidence": _EVIDENCE}
    if article.published is None and known.date is not None:
        yield "date", {"edtf": known.date, "basis": "inferred", "evidence": _EVIDENCE}
    elif article.published is None:
        evidence = f"{BLANK}: the header says {article.date_words!r}" if article.date_words else _EVIDENCE
        yield "date", {"edtf": f"{BLANK}: EDTF, such as 2024-01-31 or 2024-01", "basis": _BASIS, "evidence": evidence}
