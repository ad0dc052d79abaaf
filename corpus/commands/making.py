"""Commands that make a dataset and say whether it is right: build, validate, verify."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.commands.options import (
    AddressOption,
    BatchOption,
    DistOption,
    EngineName,
    EngineOption,
    FormatOption,
    FreshOption,
    LockOption,
    OnlyLocalOption,
    OutputFormat,
    QuietOption,
    SeedsOption,
    StrictOption,
    WorkersOption,
)
from corpus.commands.progress import shown_progress
from corpus.commands.releasing import release_beside
from corpus.commands.reporting import report

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.building import BuildReport
    from corpus.findings import Finding
    from corpus.scaling.progress import Progress

    Made = Callable[[Progress], tuple[Sequence[Finding], str]]


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
    quiet: QuietOption = False,
    engine: EngineOption = EngineName.local,
    workers: WorkersOption = None,
    address: AddressOption = None,
    batch: BatchOption = 256,
    fresh: FreshOption = False,
    strict: StrictOption = False,
    only_local: OnlyLocalOption = False,
) -> None:
    """Build the dataset from the seeds, all or nothing."""
    if check and without_text:
        msg = "nothing is written with --check: give one of the two"
        raise typer.BadParameter(msg, param_hint="--without-text")
    from corpus import building
    from corpus.scaling.streaming import BulkSettings

    bulk = BulkSettings(engine.value, workers, address, batch, fresh, strict, only_local)

    def made(progress: Progress) -> tuple[Sequence[Finding], str]:
        if check:
            findings = building.check(seeds, dist, lock=lock, progress=progress, bulk=bulk)
            return findings, f"{dist} is what {seeds} gives, to the byte"
        built = building.build(seeds, dist, lock=lock, progress=progress, bulk=bulk)
        released, refused = release_beside(built.folder, progress) if without_text else ("", ())
        return [*built.findings, *refused], "\n".join(filter(None, (_summary(built), released)))

    _report_made(made, form, is_quiet=quiet)


def _report_made(made: Made, form: OutputFormat, *, is_quiet: bool) -> None:
    """Do the work with progress, and report the findings that it gives or that stop it."""
    from corpus.errors import InvalidCorpusError

    findings: Sequence[Finding]
    try:
        with shown_progress(is_quiet=is_quiet) as progress:
            findings, fine = made(progress)
    except InvalidCorpusError as error:
        findings, fine = error.findings, ""
        typer.echo("nothing was written", err=True)
    report(findings, form, fine)


def validate(
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders of seeds or built datasets.")] = None,
    form: FormatOption = OutputFormat.text,
    quiet: QuietOption = False,
    workers: WorkersOption = None,
    only_local: OnlyLocalOption = False,
) -> None:
    """Say everything that is wrong with seeds or with a built dataset (default: the folder seeds)."""
    from corpus.findings import in_order
    from corpus.loading import validate as validate_place
    from corpus.scaling.streaming import BulkSettings

    places = paths or [Path("seeds")]
    bulk = BulkSettings(workers=workers, is_strict=True, only_local=only_local)
    with shown_progress(is_quiet=quiet) as progress:
        findings = []
        for place in places:
            progress(f"validating {place}")
            findings += validate_place(place, progress=progress, bulk=bulk)
    report(in_order(findings), form, fine=f"{', '.join(map(str, places))}: valid")


def verify(
    dist: Annotated[str, typer.Argument(help="A built dataset, or an address of releases.")] = "dist",
    version: Annotated[
        str | None, typer.Option("--version", help="A release at that address (default: the latest).")
    ] = None,
    form: FormatOption = OutputFormat.text,
    provenance: Annotated[
        bool, typer.Option("--provenance", help="Hold its provenance against the seeds and the lock as well.")
    ] = False,
    seeds: SeedsOption = Path("seeds"),
    lock: LockOption = Path("requirements.lock"),
) -> None:
    """Say which files of a built dataset, of what it was made from, or of a release were changed, removed or added."""
    from corpus.loading import verify as verify_folder
    from corpus.releasing.releases import is_place_of_releases, verify_release

    if provenance:
        fine = f"{dist} is whole, and made from {seeds} as it is"
        report(verify_folder(dist, seeds=seeds, lock=lock), form, fine)
        return
    if version is None and not is_place_of_releases(dist):
        report(verify_folder(dist), form, fine=f"{dist} is whole")
        return
    with shown_progress() as progress:
        findings = verify_release(dist, version, progress)
    report(findings, form, fine=f"{version or 'the latest version'} at {dist} is whole")


def _summary(built: BuildReport) -> str:
    rows = "\n".join(f"  {name:<17} {count:>11,} rows" for name, count in built.rows.items())
    head = f"built {built.folder}, version {built.version}, in {built.seconds:.1f} s"
    explorer = [f"  explorer: {built.explorer}"] if built.explorer else []
    return "\n".join([head, rows, *_of_bulk(built), *explorer, f"  content digest {built.digest}"])


def _of_bulk(built: BuildReport) -> Iterator[str]:
    """What a build of bulk seeds adds: refused records, seconds of work, memory."""
    if built.refused:
        counts = ", ".join(f"{code} {count:,}" for code, count in built.refused.items())
        yield f"  {sum(built.refused.values()):,} records refused ({counts}), listed in {built.rejects}"
    if built.stages:
        stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in built.stages.items())
        yield f"  work in bulk seeds, over all processes: {stages}"
        yield f"  largest process: {built.peak_memory / 2**20:,.0f} MiB"
