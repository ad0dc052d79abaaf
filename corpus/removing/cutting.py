"""The bytes of a seed without those of one article.

Where one article ends and the next begins is told by what stands around them, so that no single way of cutting is
right for every layout. Several are tried, those that take most first; who tries them reads the rest again.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.records import SegmentedSeed
from corpus.text.anchors import Anchor, FoldedText, begins_with
from corpus.text.decoding import decode
from corpus.text.reading import normalised_text


def cuts(data: bytes, seed: SegmentedSeed, article_id: str) -> Iterator[bytes]:
    """The bytes of a plain-text seed without an article, in each of the ways in which it can be cut out.

    First all between the article before and the one after, with a blank line in its place, so that neither a separator
    nor what an export put around the article stays; last only the article's own bytes.
    """
    articles = sorted(seed.articles, key=lambda article: article.raw.start)
    at = next(number for number, article in enumerate(articles) if article.article_id == article_id)
    own = articles[at].raw
    before = articles[at - 1].raw.end if at else 0
    after = articles[at + 1].raw.start if at + 1 < len(articles) else len(data)
    blank = "\n\n".encode(seed.encoding)
    for start, end in ((before, after), (own.start, after), (before, own.end), (own.start, own.end)):
        yield data[:start] + (blank if start and end < len(data) else b"") + data[end:]


def still_there(data: bytes, encoding: str, anchor: Anchor) -> bool:
    """Whether the anchor's words stand in the text once the bytes are decoded and normalised."""
    return bool(FoldedText(_normalised(data, encoding)).occurrences(anchor))


def line_begins(data: bytes, encoding: str, words: str) -> bool:
    """Whether a line of the text begins with the words."""
    return any(begins_with(line, words) for line in _normalised(data, encoding).split("\n"))


def _normalised(data: bytes, encoding: str) -> str:
    return normalised_text(decode(data, encoding), is_wrapped=False).text
