"""Reading in the terminal: articles, counts, agreement."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

import corpus
from corpus.cli import app
from corpus.drawing import draw_table
from corpus.pages.rendering import as_cell, as_words
from corpus.tables.files import table_file
from corpus.terminal import printable, shortened

Run = Callable[..., subprocess.CompletedProcess[str]]
HOSTILE = "a\x1b[31mred\x07\u202eevil\u2066\r\n\x9b0m\ufeff\u200b"


def test_show_marks_claims_and_says_who(run: Run) -> None:
    """An article is shown with its claims in numbered brackets and who says each."""
    shown = run("show", "002-10").stdout

    assert "Palestinian Information Center" in shown
    assert "{1 Israel failed" in shown, "braces: reported"
    assert "Ismail Haniyeh" in shown
    assert "[1 " in run("show", "002-01").stdout, "brackets: the article's own"
    assert not any(line.endswith(" ") for line in shown.splitlines())


def test_show_one_claim(run: Run) -> None:
    """A claim's id shows it alone in its paragraph, with who says it and where it stands; as JSON with its figures."""
    shown = run("show", "000-01-c004").stdout
    claim = json.loads(run("show", "000-01-c004", "--json").stdout)

    assert "{4 the deth toll" in shown
    assert "{5 " not in shown
    assert "Gaza’s Ministry of Health" in shown
    assert f"code points {claim['char_start']} to {claim['char_end']}" in shown
    assert [figure["value"] for figure in claim["figures"]] == [5087, 40]


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
    assert len(json.loads(run("show", "--json").stdout)) == corpus.load("articles").height
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

    assert counts["rows"]["articles"] == corpus.load("articles").height
    assert sum(row["claims"] for row in counts["claims_by_outlet"]) == counts["rows"]["claims"]
    assert run("stats", "--json").stdout == run("stats", "--format", "json").stdout


def test_stats_refuse_unknown_names(run: Run) -> None:
    """A counted table that there is not is a usage error that names those that there are."""
    result = run("stats", "rents")

    assert result.returncode == 2
    assert "claims_by_outlet" in result.stderr


def terminal(width: int) -> Console:
    """A terminal of that width that keeps what is printed."""
    return Console(file=io.StringIO(), width=width, force_terminal=True, highlight=False, emoji=False, markup=False)


def printed(console: Console) -> list[str]:
    """The lines that were printed, without colours."""
    assert isinstance(console.file, io.StringIO)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", console.file.getvalue())
    return [line.rstrip() for line in plain.splitlines()]


WORDS = st.lists(st.text("abcxyzäł中", min_size=1, max_size=12), max_size=8).map(" ".join)
CELLS = st.one_of(st.none(), st.integers(1, 10**9), st.floats(0.01, 10**6).map(lambda one: round(one, 2)), WORDS)
TABLES_ = st.integers(1, 9).flatmap(
    lambda many: st.tuples(
        st.lists(st.text("abcdefgh", min_size=1, max_size=20), min_size=many, max_size=many),
        st.lists(st.tuples(*[CELLS] * many), max_size=6),
    )
)


@given(TABLES_, st.integers(40, 200))
def test_no_width_cuts_a_table(table: tuple[list[str], list[tuple[Any, ...]]], width: int) -> None:
    """In a terminal of any width no line is longer than the terminal, and no letter or digit of any cell is lost."""
    columns, rows = table
    console = terminal(width)

    draw_table(console, columns, rows)

    lines = printed(console)
    assert all(cell_len(line) <= width for line in lines)
    there = Counter("".join(lines))
    for row in rows:
        for cell in row[1:]:
            wanted = "" if cell is None else str(cell).removesuffix(".0").replace(" ", "")
            assert not Counter(wanted) - there


def test_a_narrow_terminal_reads_in_blocks() -> None:
    """What does not fit in columns comes as blocks with the columns' names; a first cell that repeats comes once."""
    rows = [("rents in the harbour", "002-01", 4.0, 0), ("rents in the harbour", "002-02", None, 7)]
    columns = ("quantity of a long name", "article", "percent of the whole", "rooms")
    console = terminal(40)

    draw_table(console, columns, rows, title="Rents", name="rents_compared", note="Both are counted.")

    assert printed(console) == [
        "Rents  rents_compared",
        "rents in the harbour",
        "  article 002-01",
        "  percent of the whole 4",
        "  article 002-02 · rooms 7",
        "Both are counted. Nothing is written",
        "where a value is empty or zero.",
        "",
    ]


def test_a_pipe_has_a_line_for_each_row(run: Run) -> None:
    """What goes to another program has one line for each row, however long, and no padding behind it."""
    counts = json.loads(run("stats", "divergences", "--json").stdout)["divergences"]
    lines = run("stats", "divergences").stdout.splitlines()

    assert sum(line.startswith("00") for line in lines) == len(counts)
    assert all(any(row["the other reports"] in line for line in lines) for row in counts)
    assert not any(line.endswith(" ") for line in lines)


def test_an_empty_table_says_so() -> None:
    """A counted table without rows is said to be empty."""
    console = terminal(80)

    draw_table(console, ("a", "b"), [], title="Rents", name="rents")

    assert printed(console) == ["Rents  rents", "none", ""]


def test_agreement_as_json(run: Run) -> None:
    """Agreement between the passes comes overall and for each article."""
    rows = json.loads(run("evaluate", "--agreement", "--format", "json").stdout)

    assert rows[0]["scope"] == "all articles"
    assert len(rows) == 1 + corpus.load("claim_passes")["article_id"].n_unique()
    assert all(0 <= row["exact_f1"] <= row["overlap_f1"] <= 1 for row in rows)


def test_no_command_shows_help(run: Run) -> None:
    """Without a command the help is shown."""
    assert "Commands:" in run().stdout + run().stderr


def test_commands_are_told_in_a_line_each(run: Run) -> None:
    """The list of commands says of each in a whole line what it does; nothing is cut or folded."""
    listed = (
        run("--help", env=os.environ | {"COLUMNS": "80"}).stdout.split("Commands:\n")[1].split("\n\n")[0].splitlines()
    )

    assert len(listed) == len(app.registered_commands)
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)


def test_stats_say_what_they_are_not(run: Run) -> None:
    """Counts end with what they do not show."""
    assert "no measure of the press" in run("stats", "claims_by_outlet").stdout


def test_missing_places_are_usage_errors(run: Run, tmp_path: Path) -> None:
    """A folder that is neither seeds nor a dataset is a usage error without a traceback."""
    for command in (("validate", tmp_path), ("verify", tmp_path), ("build", "--seeds", tmp_path / "none")):
        result = run(*command, cwd=tmp_path)

        assert result.returncode == 2
        assert "Traceback" not in result.stderr
