"""Commands about datasets without their texts: hydrate, and what `build --without-text` does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.commands.options import FormatOption, OutputFormat
from corpus.commands.progress import shown_progress
from corpus.commands.reporting import report

if TYPE_CHECKING:
    from corpus.findings import Finding
    from corpus.textfree.hydrating import HydrationReport


def hydrate(
    folder: Annotated[Path, typer.Argument(help="A text-free release.")],
    texts: Annotated[Path, typer.Option("--texts", help="The folder with your copies of the texts, or one file.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to write the dataset (default: beside it, named -hydrated).")
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Write the articles that matched, though others did not.")
    ] = False,
    form: FormatOption = OutputFormat.text,
) -> None:
    """Put the texts back into a text-free release, from your own copies of them.

    Copies may be the files as obtained, or texts of one article or several, under any name. Line ends, blank lines,
    spaces, kinds of quotation marks and dashes, and the Unicode form may differ; words may not.
    """
    from corpus.textfree.hydrating import hydrate as put_back

    target = out or _beside(folder, "hydrated")
    with shown_progress() as progress:
        done = put_back(folder, texts, target, partial=partial, progress=progress)
    missing = done.missing or done.folder is None
    if missing:
        from corpus.terminal import printable

        typer.echo("\n".join(map(printable, _summary(done).split("\n"))), err=True)
    report(done.findings, form, _summary(done))


def release_beside(dist: Path, progress: Callable[[str], None]) -> tuple[str, tuple[Finding, ...]]:
    """Write the text-free release of a dataset beside it; what to say of it, and the findings where it was refused."""
    from corpus.errors import InvalidCorpusError
    from corpus.textfree.releasing import without_text

    target = _beside(dist, "text-free")
    try:
        done = without_text(dist, target, progress)
    except InvalidCorpusError as error:
        typer.echo(f"{target} was not written", err=True)
        return "", error.findings
    share = f"{done.largest_share:.1%} of an article's words at most stay in short quotations"
    return f"released {target} without texts; {share}\n  content digest {done.digest}", ()


def _beside(folder: Path, name: str) -> Path:
    named = folder if folder.name else folder.resolve()
    return named.with_name(f"{named.name}-{name}")


def _summary(done: HydrationReport) -> str:
    ways = ", ".join(f"{way} {count}" for way, count in sorted(done.ways.items()))
    allowed = f"\n    in how many articles: {ways}" if ways else ""
    counts = (
        f"  {done.original:>8,} articles from files as obtained\n"
        f"  {done.exact:>8,} from copies that are the same to the code point\n"
        f"  {done.tolerated:>8,} from copies with differences that are allowed for{allowed}\n"
        f"  {done.missing:>8,} that no copy has"
    )
    if done.folder is None:
        return f"nothing was written\n{counts}"
    same = "that of the full dataset" if done.digest == done.full_digest else "of a part of the full dataset"
    return f"hydrated {done.folder}\n{counts}\n  content digest {done.digest}, {same}"
