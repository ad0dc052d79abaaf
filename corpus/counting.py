"""Counted tables and agreement, printed in the terminal or as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.drawing import draw_table, open_console
from corpus.errors import UnknownTableError
from corpus.evaluating.documents import Document, documents_of, read_documents
from corpus.evaluating.scoring import Score, score, score_labels
from corpus.loading import load, require_texts
from corpus.names import MANIFEST
from corpus.tables.agreeing import LABELS, Agreement, measure_agreement
from corpus.tables.facts import QUERIES, count_facts
from schemas import TABLES

_CAVEAT = "Counts of what is here: no measure of the press, and no judgement of any claim."


def print_stats(dist: Path, names: Sequence[str], *, as_json: bool) -> None:
    """Print the counted tables of those names, all if none are named. Raises `UnknownTableError`."""
    for name in names:
        if name not in QUERIES:
            raise UnknownTableError(name, QUERIES)
    require_texts(dist)
    facts = count_facts({name: load(name, dist, as_="arrow") for name in TABLES})
    tables = [table for table in facts.tables if not names or table.name in names]
    if as_json:
        counted = {table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in tables}
        everything = counted if names else {"rows": dict(facts.rows), **facts.numbers, **counted}
        print(json.dumps(everything, ensure_ascii=True, indent=1, default=str))  # noqa: T201
        return
    console = open_console()
    if not names:
        draw_table(console, ("table", "rows"), list(facts.rows.items()), title="Rows")
    for table in tables:
        draw_table(console, table.columns, table.rows, title=table.title, name=table.name, note=table.note)
    console.print(_CAVEAT, style="dim")


def print_agreement(dist: Path, *, as_json: bool) -> None:
    """Print how far the annotation passes agree, overall and by article."""
    require_texts(dist)
    measured = measure_agreement(load("claim_passes", dist, as_="arrow"))
    if as_json:
        print(json.dumps([vars(agreement) for agreement in measured], indent=1))  # noqa: T201
        return
    columns = ("articles", "marks", "exact F1", "F1, half overlap", *(f"{label} α" for label in LABELS))
    note = "α: Krippendorff's alpha (nominal) of matched marks; – where all marks have one label."
    rows = [_agreement_row(row) for row in measured]
    draw_table(open_console(), columns, rows, title="Agreement between the passes", note=note)


def print_scores(gold: Path, predicted: Path | None, *, as_json: bool) -> None:
    """Print how far marks agree with gold marks. Without `predicted`: the automatic claims of the dataset `gold`."""
    there = _documents(gold, "claims")
    if predicted is None:
        found = _documents(gold, "claims_automatic")
    else:
        found = _documents(predicted, "claims", {key: one.text for key, one in there.items() if one.text})
    scores, labels = score(there, found), score_labels(there, found)
    if as_json:
        rows = [asdict(row) | {"f1": row.counts.f1} for row in scores]
        print(json.dumps({"scores": rows, "labels": [asdict(label) for label in labels]}, indent=1))  # noqa: T201
        return
    columns = ("measure", "marks", "gold", "predicted", "precision", "recall", "F1", "95 % of resampled F1")
    console = open_console()
    draw_table(console, columns, [_score_row(row) for row in scores], title="Marks against gold")
    shares = [(label.label, label.matched, f"{label.same / max(label.matched, 1):.3f}") for label in labels]
    draw_table(console, ("label", "matched", "same"), shares, title="Labels of matched marks")


def _documents(place: Path, table: str, texts: Mapping[str, str] | None = None) -> dict[str, Document]:
    """Documents with marks: the rows of a table where the place is a built dataset, else what stands in its files."""
    if not (place / MANIFEST).is_file():
        return read_documents(place, texts)
    require_texts(place)
    return documents_of(load("articles", place).iter_rows(named=True), load(table, place).iter_rows(named=True))


def _score_row(row: Score) -> tuple[str | int, ...]:
    counts = row.counts
    shares = (f"{value:.3f}" for value in (counts.precision, counts.recall, counts.f1))
    return (row.measure, row.marks, counts.gold, counts.predicted, *shares, f"{row.low:.3f} to {row.high:.3f}")


def _agreement_row(row: Agreement) -> tuple[str, ...]:
    alphas = ("–" if row.alphas[label] is None else f"{row.alphas[label]:.3f}" for label in LABELS)
    marks = ", ".join(map(str, row.marks))
    return (row.scope, marks, f"{row.exact_f1:.3f}", f"{row.overlap_f1:.3f}", *alphas)
