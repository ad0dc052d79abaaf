"""Articles from the paragraphs that were found: unfolded, joined, checked by their digests; and what to say of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.findings import Finding
from corpus.textfree.folding import Patch, fold, sha256, unfold
from corpus.textfree.store import FoundWords, KnownParagraph, Store

_MOST_FINDINGS = 2_000


@dataclass(slots=True)
class Tally:
    """How many articles matched, and how. `original`: from files as obtained; `exact`: from copies that are the same
    to the code point, once line ends and spaces are normalised; `ways`: articles by the difference that was allowed
    for.
    """

    original: int = 0
    exact: int = 0
    tolerated: int = 0
    missing: int = 0
    ways: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def note(self, finding: Finding) -> None:
        """Keep a finding, unless there are very many."""
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(finding)


def assemble(store: Store, texts: str) -> Tally:
    """Put together the articles that have no text yet. `texts`: the name of the folder of copies, for findings."""
    tally = Tally()
    total = sum(1 for _ in store.articles())
    missing = list(store.articles(missing=True))
    tally.original = total - len(missing)
    for article_id, _, digest in missing:
        _Assembler(store, article_id, texts, tally).assemble(digest)
    return tally


class _Assembler:
    """Puts one article together, paragraph by paragraph."""

    def __init__(self, store: Store, article_id: str, texts: str, tally: Tally) -> None:
        self._store = store
        self._article = article_id
        self._texts = texts
        self._tally = tally

    def assemble(self, digest: str) -> None:
        known = self._store.paragraphs(self._article)
        found = [self._store.found(paragraph.folded) for paragraph in known]
        texts: list[str] = []
        ways: set[str] = set()
        for paragraph, words in zip(known, found, strict=True):
            text = self._exact(paragraph, words, ways)
            if text is None:
                return self._missing(known, found)
            texts.append(text)
        whole = "\n".join(texts)
        if sha256(whole) != digest:
            return self._refuse(known[0].paragraph_id if known else self._article, "paragraphs that do not make it up")
        self._store.put_text(self._article, whole)
        self._matched(ways, next((words.file for words in found if words), self._texts))
        return None

    def _exact(self, paragraph: KnownParagraph, found: FoundWords | None, ways: set[str]) -> str | None:
        """The exact paragraph; None where there is none. What was allowed for goes into `ways`."""
        if found is None:
            return None
        folded = fold(found.words)
        patches = self._store.patches(paragraph.paragraph_id)
        try:
            text = unfold(folded.text, patches)
        except ValueError:
            return None
        if sha256(text) != paragraph.sha256:
            return None
        if text != found.words:
            ways |= {patch.kind for patch in _differing(patches, list(folded.patches()))}
        ways |= found.ways
        return text

    def _matched(self, ways: set[str], file: str) -> None:
        if not ways:
            self._tally.exact += 1
            return
        self._tally.tolerated += 1
        for way in ways:
            self._tally.ways[way] = self._tally.ways.get(way, 0) + 1
        found = f"differences of: {', '.join(sorted(ways))}"
        self._tally.note(Finding(file, None, "copy-tolerated", self._article, "the same code points", found))

    def _missing(self, known: list[KnownParagraph], found: list[FoundWords | None]) -> None:
        """Say which paragraph is the first that no copy has."""
        self._tally.missing += 1
        there = sum(words is not None for words in found)
        first = next((at for at, words in enumerate(found) if words is None), 0)
        expected = f"paragraph {known[first].paragraph_id} (sha256 {known[first].sha256})"
        if not there:
            found_words = f"none of its {len(known)} paragraphs in any file"
            self._tally.note(Finding(self._texts, None, "copy-missing", self._article, expected, found_words))
            return
        before = next((words for words in reversed(found[:first]) if words), None)
        after = next((words for words in found[first:] if words), None)
        near = before or after
        place = f"after line {before.line}" if before else f"before line {after.line}" if after else ""
        says = f"other words, or none, {place}; {there} of its {len(known)} paragraphs are there"
        file, line = (near.file, near.line) if near else (self._texts, None)
        self._tally.note(Finding(file, line, "copy-differs", self._article, expected, says))

    def _refuse(self, paragraph_id: str, found: str) -> None:
        self._tally.missing += 1
        expected = f"the article whose first paragraph is {paragraph_id}"
        self._tally.note(Finding(self._texts, None, "copy-differs", self._article, expected, found))


def _differing(patches: list[Patch], own: list[Patch]) -> set[Patch]:
    """The places where the exact text and a copy fold from different characters."""
    return set(patches) ^ set(own)
