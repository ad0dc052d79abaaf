"""The datasheet: every question of the checklist with an answer, and what the corpus holds, counted."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import pyarrow as pa

from corpus.evaluating.documents import documents_of
from corpus.evaluating.figures import score_figures
from corpus.evaluating.scoring import score as score_marks
from corpus.evaluating.scoring import score_labels
from corpus.findings import Finding
from corpus.pages.rendering import fill_in, render, unknown_facts
from corpus.seeds.declarations import Answer, Dataset
from corpus.seeds.reading import Collection
from corpus.seeds.toml_lines import line_of
from corpus.tables.agreeing import LABELS, measure_agreement
from corpus.tables.facts import Facts

_STATUS = {"answered": "", "not_applicable": "Not applicable. ", "unknown": "Not known. "}


@dataclass(frozen=True)
class Question:
    """A question of the checklist, in the project's own words."""

    id: str
    section: str
    asks: str


@functools.cache
def checklist() -> tuple[tuple[tuple[str, str], ...], tuple[Question, ...]]:
    """The sections (id, title) and questions that a datasheet answers."""
    text = resources.files("corpus.pages").joinpath("datasheet_questions.toml").read_text("utf-8")
    data = tomllib.loads(text)
    sections = tuple((section["id"], section["title"]) for section in data["section"])
    return sections, tuple(Question(**question) for question in data["question"])


def check_questions(collection: Collection) -> list[Finding]:
    """Questions without an answer, and answers without a question."""
    if "datasheet.toml" in collection.unread:
        return []
    file, lines = f"{collection.folder}/datasheet.toml", collection.lines.get("datasheet.toml", {})
    questions = {question.id for question in checklist()[1]}
    missing = sorted(questions - {answer.question for answer in collection.answers})
    unasked = [(i, a.question) for i, a in enumerate(collection.answers) if a.question not in questions]
    code = "question-unanswered"
    return [
        *(Finding(file, 1, code, name, "an answer, or why there is none", "no [[answer]]") for name in missing),
        *(Finding(file, line_of(lines, ("answer", i)), code, n, "a question of the checklist", n) for i, n in unasked),
    ]


def check_facts(collection: Collection, facts: Facts) -> list[Finding]:
    """Answers that ask for facts that are not counted."""
    file, lines = f"{collection.folder}/datasheet.toml", collection.lines.get("datasheet.toml", {})
    expected = "counted facts, as {{ facts.rows.claims }}"
    return [
        Finding(file, line_of(lines, ("answer", index)), "question-unanswered", answer.question, expected, wrong)
        for index, answer in enumerate(collection.answers)
        for wrong in unknown_facts(answer.text, facts)
    ]


def render_datasheet(dataset: Dataset, answers: Sequence[Answer], facts: Facts, tables: Mapping[str, pa.Table]) -> str:
    """The datasheet as Markdown."""
    sections, questions = checklist()
    by_question = {answer.question: answer for answer in answers}
    return render(
        "datasheet.md.j2",
        dataset=dataset,
        facts=facts,
        sections=[
            (
                title,
                [
                    _entry(question, by_question[question.id], facts)
                    for question in questions
                    if question.section == id_
                ],
            )
            for id_, title in sections
        ],
        sources=_sources(tables),
        labels=LABELS,
        agreement=measure_agreement(tables["claim_passes"]) if "claim_passes" in tables else [],
        automatic=_automatic(tables),
    )


def _automatic(tables: Mapping[str, pa.Table]) -> dict[str, Any] | None:
    """How claims and figures found by rule compare with the curated ones; None without either."""
    if "claims" not in tables or "claims_automatic" not in tables:
        return None
    articles = tables["articles"].select(["article_id", "text"]).to_pylist()
    gold = documents_of(articles, tables["claims"].to_pylist())
    found = documents_of(articles, tables["claims_automatic"].to_pylist())
    figures = [tables[name].to_pylist() if name in tables else [] for name in ("figures", "figures_automatic")]
    scores = [score for score in score_marks(gold, found) if not score.marks.startswith("rule ")]
    return {"scores": scores, "labels": score_labels(gold, found), "figures": score_figures(*figures)}


def answer_text(answer: Answer, facts: Facts) -> str:
    """An answer with counted facts filled in; where it is none, it says so first. Raises `KeyError` as `fill_in`."""
    return _STATUS[answer.status] + fill_in(answer.text.strip(), facts)


def _entry(question: Question, answer: Answer, facts: Facts) -> dict[str, str]:
    return {
        "id": question.id,
        "asks": question.asks,
        "status": answer.status,
        "text": answer_text(answer, facts),
    }


def _sources(tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """Each source with the statements about it and the articles that it published, those with articles first."""
    if "sources" not in tables:
        return []
    statements = tables["perspectives"].to_pylist() if "perspectives" in tables else []
    columns = ["article_id", "source_id", "compiler_id"]
    articles = tables["articles"].select(columns).to_pylist() if "articles" in tables else []
    found = []
    for source in tables["sources"].to_pylist():
        own = [statement for statement in statements if statement["source_id"] == source["source_id"]]
        published = [row["article_id"] for row in articles if row["source_id"] == source["source_id"]]
        found.append({**source, "statements": own, "articles": published})
    return sorted(found, key=lambda source: (not source["articles"], "outlet" not in source["roles"]))
