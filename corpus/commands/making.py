"""Commands that make a dataset and say whether it is right: build, validate, verify."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.commands.options import DistOption, FormatOption, LockOption, OutputFormat, SeedsOption
from corpus.commands.releasing import release_beside
from corpus.commands.reporting import report, shown_progress

if TYPE_CHECKING:
    from corpus.building import BuildReport
    from corpus.findings import Finding


def build(
    seeds: SeedsOption = Path("seeds"),
    dist: DistOption = Path("dist"),
    lock: LockOption = Path("requirements.lock"),
    check: Annotated[bool, typer.Option("--check", help="Write nothing: say where the dataset differs.")] = False,
    without_text: Annotated[
        bool,
        typer.Option("--without-text", help="Also write a release without the texts, named -text-free, beside it."),
    ] = False,
    form: FormatOption = OutputFormat.text,
) -> None:
    """Build the dataset from the seeds, all or nothing."""
    if check and without_text:
        msg = "nothing is written with --check: give one of the two"
        raise typer.BadParameter(msg, param_hint="--without-text")
    from corpus import building
    from corpus.errors import InvalidCorpusError

    fine = f"{dist} is what {seeds} gives, to the byte"
    findings: Sequence[Finding]
    try:
        with shown_progress() as progress:
            if check:
                findings = building.check(seeds, dist, lock=lock, progress=progress)
            else:
                built = building.build(seeds, dist, lock=lock, progress=progress)
                findings, fine = built.findings, _summary(built)
                if without_text:
                    released, refused = release_beside(built.folder, progress)
                    findings, fine = [*findings, *refused], f"{fine}\n{released}"
    except InvalidCorpusError as error:
        findings = error.findings
        typer.echo("nothing was written", err=True)
    report(findings, form, fine)


def validate(
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders of seeds or built datasets.")] = None,
    form: FormatOption = OutputFormat.text,
) -> None:
    """Say everything that is wrong with seeds or with a built dataset (default: the folder seeds)."""
    from corpus.findings import in_order
    from corpus.loading import validate as validate_place

    places = paths or [Path("seeds")]
    with shown_progress() as progress:
        findings = []
        for place in places:
            progress(f"validating {place}")
            findings += validate_place(place)
    report(in_order(findings), form, fine=f"{', '.join(map(str, places))}: valid")


def verify(
    dist: Annotated[Path, typer.Argument(help="A built dataset.")] = Path("dist"),
    form: FormatOption = OutputFormat.text,
) -> None:
    """Say which files of a built dataset were changed, removed or added."""
    from corpus.loading import verify as verify_folder

    report(verify_folder(dist), form, fine=f"{dist} is whole")


def _summary(built: BuildReport) -> str:
    rows = "\n".join(f"  {name:<14} {count:>8,} rows" for name, count in built.rows.items())
    return (
        f"built {built.folder}, version {built.version}, in {built.seconds:.1f} s\n{rows}\n"
        f"  content digest {built.digest}"
    )
