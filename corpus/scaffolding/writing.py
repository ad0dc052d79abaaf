"""Writing a new repository: all of it or nothing, over nothing that is there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.errors import FolderInUseError
from corpus.scaffolding.programs import WHEELS, Program, program
from corpus.scaffolding.rendering import render_repository
from corpus.scaffolding.wanted import Wanted, wanted

# What a folder may hold that nothing here replaces: the history, and the environment that the program runs in.
_MAY_STAY = (".git", ".venv")
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class NewRepository:
    """A repository that was written. `files`: paths below `folder`, with forward slashes."""

    folder: Path
    wanted: Wanted
    program: Program
    files: tuple[str, ...]


def init(
    folder: Path,
    *,
    title: str | None = None,
    name: str | None = None,
    language: str = "en",
    creators: Sequence[str] = (),
    program_said: str | None = None,
    day: date | None = None,
) -> NewRepository:
    """Write a repository for a corpus into an empty folder, or one that is not there yet.

    `program_said`: a version of the program, a wheel of it, or a folder with its source. `day`: that of the first
    version, today if not given. Raises `FolderInUseError` where the folder holds anything but a history, an
    environment and the wheel; `UnfitWishError`, `UnfitProgramError` as `wanted` and `program` do; `OSError`. Whatever
    is raised, nothing was written.
    """
    asked = wanted(folder.resolve().name, title, name, language, creators)
    needed = program(program_said, folder)
    _refuse_used(folder, needed)
    files = render_repository(asked, needed, day or date.today())
    if needed.copied:
        files[f"{WHEELS}/{needed.copied.name}"] = needed.copied.read_bytes()
    _lay(folder, files)
    return NewRepository(folder, asked, needed, tuple(files))


def _refuse_used(folder: Path, needed: Program) -> None:
    """Raises `FolderInUseError` where something is in the way."""
    if folder.is_symlink() and not folder.exists():
        raise FolderInUseError(folder, ["a link that leads nowhere"])
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderInUseError(folder, ["it is a file"])
    own = "" if needed.copied else needed.requirement.removeprefix("./").partition("/")[0]
    others = sorted(entry.name for entry in folder.iterdir() if entry.name not in (*_MAY_STAY, own))
    if others:
        more = [f"and {len(others) - _MOST_NAMED} more"] if len(others) > _MOST_NAMED else []
        raise FolderInUseError(folder, [*others[:_MOST_NAMED], *more])


def _lay(folder: Path, files: dict[str, bytes]) -> None:
    """Make the files in a folder of their own on the same disk, then move them to their place."""
    beside = folder if folder.exists() else folder.parent
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=beside, prefix=".corpus-init-") as staging:
        staged = Path(staging) / "repository"
        for name, content in files.items():
            path = staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            _move_into(folder, staged)
        else:
            staged.rename(folder)


def _move_into(folder: Path, staged: Path) -> None:
    """Move each entry; where one cannot be moved, take back those that were."""
    moved: list[Path] = []
    try:
        for entry in sorted(staged.iterdir()):
            target = folder / entry.name
            if target.exists():  # it came while this ran
                raise FolderInUseError(folder, [entry.name])
            entry.rename(target)
            moved.append(target)
    except BaseException:
        for target in moved:
            shutil.rmtree(target) if target.is_dir() else target.unlink()
        raise
