"""Curated claims, anchored by their words, to spans of their articles."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.findings import Finding
from corpus.records import Article, Claim, Figure, Sentence
from corpus.seeds.declarations import ClaimMark, FigureMark, Quotation
from corpus.terminal import shortened
from corpus.text.anchors import Anchor, FoldedText
from corpus.text.dates import InvalidDateError, parse_edtf
from corpus.text.spans import Span
from schemas import labels

_MOST_COMPARED = 400


@dataclass(frozen=True)
class Known:
    """What marks may refer to. `None` stands for a register that could not be read: nothing is checked against it."""

    actors: frozenset[str] | None
    quantities: frozenset[str] | None
    topics: frozenset[str] | None


class ClaimLocator:
    """Locates the marks of one file in the articles of its seed; what is wrong collects in `findings`.

    `declared`: the ids of articles that the seed declares, found or not.
    """

    def __init__(
        self, file: str, articles: Mapping[str, Article], known: Known, declared: Collection[str] = ()
    ) -> None:
        self.file = file
        self._declared = declared
        self.findings: list[Finding] = []
        self._articles = articles
        self._known = known
        self._folded = {article_id: FoldedText(article.text) for article_id, article in articles.items()}

    def locate(self, marks: Sequence[tuple[int, ClaimMark]]) -> list[Claim]:
        """The marks that could be located, in reading order."""
        located = [(claim, line) for line, mark in marks if (claim := self._located(line, mark)) is not None]
        located.sort(key=lambda pair: (pair[0].article.seed_id, pair[0].article.position, pair[0].span))
        self._refuse_overlaps(located)
        return [claim for claim, _ in located]

    def _refuse_overlaps(self, located: Sequence[tuple[Claim, int]]) -> None:
        furthest: Claim | None = None
        for claim, line in located:
            if furthest is None or furthest.article is not claim.article:
                furthest = claim
                continue
            if furthest.span.overlaps(claim.span):
                shared = Span(claim.span.start, min(furthest.span.end, claim.span.end)).of(claim.article.text)
                found = f'"{shortened(shared)}" is also in {furthest.claim_id}'
                self._add("claim-overlap", line, claim.claim_id, f"no words of {furthest.claim_id}", found)
            if claim.span.end > furthest.span.end:
                furthest = claim

    def _add(self, code: str, line: int, record: str, expected: str, found: str) -> None:
        self.findings.append(Finding(self.file, line, code, record, expected, found))

    def _located(self, line: int, mark: ClaimMark) -> Claim | None:
        labels_hold = self._check_labels(line, mark)
        article = self._articles.get(mark.article)
        if article is None and mark.article in self._declared:
            return None  # the article was not found, which is a finding already
        if article is None:
            self._add("claim-article-unknown", line, mark.id, f"one of {', '.join(self._articles)}", mark.article)
            return None
        span = self._span(line, mark, article)
        if span is None:
            return None
        sentence = _sentence_at(article, span)
        if sentence is None:
            self._add("claim-misplaced", line, mark.id, "words of a sentence", "words of a dateline")
        if sentence is None or not labels_hold:
            return None
        return Claim(
            claim_id=mark.id,
            article=article,
            paragraph_id=sentence.paragraph_id,
            sentence_id=sentence.sentence_id,
            span=span,
            voice=mark.voice,
            attribution=mark.attribution,
            claimant=self._part("claimant", line, mark, mark.claimant, span),
            actor_id=mark.actor,
            cue=self._part("cue", line, mark, mark.cue, span),
            cue_class=mark.cue_class,
            via=self._part("via", line, mark, mark.via, span),
            via_actor_id=mark.via_actor,
            modality=mark.modality,
            certainty=mark.certainty,
            topic=mark.topic,
            figures=tuple(self._figures(line, mark, span)),
        )

    def _span(self, line: int, mark: ClaimMark, article: Article) -> Span | None:
        folded = self._folded[article.article_id]
        found = folded.occurrences(Anchor(mark.exact, mark.prefix, mark.suffix))
        words = f'"{shortened(mark.exact)}"'
        if not found:
            near = _nearest_sentence(article, mark.exact)
            says = f'nothing; nearest: "{shortened(near, 200)}"' if near else "nothing like it"
            self._add("claim-not-found", line, mark.id, f"{words} in article {article.article_id}", says)
            return None
        if len(found) > 1:
            self._add("claim-ambiguous", line, mark.id, f"{words} once", f"{len(found)} times")
            return None
        paragraph = next((p for p in article.paragraphs if found[0].within(p.span)), None)
        if paragraph is None:
            self._add("claim-across-paragraphs", line, mark.id, "words of one paragraph", words)
            return None
        if paragraph.kind not in labels.CLAIM_KINDS:
            expected = f"a paragraph of kind {', '.join(labels.CLAIM_KINDS)}"
            self._add("claim-misplaced", line, mark.id, expected, f"{paragraph.paragraph_id}, a {paragraph.kind}")
            return None
        return found[0]

    def _part(self, name: str, line: int, mark: ClaimMark, part: str | Quotation | None, claim: Span) -> Span | None:
        """Where the claimant, cue or relay stands: nearest the claim."""
        if part is None:
            return None
        anchor = Anchor(part) if isinstance(part, str) else Anchor(part.exact, part.prefix, part.suffix)
        found = self._folded[mark.article].nearest(anchor, claim)
        words = f'{name} "{shortened(anchor.exact)}"'
        if not found:
            self._add("words-not-found", line, mark.id, f"{words} in article {mark.article}", "nothing")
        elif len(found) > 1:
            self._add(
                "words-ambiguous",
                line,
                mark.id,
                f"one {words} nearest the claim",
                f"{len(found)} equally near",
            )
        return found[0] if len(found) == 1 else None

    def _check_labels(self, line: int, mark: ClaimMark) -> bool:
        """Whether every label is one of its list and the labels go together."""
        before = len(self.findings)
        for name, value, allowed in self._label_lists(mark):
            if value is not None and allowed is not None and value not in allowed:
                expected = f"{name}: one of {', '.join(sorted(allowed))}"
                self._add("term-unknown", line, mark.id, expected, shortened(value))
        for code, value, ids in (
            ("actor-unknown", mark.actor, self._known.actors),
            ("actor-unknown", mark.via_actor, self._known.actors),
            *(("quantity-unknown", figure.quantity, self._known.quantities) for figure in mark.figures),
        ):
            if value is not None and ids is not None and value not in ids:
                self._add(code, line, mark.id, "an id of the register", value)
        if contradiction := _contradiction(mark):
            self._add("labels-contradictory", line, mark.id, *contradiction)
        return len(self.findings) == before

    def _label_lists(self, mark: ClaimMark) -> Iterator[tuple[str, str | None, Sequence[str] | frozenset[str] | None]]:
        yield "voice", mark.voice, labels.VOICES
        yield "attribution", mark.attribution, labels.ATTRIBUTIONS
        yield "modality", mark.modality, labels.MODALITIES
        yield "certainty", mark.certainty, labels.CERTAINTIES
        yield "cue_class", mark.cue_class, labels.CUE_CLASSES
        yield "topic", mark.topic, self._known.topics
        for figure in mark.figures:
            yield "comparator", figure.comparator, labels.COMPARATORS
            yield "as_of_basis", figure.as_of_basis, labels.AS_OF_BASES

    def _figures(self, line: int, mark: ClaimMark, claim: Span) -> Iterator[Figure]:
        for number, figure in enumerate(mark.figures, 1):
            record = f"{mark.id}-f{number}"
            anchor = Anchor(figure.exact, figure.prefix, figure.suffix)
            found = self._folded[mark.article].occurrences(anchor, inside=claim)
            words = f'"{shortened(figure.exact)}" once in the claim'
            if len(found) != 1:
                code = "figure-ambiguous" if found else "figure-not-found"
                self._add(code, line, record, words, f"{len(found)} times")
                continue
            if problem := _figure_problem(figure):
                self._add("figure-contradictory", line, record, *problem)
                continue
            days = self._days(line, record, figure)
            if days is not None:
                yield _figure(record, found[0], figure, days)

    def _days(
        self, line: int, record: str, figure: FigureMark
    ) -> tuple[datetime.date | None, datetime.date | None] | None:
        first, last = figure.as_of_from, figure.as_of_to or figure.as_of_from
        if first is None or last is None:
            return (None, None)
        try:
            days = (parse_edtf(first).first, parse_edtf(last).last)
        except InvalidDateError as error:
            self._add("date-invalid", line, record, "days as 2024-01-31", shortened(str(error)))
            return None
        if days[1] < days[0]:
            self._add(
                "figure-contradictory", line, record, "a first day that is not after the last", f"{first}, {last}"
            )
            return None
        return days


def _sentence_at(article: Article, claim: Span) -> Sentence | None:
    """The sentence that a claim starts in."""
    return next((s for s in article.sentences if s.span.start <= claim.start < s.span.end), None)


def _nearest_sentence(article: Article, words: str) -> str:
    """The sentence most like `words`, for a message; both are cut, so that long texts cost no more."""
    matcher = SequenceMatcher(b=words[:_MOST_COMPARED], autojunk=False)
    best, likeness = "", 0.5
    for sentence in article.sentences[:_MOST_COMPARED]:
        candidate = sentence.span.of(article.text)
        matcher.set_seq1(candidate[:_MOST_COMPARED])
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness and matcher.ratio() > likeness:
            best, likeness = candidate, matcher.ratio()
    return best


def _contradiction(mark: ClaimMark) -> tuple[str, str] | None:
    names = ("claimant", "actor", "cue", "cue_class", "via", "via_actor")
    given = [name for name in names if getattr(mark, name) is not None]
    if mark.voice == "author" and (mark.attribution != "none" or given):
        return (
            "attribution none and no source for a claim of the author",
            ", ".join([mark.attribution, *given]),
        )
    if mark.voice == "reported" and mark.attribution == "none":
        return ("direct, mixed or indirect for a reported claim", "attribution none")
    return None


def _figure_problem(figure: FigureMark) -> tuple[str, str] | None:
    """What of value, bounds, comparator and days contradicts the rest: expected and found."""
    return _number_problem(figure) or _days_problem(figure)


def _number_problem(figure: FigureMark) -> tuple[str, str] | None:
    shown = f"{figure.comparator}, value {figure.value}, low {figure.low}, high {figure.high}"
    low, high = figure.low, figure.high
    if figure.comparator == "range":
        whole = figure.value is None and low is not None and high is not None and low <= high
        return None if whole else ("low and high and no value for a range", shown)
    if low is not None or high is not None:
        return ("low and high for a range only", shown)
    if figure.value is None and figure.comparator != "about":
        return ("a value, or comparator about", shown)
    return None


def _days_problem(figure: FigureMark) -> tuple[str, str] | None:
    if figure.as_of_to is not None and figure.as_of_from is None:
        return ("a first day with the last", f"last day {figure.as_of_to} only")
    if (figure.as_of_from is None) != (figure.as_of_basis == "article_date"):
        return ("days, or as_of_basis article_date", f"{figure.as_of_from}, {figure.as_of_basis}")
    return None


_BOUNDS: Mapping[str, Callable[[FigureMark], tuple[float | None, float | None]]] = {
    "range": lambda figure: (figure.low, figure.high),
    "exact": lambda figure: (figure.value, figure.value),
    "about": lambda _: (None, None),
    "at_least": lambda figure: (figure.value, None),
    "more_than": lambda figure: (figure.value, None),
    "at_most": lambda figure: (None, figure.value),
    "less_than": lambda figure: (None, figure.value),
}


def _figure(
    figure_id: str, span: Span, mark: FigureMark, days: tuple[datetime.date | None, datetime.date | None]
) -> Figure:
    low, high = _BOUNDS[mark.comparator](mark)
    return Figure(
        figure_id,
        span,
        mark.value,
        low,
        high,
        mark.comparator,
        mark.unit,
        mark.quantity,
        mark.counted,
        mark.place,
        *days,
        mark.as_of_basis,
    )
