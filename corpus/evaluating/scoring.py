"""Precision, recall and F1 of marks against gold marks, with bootstrap intervals over documents.

Exact: the same code points. Overlap: intersection over union of at least one half in code points, matched one
to one, the largest first. Token: words inside and outside the marks. Labels: the share of matched marks (by
overlap) that have the gold label. Intervals: percentiles of documents drawn with replacement (Efron 1979).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.evaluating.documents import LABELS, Document, Mark
from corpus.text.matching import match_by_overlap

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True)
class Counts:
    """What was found of what is there: `hits` of gold and of predicted units, `gold` and `predicted` in all."""

    gold_hits: int = 0
    predicted_hits: int = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.gold_hits + other.gold_hits,
            self.predicted_hits + other.predicted_hits,
            self.gold + other.gold,
            self.predicted + other.predicted,
        )

    @property
    def precision(self) -> float:
        """Share of the predicted units that are right."""
        return self.predicted_hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold units that were found."""
        return self.gold_hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def told(self) -> float:
        """F1; precision where nothing says how much there is to find, as for the marks of one rule among many."""
        return self.f1 if self.gold else self.precision


@dataclass(frozen=True)
class Score:
    """A measure over some marks, with the interval in which 95 of 100 resampled corpora have it (`Counts.told`)."""

    measure: str
    marks: str
    counts: Counts
    low: float
    high: float


@dataclass(frozen=True)
class LabelScore:
    """The share of matched marks with the gold label."""

    label: str
    matched: int
    same: int


Counter = Callable[[Document, Document], Counts]


def score(gold: Mapping[str, Document], predicted: Mapping[str, Document], rounds: int = 200) -> list[Score]:
    """All measures over all marks, and overlap by voice, attribution and rule."""
    pairs = [(document, predicted.get(key, Document(key, None, ()))) for key, document in sorted(gold.items())]
    scores = [
        _resampled("exact", "all", pairs, count_exact, rounds),
        _resampled("overlap", "all", pairs, count_overlap, rounds),
        _resampled("token", "all", pairs, count_tokens, rounds),
    ]
    for label in ("voice", "attribution"):
        values = sorted({str(m.labels.get(label)) for document, _ in pairs for m in document.marks} - {"None"})
        scores += [_resampled("overlap", f"{label} {v}", pairs, _of_label(label, v), rounds) for v in values]
    rules = sorted({mark.rule for _, document in pairs for mark in document.marks if mark.rule})
    scores += [_resampled("overlap", f"rule {rule}", pairs, _of_rule(rule), rounds) for rule in rules]
    return scores


def score_labels(gold: Mapping[str, Document], predicted: Mapping[str, Document]) -> list[LabelScore]:
    """For each label that both sides carry, how many matched marks agree on it."""
    matched = [
        (one, other)
        for key, document in gold.items()
        for one, other, _ in match(document.marks, predicted[key].marks if key in predicted else ())
    ]
    found = []
    for label in LABELS:
        both = [(one.labels.get(label), other.labels.get(label)) for one, other in matched]
        if any(value is not None for _, value in both):
            found.append(LabelScore(label, len(both), sum(one == other for one, other in both)))
    return found


def match(gold: Sequence[Mark], predicted: Sequence[Mark]) -> list[tuple[Mark, Mark, float]]:
    """Marks that share half or more, each in one pair, the largest overlap first."""
    return match_by_overlap(gold, predicted, overlap_ratio)


def overlap_ratio(one: Mark, other: Mark) -> float:
    """Intersection over union of two marks in code points."""
    if one.spans[-1].end <= other.spans[0].start or other.spans[-1].end <= one.spans[0].start:
        return 0.0
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.spans for b in other.spans)
    union = sum(map(len, one.spans)) + sum(map(len, other.spans)) - shared
    return shared / union if union else 0.0


def count_exact(gold: Document, predicted: Document) -> Counts:
    """Marks with the same code points."""
    there, found = {mark.spans for mark in gold.marks}, {mark.spans for mark in predicted.marks}
    hits = len(there & found)
    return Counts(hits, hits, len(gold.marks), len(predicted.marks))


def count_overlap(gold: Document, predicted: Document) -> Counts:
    """Marks matched by overlap."""
    hits = len(match(gold.marks, predicted.marks))
    return Counts(hits, hits, len(gold.marks), len(predicted.marks))


def count_tokens(gold: Document, predicted: Document) -> Counts:
    """Words inside the marks; nothing where the text is not known."""
    there, found = _words(gold, gold.marks), _words(gold, predicted.marks)
    hits = len(there & found)
    return Counts(hits, hits, len(there), len(found))


def _words(document: Document, marks: Sequence[Mark]) -> set[int]:
    text = document.text or ""
    return {
        match.start()
        for mark in marks
        for span in mark.spans
        for match in _WORD.finditer(text, span.start, min(span.end, len(text)))
    }


def _of_label(label: str, value: str) -> Counter:
    def count(gold: Document, predicted: Document) -> Counts:
        there = [mark for mark in gold.marks if str(mark.labels.get(label)) == value]
        found = [mark for mark in predicted.marks if str(mark.labels.get(label)) == value]
        return Counts(len(match(there, predicted.marks)), len(match(gold.marks, found)), len(there), len(found))

    return count


def _of_rule(rule: str) -> Counter:
    def count(gold: Document, predicted: Document) -> Counts:
        found = [mark for mark in predicted.marks if mark.rule == rule]
        return Counts(0, len(match(gold.marks, found)), 0, len(found))

    return count


def _resampled(
    measure: str, marks: str, pairs: Sequence[tuple[Document, Document]], counter: Counter, rounds: int
) -> Score:
    """The measure over all documents, and the middle 95 percent of it over resampled ones (seeded)."""
    counted = [counter(*pair) for pair in pairs]
    generator = random.Random(0)  # noqa: S311 - resampling, not secrets
    drawn = sorted(
        sum(generator.choices(counted, k=len(counted)), Counts()).told for _ in range(rounds if counted else 0)
    )
    low, high = (drawn[int(0.025 * rounds)], drawn[int(0.975 * rounds)]) if drawn else (0.0, 0.0)
    return Score(measure, marks, sum(counted, Counts()), low, high)
