"""The command that adds texts: add."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.commands.options import OutputFormat, SeedsOption
from corpus.commands.progress import shown_progress
from corpus.commands.reporting import report

if TYPE_CHECKING:
    from corpus.adding import Addition, Wanted
    from corpus.findings import Finding
    from corpus.forms import Fields

FilesArgument = Annotated[
    list[Path], typer.Argument(help="Files: a text, a digest, a database export, or a dump of records.")
]
_FIELDS_HELP = "Which field of a record holds what, as text=body (several times): text, title, authors, outlet, …"


def add(
    files: FilesArgument,
    seeds: SeedsOption = Path("seeds"),
    seed_id: Annotated[str | None, typer.Option("--id", help="Id of the seed (default: the next number).")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Id of the outlet, of sources.toml.")] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="Date of publication, in EDTF: 2024-01-31, 2024-01.")
    ] = None,
    language: Annotated[str | None, typer.Option("--language", help="Language tag (default: detected).")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Encoding (default: detected).")] = None,
    form: Annotated[str | None, typer.Option("--form", help="Kind of file (default: told by the content).")] = None,
    layout: Annotated[str | None, typer.Option("--layout", help="How articles are divided (default: told).")] = None,
    field: Annotated[list[str] | None, typer.Option("--field", help=_FIELDS_HELP)] = None,
    suggest: Annotated[bool, typer.Option("--suggest/--no-suggest", help="Suggest claims for review.")] = True,
) -> None:
    """Add files as seeds: copied to the byte, all that is detected written down, the rest left as marked blanks."""
    from corpus.adding import Wanted
    from corpus.adding import add as add_file
    from corpus.declaring import Known
    from corpus.errors import InvalidCorpusError

    if seed_id and len(files) > 1:
        msg = "--id names one seed: give one file"
        raise typer.BadParameter(msg)
    wanted = Wanted(seed_id, form, layout, encoding, _fields(field or []), Known(outlet, date, language))
    _check(wanted)
    for file in files:
        try:
            with shown_progress() as progress:
                progress(f"reading {file.name}")
                addition = add_file(file, seeds, wanted, with_suggestions=suggest)
        except InvalidCorpusError as error:
            typer.echo("nothing was added", err=True)
            report(error.findings, OutputFormat.text, fine="")
            return
        _tell(addition)


def _fields(given: list[str]) -> Fields | None:
    from corpus.forms import Fields

    pairs = dict(pair.partition("=")[::2] for pair in given)
    if unknown := [name for name in pairs if name not in Fields.__slots__ or not pairs[name]]:
        msg = f"--field {unknown[0]}: give one of {', '.join(Fields.__slots__)}, as text=body"
        raise typer.BadParameter(msg)
    return Fields(**pairs) if pairs else None


def _check(wanted: Wanted) -> None:
    """Refuse names that nothing has, before a file is touched."""
    from corpus.forms import FORMS
    from corpus.text.dates import InvalidDateError, parse_edtf
    from corpus.text.layouts import LAYOUTS

    for value, known, name in ((wanted.form, FORMS, "--form"), (wanted.layout, LAYOUTS, "--layout")):
        if value is not None and value not in known:
            msg = f"{name} {value}: there are {', '.join(known)}"
            raise typer.BadParameter(msg)
    try:
        if wanted.known.date:
            parse_edtf(wanted.known.date)
    except InvalidDateError as error:
        msg = f"--date {error}: write it as 2024-01-31, 2024-01 or first/last"
        raise typer.BadParameter(msg) from error


def _tell(addition: Addition) -> None:
    """What was made, what was decided, and what remains to be done."""
    from corpus.findings import in_order
    from corpus.reports import render
    from corpus.terminal import printable

    read = addition.read
    facts = [read.form, *([read.encoding] if read.encoding else []), f"layout {read.layout}"]
    articles = f"{len(read.articles):,} article{'s' if len(read.articles) != 1 else ''}"
    typer.echo(f"added {printable(str(addition.folder))}: {articles} ({', '.join(facts)})")
    for article in read.articles[:_MOST_LISTED]:
        said = (article.outlet or "no outlet stated", article.published or "no date read")
        typer.echo(printable(f"  {article.first_line[:70]}  [{' · '.join(said)}; {article.sureness:.0%} sure]"))
    if len(read.articles) > _MOST_LISTED:
        typer.echo(f"  … and {len(read.articles) - _MOST_LISTED:,} more")
    if addition.suggestions:
        typer.echo(f"{addition.suggestions} claims suggested in {printable(str(addition.folder))}/suggestions.jsonl")
    elif addition.are_suggestions_wanted:
        typer.echo("no claims suggested: the rules, which are made for English prose, found none")
    if read.fields:
        _tell_fields(read.fields)
    doubts = [finding for finding in addition.doubts if finding.level != "note" or finding.code != "article-read"]
    if doubts:
        typer.echo(f"\nto look at:\n{render(in_order(doubts))}")
    blanks = [finding for finding in in_order(addition.to_do) if finding.code == "blank-open"]
    others = [finding for finding in in_order(addition.to_do) if finding.code != "blank-open"]
    if addition.to_do:
        typer.echo("\nto do before it is accepted:")
    if blanks:
        _tell_blanks(blanks)
    if others:
        typer.echo(render(others))
    typer.echo("\nthen: corpus validate, corpus build (CONTRIBUTING.md leads through it)")


def _tell_fields(fields: Fields) -> None:
    """Which fields of the records hold what, and what no field was found for."""
    from corpus.terminal import printable

    known = fields.named()
    typer.echo(printable(f"fields: {', '.join(f'{name}={field}' for name, field in known.items())}"))
    if missing := [name for name in fields.__slots__ if name not in known]:
        typer.echo(f"no field was found for {', '.join(missing)}: name those that there are under [fields]")


def _tell_blanks(blanks: Sequence[Finding]) -> None:
    """The blanks, one a line: there are some for each article."""
    from corpus.rules import RULES
    from corpus.terminal import printable

    for blank in blanks[:_MOST_LISTED]:
        key = blank.expected.removeprefix("a value of ")
        typer.echo(printable(f"{blank.place}: {blank.level} {blank.code}: {key} = {blank.found}"))
    if len(blanks) > _MOST_LISTED:
        typer.echo(f"… and {len(blanks) - _MOST_LISTED:,} more: look for TODO")
    typer.echo(f"  to do:    {RULES['blank-open'].remedy}")


_MOST_LISTED = 20
