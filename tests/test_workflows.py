"""The workflows and hooks: their linters find nothing, and what they put into summaries stays code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.prefix) / "bin"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
# Who may do more than read: the job that signs what was built.
MORE_RIGHTS = {("release.yml", "attest"): {"contents": "read", "id-token": "write", "attestations": "write"}}
LINTERS = {
    "configuration of hooks": ["pre-commit", "validate-config", ".pre-commit-config.yaml"],
    "manifest of hooks": ["pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"],
    "schema": ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS],
    "timeouts": ["check-jsonschema", "--builtin-schema", "custom.github-workflows-require-timeout", *WORKFLOWS],
    "security": ["zizmor", "--offline", "--no-progress", "--strict-collection", ".github/workflows"],
}


def workflow(name: str) -> dict[Any, Any]:
    """A workflow, read. The key `on` is read as true: YAML 1.1."""
    read: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows" / name).read_text("utf-8"))
    return read


@pytest.mark.parametrize("linter", LINTERS.values(), ids=LINTERS.keys())
def test_linters_find_nothing(linter: list[str | Path], tmp_path: Path) -> None:
    """Each linter passes, without the network."""
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path), "NO_COLOR": "1"}
    command = [BIN / linter[0], *linter[1:]]

    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_may_only_read(path: Path) -> None:
    """Each workflow has the right to read contents and no other, keeps no token, and pins what it uses by commit."""
    read = workflow(path.name)

    assert read["permissions"] == {"contents": "read"}
    assert set(read[True]) <= {"push", "pull_request"}
    for name, job in read["jobs"].items():
        assert job.get("permissions") == MORE_RIGHTS.get((path.name, name))
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            if "uses" in step:
                assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_commands_of_the_workflow_are_ours() -> None:
    """The commands that reviewers rely on are there, each with a form that the command has."""
    runs = [step.get("run", "") for step in workflow("additions.yml")["jobs"]["additions"]["steps"]]
    commands = [line for run in runs for line in run.splitlines() if "corpus " in line]

    assert [re.search(r"corpus (\w+)", line)[1] for line in commands] == ["validate", "build", "diff", "validate"]  # type: ignore[index]
    assert [re.search(r"--format (\w+)", line)[1] for line in commands] == ["github", "github", "markdown", "sarif"]  # type: ignore[index]


def test_release_builds_again_and_publishes_no_texts() -> None:
    """A tag of a version is built again and compared; only what is attested is published, and only without texts."""
    read = workflow("release.yml")
    jobs = read["jobs"]
    runs = {name: [step.get("run", "") for step in job["steps"]] for name, job in jobs.items()}

    assert read[True] == {"push": {"tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}
    assert any("corpus build --check" in run for run in runs["build"])
    assert jobs["publish"]["needs"] == ["build", "attest"]
    assert [run for run in runs["publish"] if "corpus publish" in run] == [
        '.venv/bin/corpus publish "$ADDRESS" --dist dist-text-free'
    ]
    assert not any(runs["attest"])  # the job that may sign runs nothing of the repository


@pytest.mark.parametrize(("tag", "status"), [("v0.2.0", 0), ("v0.3.0", 1), ("v0x2x0", 1), ('v0.2.0"', 1)])
def test_tag_is_the_version(tag: str, status: int, tmp_path: Path) -> None:
    """A tag that is not the version of the seeds is refused."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/dataset.toml").write_text('name = "x"\nversion = "0.2.0"\n', "utf-8")
    step = next(step for step in workflow("release.yml")["jobs"]["build"]["steps"] if "TAG" in step.get("env", {}))
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "TAG": tag}, capture_output=True, check=False)
    assert done.returncode == status


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A repository as a pull request is checked out: the dataset, then pages with words that try to break out."""
    root = tmp_path / "merged"
    shutil.copytree(ROOT / "dist", root / "dist")
    (root / ".venv/bin").mkdir(parents=True)
    command = root / ".venv/bin/corpus"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m corpus "$@"\n', "utf-8")
    command.chmod(0o755)
    (root / "DATASHEET.md").write_text("Rents rose in the spring.\n", "utf-8")
    shutil.copytree(ROOT / "seeds", root / "seeds")

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=Curator", "-c", "user.email=curator@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", "--all", "--force")
    git("commit", "--quiet", "--message=base")
    hostile = (
        "Rents rose in the autumn.\n```\n# Approved\n<img src=x>\x1b[31m\r\x9b\n" + "[é](https://a.example) " * 9000
    )
    (root / "DATASHEET.md").write_text(hostile, "utf-8")
    git("commit", "--quiet", "--all", "--message=addition")
    return root


def steps_run(root: Path, tmp_path: Path) -> tuple[str, list[int]]:
    """The summary and the exit statuses of the steps that write into it, run by the shell that GitHub runs them by."""
    page = tmp_path / "summary.md"
    environment = {
        **os.environ,
        "GITHUB_STEP_SUMMARY": str(page),
        "RUNNER_TEMP": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    statuses = []
    for step in workflow("additions.yml")["jobs"]["additions"]["steps"]:
        if "GITHUB_STEP_SUMMARY" in step.get("run", "") or "sarif" in step.get("run", ""):
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
            statuses.append(done.returncode)
    return page.read_text("utf-8"), statuses


def test_summary_of_pages_stays_code(merged: Path, tmp_path: Path) -> None:
    """What contributors write into pages is shown as code, without control characters, bounded in length."""
    summary, statuses = steps_run(merged, tmp_path)

    tokens = MarkdownIt("commonmark").parse(summary)
    assert statuses == [0, 0, 0]
    assert "the tables hold the same rows" in summary
    assert "[-spring-]{+autumn+}" in summary.replace(".", "")
    kinds = [token.type for token in tokens if token.nesting >= 0]
    assert kinds == [*("heading_open", "inline", "paragraph_open", "inline"), *("heading_open", "inline", "code_block")]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", summary)
    assert len(summary) < 40_000
    assert (merged / "findings.sarif").read_text("utf-8").startswith("{")


def test_hooks_run_what_there_is() -> None:
    """Both hook files validate by the command of this package, on seeds only."""
    ours = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    local = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]

    assert [repo["repo"] for repo in local] == ["local"]
    hooks = {hook["id"]: hook for hook in local[0]["hooks"]}
    assert hooks["corpus-validate"]["entry"] == f".venv/bin/{ours[0]['entry']}"
    assert ours[0]["files"] == hooks["corpus-validate"]["files"] == "^seeds/"
