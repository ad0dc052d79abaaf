"""Scores of marks against gold marks, on marks whose scores are known by hand, and in every form they come in."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import UnreadableMarksError
from corpus.evaluating.documents import Document, Mark, documents_of, read_documents
from corpus.evaluating.figures import score_figures
from corpus.evaluating.scoring import overlap_ratio, score, score_labels
from corpus.text.spans import Span

Run = Callable[..., subprocess.CompletedProcess[str]]
TEXT = "Rents rose by four percent. Nobody knew why."


def document(*marks: tuple[int, int, str]) -> dict[str, Document]:
    """One document with marks: start, end, voice."""
    return {"a": Document("a", TEXT, tuple(Mark((Span(s, e),), {"voice": v}) for s, e, v in marks))}


def measures(gold: dict[str, Document], found: dict[str, Document]) -> dict[tuple[str, str], tuple[float, float]]:
    """Precision and recall of each measure."""
    return {
        (row.measure, row.marks): (row.counts.precision, row.counts.recall) for row in score(gold, found, rounds=10)
    }


def test_equal_marks_score_one() -> None:
    """The same marks have every score 1."""
    gold = document((0, 26, "author"), (28, 43, "author"))

    assert set(measures(gold, gold).values()) == {(1.0, 1.0)}


def test_scores_by_hand() -> None:
    """Exact, overlap and token scores are those worked out by hand."""
    gold, found = document((0, 26, "author"), (28, 43, "author")), document((0, 13, "author"), (14, 26, "reported"))

    rows = measures(gold, found)

    assert rows["exact", "all"] == (0.0, 0.0)
    assert rows["overlap", "all"] == (0.5, 0.5)  # 13 of 26 code points are just enough
    assert rows["token", "all"] == (1.0, 5 / 8)
    assert rows["overlap", "voice author"] == (1.0, 0.5)


def test_of_a_rule_the_precision_is_told() -> None:
    """No gold says which marks a rule among many should have found: it has a precision, and no recall or F1."""
    gold = document((0, 26, "author"), (28, 43, "author"))
    found = {"a": Document("a", TEXT, (Mark((Span(0, 26),), {}, "clause"), Mark((Span(5, 9),), {}, "clause")))}

    (row,) = (row for row in score(gold, found, rounds=10) if row.marks == "rule clause")

    assert (row.counts.precision, row.counts.gold, row.low, row.high) == (0.5, 0, 0.5, 0.5)


def test_labels_of_matched_marks() -> None:
    """Labels are compared where marks match, and only those that the scored marks carry."""
    gold, found = document((0, 26, "author"), (28, 43, "author")), document((0, 26, "reported"), (28, 43, "author"))

    assert [(row.label, row.matched, row.same) for row in score_labels(gold, found)] == [("voice", 2, 1)]


def test_discontinuous_marks_overlap() -> None:
    """A mark in two pieces overlaps by all its code points."""
    assert overlap_ratio(Mark((Span(0, 4), Span(6, 10))), Mark((Span(0, 10),))) == pytest.approx(0.8)


def test_missing_and_extra_documents() -> None:
    """A document without predictions counts as missed; one that gold has not counts for nothing."""
    gold = document((0, 26, "author"))

    assert measures(gold, {})["overlap", "all"] == (0.0, 0.0)
    assert measures(gold, {**gold, "b": Document("b", TEXT, gold["a"].marks)})["overlap", "all"] == (1.0, 1.0)


def test_every_form_gives_the_same_marks(tmp_path: Path) -> None:
    """The same marks as rows, as JSON Lines of either kind, and as brat standoff are the same."""
    row = {"article_id": "a", "char_start": 0, "char_end": 26}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n")
    line = {"id": "a", "text": TEXT, "attributions": [{"content": [[0, 26]]}]}
    (tmp_path / "lines.jsonl").write_text(json.dumps(line) + "\n")
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat/a.ann").write_text(f"T1\tClaim 0 26\t{TEXT[:26]}\nT2\tCue 6 10\trose\n")
    (tmp_path / "brat/a.txt").write_text(TEXT)

    forms = [read_documents(tmp_path / name) for name in ("rows.jsonl", "lines.jsonl", "brat")]
    forms.append(documents_of([{"article_id": "a", "text": TEXT}], [row]))

    assert {tuple(mark.spans for mark in form["a"].marks) for form in forms} == {((Span(0, 26),),)}


@pytest.mark.parametrize(
    "content", ["{", "[1]", '{"id": 1}', '{"id": "a", "attributions": [{"content": [[5, 2]]}]}', "NaN"]
)
def test_broken_marks_are_told(tmp_path: Path, content: str) -> None:
    """A broken file is an error that names the file and the line."""
    (tmp_path / "marks.jsonl").write_text(f"\n{content}\n")

    with pytest.raises(UnreadableMarksError, match=r"marks\.jsonl.*line 2"):
        read_documents(tmp_path / "marks.jsonl")


def test_figures_need_value_and_comparator() -> None:
    """A figure counts as found where its words overlap and value and comparator are right."""
    row = {"article_id": "a", "char_start": 11, "char_end": 26, "value": 4.0, "value_low": None, "value_high": None}
    gold = [row | {"comparator": "exact"}]

    assert score_figures(gold, gold).f1 == 1.0
    assert score_figures(gold, [row | {"comparator": "about"}]).f1 == 0.0


def test_command_scores_the_automatic_claims(run: Run, committed: Path) -> None:
    """`corpus evaluate` scores the automatic claims of a dataset against its curated ones."""
    scores = json.loads(run("evaluate", committed, "--format", "json").stdout)["scores"]

    overlap = next(row for row in scores if (row["measure"], row["marks"]) == ("overlap", "all"))
    assert overlap["low"] <= overlap["f1"] <= overlap["high"]
    assert overlap["f1"] > 0.8


def test_command_refuses_what_is_no_marks(run: Run, tmp_path: Path) -> None:
    """A folder without marks is a usage error."""
    result = run("evaluate", tmp_path)

    assert result.returncode == 2
    assert "Traceback" not in result.stderr
