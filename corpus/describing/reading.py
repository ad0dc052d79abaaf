"""Reading a description that somebody may have damaged: small enough, of the expected form, no links followed."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from corpus.findings import Finding
from corpus.terminal import shortened

_MOST_JSON = 64 * 2**20
_MOST_YAML = 2**18  # the parser takes seconds for a megabyte


class _PlainLoader(yaml.SafeLoader):
    """YAML without references to earlier values: a few lines of these can stand for gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse a reference, else read on."""
        if self.check_event(yaml.AliasEvent):
            msg = "references to other values (*name) are not read"
            raise yaml.YAMLError(msg)
        return super().compose_node(parent, index)


def read_json(folder: Path, name: str, findings: list[Finding]) -> dict[str, Any] | None:
    """A JSON object of a folder; None with a finding where there is none that can be read."""
    return _read(folder, name, _MOST_JSON, json.loads, findings)


def read_yaml(folder: Path, name: str, findings: list[Finding]) -> dict[str, Any] | None:
    """A YAML mapping of a folder with its days as text; None with a finding where there is none that can be read."""
    return _read(folder, name, _MOST_YAML, _loads_yaml, findings)


def _loads_yaml(text: str) -> Any:
    value = yaml.load(text, _PlainLoader)  # noqa: S506 - a safe loader with one thing less
    if not isinstance(value, dict):
        return value
    return {key: item.isoformat() if isinstance(item, datetime.date) else item for key, item in value.items()}


def _read(
    folder: Path, name: str, most: int, loads: Callable[[str], Any], findings: list[Finding]
) -> dict[str, Any] | None:
    path = folder / name
    found = "none"
    if path.is_symlink():
        found = "a link"
    elif path.is_file() and path.stat().st_size > most:
        found = f"{path.stat().st_size} bytes"
    elif path.is_file():
        try:
            value = loads(path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
            value, found = None, shortened(" ".join(str(error).split()))
        else:
            found = f"a {type(value).__name__}"
        if isinstance(value, dict):
            return value
    findings.append(
        Finding(name, None, "description-missing", None, f"a readable description of at most {most} bytes", found)
    )
    return None
