"""The wheel: it holds the two packages whole and nothing else, and works without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.building import BESIDE

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "schemas")
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
Installed = Callable[..., subprocess.CompletedProcess[str]]


def run_quietly(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(command), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with what is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    done = run_quietly(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    assert done.returncode == 0, done.stderr
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """Run a command of an environment that has the locked packages and the wheel, far from the checkout."""
    folder = tmp_path_factory.mktemp("environment")
    assert run_quietly(sys.executable, "-m", "venv", "--without-pip", folder).returncode == 0
    install = [*PIP, "--python", folder / "bin" / "python", "install", "--quiet", "--no-compile"]
    locked = run_quietly(*install, "--require-hashes", "-r", ROOT / "requirements.lock")
    if locked.returncode != 0 and os.environ.get("CI") != "true":
        shutil.rmtree(folder)
        pytest.skip(f"the locked packages cannot be installed: {locked.stderr[-500:]}")
    assert locked.returncode == 0, locked.stderr
    assert run_quietly(*install, "--no-deps", wheel).returncode == 0
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(name: str, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        command = [folder / "bin" / name, *arguments]
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)

    yield run
    shutil.rmtree(folder)  # it is large, and pytest keeps the folders of several runs


def own_files(folder: Path) -> set[str]:
    """The files of a package in the checkout, without what Python leaves there."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix() for path in found}


def content(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_holds_the_packages_whole(wheel: Path) -> None:
    """The wheel holds every file of both packages, with queries, templates and lists, and nothing but these."""
    expected = set().union(*(own_files(ROOT / package) for package in PACKAGES))
    assert {name for name in content(wheel) if ".dist-info/" not in name} == expected
    assert {Path(name).suffix for name in expected} >= {".py", ".sql", ".j2", ".toml", ".txt"}


def test_wheel_holds_what_git_tracks(wheel: Path) -> None:
    """No tracked file of the packages is missing from the wheel."""
    tracked = run_quietly("git", "-C", ROOT, "ls-files", *PACKAGES)
    if tracked.returncode != 0:
        pytest.skip("this is no checkout of git")
    assert {name for name in tracked.stdout.split("\n") if name and (ROOT / name).exists()} <= content(wheel)


def test_what_the_wheel_says_of_itself(wheel: Path) -> None:
    """Beside the packages the wheel holds metadata, the licence and the command, and no more."""
    about = {name.partition(".dist-info/")[2] for name in content(wheel) if ".dist-info/" in name}
    assert about == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}
    with zipfile.ZipFile(wheel) as archive:
        points = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert archive.read(points).decode().split() == ["[console_scripts]", "corpus", "=", "corpus.cli:main"]


def test_wheel_is_the_same_every_time(wheel: Path, tmp_path: Path) -> None:
    """The same files give the same wheel, to the byte."""
    done = run_quietly(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, ROOT)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_installed_elsewhere(installed: Installed, tmp_path: Path) -> None:
    """In an environment of its own, both packages are those of the wheel and not those of the checkout."""
    done = installed("python", "-c", "import corpus, schemas; print(corpus.__file__, schemas.__file__)", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("site-packages") == 2
    assert str(ROOT) not in done.stdout


@pytest.mark.parametrize("command", [["validate", "dist"], ["verify", "dist"], ["show", "002-01", "--dist", "dist"]])
def test_installed_command(installed: Installed, copied: Path, command: list[str]) -> None:
    """Far from the checkout the installed command finds a copied dataset right and whole, and shows an article."""
    done = installed("corpus", *command, cwd=copied.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_installed_command_builds(installed: Installed, committed: Path, tmp_path: Path) -> None:
    """Far from the checkout the installed command builds the committed dataset from the seeds, to the byte."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(committed, tmp_path / "dist")
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    for page in BESIDE:
        shutil.copy(ROOT / page, tmp_path)
    done = installed("corpus", "build", "--check", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
