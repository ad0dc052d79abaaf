"""How far annotation passes bear each other and the curated claims out, by their spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.records import Claim
from corpus.text.spans import Span

_OVERLAP = 0.5


def with_agreement(claims: Sequence[Claim], passes: Mapping[str, Sequence[Claim]]) -> list[Claim]:
    """The claims, each with how the passes over its article bear it out (see the column `claims.agreement`)."""
    spans: dict[str, dict[str, list[Span]]] = {}
    for pass_id, marks in passes.items():
        for mark in marks:
            spans.setdefault(mark.article.article_id, {}).setdefault(pass_id, []).append(mark.span)
    return [replace(claim, agreement=_agreement(claim.span, spans.get(claim.article.article_id))) for claim in claims]


def _agreement(span: Span, passes: Mapping[str, Sequence[Span]] | None) -> str | None:
    if not passes:
        return None
    ratios = [max(span.overlap_ratio(mark) for mark in marks) for marks in passes.values()]
    if len(ratios) > 1 and min(ratios) == 1.0:
        return "exact"
    if len(ratios) > 1 and min(ratios) >= _OVERLAP:
        return "overlap"
    return "one_pass" if max(ratios) >= _OVERLAP else "adjudicated"
