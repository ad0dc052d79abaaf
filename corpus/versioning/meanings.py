"""What columns and terms are said to mean, before and now: words that a program can compare, and not judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.comparing.differences import DatasetDifference
from corpus.places.addresses import CARD

_TABLE = re.compile(r"### `([a-z][a-z0-9_]*)`")
_COLUMN = re.compile(r"\| `([a-z][a-z0-9_]*)` \| [^|]* \| [^|]* \| (.*) \|")


def changed_meanings(old: Path, new: Path, difference: DatasetDifference) -> list[str]:
    """The columns of both datasets that their cards describe in other words, and terms likewise."""
    before, after = described(old), described(new)
    if bool(before) != bool(after):
        return ["the columns (one of the two datasets has no card that describes them)"]
    columns = [name for name in after if name in before and before[name] != after[name]]
    return [*columns, *_terms(difference)]


def described(folder: Path) -> dict[str, str]:
    """What the card of a dataset says of each `table.column`; nothing where there is no card."""
    path = folder / CARD
    found, table = {}, ""
    for line in path.read_text("utf-8", "replace").split("\n") if path.is_file() else ():
        if heading := _TABLE.fullmatch(line):
            table = heading[1]
        elif table and (row := _COLUMN.fullmatch(line)):
            found[f"{table}.{row[1]}"] = row[2]
    return found


def _terms(difference: DatasetDifference) -> Iterator[str]:
    for table in difference.tables:
        count = (table.changes or {}).get("means", 0) if table.table == "vocabulary" else 0
        if count:
            yield f"vocabulary.means ({count:,} terms)"
