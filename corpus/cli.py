"""The command `corpus`: the names of its commands, an example of each, and how errors are told.

Heavy packages are imported inside the commands, so that `--help` is quick.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import typer

from corpus.commands.adding import add
from corpus.commands.curating import suggest
from corpus.commands.exchanging import export, import_
from corpus.commands.exploring import explore
from corpus.commands.founding import init
from corpus.commands.making import build, validate, verify
from corpus.commands.publishing import publish
from corpus.commands.reading import diff, evaluate, show, stats
from corpus.commands.releasing import hydrate
from corpus.commands.versioning import release, remove

# Each command with the example that its help ends with, in the order in which the help lists them.
_COMMANDS: dict[Callable[..., None], str] = {
    build: "corpus build --check   (rebuild elsewhere and compare to the byte; or: corpus build --without-text)",
    validate: "corpus validate seeds dist --format json",
    verify: "corpus verify dist   (with its inputs: --provenance; of a release: corpus verify s3://bucket/place)",
    publish: "corpus publish s3://bucket/place --dry-run   (then without; or: corpus publish hf://datasets/owner/name)",
    hydrate: "corpus hydrate dist-text-free --texts my-copies --out dist",
    init: 'corpus init my-corpus --title "Harbour notes" --language es   (or: corpus init . --program program.whl)',
    add: "corpus add letter.txt --outlet ferry-post --date 2024-03-05   (or: corpus add dump.jsonl --field text=body)",
    diff: "corpus diff HEAD~1:dist dist   (or: corpus diff https://example.org/dist dist --format markdown)",
    show: "corpus show 002-01   (or: corpus show 002-01-c003, a claim; corpus show, the list; … --json)",
    explore: "corpus explore --out explorer.html   (or: corpus explore --dist other/dist --out pages --without-text)",
    stats: "corpus stats claims_by_outlet --format json",
    suggest: "corpus suggest 002-01   (then decide in the file, then: corpus suggest 002-01 --settle)",
    export: "corpus export brat 002-01 --out annotate   (or: corpus export label-studio --table claims_automatic)",
    import_: "corpus import brat annotate --out new-claims.jsonl",
    release: "corpus release --dry-run   (then without it; or: corpus release --bump minor --since old/dist)",
    remove: 'corpus remove 002-01 --reason rights_request --note "The publisher asked for it."',
    evaluate: "corpus evaluate gold.jsonl predicted.jsonl   (or: corpus evaluate dist; or: … --agreement)",
}

# What the list of commands says of each: one line beside its name on 80 columns.
_IN_SHORT = {
    "build": "Build the dataset from the seeds, all or nothing.",
    "validate": "Say everything that is wrong with seeds or a dataset.",
    "verify": "Say which files were changed, removed or added.",
    "publish": "Publish the dataset under its version.",
    "hydrate": "Put the texts back into a release without texts.",
    "init": "Begin a corpus of your own, in a repository of its own.",
    "add": "Make a seed of a text, digest, export or dump.",
    "diff": "Say which rows of two datasets differ, and how.",
    "show": "Show an article or a claim with who says what; list articles.",
    "explore": "Write static pages for reading, finding and comparing.",
    "stats": "Count what the dataset holds.",
    "suggest": "Suggest claims for an article, for a curator to decide.",
    "export": "Write articles with their claims for an annotation tool.",
    "import": "Read what an annotation tool gives back.",
    "release": "Set the next version by what changed since the last.",
    "remove": "Take an article, a claim or a seed down.",
    "evaluate": "Score marks against curated ones, or the passes' agreement.",
}

app = typer.Typer(
    name="corpus",
    help="Build, check and read a corpus of press articles with claim spans.",
    epilog="Exit status: 0 fine, 1 findings, 2 wrong usage.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command, _example in _COMMANDS.items():
    _name = _command.__name__.rstrip("_")
    app.command(_name, epilog=f"Example: {_example}", short_help=_IN_SHORT[_name])(_command)


def main() -> None:
    """Run the command; errors that a person can mend are told without a traceback."""
    from corpus.errors import CorpusError
    from corpus.terminal import printable

    for stream in (sys.stdout, sys.stderr):  # a terminal that has not all letters shows escapes, and no traceback
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except (CorpusError, OSError) as error:
        typer.echo(f"corpus: {printable(str(error))}", err=True)
        sys.exit(getattr(error, "exit_status", 1))
