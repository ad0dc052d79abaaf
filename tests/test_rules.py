"""The rules: each is used, documented and broken by a test; and those of published folders, broken here."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_describing import BROKEN as DESCRIBED
from test_releasing import BROKEN as RELEASED
from test_table_rules import COVERED

from corpus.building import BESIDE, build, check
from corpus.findings import Finding
from corpus.rules import RULES
from corpus.rules.annotations import ANNOTATION_RULES
from corpus.tables.files import table_file
from corpus.tables.verifying import verify
from corpus.validating import validate_dataset

ROOT = Path(__file__).resolve().parent.parent
FAULTS = ROOT / "tests" / "faults"
MODULES = sorted(path for path in (ROOT / "corpus").rglob("*.py") if path.name != "rules.py")
CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")
Damage = Callable[[Path], object]
Run = Callable[..., subprocess.CompletedProcess[str]]


def edit(file: str, change: Callable[[bytes], bytes]) -> Damage:
    """A damage that changes the bytes of a file."""
    return lambda folder: (folder / file).write_bytes(change((folder / file).read_bytes()))


def with_another_note(folder: Path) -> None:
    """Write a table anew with values that no rule speaks of."""
    table = pq.read_table(folder / STATEMENTS)
    notes = pa.array(["New."] * table.num_rows)
    pq.write_table(table.set_column(table.column_names.index("note"), "note", notes), folder / STATEMENTS)


STATEMENTS, ACTORS = table_file("perspectives"), table_file("actors")
NO_DIGEST = edit("manifest.json", lambda content: json.dumps(json.loads(content) | {"digest": ""}).encode())
# Damages to a published folder and who looks: the code that must come, with its file and record, and no other.
CASES = [
    ("table-missing", STATEMENTS, "perspectives", lambda folder: (folder / STATEMENTS).unlink(), validate_dataset),
    ("table-unreadable", STATEMENTS, "perspectives", edit(STATEMENTS, lambda old: old[:-9]), validate_dataset),
    ("table-unreadable", STATEMENTS, "perspectives", edit(STATEMENTS, lambda _: b"no table"), validate_dataset),
    ("digest-differs", "manifest.json", "perspectives", with_another_note, validate_dataset),
    ("digest-differs", "manifest.json", "digest", NO_DIGEST, validate_dataset),
    ("dist-changed", "README.md", None, edit("README.md", bytes.upper), verify),
    ("dist-changed", "SHA256SUMS", None, edit("SHA256SUMS", lambda old: old[:-1]), verify),
    ("dist-missing", "LICENSE.md", None, lambda folder: (folder / "LICENSE.md").unlink(), verify),
    ("dist-extra", "more.txt", None, lambda folder: (folder / "more.txt").write_text("More."), verify),
    ("table-missing", ACTORS, "actors", lambda folder: (folder / ACTORS).unlink(), validate_dataset),
    ("dist-missing", "SHA256SUMS", None, lambda folder: (folder / "SHA256SUMS").unlink(), verify),
]
# Broken where no folder can be: files too large to be kept, and what is told while a file is added.
ELSEWHERE = {
    "file-too-large",
    "container-too-large",
    "article-read",
    "article-unsure",
    "header-doubtful",
    "encoding-unsure",
    *ANNOTATION_RULES,  # in test_interchange_hostile
    "removal-unregistered",
    "removal-unconfirmed",
}
# Broken in test_text_free.py and test_hydrating.py.
TEXT_FREE = {"words-published", "copy-unread", "copy-differs", "copy-missing", "copy-tolerated", "bytes-missing"}
HERE = {code for code, *_ in CASES} | {"page-stale", "validation-disabled"} | TEXT_FREE | DESCRIBED | RELEASED


@pytest.mark.parametrize(("code", "file", "record", "damage", "look"), CASES)
def test_damaged_folder_is_found(
    code: str, file: str, record: str, damage: Damage, look: Callable[[Path], list[Finding]], copied: Path
) -> None:
    """A published folder with a file that was changed, removed or added is found, without its seeds."""
    damage(copied)
    assert [(finding.code, finding.file, finding.record) for finding in look(copied)] == [(code, file, record)]


def test_stale_page_is_found(tmp_path: Path) -> None:
    """A page beside the dataset that is not the one that the seeds give is found, also where it is gone."""
    seeds, dist = Path(shutil.copytree(FAULTS / "base", tmp_path / "seeds")), tmp_path / "dist"
    build(seeds, dist, lock=None)
    assert check(seeds, dist, lock=None) == []
    for page in BESIDE:
        kept = (tmp_path / page).read_bytes()
        for damage in (lambda path: path.write_text("Old."), Path.unlink):
            damage(tmp_path / page)
            assert [(found.code, found.file) for found in check(seeds, dist, lock=None)] == [("page-stale", page)]
        (tmp_path / page).write_bytes(kept)


@pytest.mark.parametrize("setting", ["ENABLED=False", "DEPTH=SCHEMA_ONLY", "DEPTH=DATA_ONLY"])
def test_silent_validation_is_refused(setting: str, built: Path, run: Run) -> None:
    """Where the environment has pandera pass without looking, that is a finding."""
    name, value = setting.split("=")
    done = run("validate", built, "--format", "json", env=os.environ | {f"PANDERA_VALIDATION_{name}": value})
    assert (done.returncode, [found["code"] for found in json.loads(done.stdout)]) == (1, ["validation-disabled"])


def assigned(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """What each name or attribute of a module is given, in assignments and loops."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        given = node.iter if isinstance(node, ast.For) else getattr(node, "value", None)
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        for target in (part for whole in targets if whole for part in ast.walk(whole)):
            if isinstance(given, ast.expr) and isinstance(target, ast.Name | ast.Attribute):
                found.setdefault(getattr(target, "attr", getattr(target, "id", "")), []).append(given)
    return found


def code_places(tree: ast.AST) -> Iterator[ast.expr]:
    """What stands in the place of the code where a finding is made: after file and line, which may be one `*at`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name == "Finding" and node.args:
                yield node.args[1 if isinstance(node.args[0], ast.Starred) else 2]
            elif name in ("add", "_add", "_finding", "_note", "Fault", "Suspicion") and node.args:
                yield node.args[0]
            elif name == "_twin":
                yield node.args[1]


def codes_in(expression: ast.expr, known: dict[str, list[ast.expr]], depth: int = 0) -> Iterator[str]:
    """The codes that an expression may give, names followed to what they are given."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Constant) and CODE.fullmatch(str(node.value)):
            yield str(node.value)
        elif isinstance(node, ast.Name | ast.Attribute) and depth < 3:
            for given in known.get(getattr(node, "attr", getattr(node, "id", "")), []):
                yield from codes_in(given, known, depth + 1)


def test_program_uses_exactly_the_rules() -> None:
    """Every code with which the program makes a finding is a rule, and every rule is used."""
    used = set()
    for path in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        used |= {code for place in code_places(tree) for code in codes_in(place, assigned(tree))}
    assert used == set(RULES)


def test_every_rule_is_broken_by_a_test() -> None:
    """Each rule has a folder of a fault, or a case of a damaged table or published folder."""
    folders = {path.name.split("--", maxsplit=1)[0] for path in FAULTS.iterdir()} | ELSEWHERE
    assert set(RULES) <= folders | COVERED | HERE
    assert folders | COVERED | HERE <= {*RULES, "base", "many"}


@pytest.mark.parametrize("code", RULES)
def test_rule_says_what_it_demands_and_what_to_do(code: str) -> None:
    """A rule has a code in small letters, a sentence, a remedy and a level."""
    rule = RULES[code]
    assert CODE.fullmatch(code)
    for words in (rule.says, rule.remedy):
        assert words[0].isupper()
        assert words.endswith(".")
    assert rule.level in ("error", "warning", "note")
