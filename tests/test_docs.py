"""What is written about the project is true: snippets run, pages are fresh, everything public is documented."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import yaml

import corpus
from corpus.building import BESIDE
from corpus.cli import app
from corpus.pages.datasheet import checklist
from corpus.pages.reference import render_commands, render_rules, render_seed_files
from corpus.rules import RULES
from corpus.tables.shapes import columns, describe
from schemas import KNOWN_TABLES, TABLES, models

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


def snippets(language: str, page: str = README) -> list[str]:
    """The code blocks of a page in one language."""
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


@pytest.mark.parametrize("snippet", snippets("python"), ids=lambda snippet: snippet.split("\n")[0])
def test_python_snippets_run(snippet: str, tmp_path: Path) -> None:
    """Each Python snippet of the README runs where the README says: in the project's folder."""
    code = f"import os; os.environ['HF_HOME'] = {str(tmp_path)!r}; os.environ['HF_HUB_OFFLINE'] = '1'\n{snippet}"

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("snippet", snippets("sql"))
def test_sql_snippets_run(snippet: str) -> None:
    """Each SQL snippet of the README gives rows."""
    assert duckdb.sql(snippet).fetchall()


def test_card_snippets_run(committed: Path) -> None:
    """The SQL of the card gives rows."""
    for snippet in snippets("sql", (committed / "README.md").read_text("utf-8")):
        assert duckdb.sql(snippet).fetchall()


@pytest.mark.parametrize("module", ["corpus", "corpus.loading"])
def test_examples_in_docstrings(module: str) -> None:
    """The examples in the docstrings of the public face give what they say."""
    __import__(module)
    result = doctest.testmod(sys.modules[module])

    assert result.attempted > 0
    assert result.failed == 0


def test_public_names() -> None:
    """What the package exports is there, and documented."""
    assert sorted(corpus.__all__) == dir(corpus)
    assert all(getattr(corpus, name).__doc__ for name in corpus.__all__)


def test_reference_pages_are_fresh() -> None:
    """docs/cli.md and docs/rules.md are what the code gives; `make docs` writes them."""
    assert render_commands() == (ROOT / "docs/cli.md").read_text("utf-8")
    assert render_seed_files() == (ROOT / "docs/seeds.md").read_text("utf-8")
    assert render_rules() == (ROOT / "docs/rules.md").read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_documented(command: str, run: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """Each command stands in the README, and has help with an example."""
    assert f"corpus {command}" in README
    assert "Example: corpus" in run(command, "--help").stdout


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_described(table: str) -> None:
    """Each table and column says in a sentence what it is, and the datasheet and card name the table."""
    assert describe(table).endswith(".")
    assert all(column.description.endswith(".") for column in columns(table))
    assert f"`{table}`" in (ROOT / "DATASHEET.md").read_text("utf-8")
    assert f"### `{table}`" in (ROOT / "dist/README.md").read_text("utf-8")


def test_every_table_has_a_model() -> None:
    """The published order and the models name the same tables."""
    assert tuple(models()) == KNOWN_TABLES


def test_datasheet_has_every_question() -> None:
    """Each question of the checklist stands in the datasheet with its status."""
    page = (ROOT / "DATASHEET.md").read_text("utf-8")

    for question in checklist()[1]:
        assert re.search(rf"\*\*{question.id}\. .*\*\((answered|not applicable|unknown)\)\*", page), question.id


@pytest.mark.parametrize("page", BESIDE)
def test_pages_beside_the_dataset_are_the_same(page: str) -> None:
    """The datasheet and the citation at the top are those in the dataset."""
    assert (ROOT / page).read_bytes() == (ROOT / "dist" / page).read_bytes()


def test_versions_agree() -> None:
    """Dataset, package, changelog and citation name one version and one day."""
    declared = tomllib.loads((ROOT / "seeds/dataset.toml").read_text("utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    package = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert declared["version"] == citation["version"] == package["version"]
    assert declared["released"] == citation["date-released"]
    assert f"## {declared['version']} - {declared['released']}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_relative_links_lead_somewhere() -> None:
    """Each relative link of the project's pages leads to a file."""
    named = ("README.md", "CONTRIBUTING.md", "DATASHEET.md", "dist/README.md", "examples/README.md")
    pages = [*(ROOT / name for name in named), *sorted((ROOT / "docs").glob("*.md"))]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_rules_are_sentences() -> None:
    """Each rule says what it demands and what to do, in sentences."""
    assert all(rule.says.endswith(".") and rule.remedy.endswith(".") for rule in RULES.values())
