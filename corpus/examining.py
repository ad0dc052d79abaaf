"""What a reviewer should look at in the texts themselves: odd characters, another language, twins of other articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from corpus.findings import Finding
from corpus.inspecting import Suspicion, inspect
from corpus.inspecting.likeness import LikenessIndex
from corpus.records import Article
from corpus.seeds.reading import Collection, SeedFolder
from corpus.seeds.toml_lines import line_of


class Examiner:
    """Examines articles seed by seed; twins are sought among those that came before.

    Dumps of records are not examined for twins: among a million articles that is a question for whoever uses them.
    """

    def __init__(self) -> None:
        self._index = LikenessIndex()

    def examine(self, seed: SeedFolder, articles: Sequence[Article]) -> Iterator[Finding]:
        """What speaks against the texts of a seed, or for a look at them."""
        file = f"{seed.folder}/{seed.declaration.file}"
        for article in articles:
            yield from suspicions(seed, article)
            if seed.declaration.layout != "records":
                yield from self._twins(file, article)

    def _twins(self, file: str, article: Article) -> Iterator[Finding]:
        for twin, likeness in self._index.twins(article.text):
            code = "text-duplicate" if likeness == 1 else "text-near-duplicate"
            yield self._twin(file, code, article, f"{likeness:.0%} as in {twin}")
        for other, share in self._index.inside(article.text):
            yield self._twin(file, "text-contained", article, f"{share:.0%} of the shorter one, with {other}")
        self._index.add(article.article_id, article.text)

    @staticmethod
    def _twin(file: str, code: str, article: Article, found: str) -> Finding:
        return Finding(file, None, code, article.article_id, "a text that the corpus does not hold", found)


def suspicions(seed: SeedFolder, article: Article) -> Iterator[Finding]:
    """What speaks against an article's text by itself, or for a look at it."""
    file = f"{seed.folder}/{seed.declaration.file}"
    for suspicion in inspect(article.text, article.language):
        line = _line(seed, article, suspicion)
        yield Finding(file, line, suspicion.code, article.article_id, suspicion.expected, suspicion.found)


def undocumented_outlets(collection: Collection, outlets: Set[str | None]) -> Iterator[Finding]:
    """Outlets of articles of which perspectives.toml says nothing, not even that nothing was found."""
    documented = {statement.source for statement in collection.statements}
    for index, source in enumerate(collection.sources):
        if source.id in outlets and source.id not in documented:
            line = line_of(collection.lines.get("sources.toml", {}), ("source", index))
            expected = f"a statement on {source.id} in perspectives.toml"
            yield Finding(f"{collection.folder}/sources.toml", line, "outlet-undocumented", source.id, expected, "none")


def _line(seed: SeedFolder, article: Article, suspicion: Suspicion) -> int | None:
    """The line of the file where the suspicion stands; None for the whole, and in containers."""
    if suspicion.span is None or article.record is not None:
        return None
    at = suspicion.span.start
    paragraph = next((p for p in article.paragraphs if p.span.start <= at < p.span.end), None)
    return seed.data.count(b"\n", 0, paragraph.raw.start) + 1 if paragraph else None
