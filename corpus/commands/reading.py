"""Commands that read a built dataset: show, stats, evaluate, diff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus.commands.options import DiffFormat, DistOption, JsonOption, StatsFormat


def show(
    record: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="The id of an article or of a claim (default: list the articles)."),
    ] = None,
    dist: DistOption = Path("dist"),
    as_json: JsonOption = False,
) -> None:
    """Show an article with its claims marked and who says them, or one claim; or list the articles."""
    import json

    from corpus import showing
    from corpus.drawing import open_console

    if not as_json:
        showing.show(record, dist, open_console()) if record else showing.list_articles(dist, open_console())
        return
    from corpus.loading import load

    rows = showing.as_json(record, dist) if record else load("articles", dist).to_dicts()
    typer.echo(json.dumps(rows, ensure_ascii=True, indent=1, default=str))


def stats(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Names of counted tables, as they stand beside the titles (default: all)."),
    ] = None,
    dist: DistOption = Path("dist"),
    form: Annotated[StatsFormat, typer.Option("--format", help="How tables are printed.")] = StatsFormat.text,
    as_json: JsonOption = False,
) -> None:
    """Count what a built dataset holds."""
    from corpus.counting import print_stats

    print_stats(dist, names or [], as_json=as_json or form is StatsFormat.json)


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold marks: a built dataset, JSON Lines, or brat files.")] = Path(
        "dist"
    ),
    predicted: Annotated[
        Path | None, typer.Argument(help="Marks to score (default: claims_automatic of GOLD).")
    ] = None,
    agreement: Annotated[bool, typer.Option("--agreement", help="Compare the annotation passes of GOLD.")] = False,
    form: Annotated[StatsFormat, typer.Option("--format", help="How the table is printed.")] = StatsFormat.text,
) -> None:
    """Score marks against gold marks, or measure how far the annotation passes agree."""
    from corpus import counting

    if agreement:
        counting.print_agreement(gold, as_json=form is StatsFormat.json)
    else:
        counting.print_scores(gold, predicted, as_json=form is StatsFormat.json)


def diff(
    old: Annotated[str, typer.Argument(help="A built dataset: a folder, REVISION:FOLDER of git, or an address.")],
    new: Annotated[str, typer.Argument(help="The dataset to compare with it, likewise.")] = "dist",
    form: Annotated[DiffFormat, typer.Option("--format", help="How differences are printed.")] = DiffFormat.text,
    limit: Annotated[
        int, typer.Option("--limit", min=0, max=100_000, help="Most rows named of a table and kind; all are counted.")
    ] = 20,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Leave with 1 where the datasets differ.")] = False,
) -> None:
    """Say which rows of two built datasets were added, removed or changed, and how."""
    from corpus.comparing.datasets import compare
    from corpus.comparing.rendering import render
    from corpus.places import dataset_at

    with dataset_at(old) as before, dataset_at(new) as after:
        difference = compare(before, after, limit)
    typer.echo(render(difference, form.value))
    if exit_code and difference.is_different:
        raise typer.Exit(1)
