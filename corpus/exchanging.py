"""All or nothing: a folder is made beside the old one and takes its place in one step.

Where the system can exchange two folders in one step (Linux, macOS) there is no moment without a dataset.
Elsewhere the old one is renamed first; if the run ends between the two renames, the next command
puts it back.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import BuildInProgressError, NotADatasetError
from corpus.names import CHECKSUMS, MANIFEST

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def _staging_prefix(target: Path) -> str:
    return f".{target.name}.building-"


def _previous(target: Path) -> Path:
    return target.with_name(f".{target.name}.previous")


@contextlib.contextmanager
def exclusive(target: Path) -> Iterator[None]:
    """Hold the lock of `target` for one build. Raises `BuildInProgressError` where another build holds it.

    Whatever an interrupted build left beside `target` is put right or removed first.
    Raises `NotADatasetError` where `target` holds anything but a dataset.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not _is_replaceable(target):
        raise NotADatasetError(target)
    lock = _lock(target)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BuildInProgressError(target) from error
    try:
        _put_back(target)
        for left in target.parent.glob(f"{_staging_prefix(target)}*"):
            shutil.rmtree(left, ignore_errors=True)
        shutil.rmtree(_previous(target), ignore_errors=True)
        yield
    finally:
        lock.release()


def repair(target: Path) -> None:
    """Put the old folder back where a build ended between two renames. Does nothing while a build is running."""
    target = target.resolve()
    if target.exists() or not _previous(target).is_dir():
        return
    with contextlib.suppress(Timeout, OSError), _lock(target).acquire(timeout=0):
        _put_back(target)


def _is_replaceable(target: Path) -> bool:
    """Whether a folder is an earlier dataset, damaged or not, or empty: nothing else may be replaced by a build."""
    if not target.is_dir():
        return False
    manifest, sums = _text(target / MANIFEST), _text(target / CHECKSUMS)
    is_dataset = '"digest_version":' in manifest or f"  {MANIFEST}\n" in sums
    return is_dataset or not any(target.iterdir())


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _put_back(target: Path) -> None:
    if not target.exists() and _previous(target).is_dir():
        _previous(target).rename(target)


def _lock(target: Path) -> FileLock:
    return FileLock(target.with_name(f".{target.name}.lock"))


def replace_folder(target: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write a new folder, and put it in the place of `target` in one step.

    Whatever `fill` raises, `target` is as it was, and nothing is left beside it.
    """
    staging = Path(tempfile.mkdtemp(prefix=_staging_prefix(target), dir=target.parent))
    try:
        staging.chmod(0o755)
        fill(staging)
        _flush(staging)
        if not target.exists():
            staging.rename(target)
        elif not _exchange(staging, target):
            target.rename(_previous(target))
            staging.rename(target)
            _previous(target).rename(staging)  # from here on nobody takes it for something to put back
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system cannot."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(os.fsencode(one), os.fsencode(other), _RENAME_EXCHANGE) == 0)
        result = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    except (OSError, AttributeError, TypeError):
        return False
    return bool(result == 0)


def _flush(folder: Path) -> None:
    """Have the system write the files out, so that a power cut does not leave empty ones behind the new name."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:  # Windows flushes only what may be written
                os.fsync(file.fileno())
