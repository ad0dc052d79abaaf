"""Commands for those who mark claims: suggest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus.commands.options import OutputFormat, SeedsOption
from corpus.commands.reporting import report


def suggest(
    article: Annotated[str, typer.Argument(help="The id of an article.")],
    seeds: SeedsOption = Path("seeds"),
    settle: Annotated[bool, typer.Option("--settle", help="Move what was accepted into claims.jsonl.")] = False,
) -> None:
    """Suggest claims for an article, for a curator to accept, edit or drop."""
    from corpus import suggesting
    from corpus.errors import InvalidCorpusError

    try:
        if settle:
            accepted, dropped, left = suggesting.settle(article, seeds)
            typer.echo(f"{accepted} accepted, {dropped} dropped, {left} left open")
            return
        file, count = suggesting.suggest(article, seeds)
    except InvalidCorpusError as error:
        report(error.findings, OutputFormat.text, fine="")
        return
    if count:
        typer.echo(f"{count} suggestions in {file}: set each decision to accept or drop, then run again with --settle")
    else:
        typer.echo(f"nothing to suggest: each claim that the rules find in {article} overlaps one that is marked")
