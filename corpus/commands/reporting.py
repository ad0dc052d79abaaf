"""How commands report findings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from corpus.commands.options import OutputFormat

if TYPE_CHECKING:
    from corpus.findings import Finding


def report(findings: Sequence[Finding], form: OutputFormat, fine: str) -> None:
    """Print findings, or that there are none, and leave with the exit status."""
    from corpus.findings import has_errors
    from corpus.reports import render
    from corpus.terminal import printable

    if findings or form is not OutputFormat.text:
        typer.echo(render(findings, form.value))
    if form is OutputFormat.github:
        _summarise(findings)
    if has_errors(findings):
        typer.echo(f"{sum(f.level == 'error' for f in findings)} error(s)", err=True)
        raise typer.Exit(1)
    noted = f"no errors, {len(findings)} to look at; " if findings else ""
    typer.echo(noted + "\n".join(map(printable, fine.split("\n"))), err=form is not OutputFormat.text)


def _summarise(findings: Sequence[Finding]) -> None:
    """Count the findings in the step's summary: GitHub shows no more than ten annotations of a level for a step."""
    from corpus.reports import summarise

    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if findings and page:
        with Path(page).open("a", encoding="utf-8", newline="\n") as file:
            file.write(summarise(findings))
