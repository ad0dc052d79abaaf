"""Fixtures that the tests share: the real seeds, the committed dataset, and a dataset built afresh."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# No test may ask the network for a dataset, or write into the user's caches.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


@pytest.fixture(scope="session", autouse=True)
def _own_caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what `datasets` caches out of the home folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HOME", str(tmp_path_factory.mktemp("hf")))
        yield


@pytest.fixture(autouse=True)
def _in_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test in the project's folder, as a user does."""
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="session")
def committed() -> Path:
    """The committed dataset; read it, never write it."""
    return ROOT / "dist"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset built afresh from the real seeds; read it, never write it."""
    from corpus import build

    return build(ROOT / "seeds", tmp_path_factory.mktemp("built") / "dist", lock=ROOT / "requirements.lock").folder


@pytest.fixture(scope="session")
def notes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An invented dataset in two versions, 0.1.0 and 0.2.0; read them, never write them."""
    from corpus import build

    made = {}
    for version in ("0.1.0", "0.2.0"):
        folder = tmp_path_factory.mktemp("notes")
        seeds = Path(shutil.copytree(ROOT / "tests" / "faults" / "base", folder / "seeds"))
        for file, old, new in (
            ("dataset.toml", "0.1.0", version),
            ("sources.toml", "No licence", f"In {version} none"),
        ):
            (seeds / file).write_text((seeds / file).read_text("utf-8").replace(old, new), "utf-8")
        made[version] = build(seeds, folder / "dist", lock=None).folder
    return made


@pytest.fixture
def copied(built: Path, tmp_path: Path) -> Path:
    """A copy of the built dataset, to be damaged."""
    return Path(shutil.copytree(built, tmp_path / "dist"))


@pytest.fixture
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command `corpus` as a user does, in a process of its own; `cwd` and `env` may be given."""

    def runner(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "corpus", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]

    return runner
