"""The claims of a text: what the article asserts itself, and what it reports."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from corpus.extracting.attributions import Attribution, find_attributions
from corpus.extracting.authoring import author_clauses, is_question
from corpus.extracting.clauses import split_clauses
from corpus.extracting.documents import Document, Line
from corpus.extracting.figures import FoundFigure, find_figures
from corpus.extracting.labels import certainty, modality, topic
from corpus.extracting.quotations import Quotation, find_quotations
from corpus.extracting.selecting import select, unattributed
from corpus.extracting.trimming import trim
from corpus.extracting.wordlists import read_lexicon
from corpus.text.paragraphs import ArticleShape, kinds_of_lines
from corpus.text.sentences import split_sentences
from corpus.text.spans import Bounds, Span

_MARKED_KINDS = ("title", "heading", "body", "caption")
_LONGEST_HEADLINE = 160
_BARE_TEXT = ArticleShape()


_RANGE = itemgetter(0, 1)  # of a claim: where it starts and ends


_ASSERTING = frozenset((None, "say", "write", "think", "show", "according_to"))
_CLAUSAL_COMPLEMENTS = frozenset("that clause quote left wh lead trail bare paren colon as alone carried only".split())


class ExtractedClaim(NamedTuple):
    """A claim, its fields named as the columns of the table `claims`; offsets are code points of the whole text.

    `rule` names the rule that found it, `confidence` is that rule's measured precision (0 to 1). `in_scheme` is False
    for what somebody is said to want, order, like or merely mention: an attribution, but no claim of the scheme.
    """

    char_start: int
    char_end: int
    voice: str
    attribution: str
    claimant_start: int | None
    claimant_end: int | None
    cue_start: int | None
    cue_end: int | None
    cue_class: str | None
    via_start: int | None
    via_end: int | None
    modality: str
    certainty: str
    topic: str | None
    figures: tuple[FoundFigure, ...]
    rule: str
    confidence: float
    in_scheme: bool = True

    @property
    def is_assertion(self) -> bool:
        """Whether it is asserted: by the author, or by whom it is reported from, in a clause or in quotation marks.

        What somebody wants or orders is none, nor is a content that is only a phrase (`announced a strike`).
        """
        if self.voice == "author":
            return True
        parts = self.rule.split("-")
        is_clausal = parts[-1] in _CLAUSAL_COMPLEMENTS and parts[1] not in ("nominal", "headline")
        return is_clausal and self.cue_class in _ASSERTING


class Structure(NamedTuple):
    """The paragraphs of a text in which claims are sought, and their sentences, where both are known."""

    marked: Sequence[Span]
    sentences: Sequence[Span]


def extract_claims(
    text: str, language: str = "en", structure: Structure | None = None, beyond_scheme: bool = False
) -> list[ExtractedClaim]:
    """The claims of `text` (one paragraph per line), in text order; those of the scheme do not overlap.

    Without a `structure`, which lines are paragraphs is told by their shape. `beyond_scheme`: with the attributions
    that make no claim of the scheme, which may lie within claims. In another language than English only quotations (as
    direct claims) and figures are found.
    """
    lines = list(_lines(text, structure.marked if structure else None))
    quotations = find_quotations(text)
    if language != "en":
        return _quoted_claims(Document(text, lines, (), quotations), language)
    sentences = structure.sentences if structure else _sentences(text, lines)
    document = Document(text, lines, sentences, quotations)
    attributions = find_attributions(document.words, sentences, quotations)
    claims = claims_of(document, select(document, attributions))
    if beyond_scheme:
        claims += _outside_scheme(document, attributions, {claim.cue_start for claim in claims})
        claims.sort(key=_RANGE)
    return claims


def claims_of(document: Document, attributions: Sequence[Attribution]) -> list[ExtractedClaim]:
    """The claims of a text whose attributions are known."""
    quoted = _Quoted(document.quotations)
    found: list[ExtractedClaim] = []
    taken: list[Bounds] = []
    for attribution in attributions:
        spans = _reported_spans(document, attribution)
        if spans:
            taken += [(span.start, span.end) for span in (*attribution.content, attribution.cue) if span is not None]
        found += [_reported(document, span, attribution, quoted) for span in spans]
    taken.sort()
    for attribution in unattributed(document, taken):
        found += [_reported(document, span, attribution, quoted) for span in _reported_spans(document, attribution)]
        taken += [(span.start, span.end) for span in attribution.content]
    taken.sort()
    for span, rule, whole in author_clauses(document, taken):
        found.append(_authored(document, span, rule, whole))
    return _disjoint(found)


def _lines(text: str, marked: Sequence[Span] | None) -> Iterator[Line]:
    if marked is not None:
        for span in marked:
            words = span.of(text)
            is_short = len(words) <= _LONGEST_HEADLINE and not words.rstrip('”"’)').endswith((".", "!", ":", "…"))
            yield Line(span, "heading" if is_short else "body")
        return
    lines, at = text.split("\n"), 0
    for line, kind in zip(lines, kinds_of_lines(lines, _BARE_TEXT), strict=True):
        if line and kind in _MARKED_KINDS:
            yield Line(Span(at, at + len(line)), kind)
        at += len(line) + 1


def _sentences(text: str, lines: Sequence[Line]) -> list[Span]:
    """The sentences of those lines of a text in which claims are sought."""
    starts, ends = [line.span.start for line in lines], [line.span.end for line in lines]
    found = []
    for sentence in split_sentences(text):
        line = bisect_right(starts, sentence.start) - 1
        if line >= 0 and sentence.end <= ends[line]:
            found.append(sentence)
    return found


def _reported_spans(document: Document, attribution: Attribution) -> list[Bounds]:
    """The claims in what an attribution reports: its clauses, sentence by sentence, without questions."""
    found: list[Bounds] = []
    sentences = document.sentences
    for content in attribution.content:
        for index in range(max(0, document.sentence_at(content.start)), len(sentences)):
            sentence = sentences[index]
            if sentence.start >= content.end:
                break
            if sentence.end <= content.start:
                continue
            start, end = max(content.start, sentence.start), min(content.end, sentence.end)
            clauses = split_clauses(document.words, start, end, is_reported=True)
            found += [clause for clause in clauses if not is_question(document.text, clause[1])]
    return found


def _outside_scheme(
    document: Document, attributions: Iterable[Attribution], taken: Collection[int | None]
) -> Iterator[ExtractedClaim]:
    """The attributions whose cue no claim has, each content as it stands; `taken`: where the cues of claims start."""
    quoted = _Quoted(document.quotations)
    for attribution in attributions:
        if attribution.cue is not None and attribution.cue.start not in taken:
            for content in attribution.content:
                for span in _by_line(document.text, content):
                    yield _reported(document, span, attribution, quoted, in_scheme=False)


def _by_line(text: str, span: Span) -> Iterator[Bounds]:
    """The parts of a span that lie in one paragraph each."""
    start = span.start
    for line in span.of(text).split("\n"):
        part = trim(text, start, start + len(line))
        if part[0] < part[1]:
            yield part
        start += len(line) + 1


def _reported(
    document: Document, span: Bounds, attribution: Attribution, quoted: _Quoted, *, in_scheme: bool = True
) -> ExtractedClaim:
    start, end = span
    part = document.words.part(start, end)
    rule, confidence = _of_rule(attribution.rule)
    claimant, cue, via = attribution.source, attribution.cue, attribution.via
    return ExtractedClaim(
        start,
        end,
        "reported",
        quoted.kind(start, end),
        None if claimant is None else claimant.start,
        None if claimant is None else claimant.end,
        None if cue is None else cue.start,
        None if cue is None else cue.end,
        attribution.cue_class,
        None if via is None else via.start,
        None if via is None else via.end,
        modality(part, "reported"),
        attribution.certainty if attribution.certainty != "asserted" else certainty(part),
        topic(part),
        tuple(find_figures(document.words, start, end)),
        rule,
        confidence,
        in_scheme,
    )


def _authored(document: Document, span: Bounds, rule: str, whole: Bounds) -> ExtractedClaim:
    """A claim of the author's; `whole` holds it with what was trimmed, where a hedge may stand."""
    part = document.words.part(*span)
    return ExtractedClaim(
        *(*span, "author", "none"),
        *(None, None, None, None, None, None, None),
        *(modality(part, "author"), certainty(document.words.part(*whole))),
        topic(part),
        tuple(find_figures(document.words, *span)),
        rule,
        _confidence(rule),
    )


def _quoted_claims(document: Document, language: str) -> list[ExtractedClaim]:
    """Quotations of speech as direct claims, for texts whose language the rules do not know."""
    lines = [line.span for line in document.lines]
    starts = [line.start for line in lines]
    found = []
    for quotation in document.quotations:
        start, end = trim(document.text, quotation.inner.start, quotation.inner.end)
        index = bisect_right(starts, start) - 1
        if not quotation.is_speech or start >= end or index < 0 or end > lines[index].end:
            continue
        found.append(
            ExtractedClaim(
                *(start, end, "reported", "direct"),
                *(None, None, None, None, None, None, None),
                *("fact", "asserted"),
                None,
                tuple(find_figures(document.words, start, end, language)),
                "quotation-only",
                _confidence("quotation-only"),
            )
        )
    return found


def _disjoint(found: Iterable[ExtractedClaim]) -> list[ExtractedClaim]:
    """The claims in text order; of two that overlap the shorter one, that is what an inner cue reports."""
    kept: list[ExtractedClaim] = []
    for claim in sorted(found, key=_RANGE):
        if kept and claim.char_start < kept[-1].char_end:
            if claim.char_end - claim.char_start >= kept[-1].char_end - kept[-1].char_start:
                continue
            kept.pop()
        kept.append(claim)
    return kept


class _Quoted:
    """Where a text is quoted."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._starts = [quotation.outer.start for quotation in quotations]
        self._ends = [quotation.outer.end for quotation in quotations]

    def kind(self, start: int, end: int) -> str:
        """`direct` where the whole range is quoted, `mixed` where a part is, else `indirect`."""
        following = bisect_right(self._starts, start)
        if following and self._ends[following - 1] > start:
            return "direct" if end <= self._ends[following - 1] else "mixed"
        return "mixed" if following < len(self._starts) and self._starts[following] < end else "indirect"


@functools.cache
def _of_rule(rule: str) -> tuple[str, float]:
    """The name of a claim's rule by that of its attribution, and the rule's confidence."""
    name = f"reported-{rule}".replace(" ", "-")
    return name, _confidence(name)


@functools.cache
def _confidence(rule: str) -> float:
    return float(read_lexicon("claim_confidence").get(rule, 0.5))
