"""A built dataset in a folder, or in a revision of a git repository.

From a revision only the manifest and the Parquet files are taken, blob by blob, as they were committed: neither
filters nor attributes of the repository are applied, and no name of a tree becomes a path unless it is one of ours.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import MissingDatasetError, UnknownRevisionError
from corpus.names import MANIFEST

# A revision may come from a stranger's branch name. It begins like none of git's options, and has no place for
# searches (`:/words`, `^{/pattern}`), whose patterns may take long.
_REVISION = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./@~^+-]{0,250}")
_FILE = re.compile(r"data/[a-z][a-z0-9_]{0,99}/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}\.parquet")
_SECONDS = 300


@contextmanager
def dataset_at(place: str) -> Iterator[Path]:
    """The folder `place`, or `REVISION:FOLDER` written into a temporary folder for as long as the context lasts.

    A folder of that name comes first. As git has it, FOLDER leads from the top of the repository, or from here
    where it begins with `./`. Raises `MissingDatasetError`, `UnknownRevisionError`.
    """
    revision, colon, folder = place.partition(":")
    if Path(place).exists() or not colon:
        yield Path(place)
        return
    tree = _tree(place, revision, folder)
    with tempfile.TemporaryDirectory(prefix="corpus-") as temporary:
        _write_tree(tree, Path(temporary))
        if not Path(temporary, MANIFEST).is_file():
            raise MissingDatasetError(Path(place))
        yield Path(temporary)


def _tree(place: str, revision: str, folder: str) -> str:
    """The object id of a folder in a revision."""
    if not _REVISION.fullmatch(revision):
        raise UnknownRevisionError(place, f"{revision!r} is not how a commit, branch or tag is written")
    try:
        commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except subprocess.CalledProcessError as error:
        raise UnknownRevisionError(place, f"there is no revision {revision!r} here") from error
    try:
        tree = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{folder.rstrip('/')}")
        _git("cat-file", "tree", tree)
    except (subprocess.CalledProcessError, ValueError) as error:
        raise UnknownRevisionError(place, f"{revision!r} has no folder {folder!r}") from error
    return tree


def _write_tree(tree: str, folder: Path) -> None:
    listed = _git("ls-tree", "-r", "-z", "--full-tree", tree, "--", MANIFEST, "data")
    for entry in filter(None, listed.split("\0")):
        about, _, name = entry.partition("\t")
        mode, _, blob = about.split(" ")
        if mode in {"100644", "100755"} and (name == MANIFEST or _FILE.fullmatch(name)):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                subprocess.run(["git", "cat-file", "blob", blob], stdout=file, check=True, timeout=_SECONDS)  # noqa: S603, S607


def _git(*arguments: str) -> str:
    """What git prints. Raises `CalledProcessError` where it fails."""
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
    done = subprocess.run(  # noqa: S603 - no shell, and no argument that git could take for an option
        ["git", *arguments],  # noqa: S607
        capture_output=True,
        check=True,
        timeout=_SECONDS,
        env=environment,
    )
    return done.stdout.decode("utf-8", "replace").strip("\n")
