"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class OutputFormat(StrEnum):
    """How findings are printed."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


class StatsFormat(StrEnum):
    """How counted tables are printed."""

    text = "text"
    json = "json"


class DiffFormat(StrEnum):
    """How differences are printed."""

    text = "text"
    json = "json"
    markdown = "markdown"


class EngineName(StrEnum):
    """Where bulk seeds are built."""

    local = "local"
    ray = "ray"


EngineOption = Annotated[EngineName, typer.Option(help="Where bulk seeds are built.", rich_help_panel="Bulk seeds")]
WorkersOption = Annotated[
    int | None,
    typer.Option(min=1, help="Processes at a time; one for each core if not given.", rich_help_panel="Bulk seeds"),
]
AddressOption = Annotated[
    str | None,
    typer.Option("--address", help="A running Ray cluster, as host:port or auto.", rich_help_panel="Bulk seeds"),
]
BatchOption = Annotated[
    int,
    typer.Option("--batch-size", min=1, help="Articles a process holds at a time.", rich_help_panel="Bulk seeds"),
]
FreshOption = Annotated[
    bool, typer.Option("--fresh", help="Use nothing of an earlier build.", rich_help_panel="Bulk seeds")
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Stop where a record would be refused.", rich_help_panel="Bulk seeds")
]
OnlyLocalOption = Annotated[
    bool,
    typer.Option("--only-local", help="Read no file that is not in its seed's folder.", rich_help_panel="Bulk seeds"),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]
SeedsOption = Annotated[Path, typer.Option("--seeds", help="The folder of seeds.")]
DistOption = Annotated[Path, typer.Option("--dist", help="The folder of the built dataset.")]
LockOption = Annotated[Path, typer.Option("--lock", help="The lock file whose digest the dataset names.")]
FormatOption = Annotated[OutputFormat, typer.Option("--format", help="How findings are printed.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
