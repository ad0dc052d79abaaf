"""Figures found by rule against curated ones: the same words, or half of them, with the same value and comparator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.evaluating.documents import Mark
from corpus.evaluating.scoring import Counts, match
from corpus.text.spans import Span

Row = Mapping[str, Any]


def score_figures(gold: Sequence[Row], predicted: Sequence[Row]) -> Counts:
    """Figures matched by overlap whose value, bounds and comparator are right, over rows of the figure tables."""
    articles = {row["article_id"] for row in gold}
    counts = Counts()
    for article_id in sorted(articles):
        there = [_mark(row) for row in gold if row["article_id"] == article_id]
        found = [_mark(row) for row in predicted if row["article_id"] == article_id]
        hits = sum(one.labels == other.labels for one, other, _ in match(there, found))
        counts += Counts(hits, hits, len(there), len(found))
    return counts


def _mark(row: Row) -> Mark:
    is_range = row["comparator"] == "range"
    value = (row["value_low"], row["value_high"]) if is_range else row["value"]
    return Mark((Span(row["char_start"], row["char_end"]),), {"value": str(value), "comparator": row["comparator"]})
