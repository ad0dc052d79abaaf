"""The house as docs/architecture.md draws it: who may import whom, no cycle, small rooms."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(path for folder in ("corpus", "schemas") for path in (ROOT / folder).rglob("*.py"))
FOUNDATION = ("corpus.names", "corpus.rules", "corpus.terminal", "corpus.findings", "corpus.errors")
_STAGES = (
    "building assembling loading showing counting suggesting comparing adding declaring releasing places versioning "
    "removing exploring drawing scaffolding"
)
PIPELINE = tuple(f"corpus.{name}" for name in _STAGES.split())

# What each place may import of ours; the first prefix that fits a module counts.
MAY_IMPORT = {
    "schemas": ("schemas",),
    "corpus.names": (),
    "corpus.rules": ("corpus.rules",),
    "corpus.terminal": (),
    "corpus.findings": ("corpus.rules", "corpus.terminal"),
    "corpus.errors": ("corpus.errors", "corpus.findings", "corpus.names", "corpus.terminal"),
    "corpus.sarif": ("corpus.names", "corpus.rules", "corpus.terminal", "corpus.findings"),
    "corpus.reports": ("corpus.rules", "corpus.terminal", "corpus.findings", "corpus.sarif"),
    "corpus.places": ("corpus.places", *FOUNDATION),
    "corpus.versioning": (
        "corpus.versioning",
        "corpus.building",
        "corpus.comparing",
        "corpus.places",
        "corpus.scaling.progress",
        "corpus.seeds",
        "corpus.tables.files",
        *FOUNDATION,
    ),
    "corpus.removing": (
        "corpus.removing",
        "corpus.preparing",
        "corpus.records",
        "corpus.seeds",
        "corpus.text",
        *FOUNDATION,
    ),
    "corpus.scaffolding": (
        "corpus.scaffolding",
        "corpus.pages.datasheet",
        "corpus.pages.rendering",
        "corpus.seeds.blanks",
        *FOUNDATION,
    ),
    "corpus.comparing": ("corpus.comparing", "corpus.tables", "schemas", *FOUNDATION),
    "corpus.releasing": ("corpus.releasing", "corpus.tables", "schemas", *FOUNDATION),
    "corpus.exploring": ("corpus.exploring", "corpus.exchanging", "corpus.tables", "schemas", *FOUNDATION),
    "corpus.textfree": (
        "corpus.textfree",
        "corpus.exchanging",
        "corpus.exploring",
        "corpus.forms",
        "corpus.pages.rendering",
        "corpus.scaling.opening",
        "corpus.tables",
        "corpus.text",
        "schemas",
        *FOUNDATION,
    ),
    "corpus.commands": (
        "corpus.commands",
        "corpus.reports",
        "corpus.forms",
        "corpus.annotations",
        "corpus.interchange.formats",
        "corpus.text.dates",
        "corpus.text.layouts",
        "corpus.scaling.streaming",
        "corpus.scaling.progress",
        "corpus.textfree.hydrating",
        "corpus.textfree.releasing",
        *PIPELINE,
        *FOUNDATION,
    ),
    "corpus.cli": ("corpus.commands", *FOUNDATION),
    "corpus.text": ("corpus.text",),
    "corpus.forms": ("corpus.forms", "corpus.text"),
    "corpus.extracting": ("corpus.extracting", "corpus.text"),
    "corpus.inspecting": ("corpus.inspecting", "corpus.text"),
    "corpus.extraction": ("corpus.extracting", "corpus.text"),
    "corpus.interchange": ("corpus.interchange", "corpus.text", *FOUNDATION),
    "corpus.annotations": ("corpus.interchange", "corpus.tables.files", *FOUNDATION),
    "corpus.evaluating": (
        "corpus.evaluating",
        "corpus.interchange",
        "corpus.text.spans",
        "corpus.text.matching",
        *FOUNDATION,
    ),
    "corpus.records": ("corpus.text",),
    "corpus.marking": ("corpus.extracting", "corpus.records", "corpus.text", "schemas.labels"),
    "corpus.suggesting": (
        "corpus.preparing",
        "corpus.records",
        "corpus.seeds",
        "corpus.text",
        *FOUNDATION,
    ),
    "corpus.seeds": ("corpus.seeds", "corpus.text", *FOUNDATION),
    "corpus.tables": ("corpus.tables", "corpus.text.spans", "corpus.text.matching", "schemas", *FOUNDATION),
    "corpus.resolving": ("corpus.seeds", "corpus.text", "corpus.records", *FOUNDATION),
    "corpus.sourcing": ("corpus.forms", "corpus.seeds", "corpus.text", *FOUNDATION),
    "corpus.segmenting": (
        "corpus.forms",
        "corpus.sourcing",
        "corpus.resolving",
        "corpus.seeds",
        "corpus.text",
        "corpus.records",
        *FOUNDATION,
    ),
    "corpus.examining": ("corpus.inspecting", "corpus.records", "corpus.seeds", *FOUNDATION),
    "corpus.reading": ("corpus.forms", "corpus.inspecting", "corpus.resolving", "corpus.text", *FOUNDATION),
    "corpus.declaring": ("corpus.reading", "corpus.seeds.blanks"),
    "corpus.adding": (
        "corpus.declaring",
        "corpus.forms",
        "corpus.inspecting",
        "corpus.preparing",
        "corpus.reading",
        "corpus.seeds",
        "corpus.suggesting",
        *FOUNDATION,
    ),
    "corpus.annotating": ("corpus.seeds", "corpus.text", "corpus.records", "schemas.labels", *FOUNDATION),
    "corpus.coverage": ("corpus.seeds", "corpus.text", "corpus.records", *FOUNDATION),
    "corpus.agreement": ("corpus.text", "corpus.records"),
    "corpus.preparing": (
        "corpus.seeds",
        "corpus.records",
        "corpus.segmenting",
        "corpus.annotating",
        "corpus.agreement",
        "corpus.coverage",
        "corpus.examining",
        "corpus.marking",
        *FOUNDATION,
    ),
    "corpus.tabulating": ("corpus.records", "corpus.seeds", "corpus.text", "corpus.tables.shapes", "schemas"),
    "corpus.pages.reference": ("corpus.cli", "corpus.rules", "corpus.seeds"),
    "corpus.pages": ("corpus.pages", "corpus.evaluating", "corpus.seeds", "corpus.tables", *FOUNDATION),
    "corpus.validating": ("corpus.describing.checking", "corpus.tables", "schemas", *FOUNDATION),
    "corpus.scaling.on_ray": ("corpus.scaling", "corpus.errors"),
    "corpus.scaling": (
        "corpus.scaling",
        "corpus.examining",
        "corpus.forms",
        "corpus.marking",
        "corpus.records",
        "corpus.seeds",
        "corpus.segmenting",
        "corpus.tables",
        "corpus.tabulating",
        "corpus.validating",
        *FOUNDATION,
    ),
    "corpus.publishing": (
        "corpus.names",
        "corpus.records",
        "corpus.scaling.caching",
        "corpus.seeds.declarations",
        "corpus.tables",
        "schemas",
    ),
    "corpus.describing": (
        "corpus.describing",
        "corpus.pages.datasheet",
        "corpus.seeds",
        "corpus.tables",
        "schemas",
        *FOUNDATION,
    ),
    "corpus.exchanging": ("corpus.names", "corpus.errors"),
    "corpus.drawing": ("corpus.terminal",),
}


def module_name(path: Path) -> str:
    """The dotted name of a module of the project."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in FILES}


def imported(path: Path) -> set[str]:
    """The modules of ours that a module imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    found = {name for name in found if name in MODULES}
    return {name for name in found if not any(other.startswith(f"{name}.") for other in found)}


def place_of(name: str) -> str | None:
    """The place in the house that a module belongs to; None for the pipeline and the commands."""
    return next((place for place in MAY_IMPORT if name == place or name.startswith(f"{place}.")), None)


@pytest.mark.parametrize("name", [name for name in MODULES if place_of(name)])
def test_imports_follow_the_arrows(name: str) -> None:
    """A module imports only what its place in the house may import."""
    allowed = MAY_IMPORT[place_of(name) or ""]

    wrong = {
        other for other in imported(MODULES[name]) if not any(other == a or other.startswith(f"{a}.") for a in allowed)
    }

    assert not wrong


def test_no_cycle() -> None:
    """No module imports itself by way of others."""
    graph = {name: imported(path) - {name} for name, path in MODULES.items()}

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        todo = list(graph[start])
        while todo:
            name = todo.pop()
            if name not in seen:
                seen.add(name)
                todo += graph[name]
        return seen

    assert not {name for name in graph if name in reached(name)}


def test_text_code_knows_no_arrow() -> None:
    """Neither the text layer nor the seed layer loads pyarrow, polars or pandera."""
    code = "import sys; import corpus.preparing; print({'pyarrow', 'polars', 'pandera'} & set(sys.modules))"

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "set()"


HELP = """
import sys
try:
    from corpus.cli import app
    app(["--help"])
except SystemExit:
    heavy = {"pyarrow", "polars", "pandera", "datasets", "pandas", "pydantic", "duckdb", "jinja2", "rich.table", "nltk"}
    print(heavy & set(sys.modules))
"""


def test_help_loads_nothing_heavy() -> None:
    """`corpus --help` does not load what only the work needs."""
    result = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True)

    assert result.stdout.strip().endswith("set()")


def functions(path: Path) -> list[tuple[str, int]]:
    """Every function of a module with its lines of code, its docstring not counted."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            doc = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
            found.append((f"{path.name}:{node.name}", (node.end_lineno or 0) - node.lineno + 1 - doc))
    return found


def test_the_tail_is_short() -> None:
    """No file over 300 lines, no function over 40, nine functions in ten under 20."""
    sizes = [pair for path in FILES for pair in functions(path)]

    assert [path.name for path in FILES if len(path.read_text("utf-8").splitlines()) > 300] == []
    assert [name for name, lines in sizes if lines > 40] == []
    assert sum(lines < 20 for _, lines in sizes) >= 0.9 * len(sizes)


def test_nothing_refers_outside_the_project() -> None:
    """No committed file leans on a folder beside the repository, an index of packages, or a machine's paths."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    halves = (("../", "shared"), ("pypi", ".org"), ("python", "hosted"), ("extra-index", "-url"), ("/wo", "rk/"))
    words = ["".join(pair) for pair in halves]  # in halves, so that this file does not find itself
    wrong = []
    for name in listed.split():
        path = ROOT / name
        if path.suffix == ".parquet" or not path.is_file():
            continue
        text = path.read_text("utf-8", errors="replace")
        wrong += [f"{name}: {word}" for word in words if word in text]

    assert wrong == []
