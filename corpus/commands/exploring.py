"""The command that writes pages for reading a built dataset: explore."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from corpus.commands.options import DistOption
from corpus.commands.progress import shown_progress


class ShownMarks(StrEnum):
    """Which claims an explorer shows."""

    curated = "curated"
    automatic = "automatic"


def explore(
    dist: DistOption = Path("dist"),
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="One page (….html) or a folder (default: explorer.html, or explorer, beside the dataset)."
        ),
    ] = None,
    without_text: Annotated[bool, typer.Option("--without-text", help="Titles, labels and offsets only.")] = False,
    marks: Annotated[
        ShownMarks, typer.Option("--marks", help="Claims that were curated, or that rules found.")
    ] = ShownMarks.curated,
) -> None:
    """Write static pages for reading, finding and comparing what a built dataset holds."""
    from corpus.exploring.standing import standing_page
    from corpus.exploring.writing import explore as write_explorer
    from corpus.terminal import printable

    is_usual = not without_text and marks is ShownMarks.curated
    if out is None and is_usual and (page := standing_page(dist)):
        typer.echo(f"{printable(str(page))} came with the dataset: open it in a browser (--out writes another)")
        return
    with shown_progress() as progress:
        written = write_explorer(dist, out, with_text=not without_text, marks=marks.value, progress=progress)
    parts = f", in {written.parts} parts that are searched each by itself" if written.parts > 1 else ""
    typer.echo(
        f"wrote {printable(str(written.place))}: {written.articles:,} articles, {written.claims:,} claims, "
        f"{written.size / 1e6:.1f} MB{parts}"
    )
