"""Reading in the terminal: articles, counts, agreement."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus.pages.rendering import as_cell, as_words
from corpus.tables.files import table_file
from corpus.terminal import printable, shortened

Run = Callable[..., subprocess.CompletedProcess[str]]
HOSTILE = "a\x1b[31mred\x07\u202eevil\u2066\r\n\x9b0m\ufeff\u200b"


def test_show_marks_claims_and_says_who(run: Run) -> None:
    """An article is shown with its claims in numbered brackets and who says each."""
    shown = run("show", "002-10").stdout

    assert "Palestinian Information Center" in shown
    assert "[1 " in shown
    assert "Ismail Haniyeh" in shown


def test_show_lists_articles(run: Run) -> None:
    """Without an id each article has its line: id, outlet, date, claims, title."""
    lines = run("show").stdout.splitlines()

    assert any(
        line.startswith("002-10") and "Palestinian Information" in line and "2024-01-09" in line for line in lines
    )


def test_show_as_json(run: Run) -> None:
    """An article comes as JSON with its claims and their figures; so does the list."""
    article = json.loads(run("show", "002-10", "--json").stdout)

    assert len(article["claims"]) == article["claim_count"] == 15
    assert all(claim["text"] == article["text"][claim["char_start"] : claim["char_end"]] for claim in article["claims"])
    assert len(json.loads(run("show", "--json").stdout)) == 14
    assert run("show", "002-1", "--json").returncode == 2


def test_show_names_near_ids(run: Run) -> None:
    """An id that there is not is a usage error that names near ones."""
    result = run("show", "002-1")

    assert result.returncode == 2
    assert "002-10" in result.stderr


def test_a_text_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    """Control characters of a dataset's text reach the terminal as escapes (seeds that have them are refused)."""
    dist = tmp_path / "dist"
    assert run("build", "--seeds", "tests/faults/base", "--dist", dist).returncode == 0
    file = dist / table_file("articles")
    table = pq.read_table(file)
    texts = [text.replace("harbour", "\x1b[31m\x07\u202e") for text in table["text"].to_pylist()]
    pq.write_table(table.set_column(table.column_names.index("text"), "text", pa.array(texts)), file)

    shown = run("show", "200-01", "--dist", dist).stdout

    assert "\\x1b[31m\\x07" in shown
    assert not set(shown) & set("\x1b\x07\u202e\x9b")


@pytest.mark.parametrize("function", [printable, shortened, as_words, as_cell])
def test_nothing_raw_passes(function: Callable[[str], str]) -> None:
    """Whatever shows words lets no control, bidi or invisible character through."""
    assert not set(function(HOSTILE)) & set("\x1b\x07\u202e\u2066\r\x9b\ufeff\u200b")


def test_words_cannot_become_markup() -> None:
    """Words in a page are neither HTML nor Markdown."""
    assert as_words("<script>|[a](b) `c` *d*</script>") == "&lt;script&gt;\\|\\[a\\](b) \\`c\\` \\*d\\*&lt;/script&gt;"


def test_stats_as_json(run: Run, committed: Path) -> None:
    """Counts come as JSON for programs."""
    counts = json.loads(run("stats", "--format", "json").stdout)

    assert counts["rows"]["articles"] == 14
    assert sum(row["claims"] for row in counts["claims_by_outlet"]) == counts["rows"]["claims"]
    assert run("stats", "--json").stdout == run("stats", "--format", "json").stdout


def test_stats_refuse_unknown_names(run: Run) -> None:
    """A counted table that there is not is a usage error that names those that there are."""
    result = run("stats", "rents")

    assert result.returncode == 2
    assert "claims_by_outlet" in result.stderr


def test_agreement_as_json(run: Run) -> None:
    """Agreement between the passes comes overall and for each article."""
    rows = json.loads(run("evaluate", "--agreement", "--format", "json").stdout)

    assert rows[0]["scope"] == "all articles"
    assert len(rows) == 15
    assert all(0 <= row["exact_f1"] <= row["overlap_f1"] <= 1 for row in rows)


def test_no_command_shows_help(run: Run) -> None:
    """Without a command the help is shown."""
    assert "Commands:" in run().stdout + run().stderr


def test_missing_places_are_usage_errors(run: Run, tmp_path: Path) -> None:
    """A folder that is neither seeds nor a dataset is a usage error without a traceback."""
    for command in (("validate", tmp_path), ("verify", tmp_path), ("build", "--seeds", tmp_path / "none")):
        result = run(*command, cwd=tmp_path)

        assert result.returncode == 2
        assert "Traceback" not in result.stderr
