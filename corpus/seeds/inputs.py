"""The files of a folder of seeds that a build reads, by name."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import MissingSeedsError
from corpus.seeds.reading import REGISTERS, SUGGESTIONS

_REGISTERS = ("dataset.toml", *REGISTERS)


def input_files(root: Path) -> list[str]:
    """The registers, and of each seed its files and annotation passes, with forward slashes, sorted.

    Hidden files and suggestions are no input, and neither is what a link leads to outside the folder.
    Raises `MissingSeedsError` where `root` holds no collection.
    """
    if not (root / "dataset.toml").is_file():
        raise MissingSeedsError(root)
    seeds = [path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")]
    paths = [root / name for name in _REGISTERS]
    paths += [path for seed in seeds for path in seed.iterdir() if path.name != SUGGESTIONS]
    paths += [path for seed in seeds for path in (seed / "passes").glob("*.jsonl")]
    inside = (path for path in paths if path.is_file() and path.resolve().is_relative_to(root.resolve()))
    return sorted(path.relative_to(root).as_posix() for path in inside if not path.name.startswith("."))
