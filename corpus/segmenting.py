"""Seeds to articles, paragraphs and sentences, with the ledger of every byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.findings import Finding
from corpus.records import UNKNOWN, Article, Fact, Paragraph, Published, SegmentedSeed, Sentence
from corpus.seeds.declarations import ArticleDeclaration, DateFact, SourceFact
from corpus.seeds.reading import SeedFolder
from corpus.seeds.toml_lines import line_of
from corpus.terminal import shortened
from corpus.text.anchors import Anchor, FoldedText
from corpus.text.dates import InvalidDateError, parse_edtf
from corpus.text.decoding import UndecodableError, decode
from corpus.text.edits import Edit
from corpus.text.ledger import RawPositions, account
from corpus.text.normalising import NormalisedText, normalise, renormalise
from corpus.text.paragraphs import ArticleShape, FoundParagraph, Kind, find_paragraphs, read_dateline
from corpus.text.sentences import split_sentences
from corpus.text.spans import Span
from corpus.text.splitting import FoundArticle, begins_with, split_articles

_WITHOUT_SENTENCES = ("byline", "credit")


class SeedSegmenter:
    """Segments one seed; what is wrong collects in `findings`.

    `source_ids`: the id of each source by the names under which bylines give it.
    """

    def __init__(self, seed: SeedFolder, source_ids: Mapping[str, str]) -> None:
        self.seed = seed
        self.source_ids = source_ids
        self.findings: list[Finding] = []
        self._declaration = seed.declaration

    def segment(self) -> SegmentedSeed | None:
        """The seed's articles and ledger; None where its bytes are no text."""
        normalised = self._normalised()
        if normalised is None:
            return None
        pairs = self._declared_pairs(normalised.text)
        ledger = tuple(account(normalised, [found.span for found, _ in pairs], self.seed.data))
        articles = []
        for index, (found, declared) in enumerate(pairs):
            text = found.span.of(normalised.text)
            entries = [entry for entry in ledger if entry.article == index]
            raw = RawPositions(entries, text, normalised.source.encoding)
            articles.append(self._article(index, text, found, declared, raw))
        return SegmentedSeed(
            self.seed.seed_id,
            self._declaration.file,
            self._declaration.sha256,
            len(self.seed.data),
            normalised.source.encoding,
            self._declaration.layout,
            self._declaration.obtained,
            tuple(articles),
            ledger,
        )

    def _add(self, code: str, path: Sequence[str | int], record: str | None, expected: str, found: str) -> None:
        line = line_of(self.seed.lines, path)
        self.findings.append(Finding(f"{self.seed.folder}/source.toml", line, code, record, expected, found))

    def _normalised(self) -> NormalisedText | None:
        file = f"{self.seed.folder}/{self._declaration.file}"
        encoding = self._declaration.encoding
        try:
            normalised = normalise(decode(self.seed.data, encoding))
        except UndecodableError as error:
            line = self.seed.data.count(b"\n", 0, error.byte) + 1
            found = f"byte {error.byte} (0x{self.seed.data[error.byte : error.byte + 1].hex()}): {error.reason}"
            self.findings.append(Finding(file, line, "seed-encoding", self.seed.seed_id, f"text in {encoding}", found))
            return None
        except LookupError:
            self._add("seed-encoding", ("encoding",), self.seed.seed_id, "an encoding that Python knows", encoding)
            return None
        normalised = self._without_drops(normalised)
        if not normalised.text:
            found = f"{len(self.seed.data)} bytes, no text"
            self.findings.append(Finding(file, 1, "seed-empty", self.seed.seed_id, "text", found))
            return None
        return normalised

    def _without_drops(self, normalised: NormalisedText) -> NormalisedText:
        """The text without what source.toml declares as no part of it."""
        folded = FoldedText(normalised.text)
        edits: list[Edit] = []
        for index, drop in enumerate(self._declaration.drop):
            spans = folded.occurrences(Anchor(drop.exact, drop.prefix, drop.suffix))
            if len(spans) != 1:
                words = shortened(f'"{drop.exact}" exactly once')
                self._add("drop-not-found", ("drop", index, "exact"), None, words, f"{len(spans)} times")
                continue
            if any(spans[0].overlaps(Span(edit.start, edit.end)) for edit in edits):
                expected = f'"{shortened(drop.exact)}" outside what is dropped already'
                self._add("drop-not-found", ("drop", index, "exact"), None, expected, "inside or across it")
                continue
            edits.append(Edit(spans[0].start, spans[0].end, "", drop.reason))
        return renormalise(normalised, tuple(sorted(edits, key=lambda edit: edit.start)))

    def _declared_pairs(self, text: str) -> list[tuple[FoundArticle, ArticleDeclaration]]:
        """Each article that is both found and declared."""
        declared = dict(enumerate(self._declaration.article))
        found_articles = split_articles(
            text,
            digest=self._declaration.layout == "digest",
            begins=[article.begins for article in self._declaration.article],
            no_starts=self._declaration.no_starts,
        )
        if not found_articles and not declared:
            self._add(
                "article-not-declared", (), None, "a header, or an [[article]] whose first words are given", "none"
            )
        pairs = []
        for found in found_articles:
            index = next((i for i, article in declared.items() if begins_with(found.first_line, article.begins)), None)
            if index is None:
                line = shortened(found.first_line, 80)
                self._add("article-not-declared", (), None, f'an [[article]] that begins "{line}"', "none")
                continue
            pairs.append((found, declared.pop(index)))
        for index, article in declared.items():
            expected = shortened(f'a first line that begins "{article.begins}"')
            self._add("article-not-found", ("article", index, "begins"), article.id, expected, "none")
        return pairs

    def _article(
        self, index: int, text: str, found: FoundArticle, declared: ArticleDeclaration, raw: RawPositions
    ) -> Article:
        paragraphs = self._paragraphs(text, found, declared)
        dateline = next((read_dateline(p.span.of(text)) for p in paragraphs if p.kind == "body"), None)
        return Article(
            article_id=declared.id,
            seed_id=self.seed.seed_id,
            position=index + 1,
            text=text,
            language=self._declaration.language,
            rights=self._declaration.rights,
            title=found.title,
            byline=found.byline_text,
            dateline=dateline[0] if dateline else None,
            authors=found.byline.authors if found.byline else (),
            outlet=self._outlet(found, declared),
            compiler=_fact(self._declaration.compiler),
            published=self._published(found, declared),
            locator=Fact(declared.locator.address, declared.locator.basis, None) if declared.locator else UNKNOWN,
            raw=raw.bytes_of(Span(0, len(text))),
            paragraphs=tuple(_paragraph_rows(paragraphs, declared.id, raw)),
            sentences=tuple(_sentence_rows(paragraphs, declared.id, text, self._declaration.language)),
        )

    def _paragraphs(self, text: str, found: FoundArticle, declared: ArticleDeclaration) -> list[FoundParagraph]:
        kinds: dict[str, Kind] = {}
        lines = text.split("\n")
        for number, entry in enumerate(declared.paragraph):
            times = sum(begins_with(line, entry.begins) for line in lines)
            if times == 1:
                kinds[entry.begins] = entry.kind
            else:
                path = ("article", self._declaration.article.index(declared), "paragraph", number, "begins")
                expected = shortened(f'one paragraph that begins "{entry.begins}"')
                self._add("paragraph-not-found", path, declared.id, expected, f"{times} of them")
        authors = found.byline.authors if found.byline else ()
        return find_paragraphs(text, ArticleShape(found.title is not None, found.byline is not None, authors, kinds))

    def _outlet(self, found: FoundArticle, declared: ArticleDeclaration) -> Fact:
        """The outlet that the byline states, or else the declared one."""
        stated = found.byline.outlet if found.byline else None
        path = ("article", self._declaration.article.index(declared), "outlet", "id")
        if stated is None:
            return _fact(declared.outlet)
        source_id = self.source_ids.get(stated)
        if source_id is None:
            self._add(
                "source-unknown",
                path,
                declared.id,
                "a source of this name in sources.toml",
                shortened(stated),
            )
        elif declared.outlet and declared.outlet.id != source_id:
            self._add(
                "fact-contradicted",
                path,
                declared.id,
                f"{source_id}, as the byline states",
                declared.outlet.id,
            )
        return Fact(
            source_id,
            "stated",
            declared.outlet.evidence if declared.outlet else f"byline: {found.byline_text}",
        )

    def _published(self, found: FoundArticle, declared: ArticleDeclaration) -> Published:
        """The date that the byline states, or else the declared one."""
        stated = found.byline.date if found.byline else None
        path = ("article", self._declaration.article.index(declared), "date", "edtf")
        fact = declared.date
        if stated and fact and fact.edtf != stated:
            self._add("fact-contradicted", path, declared.id, f"{stated}, as the byline states", fact.edtf)
        if stated:
            fact = DateFact(stated, "stated", fact.evidence if fact else f"byline: {found.byline_text}")
        if fact is None:
            return Published(None, None, None, "unknown", None)
        try:
            days = parse_edtf(fact.edtf)
        except InvalidDateError:
            self._add("date-invalid", path, declared.id, "a date in EDTF", shortened(fact.edtf))
            return Published(None, None, None, "unknown", None)
        return Published(days.edtf, days.first, days.last, fact.basis, fact.evidence)


def _fact(declared: SourceFact | None) -> Fact:
    return Fact(declared.id, declared.basis, declared.evidence) if declared else UNKNOWN


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
