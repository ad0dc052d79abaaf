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


SeedsOption = Annotated[Path, typer.Option("--seeds", help="The folder of seeds.")]
DistOption = Annotated[Path, typer.Option("--dist", help="The folder of the built dataset.")]
LockOption = Annotated[Path, typer.Option("--lock", help="The lock file whose digest goes into the manifest.")]
FormatOption = Annotated[OutputFormat, typer.Option("--format", help="How findings are printed.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
