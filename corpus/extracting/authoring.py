"""The claims that an article makes itself: the clauses of its sentences that no attribution covers."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.extracting.clauses import split_clauses
from corpus.extracting.predicates import likely_verb
from corpus.extracting.tags import tag_words
from corpus.extracting.trimming import trim
from corpus.extracting.wordlists import alternatives, read_lexicon
from corpus.text.paragraphs import read_dateline
from corpus.text.spans import Span

_COORDINATED = re.compile(r"\s?[,;–—-]?\s?(?:and|but)\s")
# A pronoun and a verb, or a clause, after a comma or colon.
_AFTER_MARK = re.compile(r"[,:](?:PR?[XMKBcvwek]|[DNSUp]{1,6}[XMKv])")
_HEADLINES = ("title", "heading")
_STRONG = frozenset("XMKZ")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in which claims are sought, and its kind."""

    span: Span
    kind: str


def author_clauses(
    text: str, lines: Sequence[Line], sentences: Sequence[Span], taken: Sequence[Span]
) -> Iterator[tuple[Span, str, Span]]:
    """Each claim of the author's, the rule that found it, and the clause before trimming.

    `taken`: what attributions cover (contents and cues), by start; a clause that overlaps it is reported.
    """
    covered = _Covered(taken)
    kinds = {line.span.start: line.kind for line in lines}
    kind = "body"
    for sentence in sentences:
        kind = kinds.get(sentence.start, kind)
        yield from _of_sentence(text, sentence, kind, covered, sentence.start in kinds)


def _of_sentence(
    text: str, sentence: Span, kind: str, covered: _Covered, is_first: bool
) -> Iterator[tuple[Span, str, Span]]:
    start = sentence.start
    if is_first and (dateline := read_dateline(text[start : min(sentence.end, start + 60)])):
        start += dateline[1]
    clauses = split_clauses(text, Span(start, sentence.end))
    rule = "author-clause" if len(clauses) > 1 else "author-sentence"
    if kind in _HEADLINES:
        rule = "author-headline"
    at = start
    for clause in clauses:
        end = covered.reach(clause)
        if end is None:
            if is_claim(text, clause, kind):
                yield clause, rule, Span(at, clause.end)
        elif _COORDINATED.match(text, end, clause.end):
            rest = trim(text, Span(end, clause.end))
            if len(rest) and is_claim(text, rest, kind):
                yield rest, "author-remainder", rest
        at = clause.end


def is_claim(text: str, span: Span, kind: str = "body") -> bool:
    """Whether a clause of the author's puts something forward: no question, fragment, instruction or thanks."""
    words = tag_words(text, span.start, span.end)
    if not words.tags or is_question(text, span) or _no_claim().match(text, span.start, span.end):
        return False
    if kind in _HEADLINES:
        return _is_headline_clause(text, span)
    if likely_verb(words.tags, 0, len(words.tags)) >= 0:
        return True
    if _AFTER_MARK.search(words.tags):
        return True
    return words.tags[0] not in "WGh" and any(tag in _STRONG for tag in words.tags)


def is_question(text: str, span: Span) -> bool:
    """Whether a question mark ends the span, or stands right after it."""
    return "?" in text[span.end : span.end + 3].partition(" ")[0]


def _is_headline_clause(text: str, span: Span) -> bool:
    """Whether a headline is a clause; a left-out "is" or "are" counts as present."""
    words = span.of(text)
    tags = tag_words(words, 0, len(words)).tags
    if tags.count("U") > 0.6 * len(tags):
        words = words.lower()
    tags = tag_words(words[:1].lower() + words[1:], 0, len(words)).tags
    verb = likely_verb(tags, 0, len(tags))
    return 0 <= verb < len(tags) - 1 or bool(_HEADLINE.match(tags))


_HEADLINE = re.compile(r'[DNSUpq0Q"]{1,8}(?:I[DNSUp]{1,4})?R?(?:I?T[Bc]|e(?!y?$)|n|gI|gD|g[NSU]|wI|k)')


class _Covered:
    """What attributions cover of a text."""

    def __init__(self, taken: Sequence[Span]) -> None:
        self._spans = taken
        self._ends: list[int] = []
        for span in taken:
            self._ends.append(max(span.end, self._ends[-1] if self._ends else 0))

    def reach(self, clause: Span) -> int | None:
        """Where the last span that overlaps the clause ends; None where none does."""
        last = bisect_left(self._spans, clause.end, key=lambda span: span.start) - 1
        return self._ends[last] if last >= 0 and self._ends[last] > clause.start else None


@functools.cache
def _no_claim() -> re.Pattern[str]:
    """How thanks, instructions and clauses that only say that somebody spoke begin."""
    lexicon = read_lexicon("clause_markers")
    thanks, labels = alternatives(lexicon["thanks"]), alternatives(lexicon["labels"])
    return re.compile(rf"(?:{thanks})\b|(?:{labels})\s?:", re.IGNORECASE)
