"""How far annotation passes agree: spans by F1, labels by a coefficient corrected for chance.

Marks of two passes are matched one to one within an article, the largest overlap first. Spans are compared
exactly and at an intersection over union of one half in code points; labels of matched marks by Krippendorff's
alpha (nominal), as nltk computes it. With more than two passes, every pair is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pyarrow as pa

from corpus.text.matching import match_by_overlap
from corpus.text.spans import Span

LABELS = (
    "voice",
    "attribution",
    "modality",
    "certainty",
    "topic",
    "actor_id",
    "claimant_text",
    "cue_text",
    "via_text",
)
Mark = dict[str, Any]


@dataclass(frozen=True)
class Agreement:
    """Agreement over some articles. `alphas`: by label; None where every mark has one and the same label."""

    scope: str
    marks: tuple[int, ...]
    exact_f1: float
    overlap_f1: float
    alphas: Mapping[str, float | None]
    same: Mapping[str, float]


def measure_agreement(passes: pa.Table) -> list[Agreement]:
    """Agreement overall, then for each article, from the rows of `claim_passes`; empty for fewer than two passes."""
    by_article: dict[str, dict[str, list[Mark]]] = {}
    names = sorted(set(passes["pass_id"].to_pylist()))
    if len(names) < 2:
        return []
    for mark in passes.to_pylist():
        by_article.setdefault(mark["article_id"], {name: [] for name in names})[mark["pass_id"]].append(mark)
    scopes = [("all articles", list(by_article.values()))]
    scopes += [(article_id, [marks]) for article_id, marks in sorted(by_article.items())]
    return [_measured(scope, articles, names) for scope, articles in scopes]


def _measured(scope: str, articles: Sequence[Mapping[str, Sequence[Mark]]], names: Sequence[str]) -> Agreement:
    exact = overlapping = total = 0
    pairs: list[tuple[Mark, Mark]] = []
    for marks in articles:
        for left, right in combinations(names, 2):
            matched = match_by_overlap(marks[left], marks[right], _overlap)
            exact += sum(ratio == 1.0 for *_, ratio in matched)
            overlapping += len(matched)
            total += len(marks[left]) + len(marks[right])
            pairs += [(one, other) for one, other, _ in matched]
    counts = tuple(sum(len(marks[name]) for marks in articles) for name in names)
    alphas = {label: _alpha(pairs, label) for label in LABELS}
    same = {label: _share(one[label] == other[label] for one, other in pairs) for label in LABELS}
    f1s = (2 * exact / total, 2 * overlapping / total) if total else (1.0, 1.0)
    return Agreement(scope, counts, *f1s, alphas, same)


def _overlap(one: Mark, other: Mark) -> float:
    return _span(one).overlap_ratio(_span(other))


def _span(mark: Mark) -> Span:
    return Span(mark["char_start"], mark["char_end"])


def _alpha(pairs: Sequence[tuple[Mark, Mark]], label: str) -> float | None:
    from nltk.metrics.agreement import AnnotationTask

    rows = [
        (coder, str(item), str(mark[label]))
        for item, pair in enumerate(pairs)
        for coder, mark in zip(("left", "right"), pair, strict=True)
    ]
    if len({value for *_, value in rows}) < 2:
        return None  # with a single label there is no chance agreement to correct for
    return float(AnnotationTask(data=rows).alpha())


def _share(matches: Iterable[bool]) -> float:
    outcomes = list(matches)
    return sum(outcomes) / len(outcomes) if outcomes else 1.0
