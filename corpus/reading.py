"""Articles of any file, as the corpus would read it: the public face of reading."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from corpus.errors import NotAFileError
from corpus.findings import Finding, has_errors
from corpus.forms import RECORD_FORMS, Document, Fault, Fields, read
from corpus.inspecting.language import detect_language
from corpus.resolving import date_of, stated_by_record
from corpus.terminal import shortened
from corpus.text.decoding import DecodedText, UndecodableError, exact_encoding
from corpus.text.ledger import LedgerEntry, RawPositions, account
from corpus.text.limits import TextTooLargeError
from corpus.text.normalising import NormalisedText
from corpus.text.reading import FoundArticle, ReadText, normalised_text, raw_range, read_articles, whole_text
from corpus.text.spans import Span

_SURE = 0.75


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as read.

    `published`: EDTF, None where no date is stated or its words (`date_words`) are ambiguous. `text`: one paragraph
    per line. `raw_byte_start`, `raw_byte_end`: bytes of the file, or, where `record` is given, of the text that the
    container holds or of the value of `field`, in UTF-8. `first_line` of the text names it in `source.toml`.
    `shape`, `sureness` (0 to 1): by what kind of header it was told, and how much speaks for it.
    """

    title: str | None
    authors: tuple[str, ...]
    outlet: str | None
    published: str | None
    date_words: str | None
    language: str | None
    locator: str | None
    text: str
    record: int | None
    field: str | None
    raw_byte_start: int
    raw_byte_end: int
    shape: str
    sureness: float

    @property
    def first_line(self) -> str:
        """The first line of the text."""
        return self.text.split("\n", 1)[0]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read: its articles in order, and all that a person should look at.

    `form`, `encoding`, `layout`: what it was taken for; `encoding_basis` says why, `is_wrapped` whether its
    paragraphs are hard-wrapped. `fields`: which field of its records holds what.
    """

    articles: tuple[ReadArticle, ...]
    findings: tuple[Finding, ...]
    form: str
    layout: str
    encoding: str | None
    encoding_basis: str | None
    is_wrapped: bool
    fields: Fields | None


def articles(
    source: Path | str | bytes,
    *,
    form: str | None = None,
    layout: str | None = None,
    encoding: str | None = None,
    fields: Fields | None = None,
    name: str | None = None,
) -> ReadFile:
    r"""The articles of a file: a text, a digest of several, a database export, or a dump of records.

    >>> import corpus
    >>> read = corpus.articles(b"Rents rise\nFerry Post | 5 March 2024\nRents rose again, the council said.")
    >>> [(article.title, article.outlet, article.published) for article in read.articles]
    [('Rents rise', 'Ferry Post', '2024-03-05')]

    `source`: a path, or the bytes themselves (then `name` may name them). What is not given is told by the content.
    What cannot be read is a finding of level error; doubts and decisions are notes and warnings.
    Raises `NotAFileError` for a folder, a pipe or a device, another `OSError` where the path cannot be opened.
    """
    file = Path(source) if not isinstance(source, bytes) else None
    if file and file.exists() and not file.is_file():
        raise NotAFileError(file)
    called = name or (file.name if file else "bytes")
    data = source if isinstance(source, bytes) else b""
    opened: AbstractContextManager[BinaryIO] = file.open("rb") if file else nullcontext(io.BytesIO(data))
    with opened as stream:
        return _FileReader(called, layout).read(stream, form, encoding, fields or Fields())


class _FileReader:
    """Reads one file; what is noted collects in `findings`."""

    def __init__(self, name: str, layout: str | None) -> None:
        self._name = name
        self._layout = layout
        self.findings: list[Finding] = []
        self._is_wrapped = False

    def read(self, file: BinaryIO, form: str | None, encoding: str | None, fields: Fields) -> ReadFile:
        reading = read(file, self._name, form, fields, encoding)
        is_records = reading.form in RECORD_FORMS
        exact = _exact(file, reading.encoding) if reading.form == "text" else reading.encoding
        found: list[ReadArticle] = []
        for item in reading.documents:
            if isinstance(item, Fault):
                record = None if item.record is None else f"record {item.record}"
                self._note(item.code, item.line, record, item.expected, item.found)
            else:
                found += self._articles(item, None if is_records else (reading.form, exact))
        if not found and not has_errors(self.findings):
            self._note("seed-empty", None, None, "an article", f"none, read as {self._layout or reading.form}")
        layout = "records" if is_records else self._layout or "article"
        return ReadFile(
            tuple(found),
            tuple(self.findings),
            reading.form,
            layout,
            exact,
            reading.encoding_basis,
            self._is_wrapped,
            reading.fields if is_records else None,
        )

    def _articles(self, document: Document, whole: tuple[str, str | None] | None) -> list[ReadArticle]:
        """The articles of a text that is a `whole` file (of that form and encoding), or the one that a record is."""
        try:
            return list(self._text(document, *whole) if whole else self._record(document))
        except TextTooLargeError as error:
            record = f"record {document.record}" if document.record else None
            self._note("container-too-large", None, record, error.expected, str(error))
            return []

    def _record(self, document: Document) -> Iterator[ReadArticle]:
        """The article that a record is."""
        stated = stated_by_record(document.facts, document.facts.get("language"))
        if stated.date_words and stated.date is None:
            self._unread_date(f"record {document.record}", stated.date_words)
        normalised = normalised_text(DecodedText(document.text, "utf-8"), is_wrapped=False)
        text = whole_text(normalised)
        for found in text.articles:
            article = _article(found, normalised.text, document.record, document.field, raw_range(text))
            yield replace(
                article,
                title=stated.title,
                authors=stated.authors,
                outlet=stated.outlet,
                published=stated.date,
                date_words=stated.date_words,
                language=stated.language,
                locator=stated.locator,
            )

    def _text(self, document: Document, form: str, encoding: str | None) -> Iterator[ReadArticle]:
        """The articles of a whole text, with a note on how each was told."""
        source = DecodedText(document.text, encoding if form == "text" and encoding else "utf-8")
        plain = normalised_text(source, is_wrapped=False)
        normalised = normalised_text(source, is_wrapped=True)
        self._is_wrapped = normalised.text != plain.text
        if not normalised.text:
            self._note("seed-empty", 1, None, "text", f"{len(document.text)} characters, no text")
            return
        text = read_articles(normalised, self._layout)
        self._layout = text.layout
        starts = {found.lines(text.normalised.text)[0] for found in text.articles if found.sureness < _SURE}
        for words, why in text.doubts:
            if words not in starts:  # of those it is said anyway that they are unsure
                self._note("header-doubtful", None, shortened(words, 60), "a line that is no header, or one", why)
        if form == "text":
            document = replace(document, record=-1)
        for article in self._placed(text, document, source.encoding):
            yield self._dated(article)

    def _placed(self, text: ReadText, document: Document, encoding: str) -> Iterator[ReadArticle]:
        """The articles with the bytes that they stand in."""
        whole: NormalisedText = text.normalised
        entries: defaultdict[int | None, list[LedgerEntry]] = defaultdict(list)
        for entry in account(whole, [found.span for found in text.articles], document.text.encode(encoding)):
            entries[entry.article].append(entry)
        for index, found in enumerate(text.articles):
            words = found.span.of(whole.text)
            raw = RawPositions(entries[index], words, encoding).bytes_of(Span(0, len(words)))
            self._decision(found, whole.text)
            record = None if document.record < 0 else document.record
            yield _article(found, whole.text, record, document.field, raw)

    def _decision(self, found: FoundArticle, text: str) -> None:
        title = shortened(found.lines(text)[0], 60)
        says = f"{found.shape}, sureness {found.sureness:.2f}; {found.outlet or 'no outlet'}, {found.date or 'no date'}"
        code = "article-read" if found.sureness >= _SURE else "article-unsure"
        self._note(code, None, title, "an article that starts here", says)

    def _dated(self, article: ReadArticle) -> ReadArticle:
        """The article with its date, where only the language of the text settles it; else that is noted."""
        if article.published is not None or article.date_words is None:
            return article
        language = detect_language(article.text)
        date = date_of(article.date_words, language[0] if language else None)
        if date is None:
            self._unread_date(shortened(article.first_line, 60), article.date_words)
        return replace(article, published=date)

    def _unread_date(self, record: str, words: str) -> None:
        self._note("date-unread", None, record, "one date, by its words", shortened(words))

    def _note(self, code: str, line: int | None, record: str | None, expected: str, found: str) -> None:
        self.findings.append(Finding(self._name, line, code, record, expected, found))


def _exact(file: BinaryIO, encoding: str | None) -> str | None:
    """The encoding with its byte order."""
    file.seek(0)
    try:
        return exact_encoding(file.read(4), encoding) if encoding else None
    except (UndecodableError, LookupError):  # told by the form
        return encoding


def _article(found: FoundArticle, text: str, record: int | None, field: str | None, raw: Span) -> ReadArticle:
    return ReadArticle(
        found.title(text),
        found.authors,
        found.outlet,
        found.date,
        found.date_words,
        found.language,
        None,
        found.span.of(text),
        record,
        field,
        raw.start,
        raw.end,
        found.shape,
        found.sureness,
    )
