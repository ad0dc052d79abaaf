"""What is known of an article besides its text: what its header or record states, or else what is declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.records import UNKNOWN, Fact, Published
from corpus.seeds.source_declarations import ArticleDeclaration, DateFact, SeedDeclaration, SourceFact
from corpus.terminal import shortened
from corpus.text.dates import InvalidDateError, parse_edtf
from corpus.text.published import read_published

Path = Sequence[str | int]
Add = Callable[[str, Path, str | None, str, str], None]
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_BETWEEN_AUTHORS = "; "


@dataclass(frozen=True, slots=True)
class Stated:
    """What a header or the fields of a record state. `evidence`: where it stands. `date`: EDTF, None if unread."""

    evidence: str | None
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    date: str | None = None
    date_words: str | None = None
    language: str | None = None
    locator: str | None = None


class FactResolver:
    """Resolves the facts of one seed's articles; what does not fit is told to `add`.

    `source_ids`: the id of each source by the names under which bylines give it.
    """

    def __init__(self, declaration: SeedDeclaration, source_ids: Mapping[str, str], add: Add) -> None:
        self._declaration = declaration
        self._source_ids = source_ids
        self._add = add
        self._told: set[str] = set()

    def outlet(self, stated: Stated, article_id: str, declared: ArticleDeclaration | None) -> Fact:
        """The outlet that the text states, or else the declared one."""
        fact = (declared.outlet if declared else None) or self._declaration.outlet
        if stated.outlet is None:
            return as_fact(fact)
        source_id = self._source_ids.get(stated.outlet)
        path = self._path(declared, "outlet", "id")
        if source_id is None:
            self._unknown_source(stated.outlet, path, article_id)
        elif declared and declared.outlet and declared.outlet.id != source_id:
            expected = f"{source_id}, as the byline states"
            self._add("fact-contradicted", path, article_id, expected, declared.outlet.id)
        own = declared.outlet if declared else None
        return Fact(source_id, "stated", own.evidence if own else stated.evidence)

    def published(self, stated: Stated, article_id: str, declared: ArticleDeclaration | None) -> Published:
        """The date that the text states, or else the declared one."""
        path = self._path(declared, "date", "edtf")
        fact = declared.date if declared else None
        if stated.date and fact and fact.edtf != stated.date:
            self._add("fact-contradicted", path, article_id, f"{stated.date}, as the byline states", fact.edtf)
        if stated.date:
            fact = DateFact(stated.date, "stated", (fact.evidence if fact else stated.evidence) or "")
        elif stated.date_words and fact is None:
            self._add("date-unread", path, article_id, "one date, by its words", shortened(stated.date_words))
        if fact is None:
            return Published(None, None, None, "unknown", None)
        try:
            days = parse_edtf(fact.edtf)
        except InvalidDateError:
            self._add("date-invalid", path, article_id, "a date in EDTF", shortened(fact.edtf))
            return Published(None, None, None, "unknown", None)
        return Published(days.edtf, days.first, days.last, fact.basis, fact.evidence)

    def language(self, stated: Stated) -> str:
        """The language that the record gives as a tag, or else the declared one."""
        tag = stated.language or ""
        return tag if _LANGUAGE.fullmatch(tag) else self._declaration.language

    def locator(self, stated: Stated, declared: ArticleDeclaration | None) -> Fact:
        """Where a copy is: declared, or as the record gives it."""
        if declared and declared.locator:
            return Fact(declared.locator.address, declared.locator.basis, None)
        return Fact(stated.locator, "stated", None) if stated.locator else UNKNOWN

    def _unknown_source(self, name: str, path: Path, article_id: str) -> None:
        """Told once for each name of a seed: a dump may hold it a thousand times."""
        if name not in self._told:
            self._told.add(name)
            self._add("source-unknown", path, article_id, "a source of this name in sources.toml", shortened(name))

    def _path(self, declared: ArticleDeclaration | None, *keys: str) -> Path:
        return ("article", self._declaration.article.index(declared), *keys) if declared else ("fields",)


def as_fact(declared: SourceFact | None) -> Fact:
    """A declared source as a fact."""
    return Fact(declared.id, declared.basis, declared.evidence) if declared else UNKNOWN


def date_of(words: str | None, language: str | None) -> str | None:
    """The date in EDTF that words state in a text of this language; None where they can be read in several ways."""
    read = read_published(words, language) if words else None
    return read.edtf if read else None


def stated_by_record(facts: Mapping[str, str], language: str | None) -> Stated:
    """What the fields of a record state. `language`: of a record that names none, which may settle its date."""
    words = facts.get("published")
    authors = facts.get("authors", "")
    return Stated(
        "the record's fields",
        facts.get("title"),
        tuple(filter(None, authors.split(_BETWEEN_AUTHORS))),
        facts.get("outlet"),
        date_of(words, facts.get("language") or language),
        words,
        facts.get("language"),
        facts.get("locator"),
    )
