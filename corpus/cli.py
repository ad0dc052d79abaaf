"""The command `corpus`. Heavy packages are imported inside the commands, so that `--help` is quick."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from corpus.building import BuildReport, Progress
    from corpus.findings import Finding

app = typer.Typer(
    name="corpus",
    help="Build, check and read a corpus of press articles with claim spans.",
    epilog="Exit status: 0 fine, 1 findings, 2 wrong usage.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class OutputFormat(StrEnum):
    """How findings are printed."""

    text = "text"
    json = "json"
    github = "github"


class StatsFormat(StrEnum):
    """How counted tables are printed."""

    text = "text"
    json = "json"


SeedsOption = Annotated[Path, typer.Option("--seeds", help="The folder of seeds.")]
DistOption = Annotated[Path, typer.Option("--dist", help="The folder of the built dataset.")]
LockOption = Annotated[Path, typer.Option("--lock", help="The lock file whose digest goes into the manifest.")]
FormatOption = Annotated[OutputFormat, typer.Option("--format", help="How findings are printed.")]


@app.command(epilog="Example: corpus build --check   (rebuild elsewhere and compare to the byte)")
def build(
    seeds: SeedsOption = Path("seeds"),
    dist: DistOption = Path("dist"),
    lock: LockOption = Path("requirements.lock"),
    check: Annotated[bool, typer.Option("--check", help="Write nothing: say where the dataset differs.")] = False,
    form: FormatOption = OutputFormat.text,
) -> None:
    """Build the dataset from the seeds, all or nothing."""
    from corpus import building
    from corpus.errors import InvalidCorpusError

    fine = f"{dist} is what {seeds} gives, to the byte"
    findings: Sequence[Finding]
    try:
        with _progress() as progress:
            if check:
                findings = building.check(seeds, dist, lock=lock, progress=progress)
            else:
                report = building.build(seeds, dist, lock=lock, progress=progress)
                findings, fine = report.findings, _summary(report)
    except InvalidCorpusError as error:
        findings = error.findings
        typer.echo("nothing was written", err=True)
    _report(findings, form, fine)


@app.command(epilog="Example: corpus validate seeds dist --format json")
def validate(
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders of seeds or built datasets.")] = None,
    form: FormatOption = OutputFormat.text,
) -> None:
    """Say everything that is wrong with seeds or with a built dataset (default: the folder seeds)."""
    from corpus.findings import in_order
    from corpus.loading import validate as validate_place

    places = paths or [Path("seeds")]
    with _progress() as progress:
        findings = []
        for place in places:
            progress(f"validating {place}")
            findings += validate_place(place)
    _report(in_order(findings), form, fine=f"{', '.join(map(str, places))}: valid")


@app.command(epilog="Example: corpus verify dist")
def verify(
    dist: Annotated[Path, typer.Argument(help="A built dataset.")] = Path("dist"),
    form: FormatOption = OutputFormat.text,
) -> None:
    """Say which files of a built dataset were changed, removed or added."""
    from corpus.loading import verify as verify_folder

    _report(verify_folder(dist), form, fine=f"{dist} is whole")


@app.command(epilog="Example: corpus show 002-01")
def show(
    article: Annotated[str, typer.Argument(help="The id of an article.")],
    dist: DistOption = Path("dist"),
) -> None:
    """Show an article with its claims marked and who says them."""
    from rich.console import Console

    from corpus.showing import show_article

    show_article(article, dist, Console(highlight=False, emoji=False, markup=False))


@app.command(epilog="Example: corpus stats claims_by_outlet --format json")
def stats(
    names: Annotated[list[str] | None, typer.Argument(help="Names of counted tables (default: all).")] = None,
    dist: DistOption = Path("dist"),
    form: Annotated[StatsFormat, typer.Option("--format", help="How tables are printed.")] = StatsFormat.text,
) -> None:
    """Count what a built dataset holds."""
    from corpus.counting import print_stats

    print_stats(dist, names or [], as_json=form is StatsFormat.json)


@app.command(epilog="Example: corpus suggest 002-01   (then decide in the file, then: corpus suggest 002-01 --settle)")
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
        _report(error.findings, OutputFormat.text, fine="")
        return
    if count:
        typer.echo(f"{count} suggestions in {file}: set each decision to accept or drop, then run again with --settle")
    else:
        typer.echo(f"nothing to suggest: each claim that the rules find in {article} overlaps one that is marked")


@app.command(
    epilog="Example: corpus evaluate gold.jsonl predicted.jsonl   (or: corpus evaluate dist; or: … --agreement)"
)
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


@contextmanager
def _progress() -> Iterator[Progress]:
    """Name the stage on a terminal; say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update


def _report(findings: Sequence[Finding], form: OutputFormat, fine: str) -> None:
    """Print findings, or that there are none, and leave with the exit status."""
    from corpus.findings import has_errors, render

    if findings or form is not OutputFormat.text:
        typer.echo(render(findings, form.value))
    if has_errors(findings):
        typer.echo(f"{sum(f.level == 'error' for f in findings)} error(s)", err=True)
        raise typer.Exit(1)
    noted = f"no errors, {len(findings)} to look at; " if findings else ""
    typer.echo(f"{noted}{fine}", err=form is not OutputFormat.text)


def _summary(report: BuildReport) -> str:
    rows = "\n".join(f"  {name:<14} {count:>8,} rows" for name, count in report.rows.items())
    return (
        f"built {report.folder}, version {report.version}, in {report.seconds:.1f} s\n{rows}\n"
        f"  content digest {report.digest}"
    )


def main() -> None:
    """Run the command; errors that a person can mend are told without a traceback."""
    from corpus.errors import CorpusError
    from corpus.terminal import printable

    try:
        app()
    except (CorpusError, OSError) as error:
        typer.echo(f"corpus: {printable(str(error))}", err=True)
        sys.exit(getattr(error, "exit_status", 1))
