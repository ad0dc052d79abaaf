"""The texts of a seed: its file decoded or unpacked, normalised, and divided as `source.toml` declares."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from corpus.findings import Finding
from corpus.forms import Document, Fault, Fields, read
from corpus.seeds.reading import SeedFolder
from corpus.terminal import shortened
from corpus.text.anchors import Anchor, FoldedText
from corpus.text.decoding import DecodedText, UndecodableError, decode
from corpus.text.edits import Edit, Edits
from corpus.text.limits import TextTooLargeError
from corpus.text.normalising import NormalisedText, renormalise
from corpus.text.reading import ReadText, normalised_text, read_articles, whole_text
from corpus.text.spans import Span

Add = Callable[[str, Sequence[str | int], str | None, str, str], None]


@dataclass(frozen=True, slots=True)
class TextOfSeed:
    """A text as read. `data`: the bytes that the ledger tiles; `record`, `field`: see `corpus.records.Article`.

    `facts`: what the record's other fields state, None where the text's own header does.
    """

    record: int | None
    field: str | None
    data: bytes
    read: ReadText
    facts: Mapping[str, str] | None


class SeedTexts:
    """Reads the texts of one seed; what is wrong is told to `add` (in source.toml) or noted in `findings`."""

    def __init__(self, seed: SeedFolder, add: Add, findings: list[Finding]) -> None:
        self._seed = seed
        self._declaration = seed.declaration
        self._file = f"{seed.folder}/{seed.declaration.file}"
        self._add = add
        self._findings = findings
        self.encoding = "utf-8"

    def read(self) -> Iterator[TextOfSeed]:
        """The texts, in order; those that cannot be read are findings."""
        if self._declaration.form == "text":
            yield from self._bounded(self._of_text(self._seed.data), None)
            return
        fields = Fields(**asdict(self._declaration.fields)) if self._declaration.fields else Fields()
        encoding = None if self._declaration.encoding == "binary" else self._declaration.encoding
        with io.BytesIO(self._seed.data) as file:
            for found in read(file, self._declaration.file, self._declaration.form, fields, encoding).documents:
                if isinstance(found, Fault):
                    record = None if found.record is None else f"record {found.record}"
                    self._note(found.code, found.line, record, found.expected, found.found)
                else:
                    yield from self.of_document(found)

    def of_document(self, document: Document) -> Iterator[TextOfSeed]:
        """The text of a document, divided; none where it cannot be read, which is a finding."""
        record = f"record {document.record}" if document.record else None
        yield from self._bounded(self._of_document(document), record)

    def _bounded(self, texts: Iterator[TextOfSeed], record: str | None) -> Iterator[TextOfSeed]:
        try:
            yield from texts
        except TextTooLargeError as error:
            self._note("container-too-large", None, record, error.expected, str(error))

    def _of_text(self, data: bytes) -> Iterator[TextOfSeed]:
        decoded = self._decoded(data)
        if decoded is None:
            return
        self.encoding = decoded.encoding
        normalised = self._normalised(decoded)
        if not normalised.text:
            self._note("seed-empty", 1, self._seed.seed_id, "text", f"{len(data)} bytes, no text")
            return
        yield TextOfSeed(None, None, data, self._articles(normalised), None)

    def _of_document(self, document: Document) -> Iterator[TextOfSeed]:
        normalised = self._normalised(DecodedText(document.text, "utf-8"))
        data = document.text.encode()
        if not normalised.text:
            record = f"record {document.record}"
            self._note("text-empty", None, record, "text", f"{len(data)} bytes, no text")
            return
        if self._declaration.layout == "records":
            yield TextOfSeed(document.record, document.field, data, whole_text(normalised), document.facts)
        else:
            yield TextOfSeed(document.record, document.field, data, self._articles(normalised), None)

    def _articles(self, normalised: NormalisedText) -> ReadText:
        begins = [article.begins for article in self._declaration.article]
        return read_articles(normalised, self._declaration.layout, begins, self._declaration.no_starts)

    def _decoded(self, data: bytes) -> DecodedText | None:
        encoding = self._declaration.encoding
        try:
            return decode(data, encoding)
        except UndecodableError as error:
            line = data.count(b"\n", 0, error.byte) + 1
            found = f"byte {error.byte} (0x{data[error.byte : error.byte + 1].hex()}): {error.reason}"
            self._note("seed-encoding", line, self._seed.seed_id, f"text in {encoding}", found)
        except LookupError:
            self._add("seed-encoding", ("encoding",), self._seed.seed_id, "an encoding that Python knows", encoding)
        return None

    def _normalised(self, decoded: DecodedText) -> NormalisedText:
        normalised = normalised_text(decoded, is_wrapped=self._declaration.lines == "wrapped")
        return renormalise(normalised, self._drops(normalised.text)) if self._declaration.drop else normalised

    def _drops(self, text: str) -> Edits:
        """What source.toml declares as no part of the text."""
        folded = FoldedText(text)
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
        return tuple(sorted(edits, key=lambda edit: edit.start))

    def _note(self, code: str, line: int | None, record: str | None, expected: str, found: str) -> None:
        self._findings.append(Finding(self._file, line, code, record, expected, found))
