"""The claims of a text: what the article asserts itself, and what it reports."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.extracting.attributions import Attribution, find_attributions
from corpus.extracting.authoring import Line, author_clauses, is_question
from corpus.extracting.clauses import split_clauses
from corpus.extracting.figures import FoundFigure, find_figures
from corpus.extracting.labels import certainty, modality, topic
from corpus.extracting.quotations import Quotation, find_quotations
from corpus.extracting.selecting import select, unattributed
from corpus.extracting.trimming import trim
from corpus.extracting.wordlists import read_lexicon
from corpus.text.paragraphs import ArticleShape, find_paragraphs
from corpus.text.sentences import split_sentences
from corpus.text.spans import Span

_MARKED_KINDS = ("title", "heading", "body", "caption")
_LONGEST_HEADLINE = 160


@dataclass(frozen=True, slots=True)
class ExtractedClaim:
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


def extract_claims(
    text: str, language: str = "en", marked: Sequence[Span] | None = None, beyond_scheme: bool = False
) -> list[ExtractedClaim]:
    """The claims of `text` (one paragraph per line), in text order; those of the scheme do not overlap.

    `marked`: the paragraphs in which claims are sought, where their kinds are known; else the kinds are told by their
    shape. `beyond_scheme`: with the attributions that make no claim of the scheme, which may lie within claims.
    In another language than English only quotations (as direct claims) and figures are found.
    """
    lines = list(_lines(text, marked))
    quotations = find_quotations(text)
    if language != "en":
        return _quoted_claims(text, lines, quotations, language)
    sentences = [span.shifted(line.span.start) for line in lines for span in split_sentences(line.span.of(text))]
    attributions = find_attributions(text, sentences, quotations)
    claims = claims_of(text, lines, sentences, quotations, select(text, sentences, attributions))
    if beyond_scheme:
        claims += _outside_scheme(text, attributions, quotations, {claim.cue_start for claim in claims})
        claims.sort(key=lambda claim: (claim.char_start, claim.char_end))
    return claims


def claims_of(
    text: str,
    lines: Sequence[Line],
    sentences: Sequence[Span],
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
) -> list[ExtractedClaim]:
    """The claims of a text whose sentences, quotations and attributions are known."""
    quoted = _Quoted(quotations)
    found: list[ExtractedClaim] = []
    taken: list[Span] = []
    for attribution in attributions:
        spans = list(_reported_spans(text, attribution, sentences))
        if spans:
            taken += [*attribution.content, *([attribution.cue] if attribution.cue else [])]
        found += (_reported(text, span, attribution, quoted) for span in spans)
    taken.sort()
    for attribution in unattributed(text, sentences, quotations, taken):
        found += (_reported(text, span, attribution, quoted) for span in _reported_spans(text, attribution, sentences))
        taken += attribution.content
    for span, rule, whole in author_clauses(text, lines, sentences, sorted(taken)):
        found.append(_authored(text, span, rule, whole))
    return _disjoint(found)


def _lines(text: str, marked: Sequence[Span] | None) -> Iterator[Line]:
    if marked is not None:
        for span in marked:
            words = span.of(text)
            is_short = len(words) <= _LONGEST_HEADLINE and not words.rstrip('”"’)').endswith((".", "!", ":", "…"))
            yield Line(span, "heading" if is_short else "body")
        return
    for paragraph in find_paragraphs(text, ArticleShape()):
        if paragraph.kind in _MARKED_KINDS and len(paragraph.span):
            yield Line(paragraph.span, paragraph.kind)


def _reported_spans(text: str, attribution: Attribution, sentences: Sequence[Span]) -> Iterator[Span]:
    """The claims in what an attribution reports: its clauses, sentence by sentence, without questions."""
    for content in attribution.content:
        first = max(0, bisect_right(sentences, content.start, key=lambda span: span.start) - 1)
        for index in range(first, len(sentences)):
            sentence = sentences[index]
            if sentence.start >= content.end:
                break
            if sentence.end <= content.start:
                continue
            piece = Span(max(content.start, sentence.start), min(content.end, sentence.end))
            clauses = split_clauses(text, piece, is_reported=True)
            yield from (clause for clause in clauses if not is_question(text, clause))


def _outside_scheme(
    text: str, attributions: Iterable[Attribution], quotations: Sequence[Quotation], taken: Collection[int | None]
) -> Iterator[ExtractedClaim]:
    """The attributions whose cue no claim has, each content as it stands; `taken`: where the cues of claims start."""
    quoted = _Quoted(quotations)
    for attribution in attributions:
        if attribution.cue and attribution.cue.start not in taken:
            for span in (piece for content in attribution.content for piece in _by_line(text, content)):
                yield replace(_reported(text, span, attribution, quoted), in_scheme=False)


def _by_line(text: str, span: Span) -> Iterator[Span]:
    """The parts of a span that lie in one paragraph each."""
    start = span.start
    for line in span.of(text).split("\n"):
        if part := trim(text, Span(start, start + len(line))):
            yield part
        start += len(line) + 1


def _reported(text: str, span: Span, attribution: Attribution, quoted: _Quoted) -> ExtractedClaim:
    words = span.of(text)
    sure = attribution.certainty if attribution.certainty != "asserted" else certainty(words)
    rule = f"reported-{attribution.rule}".replace(" ", "-")
    return ExtractedClaim(
        *(span.start, span.end, "reported", quoted.kind(text, span)),
        *_bounds(attribution.source),
        *_bounds(attribution.cue),
        attribution.cue_class,
        *_bounds(attribution.via),
        *(modality(words, "reported"), sure),
        topic(words),
        tuple(find_figures(text, span)),
        rule,
        _confidence(rule),
    )


def _bounds(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)


def _authored(text: str, span: Span, rule: str, whole: Span) -> ExtractedClaim:
    """A claim of the author's; `whole` holds it with what was trimmed, where a hedge may stand."""
    words = span.of(text)
    return ExtractedClaim(
        *(span.start, span.end, "author", "none"),
        *(None, None, None, None, None, None, None),
        *(modality(words, "author"), certainty(whole.of(text))),
        topic(words),
        tuple(find_figures(text, span)),
        rule,
        _confidence(rule),
    )


def _quoted_claims(
    text: str, lines: Sequence[Line], quotations: Iterable[Quotation], language: str
) -> list[ExtractedClaim]:
    """Quotations of speech as direct claims, for texts whose language the rules do not know."""
    starts = [line.span.start for line in lines]
    found = []
    for quotation in quotations:
        span = trim(text, quotation.inner)
        index = bisect_right(starts, span.start) - 1
        if not quotation.is_speech or not len(span) or index < 0 or not span.within(lines[index].span):
            continue
        found.append(
            ExtractedClaim(
                *(span.start, span.end, "reported", "direct"),
                *(None, None, None, None, None, None, None),
                *("fact", "asserted"),
                None,
                tuple(find_figures(text, span, language)),
                "quotation-only",
                _confidence("quotation-only"),
            )
        )
    return found


def _disjoint(found: Iterable[ExtractedClaim]) -> list[ExtractedClaim]:
    """The claims in text order; of two that overlap the shorter one, that is what an inner cue reports."""
    kept: list[ExtractedClaim] = []
    for claim in sorted(found, key=lambda claim: (claim.char_start, claim.char_end)):
        if kept and claim.char_start < kept[-1].char_end:
            if claim.char_end - claim.char_start >= kept[-1].char_end - kept[-1].char_start:
                continue
            kept.pop()
        kept.append(claim)
    return kept


class _Quoted:
    """Where a text is quoted."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._spans = [quotation.outer for quotation in quotations]
        self._starts = [span.start for span in self._spans]

    def kind(self, text: str, span: Span) -> str:
        """`direct` where the whole span is quoted, `mixed` where a part is, else `indirect`."""
        index = max(0, bisect_right(self._starts, span.start) - 1)
        near = [quoted for quoted in self._spans[index : index + 1] if quoted.overlaps(span)]
        if near and span.within(near[0]):
            return "direct"
        following = index + 1 < len(self._spans) and self._spans[index + 1].overlaps(span)
        return "mixed" if near or following else "indirect"


@functools.cache
def _confidence(rule: str) -> float:
    return float(read_lexicon("claim_confidence").get(rule, 0.5))
