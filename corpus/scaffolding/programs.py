"""How a new repository asks for the program: a version, a wheel that it brings, or a folder."""

from __future__ import annotations

import os
import re
import tomllib
import zipfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from corpus.errors import UnfitProgramError
from corpus.names import PROGRAM

# Where in the repository a wheel is put.
WHEELS = "program"
_VERSION = re.compile(r"\d+(?:\.\d+){0,3}(?:(?:a|b|rc)\d+)?(?:\.post\d+)?")
_WHEEL = re.compile(r"(?P<name>\w+)-(?P<version>[\w.!+]+)(?:-\d\w*)?-[\w.]+-[\w.]+-[\w.]+\.whl", re.ASCII)
_PLAIN = re.compile(r"[\w./@+-]+", re.ASCII)  # what needs no quoting in a list of requirements
_METADATA = re.compile(r"[^/]+\.dist-info/METADATA")
_MOST_BYTES_OF_METADATA = 2**20
_MOST_BYTES_OF_A_WHEEL = 2**26


@dataclass(frozen=True, slots=True)
class Program:
    """The program as `requirements.txt` names it.

    `copied`: the wheel to put into the repository. `note`: what to know of this way, on a fresh clone above all.
    """

    requirement: str
    note: str
    copied: Path | None = None


def program(said: str | None, folder: Path) -> Program:
    """What `--program` names, for a repository in `folder`; without it the version that is running.

    Raises `UnfitProgramError` for what is no version, no wheel of the program and no folder of its source.
    """
    if said is None:
        return _by_version(_running())
    if _VERSION.fullmatch(said):
        return _by_version(said)
    path = Path(said)
    if said.endswith(".whl") and path.is_file():
        return _by_wheel(path, folder)
    if path.is_dir():
        return _by_folder(path, folder)
    raise UnfitProgramError(said, "a version such as 0.2.0, or a wheel or a folder that is there")


def _running() -> str:
    try:
        return version(PROGRAM)
    except PackageNotFoundError:  # run from the source tree
        raise UnfitProgramError("(the running one)", "which program to use: it is not installed here") from None


def _by_version(wanted: str) -> Program:
    note = (
        f"pip looks for {PROGRAM} {wanted} in the package index that it is set up for; if it is not there, begin again"
    )
    return Program(f"{PROGRAM}=={wanted}", f"{note} with --program and a wheel.")


def _by_wheel(path: Path, folder: Path) -> Program:
    _check_wheel(path)
    inside = _inside(path, folder)
    if inside is None:
        note = f"The wheel is copied into {WHEELS}/: commit it, then every clone has the program."
        return Program(f"./{WHEELS}/{path.name}", note, path)
    return Program(f"./{_plain(inside)}", "The wheel stays where it is: commit it, then every clone has the program.")


def _by_folder(path: Path, folder: Path) -> Program:
    try:
        project = tomllib.loads((path / "pyproject.toml").read_text("utf-8")).get("project", {})
    except (OSError, ValueError):
        project = {}
    if project.get("name") != PROGRAM:
        raise UnfitProgramError(str(path), f"a folder with the source of {PROGRAM}")
    inside = _inside(path, folder)
    if inside is not None:
        return Program(f"./{_plain(inside)}", "Commit that folder, or make it a submodule of git.")
    outside = os.path.relpath(path.resolve(), folder.resolve())
    note = f"{outside} is no part of the repository: a clone elsewhere, and the workflow, need a wheel or a version."
    return Program(_plain(Path(outside).as_posix()), note)


def _check_wheel(path: Path) -> None:
    """Raises `UnfitProgramError` where a file is no wheel of the program."""
    name = _WHEEL.fullmatch(path.name)
    if name is None or path.stat().st_size > _MOST_BYTES_OF_A_WHEEL:
        raise UnfitProgramError(str(path), "a wheel under the name that it was built with")
    try:
        with zipfile.ZipFile(path) as archive:
            (entry,) = (entry for entry in archive.infolist() if _METADATA.fullmatch(entry.filename))
            with archive.open(entry) as file:
                head = file.read(_MOST_BYTES_OF_METADATA).decode("utf-8", "replace").partition("\n\n")[0]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise UnfitProgramError(str(path), "a wheel that can be opened") from None
    named = re.search(r"^Name:[ \t]*(\S+)\r?$", head, re.MULTILINE)
    if named is None or re.sub(r"[-_.]+", "-", named[1]).lower() != PROGRAM:
        raise UnfitProgramError(str(path), f"a wheel of {PROGRAM}")


def _inside(path: Path, folder: Path) -> str | None:
    """The path from the repository's folder; None where it leads outside."""
    path, folder = path.resolve(), folder.resolve()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else None


def _plain(path: str) -> str:
    if not _PLAIN.fullmatch(path):
        expected = "a path of letters, digits, dots, hyphens and slashes: pip reads others otherwise"
        raise UnfitProgramError(path, expected)
    return path
