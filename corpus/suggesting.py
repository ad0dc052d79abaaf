"""Suggestions: claims found by rule, written for a curator to accept, edit or drop.

`suggest` writes one suggestion a line; the curator sets `decision` to `accept` or `drop` and edits the mark where
it is not right. `settle` moves what was accepted into `claims.jsonl`, forgets what was dropped, and
leaves the rest.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.errors import InvalidCorpusError, SuggestionsDecidedError, UnknownArticleError
from corpus.findings import Finding
from corpus.preparing import Prepared, prepare
from corpus.records import Article, AutomaticClaim, Claim, Figure
from corpus.seeds.declarations import ClaimMark, Suggestion
from corpus.seeds.files import FolderReader
from corpus.seeds.reading import SUGGESTIONS, read_collection
from corpus.text.anchors import FoldedText
from corpus.text.spans import Span

_UNFINISHED = ("blank-open", "suggestion-open")  # what an addition under way has
Json = dict[str, Any]


def suggest(article_id: str, seeds: Path) -> tuple[Path, int]:
    """Write suggestions for an article beside its seed: the file, and how many there are.

    Claims that overlap a curated one are not suggested. Suggestions for other articles of the seed stay.
    Raises `UnknownArticleError` for an id that no seed has, and `SuggestionsDecidedError` where decisions about
    earlier suggestions would be lost.
    """
    return suggest_all([article_id], seeds)[0]


def suggest_all(article_ids: Sequence[str], seeds: Path) -> list[tuple[Path, int]]:
    """Write suggestions for several articles, as `suggest` does for one: file and number for each."""
    prepared = _prepared(seeds)
    articles = {article.article_id: article for seed in prepared.seeds for article in seed.articles}
    written = []
    for article_id in article_ids:
        if article_id not in articles:
            raise UnknownArticleError(article_id, list(articles))
        written.append(_suggest(articles[article_id], prepared, seeds))
    return written


def _suggest(article: Article, prepared: Prepared, seeds: Path) -> tuple[Path, int]:
    curated = [claim.span for claim in prepared.claims if claim.article is article]
    found = [m for m in prepared.found_in(article) if not any(m.claim.span.overlaps(span) for span in curated)]
    file = seeds / article.seed_id / SUGGESTIONS
    read = _read(seeds, file)
    own = article.article_id
    if decided := sum(s.decision != "open" for s in read if s.mark.article == own):
        raise SuggestionsDecidedError(file, decided, own)
    suggestions = [_suggestion(article, number, mark) for number, mark in enumerate(found, 1)]
    _write(file, [*(_as_json(s) for s in read if s.mark.article != own), *suggestions])
    return file, len(suggestions)


def settle(article_id: str, seeds: Path) -> tuple[int, int, int]:
    """Move accepted suggestions of an article into claims.jsonl: how many were accepted, dropped, left open."""
    prepared = _prepared(seeds)
    folder = next((s for s in prepared.collection.seeds for a in s.declaration.article if a.id == article_id), None)
    if folder is None:
        known = [a.id for s in prepared.collection.seeds for a in s.declaration.article]
        raise UnknownArticleError(article_id, known)
    file, claims = seeds / folder.seed_id / SUGGESTIONS, seeds / folder.seed_id / "claims.jsonl"
    read = _read(seeds, file)
    own = [s for s in read if s.mark.article == article_id]
    accepted = [s for s in own if s.decision == "accept"]
    taken = [mark.id for _, mark in folder.marks if mark.article == article_id]
    taken += [entry.id for entry in prepared.collection.removals if entry.article == article_id]
    number = max(map(_number, taken), default=0)
    # Not `splitlines`: a quoted text may hold U+2028 and the like, which JSON leaves as they are.
    lines = [line for line in claims.read_text("utf-8").split("\n") if line] if claims.exists() else []
    for suggestion in accepted:
        number += 1
        lines.append(json.dumps(_plain(suggestion.mark) | {"id": f"{article_id}-c{number:03}"}, ensure_ascii=False))
    if accepted:
        _replace(claims, "\n".join(lines) + "\n")
    _write(file, [_as_json(s) for s in read if s.mark.article != article_id or s.decision == "open"])
    dropped = sum(s.decision == "drop" for s in own)
    return len(accepted), dropped, len(own) - len(accepted) - dropped


def _prepared(seeds: Path) -> Prepared:
    collection, findings = read_collection(seeds)
    findings = [finding for finding in findings if finding.code not in _UNFINISHED]
    if findings:
        raise InvalidCorpusError(findings)
    return prepare(collection)[0]


def _read(seeds: Path, file: Path) -> list[Suggestion]:
    if not file.exists():
        return []
    findings: list[Finding] = []
    rows = FolderReader(seeds, findings).read_jsonl(file, Suggestion)
    if findings:
        raise InvalidCorpusError(findings)
    return [suggestion for _, suggestion in rows]


def _write(file: Path, rows: Sequence[Json]) -> None:
    if not rows:
        file.unlink(missing_ok=True)
        return
    _replace(file, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def _replace(file: Path, text: str) -> None:
    """Put a file in its place whole: nothing half written, and a link there is replaced, not followed."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=file.parent, prefix=f".{file.name}.", delete=False
    ) as staged:
        staged.write(text)
    staged_file = Path(staged.name)
    staged_file.chmod(0o644)
    staged_file.replace(file)


def _number(claim_id: str) -> int:
    digits = claim_id.rsplit("-c", 1)[-1]
    return int(digits) if digits.isdecimal() else 0


def _as_json(suggestion: Suggestion) -> Json:
    return {
        "decision": suggestion.decision,
        "rule": suggestion.rule,
        "confidence": suggestion.confidence,
        "mark": _plain(suggestion.mark),
    }


def _plain(mark: ClaimMark) -> Json:
    return _filled(asdict(mark))


def _filled(row: Json) -> Json:
    """A row without what is empty."""
    kept: Json = {key: _filled(value) if isinstance(value, dict) else value for key, value in row.items()}
    if "figures" in kept:
        kept["figures"] = [_filled(figure) for figure in kept["figures"]]
    return {key: value for key, value in kept.items() if value not in (None, "", (), [])}


def _suggestion(article: Article, number: int, mark: AutomaticClaim) -> Json:
    claim, folded = mark.claim, FoldedText(article.text)
    row: Json = {
        "id": f"{article.article_id}-s{number:03}",
        "article": article.article_id,
        **_anchor(folded, claim.span, None),
        "voice": claim.voice,
        "attribution": claim.attribution,
        **_sources(folded, claim),
        "modality": claim.modality,
        "certainty": claim.certainty,
        "topic": claim.topic,
        "figures": [_figure(article, claim, figure) for figure in claim.figures],
    }
    return {"decision": "open", "rule": mark.rule, "confidence": mark.confidence, "mark": _filled(row)}


def _sources(folded: FoldedText, claim: Claim) -> Json:
    row: Json = {"actor": claim.actor_id, "cue_class": claim.cue_class, "via_actor": claim.via_actor_id}
    for name, span in (("claimant", claim.claimant), ("cue", claim.cue), ("via", claim.via)):
        if span is not None:
            anchor = _anchor(folded, span, claim.span)
            row[name] = anchor["exact"] if len(anchor) == 1 else anchor
    return row


def _anchor(folded: FoldedText, span: Span, nearest_to: Span | None) -> Json:
    """The words of a span, with as much of what stands around them as is needed to find them again."""
    anchor = folded.anchor(span, nearest_to)
    return _filled({"exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix})


def _figure(article: Article, claim: Claim, figure: Figure) -> Json:
    is_range = figure.comparator == "range"
    return {
        "exact": figure.span.of(article.text),
        "prefix": article.text[max(claim.span.start, figure.span.start - 10) : figure.span.start],
        "value": figure.value,
        "low": figure.low if is_range else None,
        "high": figure.high if is_range else None,
        "comparator": figure.comparator,
        "unit": figure.unit,
        "counted": figure.counted,
        "as_of_basis": figure.as_of_basis,
    }
