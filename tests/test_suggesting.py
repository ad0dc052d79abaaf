"""Suggestions for a curator: written, decided, settled."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.building import validate_seeds
from corpus.errors import InvalidCorpusError, SuggestionsDecidedError, UnknownArticleError
from corpus.suggesting import settle, suggest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def unmarked(tmp_path: Path) -> Path:
    """The real seeds, of which 002-09 has no claims yet."""
    seeds = Path(shutil.copytree("seeds", tmp_path / "seeds"))
    claims = seeds / "002/claims.jsonl"
    lines = [line for line in claims.read_text("utf-8").splitlines() if '"article": "002-09"' not in line]
    claims.write_text("\n".join(lines) + "\n", "utf-8")
    return seeds


def decide(file: Path, decision: str, every: int = 1) -> int:
    """Set the decision of every so-many-th suggestion; how many were decided."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    for row in rows[::every]:
        row["decision"] = decision
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return len(rows[::every])


def test_accepted_suggestions_are_valid_claims(unmarked: Path) -> None:
    """Suggestions that are all accepted become claims in which nothing is wrong."""
    file, count = suggest("002-09", unmarked)
    accepted = decide(file, "accept")

    assert settle("002-09", unmarked) == (accepted, 0, 0)
    assert accepted == count > 5
    assert [f for f in validate_seeds(unmarked) if f.level == "error"] == []
    assert not file.exists()


def test_dropped_and_open_suggestions(unmarked: Path) -> None:
    """What was dropped is gone, what is open stays, and only what was accepted is a claim."""
    file, count = suggest("002-09", unmarked)
    before = (unmarked / "002/claims.jsonl").read_text("utf-8")
    dropped = decide(file, "drop", every=2)

    assert settle("002-09", unmarked) == (0, dropped, count - dropped)
    assert (unmarked / "002/claims.jsonl").read_text("utf-8") == before
    assert len(file.read_text("utf-8").splitlines()) == count - dropped


def test_what_is_curated_is_not_suggested(unmarked: Path) -> None:
    """No suggestion overlaps a claim that there is."""
    file, count = suggest("002-09", unmarked)
    decide(file, "accept")
    settle("002-09", unmarked)

    assert suggest("002-09", unmarked)[1] == 0
    assert count > 0


def test_a_broken_suggestion_is_told(unmarked: Path) -> None:
    """A suggestion that a curator broke is a finding, and nothing is moved."""
    file, _ = suggest("002-09", unmarked)
    file.write_text(file.read_text("utf-8").replace('"open"', '"maybe"', 1), "utf-8")

    with pytest.raises(InvalidCorpusError):
        settle("002-09", unmarked)


def test_decisions_are_not_overwritten(unmarked: Path) -> None:
    """Suggesting again while decisions wait to be settled is refused, and the decisions stay."""
    file, _ = suggest("002-09", unmarked)
    decide(file, "drop", every=3)
    before = file.read_text("utf-8")

    with pytest.raises(SuggestionsDecidedError, match="settle"):
        suggest("002-09", unmarked)
    assert file.read_text("utf-8") == before


def test_unknown_article(unmarked: Path) -> None:
    """An article that there is not is an error that names near ones."""
    with pytest.raises(UnknownArticleError, match="002-09"):
        suggest("002-99", unmarked)


def test_command(run: Run, unmarked: Path) -> None:
    """The command writes the file and says what to do next."""
    result = run("suggest", "002-09", "--seeds", unmarked)

    assert result.returncode == 0
    assert "suggestions.jsonl" in result.stdout
    assert "0 accepted" in run("suggest", "002-09", "--settle", "--seeds", unmarked).stdout
