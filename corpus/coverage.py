"""Was every paragraph read? In an article with claims, each has one or is listed as read and empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.findings import Finding
from corpus.records import Article, Claim
from corpus.seeds.reading import SeedFolder
from corpus.seeds.toml_lines import line_of
from corpus.terminal import shortened
from corpus.text.anchors import begins_with


def unmarked_paragraphs(seed: SeedFolder, articles: Sequence[Article], claims: Sequence[Claim]) -> Iterator[Finding]:
    """Paragraphs that were read and not marked without being listed as empty, and lists that do not hold."""
    marked = {claim.paragraph_id for claim in claims}
    with_claims = {claim.article.article_id for claim in claims}
    declared = {article.id: (index, article.no_claims) for index, article in enumerate(seed.declaration.article)}
    for article in articles:
        if article.article_id not in declared:
            continue  # an article of a record, which no [[article]] declares
        index, empty = declared[article.article_id]
        line = line_of(seed.lines, ("article", index, "no_claims"))
        at = (f"{seed.folder}/source.toml", line)
        lines = {paragraph.paragraph_id: paragraph.span.of(article.text) for paragraph in article.paragraphs}
        listed = {key for key, words in lines.items() if any(begins_with(words, begins) for begins in empty)}
        for begins in empty:
            if not any(begins_with(words, begins) for words in lines.values()):
                expected = f'a paragraph that begins "{shortened(begins)}"'
                yield Finding(*at, "paragraph-not-found", article.article_id, expected, "none")
        for paragraph in article.paragraphs:
            key, kind = paragraph.paragraph_id, paragraph.kind
            if key in listed and key in marked:
                yield Finding(*at, "paragraph-unmarked", key, "no claims, as it is listed", "claims")
            elif kind in ("body", "caption") and article.article_id in with_claims and key not in listed | marked:
                expected = f'a claim in "{shortened(lines[key], 60)}"'
                yield Finding(*at, "paragraph-unmarked", key, expected, "none")
