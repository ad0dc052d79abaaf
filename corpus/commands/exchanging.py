"""Commands that exchange annotations with other tools: export, import."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from corpus.commands.options import DistOption, FormatOption, OutputFormat
from corpus.commands.progress import shown_progress
from corpus.commands.reporting import report
from corpus.interchange.formats import names

FormArgument = Annotated[str, typer.Argument(metavar="FORMAT", help=f"The format: {', '.join(names())}.")]


class ClaimsTable(StrEnum):
    """The tables of claims that are exported."""

    claims = "claims"
    claims_automatic = "claims_automatic"


class OffsetUnit(StrEnum):
    """What offsets count."""

    code_points = "code-points"
    utf_16 = "utf-16"
    bytes = "bytes"
    graphemes = "graphemes"


def export(
    form: FormArgument,
    articles: Annotated[list[str] | None, typer.Argument(help="Ids of articles (default: all).")] = None,
    dist: DistOption = Path("dist"),
    table: Annotated[ClaimsTable, typer.Option("--table", help="The claims to export.")] = ClaimsTable.claims,
    out: Annotated[Path | None, typer.Option("--out", help="The new folder (default: export-FORMAT).")] = None,
) -> None:
    """Write articles with their claims for an annotation tool, and say what its format cannot carry."""
    from corpus.annotations import export_annotations
    from corpus.terminal import printable

    folder = out or Path(f"export-{form}")
    with shown_progress() as progress:
        progress(f"writing {folder}")
        exported = export_annotations(form, folder, dist, articles or (), table.value)
    marks = f"{exported.marks:,} marks (claims, claimants, cues, relays, figures)"
    says = f"wrote {exported.documents:,} document(s) with {marks} to {exported.folder}"
    typer.echo(printable(says))
    for loss in exported.losses:
        typer.echo(f"not carried: {printable(loss)}", err=True)


def import_(
    form: FormArgument,
    path: Annotated[Path, typer.Argument(help="The file or folder that the tool has exported.", exists=True)],
    dist: DistOption = Path("dist"),
    out: Annotated[Path, typer.Option("--out", help="The new file of claims.")] = Path("claims.jsonl"),
    offsets: Annotated[
        OffsetUnit | None, typer.Option("--offsets", help="What offsets count (default: as the tool does).")
    ] = None,
    shown_as: FormatOption = OutputFormat.text,
) -> None:
    """Read annotations of a tool as lines for claims.jsonl, for a curator to complete; all or nothing."""
    from corpus.annotations import import_annotations
    from corpus.findings import in_order

    with shown_progress() as progress:
        progress(f"reading {path}")
        imported = import_annotations(form, path, out, dist, offsets.value if offsets else None)
    fine = (
        f"wrote {imported.rows:,} claims of {imported.documents:,} document(s) to {imported.file}: replace each TODO, "
        "then move the lines to claims.jsonl of their seeds and run corpus validate"
    )
    report(in_order(imported.findings), shown_as, fine)
