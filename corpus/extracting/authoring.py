"""The claims that an article makes itself: the clauses of its sentences that no attribution covers."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from corpus.extracting.clauses import split_clauses
from corpus.extracting.documents import Document
from corpus.extracting.predicates import likely_verb
from corpus.extracting.trimming import trim
from corpus.extracting.wordlists import any_case, read_lexicon
from corpus.extracting.words import Words
from corpus.text.paragraphs import read_dateline
from corpus.text.spans import Bounds

_COORDINATED = re.compile(r"\s?[,;–—-]?\s?(?:and|but)\s")
# A pronoun and a verb, or a clause, after a comma or colon.
_AFTER_MARK = re.compile(r"[,:](?:PR?[XMKBcvwek]|[DNSUp]{1,6}[XMKv])")
_STRONG = re.compile(r"[XMKZ]")
_HEADLINE = re.compile(r'[DNSUpq0Q"]{1,8}(?:I[DNSUp]{1,4})?R?(?:I?T[Bc]|e(?!y?$)|n|gI|gD|g[NSU]|wI|k)')
_HEADLINES = ("title", "heading")
_LONGEST_DATELINE = 60


def author_clauses(document: Document, taken: Sequence[Bounds]) -> Iterator[tuple[Bounds, str, Bounds]]:
    """Each claim of the author's, the rule that found it, and the clause before trimming.

    `taken`: what attributions cover (contents and cues), in order; a clause that overlaps it is reported.
    """
    covered = _Covered(taken)
    kinds = {line.span.start: line.kind for line in document.lines}
    kind = "body"
    for number, start in enumerate(document.starts):
        is_first = start in kinds
        kind = kinds[start] if is_first else kind
        yield from _of_sentence(document, number, kind, covered, is_first)


def _of_sentence(
    document: Document, number: int, kind: str, covered: _Covered, is_first: bool
) -> Iterator[tuple[Bounds, str, Bounds]]:
    text, words, sentence = document.text, document.words, document.sentences[number]
    at, clauses = sentence.start, document.clauses(number)
    if is_first and (dateline := read_dateline(text[at : min(sentence.end, at + _LONGEST_DATELINE)])):
        at += dateline[1]
        clauses = split_clauses(words, at, sentence.end)
    rule = "author-clause" if len(clauses) > 1 else "author-sentence"
    if kind in _HEADLINES:
        rule = "author-headline"
    for start, clause_end in clauses:
        end = covered.reach(start, clause_end)
        if end is None:
            if is_claim(words, start, clause_end, kind):
                yield (start, clause_end), rule, (at, clause_end)
        elif _COORDINATED.match(text, end, clause_end):
            rest = trim(text, end, clause_end)
            if rest[0] < rest[1] and is_claim(words, *rest, kind):
                yield rest, "author-remainder", rest
        at = clause_end


def is_claim(words: Words, start: int, end: int, kind: str = "body") -> bool:
    """Whether a clause of the author's puts something forward: no question, fragment, instruction or thanks."""
    part = words.part(start, end)
    if not part.tags or is_question(words.text, end) or _no_claim().match(words.text, start, end):
        return False
    if kind in _HEADLINES:
        return _is_headline_clause(words, start, end)
    if part.verb >= 0 or _AFTER_MARK.search(part.tags):
        return True
    return part.tags[0] not in "WGh" and _STRONG.search(part.tags) is not None


def is_question(text: str, end: int) -> bool:
    """Whether a question mark ends what ends at the code point `end`, or stands right after it."""
    return "?" in text[end : end + 3].partition(" ")[0]


def _is_headline_clause(words: Words, start: int, end: int) -> bool:
    """Whether a headline is a clause; a left-out "is" or "are" counts as present."""
    line = words.text[start:end]
    tags = words.part(start, end).tags
    if tags.count("U") > 0.6 * len(tags):
        line = line.lower()
    tags = Words(line[:1].lower() + line[1:]).tags
    verb = likely_verb(tags, 0, len(tags))
    return 0 <= verb < len(tags) - 1 or bool(_HEADLINE.match(tags))


class _Covered:
    """What attributions cover of a text."""

    def __init__(self, taken: Sequence[Bounds]) -> None:
        self._starts = [start for start, _ in taken]
        self._ends = list(accumulate([end for _, end in taken], max))

    def reach(self, start: int, end: int) -> int | None:
        """Where the last range that overlaps a clause ends; None where none does."""
        last = bisect_left(self._starts, end) - 1
        return self._ends[last] if last >= 0 and self._ends[last] > start else None


@functools.cache
def _no_claim() -> re.Pattern[str]:
    """How thanks, instructions and clauses that only say that somebody spoke begin."""
    lexicon = read_lexicon("clause_markers")
    thanks, labels = any_case(lexicon["thanks"]), any_case(lexicon["labels"])
    return re.compile(rf"(?:{thanks})\b|(?:{labels})\s?:")
