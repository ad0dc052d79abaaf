"""A built dataset in a revision of a git repository.

Only the manifest, the card and the Parquet files are taken, blob by blob, as they were committed: neither filters nor
attributes of the repository are applied, and no name of a tree becomes a path unless it is one of ours.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import MissingDatasetError, UnknownRevisionError
from corpus.names import MANIFEST
from corpus.places.addresses import CARD, FILE

# A revision may come from a stranger's branch name. It begins like none of git's options, and has no place for
# searches (`:/words`, `^{/pattern}`), whose patterns may take long.
_REVISION = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./@~^+-]{0,250}")
_TAG = re.compile(r"v(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})", re.ASCII)
_SECONDS = 300


@contextmanager
def dataset_in_revision(
    place: str, repository: Path | None = None, tables: Collection[str] | None = None
) -> Iterator[Path]:
    """The dataset `REVISION:FOLDER` in a temporary folder; of its tables all, or those named.

    `repository`: a folder in the repository (default: where the program runs).
    Raises `UnknownRevisionError`, `MissingDatasetError`.
    """
    revision, _, folder = place.partition(":")
    git = Git(repository or Path())
    tree = _tree(git, place, revision, folder)
    with tempfile.TemporaryDirectory(prefix="corpus-") as temporary:
        _write_tree(git, tree, Path(temporary), tables)
        if not Path(temporary, MANIFEST).is_file():
            raise MissingDatasetError(Path(place))
        yield Path(temporary)


class Git:
    """Asks git about the repository that the folder `place` lies in; nothing of it is changed."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def ask(self, *arguments: str) -> str:
        """What git prints. Raises `CalledProcessError` where it fails."""
        return self._run(*arguments).stdout.decode("utf-8", "replace").strip("\n")

    def write_blob(self, blob: str, path: Path) -> None:
        """Write a blob into a file."""
        with path.open("wb") as file:
            command = ["git", "cat-file", "blob", blob]
            subprocess.run(command, stdout=file, check=True, timeout=_SECONDS, cwd=self._place)  # noqa: S603

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
        return subprocess.run(  # noqa: S603 - no shell, and no argument that git could take for an option
            ["git", *arguments],  # noqa: S607
            capture_output=True,
            check=True,
            timeout=_SECONDS,
            env=environment,
            cwd=self._place,
        )


def released_versions(place: Path) -> list[tuple[int, int, int]]:
    """The versions that tags `vX.Y.Z` of the repository name, ascending; none where there is no repository."""
    try:
        tags = Git(place).ask("tag", "--list", "v*").split("\n")
    except (subprocess.CalledProcessError, OSError):
        return []
    found = [match for tag in tags if (match := _TAG.fullmatch(tag))]
    return sorted((int(match[1]), int(match[2]), int(match[3])) for match in found)


def place_in_tag(dist: Path, version: str) -> str:
    """`vX.Y.Z:FOLDER` for the dataset folder `dist`: where the release of that version has it in its repository.

    Raises `UnknownRevisionError` where `dist` lies in no repository or there is no such tag.
    """
    holder = dist if dist.is_dir() else dist.parent
    try:
        prefix = Git(holder).ask("rev-parse", "--show-prefix").rstrip("/")
    except (subprocess.CalledProcessError, OSError) as error:
        raise UnknownRevisionError(f"v{version}", f"{dist} lies in no git repository") from error
    folder = prefix if holder is dist else "/".join(filter(None, [prefix, dist.name]))
    versions = [".".join(map(str, numbers)) for numbers in released_versions(holder)]
    if version not in versions:
        raise UnknownRevisionError(f"v{version}", f"there is no tag v{version}; {_known(versions)}")
    return f"v{version}:{folder}"


def _known(versions: list[str]) -> str:
    return f"released were {', '.join(versions[-5:])}" if versions else "no tag vX.Y.Z is here"


def _tree(git: Git, place: str, revision: str, folder: str) -> str:
    """The object id of a folder in a revision."""
    if not _REVISION.fullmatch(revision):
        raise UnknownRevisionError(place, f"{revision!r} is not how a commit, branch or tag is written")
    try:
        commit = git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except subprocess.CalledProcessError as error:
        raise UnknownRevisionError(place, f"there is no revision {revision!r} here") from error
    try:
        tree = git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{folder.rstrip('/')}")
        git.ask("cat-file", "tree", tree)
    except (subprocess.CalledProcessError, ValueError) as error:
        raise UnknownRevisionError(place, f"{revision!r} has no folder {folder!r}") from error
    return tree


def _write_tree(git: Git, tree: str, folder: Path, tables: Collection[str] | None) -> None:
    listed = git.ask("ls-tree", "-r", "-z", "--full-tree", tree, "--", MANIFEST, CARD, "data")
    for entry in filter(None, listed.split("\0")):
        about, _, name = entry.partition("\t")
        mode, _, blob = about.split(" ")
        is_ours = name in (MANIFEST, CARD) or (FILE.fullmatch(name) and (not tables or name.split("/")[1] in tables))
        if mode in {"100644", "100755"} and is_ours:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            git.write_blob(blob, path)
