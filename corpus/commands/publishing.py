"""The command that publishes a built dataset."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.commands.options import DistOption, FormatOption, OutputFormat
from corpus.commands.progress import shown_progress
from corpus.commands.reporting import report

if TYPE_CHECKING:
    from corpus.releasing.publish import PublishReport


def publish(
    address: Annotated[
        str, typer.Argument(help="A folder, s3://BUCKET/PLACE, hf://datasets/OWNER/NAME, or what fsspec knows.")
    ],
    dist: DistOption = Path("dist"),
    with_text: Annotated[bool, typer.Option("--with-text", help="Publish texts of third parties, too.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", help="Why they may be published; it is recorded.")] = None,
    date: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The day of the decision (default: today).")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Send nothing: list what would be sent.")] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Send again what was damaged at the address of this very version.")
    ] = False,
    replace_unfinished: Annotated[
        bool, typer.Option("--replace-unfinished", help="Take the place of other content that was never released.")
    ] = False,
    form: FormatOption = OutputFormat.text,
) -> None:
    """Publish the built dataset under its version: all of it or nothing, beside the versions before it."""
    from corpus.errors import PublicationRefusedError
    from corpus.releasing import publish as publishing

    if with_text != (reason is not None):
        raise typer.BadParameter("--with-text and --reason go together: say why the texts may be published")
    day = date.date() if date else None
    flags = {"repair": repair, "replace_unfinished": replace_unfinished, "dry_run": dry_run}
    try:
        with shown_progress() as progress:
            done = publishing.publish(address, dist, reason=reason, day=day, progress=progress, **flags)
    except PublicationRefusedError as error:
        report(error.findings, form, fine="")
        return
    if dry_run:
        _list(done, err=form is not OutputFormat.text)
    report([], form, _summary(done, dry_run))


def _list(done: PublishReport, *, err: bool) -> None:
    from corpus.terminal import printable

    for verb, names in (("send", done.sent), ("keep", done.kept)):
        for name in names:
            typer.echo(f"{verb}  {printable(name)}", err=err)


def _summary(done: PublishReport, dry_run: bool) -> str:
    what = f"{done.name} {done.version}"
    if done.was_released and not done.sent:
        return f"{what} is released at {done.address}, and whole; latest: {done.latest}"
    verb = "would be" if dry_run else "was"
    size = f"{len(done.sent)} file(s) of {done.size:,} bytes sent, {len(done.kept)} there before"
    return f"{what} {verb} released at {done.address}: {size}\n  content digest {done.digest}\n  latest: {done.latest}"
