"""A release: what differs from the last one, which version that asks for, and the files that say so."""

from __future__ import annotations

import datetime
import shlex
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.building import BuildReport, build
from corpus.comparing.datasets import compare
from corpus.comparing.differences import DatasetDifference
from corpus.errors import InvalidCorpusError, ReleaseRefusedError
from corpus.places import dataset_at
from corpus.places.revisions import dataset_in_revision, place_in_tag, released_versions
from corpus.scaling.progress import Progress
from corpus.seeds.declarations import Removal
from corpus.seeds.reading import read_removals
from corpus.tables.files import read_manifest
from corpus.versioning.meanings import changed_meanings
from corpus.versioning.pages import with_version, write
from corpus.versioning.policy import BUMPS, Bump, Change, Version, changes_in, least_bump
from corpus.versioning.registering import unregistered
from corpus.versioning.telling import MOST_NAMED, section


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the one who releases says; None: as the difference asks, the newest tag, today."""

    bump: Bump | None = None
    since: str | None = None
    day: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A release before anything of it is written. `files`: text before and after of each file that names the version.

    `least`: what `changes` ask for. `meanings`: what the card describes in other words than that of the last release.
    """

    since: str
    base: Version
    version: Version
    day: datetime.date
    least: Bump
    changes: tuple[Change, ...]
    meanings: tuple[str, ...]
    told: str
    files: Mapping[Path, tuple[str, str]]


def plan(
    seeds: Path, dist: Path, wanted: Wanted, lock: Path | None = None, progress: Progress = lambda _: None
) -> Plan:
    """Build the dataset elsewhere, compare it with the last release, and say what a release would be. Writes nothing.

    Raises `InvalidCorpusError` for what is wrong with the seeds, and for what is gone without an entry in the register;
    `ReleaseRefusedError` for a version below the least, for a change of meanings that nobody has judged, and where
    there is no last release or nothing differs from it.
    """
    with _last_release(dist, wanted.since) as (since, old), tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        built = build(seeds, Path(folder) / "dist", lock=lock, progress=progress)
        progress("comparing")
        difference = compare(old, built.folder, limit=MOST_NAMED)
        removals = read_removals(seeds)
        if findings := unregistered(old, built.folder, removals, seeds.resolve().name):
            raise InvalidCorpusError(findings)
        meanings = changed_meanings(old, built.folder, difference)
        if not wanted.bump and not meanings:
            _refuse_nothing(old, built, difference, since)
        day = wanted.day or datetime.datetime.now(tz=datetime.UTC).date()
        return _planned(seeds, since, difference, _new(old, removals), meanings, wanted, day)


def perform(
    planned: Plan, seeds: Path, dist: Path, lock: Path | None = None, progress: Progress = lambda _: None
) -> BuildReport:
    """Write the files of the plan and build `dist` with all its pages. Where the build fails they are put back."""
    try:
        for path, (_, after) in planned.files.items():
            write(path, after)
        return build(seeds, dist, lock=lock, progress=progress)
    except BaseException:
        for path, (before, _) in planned.files.items():
            if before:
                write(path, before)
            else:
                path.unlink(missing_ok=True)
        raise


def commands(planned: Plan, seeds: Path, dist: Path) -> list[str]:
    """The git commands by which a person makes the release: nothing is committed, tagged or pushed here."""
    paths = [str(seeds), str(dist), *(str(path) for path in planned.files if path.parent != seeds), "DATASHEET.md"]
    here = str(Path.cwd())
    shown = dict.fromkeys(path.removeprefix(f"{here}/") for path in paths)
    tag = f"v{planned.version}"
    return [
        shlex.join(["git", "add", "--all", *shown]),
        shlex.join(["git", "commit", f"--message=Release {planned.version}"]),
        shlex.join(["git", "tag", "--annotate", tag, f"--message={planned.version}"]),
        shlex.join(["git", "push", "origin", "HEAD", tag]),
    ]


@contextmanager
def _last_release(dist: Path, since: str | None) -> Iterator[tuple[str, Path]]:
    """What to compare with, and the folder that it is in for as long as the context lasts."""
    if since is not None:
        with dataset_at(since) as folder:
            yield since, folder
        return
    holder = dist if dist.is_dir() else dist.absolute().parent
    versions = released_versions(holder)
    if not versions:
        message = "there is no tag vX.Y.Z here: say with --since what was released last"
        raise ReleaseRefusedError(message)
    place = place_in_tag(dist, ".".join(map(str, versions[-1])))
    with dataset_in_revision(place, holder) as folder:
        yield place, folder


def _planned(
    seeds: Path,
    since: str,
    difference: DatasetDifference,
    removals: Sequence[Removal],
    meanings: Sequence[str],
    wanted: Wanted,
    day: datetime.date,
) -> Plan:
    base, declared = Version.read(difference.old_version), Version.read(difference.new_version)
    changes = changes_in(difference)
    least = least_bump(changes)
    _refuse_smaller(wanted.bump, least, changes)
    version = base.bumped(wanted.bump or least)
    if wanted.bump is None:
        _refuse_unjudged(meanings, least)
        version = max(version, declared)  # what the seeds say already, where it is no smaller
    told = section(difference, removals)
    files = with_version(seeds, base, version, day, told)
    return Plan(since, base, version, day, least, tuple(changes), tuple(meanings), told, files)


def _refuse_smaller(bump: Bump | None, least: Bump, changes: Sequence[Change]) -> None:
    if bump is not None and BUMPS.index(bump) < BUMPS.index(least):
        why = "; ".join([change.words for change in changes if change.bump == least][:5])
        message = f"a {bump} release cannot hold this: it asks for {least} ({why})"
        raise ReleaseRefusedError(message)


def _refuse_unjudged(meanings: Sequence[str], least: Bump) -> None:
    if meanings and least != "major":
        names = ", ".join(meanings[:10])
        message = (
            f"what {names} mean is put in other words: say --bump major where the meaning changed, else --bump {least}"
        )
        raise ReleaseRefusedError(message)


def _refuse_nothing(old: Path, built: BuildReport, difference: DatasetDifference, since: str) -> None:
    if not difference.is_different and read_manifest(old) == read_manifest(built.folder):
        message = f"nothing differs from {since}: there is nothing to release"
        raise ReleaseRefusedError(message)


def _new(old: Path, removals: Sequence[Removal]) -> list[Removal]:
    """The entries of the register that the last release did not have."""
    from corpus.comparing.datasets import table_files
    from corpus.comparing.tables import values_of

    known = {id_ for (id_,) in values_of(table_files(old).get("removed", ()), "removed_id")}
    return [entry for entry in removals if entry.id not in known]
