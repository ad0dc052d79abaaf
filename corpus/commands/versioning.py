"""Commands for those who keep the dataset: release, remove."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.commands.options import DistOption, LockOption, OutputFormat, SeedsOption
from corpus.commands.progress import shown_progress
from corpus.commands.reporting import report

if TYPE_CHECKING:
    from corpus.removing.taking import TakenDown
    from corpus.versioning.planning import Plan


class BumpOption(StrEnum):
    """Which part of the version is raised."""

    patch = "patch"
    minor = "minor"
    major = "major"


class Reason(StrEnum):
    """Why something is taken down."""

    rights_request = "rights_request"
    privacy = "privacy"
    duplicate = "duplicate"
    error_in_source = "error_in_source"
    error_in_marking = "error_in_marking"
    other = "other"


_Day = Annotated[
    datetime.datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The day (default: today, UTC).")
]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Write nothing: show what would be done.")]


def release(
    bump: Annotated[
        BumpOption | None, typer.Option("--bump", help="Which part to raise (default: the least that is right).")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="The last release: a folder, REVISION:FOLDER, an address (default: newest tag)."),
    ] = None,
    day: _Day = None,
    dry_run: _DryRun = False,
    seeds: SeedsOption = Path("seeds"),
    dist: DistOption = Path("dist"),
    lock: LockOption = Path("requirements.lock"),
) -> None:
    """Set the next version by what changed since the last release, write the changelog, and build the dataset.

    Nothing is committed or tagged: the git commands are printed.
    """
    from corpus.errors import InvalidCorpusError
    from corpus.versioning import planning

    wanted = planning.Wanted(bump.value if bump else None, since, day.date() if day else None)
    try:
        with shown_progress() as progress:
            planned = planning.plan(seeds, dist, wanted, lock, progress)
            if not dry_run:
                planning.perform(planned, seeds, dist, lock, progress)
    except InvalidCorpusError as error:
        typer.echo("nothing was written", err=True)
        report(error.findings, OutputFormat.text, fine="")
        return
    typer.echo(_summary(planned, dry_run))
    typer.echo("\n".join(["", "Then:", *(f"  {line}" for line in planning.commands(planned, seeds, dist))]))


def _summary(planned: Plan, dry_run: bool) -> str:
    from corpus.terminal import printable

    lines = [f"{planned.base} → {planned.version}, {planned.day}; at least {planned.least}, since {planned.since}"]
    lines += [f"  {change.bump}: {change.words}" for change in planned.changes[:40]]
    lines += [f"  {len(planned.changes) - 40} more"] if len(planned.changes) > 40 else []
    lines += [f"  in other words: {name}" for name in planned.meanings[:40]]
    lines += [f"{'would write' if dry_run else 'wrote'} {path.name}" for path in planned.files]
    lines += ["", *planned.told.split("\n")] if dry_run else []
    return "\n".join(map(printable, lines))


def remove(
    record: Annotated[str, typer.Argument(help="The id of an article, a curated claim, or a seed.")],
    reason: Annotated[Reason, typer.Option("--reason", help="Why, in one word.")],
    note: Annotated[str, typer.Option("--note", help="Why, in a sentence that repeats no word of what goes.")],
    day: _Day = None,
    dry_run: _DryRun = False,
    seeds: SeedsOption = Path("seeds"),
) -> None:
    """Take an article, a claim or a seed down: out of the seeds, into the register of what was taken down."""
    from corpus.errors import InvalidCorpusError
    from corpus.removing import taking

    date = day.date() if day else datetime.datetime.now(tz=datetime.UTC).date()
    try:
        taken = taking.take_down(taking.Request(record, reason.value, note, date), seeds, dry_run=dry_run)
    except InvalidCorpusError as error:
        typer.echo("nothing was changed", err=True)
        report(error.findings, OutputFormat.text, fine="")
        return
    typer.echo(_told(taken, dry_run))


def _told(taken: TakenDown, dry_run: bool) -> str:
    from corpus.terminal import printable

    lines = [f"{entry.kind} {entry.id}: sha256 {entry.sha256}" for entry in taken.entries]
    lines += [f"{'would change' if dry_run else 'changed'} seeds/{name}" for name in taken.files]
    lines += [f"look at {place}: it still names what went" for place in taken.mentions]
    lines += [
        "This covers the seeds of this checkout. Earlier commits, tags, releases and copies still hold what went:",
        "for a take-down the history has to be rewritten or the repository replaced.",
        "Then: corpus release (a MAJOR version)",
    ]
    return "\n".join(map(printable, lines))
