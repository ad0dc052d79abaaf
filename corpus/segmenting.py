"""Seeds to articles, paragraphs and sentences, with the ledger of every byte."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from corpus.findings import Finding
from corpus.forms import Document
from corpus.records import Article, Paragraph, SegmentedDocument, SegmentedSeed, Sentence
from corpus.resolving import FactResolver, Stated, as_fact, date_of, stated_by_record
from corpus.seeds.reading import SeedFolder
from corpus.seeds.source_declarations import ArticleDeclaration
from corpus.seeds.toml_lines import line_of
from corpus.sourcing import SeedTexts, TextOfSeed
from corpus.terminal import shortened
from corpus.text.anchors import begins_with
from corpus.text.ledger import LedgerEntry, RawPositions, account
from corpus.text.paragraphs import ArticleShape, FoundParagraph, Kind, find_paragraphs, read_dateline
from corpus.text.reading import FoundArticle
from corpus.text.sentences import split_sentences
from corpus.text.spans import Span

_WITHOUT_SENTENCES = ("byline", "credit")
Pair = tuple[FoundArticle, str, ArticleDeclaration | None]


class SeedSegmenter:
    """Segments one seed; what is wrong collects in `findings`.

    `source_ids`: the id of each source by the names under which bylines give it.
    """

    def __init__(self, seed: SeedFolder, source_ids: Mapping[str, str]) -> None:
        self.seed = seed
        self.findings: list[Finding] = []
        self._declaration = seed.declaration
        self._resolver = FactResolver(seed.declaration, source_ids, self._add)
        self._position = 0

    def segment(self) -> SegmentedSeed | None:
        """The seed's articles and ledger; None where its bytes are no text."""
        texts = SeedTexts(self.seed, self._add, self.findings)
        documents = [self._document(text) for text in texts.read()]
        if not documents:
            return None
        return SegmentedSeed(
            self.seed.seed_id,
            self._declaration.file,
            self._declaration.sha256,
            self.seed.size,
            self._declaration.form,
            texts.encoding,
            self._declaration.encoding_basis,
            self._declaration.layout,
            self._declaration.obtained,
            tuple(documents),
        )

    def segment_record(self, record: Document) -> SegmentedDocument | None:
        """The article of one record of the seed's file; None where it has no text that can be read."""
        texts = SeedTexts(self.seed, self._add, self.findings).of_document(record)
        return next((self._document(text) for text in texts), None)

    def _add(self, code: str, path: Sequence[str | int], record: str | None, expected: str, found: str) -> None:
        line = line_of(self.seed.lines, path)
        self.findings.append(Finding(f"{self.seed.folder}/source.toml", line, code, record, expected, found))

    def _document(self, document: TextOfSeed) -> SegmentedDocument:
        """One text of the seed: a file's whole text, or that of a record."""
        normalised = document.read.normalised
        pairs = self._identified(document)
        spans = [found.span for found, _, _ in pairs]
        ledger = tuple(account(normalised, spans, document.data))
        entries: defaultdict[int | None, list[LedgerEntry]] = defaultdict(list)
        for entry in ledger:
            entries[entry.article].append(entry)
        articles = []
        for index, (found, article_id, declared) in enumerate(pairs):
            text = found.span.of(normalised.text)
            raw = RawPositions(entries[index], text, normalised.source.encoding)
            articles.append(self._article(document, found, article_id, declared, raw))
        return SegmentedDocument(document.record, document.field, tuple(articles), ledger)

    def _identified(self, document: TextOfSeed) -> list[Pair]:
        """The articles with their ids: of records by their number, of other texts as declared."""
        if self._declaration.layout == "records":
            number = f"{self.seed.seed_id}-{document.record:06}"
            return [(found, number, None) for found in document.read.articles]
        return [(found, declared.id, declared) for found, declared in self._declared_pairs(document)]

    def _declared_pairs(self, document: TextOfSeed) -> list[tuple[FoundArticle, ArticleDeclaration]]:
        """Each article that is both found and declared."""
        declared = dict(enumerate(self._declaration.article))
        text, articles = document.read.normalised.text, document.read.articles
        if not articles and not declared:
            expected = "a header, or an [[article]] whose first words are given"
            self._add("article-not-declared", (), None, expected, "none")
        pairs = []
        for found in articles:
            first_line = found.lines(text)[0]
            index = next((i for i, article in declared.items() if begins_with(first_line, article.begins)), None)
            if index is None:
                line = shortened(first_line, 80)
                self._add("article-not-declared", (), None, f'an [[article]] that begins "{line}"', "none")
                continue
            pairs.append((found, declared.pop(index)))
        for index, article in declared.items():
            expected = shortened(f'a first line that begins "{article.begins}"')
            self._add("article-not-found", ("article", index, "begins"), article.id, expected, "none")
        return pairs

    def _article(
        self,
        document: TextOfSeed,
        found: FoundArticle,
        article_id: str,
        declared: ArticleDeclaration | None,
        raw: RawPositions,
    ) -> Article:
        whole = document.read.normalised.text
        text = found.span.of(whole)
        stated = self._stated(document, found)
        language = self._resolver.language(stated)
        paragraphs = self._paragraphs(text, found, declared)
        dateline = next((read_dateline(p.span.of(text)) for p in paragraphs if p.kind == "body"), None)
        return Article(
            article_id=article_id,
            seed_id=self.seed.seed_id,
            position=self._next_position(document),
            text=text,
            language=language,
            rights=self._declaration.rights,
            title=stated.title,
            byline=found.byline(whole),
            dateline=dateline[0] if dateline else None,
            authors=stated.authors,
            outlet=self._resolver.outlet(stated, article_id, declared),
            compiler=as_fact(self._declaration.compiler),
            published=self._resolver.published(stated, article_id, declared),
            locator=self._resolver.locator(stated, declared),
            raw=raw.bytes_of(Span(0, len(text))),
            paragraphs=tuple(_paragraph_rows(paragraphs, article_id, raw)),
            sentences=tuple(_sentence_rows(paragraphs, article_id, text, language)),
            record=document.record,
            field=document.field,
        )

    def _next_position(self, document: TextOfSeed) -> int:
        """Of records their number: whatever becomes of others, it stays."""
        if document.facts is not None and document.record is not None:
            return document.record
        self._position += 1
        return self._position

    def _stated(self, document: TextOfSeed, found: FoundArticle) -> Stated:
        """What the record's fields state, or else the article's header."""
        if document.facts is not None:
            return stated_by_record(document.facts, self._declaration.language)
        text = document.read.normalised.text
        byline = found.byline(text)
        evidence = f"byline: {byline}" if byline else f"header: {found.outlet or ''} {found.date_words or ''}".strip()
        date = found.date or date_of(found.date_words, self._declaration.language)
        return Stated(evidence, found.title(text), found.authors, found.outlet, date, found.date_words)

    def _paragraphs(self, text: str, found: FoundArticle, declared: ArticleDeclaration | None) -> list[FoundParagraph]:
        kinds: dict[str, Kind] = {}
        lines = text.split("\n")
        for number, entry in enumerate(declared.paragraph if declared else ()):
            times = sum(begins_with(line, entry.begins) for line in lines)
            if times == 1:
                kinds[entry.begins] = entry.kind
            elif declared:
                path = ("article", self._declaration.article.index(declared), "paragraph", number, "begins")
                expected = shortened(f'one paragraph that begins "{entry.begins}"')
                self._add("paragraph-not-found", path, declared.id, expected, f"{times} of them")
        return find_paragraphs(text, ArticleShape(found.title_lines, found.byline_lines, found.authors, kinds))


def _paragraph_rows(paragraphs: Sequence[FoundParagraph], article_id: str, raw: RawPositions) -> Iterator[Paragraph]:
    for position, found in enumerate(paragraphs, 1):
        paragraph_id = f"{article_id}-p{position:02}"
        yield Paragraph(paragraph_id, position, found.kind, found.section, found.span, raw.bytes_of(found.span))


def _sentence_rows(
    paragraphs: Sequence[FoundParagraph], article_id: str, text: str, language: str
) -> Iterator[Sentence]:
    position = 0
    for number, paragraph in enumerate(paragraphs, 1):
        if paragraph.kind in _WITHOUT_SENTENCES:
            continue
        words = paragraph.span.of(text)
        dateline = read_dateline(words) if paragraph.kind == "body" else None
        for span in split_sentences(words, dateline[1] if dateline else 0, language):
            position += 1
            sentence_id = f"{article_id}-s{position:03}"
            yield Sentence(sentence_id, f"{article_id}-p{number:02}", position, span.shifted(paragraph.span.start))
