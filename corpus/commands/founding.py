"""The command that begins a corpus: init."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from corpus.scaffolding.writing import NewRepository

_PROGRAM_HELP = "A version of this program, a wheel or a folder with its source (default: the running version)."


def init(
    folder: Annotated[Path, typer.Argument(help="An empty folder, or one that is not there yet.", metavar="DIR")],
    title: Annotated[
        str | None, typer.Option("--title", help="Title of the corpus (default: the folder's name).")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="Its short name, as harbour-notes (default: from the title).")
    ] = None,
    language: Annotated[
        str, typer.Option("--language", help="Language of the texts: a tag such as es or pt-BR.")
    ] = "en",
    creator: Annotated[
        list[str] | None, typer.Option("--creator", help="Who makes it, as a citation says (several times).")
    ] = None,
    program: Annotated[str | None, typer.Option("--program", help=_PROGRAM_HELP)] = None,
) -> None:
    """Begin a corpus of your own: a repository with an invented example, which builds and validates at once."""
    from corpus.scaffolding.writing import init as write_repository

    made = write_repository(
        folder, title=title, name=name, language=language, creators=creator or (), program_said=program
    )
    _tell(made)


def _tell(made: NewRepository) -> None:
    from corpus.terminal import printable

    wanted = made.wanted
    typer.echo(printable(f"wrote {made.folder}: {wanted.title}, {len(made.files)} files, nothing else was touched"))
    if not wanted.has_own_sample:
        typer.echo(
            f"  There is no example in {wanted.language}: it is in English, and declared so; delete it when you like."
        )
    typer.echo(f"  The program: {made.program.requirement}. {made.program.note}")
    steps = [
        *([] if made.folder.resolve() == Path.cwd() else [f"cd {shlex.quote(str(made.folder))}"]),
        "make build",
        "make test",
    ]
    typer.echo("")
    typer.echo(printable(f"next: {' && '.join(steps)}"))
    typer.echo("then: README.md says what to do first; every file in seeds/ says what to write where")
