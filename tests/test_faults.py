"""Faults in seeds: each is found, at its place, in one run, and nothing is written.

`tests/faults/base` is a valid collection. Each other folder holds the files that replace or add to it, `removed.txt`
with the paths to delete, and `expected.txt` with every finding as `file:line code [record]`. A folder is named after
the code that it breaks; two dashes set apart which variant it is.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.building import build, validate_seeds
from corpus.findings import Finding

FAULTS = Path(__file__).resolve().parent / "faults"
BASE = FAULTS / "base"
NAMES = sorted(path.name for path in FAULTS.iterdir() if path != BASE)
NOTES = ("expected.txt", "removed.txt")

# Folders that expect findings of several codes, each with the reason. In all others nothing follows from the fault.
SEVERAL_CODES = {
    "many": "many faults at once, of which each is found",
    "article-not-found--other-first-line": "the line that is there is not declared, the declared one is not there",
    "question-unanswered--with-another-fault": "two faults at once",
}
SUGGESTED = {
    "key-unknown": "layout",
    "key-unknown--claim": "exact",
    "key-unknown--figure": "comparator",
    "key-unknown--nested": "edtf",
    "key-unknown--quotation": "exact",
    "key-unknown--register": "quantity",
}


def lay(name: str, place: Path) -> Path:
    """A copy of the valid collection with the fault laid over it."""
    seeds = Path(shutil.copytree(BASE, place / "seeds"))
    shutil.copytree(FAULTS / name, seeds, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOTES))
    removed = FAULTS / name / "removed.txt"
    for line in removed.read_text("utf-8").splitlines() if removed.exists() else []:
        (seeds / line).unlink()
    return seeds


def expected(name: str) -> list[str]:
    """What `expected.txt` of a fault says; a fault without one is an error."""
    return (FAULTS / name / "expected.txt").read_text("utf-8").splitlines()


def as_line(finding: Finding) -> str:
    """A finding as `expected.txt` has it."""
    record = f" [{finding.record}]" if finding.record else ""
    return f"{finding.file}:{finding.line or ''} {finding.code}{record}"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", NAMES)
def test_fault_is_found(name: str, tmp_path: Path) -> None:
    """Each fault gives the findings that are expected of it: no more, no fewer, in order, each at its place."""
    found = validate_seeds(lay(name, tmp_path))
    assert [as_line(finding) for finding in found] == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_follows_from_a_fault(name: str) -> None:
    """A folder is named after its code, and expects no other unless it is listed with a reason."""
    codes = {line.split(" ")[1] for line in expected(name)}
    assert len(codes) > 1 if name in SEVERAL_CODES else codes == {name.split("--", maxsplit=1)[0]}


def test_listed_folders_exist() -> None:
    """The lists above name folders that there are."""
    assert {*SEVERAL_CODES, *SUGGESTED} <= set(NAMES)


def test_base_has_no_fault(tmp_path: Path) -> None:
    """The collection that the faults are laid over is valid, also without the register that may be left out."""
    seeds = Path(shutil.copytree(BASE, tmp_path / "seeds"))
    assert validate_seeds(seeds) == []
    (seeds / "divergences.toml").unlink()
    assert validate_seeds(seeds) == []


@pytest.mark.parametrize(("name", "meant"), SUGGESTED.items())
def test_misspelt_key_is_told_from_the_right_one(name: str, meant: str, tmp_path: Path) -> None:
    """A misspelt key is reported with the key that was probably meant."""
    (finding,) = validate_seeds(lay(name, tmp_path))
    assert finding.expected.endswith(f"perhaps {meant}")


def test_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the limit is a finding, and nothing follows from what it would have said."""
    sizes = {path: path.stat().st_size for path in BASE.rglob("*") if path.is_file()}
    largest = max(sizes, key=lambda path: sizes[path])
    monkeypatch.setattr("corpus.seeds.files._MOST_BYTES", sizes[largest] - 1)
    found = validate_seeds(Path(shutil.copytree(BASE, tmp_path / "seeds")))
    assert [as_line(finding) for finding in found] == [f"seeds/{largest.relative_to(BASE)}: file-too-large"]


def test_link_out_of_the_seeds_is_not_followed(tmp_path: Path) -> None:
    """A file that is a link to a place outside the seeds counts as missing."""
    seeds = Path(shutil.copytree(BASE, tmp_path / "seeds"))
    text = seeds / "200" / "town.txt"
    text.rename(tmp_path / "town.txt")
    text.symlink_to(tmp_path / "town.txt")
    assert [as_line(finding) for finding in validate_seeds(seeds)] == ["seeds/200/town.txt: file-missing"]


@pytest.fixture(scope="module")
def base_dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of the valid collection."""
    return build(BASE, tmp_path_factory.mktemp("base") / "dist", lock=None).folder


@pytest.mark.parametrize("name", ["claim-not-found", "many", "seed-checksum", "term-unknown", "toml-syntax"])
def test_faulty_seeds_are_not_built(
    name: str, base_dist: Path, tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """`corpus build` on faulty seeds tells code, place and remedy, exits 1 and leaves the old dataset as it was."""
    dist = Path(shutil.copytree(base_dist, tmp_path / "out" / "dist"))
    done = run("build", "--seeds", lay(name, tmp_path), "--dist", dist)
    assert (done.returncode, "nothing was written" in done.stderr) == (1, True)
    for line in expected(name):
        place, code = line.removesuffix("]").split(" ")[:2]
        assert f"{place.removesuffix(':')}: error {code}" in done.stdout
    for part in ("expected:", "found:", "to do:"):
        assert done.stdout.count(f"\n  {part} ") == len(expected(name))
    assert contents(dist) == contents(base_dist)
    assert {path.name for path in dist.parent.iterdir()} <= {"dist", ".dist.lock"}


def test_faulty_seeds_leave_nothing_behind(
    tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    """Where there was no dataset, a build of faulty seeds makes none."""
    done = run("build", "--seeds", lay("claim-not-found", tmp_path), "--dist", tmp_path / "out" / "dist")
    assert done.returncode == 1
    assert {path.name for path in (tmp_path / "out").iterdir()} <= {".dist.lock"}
